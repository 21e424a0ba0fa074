"""Read files in a process that may take 10 seconds and 400 MB more than it starts with."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from studio.importers import IMPORTERS, ImportFileError

importer = IMPORTERS[sys.argv[1]]
held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + 400_000_000, held + 400_000_000))
answers = {}
for name in sys.argv[2:]:
    data, begun = Path(name).read_bytes(), time.process_time()
    try:
        importer.read(data, "t")
        answer = "read"
    except ImportFileError as error:
        answer = str(error)
    answers[Path(name).name] = [answer, time.process_time() - begun]
print(json.dumps(answers))
"""


def answers(folder: Path, importer: str, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return what is said to each file; "read" where it was taken over."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, importer, *(str(folder / name) for name in files)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert all(seconds < 10 for _answer, seconds in told.values()), told
    assert all("\n" not in answer for answer, _seconds in told.values()), told
    return {name: answer for name, (answer, _seconds) in told.items()}

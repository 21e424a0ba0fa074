"""What the formats hold, byte by byte: read the difference before you accept it.

`python -m tests.exporters.test_golden` writes the files anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.exporters import contents
from studio.exporters.writing import write
from tests.exporters.handovers import sample

GOLDEN = Path(__file__).with_name("golden")
FORMATS = ("config", "oidc", "tokens")
CLIENTS = ("fakebrand", "all-the-news")


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("form", FORMATS)
def test_the_files_are_as_they_were_read(form: str, name: str) -> None:
    folder = GOLDEN / form / name
    kept = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    made = contents(sample(name), [form])
    assert sorted(made) == sorted(kept)
    for file, data in made.items():
        assert data == kept[file], file


if __name__ == "__main__":
    for each in FORMATS:
        for client in CLIENTS:
            write(contents(sample(client), [each]), GOLDEN / each / client)

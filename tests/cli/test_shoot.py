"""`shoot` as a whole program: it starts Qt for itself."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from studio.client.samples import sample_path
from studio.web.runtime import FLAGS

if TYPE_CHECKING:
    from pathlib import Path


def shoot(out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "studio", "shoot", str(sample_path("fakebrand"))]
    return subprocess.run(
        [*command, "--out", str(out), *options],
        env={key: value for key, value in os.environ.items() if key != FLAGS},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_pictures_and_their_manifest(tmp_path: Path) -> None:
    done = shoot(
        tmp_path,
        *("--screen", "start/phone", "--screen", "start/phone-only"),
        *("--locale", "en", "--locale", "ur-PK"),
        *("--viewport", "phone", "--viewport", "320x400", "--full-page"),
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert [(row["screen"], row["state"], row["locale"], row["viewport"]) for row in rows] == [
        ("start", "phone", "en", "360x640"),
        ("start", "phone", "en", "320x400"),
        ("start", "phone", "ur-PK", "360x640"),
        ("start", "phone", "ur-PK", "320x400"),
    ]
    for row in rows:
        data = (tmp_path / row["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
    assert len({row["sha256"] for row in rows}) == 4
    assert rows[1]["height"] > 400, "the whole page, not the window onto it"
    told = [line for line in done.stderr.splitlines() if "left out" in line]
    assert told[0].startswith("left out start/phone-only: this client does not lead there (")
    assert all("/8 start.phone" in line or "left out" in line for line in done.stderr.splitlines())


def test_nothing_to_draw_is_a_finding(tmp_path: Path) -> None:
    done = shoot(tmp_path, "--screen", "start/email-only")
    assert done.returncode == 1
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8")) == []

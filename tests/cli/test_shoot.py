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


def shoot(out: Path, *options: str, files: Path | None = None) -> subprocess.CompletedProcess[str]:
    named = str(files or sample_path("fakebrand"))
    command = [sys.executable, "-m", "studio", "shoot", named]
    return subprocess.run(
        [*command, "--out", str(out), *options],
        env={
            **{key: value for key, value in os.environ.items() if key != FLAGS},
            "XDG_CACHE_HOME": str(out / "cache"),
        },
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


def test_a_part_of_the_pictures_at_twice_the_size(tmp_path: Path) -> None:
    done = shoot(
        tmp_path,
        *("--screen", "start/phone", "--locale", "en", "--locale", "ur-PK"),
        *("--scale", "2", "--shard", "2/2", "--element", "h1", "--jobs", "1", "--no-cache"),
    )
    assert done.returncode == 0, done.stderr
    (row,) = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert row["file"] == "start.phone.ur-PK.360x640@2x.png"
    assert row["scale"] == 2
    assert row["width"] == 2 * 328
    assert not (tmp_path / "cache" / "connect-studio" / "pictures").exists()


def test_several_clients_have_a_folder_each(tmp_path: Path) -> None:
    pattern = sample_path("fakebrand").with_name("[fh]*.client.yaml")
    done = shoot(tmp_path, "--screen", "service/signed-out", files=pattern)
    assert done.returncode == 0, done.stderr
    rows = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert [(row["client"], row["file"]) for row in rows] == [
        (name, f"{name}/service.signed-out.en.360x640.png") for name in ("fakebrand", "hipstagram")
    ]
    for row in rows:
        data = (tmp_path / row["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
    assert len({row["sha256"] for row in rows}) == 2


def test_a_part_that_cannot_be_is_told(tmp_path: Path) -> None:
    done = shoot(tmp_path, "--shard", "3/2")
    assert done.returncode == 2
    assert done.stderr == "--shard 3/2: write K/N with K from 1 to N, for example 1/4\n"


def test_a_page_that_cannot_be_drawn_is_told_and_the_rest_is_there(tmp_path: Path) -> None:
    done = shoot(
        tmp_path,
        *("--screen", "start/phone", "--screen", "start/phone-invalid"),
        *("--element", "[aria-invalid]", "--jobs", "1"),
    )
    assert done.returncode == 1
    (row,) = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert row["state"] == "phone-invalid"
    assert "start.phone.en.360x640.png: nothing that can be seen on the page is" in done.stderr

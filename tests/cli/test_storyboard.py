"""`storyboard` as a whole program, and what it refuses before it draws."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import lxml.etree
import pytest
from PIL import Image
from typer.testing import CliRunner

from studio.cli.main import app
from studio.web.runtime import FLAGS

if TYPE_CHECKING:
    from pathlib import Path

JOURNEY = "screens/verify-phone/code-sent"


def storyboard(out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != FLAGS}
    return subprocess.run(
        [sys.executable, "-m", "studio", "storyboard", JOURNEY, "--out", str(out), *options],
        env={**environment, "XDG_CACHE_HOME": str(out.parent / "cache")},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_a_picture_and_a_drawing_of_a_journey(tmp_path: Path) -> None:
    picture = tmp_path / "way.png"
    done = storyboard(picture, "--viewport", "320x400")
    assert (done.returncode, done.stdout) == (0, f"{picture}\n"), done.stderr
    image = Image.open(io.BytesIO(picture.read_bytes()))
    assert image.width == 2 * (320 + 2 + 208) + 2 * 24
    # The same two pages stand in the drawing, whose text is read off the same layout.
    done = storyboard(tmp_path / "way.svg", "--viewport", "320x400")
    assert done.returncode == 0, done.stderr
    root = lxml.etree.fromstring((tmp_path / "way.svg").read_bytes())
    assert (root.get("width"), root.get("height")) == tuple(map(str, image.size))
    assert len(root.findall("{*}image")) == 2
    texts = [str(one.text) for one in root.iter("{*}text")]
    assert {"+4799912345", "Sign in", "verify-phone/code-sent"} <= set(texts)
    places = [float(one.get("x", "")) for one in root.iter("{*}image")]
    assert places == [24 + 208 + 1, 24 + 2 * 208 + 320 + 2 + 1]
    assert "Presses" not in " ".join(texts)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((JOURNEY, "--out", "way.pdf"), "--out way.pdf: the name ends with .png, .svg, .html"),
        ((JOURNEY, "--out", "way.png", "--locale", "xx"), "--locale 'xx' is not one of"),
        ((JOURNEY, "--out", "way.png", "--viewport", "9x9"), "'9x9' is not a viewport"),
        (("screens/start/fax", "--out", "way.png"), "screens/start/fax: there is no such journey"),
    ],
)
def test_what_does_not_exist_is_refused(options: tuple[str, ...], expected: str) -> None:
    result = CliRunner().invoke(app, ["storyboard", *options])
    assert (result.exit_code, result.stderr[: len(expected)]) == (2, expected)


def test_a_journey_that_fails_is_told_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "mine.journey.yaml"
    own.write_text("title: Mine\nsteps:\n  - open: service\n  - expect: start/email\n", "utf-8")
    result = CliRunner().invoke(app, ["storyboard", str(own), "--out", str(tmp_path / "way.png")])
    assert result.exit_code == 1
    assert result.stderr == f"{own}:4: expected start/email; shown is start/phone\n"
    assert not (tmp_path / "way.png").exists()

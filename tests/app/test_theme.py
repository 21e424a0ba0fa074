from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage

import studio.app
from studio.app import tokens
from studio.app.icons import icon
from studio.app.theme import Scheme, Theme
from studio.client.colour import contrast, parse_paint
from studio.resources import folder

if TYPE_CHECKING:
    from studio.app.tokens import Colours


@pytest.mark.parametrize("colours", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("text", "surface", 7.0),
        ("text", "base", 7.0),
        ("text", "desk", 7.0),
        ("muted", "surface", 4.5),
        ("muted", "base", 4.5),
        ("muted", "desk", 4.5),
        ("muted", "pressed", 4.5),
        ("danger", "surface", 4.5),
        ("warning", "surface", 4.5),
        ("on_accent", "accent", 4.5),
        ("accent", "surface", 3.0),
        ("accent", "base", 3.0),
        ("accent", "desk", 3.0),
    ],
)
def test_colours_are_told_apart(colours: Colours, ink: str, ground: str, least: float) -> None:
    first, second = (parse_paint(getattr(colours, name)).main() for name in (ink, ground))
    assert contrast(first, second) >= least


@pytest.mark.parametrize("colours", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
def test_what_is_around_a_brand_is_neutral(colours: Colours) -> None:
    for name in ("desk", "surface", "base", "bezel"):
        colour = parse_paint(getattr(colours, name)).main()
        assert colour.red == colour.green == colour.blue


def test_no_widget_has_a_colour_of_its_own() -> None:
    package = Path(studio.app.__file__).parent
    sources = {path.name: path.read_text(encoding="utf-8") for path in package.glob("*.py")}
    found = {
        name for name, text in sources.items() if re.search(r'QColor\("|"#[0-9a-fA-F]{3,8}"', text)
    }
    assert found <= {"tokens.py", "frame.py"}


def _image(of: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return of.pixmap(QSize(16, 16), mode).toImage()


def test_an_icon_follows_the_theme_and_its_state(theme: Theme) -> None:
    save = icon("save")
    light, disabled = _image(save), _image(save, QIcon.Mode.Disabled)
    assert light != disabled
    theme.choose(Scheme.DARK)
    assert _image(save) != light


def test_a_choice_of_scheme_is_remembered(theme: Theme) -> None:
    theme.choose(Scheme.DARK)
    assert theme.scheme is Scheme.DARK
    assert theme.colours is tokens.DARK


def test_icons_come_with_their_licence_and_no_others() -> None:
    names = {path.name for path in (folder("assets") / "icons").iterdir()}
    assert {"LICENSE", "README.md"} <= names
    package = Path(studio.app.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    unused = {name for name in names if name.endswith(".svg") and f'"{name[:-4]}"' not in source}
    assert unused == set()

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from studio.app import paint
from studio.client.colour import parse_paint
from studio.client.logo import read_logo

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def _pixels(css: str, *points: tuple[int, int]) -> list[str]:
    image = QImage(100, 50, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.fillRect(image.rect(), paint.brush(parse_paint(css), QRectF(image.rect())))
    painter.end()
    return [image.pixelColor(*point).name() for point in points]


def test_a_solid_paint_is_its_colour() -> None:
    assert _pixels("seagreen", (50, 25)) == ["#2e8b57"]


@pytest.mark.parametrize(
    ("direction", "red", "blue"),
    [
        ("90deg", (0, 25), (99, 25)),
        ("270deg", (99, 25), (0, 25)),
        ("to bottom", (50, 0), (50, 49)),
        ("0deg", (50, 49), (50, 0)),
    ],
)
def test_a_gradient_runs_as_in_css(
    direction: str, red: tuple[int, int], blue: tuple[int, int]
) -> None:
    first, last = _pixels(f"linear-gradient({direction}, red, blue)", red, blue)
    assert int(first[1:3], 16) > 240
    assert int(last[5:7], 16) > 240


def test_a_radial_gradient_begins_in_the_middle() -> None:
    middle, corner = _pixels("radial-gradient(red, blue)", (50, 25), (0, 0))
    assert int(middle[1:3], 16) > 240
    assert int(corner[5:7], 16) > 230


def test_a_logos_colour_is_that_of_its_opaque_parts(qapp: QApplication) -> None:
    assert qapp
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        '<rect width="20" height="40" fill="#336699"/></svg>'
    )
    colour = paint.logo_colour(read_logo(svg.encode(), "half.svg"))
    assert colour is not None
    assert colour.hex() == "#336699"


def test_an_empty_logo_has_no_colour(qapp: QApplication) -> None:
    assert qapp
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>'
    assert paint.logo_colour(read_logo(svg.encode(), "empty.svg")) is None

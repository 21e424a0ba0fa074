from __future__ import annotations

import pytest

from studio.client.colour import Gradient, parse_paint
from studio.client.gradient import Linear
from studio.client.stops import line, positions


@pytest.mark.parametrize(
    ("css", "places"),
    [
        ("red, blue", [0, 1]),
        ("red, lime, blue", [0, 0.5, 1]),
        ("red 20%, lime, blue 60%", [0.2, 0.4, 0.6]),
        ("red 10px, blue 50px", [0.1, 0.5]),
        ("red, 30%, blue", [0, 1]),
        ("red 20%, lime, blue, white 80%", [0.2, 0.4, 0.6, 0.8]),
        ("red 50%, lime 20%, blue", [0.5, 0.5, 1]),
        ("red 60%, lime, blue 20%, white", [0.6, 0.6, 0.6, 1]),
        ("red -50%, lime, blue 150%", [-0.5, 0.5, 1.5]),
    ],
)
def test_colours_stand_where_css_puts_them(css: str, places: list[float]) -> None:
    gradient = parse_paint(f"linear-gradient({css})")
    assert isinstance(gradient, Gradient)
    assert positions(gradient, 100) == pytest.approx(places)


@pytest.mark.parametrize(
    ("direction", "length"),
    [(0.0, 80), (90.0, 360), (180.0, 80), (45.0, 440 / 2**0.5), ("right bottom", 156.18)],
)
def test_the_line_ends_where_its_corners_are(direction: float | str, length: float) -> None:
    assert line(Linear(direction=direction), 360, 80) == pytest.approx(length, abs=0.01)

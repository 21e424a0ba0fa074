"""Logos of several sizes, from pixels and from a drawing."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from studio.client.choices import LogoKind
from studio.exporters.logos import shown_size, sized
from tests.exporters.given import Painter, handover, no_renderer, raster

SCALES = (1, 1.5, 2, 3, 4)


def opened(png: bytes) -> Image.Image:
    with Image.open(BytesIO(png)) as picture:
        return picture.convert("RGBA")


def test_a_picture_is_made_smaller_and_keeps_what_is_transparent() -> None:
    made = sized(handover(renderer=no_renderer, logo=raster(480, 160)), SCALES)
    sizes = [opened(one.png).size for one in made]
    assert sizes == [(120, 40), (180, 60), (240, 80), (360, 120), (480, 160)]
    for one in made:
        picture = opened(one.png)
        assert picture.getpixel((picture.height // 2, picture.height // 2)) == (200, 30, 60, 255)
        assert picture.getpixel((picture.width - 1, 0)) == (0, 0, 0, 0)


def test_a_picture_is_never_made_larger_but_for_the_smallest_size() -> None:
    made = sized(handover(renderer=no_renderer, logo=raster(240, 80)), SCALES)
    assert [one.scale for one in made] == [1, 1.5, 2]
    (small,) = sized(handover(renderer=no_renderer, logo=raster(60, 20)), SCALES)
    assert opened(small.png).size == (120, 40)


def test_a_drawing_is_drawn_once_on_black_and_once_on_white() -> None:
    painter = Painter()
    made = sized(handover(renderer=lambda: painter), SCALES)
    assert [task.key for task in painter.tasks] == ["#000", "#fff"]
    largest = opened(made[-1].png)
    left = largest.getpixel((0, 0))
    assert isinstance(left, tuple)
    assert left == pytest.approx((255, 0, 0, 128), abs=2)
    assert largest.getpixel((largest.width - 1, 0)) == (0, 0, 0, 0)


def test_a_logo_is_as_large_as_in_the_header_of_the_pages() -> None:
    assert shown_size(raster(480, 160), LogoKind.WIDE) == (120, 40)
    assert shown_size(raster(480, 160), LogoKind.SYMBOL) == (192, 64)
    assert shown_size(raster(1200, 100), LogoKind.WIDE) == (240, 20)


def test_the_same_logo_gives_the_same_bytes() -> None:
    one, other = (sized(handover(logo=raster()), SCALES) for _ in range(2))
    assert one == other

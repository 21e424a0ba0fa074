from __future__ import annotations

import io
from fractions import Fraction

import pytest
from PIL import Image

from studio.exporters.buttons_pictures import SCALES, Scale, pictures

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="15" viewBox="0 0 20 10">'
    '<rect x="2" y="2" width="16" height="6" fill="#007ad0"/></svg>'
)


def test_a_picture_is_as_large_as_it_says_and_transparent_around() -> None:
    ((drawing, png),) = pictures([SVG.format(30), SVG.format(30)]).items()
    picture = Image.open(io.BytesIO(png))
    assert drawing == SVG.format(30)
    assert (picture.size, picture.mode) == ((30, 15), "RGBA")
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    assert picture.getpixel((15, 7)) == (0x00, 0x7A, 0xD0, 255)


def test_pictures_are_the_same_bytes_in_any_company() -> None:
    drawings = [SVG.format(width) for width in range(20, 40)]
    together = pictures(drawings)
    assert list(together) == drawings
    assert pictures(reversed(drawings)) == together
    assert [pictures([one])[one] for one in drawings] == list(together.values())


def test_what_is_no_svg_is_an_error() -> None:
    with pytest.raises(ValueError, match="a drawing cannot be read"):
        pictures([SVG.format(30), "<svg"])


def test_scales_are_those_of_android_and_ios() -> None:
    assert [str(scale) for scale in SCALES] == ["1x", "1.5x", "2x", "3x", "4x"]
    dots = {"mdpi": 160, "hdpi": 240, "xhdpi": 320, "xxhdpi": 480, "xxxhdpi": 640}
    assert {scale.android: scale.factor * 160 for scale in SCALES} == dots
    assert [str(scale) for scale in SCALES if scale.ios] == ["1x", "2x", "3x"]


def test_pixels_are_whole() -> None:
    scale = Scale(factor=Fraction(3, 2), android="hdpi")
    assert scale.pixels(60) == 90
    with pytest.raises(ValueError, match=r"61 is no whole number of pixels at 1\.5x"):
        scale.pixels(61)

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from studio.web.png import encode


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("width", [1, 2, 3, 5, 361])
def test_every_pixel_is_there(width: int, *, small: bool) -> None:
    image = QImage(width, 7, QImage.Format.Format_RGB32)
    for y in range(7):
        for x in range(width):
            image.setPixelColor(x, y, QColor(x % 256, y * 30, (x * y) % 256))
    read = Image.open(io.BytesIO(encode(image, small=small)))
    assert (read.mode, read.size) == ("RGB", (width, 7))
    expected = [(x % 256, y * 30, (x * y) % 256) for y in range(7) for x in range(width)]
    assert [read.getpixel((x, y)) for y in range(7) for x in range(width)] == expected

"""Write pictures as PNG files (PNG, third edition), as fast as they are drawn.

Pages are flat areas and text: without filters they need no more room than with them. ISA-L makes
files a tenth larger than zlib's level 1 does, in a seventh of the time (0.6 ms for 360x640).
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from isal import isal_zlib
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB = 3
_NO_FILTER = b"\0"


def encode(image: QImage, *, small: bool = False) -> bytes:
    """Return an image without transparency as PNG; a small file takes longer."""
    size = struct.pack(">II5B", image.width(), image.height(), 8, 2, 0, 0, 0)
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)  # has to outlive the join below
    lines = b"".join(_lines(rgb))
    data = zlib.compress(lines, 9) if small else isal_zlib.compress(lines, 1)
    return _SIGNATURE + _chunk(b"IHDR", size) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _lines(rgb: QImage) -> Iterator[bytes | memoryview]:
    bits, stride, width = memoryview(rgb.constBits()), rgb.bytesPerLine(), rgb.width() * _RGB
    for start in range(0, stride * rgb.height(), stride):
        yield _NO_FILTER
        yield bits[start : start + width]


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

"""Is this picture fit to be a logo? Looked at before it is decoded, and SVG after cleaning.

A logo is a still PNG, JPEG, WebP or SVG picture, told by its content. Animated pictures are
refused: a header that moves distracts from signing in (WCAG 2.2, 2.2.2).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from studio.client.svg import SvgError, clean_svg

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 1_000_000
_MOST_PIXELS = 25_000_000
_MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_ORIENTATION = 0x0112
_ON_ITS_SIDE = {5, 6, 7, 8}


class LogoError(ValueError):
    """The file cannot be a logo; the message is one sentence."""


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A picture that may be shown; `data` of an SVG is the cleaned text.

    Width and height are pixels, for SVG CSS pixels. `removed` names what cleaning took away.
    """

    media_type: str
    data: bytes
    width: int
    height: int
    removed: tuple[str, ...] = ()


def load_logo(path: Path) -> Logo:
    """Read a logo from a file.

    Raises:
        LogoError: It cannot be read, or cannot be a logo.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise LogoError(f"{path.name} cannot be read: {error.strerror or error}") from None
    return read_logo(data, path.name)


def read_logo(data: bytes, name: str) -> Logo:
    """Read a logo from the content of a file; `name` stands in the error.

    Raises:
        LogoError: It cannot be a logo.
    """
    if len(data) > _MOST_BYTES:
        raise LogoError(f"{name} has more than {_MOST_BYTES:,} bytes; save a smaller picture")
    if _is_raster(data):
        return _raster(data, name)
    try:
        svg = clean_svg(data, _is_picture)
    except SvgError as error:
        raise LogoError(f"{name} {error}") from None
    _check_size(svg.width, svg.height, name)
    return Logo(
        media_type="image/svg+xml",
        data=svg.data,
        width=svg.width,
        height=svg.height,
        removed=svg.removed,
    )


def _is_raster(data: bytes) -> bool:
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))


def _is_picture(data: bytes, media_type: str) -> bool:
    """Tell whether a picture embedded in an SVG is what it says, and fit to be decoded."""
    try:
        return _raster(data, "").media_type == media_type
    except LogoError:
        return False


def _raster(data: bytes, name: str) -> Logo:
    try:
        # A warning from Pillow about a decompression bomb is an answer here, not a message.
        with warnings.catch_warnings(action="error"):
            return _decoded(data, name)
    except LogoError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise LogoError(_too_large(name)) from None
    except Exception:  # noqa: BLE001  Pillow's decoders raise whatever broken data leads them to
        raise LogoError(f"{name} is a broken picture; save it again") from None


def _decoded(data: bytes, name: str) -> Logo:
    """Decode a picture whose size has been checked; its bytes stay as they are."""
    with Image.open(BytesIO(data), formats=list(_MEDIA_TYPES)) as image:
        _check_size(image.width, image.height, name)
        if getattr(image, "is_animated", False):
            raise LogoError(f"{name} is animated; save one picture of it")
        width, height = _seen_size(image)
        image.load()
        media_type = _MEDIA_TYPES[str(image.format)]
    return Logo(media_type=media_type, data=data, width=width, height=height)


def _seen_size(image: Image.Image) -> tuple[int, int]:
    """Return width and height as browsers show them, turned by the camera's orientation."""
    if image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE:
        return image.height, image.width
    return image.width, image.height


def _check_size(width: int, height: int, name: str) -> None:
    if width * height > _MOST_PIXELS:
        raise LogoError(_too_large(name))


def _too_large(name: str) -> str:
    return f"{name} has more than {_MOST_PIXELS:,} pixels; save a smaller picture"

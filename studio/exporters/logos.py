"""The client's logo as PNG pictures of several sizes, as apps need it.

A picture with pixels is made smaller by Pillow. A drawing (SVG) is drawn once, at the largest size,
by whoever draws pages: on black and on white, because a page has no holes. What differs between the
two is transparent.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageOps

from studio.client.choices import LogoKind
from studio.device.renderer import Viewport
from studio.device.snapshot import Asset, Snapshot
from studio.device.tasks import Task, shoot
from studio.site.application import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.client.logo import Logo
    from studio.device.tasks import BatchRenderer
    from studio.exporters.handover import Handover

HEIGHTS = MappingProxyType({LogoKind.WIDE: 40, LogoKind.SYMBOL: 64})
"""How high the logo stands in the header of the pages, in CSS pixels."""
WIDEST = 240
"""How wide it may be there."""
_LEAST = 100
"""CSS pixels that a window is wide and high at least."""
_SVG = "image/svg+xml"
_HTML = MappingProxyType({"Content-Type": "text/html; charset=utf-8"})


@dataclass(frozen=True, kw_only=True)
class Sized:
    """A logo at a scale: pixels to one of the size it is shown at."""

    scale: float
    png: bytes


def sized(handover: Handover, scales: Sequence[float]) -> tuple[Sized, ...]:
    """Return the logo at each scale that it has enough pixels for, at the first one anyway.

    None where the client has no logo.

    Raises:
        RenderError: A drawing could not be drawn.
    """
    logo = handover.hosted.logo
    if logo is None:
        return ()
    shown = shown_size(logo, handover.hosted.client.branding.logo_kind)
    largest = _pixels(shown, max(scales))
    source = _opened(logo, largest, handover.renderer)
    fitting = [one for one in scales if _pixels(shown, one)[1] <= source.height]
    return tuple(
        Sized(scale=scale, png=_png(source, _pixels(shown, scale)))
        for scale in fitting or scales[:1]
    )


def shown_size(logo: Logo, kind: LogoKind) -> tuple[float, float]:
    """Return width and height that a logo is shown at, in CSS pixels, dp or points."""
    high = float(HEIGHTS[kind])
    wide = logo.width * high / logo.height
    return (wide, high) if wide <= WIDEST else (float(WIDEST), logo.height * WIDEST / logo.width)


def _pixels(shown: tuple[float, float], scale: float) -> tuple[int, int]:
    wide, high = (max(1, round(side * scale)) for side in shown)
    return wide, high


def _opened(
    logo: Logo, size: tuple[int, int], renderer: Callable[[], BatchRenderer]
) -> Image.Image:
    if logo.media_type == _SVG:
        return _drawn(logo, size, renderer())
    with Image.open(BytesIO(logo.data)) as image:
        return ImageOps.exif_transpose(image).convert("RGBA")


def _drawn(logo: Logo, size: tuple[int, int], renderer: BatchRenderer) -> Image.Image:
    on_black, on_white = (_on(colour, logo, size, renderer) for colour in ("#000", "#fff"))
    return _without_background(on_black, on_white)


def _without_background(on_black: Image.Image, on_white: Image.Image) -> Image.Image:
    """Return what was drawn on both: a channel on white is that on black and what shines through.

    The channel with the greatest difference tells the transparency, because rounding makes the
    others smaller; colours are divided by it again, as PNG keeps them.
    """
    through = ImageChops.difference(on_white, on_black).split()
    veil = ImageChops.lighter(ImageChops.lighter(through[0], through[1]), through[2])
    alpha = ImageChops.invert(veil)
    picture = Image.merge("RGBa", (*on_black.split(), alpha))
    return picture.convert("RGBA")


def _on(colour: str, logo: Logo, size: tuple[int, int], renderer: BatchRenderer) -> Image.Image:
    wide, high = size
    source = f"data:{_SVG};base64,{b64encode(logo.data).decode()}"
    page = (
        "<!doctype html><html lang=en><title>Logo</title>"
        f"<style>html,body{{margin:0;background:{colour}}}img{{display:block;"
        f"width:{wide}px;height:{high}px}}</style><img alt='' src='{source}'></html>"
    )
    task = Task(
        key=colour,
        page=Snapshot(url=f"{ORIGIN}/logo", document=Asset(body=page.encode(), headers=_HTML)),
        viewport=Viewport(width=max(_LEAST, wide), height=max(_LEAST, high)),
    )
    with Image.open(BytesIO(shoot(renderer, task).png)) as image:
        return image.convert("RGB").crop((0, 0, wide, high))


def _png(source: Image.Image, size: tuple[int, int]) -> bytes:
    """Return the picture at a size; scaled with its transparency, so that no edge gets a seam."""
    scaled = source.convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    out = BytesIO()
    scaled.save(out, "PNG", optimize=True)
    return out.getvalue()

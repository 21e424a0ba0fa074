"""What tests of exporters share: what a format is made of, and names that nobody should have."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from studio.client.edit import set_value
from studio.client.file import parse, read
from studio.client.logo import load_logo, read_logo
from studio.client.samples import sample_path
from studio.device.renderer import Picture
from studio.device.tasks import Done
from studio.exporters.handover import Handover
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping

    from studio.client.logo import Logo
    from studio.device.tasks import BatchRenderer, Task
    from tests.samples import Setting

HOSTILE = (
    'Bob\'s "Café" & <b>Co</b> --> %d %s ${x} \\(y) #{z} {{ w }} `r` */ @at ?ask \u200f\u2067abc😀',
    "?starts & ends",
    "@string/not_a_reference",
    "  two  spaces  ",
    "tab\tand\nline",
    "]]> --> */ \\",
)
"""Texts in which every language of ours has something of its own."""


def handover(
    sample: str = "fakebrand",
    settings: Mapping[str, Setting] | None = None,
    renderer: Callable[[], BatchRenderer] | None = None,
    *,
    logo: Logo | None = None,
) -> Handover:
    """Return what the formats of a sample are made of, with settings by dotted path."""
    path = sample_path(sample)
    text, client = read(path)
    for name, value in (settings or {}).items():
        text = set_value(text, tuple(name.split(".")), value)
    client = parse(text, path.name)
    own = logo or load_logo(path.parent / str(client.branding.logo))
    return Handover(hosted=HostedClient(client, own), text=text, renderer=renderer or Painter)


def no_renderer() -> BatchRenderer:
    raise AssertionError("this draws nothing")


def raster(width: int = 480, height: int = 160) -> Logo:
    """Return a logo with pixels: a disc on nothing."""
    picture = Image.new("RGBA", (width, height))
    ImageDraw.Draw(picture).ellipse((0, 0, height, height), fill=(200, 30, 60, 255))
    out = BytesIO()
    picture.save(out, "PNG")
    return read_logo(out.getvalue(), "logo.png")


class Painter:
    """Draws half a page in a colour that is half transparent, on the colour that a task names."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    def render(self, tasks: Iterable[Task]) -> Generator[Done]:
        for task in tasks:
            self.tasks.append(task)
            size = (task.viewport.width, task.viewport.height)
            page = Image.new("RGBA", size, task.key)
            ink = Image.new("RGBA", (size[0] // 2, size[1]), (255, 0, 0, 128))
            page.alpha_composite(ink)
            out = BytesIO()
            page.convert("RGB").save(out, "PNG")
            yield Done(key=task.key, picture=Picture(png=out.getvalue(), width=0, height=0))

"""A journey as one file to look at: HTML, SVG or PNG, with all its pictures in it.

There is one layout, the page `flow_templates/device/storyboard.html`. The PNG is a picture of it,
the SVG is written from where everything stands on it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from markupsafe import Markup

from studio.device.network import is_phone
from studio.device.renderer import MAX_SIDE, PHONE, RenderError, Viewport
from studio.device.snapshot import Asset, Snapshot
from studio.device.tasks import Script, Shot, Task, measure, shoot
from studio.exporters.drawing import svg
from studio.i18n.locales import locale
from studio.journeys.telling import plainly
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.device.tasks import BatchRenderer
    from studio.exporters.drawing import Sheet
    from studio.journeys.storyboard import Storyboard
    from studio.pages.render import Pages

MOST_IN_A_ROW = 5
WIDEST = 640
"""CSS pixels: wider pages are shown smaller."""
ROW = 2900
"""CSS pixels that a row may be wide."""
BETWEEN, MARGIN, BORDER = 208, 24, 2
"""CSS pixels between two pictures, at the sides of the page, and of a picture's border."""

_HTML = MappingProxyType({"Content-Type": "text/html; charset=utf-8"})
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_URL = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


@dataclass(frozen=True, kw_only=True)
class Illustrated:
    """A storyboard with its pictures, as data URIs, of pages at a viewport and scale."""

    board: Storyboard
    pictures: tuple[str, ...]
    viewport: Viewport
    scale: int

    @property
    def shown(self) -> Viewport:
        """How large a picture is shown."""
        wide = min(self.viewport.width, WIDEST)
        return Viewport(width=wide, height=round(self.viewport.height * wide / self.viewport.width))

    @property
    def columns(self) -> int:
        """How many pictures are in a full row."""
        room = ROW // (BETWEEN + BORDER + self.shown.width)
        return max(1, min(MOST_IN_A_ROW, room, len(self.board.panels)))

    @property
    def width(self) -> int:
        """How wide the page is with full rows, in CSS pixels."""
        return self.columns * (BETWEEN + BORDER + self.shown.width) + 2 * MARGIN


def illustrated(
    board: Storyboard, renderer: BatchRenderer, viewport: Viewport = PHONE, scale: int = 1
) -> Illustrated:
    """Draw the pages of a storyboard.

    Raises:
        RenderError: A page cannot be drawn.
    """
    tasks = [
        Task(key=str(at), page=panel.page, viewport=viewport, scale=scale)
        for at, panel in enumerate(board.panels)
    ]
    drawn: dict[str, bytes] = {}
    for done in renderer.render(tasks):
        if done.picture is None:
            raise RenderError(f"{board.panels[int(done.key)].name}: {done.error}")
        drawn[done.key] = done.picture.png
    pictures = tuple(_data_uri(drawn[task.key]) for task in tasks)
    return Illustrated(board=board, pictures=pictures, viewport=viewport, scale=scale)


def as_html(story: Illustrated, pages: Pages, _renderer: BatchRenderer) -> bytes:
    """Return the storyboard as a page that needs no other file, in the fonts of its reader."""
    return _page(story, pages, "").encode()


def as_png(story: Illustrated, pages: Pages, renderer: BatchRenderer) -> bytes:
    """Return the storyboard as a picture, at the scale of its pictures.

    Raises:
        RenderError: It cannot be drawn, or is too long.
    """
    high = _sheet(story, pages, renderer)["height"]
    if high > MAX_SIDE:
        raise RenderError(f"the picture would be {high:.0f} pixels high; write SVG or HTML")
    task = Task(
        key=story.board.id,
        page=_snapshot(story, pages),
        viewport=Viewport(width=story.width, height=100),
        scale=story.scale,
        shot=Shot(full_page=True),
    )
    return shoot(renderer, task).png


def as_svg(story: Illustrated, pages: Pages, renderer: BatchRenderer) -> bytes:
    """Return the storyboard as a drawing whose text is text.

    Raises:
        RenderError: It cannot be laid out.
    """
    sheet = _sheet(story, pages, renderer)
    return svg(sheet, story.board.title, story.pictures).encode()


type Format = Callable[[Illustrated, Pages, BatchRenderer], bytes]

FORMATS: Mapping[str, Format] = MappingProxyType({".png": as_png, ".svg": as_svg, ".html": as_html})
"""What writes a storyboard, by the suffix of its file."""


def _page(story: Illustrated, pages: Pages, faces: str) -> str:
    device = story.board.device
    platform = [device.platform] if is_phone(device.platform) else []
    kinds = (*platform, device.browser, device.network)
    return pages.device(
        "storyboard",
        board=story.board,
        locale=locale(story.board.tag),
        device=", ".join(plainly(str(kind)) for kind in kinds),
        pictures=story.pictures,
        width=story.shown.width,
        height=story.shown.height,
        columns=story.columns,
        gap=BETWEEN,
        faces=Markup(faces),  # noqa: S704 - of the program's own style sheet
    )


def _sheet(story: Illustrated, pages: Pages, renderer: BatchRenderer) -> Sheet:
    """Return where everything stands."""
    source = (folder("assets") / "scripts" / "storyboard.js").read_text("utf-8")
    task = Task(
        key=story.board.id,
        page=_snapshot(story, pages),
        viewport=Viewport(width=story.width, height=100),
        shot=None,
        script=Script(source=source),
    )
    return cast("Sheet", measure(renderer, task))


def _snapshot(story: Illustrated, pages: Pages) -> Snapshot:
    """Return the page with the program's own fonts, at the origin of the first picture's."""
    first = story.board.panels[0].page
    faces = [face for url, one in first.assets.items() for face in _faces(url, one)]
    named = {url for face in faces for url in _URL.findall(face)}
    return Snapshot(
        url=f"{first.origin}/storyboard",
        document=Asset(body=_page(story, pages, "\n".join(faces)).encode(), headers=_HTML),
        assets={url: one for url, one in first.assets.items() if url in named},
    )


def _faces(url: str, asset: Asset) -> list[str]:
    """Return the fonts of a style sheet, each with its whole address."""
    if not asset.headers.get("Content-Type", "").startswith("text/css"):
        return []
    return [
        _URL.sub(lambda found: f'url("{urljoin(url, found[1])}")', face)
        for face in _FACE.findall(asset.body.decode())
    ]


def _data_uri(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"

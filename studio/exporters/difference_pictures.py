"""Which pages do two clients show differently? Drawn for both, and compared pixel by pixel.

A page whose content and files are the same for both is not drawn. One that only one of the two
reaches is told as added or removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from studio.device.fresh import fresh_pages, fresh_state
from studio.device.renderer import PHONE, RenderError
from studio.device.snapshot import Snapshots
from studio.device.tasks import Shot, Task
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.journeys.reach import UnreachableError, reach_in, reachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from studio.device.renderer import Viewport
    from studio.device.snapshot import Snapshot
    from studio.device.tasks import BatchRenderer
    from studio.exporters.difference import Side
    from studio.journeys.reach import Reachable

_MARK = (214, 0, 110)
"""What has changed in a picture of the difference: a colour that brands seldom have."""
_FADED = 0.8


@dataclass(frozen=True, kw_only=True)
class PictureChange:
    """A page that differs: `share` (0 to 1) of its pixels; pictures as PNG, None where not reached.

    `difference` shows the page faded, and what has changed on it marked.
    """

    screen: str
    title: str
    tag: str
    share: float
    before: bytes | None
    after: bytes | None
    difference: bytes | None = None

    @property
    def name(self) -> str:
        """The beginning of its files' names."""
        return f"{self.screen.replace('/', '.')}.{self.tag}"

    @property
    def files(self) -> dict[str, bytes]:
        """Its pictures by file name."""
        parts = {"before": self.before, "after": self.after, "difference": self.difference}
        return {f"{self.name}.{part}.png": png for part, png in parts.items() if png is not None}


type Drawn = tuple[PictureChange, ...]
type _Key = tuple[str, str]


def picture_changes(
    before: Side,
    after: Side,
    renderer: Callable[[], BatchRenderer],
    *,
    screens: Sequence[Reachable] = (),
    tags: Sequence[str] = (),
    viewport: Viewport = PHONE,
) -> Drawn:
    """Return the pages that differ, in the order of the screens.

    Args:
        before: One client.
        after: The other.
        renderer: Starts whoever draws; called only where there is something to draw.
        screens: Which screens; all without.
        tags: Which languages; each client's own without.
        viewport: How large the window is; pages are drawn in their whole height.

    Raises:
        RenderError: A page cannot be drawn.
    """
    wanted = tuple(screens) or reachable()
    languages = tuple(tags) or (after.hosted.client.language.default,)
    old, new = (_pages(side, wanted, languages) for side in (before, after))
    keys = [key for key in _keys(wanted, languages) if _differs(old.get(key), new.get(key))]
    if not keys:
        return ()
    drawn = _drawn(renderer(), {"before": old, "after": new}, keys, viewport)
    titles = {one.name: one.title for one in wanted}
    found = (_change(key, titles[key[0]], drawn) for key in keys)
    return tuple(change for change in found if change is not None)


def _keys(screens: Sequence[Reachable], tags: Sequence[str]) -> Iterator[_Key]:
    for one in screens:
        for tag in tags:
            yield one.name, tag


def _pages(side: Side, screens: Sequence[Reachable], tags: Sequence[str]) -> dict[_Key, Snapshot]:
    """Return what a client shows, without what its settings do not lead to."""
    pages, state, snapshots = fresh_pages(), fresh_state(), Snapshots()
    found: dict[_Key, Snapshot] = {}
    for tag in tags:
        if tag not in side.hosted.client.language.offered:
            continue
        run = Run(shipped(), pages, client=side.hosted, tag=tag, state=state)
        for one in screens:
            try:
                browser = reach_in(run, one)
            except UnreachableError:
                continue
            found[one.name, tag] = snapshots.take(browser.device, browser.reply)
    return found


def _differs(old: Snapshot | None, new: Snapshot | None) -> bool:
    if old is None or new is None:
        return old is not new
    return old.digest != new.digest


def _drawn(
    renderer: BatchRenderer,
    sides: dict[str, dict[_Key, Snapshot]],
    keys: Sequence[_Key],
    viewport: Viewport,
) -> dict[tuple[str, _Key], bytes]:
    asked = {
        f"{side} {key[0]} {key[1]}": (side, key)
        for side, pages in sides.items()
        for key in keys
        if key in pages
    }
    tasks = (
        Task(key=name, page=sides[side][key], viewport=viewport, shot=Shot(full_page=True))
        for name, (side, key) in asked.items()
    )
    drawn: dict[tuple[str, _Key], bytes] = {}
    for done in renderer.render(tasks):
        if done.picture is None:
            raise RenderError(f"{done.key}: {done.error}")
        drawn[asked[done.key]] = done.picture.png
    return drawn


def _change(key: _Key, title: str, drawn: dict[tuple[str, _Key], bytes]) -> PictureChange | None:
    """Compare the pictures of a page; None where no pixel differs."""
    before, after = drawn.get(("before", key)), drawn.get(("after", key))
    share, difference = 1.0, None
    if before is not None and after is not None:
        share, difference = compare(before, after)
    if not share:
        return None
    screen, tag = key
    return PictureChange(
        screen=screen,
        title=title,
        tag=tag,
        share=share,
        before=before,
        after=after,
        difference=difference,
    )


def compare(before: bytes, after: bytes) -> tuple[float, bytes]:
    """Return the share of pixels that two pictures (PNG) do not share, and a picture of it.

    Where their sizes differ, what one of them lacks counts as changed.
    """
    with Image.open(BytesIO(before)) as one, Image.open(BytesIO(after)) as other:
        old, new = one.convert("RGB"), other.convert("RGB")
    size = (max(old.width, new.width), max(old.height, new.height))
    changed = _changed(_padded(old, size), _padded(new, size))
    missing = Image.new("L", size, 255)
    missing.paste(0, (0, 0, min(old.width, new.width), min(old.height, new.height)))
    changed = ImageChops.lighter(changed, missing)
    share = changed.histogram()[255] / (size[0] * size[1])
    return share, _marked(_padded(new, size), changed)


def _padded(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    whole = Image.new("RGB", size, "white")
    whole.paste(image)
    return whole


def _changed(old: Image.Image, new: Image.Image) -> Image.Image:
    """Return a mask: 255 where any channel differs."""
    channels = ImageChops.difference(old, new).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return most.point(lambda level: 255 if level else 0)


def _marked(image: Image.Image, changed: Image.Image) -> bytes:
    faded = Image.blend(image, Image.new("RGB", image.size, "white"), _FADED)
    faded.paste(_MARK, mask=changed)
    file = BytesIO()
    faded.save(file, "PNG", optimize=True)
    return file.getvalue()

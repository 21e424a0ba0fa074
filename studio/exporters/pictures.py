"""Every screen that a client's settings lead to, as a picture, and a manifest about them.

At the size of a phone, in the client's own language. A screen that the settings do not lead to is
named in the manifest, with the reason.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.device.fresh import fresh_pages
from studio.device.renderer import PHONE, RenderError
from studio.device.snapshot import Snapshots
from studio.device.tasks import Task
from studio.exporters.config import as_json
from studio.exporters.templates import rendered
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.journeys.reach import Reachable, UnreachableError, reach_in, reachable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.device.renderer import Picture
    from studio.exporters.handover import Handover
    from studio.pages.hosting import HostedClient

MANIFEST, INDEX = "manifest.json", "index.html"


@dataclass(kw_only=True)
class _Way:
    """The way through all screens of a client; `left_out` grows with it: a screen, and why."""

    hosted: HostedClient
    left_out: list[dict[str, str]] = field(default_factory=list)

    @property
    def tag(self) -> str:
        return self.hosted.client.language.default

    def tasks(self) -> Iterator[Task]:
        """Go to each screen, and yield what is to be drawn of it."""
        snapshots = Snapshots()
        run = Run(shipped(), fresh_pages(), client=self.hosted, tag=self.tag)
        for one in reachable():
            try:
                browser = reach_in(run, one)
            except UnreachableError as error:
                self.left_out.append({"screen": one.id, "state": one.state, "why": str(error)})
                continue
            yield Task(key=_file(one), page=snapshots.take(browser.device, browser.reply))


def files(handover: Handover) -> dict[str, bytes]:
    """Return the pictures, a manifest, and a page that shows them.

    Raises:
        RenderError: A page cannot be drawn.
    """
    way = _Way(hosted=handover.hosted)
    drawn: dict[str, Picture] = {}
    for done in handover.renderer().render(way.tasks()):
        if done.picture is None:
            raise RenderError(f"{done.key}: {done.error}")
        drawn[done.key] = done.picture
    rows = [_row(one, drawn[_file(one)]) for one in reachable() if _file(one) in drawn]
    own = handover.hosted.client.registration
    manifest: dict[str, object] = {
        "client": own.id,
        "locale": way.tag,
        "viewport": str(PHONE),
        "pictures": rows,
        "left_out": way.left_out,
    }
    page = rendered("pictures.html", name=own.name, rows=rows, left_out=len(way.left_out))
    return {
        INDEX: page.encode(),
        MANIFEST: as_json(manifest),
        **{str(row["file"]): drawn[str(row["file"])].png for row in rows},
    }


def _file(one: Reachable) -> str:
    return f"{one.id}.{one.state}.png"


def _row(one: Reachable, picture: Picture) -> dict[str, str | int]:
    return {
        "screen": one.id,
        "state": one.state,
        "group": one.group,
        "title": one.title,
        "file": _file(one),
        "width": picture.width,
        "height": picture.height,
        "sha256": hashlib.sha256(picture.png).hexdigest(),
    }

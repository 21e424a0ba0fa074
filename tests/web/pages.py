"""Pages to draw, and a window that draws one of them alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from werkzeug.datastructures import Headers

from studio.device.device import Device, Reply
from studio.device.fresh import fresh_pages
from studio.device.renderer import PHONE, Viewport
from studio.device.snapshot import Asset, Snapshot, Snapshots
from studio.device.tasks import Shot, Task
from studio.journeys.reach import reach_in, reachable, runs_of
from studio.web.shelf import with_focus_marked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.device.renderer import Picture
    from studio.pages.hosting import HostedClient
    from studio.web.renderer import QtRenderer

ORIGIN = "https://id.connect.example"


def snapshots(
    hosted: HostedClient, names: Iterable[str], tags: Iterable[str] = ("en",)
) -> dict[str, Snapshot]:
    """Pages of screens by "screen/state tag"."""
    pages, taken = fresh_pages(), Snapshots()
    by_name = {one.name: one for one in reachable()}
    found = {}
    for tag in tags:
        (run,) = runs_of([hosted], pages, tag)
        for name in names:
            browser = reach_in(run, by_name[name])
            found[f"{name} {tag}"] = taken.take(browser.device, browser.reply)
    return found


def tasks(
    pages: dict[str, Snapshot],
    viewport: Viewport = PHONE,
    *,
    scale: int = 1,
    shot: Shot | None = None,
) -> list[Task]:
    return [
        Task(key=key, page=page, viewport=viewport, scale=scale, shot=shot or Shot())
        for key, page in pages.items()
    ]


def made(
    body: str, *, path: str = "/page", assets: dict[str, Asset] | None = None, still: bool = True
) -> Snapshot:
    """A page that is nobody's."""
    html = f"<!doctype html><html lang=en><head><title>t</title>{_links(assets)}</head>{body}"
    return Snapshot(
        url=ORIGIN + path,
        document=file(html, "text/html; charset=utf-8"),
        assets=assets or {},
        still=still,
    )


def file(text: str, kind: str) -> Asset:
    return Asset(body=text.encode(), headers={"Content-Type": kind})


def _links(assets: dict[str, Asset] | None) -> str:
    ways = {
        "text/css": '<link rel=stylesheet href="{}">',
        "text/javascript": '<script src="{}" defer></script>',
    }
    return "".join(
        ways[one.headers["Content-Type"]].format(url.removeprefix(ORIGIN))
        for url, one in (assets or {}).items()
    )


@dataclass(frozen=True)
class Window:
    """Answers for one page, so that it can be loaded in a window of its own.

    What has the focus is marked as on a sheet: a caret would be drawn on a layer of its own, which
    changes the blending of a pixel in each rounded corner. Scripts are left out: one of them goes
    on to the next page after a second.
    """

    page: Snapshot

    def request(self, method: str, url: str, *, body: bytes = b"", origin: str = "") -> Reply:
        del method, body, origin
        asset = self.page.document if url == self.page.url else self.page.assets[url]
        kind = asset.headers["Content-Type"].partition(";")[0]
        told = {
            "text/html": asset.body.replace(b" autofocus", b" data-focus"),
            "text/css": with_focus_marked(asset.body.decode(errors="replace")).encode(),
            "text/javascript": b"",
        }
        headers = Headers(dict(asset.headers))
        return Reply(url=url, status=200, headers=headers, body=told.get(kind, asset.body))


def alone(
    renderer: QtRenderer, page: Snapshot, viewport: Viewport = PHONE, *, full_page: bool = False
) -> Picture:
    """Draw one page in a window of its own."""
    device = cast("Device", Window(page))
    return renderer.shoot(device, page.url, viewport, full_page=full_page)

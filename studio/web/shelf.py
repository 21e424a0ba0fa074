"""What a sheet of pages is answered with: the pages and files of a batch, and nothing else.

A page on a sheet cannot have the focus as it would in a window, for there is one focus and there
are many pages. So `:focus` in style sheets is answered as an attribute of the same specificity,
which `assets/scripts/sheet.js` gives to what has `autofocus`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from werkzeug.datastructures import Headers

from studio.device.device import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.device.snapshot import Asset

SHEET = "/connect-studio-sheet"
"""The path of the page that holds the others."""

_MARK = re.compile(r"[?&]connect-studio-page=(\d+)$")
_FOCUS = re.compile(r":focus(?:-visible|(-within))?(?![\w-])")
_RING = "\n@layer {:where([data-focus]) {outline: -webkit-focus-ring-color auto 1px}}\n"
_HTML = {"Content-Type": "text/html; charset=utf-8"}


class Shelf:
    """Answers a view's requests as a device would. `missed` is what it was asked for in vain.

    An address means one file as long as there is the shelf, so Chromium may keep what it got.
    """

    def __init__(self) -> None:
        self._pages: dict[int, Asset] = {}
        self._files: dict[str, Asset] = {}
        self.missed: list[str] = []

    def takes(self, files: Mapping[str, Asset]) -> bool:
        """Whether no file has an address at which there was another."""
        return all(self._files.get(url, one).digest == one.digest for url, one in files.items())

    def fill(self, pages: Mapping[int, Asset], files: Mapping[str, Asset]) -> None:
        """Take the pages of a batch by their numbers, and the files by their absolute URL."""
        self._pages = dict(pages)
        self._files.update(files)
        self.missed.clear()

    def request(self, method: str, url: str, *, body: bytes = b"", origin: str = "") -> Reply:
        """Answer a GET; pages that are drawn send nothing."""
        del body, origin
        found = self._find(url) if method == "GET" else None
        if found is not None:
            return found
        self.missed.append(url)
        return Reply(url=url, status=404, headers=Headers({"Content-Type": "text/plain"}), body=b"")

    def destination(self, url: str) -> str:
        """Return where a link leads: to nothing here."""
        return url

    def _find(self, url: str) -> Reply | None:
        if url.endswith(SHEET):
            return Reply(url=url, status=200, headers=Headers(_HTML), body=b"<!doctype html>")
        marked = _MARK.search(url)
        asset = self._pages.get(int(marked[1])) if marked else self._files.get(url)
        keep = "no-store" if marked else "max-age=31536000, immutable"
        return _reply(url, asset, keep) if asset else None


def marked(url: str, number: int) -> str:
    """Return an address by which one of several pages at the same address is asked for."""
    base = url.partition("#")[0]
    return f"{base}{'&' if '?' in base else '?'}connect-studio-page={number}"


def with_focus_marked(css: str) -> str:
    """Return a style sheet in which attributes stand for the focus.

    Chromium's own ring is added below all others, for pages that style none.
    """
    return _FOCUS.sub(lambda found: f"[data-focus{found[1] or ''}]", css) + _RING


def _reply(url: str, asset: Asset, keep: str) -> Reply:
    body = asset.body
    if asset.headers.get("Content-Type", "").startswith("text/css"):
        body = with_focus_marked(body.decode()).encode()
    headers = Headers({**asset.headers, "Cache-Control": keep})
    return Reply(url=url, status=200, headers=headers, body=body)

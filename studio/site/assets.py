"""Files that pages are made of: style sheet, script, fonts, and each client's brand and logo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.resources import folder
from studio.site.responses import asset, text

if TYPE_CHECKING:
    from pathlib import Path

    from werkzeug.wrappers import Request, Response

    from studio.pages.hosting import HostedClient

_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}

ICON = "/favicon.ico"
"""Where every browser asks for the picture beside a page's title (HTML, 4.6.7.8)."""

_ICON_FILE = "icon.svg"


class Assets:
    """The static files of a folder of templates, and the fonts; found once."""

    def __init__(self, templates: Path) -> None:
        roots = ((templates / "static", "*.*"), (folder("assets"), "fonts/**/*.woff2"))
        self._files = {
            path.relative_to(root).as_posix(): path
            for root, pattern in roots
            for path in root.glob(pattern)
            if path.suffix in _TYPES
        }

    def static(self, name: str) -> Response:
        """Return a file by its name; only those that were found can be asked for."""
        path = self._files.get(name)
        return asset(path.read_bytes(), _TYPES[path.suffix], forever=False) if path else missing()

    def icon(self, _request: Request) -> Response:
        """Return the picture beside a page's title."""
        return self.static(_ICON_FILE)


def brand(hosted: HostedClient | None, version: str) -> Response:
    """Return a client's own style sheet."""
    if hosted is None:
        return missing()
    return asset(hosted.css.encode(), "text/css", forever=version == hosted.version)


def logo(hosted: HostedClient | None, version: str) -> Response:
    """Return a client's logo."""
    if hosted is None or hosted.logo is None:
        return missing()
    forever = version == hosted.version
    return asset(hosted.logo.data, hosted.logo.media_type, forever=forever)


def missing() -> Response:
    """Answer for a file that is not there: a line, for no person sees it."""
    return text("Not Found", status=404)

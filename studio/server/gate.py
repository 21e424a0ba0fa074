"""Which requests from one's own network go on, and which are asked for a pass first?

Rules kept here:

* the machine itself needs no pass, and is the only one that is shown it;
* what clients call from server to server needs none: it has keys, codes and secrets of its own;
* everything else, all pages, is for browsers that have entered the pass.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import segno

from studio.server.passes import LASTS
from studio.site.assets import ICON
from studio.site.cookies import keep
from studio.site.oauth import OWN
from studio.site.responses import asset, html, see_other

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from studio.pages.render import Pages
    from studio.server.passes import Passes
    from studio.site.place import Place

PASS = "/studio/pass"  # noqa: S105 - a path
PICTURE = "/studio/pass.svg"  # the same
COOKIE = "studio-pass"

_FILES = "/static/"
_OPEN = OWN | {ICON}


class Gate:
    """Stands before the pages where they are served to a network.

    `own` are the addresses that the machine itself comes from.
    """

    def __init__(self, passes: Passes, pages: Pages, place: Place, own: frozenset[str]) -> None:
        self.passes = passes
        self._pages = pages
        self._place = place
        self._own = own

    def answer(self, request: Request) -> Response | None:
        """Return the answer to a request that does not go on; None for one that does."""
        path = request.path
        if path == PASS:
            return self._pass(request)
        if path == PICTURE and self._is_own(request):
            return self._picture()
        if path in _OPEN or path.startswith(_FILES) or self._is_known(request):
            return None
        return self._ask(_way(request))

    @property
    def url(self) -> str:
        """The address that a phone opens, with the pass in it."""
        return pass_url(self._place, self.passes.current)

    def _is_own(self, request: Request) -> bool:
        return request.remote_addr in self._own

    def _is_known(self, request: Request) -> bool:
        return self._is_own(request) or self.passes.admits(request.cookies.get(COOKIE, ""))

    def _pass(self, request: Request) -> Response:
        """Show the pass to the machine itself; take one from any other."""
        if request.method == "POST":
            return self._entered(request.form.get("pass", ""), request.form.get("to", ""))
        given = request.args.get("pass")
        if given and request.method == "GET" and "Sec-Purpose" not in request.headers:
            # A browser that fetches ahead says so, and would use up the pass (Fetch, 2.2.7).
            return self._entered(given, "/")
        if self._is_own(request):
            url, current = self.url, self.passes.current
            return self._page(self._pages.studio("pass", url=url, current=current), 200)
        return self._ask("/")

    def _entered(self, typed: str, to: str) -> Response:
        cookie = self.passes.enter(typed)
        if cookie is None:
            return self._ask(to, wrong=True)
        response = see_other(to if _is_path(to) else "/")
        keep(response, COOKIE, cookie, LASTS, secure=self._place.secure)
        return response

    def _ask(self, to: str, *, wrong: bool = False) -> Response:
        body = self._pages.studio(
            "enter", to=to if _is_path(to) else "/", wrong=wrong, closed=self.passes.closed
        )
        return self._page(body, 429 if self.passes.closed else 403)

    def _picture(self) -> Response:
        svg = BytesIO()
        qr_code(self.url).save(svg, kind="svg", scale=8, border=4, light="#fff", xmldecl=False)
        response = asset(svg.getvalue(), "image/svg+xml", forever=False)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _page(self, body: str, status: int) -> Response:
        return html(body, status=status, place=self._place)


def pass_url(place: Place, current: str) -> str:
    """Return the address that lets a browser in, once."""
    return f"{place.origin}{PASS}?pass={current}"


def qr_code(url: str) -> segno.QRCode:
    """Return an address as a QR code, which still reads where a quarter of it cannot be seen."""
    return segno.make_qr(url, error="q")


def _way(request: Request) -> str:
    """Return where a browser wanted to go, to go on there afterwards."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def _is_path(to: str) -> bool:
    """Tell whether an address stays here: a path, and no other host's (`//host`)."""
    return to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()

"""What do the pages of a sample service show, and where do their links lead?

Rules kept here:

* a page is the client's own: its header colour and logo, its language, from its own host;
* every link keeps the language that was asked for by `ui_locales`, for no cookie does, and the path
  that the service lives below;
* what is of the account leads to My CONNECT account, with the way back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlencode, urlsplit

from studio.client.choices import EntryPoint
from studio.site.context import client_page
from studio.site.responses import html
from studio.site.service_session import Profile

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages
    from studio.site.place import Place

CONTENTS = frozenset({"hipstagram", "all-the-news", "strusic"})
"""The samples that have content of their own; every other client shows a neutral one."""

_INSIDE = frozenset({"signed-in", "settings", "account"})


@dataclass(frozen=True, kw_only=True)
class AtService:
    """A page of the service.

    `state` is `signed-out`, `splash`, `signed-in`, `settings`, `account`, or the error it was told.
    """

    id: ClassVar[str] = "service"
    client_name: str
    state: str
    claims: tuple[tuple[str, str], ...] = ()
    signed_in_as: str = ""
    profile: Profile = field(default_factory=Profile)
    asked: bool = False
    by_password: bool = False


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Where the links of a page lead.

    `home` is the service's origin, `prefix` the path it lives below, without a slash at its end,
    and `path` the page's own below that.
    """

    home: str
    prefix: str = ""
    path: str
    connect: str
    client_id: str
    ui_locales: str = ""

    def here(self, path: str, **query: str) -> str:
        """Return a way within the service."""
        return _with_query(f"{self.prefix}{path}", query | self._language)

    def account(self, section: str = "") -> str:
        """Return the deep link to a section of My CONNECT account, or to its overview.

        Its way back leads to this page.
        """
        path = f"{self.connect}/id/account{'/' if section else ''}{section}"
        query = {"client_id": self.client_id, "back": f"{self.home}{self.here(self.path)}"}
        return _with_query(path, query | self._language)

    def sign_out(self, id_token: str, post_logout: tuple[str, ...]) -> str:
        """Return where CONNECT is signed out of (OpenID Connect RP-Initiated Logout 1.0)."""
        back = {"post_logout_redirect_uri": post_logout[0]} if post_logout else {}
        hint = {"id_token_hint": id_token} if id_token else {"client_id": self.client_id}
        return _with_query(f"{self.connect}/oauth/logout", hint | back | self._language)

    @property
    def _language(self) -> dict[str, str]:
        return {"ui_locales": self.ui_locales} if self.ui_locales else {}


class ServicePages:
    """The pages of sample services; `place` is where CONNECT lives."""

    def __init__(self, pages: Pages, place: Place) -> None:
        self._pages = pages
        self._place = place

    def ways(self, request: Request, hosted: HostedClient) -> Ways:
        """Return where links lead from a page that was asked for so.

        A simulated service has a host of its own, a served one lives at CONNECT's.
        """
        place = self._place
        return Ways(
            home=place.origin if place.serving else f"https://{request.host}",
            prefix=prefix_of(request),
            path=request.path,
            connect=place.origin,
            client_id=hosted.policy.client_id,
            ui_locales=request.args.get("ui_locales", ""),
        )

    def html(self, request: Request, hosted: HostedClient, shown: AtService) -> Response:
        """Answer with a page."""
        ways = self.ways(request, hosted)
        client_id, entry = hosted.policy.client_id, hosted.client.entry
        body = self._pages.service(
            _template(shown),
            replace(client_page(hosted, ways.ui_locales.split()), live=self._place.live),
            shown=shown,
            ways=ways,
            content=client_id if client_id in CONTENTS else "neutral",
            entry=entry,
            link=entry.point is EntryPoint.LINK,
            label=self._pages.local_text("sign-in-button", entry.button.language),
        )
        response = html(body)
        response.headers["Content-Security-Policy"] = _policy(self._place, hosted)
        return response


def prefix_of(request: Request) -> str:
    """Return the path that a service lives below, without a slash at its end."""
    return str(request.environ.get("SCRIPT_NAME", ""))


def _template(shown: AtService) -> str:
    """Return the name of a page's template; an error, whatever it is called, is told outside."""
    inside = shown.state in _INSIDE and shown.signed_in_as
    return shown.state if inside or shown.state == "splash" else "signed-out"


def _policy(place: Place, hosted: HostedClient) -> str:
    """Return the page's content security policy; its form may end where sign-out returns to."""
    ends = sorted({_source(uri) for uri in hosted.policy.post_logout_redirect_uris})
    asks = "; connect-src 'self'" if place.live else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"base-uri 'none'; frame-ancestors {place.frame_ancestors}; "
        f"form-action 'self' {' '.join([place.origin, *ends])}{asks}"
    )


def _source(uri: str) -> str:
    """Return an address as a source of a content security policy."""
    parts = urlsplit(uri)
    web = parts.scheme in {"http", "https"}
    return f"{parts.scheme}://{parts.netloc}" if web else f"{parts.scheme}:"


def _with_query(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path

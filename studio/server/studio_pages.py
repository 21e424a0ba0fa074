"""The studio's own pages beside CONNECT: what is hosted, the inbox, the clock, what has changed.

Rules kept here:

* they are in English, like the window, and work without scripts;
* whatever has a page can be had as JSON too, for programs that try a client out;
* nothing is changed by a GET, and nothing by a form of another site.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import yaml
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from studio.device.people import PEOPLE
from studio.resources import folder
from studio.server.hosting import service_path
from studio.site.context import client_page
from studio.site.failure import failed
from studio.site.host import Host
from studio.site.responses import as_json, asset, html, see_other, text
from studio.site.routes import Routes

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Request, Response

    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages
    from studio.server.backend import Arrived, Server

LIVE = "/static/live.js"
DESCRIPTION = "openapi.yaml"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A client on the first page.

    `service` is the path of its sample service, `logo` that of its picture, None where it has none;
    `authorize` is a request of its own, as an example.
    """

    id: str
    name: str
    logo: str | None
    service: str | None
    authorize: str
    redirect_uris: tuple[str, ...]
    confidential: bool


class StudioPages:
    """The routes `/` and `/studio/...`; `mistakes` tells what is wrong with the client files."""

    def __init__(
        self,
        server: Server,
        pages: Pages,
        mistakes: Callable[[], tuple[str, ...]] = tuple,
        *,
        clock_moves: bool = True,
    ) -> None:
        self._server = server
        self._pages = pages
        self._mistakes = mistakes
        self._clock_moves = clock_moves
        self._host = Host(server, pages, server.place)
        rules = [
            Rule("/", endpoint=self._index, methods=["GET"]),
            Rule("/studio/headers.css", endpoint=self._headers, methods=["GET"]),
            Rule("/studio/inbox", endpoint=self._inbox, methods=["GET"]),
            Rule("/studio/inbox.json", endpoint=self._inbox_as_json, methods=["GET"]),
            Rule("/studio/clock", endpoint=self._clock, methods=["GET"]),
            Rule("/studio/changes", endpoint=self._changes, methods=["GET"]),
            Rule("/studio/openapi.json", endpoint=self._description, methods=["GET"]),
        ]
        if clock_moves:
            rules.append(Rule("/studio/clock", endpoint=self._move_clock, methods=["POST"]))
        self._routes = Routes(rules)

    def answer(self, request: Request) -> Response:
        """Answer one request."""
        try:
            endpoint, values = self._routes.match(request.environ)
            return endpoint(request, **values)
        except HTTPException as mistake:
            headers = mistake.get_response(request.environ).headers
            return text(mistake.name, status=mistake.code or 500, headers=headers)
        except Exception as error:  # noqa: BLE001 - whatever it is, the log has it and the page not
            return failed(self._host, request, error)

    # Pages

    def _index(self, _request: Request) -> Response:
        server = self._server
        shown = [_shown(one, server) for one in (*server.clients, *server.registered)]
        return self._page(
            "index",
            clients=shown,
            looks=server.looks,
            people=[one for one in PEOPLE if one.exists],
            mistakes=self._mistakes(),
            issuer=server.place.issuer,
        )

    def _headers(self, _request: Request) -> Response:
        """Return each client's header colour; a page has no styles of its own within it."""
        clients = (*self._server.clients, *self._server.registered)
        rules = (
            f".header-{place} {{ background: {one.client.branding.header.css()} }}\n"
            for place, one in enumerate(clients)
        )
        return asset("".join(rules).encode(), "text/css", forever=False)

    def _inbox(self, request: Request) -> Response:
        if _wants_json(request):
            return self._inbox_as_json(request)
        return self._page("inbox", arrived=list(reversed(self._server.inbox)))

    def _inbox_as_json(self, _request: Request) -> Response:
        newest_first = reversed(self._server.inbox)
        return as_json({"messages": [_message(one) for one in newest_first]})

    def _clock(self, request: Request, problem: str = "") -> Response:
        now = self._server.world.now
        if _wants_json(request):
            told = {"error": "invalid_request", "error_description": problem}
            if problem:
                return as_json(told, status=400)
            return as_json({"now": now.isoformat()})
        page = self._page(
            "clock", 400 if problem else 200, now=now, problem=problem, moves=self._clock_moves
        )
        # Without a referrer a browser would not say where its form comes from (Fetch, 3.1).
        page.headers["Referrer-Policy"] = "same-origin"
        return page

    def _move_clock(self, request: Request) -> Response:
        if request.headers.get("Origin", self._server.place.origin) != self._server.place.origin:
            return text("The clock is moved from its own page alone.", status=403)
        try:
            self._server.move_clock(_wanted_moment(request, self._server.world.now))
        except ValueError as mistake:
            return self._clock(request, str(mistake))
        return self._clock(request) if _wants_json(request) else see_other("/studio/clock")

    # For scripts and programs

    def _changes(self, _request: Request) -> Response:
        return as_json({"looks": self._server.looks, "arrived": self._server.arrived})

    def _description(self, _request: Request) -> Response:
        return as_json({**_openapi(), "servers": [{"url": self._server.place.origin}]})

    def _page(self, name: str, status: int = 200, **values: object) -> Response:
        place = self._server.place
        body = self._pages.studio(name, live=place.live, **values)
        return html(body, status=status, place=place)


@cache
def _openapi() -> dict[str, object]:
    read = yaml.safe_load((folder("assets") / DESCRIPTION).read_text("utf-8"))
    return dict(read)


def _shown(hosted: HostedClient, server: Server) -> Shown:
    client_id = hosted.policy.client_id
    has_service = server.home(client_id) is not None
    # The first address of one with a sample service is that service's.
    uris = hosted.policy.redirect_uris[1:] if has_service else hosted.policy.redirect_uris
    asked = {
        "client_id": client_id,
        "response_type": "code",
        "scope": hosted.policy.scope,
        "redirect_uri": uris[0],
    }
    return Shown(
        id=client_id,
        name=hosted.policy.name,
        logo=client_page(hosted, ()).logo_href,
        service=f"{service_path(client_id)}/" if has_service else None,
        authorize=f"{server.place.issuer}/authorize?{urlencode(asked)}",
        redirect_uris=uris,
        confidential=server.secret(client_id) is not None,
    )


def _message(arrived: Arrived) -> dict[str, object]:
    message = arrived.message
    return {
        "number": arrived.number,
        "kind": message.kind,
        "from": message.sender,
        "to": message.recipient,
        "text": message.text,
        "code": message.code,
        "when": message.when.isoformat(),
    }


def _wants_json(request: Request) -> bool:
    accepted = request.accept_mimetypes
    best = accepted.best_match(["text/html", "application/json"], "text/html")
    return request.is_json or best == "application/json"


def _wanted_moment(request: Request, now: datetime) -> datetime:
    """Return where the clock is to be moved: by `days`, or to the moment `to` (ISO 8601).

    Raises:
        ValueError: It says neither, or something that is none.
    """
    fields = _fields(request)
    days, to = fields.get("days", ""), fields.get("to", "")
    if bool(days) == bool(to):
        raise ValueError('say either "days" or "to"')
    if days:
        return now + _span(days)
    try:
        moment = datetime.fromisoformat(to)
    except ValueError:
        raise ValueError('"to" is a moment such as 2026-04-01T12:00Z') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _span(days: str) -> timedelta:
    if not days.isascii() or not days.isdigit() or len(days) > len("9999"):
        raise ValueError('"days" is a whole number of days')
    return timedelta(days=int(days))


def _fields(request: Request) -> dict[str, str]:
    """Return the fields of a form, or of a JSON object."""
    if not request.is_json:
        return request.form.to_dict()
    try:
        sent = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise ValueError("this is not JSON") from None
    if not isinstance(sent, dict):
        # It is the sender's mistake, told as every other one.
        raise ValueError("this is not a JSON object")  # noqa: TRY004
    return {str(name): str(value) for name, value in sent.items()}

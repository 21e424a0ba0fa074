"""Who is signing in, on which device, and how far they have come.

One of the window's two owners (the other is `Document`). Panels call its methods and listen to its
signals; they never talk to each other.

Rules kept here: a restart is a fresh world; each page that is shown is a step with a snapshot of
everything, so that going back to a step is going back in time; an edit of the client never moves
the person, it only shows the same step anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from PySide6.QtCore import Signal

from studio.app.asking import asks_differently, mistakes_of
from studio.app.session_state import SessionState
from studio.app.step import Step
from studio.app.visiting import OWN
from studio.client.choices import EntryPoint
from studio.device.browser import Browser
from studio.device.device import Outside
from studio.device.entry import (
    AUTHORIZE,
    AuthorizationFields,
    authorization_url,
    default_fields,
    fields_of,
)
from studio.device.fresh import fresh_state
from studio.device.hosts import service_origin
from studio.device.network import Connection, clients_own
from studio.device.people import PEOPLE
from studio.journeys.services import sample
from studio.web.view import PageView

if TYPE_CHECKING:
    from datetime import timedelta

    from PySide6.QtCore import QObject

    from studio.device.device import DeviceState, Reply
    from studio.engine.screens import Screen
    from studio.pages.hosting import HostedClient
    from studio.site.messages import Message
    from studio.site.service import AtService

_COLOUR_ONLY = frozenset({"branding.header"})


class Session(SessionState):
    """The person's side of the window: device, trail, inbox and the request.

    Signals:
        stepped: A `Step` is shown: a new one, one gone back to, or the same one anew.
        inbox_changed: Messages arrived, or a restart emptied the inbox.
        request_changed: The request's fields, its URL or its mistakes are others.
    """

    stepped = Signal(object)
    inbox_changed = Signal()
    request_changed = Signal()

    def __init__(self, hosted: HostedClient, parent: QObject | None = None) -> None:
        own = clients_own(hosted.client, Connection())
        fresh = replace(fresh_state(), connection=own)
        super().__init__(hosted, fresh, parent)
        self._fresh = fresh
        self._shown_inbox: tuple[Message, ...] = ()
        self.people = PEOPLE
        self._wanted = ""
        self._edited = False
        self._from_service = False
        self._others: dict[str, HostedClient] = {}
        self.view = PageView(self._device)
        self.view.answered.connect(self._on_answer)
        self.view.loaded.connect(self._catch_up)

    # What people do

    def restart(self) -> None:
        """Begin anew at CONNECT: a fresh world, and the request opened in it."""
        self._from_service = False
        self._begin()

    def begin_at_service(self) -> None:
        """Begin anew at the service: with its button or link, or as its app is started."""
        self._from_service = True
        self._begin()

    def visit(self, service: str) -> None:
        """Go to another service with the same device, or back to the client's own (`OWN`).

        What has happened stays, so that single sign-on and what ends it can be met. In a browser
        it is the same one, a web view is that of the other app.
        """
        if service:
            self._others[service] = sample(service).hosted
        self._host()
        self._device.state = replace(self._device.state, app=service)
        self._played = ""
        self.view.open(self._home(first=True))

    def leave(self) -> None:
        """Close the tab or window with CONNECT's page: the service is there again."""
        self.view.open(self._home())

    def close_window(self) -> None:
        """Close the browser: what lasts only as long as it is gone. The service is opened again."""
        self._device.close_window()
        self.leave()

    def reload(self) -> None:
        """Load the page again."""
        if self.steps:
            self.view.open(self._address())

    def go_to(self, position: int) -> None:
        """Go back, or forward again, to a step of the trail and to everything as it was then."""
        self.position = position
        self._device.state = self.steps[position].snapshot
        self._tell_inbox()
        self.view.open(self._address())

    def set_person(self, person_id: str) -> None:
        """Hand the device to somebody else, and begin anew."""
        self._device.hand_to(next(one for one in self.people if one.id == person_id))
        self._begin()

    def set_subscriber(self, *, subscriber: bool) -> None:
        """Put another SIM into the phone; the next step meets it."""
        self._device.hand_to(replace(self.person, subscriber=subscriber))
        self._remember()

    def connect_by(self, connection: Connection) -> None:
        """Change the network, which the next step meets, or the browser, and begin again in it.

        A browser has cookies of its own, so what was done in another one does not count there.
        """
        same = replace(connection, network=self.connection.network) == self.connection
        self._device.connect_by(connection)
        if same:
            self._remember()
        elif self.position > 0:
            self._open_first()
        elif self.steps:
            self._begin()

    def try_fields(self, fields: AuthorizationFields) -> None:
        """Show what a request would be: its URL and its mistakes, while it is being typed.

        A request with a mistake is kept as typed, and told in `mistakes`; what is played is the
        last good one.
        """
        self.fields = fields
        self._check()
        self.request_changed.emit()

    def set_fields(self, fields: AuthorizationFields) -> None:
        """Ask CONNECT for something else, and begin anew with it where it is without mistakes."""
        self.try_fields(fields)
        if not self.mistakes and self._good_url != self._played:
            self.restart()

    def play(self, url: str) -> None:
        """Open an authorisation URL as somebody pasted it, mistakes and all.

        Raises:
            ValueError: It is not an authorisation URL.
        """
        client_id, fields = fields_of(url)
        self.fields = fields
        self._check()
        self._good_url = f"{AUTHORIZE}?{urlsplit(url.strip()).query}"
        if client_id != self._hosted.policy.client_id:
            self.mistakes = {}
        self.request_changed.emit()
        self.restart()

    def reset_request(self) -> None:
        """Ask CONNECT what the client itself asks, and begin anew."""
        self.try_fields(default_fields(self._hosted.policy))
        self.restart()

    def set_locale(self, tag: str) -> None:
        """Show the same step in another language, and ask for it from now on."""
        same = self._good_url == self._played
        self.try_fields(replace(self.fields, ui_locales=tag))
        self._played = self._good_url if same else self._played
        self._wanted = tag
        self._show_anew()

    def wait(self, span: timedelta) -> None:
        """Let time pass while the page stays as it is; the next action meets the new time."""
        self._device.wait(span)
        self._remember()

    def fill(self, values: dict[str, str]) -> None:
        """Type into the page's inputs, by name."""
        self.view.fill(values)

    # The client's side

    def host(self, hosted: HostedClient, changed: frozenset[str] = frozenset()) -> None:
        """Show an edit of the client at once; `changed` are the dotted paths of what is new."""
        before, self._hosted = self._hosted, hosted
        self._host()
        own = clients_own(hosted.client, self.connection)
        if own != clients_own(before.client, self.connection):
            self.connect_by(own)
        elif asks_differently(before, hosted):
            self._ask_differently()
        elif changed and changed <= _COLOUR_ONLY and not self.view.loading:
            self.view.paint(self._service.variables)
        else:
            self._show_anew()

    def host_another(self, hosted: HostedClient) -> None:
        """Begin anew with another client."""
        self._hosted = hosted
        self._others.clear()
        self._host()
        self._device.connect_by(clients_own(hosted.client, self.connection))
        self.reset_request()

    def close_down(self) -> None:
        """Delete the view's page and profile. Has to be called before the application ends."""
        self.view.close_down()

    def _host(self) -> None:
        """Host the client, and beside it the services that were visited.

        One of them that has the client's id by now is the client.
        """
        own = self._hosted.policy.client_id
        others = (hosted for service, hosted in self._others.items() if service != own)
        self._device.host(self._hosted, *others)

    # Beginning and going on

    def _begin(self) -> None:
        """Open the first page in a fresh world, on the same device in the same hands."""
        now = self._device.state
        self._device.state = replace(self._fresh, connection=now.connection, person=now.person)
        self.steps, self.position = (), -1
        self._tell_inbox()
        self._open_first()

    def _open_first(self) -> None:
        self._device.state = replace(self._device.state, app=OWN)
        self._wanted = ""
        self._played = "" if self._from_service else self._good_url
        self.view.open(self._home(first=True) if self._from_service else self._good_url)

    def _home(self, *, first: bool = False) -> str:
        """Return the address of the service's page; at the start of an app it is its splash."""
        service = self._service
        starts = first and service.client.entry.point is EntryPoint.STARTUP
        query = {"start": ""} if starts else {}
        if self.fields.ui_locales:
            query["ui_locales"] = self.fields.ui_locales
        return f"{service_origin(service.policy.client_id)}/?{urlencode(query)}".rstrip("?")

    def _remember(self) -> None:
        """Let the current step be as the device is now, and tell of it."""
        if self.steps:
            step = self.steps[self.position]
            self._put(replace(step, snapshot=self._device.state))

    def _ask_differently(self) -> None:
        """Let the request be one that the client, as it is now, can make; keep what was chosen."""
        own = default_fields(self._hosted.policy)
        self.try_fields(replace(self.fields, redirect_uri=own.redirect_uri, scope=own.scope))
        self.restart()

    def _check(self) -> None:
        """Find the mistakes of the fields; without any, their URL is the one to play."""
        policy = self._hosted.policy
        self.mistakes = mistakes_of(policy, self.fields)
        if not self.mistakes:
            self._good_url = authorization_url(policy.client_id, self.fields)

    def _show_anew(self) -> None:
        """Draw the current step's page again, in place of the one that is shown.

        While a page is loading the one to come is drawn instead, once it is there: what could be
        drawn now would be of the step before.
        """
        if self.view.loading:
            self._edited = True
            return
        if not self.steps:
            return
        reply = Browser(self._device).open(self._address())
        if reply.screen is None:
            return
        if urlsplit(reply.url).path != urlsplit(self.view.address).path:
            self.view.open(reply.url)
            return
        self.view.paint(self._service.variables)
        self.view.swap(reply.body.decode())
        self._put(_step(reply, reply.screen, self._device.state))

    def _address(self) -> str:
        """Return the address of the current step's page, in the language that is wanted.

        A page of CONNECT's or of the service takes the language from its address; the device's own
        have none.
        """
        step = self.steps[self.position]
        parts = urlsplit(step.url)
        if isinstance(step.screen, Outside) or not self._wanted:
            return parts.geturl()
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        query = [(name, value) for name, value in pairs if name != "ui_locales"]
        return parts._replace(query=urlencode([*query, ("ui_locales", self._wanted)])).geturl()

    def _catch_up(self) -> None:
        """Draw what was edited while the page was loading."""
        if self._edited:
            self._edited = False
            self._show_anew()

    def _on_answer(self, reply: Reply) -> None:
        if reply.screen is not None:
            self._take(_step(reply, reply.screen, self._device.state))

    def _take(self, step: Step) -> None:
        """Put a step on the trail: in place of the same one shown again, else as the next one."""
        current = self.steps[self.position] if self.steps else None
        if current is None or not current.is_like(step):
            self.steps = (*self.steps[: self.position + 1], step)
            self.position = len(self.steps) - 1
        self._put(step)

    def _put(self, step: Step) -> None:
        """Put a step in place of the current one, and tell of it."""
        self.steps = (*self.steps[: self.position], step, *self.steps[self.position + 1 :])
        self._tell_inbox()
        self.stepped.emit(step)

    def _tell_inbox(self) -> None:
        if self.inbox != self._shown_inbox:
            self._shown_inbox = self.inbox
            self.inbox_changed.emit()


def _step(reply: Reply, screen: Screen | AtService | Outside, snapshot: DeviceState) -> Step:
    return Step(screen=screen, url=reply.url, snapshot=snapshot)

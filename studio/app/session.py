"""Who is signing in, on which device, and how far they have come.

One of the window's two owners (the other is `Document`). Panels call its methods and listen to its
signals; they never talk to each other.

Rules kept here: a restart is a fresh world; each page that is shown is a step with a snapshot of
everything, so that going back to a step is going back in time; an edit of the client never moves
the person, it only shows the same step anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from PySide6.QtCore import QObject, Signal

from studio.device.browser import Browser
from studio.device.device import Device
from studio.device.entry import (
    AUTHORIZE,
    AuthorizationFields,
    authorization_url,
    default_fields,
    fields_of,
)
from studio.device.fresh import fresh_pages, fresh_state
from studio.device.people import PEOPLE, Person
from studio.engine.request import BadClientError, BadRequestError, parse_request
from studio.pages.language import page_locale
from studio.site.service import AtService
from studio.web.view import PageView

if TYPE_CHECKING:
    from studio.device.device import DeviceState, Outside, Reply
    from studio.engine.screens import Screen
    from studio.pages.hosting import HostedClient
    from studio.site.messages import Message

_COLOUR_ONLY = frozenset({"branding.header"})


@dataclass(frozen=True, kw_only=True)
class Step:
    """A page that was shown, with everything as it was then."""

    screen: Screen | AtService | Outside
    url: str
    snapshot: DeviceState

    @property
    def title(self) -> str:
        """The id of the screen."""
        return self.screen.id

    @property
    def state(self) -> str:
        """Which variant of the screen it is."""
        return self.screen.state

    def is_like(self, other: Step) -> bool:
        """Tell whether another step is the same page, shown again."""
        same = (self.title, self.state) == (other.title, other.state)
        return same and urlsplit(self.url).path == urlsplit(other.url).path


class Session(QObject):
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
        super().__init__(parent)
        self._hosted = hosted
        self._fresh = fresh_state()
        self._device = Device(self._fresh, fresh_pages(), [hosted])
        self._shown_inbox: tuple[Message, ...] = ()
        self.steps: tuple[Step, ...] = ()
        self.position = -1
        self.people = PEOPLE
        self.person = PEOPLE[0]
        self.fields = default_fields(hosted.policy)
        self.mistakes: dict[str, str] = {}
        self._good_url = authorization_url(hosted.policy.client_id, self.fields)
        self._played = ""
        self._wanted = ""
        self._edited = False
        self.view = PageView(self._device)
        self.view.answered.connect(self._on_answer)
        self.view.loaded.connect(self._catch_up)

    # What panels show

    @property
    def inbox(self) -> tuple[Message, ...]:
        """The messages that have arrived, the oldest first."""
        return self._device.state.inbox

    @property
    def url(self) -> str:
        """The authorisation URL: of the fields as they are, or the last good one."""
        return self._good_url

    @property
    def locale(self) -> str:
        """The BCP 47 tag of the language that pages are in."""
        return page_locale(self._hosted.client, self.fields.ui_locales.split()).tag

    @property
    def address(self) -> str:
        """What an address bar shows: a host, or where the person is after CONNECT."""
        screen = self.steps[self.position].screen if self.steps else None
        if isinstance(screen, AtService):
            return screen.client_name
        return urlsplit(AUTHORIZE).netloc

    # What people do

    def restart(self) -> None:
        """Begin anew: a fresh world, and the request opened in it."""
        self._device.state = self._fresh
        self.steps, self.position = (), -1
        self._tell_inbox()
        self._played, self._wanted = self._good_url, ""
        self.view.open(self._good_url)

    def go_to(self, position: int) -> None:
        """Go back, or forward again, to a step of the trail and to everything as it was then."""
        self.position = position
        self._device.state = self.steps[position].snapshot
        self._tell_inbox()
        self.view.open(self._address())

    def set_person(self, person_id: str) -> None:
        """Hand the device to somebody else, and begin anew."""
        self.person = _person(self.people, person_id)
        self._fresh = replace(self._fresh, person=self.person)
        self.restart()

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

    def fill(self, values: dict[str, str]) -> None:
        """Type into the page's inputs, by name."""
        self.view.fill(values)

    # The client's side

    def host(self, hosted: HostedClient, changed: frozenset[str] = frozenset()) -> None:
        """Show an edit of the client at once; `changed` are the dotted paths of what is new."""
        before, self._hosted = self._hosted, hosted
        self._device.host(hosted)
        if _asks_differently(before, hosted):
            self._ask_differently()
        elif changed and changed <= _COLOUR_ONLY and not self.view.loading:
            self.view.paint(hosted.variables)
        else:
            self._show_anew()

    def host_another(self, hosted: HostedClient) -> None:
        """Begin anew with another client."""
        self._hosted = hosted
        self._device.host(hosted)
        self.reset_request()

    def close_down(self) -> None:
        """Delete the view's page and profile. Has to be called before the application ends."""
        self.view.close_down()

    def _ask_differently(self) -> None:
        """Let the request be one that the client, as it is now, can make; keep what was chosen."""
        own = default_fields(self._hosted.policy)
        self.try_fields(replace(self.fields, redirect_uri=own.redirect_uri, scope=own.scope))
        self.restart()

    def _check(self) -> None:
        """Find the mistakes of the fields; without any, their URL is the one to play."""
        policy = self._hosted.policy
        url = authorization_url(policy.client_id, self.fields)
        self.mistakes = {}
        try:
            parse_request(parse_qsl(urlsplit(url).query), lambda _id: policy)
        except BadRequestError as mistake:
            self.mistakes = {mistake.parameter: mistake.description}
        except BadClientError as mistake:
            self.mistakes = {mistake.parameter: str(mistake)}
        else:
            self._good_url = url

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
        self.view.paint(self._hosted.variables)
        self.view.swap(reply.body.decode())
        self._put(_step(reply, reply.screen, self._device.state))

    def _address(self) -> str:
        """Return the address of the current step's page, in the language that is wanted.

        A page of CONNECT's takes the language from its address; the device's own have none.
        """
        parts = urlsplit(self.steps[self.position].url)
        if parts.netloc != urlsplit(AUTHORIZE).netloc or not self._wanted:
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


def _person(people: tuple[Person, ...], person_id: str) -> Person:
    return next(person for person in people if person.id == person_id)


def _asks_differently(before: HostedClient, after: HostedClient) -> bool:
    """Tell whether the request itself has to be another one."""
    old, new = before.policy, after.policy
    return (old.client_id, old.redirect_uris, old.scopes) != (
        new.client_id,
        new.redirect_uris,
        new.scopes,
    )

"""Walk: take steps in a browser, one after the other, and remember what was seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never
from urllib.parse import urlencode, urljoin, urlsplit

from studio.device.browser import Browser, BrowserError
from studio.device.device import service_origin
from studio.device.jar import Jar
from studio.device.people import PEOPLE
from studio.journeys.expecting import differences, shown
from studio.journeys.steps import (
    Act,
    Check,
    Connect,
    Do,
    Expect,
    Fill,
    HandTo,
    Open,
    OtherTab,
    Pairs,
    Press,
    Repeat,
    Wait,
    connected,
)
from studio.site.application import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.device.browser import Moment
    from studio.device.device import Device
    from studio.journeys.steps import Place, Step
    from studio.site.messages import Message


class StepError(RuntimeError):
    """A step could not be taken, or something else was seen than expected."""

    def __init__(self, place: Place, message: str) -> None:
        self.place, self.message = place, message
        super().__init__(f"{place}: {message}")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A page that was shown on the way; a page that is no screen has no id."""

    screen: str
    state: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """Where a journey has come to; `error` tells why it could not go on.

    `opened` is how many pages had been shown when one was last opened, `read` how many messages
    there were before the last step that did something.
    """

    moment: Moment
    trail: tuple[Seen, ...] = ()
    opened: int = 0
    read: int = 0
    error: StepError | None = None

    @property
    def messages(self) -> tuple[Message, ...]:
        """What arrived on the way, the newest last."""
        return self.moment.state.inbox


class Walk:
    """Goes on from a point, on a device.

    `client_ids` are the services by their names in the journey, the first one first. Pages are in
    the language of `tag`; expected texts are looked at where it is the journey's own, `spoken`.
    """

    def __init__(
        self,
        *,
        device: Device,
        before: Point,
        client_ids: Mapping[str, str],
        tag: str,
        spoken: bool,
    ) -> None:
        self.browser = Browser(device, before.moment)
        self._client_ids = client_ids
        self._tag = tag
        self._spoken = spoken
        self._trail = list(before.trail)
        self._opened = before.opened
        self._read = before.read

    def on(self, steps: Iterable[Step]) -> Point:
        """Take steps up to the first that fails, and return where that led to."""
        error = None
        try:
            self._all(steps)
        except StepError as failed:
            error = failed
        return Point(
            moment=self.browser.moment,
            trail=tuple(self._trail),
            opened=self._opened,
            read=self._read,
            error=error,
        )

    def name_of(self, service: str) -> str:
        """Return what people know a service of the journey by; the first one where it is empty."""
        client_id = self._client_ids[service or next(iter(self._client_ids))]
        hosted = self.browser.device.client(client_id)
        return hosted.client.registration.name if hosted else client_id

    def _all(self, steps: Iterable[Step]) -> None:
        for step in steps:
            try:
                self._take(step)
            except BrowserError as error:
                raise StepError(step.place, str(error)) from None

    def _take(self, step: Step) -> None:  # noqa: C901, PLR0912 - a case for each kind of step
        browser, device = self.browser, self.browser.device
        if not isinstance(step, Expect):
            self._read = len(device.state.inbox)
        match step:
            case Open():
                self._opened = len(self._trail)
                browser.open(self._url(step))
                self._see()
            case Fill(values=values):
                for name, text in values:
                    browser.fill(name, self.value(text))
            case Check(name=name, checked=checked):
                browser.check(name, checked=checked)
            case Press(action=action, nth=nth):
                browser.press(action, nth)
                self._see()
            case Wait(span=span):
                device.wait(span)
            case Do(act=act):
                self._do(act)
            case Connect(changes=changes):
                device.connect_by(connected(device.state.connection, changes))
            case HandTo(person=person):
                device.hand_to(next(one for one in PEOPLE if one.id == person))
            case OtherTab(steps=steps):
                self._in_other_tab(steps)
            case Repeat(times=times, steps=steps):
                for _ in range(times):
                    self._all(steps)
            case Expect():
                self._expect(step)
            case _:
                assert_never(step)

    def _do(self, act: Act) -> None:
        browser, device = self.browser, self.browser.device
        match act:
            case Act.CLOSE_WINDOW:
                device.close_window()
            case Act.FORGET_COOKIES:
                device.state = device.state.with_jar(Jar())
                browser.reload()
                self._see()
            case Act.FILL_SAVED_PASSWORD:
                browser.fill_saved()
            case Act.READ_CODE:
                code = device.read_code(next(iter(self._client_ids.values())))
                if code is None:
                    raise BrowserError("no code can be read here (sdk.read_code, web view)")
                browser.fill("code", code)
            case Act.CONNECT_FAILS | Act.CONNECT_WORKS:
                device.state = replace(device.state, failing=act is Act.CONNECT_FAILS)
            case _:
                assert_never(act)

    def _in_other_tab(self, steps: Iterable[Step]) -> None:
        mine = self.browser
        self.browser = mine.copy()
        try:
            self._all(steps)
        finally:
            self.browser = mine

    def _expect(self, step: Expect) -> None:
        for difference in differences(
            step,
            self.browser,
            opened=[one.url for one in self._trail[self._opened :]],
            arrived=self.browser.device.state.inbox[self._read :],
            host=urlsplit(self._origin(step.at)).netloc if step.at else "",
            spoken=self._spoken,
            value=self.value,
        ):
            raise StepError(step.place, difference)

    def _see(self) -> None:
        screen, state = shown(self.browser)
        self._trail.append(Seen(screen=screen, state=state, url=self.browser.reply.url))

    def _url(self, step: Open) -> str:
        """Return the address that is opened, in the language of the pages."""
        first = next(iter(self._client_ids))
        asked = self._values(step.query or step.asked)
        if step.path:
            page = urljoin(self._origin(step.service) if step.service else ORIGIN, step.path)
        else:
            page = f"{self._origin(step.service or first)}/sign-in"
        if "ui_locales" not in dict(asked):
            asked = (*asked, ("ui_locales", self._tag))
        return f"{page}{'&' if '?' in page else '?'}{urlencode(asked)}"

    def _origin(self, service: str) -> str:
        return service_origin(self._client_ids[service])

    def _values(self, pairs: Pairs) -> Pairs:
        return tuple((name, self.value(text)) for name, text in pairs)

    def value(self, text: str) -> str:
        """Return a text, or what a variable stands for at this moment.

        Raises:
            BrowserError: It stands for nothing now.
        """
        if not text.startswith("$"):
            return text
        state = self.browser.device.state
        person, first = state.person, next(iter(self._client_ids.values()))
        hosted = self.browser.device.client(first)
        known = {
            "$phone": person.phone,
            "$email": person.email,
            "$password": person.password,
            "$client_id": first,
            "$redirect_uri": hosted.policy.redirect_uris[0] if hosted else None,
            "$code": next((one.code for one in reversed(state.inbox) if one.code), None),
        }
        found = known.get(text)
        if found is None:
            raise BrowserError(f"there is no {text} now")
        return found

"""For each screen in each state, the real steps that reach it in a fresh world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from studio.device.browser import Browser, BrowserError
from studio.device.device import Device
from studio.device.fresh import fresh_state
from studio.device.people import PEOPLE
from studio.engine.flow import CODE_LIFETIME, CODE_TRIES, FLOW_LIFETIME
from studio.journeys.steps import (
    DropCookies,
    Fill,
    JourneyStep,
    Open,
    Press,
    PressOnOldPage,
    UseCode,
    Wait,
    play,
)

if TYPE_CHECKING:
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages


@dataclass(frozen=True, kw_only=True)
class Reach:
    """A screen in a state, and how to get there. `needs` are client settings it takes."""

    id: str
    state: str
    group: str
    title: str
    steps: tuple[JourneyStep, ...]
    needs: str = ""

    @property
    def name(self) -> str:
        """The screen and its state, as the command line takes them: "verify-phone/code-wrong"."""
        return f"{self.id}/{self.state}"


class UnreachableError(LookupError):
    """The client's settings do not lead to a screen."""


_PHONE = PEOPLE[0].phone or ""
_EMAIL = PEOPLE[0].email or ""
_WRONG = "0000"
_BY_PHONE = (Open(acr_values="1"), Fill("identifier", _PHONE), Press())
_BY_PASSWORD = (Open(acr_values="2"), Fill("identifier", _PHONE), Press())
_TO_EMAIL = (Open(), Press("switch"))
_AFTER_WRONG = (Fill("code", _WRONG), Press())


def _start(state: str, title: str, *steps: JourneyStep, needs: str = "") -> Reach:
    return Reach(
        id="start", state=state, group="Sign-in", title=title, steps=steps or (Open(),), needs=needs
    )


def _verify(state: str, title: str, *steps: JourneyStep) -> Reach:
    return Reach(
        id="verify-phone", state=state, group="Sign-in", title=title, steps=(*_BY_PHONE, *steps)
    )


def _password(state: str, title: str, *steps: JourneyStep) -> Reach:
    return Reach(id="password", state=state, group="Sign-in", title=title, steps=steps)


def _mistake(screen: str, state: str, title: str, *steps: JourneyStep) -> Reach:
    return Reach(id=screen, state=state, group="Mistakes", title=title, steps=steps)


def _returned(state: str, title: str, *steps: JourneyStep) -> Reach:
    return Reach(id="returned", state=state, group="Service", title=title, steps=steps)


REACHES = (
    _start("phone", "Phone first", needs="start.fields: both, start.first: phone"),
    _start("email", "Email", *_TO_EMAIL, needs="start.fields: both, start.first: phone"),
    _start("phone-only", "Only phone", needs="start.fields: phone"),
    _start("email-only", "Only email", needs="start.fields: email"),
    _start("phone-prefilled", "Phone filled in", Open(login_hint=_PHONE)),
    _start("email-prefilled", "Email filled in", Open(login_hint=_EMAIL)),
    _start("phone-missing", "No phone number given", Open(), Press()),
    _start("phone-invalid", "Not a phone number", Open(), Fill("identifier", "123"), Press()),
    _start("email-missing", "No email address given", *_TO_EMAIL, Press()),
    _start(
        "email-invalid", "Not an email address", *_TO_EMAIL, Fill("identifier", "user@"), Press()
    ),
    _start(
        "stale-form",
        "Sent from an older page",
        *_BY_PHONE,
        PressOnOldPage("submit", (Press("change"),)),
    ),
    _verify("code-sent", "Code sent"),
    _verify("empty", "Notice closed", Press("dismiss-notice")),
    _verify("code-resent", "New code sent", Press("resend")),
    _verify("code-missing", "No code given", Press()),
    _verify("code-wrong", "Wrong code", *_AFTER_WRONG),
    _verify("code-expired", "Code expired", Wait(CODE_LIFETIME), UseCode(), Press()),
    _verify("code-used-up", "Too many tries", *(_AFTER_WRONG * CODE_TRIES)),
    Reach(
        id="verify-phone",
        state="stale-form",
        group="Sign-in",
        title="Sent from an older page",
        steps=(
            Open(acr_values="1"),
            PressOnOldPage("submit", (Fill("identifier", _PHONE), Press())),
        ),
    ),
    _password("phone", "Password, by phone", *_BY_PASSWORD),
    _password("email", "Password, by email", Open(login_hint=_EMAIL), Press()),
    _password("password-missing", "No password given", *_BY_PASSWORD, Press()),
    _password(
        "credentials-wrong", "Wrong password", *_BY_PASSWORD, Fill("password", "wrong"), Press()
    ),
    _password(
        "stale-form",
        "Sent from an older page",
        Open(acr_values="2"),
        PressOnOldPage("submit", (Fill("identifier", _PHONE), Press())),
    ),
    _mistake(
        "request-refused",
        "client-id",
        "Unknown client",
        Open(query="client_id=unknown&response_type=code"),
    ),
    _mistake(
        "request-refused",
        "redirect-uri",
        "Wrong redirect URI",
        Open(query="client_id={client_id}&redirect_uri=" + quote("https://elsewhere.example/")),
    ),
    _mistake(
        "start-again",
        "expired",
        "Took too long",
        *_BY_PHONE,
        Wait(FLOW_LIFETIME + timedelta(minutes=1)),
        Press("resend"),
    ),
    _mistake("start-again", "no-cookie", "No cookies", *_BY_PHONE, DropCookies()),
    _mistake("not-found", "empty", "No such page", Open(path="/id/nothing")),
    _returned("code", "Signed in", *_BY_PHONE, UseCode(), Press()),
    _returned("access_denied", "Went back", Open(), Press("back")),
    _returned("login_required", "Nothing may be shown", Open(prompt="none")),
)


def reach(reach_: Reach, hosted: HostedClient, pages: Pages, tag: str = "en") -> Browser:
    """Go to a screen in a fresh world and return the browser that shows it.

    Raises:
        UnreachableError: The client's settings do not lead there.
    """
    browser = Browser(Device(fresh_state(), pages, [hosted]))
    try:
        play(browser, hosted, reach_.steps, tag)
    except BrowserError as error:
        raise UnreachableError(f"{reach_.name}: {error}") from error
    shown = browser.reply.screen
    if shown is None or (shown.id, shown.state) != (reach_.id, reach_.state):
        found = f"{shown.id}/{shown.state}" if shown else "nothing"
        hint = f"; it takes {reach_.needs}" if reach_.needs else ""
        raise UnreachableError(f"{reach_.name}: this client leads to {found}{hint}")
    return browser

"""What does the browser's password manager keep, and what does it fill in?

It keeps a password that CONNECT has accepted, with the phone number or e-mail address it is for:
after signing in, and after one was created or changed. A plain web view has no manager. A manager
of a real browser sees the form and whether another page follows; this one looks whether the
password is the account's now, so that it keeps none that was refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from studio.device.found import connect_session, flow_at, visit_at
from studio.engine.account_screens import AccountPassword
from studio.engine.accounts import password_matches
from studio.engine.flow import AtNewPassword, AtPassword
from studio.engine.screens import Password, ReauthPassword, Start, StepUp
from studio.engine.visit import AtPasswords

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.device.device import DeviceState
    from studio.engine.identifiers import Identifier


@dataclass(frozen=True, kw_only=True)
class SavedPassword:
    """A password, and the number or address that it goes with."""

    identifier: Identifier
    password: str


type Saved = tuple[SavedPassword, ...]
"""What one browser keeps, the newest last; one for each number or address."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A password that is on its way to CONNECT from the form at an address."""

    login: SavedPassword
    url: str


def typed(state: DeviceState, url: str, body: bytes) -> Typed | None:
    """Return the password of a form that is sent, None where it holds none.

    `state` is that before CONNECT gets the form.
    """
    fields = dict(parse_qsl(body.decode("utf-8", "replace")))
    identifier = _asked_of(state, url)
    if identifier is None or fields.get("action", "submit") != "submit":
        return None
    login = SavedPassword(identifier=identifier, password=fields.get("password", ""))
    return Typed(login=login, url=url)


def kept(saved: Saved, sent: Typed | None, state: DeviceState) -> Saved:
    """Return what is saved after a form; `state` is that after CONNECT's answer."""
    if sent is None or not _accepted(sent, state):
        return saved
    others = (one for one in saved if one.identifier != sent.login.identifier)
    return (*others, sent.login)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What the manager would fill in: for which number or address, and values by input."""

    identifier: Identifier
    values: Mapping[str, str]


def offer(saved: Saved, screen: object) -> Offer | None:
    """Return what the manager offers to fill in on a screen, None for nothing.

    Where a number or address is asked for it is the newest of that kind, where a password is asked
    for that of the number or address which stands there.
    """
    match screen:
        case Start(kind=kind):
            found = _newest(saved, lambda one: one.kind is kind)
            return _offer(found, "identifier", found.identifier.value) if found else None
        case Password() | ReauthPassword() | StepUp():
            return _password(saved, screen.identifier, "password")
        case AccountPassword(creating=False):
            return _password(saved, screen.used, "current")
        case _:
            return None


def _newest(saved: Saved, fits: Callable[[Identifier], bool]) -> SavedPassword | None:
    return next((one for one in reversed(saved) if fits(one.identifier)), None)


def _password(saved: Saved, identifier: Identifier, name: str) -> Offer | None:
    found = _newest(saved, lambda one: one == identifier)
    return _offer(found, name, found.password) if found else None


def _offer(login: SavedPassword, name: str, value: str) -> Offer:
    return Offer(identifier=login.identifier, values={name: value})


def _asked_of(state: DeviceState, url: str) -> Identifier | None:
    """Return whose password the page at an address asks for, None where it asks for none."""
    flow, visit, session = flow_at(state, url), visit_at(state, url), connect_session(state)
    if flow and isinstance(flow.stage, AtPassword | AtNewPassword):
        return flow.stage.identifier
    if visit and session and isinstance(visit.stage, AtPasswords):
        return session.authentication.used
    return None


def _accepted(sent: Typed, state: DeviceState) -> bool:
    """Tell whether the form asks for nothing more, and the password is the account's."""
    account = state.world.owner(sent.login.identifier)
    if account is None or account.password is None or _asked_of(state, sent.url):
        return False
    return password_matches(account.password, sent.login.password, cost=state.world.hash_cost)

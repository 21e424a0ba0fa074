"""How is a screen reached? Each in each of its states, by the journey that ends there.

An owner's client is met as it is: settings that a journey takes are not given to it, so that what
cannot be reached with the owner's own settings is told, with the settings it would take.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.device.fresh import fresh_state
from studio.journeys.journey import SCREENS, Journey
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.journeys.screens import SCREEN_IDS, group_of
from studio.journeys.walking import StepError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.device.browser import Browser
    from studio.device.device import DeviceState
    from studio.journeys.journey import Setting
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages


class UnreachableError(LookupError):
    """The client's settings do not lead to a screen."""


@dataclass(frozen=True, kw_only=True)
class Reachable:
    """A screen in a state, and the journey that reaches it."""

    id: str
    state: str
    journey: Journey

    @property
    def name(self) -> str:
        """The screen and its state, as the command line takes them: "verify-phone/code-wrong"."""
        return f"{self.id}/{self.state}"

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return self.journey.title

    @property
    def group(self) -> str:
        """The group it is listed in."""
        return group_of(self.id)

    @property
    def needs(self) -> tuple[Setting, ...]:
        """The settings of the client that it takes."""
        return self.journey.services[0].settings


def reachable() -> tuple[Reachable, ...]:
    """Return every screen in every state that a shipped journey reaches, in the order of groups."""
    found = [
        Reachable(id=journey.end.screen, state=journey.end.state, journey=journey)
        for journey in shipped().all()
        if journey.kind == SCREENS
    ]
    return tuple(sorted(found, key=lambda one: SCREEN_IDS.index(one.id)))


def reach(
    one: Reachable,
    hosted: HostedClient,
    pages: Pages,
    tag: str = "en",
    state: DeviceState | None = None,
) -> Browser:
    """Go to a screen in a fresh world and return the browser that shows it.

    `state` is a fresh one that several share, with CONNECT's signing key in it, which takes a while
    to make. Whoever reaches many screens of one client makes a `Run`, and calls `reach_in`.

    Raises:
        UnreachableError: The client's settings do not lead there.
    """
    return reach_in(Run(shipped(), pages, client=hosted, tag=tag, state=state), one)


def runs_of(clients: Iterable[HostedClient], pages: Pages, tag: str) -> list[Run]:
    """Return a run for each client in a language, or one with the samples where there is none."""
    state = fresh_state()
    found = [Run(shipped(), pages, client=one, tag=tag, state=state) for one in clients]
    return found or [Run(shipped(), pages, tag=tag, state=state)]


def reach_in(run: Run, one: Reachable) -> Browser:
    """Go to a screen in a run, whose journeys share their beginnings.

    Raises:
        UnreachableError: The client's settings do not lead there.
    """
    try:
        return run.browser(one.journey)
    except StepError as error:
        needs = ", ".join(map(str, one.needs))
        hint = f"; it takes {needs}" if needs else ""
        message = f"{one.name}: this client does not lead there ({error.message}){hint}"
        raise UnreachableError(message) from error

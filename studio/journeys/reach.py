"""Go to any screen in any state, by the steps that the table names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.device.browser import Browser, BrowserError
from studio.device.device import Device, DeviceState
from studio.device.fresh import fresh_state
from studio.journeys.shipped import REACHES, Reach
from studio.journeys.steps import play

if TYPE_CHECKING:
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages

__all__ = ["REACHES", "Reach", "UnreachableError", "reach"]


class UnreachableError(LookupError):
    """The client's settings do not lead to a screen."""


def reach(
    reach_: Reach,
    hosted: HostedClient,
    pages: Pages,
    tag: str = "en",
    state: DeviceState | None = None,
) -> Browser:
    """Go to a screen in a fresh world and return the browser that shows it.

    `state` is a fresh one that several share, with CONNECT's signing key in it, which takes a while
    to make.

    Raises:
        UnreachableError: The client's settings do not lead there.
    """
    browser = Browser(Device(state or fresh_state(), pages, [hosted]))
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

"""Every screen in every state, for the tests that look at all of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from studio.client.colour import parse_paint
from studio.device.browser import Browser
from studio.device.device import Device
from studio.device.fresh import fresh_pages, fresh_state
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.journeys.reach import reachable
from studio.journeys.services import hosted_of
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark import ParameterSet

    from studio.device.device import DeviceState
    from studio.pages.render import Pages

_JOURNEYS = {one.name: one.journey for one in reachable()}

STATES = tuple(_JOURNEYS)
"""All of them: "verify-phone/code-wrong"."""

SCREENS = tuple({name.partition("/")[0]: name for name in reversed(STATES)}.values())
"""Each screen once, in its first state."""


def cases(names: Iterable[str]) -> list[ParameterSet]:
    """Return a test's parameters; CONNECT tells the log of a failure, where that is the screen."""
    failing = pytest.mark.page_errors
    return [
        pytest.param(name, marks=failing if name.startswith("server-error") else ())
        for name in names
    ]


def show(
    name: str, tag: str = "en", *, difficult: bool = False, pages: Pages | None = None
) -> Browser:
    """Return a browser that shows a screen in a state, reached by real steps.

    The page is drawn once more, as the web view will ask for it: with other `pages` or for services
    whose look is `difficult`, where that is asked for.
    """
    journey = _JOURNEYS[name]
    browser = _run(tag).browser(journey)
    if difficult or pages:
        hosted = [hosted_of(service) for service in journey.services]
        looks = [_difficult(one) for one in hosted] if difficult else hosted
        device = Device(browser.device.state, pages or _pages(), looks)
        browser = Browser(device, browser.moment)
    shown = browser.reload().screen
    assert shown is not None
    assert f"{shown.id}/{shown.state}" == name
    return browser


def _difficult(hosted: HostedClient) -> HostedClient:
    """Return a service without a logo, with a long name, and with a colour hard to see.

    Its contrast with the page is only just enough for a focus ring (3.1:1).
    """
    client = hosted.client
    name = "The Municipal Music and Photography Library"
    registration = client.registration.model_copy(update={"name": name})
    branding = client.branding.model_copy(update={"header": parse_paint("#2a9d8f")})
    changes = {"registration": registration, "branding": branding}
    return HostedClient(client.model_copy(update=changes))


@cache
def _run(tag: str) -> Run:
    """Return what plays the journeys in a language; they share their beginnings."""
    return Run(shipped(), _pages(), tag=tag, state=_state())


@cache
def _pages() -> Pages:
    return fresh_pages()


@cache
def _state() -> DeviceState:
    """Return a fresh world that all share: it has the signing key, which takes a while to make."""
    return fresh_state()

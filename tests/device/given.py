"""A device nobody has used, with one client, and a browser on its way to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from studio.device.browser import Browser
from studio.device.fresh import fresh_device
from studio.engine.connect import location_of
from studio.site.application import ORIGIN
from studio.site.service import AtService
from tests.pages.given import MESSAGE, hosted, pages

if TYPE_CHECKING:
    from studio.device.device import Device, Reply
    from studio.pages.hosting import HostedClient

APP = "fakebrand://connect/oauth2callback"
WEB = "https://fakebrand.example/callback?tenant=7"
LEVEL_2 = f"{MESSAGE}flow: {{level: 2}}\n"


def new_device(client: HostedClient | None = None) -> Device:
    """Return a device in a fresh world."""
    return fresh_device(client or hosted(), pages())


def authorize(**changes: str) -> str:
    """Return an authorisation URL with changes; an empty one takes a parameter away."""
    values = {
        "client_id": "fakebrand",
        "redirect_uri": APP,
        "response_type": "code",
        "scope": "openid",
        "state": "s 1",
    }
    values |= changes
    kept = {name: value for name, value in values.items() if value}
    return f"{ORIGIN}/oauth/authorize?{urlencode(kept)}"


def opened(more: str = MESSAGE, **changes: str) -> Browser:
    """Return a browser on the first page, for a client file with these further lines."""
    browser = Browser(new_device(hosted(more)))
    browser.open(authorize(**changes))
    return browser


def typed(browser: Browser, name: str, value: str) -> Reply:
    """Type into a field and send the form."""
    browser.fill(name, value)
    return browser.press()


def code_of(browser: Browser) -> str:
    """Return the code that arrived last."""
    code = browser.device.state.inbox[-1].code
    assert code is not None
    return code


def location(browser: Browser) -> str:
    """Return where the newest flow has sent the browser."""
    newest = max(browser.device.world.flows.values(), key=lambda flow: flow.serial)
    found = location_of(newest)
    assert found is not None
    return found


def answer(browser: Browser) -> dict[str, str]:
    """Return what the service was told by redirect."""
    return dict(parse_qsl(urlsplit(location(browser)).query))


def at_service(state: str, name: str = "FakeBrand") -> AtService:
    """Return the page of a service that nobody is signed in at."""
    return AtService(client_name=name, state=state)


def signed_in(browser: Browser, name: str = "FakeBrand") -> AtService:
    """Return the page of a service that somebody has to be signed in at."""
    shown = browser.reply.screen
    assert isinstance(shown, AtService)
    assert (shown.client_name, shown.state) == (name, "signed-in")
    return shown

"""The steps of a journey, and how a browser without a screen takes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from studio.device.browser import BrowserError
from studio.device.entry import AuthorizationFields, authorization_url, default_fields
from studio.device.jar import Jar
from studio.device.people import PEOPLE
from studio.site.application import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from studio.device.browser import Browser
    from studio.engine.detection import Network
    from studio.pages.hosting import HostedClient


@dataclass(frozen=True, kw_only=True)
class Open:
    """Open CONNECT as the client would; `query` stands in for the client's own request.

    `path` opens another page than the authorisation endpoint.
    """

    acr_values: str = ""
    prompt: str = ""
    max_age: str = ""
    login_hint: str = ""
    claims: str = ""
    query: str = ""
    path: str = ""


@dataclass(frozen=True)
class Fill:
    """Type into an input."""

    name: str
    value: str


@dataclass(frozen=True)
class UseCode:
    """Type the newest verification code from the inbox."""


@dataclass(frozen=True)
class Press:
    """Press a button, by the value it sends."""

    action: str = "submit"


@dataclass(frozen=True)
class PressOnOldPage:
    """Press a button of a page that another tab has meanwhile gone on from."""

    action: str
    meanwhile: tuple[Fill | Press, ...]


@dataclass(frozen=True)
class Connect:
    """Change the network the device is on."""

    network: Network


@dataclass(frozen=True)
class Hand:
    """Give the device to somebody else, by the id of a person."""

    person: str


@dataclass(frozen=True)
class Wait:
    """Let time pass."""

    span: timedelta


@dataclass(frozen=True)
class DropCookies:
    """Go on in a browser that kept no cookies."""


JourneyStep = Open | Fill | UseCode | Press | PressOnOldPage | Connect | Hand | Wait | DropCookies


def play(browser: Browser, hosted: HostedClient, steps: Iterable[JourneyStep], tag: str) -> None:
    """Take the steps one after the other, with pages in the language of `tag` (BCP 47).

    Raises:
        BrowserError: A step cannot be taken on the page that is shown.
    """
    for step in steps:
        _take(browser, hosted, step, tag)


def _take(  # noqa: C901 - a case for each step
    browser: Browser, hosted: HostedClient, step: JourneyStep, tag: str
) -> None:
    device = browser.device
    match step:
        case Open():
            browser.open(_url(hosted, step, tag))
        case Fill(name, value):
            browser.fill(name, value)
        case UseCode():
            codes = [message.code for message in device.state.inbox if message.code]
            if not codes:
                raise BrowserError("no code has arrived")
            browser.fill("code", codes[-1])
        case Press(action):
            browser.press(action)
        case PressOnOldPage(action, meanwhile):
            other = browser.copy()
            play(other, hosted, meanwhile, tag)
            browser.press(action)
        case Connect(network):
            device.connect_by(replace(device.state.connection, network=network))
        case Hand(person):
            device.hand_to(next(one for one in PEOPLE if one.id == person))
        case Wait(span):
            device.wait(span)
        case DropCookies():
            device.state = device.state.with_jar(Jar())
            browser.reload()
        case _:
            assert_never(step)


def _url(hosted: HostedClient, step: Open, tag: str) -> str:
    if step.path:
        return f"{ORIGIN}{step.path}?ui_locales={tag}"
    if step.query:
        query = step.query.format(client_id=hosted.policy.client_id)
        return f"{ORIGIN}/oauth/authorize?{query}&ui_locales={tag}"
    policy = hosted.policy
    chosen = default_fields(policy)
    fields = AuthorizationFields(
        scope=chosen.scope,
        redirect_uri=chosen.redirect_uri,
        acr_values=step.acr_values,
        prompt=step.prompt,
        max_age=step.max_age,
        login_hint=step.login_hint,
        claims=step.claims,
        ui_locales=tag,
    )
    return authorization_url(policy.client_id, fields)

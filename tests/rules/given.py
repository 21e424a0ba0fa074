"""What the tables start from: services, people, a device, and somebody who walks the pages.

`Visitor` does what a person does, through the pages of the WSGI application and of the sample
services, and remembers which screens there were, in order.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from studio.client.file import parse
from studio.device.browser import Browser
from studio.device.device import Device, DeviceState, service_origin
from studio.device.fresh import fresh_pages
from studio.device.network import Connection
from studio.device.people import PEOPLE, Person, populate
from studio.engine.detection import BrowserKind, Network
from studio.engine.identifiers import Identifier
from studio.engine.keys import Keys
from studio.engine.policy import IdentifierKind
from studio.engine.world import World
from studio.pages.hosting import HostedClient
from studio.site.service import AtService

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.device.device import Reply
    from studio.engine.accounts import Account
    from studio.engine.sessions import Session
    from studio.pages.render import Pages

Settings = str

FULL, PHONE_ONLY, EMAIL_ONLY, NEW = PEOPLE
CHURNED = replace(FULL, id="churned", subscriber=False)
FOREIGN_NEW = replace(NEW, id="foreign", subscriber=False)
CHOSEN = "lantern over 9 hills"

WIFI = Connection(network=Network.WIFI)
MOBILE = Connection(network=Network.MOBILE_DATA)
DESKTOP = Connection(network=Network.WIFI, browser=BrowserKind.DESKTOP)
WEB_VIEW = Connection(network=Network.WIFI, browser=BrowserKind.WEB_VIEW)
MOBILE_BROWSER = Connection(network=Network.WIFI, browser=BrowserKind.MOBILE_BROWSER)

LEVEL_2 = "flow: {level: 2}\n"
EMAIL_CLAIM = json.dumps({"id_token": {"email": {"essential": True}}})
PHONE_CLAIM = json.dumps({"userinfo": {"phone_number": {"essential": True}}})
MAX_SCREENS = 12


@cache
def _keys() -> Keys:
    return Keys()


@cache
def _pages() -> Pages:
    return fresh_pages()


def service(more: Settings = "", name: str = "alpha", scopes: str = "openid") -> HostedClient:
    """Return a hosted client, with these further lines in its client file."""
    registration = f"""\
version: 1
registration:
  id: {name}
  name: Service {name}
  scopes: [{scopes}]
  redirect_uris: {{production: ["https://{name}.example/callback"]}}
  backchannel_logout_uri: https://{name}.example/backchannel
"""
    return HostedClient(parse(registration + more, f"{name}.client.yaml"))


def new_device(
    *hosted: HostedClient,
    person: Person = FULL,
    connection: Connection = WIFI,
    people: Iterable[Person] = PEOPLE,
) -> Device:
    """Return a device in the hand of a person, in a world where `people` have accounts."""
    world = populate(World(keys=_keys()), people)
    state = DeviceState(world=world, person=person, connection=connection)
    return Device(state, _pages(), hosted or [service()])


class Visitor:
    """A person at a device; `trail` are the ids of the screens met, the newest last."""

    def __init__(self, device: Device, name: str = "alpha") -> None:
        self.device = device
        self.name = name
        self.browser = Browser(device)
        self.trail: list[str] = []

    # What is seen

    @property
    def screen(self) -> str:
        """The id of the screen that is shown."""
        screen = self.browser.reply.screen
        assert screen is not None, self.browser.reply.status
        return screen.id

    @property
    def state(self) -> str:
        """The state of the screen that is shown."""
        screen = self.browser.reply.screen
        assert screen is not None
        return screen.state

    @property
    def text(self) -> str:
        """All that stands on the page."""
        return " ".join(self.browser.document.text_content().split())

    @property
    def typed(self) -> str:
        """What stands in the field for a number or an address."""
        (value,) = self.browser.document.xpath("//input[@name='identifier']/@value")
        return str(value)

    @property
    def fixed(self) -> str:
        """What stands in the field that cannot be typed into."""
        (value,) = self.browser.document.xpath("//input[@id='fixed']/@value")
        return str(value)

    @property
    def buttons(self) -> list[str]:
        """What the buttons of the page do."""
        return [str(value) for value in self.browser.document.xpath("//button[@name]/@value")]

    @property
    def inputs(self) -> list[str]:
        """The names of what can be typed into or checked."""
        path = "//input[@name][not(@type='hidden')]/@name"
        return [str(name) for name in self.browser.document.xpath(path)]

    @property
    def claims(self) -> Mapping[str, object]:
        """The ID token as the service has it."""
        screen = self.browser.reply.screen
        assert isinstance(screen, AtService), screen
        assert screen.state == "signed-in", screen.state
        return {name: _read(value) for name, value in screen.claims}

    @property
    def code(self) -> str:
        """The code that arrived last."""
        return next(one.code for one in reversed(self.device.state.inbox) if one.code)

    @property
    def codes_sent(self) -> int:
        """How many codes have arrived."""
        return sum(1 for message in self.device.state.inbox if message.code)

    @property
    def session(self) -> Session:
        """The only session of CONNECT that there is."""
        (session,) = self.device.world.sessions.values()
        return session

    # What is done

    def ask(self, **choices: str) -> str:
        """Press the service's own sign-in, and return the screen that comes."""
        query = f"?{urlencode(choices)}" if choices else ""
        return self._seen(self.browser.open(f"{service_origin(self.name)}/sign-in{query}"))

    def home(self) -> str:
        """Open the service, and return its state: signed-in, signed-out, or an error."""
        self.browser.open(f"{service_origin(self.name)}/")
        return self.state

    def press(self, action: str = "submit") -> str:
        """Press a button, and return the screen that comes."""
        return self._seen(self.browser.press(action))

    def fill(self, name: str, value: str, *, stay: bool | None = None) -> str:
        """Type into a field and send the form, and return the screen that comes."""
        self.browser.fill(name, value)
        if stay is not None:
            self.browser.fill("stay", "yes" if stay else None)
        return self.press()

    def identify(self, identifier: str | None) -> str:
        """Type a number or an address on the start screen, switching to its field."""
        assert identifier is not None
        (kind,) = self.browser.document.xpath("//input[@name='kind']/@value")
        if kind != ("email" if "@" in identifier else "phone"):
            self.press("switch")
            self.trail.pop()
        return self.fill("identifier", identifier)

    def sign_in(
        self,
        identifier: str | None = None,
        *,
        stay: bool | None = None,
        asking: Mapping[str, str] | None = None,
        **choices: str,
    ) -> list[str]:
        """Go all the way to the service, and return the screens met on the way.

        `asking` and `choices` are both what the service asks of CONNECT.
        """
        begun = len(self.trail)
        self.ask(**(asking or {}), **choices)
        self.finish(identifier, stay=stay)
        return self.trail[begun:-1]

    def finish(self, identifier: str | None = None, *, stay: bool | None = None) -> None:
        """Do what each screen asks for, until the service comes."""
        for _ in range(MAX_SCREENS):
            if self.screen == "service":
                return
            self._do_what_is_asked(identifier, stay=stay)
        raise AssertionError(self.trail)

    def _do_what_is_asked(self, identifier: str | None, *, stay: bool | None) -> None:
        person = self.device.state.person
        match self.screen:
            case "start":
                self.identify(identifier or person.phone or person.email)
            case "add-email":
                self.fill("identifier", person.email or "added@example.com")
            case "add-phone":
                self.fill("identifier", person.phone or "+4740655555")
            case "verify-phone" | "verify-email" | "reauth-verify-phone" | "forgot-password-code":
                self._send("code", self.code, stay=stay)
            case "create-password" | "new-password":
                self.fill("password", CHOSEN)
            case "password" | "reauth-password" | "step-up" if person.password and person.exists:
                self._send("password", person.password, stay=stay)
            case "password" | "reauth-password" | "step-up":
                self.press("forgot")
            case _:
                self.press("continue")

    def _send(self, name: str, value: str, *, stay: bool | None) -> None:
        self.fill(name, value, stay=stay if "stay" in self.inputs else None)

    def sign_out(self, *, everywhere: bool = False) -> None:
        """Sign out on the page of the service, of CONNECT too where that is wanted."""
        self.home()
        self.browser.press("sign-out-of-connect" if everywhere else "sign-out")

    def _seen(self, reply: Reply) -> str:
        assert reply.status == 200, (reply.status, reply.url)
        self.trail.append(self.screen)
        return self.screen


def _read(value: str) -> object:
    """Return a claim as it was: the service shows everything but texts as JSON."""
    return json.loads(value) if value[:1] in {"[", "{"} or value in {"true", "false"} else value


def phone_of(person: Person) -> Identifier:
    """Return a person's number."""
    assert person.phone is not None
    return Identifier(IdentifierKind.PHONE, person.phone)


def account_of(device: Device, identifier: Identifier) -> Account:
    """Return the account a number or address is on."""
    account = device.world.owner(identifier)
    assert account is not None
    return account


def with_account(device: Device, account: Account) -> None:
    """Put an account into the world, or another version of it."""
    device.world = device.world.with_account(account)


def signed_in(
    device: Device, name: str = "alpha", *, stay: bool | None = None, **choices: str
) -> Visitor:
    """Return somebody who has signed in at a service."""
    visitor = Visitor(device, name)
    visitor.sign_in(stay=stay, asking=choices)
    assert visitor.state == "signed-in", visitor.state
    return visitor

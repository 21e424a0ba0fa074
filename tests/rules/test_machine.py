"""Random people do random things: what must never happen, whatever they do.

* no page is an error of the program, and nothing raises;
* no number or address is on two accounts;
* no session, and no answer to a service, is above the level that was proven in its flow;
* no verification code and no authorisation code is good twice.

What was proven is judged here from what was typed and what arrived, not from the engine's own
account of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from studio.device.browser import Browser
from studio.device.device import service_origin
from studio.device.network import Connection
from studio.device.people import PEOPLE, Person
from studio.engine.detection import BrowserKind, Network
from studio.engine.flow import (
    AtForgotPasswordCode,
    AtNewPassword,
    AtPassword,
    AtVerify,
    Problem,
)
from studio.engine.screens import CodeAsked, Fixed
from studio.site.service import AtService
from tests.rules.given import (
    CHURNED,
    EMAIL_CLAIM,
    PHONE_CLAIM,
    Visitor,
    new_device,
    service,
)

if TYPE_CHECKING:
    from studio.device.device import Device, Reply
    from studio.engine.flow import Flow
    from studio.engine.sessions import Session

SETTINGS = (
    "",
    "flow: {level: 2}\n",
    "flow: {verification: force, consent: ask}\n",
    "flow: {verification: disallow, require_email: true}\n",
    "session: {sso: false, max_age: 60}\n",
    "session: {stay_signed_in: {shown: false}}\nsdk: {prompt_mobile_data: true}\n",
    f'flow: {{force: {{phone: "{PEOPLE[0].phone}"}}}}\n',
)
CONNECTIONS = (
    Connection(network=Network.WIFI),
    Connection(network=Network.MOBILE_DATA),
    Connection(network=Network.HOTSPOT, browser=BrowserKind.MOBILE_BROWSER),
    Connection(network=Network.MOBILE_DATA, browser=BrowserKind.WEB_VIEW),
    Connection(network=Network.WIFI, browser=BrowserKind.DESKTOP),
)
CHOICES = {
    "prompt": ("", "login", "", "consent", "login consent", "no_seam", "none"),
    "max_age": ("", "", "0", "60"),
    "acr_values": ("", "1", "2"),
    "claims": ("", EMAIL_CLAIM, "", PHONE_CLAIM),
}
REQUESTS = st.fixed_dictionaries({name: st.sampled_from(one) for name, one in CHOICES.items()})
HOLDERS = (PEOPLE[1], PEOPLE[2], *PEOPLE, CHURNED)
PASSWORDS = ("", "short", "password", "lantern over 9 hills", "correct horse", "battery staple")
IDENTIFIERS = (*(one.value for person in PEOPLE for one in person.identifiers), "", "12", "a@b")
ADDED = (*(one.value for person in PEOPLE for one in person.identifiers), "more@example.com")
WAITS = (
    timedelta(),
    timedelta(seconds=30),
    timedelta(minutes=11),
    timedelta(hours=2),
    timedelta(days=100),
)
TABS = st.integers(0, 1)
NAMES = st.sampled_from(("alpha", "beta"))


@dataclass
class Proofs:
    """What has been proven, by whoever watches from outside: accounts and levels by flow."""

    by_flow: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, flow: str, account: str, level: int) -> None:
        """Count a proof; level 2 proves level 1 as well."""
        self.by_flow.setdefault(flow, set()).update((account, one) for one in range(1, level + 1))


class RandomPeople(RuleBasedStateMachine):
    """A device that goes from hand to hand, with two tabs and two services."""

    device: Device
    tabs: list[Visitor]

    def __init__(self) -> None:
        super().__init__()
        self.proofs = Proofs()
        self.redeemed: set[str] = set()

    @initialize(
        settings=st.tuples(st.sampled_from(SETTINGS), st.sampled_from(SETTINGS)),
        person=st.sampled_from(HOLDERS),
        connection=st.sampled_from(CONNECTIONS),
    )
    def begin(self, settings: tuple[str, str], person: Person, connection: Connection) -> None:
        """Host two services with settings of their own, and give the device to somebody."""
        first, second = settings
        self.device = new_device(
            service(first, scopes="openid, email"),
            service(second, "beta", "openid, phone"),
            person=person,
            connection=connection,
        )
        self.tabs = [Visitor(self.device) for _ in range(2)]
        for tab in self.tabs:
            self.did(tab.browser.open(f"{service_origin('alpha')}/"))
        for known in PEOPLE:
            owner = self.device.world.owners.get(known.identifiers[0])
            if known.password and owner:
                self.proofs.passwords[owner] = known.password

    # What people do

    @rule(tab=TABS, name=NAMES, request=REQUESTS, then=st.integers(0, 6))
    def ask(self, tab: int, name: str, request: dict[str, str], then: int) -> None:
        """Ask a service to be signed in, and go on rightly for some screens."""
        self.tabs[tab].name = name
        self.go(self.tabs[tab], request)
        self.lead_on(self.tabs[tab], then)

    @rule(tab=TABS, request=REQUESTS, times=st.integers(1, 6), slips=st.integers(0, 2))
    def proceed(self, tab: int, request: dict[str, str], times: int, slips: int) -> None:
        """Do what the page asks for, wrongly at first and then rightly; from a service, ask."""
        visitor = self.tabs[tab]
        if isinstance(visitor.browser.reply.screen, AtService):
            self.go(visitor, request)
            self.lead_on(visitor, 1)
        for _ in range(slips):
            action, typed = self.right(visitor)
            self.act(visitor, action, {name: _mistyped(value) for name, value in typed.items()})
        self.lead_on(visitor, times)

    @rule(tab=TABS, picks=st.lists(st.integers(0, 20), min_size=1, max_size=4), data=st.data())
    def press_something(self, tab: int, picks: list[int], data: st.DataObject) -> None:
        """Type something, and press any button of the page; some times over."""
        visitor = self.tabs[tab]
        for pick in picks:
            buttons = visitor.buttons
            if not buttons:
                self.go(visitor, {})
            else:
                typed = {
                    name: data.draw(st.sampled_from(self.typable(name))) for name in visitor.inputs
                }
                self.act(visitor, buttons[pick % len(buttons)], typed)

    @rule(
        person=st.sampled_from(HOLDERS),
        connection=st.sampled_from(CONNECTIONS),
    )
    def hand_over(self, person: Person, connection: Connection) -> None:
        """Give the device to somebody, somewhere."""
        self.device.hand_to(person)
        self.device.connect_by(connection)

    @rule(span=st.sampled_from(WAITS))
    def wait(self, span: timedelta) -> None:
        """Let time pass, or, for no time at all, close the window."""
        if span:
            self.device.wait(span)
        else:
            self.device.close_window()

    @rule(tab=TABS, other=TABS)
    def duplicate(self, tab: int, other: int) -> None:
        """Show a page again, in another tab too, so that its forms can be sent twice."""
        self.did(self.tabs[tab].browser.reload())
        self.tabs[other].browser = self.tabs[tab].browser.copy()

    @rule(name=NAMES, everywhere=st.booleans())
    def sign_out(self, name: str, *, everywhere: bool) -> None:
        """Sign out at a service, where somebody is signed in."""
        browser = Browser(self.device)
        browser.open(f"{service_origin(name)}/")
        action = "sign-out-of-connect" if everywhere else "sign-out"
        if action in browser.actions:
            assert browser.press(action).status == 200

    def teardown(self) -> None:
        """Bring every authorisation code that was exchanged once more."""
        for code in sorted(self.redeemed):
            grant = self.device.world.grants.get(code)
            fields = {
                "grant_type": "authorization_code",
                "code": code,
                "client_id": grant.request.client_id if grant else "alpha",
                "redirect_uri": grant.request.redirect_uri if grant else "",
            }
            status, answer = self.device.ask_connect("/oauth/token", fields)
            assert (status, answer.get("error")) == (400, "invalid_grant")

    # What must never happen

    @invariant()
    def no_second_owner(self) -> None:
        """A number or address is on one account, and the world knows which."""
        if not hasattr(self, "device"):
            return
        world = self.device.world
        owned = [
            (one, account.id) for account in world.accounts.values() for one in account.identifiers
        ]
        assert dict(owned) == dict(world.owners)
        assert len(owned) == len(world.owners)

    @invariant()
    def codes_are_exchanged_once(self) -> None:
        """Remember what has been exchanged."""
        if hasattr(self, "device"):
            grants = self.device.world.grants.items()
            self.redeemed |= {code for code, grant in grants if grant.redeemed}

    def did(self, reply: Reply) -> None:
        """Hold a page to being one."""
        assert reply.status < 500, reply.url
        assert reply.screen is not None

    def check_sessions(self, flow_id: str, before: dict[str, Session]) -> None:
        """Hold every session that a flow has made or changed to what was proven in it."""
        proven = self.proofs.by_flow.get(flow_id, set())
        for session in self.device.world.sessions.values():
            old = before.get(session.id)
            if old is None or old.authentication != session.authentication:
                reached = session.authentication.account_id, session.authentication.level.value
                assert reached in proven, (reached, proven)

    # How it is done

    def go(self, visitor: Visitor, request: dict[str, str]) -> None:
        """Ask the service of a tab to be signed in."""
        before = self.device.world
        query = urlencode({key: value for key, value in request.items() if value})
        self.did(visitor.browser.open(f"{service_origin(visitor.name)}/sign-in?{query}"))
        for flow_id in set(self.device.world.flows) - set(before.flows):
            self.check_sessions(flow_id, dict(before.sessions))

    def lead_on(self, visitor: Visitor, times: int) -> None:
        """Do what some pages ask for, rightly."""
        for _ in range(times):
            self.act(visitor, *self.right(visitor))

    def act(self, visitor: Visitor, action: str, typed: dict[str, str]) -> None:
        """Type and press, and judge what came of it."""
        if action not in visitor.buttons:
            return
        for name, value in typed.items():
            visitor.browser.fill(name, value or None if name == "stay" else value)
        flow_id = visitor.browser.reply.url.rpartition("/")[2]
        before = self.device.world
        flow = before.flows.get(flow_id)
        shown = visitor.browser.reply.screen
        self.did(visitor.browser.press(action))
        if flow is None:
            return
        if action == "submit" and isinstance(shown, Fixed):
            self.judge(flow, shown, typed)
        elif action == "continue" and shown and shown.id == "signing-in":
            self.judge_detection(flow_id)
        self.check_sessions(flow_id, dict(before.sessions))

    def judge(self, flow: Flow, shown: Fixed, typed: dict[str, str]) -> None:
        """Count what a form has proven."""
        value = shown.identifier.value
        owner = self.device.world.owners.get(shown.identifier)
        after = self.device.world.flows[flow.id]
        if isinstance(shown, CodeAsked):
            arrived = [one.code for one in self.device.state.inbox if one.recipient == value]
            if typed.get("code") in arrived and self.was_taken(flow, after):
                key = (value, typed["code"])
                self.proofs.taken[key] += 1
                assert self.proofs.taken[key] <= arrived.count(typed["code"]), key
                if owner:
                    self.proofs.add(flow.id, owner, 1)
        elif owner and isinstance(flow.stage, AtPassword):
            waits = getattr(after.stage, "problem", None) is Problem.TOO_MANY_TRIES
            if typed.get("password") == self.proofs.passwords.get(owner) and not waits:
                self.proofs.add(flow.id, owner, 2)
        elif owner and self.was_chosen(flow, after, owner):
            self.proofs.passwords[owner] = typed["password"]
            self.proofs.add(flow.id, owner, 2)

    def was_chosen(self, before: Flow, after: Flow, owner: str) -> bool:
        """Tell whether a new password has been kept, for an account that was proven before it."""
        kept = isinstance(before.stage, AtNewPassword) and after.stage != before.stage
        refused = isinstance(after.stage, AtNewPassword)
        proven = (owner, 1) in self.proofs.by_flow.get(before.id, set())
        return kept and not refused and (proven or self.detected(owner))

    def was_taken(self, before: Flow, after: Flow) -> bool:
        """Tell whether a code has led on."""
        old, new = before.stage, after.stage
        asked = (AtVerify, AtForgotPasswordCode)
        if not isinstance(old, asked) or not old.code.tries_left:
            return False
        if not isinstance(new, asked) or new.identifier != old.identifier:
            return True
        return not new.code.tries_left and new.problem is not Problem.CODE_USED_UP

    def judge_detection(self, flow_id: str) -> None:
        """Count the number that the network has told."""
        for account in self.device.world.accounts:
            if self.detected(account):
                self.proofs.add(flow_id, account, 1)

    def detected(self, account_id: str) -> bool:
        """Tell whether the number of an account is the one that the network tells here."""
        values = {one.value for one in self.device.world.accounts[account_id].identifiers}
        state = self.device.state
        match state.connection.network:
            case Network.MOBILE_DATA:
                return state.person.subscriber and state.person.phone in values
            case Network.HOTSPOT:
                return "+4799900777" in values
        return False

    def right(self, visitor: Visitor) -> tuple[str, dict[str, str]]:
        """Return the button and the texts that lead on."""
        shown = visitor.browser.reply.screen
        person = self.device.state.person
        if isinstance(shown, CodeAsked):
            codes = [
                one.code
                for one in self.device.state.inbox
                if one.recipient == shown.identifier.value and one.code
            ]
            return "submit", {"code": codes[-1] if codes else "0000"}
        if isinstance(shown, Fixed) and "password" in visitor.inputs:
            owner = self.device.world.owners.get(shown.identifier, "")
            new = "submit", {"password": "lantern over 9 hills"}
            known = self.proofs.passwords.get(owner)
            if shown.id in {"create-password", "new-password"}:
                return new
            return ("submit", {"password": known}) if known else ("forgot", {})
        if "identifier" in visitor.inputs:
            (kind,) = visitor.browser.document.xpath("//input[@name='kind']/@value")
            own = person.phone if kind == "phone" else person.email
            others = [one for one in ADDED if ("@" in one) == (kind == "email")]
            other = others[len(self.device.state.inbox) % len(others)]
            starting = shown is not None and shown.id == "start"
            return "submit", {"identifier": own if own and starting else other}
        return "continue", {}

    def typable(self, name: str) -> tuple[str, ...]:
        """Return what may be typed into a field, right and wrong."""
        codes = [one.code for one in self.device.state.inbox[-3:] if one.code]
        return {
            "identifier": IDENTIFIERS,
            "password": PASSWORDS,
            "stay": ("", "yes"),
        }.get(name, ("", "0000", *codes))


def _mistyped(text: str) -> str:
    """Return a text with its last character another one."""
    return text[:-1] + ("1" if text.endswith("0") else "0")


TestRandomPeople = RandomPeople.TestCase
TestRandomPeople.settings = settings(
    max_examples=60, stateful_step_count=30, derandomize=True, deadline=None, database=None
)

"""What the engine's tests begin with: a client, a world with people, and a walk through it.

The people: one has phone, address and password; one has a phone only; one has an address and a
password, and has proven none; one has nothing here yet.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from studio.engine.accounts import Account, hash_password
from studio.engine.connect import Form, begin, happen
from studio.engine.detection import Circumstances, Network
from studio.engine.effects import KeepSession, SendCode, Tell
from studio.engine.events import SubmitIdentifier
from studio.engine.flow import AtStart, AtVerify, Finished
from studio.engine.identifiers import Identifier
from studio.engine.policy import ClientPolicy, IdentifierKind, Level
from studio.engine.request import parse_request
from studio.engine.sessions import Authentication, Method, Session
from studio.engine.showing import screen_of
from studio.engine.world import FIRST_MOMENT, World

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from studio.engine.effects import Effect
    from studio.engine.events import Event
    from studio.engine.flow import Flow, Stage
    from studio.engine.request import AuthorizationRequest
    from studio.engine.screens import Screen
    from studio.engine.tokens import Grant
    from studio.engine.turn import Turn

APP = "fakebrand://connect/oauth2callback"
WEB = "https://fakebrand.example/callback?tenant=7"
POLICY = ClientPolicy(
    client_id="fakebrand",
    name="FakeBrand",
    redirect_uris=(APP, WEB),
    scopes=frozenset({"openid", "email", "phone"}),
    stay_signed_in_shown=True,
)
LEVEL_2 = replace(POLICY, level=Level.PASSWORD)

PHONE = Identifier(IdentifierKind.PHONE, "+4799912345")
EMAIL = Identifier(IdentifierKind.EMAIL, "user@example.com")
PHONE_ONLY = Identifier(IdentifierKind.PHONE, "+4799900999")
UNPROVEN = Identifier(IdentifierKind.EMAIL, "reader@example.com")
NEW_PHONE = Identifier(IdentifierKind.PHONE, "+4740612345")
NEW_EMAIL = Identifier(IdentifierKind.EMAIL, "new@example.com")
PASSWORD = "correct horse"

BROWSER = "this browser"
ON_MOBILE_DATA = Circumstances(network=Network.MOBILE_DATA, sim=PHONE)


def parameters(**changes: str | None) -> list[tuple[str, str]]:
    """Return a good request's parameters with changes; None takes one away."""
    values: dict[str, str | None] = {
        "client_id": "fakebrand",
        "redirect_uri": APP,
        "response_type": "code",
        "scope": "openid",
        "state": "s 1",
    }
    values |= changes
    return [(name, value) for name, value in values.items() if value is not None]


def find(client_id: str) -> ClientPolicy | None:
    """Return the one client there is."""
    return POLICY if client_id == POLICY.client_id else None


def request(**changes: str | None) -> AuthorizationRequest:
    """Return a good request with changes."""
    return parse_request(parameters(**changes), find)[0]


def populated() -> World:
    """Return a world with the three people who have an account."""
    world = World()
    stored = hash_password(PASSWORD, salt=b"salt", cost=world.hash_cost)
    people = (
        Account(id="full", identifiers=(PHONE, EMAIL), password=stored),
        Account(id="phone", identifiers=(PHONE_ONLY,)),
        Account(
            id="unproven",
            identifiers=(UNPROVEN,),
            password=stored,
            unproven=frozenset({UNPROVEN}),
        ),
    )
    for account in people:
        world = world.with_account(account)
    return world


def session_of(
    used: Identifier = PHONE,
    level: Level = Level.PHONE,
    method: Method = Method.OTP,
    account_id: str = "full",
) -> Session:
    """Return a session that began with the world."""
    return Session(
        id="the session",
        secret="a secret",
        authentication=Authentication(
            account_id=account_id, used=used, level=level, methods=(method,), when=FIRST_MOMENT
        ),
        created=FIRST_MOMENT,
        lasting=True,
        clients=frozenset({"another client"}),
    )


def begun(
    policy: ClientPolicy = POLICY,
    asked: Mapping[str, str | None] | None = None,
    *,
    world: World | None = None,
    circumstances: Circumstances | None = None,
    session: Session | None = None,
    **changes: str | None,
) -> Turn:
    """Return the first turn of a flow, in a world that has the session.

    The request's changes come as a mapping or by name.
    """
    world = world or populated()
    return begin(
        world.with_session(session) if session else world,
        policy,
        request(**{**(asked or {}), **changes}),
        browser=BROWSER,
        circumstances=circumstances,
        session=session,
    )


def at(stage: Stage, policy: ClientPolicy = POLICY, **changes: str | None) -> Turn:
    """Return a turn of a flow that is at a stage, however it came there."""
    turn = begun(policy, changes)
    return replace(turn, flow=replace(turn.flow, stage=stage))


class Walk:
    """A flow in its world; every step keeps what comes out of it."""

    def __init__(
        self,
        policy: ClientPolicy = POLICY,
        asked: Mapping[str, str | None] | None = None,
        *,
        world: World | None = None,
        circumstances: Circumstances | None = None,
        session: Session | None = None,
        **changes: str | None,
    ) -> None:
        self._turn = begun(
            policy,
            {**(asked or {}), **changes},
            world=world,
            circumstances=circumstances,
            session=session,
        )

    def do(self, *events: Event, form: Form | None = None) -> Walk:
        """Let events happen, all from the form of the current screen unless another is named."""
        for event in events:
            sent_from = form or Form(screen=self.screen_id, token=self.flow.token)
            self._turn = happen(self._turn, event, sent_from)
        return self

    def typed(self, identifier: Identifier) -> Walk:
        """Send a number or address."""
        return self.do(SubmitIdentifier(kind=identifier.kind, text=identifier.value))

    def wait(self, span: timedelta) -> Walk:
        """Let time pass."""
        self._turn = replace(self._turn, world=self.world.later(span))
        return self

    def move(self, circumstances: Circumstances) -> Walk:
        """Change the network."""
        flow = replace(self.flow, circumstances=circumstances)
        self._turn = replace(self._turn, flow=flow)
        return self

    def fork(self) -> Walk:
        """Return a second walk that goes on from here by itself."""
        other = Walk(self.policy)
        other._turn = self._turn
        return other

    def end_session(self) -> Walk:
        """End the session that the flow began with, as another tab does."""
        world = self.world.without_session(self.flow.session_id)
        self._turn = replace(self._turn, world=world)
        return self

    @property
    def turn(self) -> Turn:
        return self._turn

    @property
    def world(self) -> World:
        return self._turn.world

    @property
    def flow(self) -> Flow:
        return self._turn.flow

    @property
    def effects(self) -> tuple[Effect, ...]:
        return self._turn.effects

    @property
    def policy(self) -> ClientPolicy:
        return self._turn.policy

    @policy.setter
    def policy(self, policy: ClientPolicy) -> None:
        self._turn = replace(self._turn, policy=policy)

    @property
    def stage(self) -> Stage:
        return self.flow.stage

    @property
    def screen(self) -> Screen:
        screen = screen_of(self._turn)
        assert not isinstance(screen, Finished)
        return screen

    @property
    def screen_id(self) -> str:
        screen = screen_of(self._turn)
        return "" if isinstance(screen, Finished) else screen.id

    @property
    def sent(self) -> list[SendCode]:
        """The codes sent, the newest last."""
        return [effect for effect in self.effects if isinstance(effect, SendCode)]

    @property
    def told(self) -> list[Tell]:
        """The news told."""
        return [effect for effect in self.effects if isinstance(effect, Tell)]

    @property
    def kept(self) -> list[Session]:
        """The sessions that the browser was given."""
        return [effect.session for effect in self.effects if isinstance(effect, KeepSession)]

    @property
    def code(self) -> str:
        """The code sent last."""
        return self.sent[-1].code

    @property
    def wrong_code(self) -> str:
        """A code that was never sent."""
        sent = {effect.code for effect in self.sent}
        return next(digits for digits in ("0000", "1111", "2222") if digits not in sent)

    @property
    def location(self) -> str:
        """Where the finished flow sends the browser."""
        assert isinstance(self.stage, Finished)
        return self.stage.location

    @property
    def answer(self) -> dict[str, str]:
        """What the service is told."""
        return dict(parse_qsl(urlsplit(self.location).query))

    @property
    def grant(self) -> Grant:
        """What the code in the finished flow's address stands for."""
        return self.world.grants[self.answer["code"]]


def at_start(flow: Flow) -> AtStart:
    """Return the stage of a flow that has to be at the start."""
    assert isinstance(flow.stage, AtStart)
    return flow.stage


def at_code(flow: Flow) -> AtVerify:
    """Return the stage of a flow that has to be waiting for a code."""
    assert isinstance(flow.stage, AtVerify)
    return flow.stage

"""What the engine's tests begin with: a client, a world with three people, and a walk through it.

The people: one has phone, address and password; one has a phone only; one has nothing here yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engine.accounts import Account, hash_password
from studio.engine.connect import Form, begin, happen
from studio.engine.flow import AtStart, AtVerifyPhone, Finished
from studio.engine.identifiers import Identifier
from studio.engine.policy import ClientPolicy, IdentifierKind
from studio.engine.request import parse_request
from studio.engine.screens import screen_of
from studio.engine.world import World

if TYPE_CHECKING:
    from datetime import timedelta

    from studio.engine.effects import Effect
    from studio.engine.events import Event
    from studio.engine.flow import Flow, Stage
    from studio.engine.request import AuthorizationRequest
    from studio.engine.screens import Screen

APP = "fakebrand://connect/oauth2callback"
WEB = "https://fakebrand.example/callback?tenant=7"
POLICY = ClientPolicy(
    client_id="fakebrand",
    name="FakeBrand",
    redirect_uris=(APP, WEB),
    scopes=frozenset({"openid", "email", "phone"}),
    stay_signed_in_shown=True,
)

PHONE = Identifier(IdentifierKind.PHONE, "+4799912345")
EMAIL = Identifier(IdentifierKind.EMAIL, "user@example.com")
PHONE_ONLY = Identifier(IdentifierKind.PHONE, "+4799900999")
NEW_PHONE = Identifier(IdentifierKind.PHONE, "+4740612345")
NEW_EMAIL = Identifier(IdentifierKind.EMAIL, "new@example.com")
PASSWORD = "correct horse"


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
    """Return a world with the two people who have an account."""
    world = World()
    stored = hash_password(PASSWORD, salt=b"salt", cost=world.hash_cost)
    world = world.with_account(Account(id="full", identifiers=(PHONE, EMAIL), password=stored))
    return world.with_account(Account(id="phone", identifiers=(PHONE_ONLY,)))


class Walk:
    """A flow in its world; every step keeps what comes out of it."""

    def __init__(self, policy: ClientPolicy = POLICY, **changes: str | None) -> None:
        self.policy = policy
        self.effects: list[Effect] = []
        self.world, self.flow = begin(
            populated(), policy, request(**changes), browser="this browser"
        )

    def do(self, *events: Event, form: Form | None = None) -> Walk:
        """Let events happen, all from the form of the current screen unless another is named."""
        for event in events:
            sent_from = form or Form(screen=self.screen_id, token=self.flow.token)
            turn = happen(self.world, self.policy, self.flow, event, sent_from)
            self.world, self.flow = turn.world, turn.flow
            self.effects += turn.effects
        return self

    def wait(self, span: timedelta) -> Walk:
        """Let time pass."""
        self.world = self.world.later(span)
        return self

    @property
    def stage(self) -> Stage:
        return self.flow.stage

    @property
    def screen(self) -> Screen:
        screen = screen_of(self.flow, self.policy)
        assert not isinstance(screen, Finished)
        return screen

    @property
    def screen_id(self) -> str:
        screen = screen_of(self.flow, self.policy)
        return "" if isinstance(screen, Finished) else screen.id

    @property
    def code(self) -> str:
        """The code sent last."""
        return self.effects[-1].code

    @property
    def wrong_code(self) -> str:
        """A code that was never sent."""
        return next(
            digits
            for digits in ("0000", "1111", "2222")
            if digits not in {effect.code for effect in self.effects}
        )

    @property
    def location(self) -> str:
        """Where the finished flow sends the browser."""
        assert isinstance(self.stage, Finished)
        return self.stage.location


def at_start(flow: Flow) -> AtStart:
    """Return the stage of a flow that has to be at the start."""
    assert isinstance(flow.stage, AtStart)
    return flow.stage


def at_code(flow: Flow) -> AtVerifyPhone:
    """Return the stage of a flow that has to be waiting for a code."""
    assert isinstance(flow.stage, AtVerifyPhone)
    return flow.stage

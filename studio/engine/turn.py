"""A turn: a flow in its world, under its client's policy, and the effects so far.

Rules get a turn and return one. Nothing else is passed around.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.engine.identifiers import Identifier
from studio.engine.policy import ClientPolicy, IdentifierKind, Level, Prompt

if TYPE_CHECKING:
    from datetime import timedelta

    from studio.engine.accounts import Account
    from studio.engine.effects import Effect
    from studio.engine.flow import Flow, Notice, Stage
    from studio.engine.sessions import Authentication, Method, Session
    from studio.engine.world import World


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A flow in its world, under its client's policy, and the effects so far."""

    world: World
    policy: ClientPolicy
    flow: Flow
    effects: tuple[Effect, ...] = ()

    def to(
        self, stage: Stage, notice: Notice | None = None, waiting: timedelta | None = None
    ) -> Turn:
        """Put the flow at a stage, with at most one notice, and the time a limit lasts."""
        flow = replace(self.flow, stage=stage, notice=notice, waiting=waiting)
        return replace(self, flow=flow)

    def with_effects(self, *effects: Effect) -> Turn:
        """Add effects."""
        return replace(self, effects=(*self.effects, *effects))

    def with_account(self, account: Account) -> Turn:
        """Keep an account in its newest form."""
        return replace(self, world=self.world.with_account(account))

    def proven(self, authentication: Authentication, *methods: Method) -> Turn:
        """Let the person stand as proven in this flow, by these methods besides earlier ones.

        What somebody else has proven in it before counts no more.
        """
        before = self.flow.standing
        same = before is not None and before.account_id == authentication.account_id
        earlier = self.flow.fresh if same else ()
        fresh = (*earlier, *(one for one in methods if one not in earlier))
        return replace(self, flow=replace(self.flow, standing=authentication, fresh=fresh))

    @property
    def level(self) -> Level:
        """The level asked for: the request's, else the client's."""
        return self.flow.request.level or self.policy.level

    @property
    def max_age(self) -> int | None:
        """How old a sign-in may be, in seconds: the request's, else the client's."""
        asked = self.flow.request.max_age
        return self.policy.max_age if asked is None else asked

    @property
    def prompt(self) -> frozenset[Prompt]:
        """What is to be shown even where nothing would be: the request's, else the client's."""
        return self.flow.request.prompt or self.policy.prompt

    @property
    def account(self) -> Account | None:
        """The account of whoever stands to be signed in."""
        standing = self.flow.standing
        return self.world.accounts.get(standing.account_id) if standing else None

    @property
    def session(self) -> Session | None:
        """The session the flow began with, while it lasts."""
        return self.world.sessions.get(self.flow.session_id or "")

    @property
    def forced(self) -> Identifier | None:
        """The number or address that the client forces."""
        if self.policy.forced_phone:
            return Identifier(IdentifierKind.PHONE, self.policy.forced_phone)
        if self.policy.forced_email:
            return Identifier(IdentifierKind.EMAIL, self.policy.forced_email)
        return None

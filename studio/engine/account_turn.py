"""A turn of a visit: where somebody is in My CONNECT account, in which world, and what comes of it.

The rules of the account get one and return one, as those of signing in do with `Turn`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.engine.changes import may_change
from studio.engine.policy import ClientPolicy

if TYPE_CHECKING:
    from datetime import timedelta

    from studio.engine.accounts import Account
    from studio.engine.effects import Effect
    from studio.engine.flow import Notice
    from studio.engine.sessions import Session
    from studio.engine.visit import Visit, VisitStage
    from studio.engine.world import World

FindClient = Callable[[str], ClientPolicy | None]


@dataclass(frozen=True, kw_only=True)
class AccountTurn:
    """A visit in its world, under the policy of CONNECT's own client.

    `browser` is whose tries are counted, `find_client` knows the services' names. `prove` tells
    that the person first has to prove who they are.
    """

    world: World
    policy: ClientPolicy
    session: Session
    visit: Visit
    browser: str
    find_client: FindClient
    effects: tuple[Effect, ...] = ()
    prove: bool = False

    def to(
        self, stage: VisitStage, notice: Notice | None = None, waiting: timedelta | None = None
    ) -> AccountTurn:
        """Put the visit at a stage, with at most one notice, and the time a limit lasts."""
        return self.with_visit(replace(self.visit, stage=stage, notice=notice, waiting=waiting))

    def with_visit(self, visit: Visit) -> AccountTurn:
        """Put the visit in its newest form."""
        return replace(self, visit=visit)

    def with_effects(self, *effects: Effect) -> AccountTurn:
        """Add effects."""
        return replace(self, effects=(*self.effects, *effects))

    @property
    def account(self) -> Account:
        """The account of whoever has the session."""
        return self.world.accounts[self.session.authentication.account_id]

    @property
    def may_change(self) -> bool:
        """Whether what protects the account may be changed without another proof."""
        return may_change(self.world, self.session)

    @property
    def locales(self) -> tuple[str, ...]:
        """The wanted languages: what the link asked for, else the account's, else the service's."""
        chosen = self.account.locale
        return self.visit.locales or ((chosen,) if chosen else self.session.locales)

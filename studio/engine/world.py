"""The world: everything CONNECT knows at one moment, as one frozen value.

Rules kept here:

* the clock is a field, so time passes only when somebody says so;
* randomness is a seed and a counter, so the same steps in the same world give the same codes;
* every store is a persistent map, so keeping a snapshot or making a fork costs what changes
  afterwards and nothing else.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from immutables import Map

from studio.engine.keys import Keys
from studio.engine.limits import Usage

if TYPE_CHECKING:
    from studio.engine.accounts import Account
    from studio.engine.flow import Flow
    from studio.engine.identifiers import Identifier
    from studio.engine.sessions import Session
    from studio.engine.tokens import AccessToken, Grant, RefreshToken
    from studio.engine.visit import Visit

FIRST_MOMENT = datetime(2026, 1, 5, 9, 41, tzinfo=UTC)
"""When a fresh world begins: a Monday morning, the same in every run."""

PREVIEW_HASH_COST = 2**4
"""scrypt's N where nobody has to be kept out; serving takes 2**14."""


REMEMBERED = timedelta(days=365)
"""How long a browser fills in what somebody has signed in with."""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What somebody has signed in with in a browser, and when."""

    identifier: Identifier
    when: datetime

    def is_over(self, now: datetime) -> bool:
        """Tell whether that is too long ago to be filled in."""
        return now >= self.when + REMEMBERED


class IdentifierTakenError(ValueError):
    """A number or address is on another account already."""


@dataclass(frozen=True, kw_only=True)
class World:
    """CONNECT's whole state. `hash_cost` is scrypt's N for new passwords."""

    seed: bytes = b"CONNECT Studio"
    drawn: int = 0
    now: datetime = FIRST_MOMENT
    hash_cost: int = PREVIEW_HASH_COST
    accounts: Map[str, Account] = field(default_factory=Map)
    owners: Map[Identifier, str] = field(default_factory=Map)
    flows: Map[str, Flow] = field(default_factory=Map)
    sessions: Map[str, Session] = field(default_factory=Map)
    visits: Map[str, Visit] = field(default_factory=Map)
    grants: Map[str, Grant] = field(default_factory=Map)
    access_tokens: Map[str, AccessToken] = field(default_factory=Map)
    refresh_tokens: Map[str, RefreshToken] = field(default_factory=Map)
    keys: Keys = field(default_factory=Keys, compare=False)
    remembered: Map[str, Remembered] = field(default_factory=Map)
    usage: Usage = field(default_factory=Usage)

    def draw(self, size: int) -> tuple[World, bytes]:
        """Return a world that has drawn `size` random bytes (at most 64), and the bytes."""
        stream = hashlib.blake2b(
            self.drawn.to_bytes(8, "big"), key=self.seed[:64], digest_size=size
        )
        return replace(self, drawn=self.drawn + 1), stream.digest()

    def token(self) -> tuple[World, str]:
        """Draw an unguessable name of 128 bits, as 32 hexadecimal digits."""
        world, raw = self.draw(16)
        return world, raw.hex()

    def digits(self, count: int) -> tuple[World, str]:
        """Draw a code of `count` decimal digits, evenly spread within 1 in 10**10."""
        world, raw = self.draw(16)
        return world, str(int.from_bytes(raw, "big") % 10**count).zfill(count)

    def later(self, span: timedelta) -> World:
        """Let time pass; what limits no longer count is forgotten."""
        now = self.now + span
        return replace(self, now=now, usage=self.usage.swept(now))

    def owner(self, identifier: Identifier) -> Account | None:
        """Return the account a number or address is on."""
        account_id = self.owners.get(identifier)
        return None if account_id is None else self.accounts[account_id]

    def with_account(self, account: Account) -> World:
        """Add an account or a newer version of it.

        Raises:
            IdentifierTakenError: One of its numbers or addresses is on another account.
        """
        for identifier in account.identifiers:
            if self.owners.get(identifier, account.id) != account.id:
                raise IdentifierTakenError(f"{identifier.value} is on another account")
        before = self.accounts.get(account.id)
        owners = self.owners
        for identifier in before.identifiers if before else ():
            owners = owners.delete(identifier)
        for identifier in account.identifiers:
            owners = owners.set(identifier, account.id)
        return replace(self, accounts=self.accounts.set(account.id, account), owners=owners)

    def with_flow(self, flow: Flow) -> World:
        """Keep a flow in its newest form."""
        return replace(self, flows=self.flows.set(flow.id, flow))

    def with_session(self, session: Session) -> World:
        """Keep a session in its newest form."""
        return replace(self, sessions=self.sessions.set(session.id, session))

    def without_session(self, session_id: str | None) -> World:
        """End a session, and its visit, if there is one of that id."""
        if session_id is None or session_id not in self.sessions:
            return self
        visits = self.visits.delete(session_id) if session_id in self.visits else self.visits
        return replace(self, sessions=self.sessions.delete(session_id), visits=visits)

    def with_visit(self, visit: Visit) -> World:
        """Keep a session's visit in its newest form."""
        return replace(self, visits=self.visits.set(visit.session_id, visit))

    def remembering(self, browser: str, used: Identifier) -> World:
        """Let a browser fill in, next time, what somebody has signed in with."""
        kept = Remembered(identifier=used, when=self.now)
        return replace(self, remembered=self.remembered.set(browser, kept))

    def last_used(self, browser: str) -> Identifier | None:
        """Return what somebody has signed in with in a browser, None where that was long ago."""
        kept = self.remembered.get(browser)
        return None if kept is None or kept.is_over(self.now) else kept.identifier

    def with_grant(self, grant: Grant) -> World:
        """Keep what an authorisation code stands for."""
        return replace(self, grants=self.grants.set(grant.code, grant))

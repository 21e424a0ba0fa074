"""Accounts and their passwords.

Rules kept here: an account belongs to one person; a number or address is on one account at a time
(`World.with_account` refuses anything else); a password is stored only as a salted scrypt hash.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from immutables import Map

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from studio.engine.identifiers import Identifier
    from studio.engine.policy import IdentifierKind


@dataclass(frozen=True, kw_only=True)
class PasswordHash:
    """A scrypt hash (RFC 7914); `cost` is its N, a power of two."""

    salt: bytes
    digest: bytes
    cost: int


@dataclass(frozen=True, kw_only=True)
class Connected:
    """What a person has given a client, as scopes, and since when (UTC)."""

    scopes: frozenset[str]
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """What is paid for again and again; `recurrence` is an ISO 8601 duration such as `P1M`.

    `amount` is in units of `currency` (ISO 4217). The texts are the seller's own.
    """

    service: str
    title: str
    amount: Decimal
    currency: str
    recurrence: str
    renews: date


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """What was paid for once; amounts as in `Subscription`, `when` in UTC."""

    service: str
    title: str
    amount: Decimal
    currency: str
    when: datetime


@dataclass(frozen=True, kw_only=True)
class Account:
    """One person's CONNECT account.

    The first proven identifier of a kind is the preferred one. `unproven` are those that the person
    has not yet proven to be theirs; `services` is what each connected client was given.
    """

    id: str
    identifiers: tuple[Identifier, ...]
    password: PasswordHash | None = None
    unproven: frozenset[Identifier] = frozenset()
    name: str | None = None
    locale: str | None = None
    services: Map[str, Connected] = field(default_factory=Map)
    subscriptions: tuple[Subscription, ...] = ()
    purchases: tuple[Purchase, ...] = ()

    def first(self, kind: IdentifierKind) -> Identifier | None:
        """Return the preferred number or address, None where there is none."""
        own = [one for one in self.identifiers if one.kind is kind]
        proven = (one for one in own if one not in self.unproven)
        return next(proven, own[0] if own else None)

    def with_proven(self, identifier: Identifier) -> Account:
        """Return the account with a number or address that the person has proven."""
        known = identifier in self.identifiers
        identifiers = self.identifiers if known else (*self.identifiers, identifier)
        return replace(self, identifiers=identifiers, unproven=self.unproven - {identifier})

    def given(self, client_id: str) -> frozenset[str]:
        """Return the scopes a client was given; none where it is not connected."""
        connected = self.services.get(client_id)
        return connected.scopes if connected else frozenset()

    def with_consent(self, client_id: str, scopes: frozenset[str], now: datetime) -> Account:
        """Return the account with scopes given to a client, besides those given before."""
        before = self.services.get(client_id)
        given = Connected(
            scopes=self.given(client_id) | scopes, since=before.since if before else now
        )
        return replace(self, services=self.services.set(client_id, given))


def hash_password(password: str, *, salt: bytes, cost: int) -> PasswordHash:
    """Hash a password; `cost` is scrypt's N (2**14 takes about 50 ms and 16 MiB)."""
    digest = hashlib.scrypt(password.encode(), salt=salt, n=cost, r=8, p=1)
    return PasswordHash(salt=salt, digest=digest, cost=cost)


def password_matches(stored: PasswordHash | None, password: str, *, cost: int) -> bool:
    """Compare in constant time.

    Without a stored hash the same work is done and the answer is no: an account that does not
    exist, or has no password, answers after the same time as one that does.
    """
    known = stored or PasswordHash(salt=bytes(16), digest=bytes(64), cost=cost)
    tried = hash_password(password, salt=known.salt, cost=known.cost)
    return hmac.compare_digest(tried.digest, known.digest) and stored is not None

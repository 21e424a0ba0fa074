"""Accounts and their passwords.

Rules kept here: an account belongs to one person; a number or address is on one account at a time
(`World.with_account` refuses anything else); a password is stored only as a salted scrypt hash.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier


@dataclass(frozen=True, kw_only=True)
class PasswordHash:
    """A scrypt hash (RFC 7914); `cost` is its N, a power of two."""

    salt: bytes
    digest: bytes
    cost: int


@dataclass(frozen=True, kw_only=True)
class Account:
    """One person's CONNECT account; `identifiers` are proven to be theirs."""

    id: str
    identifiers: tuple[Identifier, ...]
    password: PasswordHash | None = None


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

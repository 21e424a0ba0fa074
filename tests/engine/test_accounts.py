from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine.accounts import (
    Account,
    Connected,
    PasswordHash,
    hash_password,
    password_matches,
)
from studio.engine.policy import IdentifierKind
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import EMAIL, NEW_EMAIL, NEW_PHONE, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

COST = 2**4
STORED = hash_password("correct horse", salt=b"salt", cost=COST)


def test_a_hash_is_the_scrypt_of_password_and_salt() -> None:
    expected = hashlib.scrypt(b"correct horse", salt=b"salt", n=COST, r=8, p=1)
    assert PasswordHash(salt=b"salt", digest=expected, cost=COST) == STORED
    assert hash_password("correct horse", salt=b"pepper", cost=COST).digest != expected
    assert b"correct horse" not in STORED.digest


@pytest.mark.parametrize("password", ["correct horse ", "Correct horse", "", "correct hors"])
def test_only_the_very_password_matches(password: str) -> None:
    assert password_matches(STORED, "correct horse", cost=COST)
    assert not password_matches(STORED, password, cost=COST)


def test_a_password_of_any_script_matches_itself() -> None:
    stored = hash_password("گھوڑا", salt=b"salt", cost=COST)
    assert password_matches(stored, "گھوڑا", cost=COST)


def test_without_a_stored_hash_nothing_matches() -> None:
    for password in ("", "correct horse", "\x00" * 64):
        assert not password_matches(None, password, cost=COST)


def test_the_cost_of_the_stored_hash_counts() -> None:
    dear = hash_password("correct horse", salt=b"salt", cost=COST * 2)
    assert password_matches(dear, "correct horse", cost=COST)


def test_an_unknown_person_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    works = _recorded_work(monkeypatch)
    password_matches(STORED, "wrong", cost=COST)
    password_matches(STORED, "correct horse", cost=COST)
    password_matches(None, "correct horse", cost=COST)
    assert works == [(COST, 8, 1)] * 3


def _recorded_work(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """Let every call of scrypt leave its cost in a list."""
    works: list[tuple[int, int, int]] = []
    scrypt: Callable[..., bytes] = hashlib.scrypt

    def recorded(password: bytes, *, salt: bytes, n: int, r: int, p: int) -> bytes:
        works.append((n, r, p))
        return scrypt(password, salt=salt, n=n, r=r, p=p)

    monkeypatch.setattr(hashlib, "scrypt", recorded)
    return works


def test_the_first_proven_identifier_of_a_kind_is_the_preferred_one() -> None:
    account = Account(
        id="a", identifiers=(EMAIL, PHONE, NEW_PHONE, NEW_EMAIL), unproven=frozenset({EMAIL})
    )
    assert account.first(IdentifierKind.PHONE) == PHONE
    assert account.first(IdentifierKind.EMAIL) == NEW_EMAIL


def test_an_unproven_identifier_stands_in_where_no_other_is() -> None:
    account = Account(
        id="a", identifiers=(EMAIL, NEW_EMAIL), unproven=frozenset({EMAIL, NEW_EMAIL})
    )
    assert account.first(IdentifierKind.EMAIL) == EMAIL
    assert account.first(IdentifierKind.PHONE) is None


def test_what_was_proven_is_added_once_and_is_unproven_no_more() -> None:
    account = Account(id="a", identifiers=(EMAIL,), unproven=frozenset({EMAIL}))
    proven = account.with_proven(EMAIL)
    assert (proven.identifiers, proven.unproven) == ((EMAIL,), frozenset())
    assert account.with_proven(PHONE).identifiers == (EMAIL, PHONE)
    assert account.with_proven(PHONE).unproven == {EMAIL}


def test_scopes_add_up_for_each_client_and_the_first_moment_counts() -> None:
    later = FIRST_MOMENT + timedelta(days=1)
    account = Account(id="a", identifiers=(PHONE,))
    account = account.with_consent("one", frozenset({"openid"}), FIRST_MOMENT)
    account = account.with_consent("one", frozenset({"email"}), later)
    account = account.with_consent("two", frozenset({"phone"}), later)
    assert dict(account.services) == {
        "one": Connected(scopes=frozenset({"openid", "email"}), since=FIRST_MOMENT),
        "two": Connected(scopes=frozenset({"phone"}), since=later),
    }
    assert account.given("three") == frozenset()

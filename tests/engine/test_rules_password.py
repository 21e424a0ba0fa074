"""Passwords: right, wrong, missing, and nothing told about who exists."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from studio.engine.events import Back, Change, SubmitIdentifier, SubmitPassword
from studio.engine.flow import AtPassword, AtStart, Finished, Method, Problem
from studio.engine.policy import Level
from tests.engine.given import (
    EMAIL,
    NEW_EMAIL,
    NEW_PHONE,
    PASSWORD,
    PHONE,
    PHONE_ONLY,
    POLICY,
    Walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.engine.identifiers import Identifier

LEVEL_2 = replace(POLICY, level=Level.PASSWORD)


def asked(identifier: Identifier) -> Walk:
    """Return a walk to the screen that asks for the password."""
    return Walk(LEVEL_2).do(SubmitIdentifier(kind=identifier.kind, text=identifier.value))


@pytest.mark.parametrize("identifier", [PHONE, EMAIL])
def test_the_right_password_sends_an_existing_person_back_with_a_code(
    identifier: Identifier,
) -> None:
    walk = asked(identifier).do(SubmitPassword(text=PASSWORD))
    grant = walk.world.grants[dict(parse_qsl(urlsplit(walk.location).query))["code"]]
    assert (grant.account_id, grant.used) == ("full", identifier)
    assert (grant.level, grant.methods) == (Level.PASSWORD, (Method.PASSWORD,))
    assert walk.effects == []
    assert len(walk.world.accounts) == 2


@pytest.mark.parametrize("identifier", [PHONE, EMAIL, PHONE_ONLY, NEW_PHONE, NEW_EMAIL])
def test_nothing_tells_who_exists_or_has_a_password(identifier: Identifier) -> None:
    walk = asked(identifier).do(SubmitPassword(text="wrong"))
    assert walk.stage == AtPassword(identifier=identifier, problem=Problem.CREDENTIALS_WRONG)
    assert walk.flow.notice is None
    assert walk.effects == []
    assert walk.world.owner(NEW_PHONE) is walk.world.owner(NEW_EMAIL) is None


@pytest.mark.parametrize("identifier", [PHONE, PHONE_ONLY, NEW_PHONE, NEW_EMAIL])
def test_everybody_costs_the_same_work(
    identifier: Identifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = asked(identifier)
    scrypt: Callable[..., bytes] = hashlib.scrypt
    costs: list[int] = []

    def counted(password: bytes, *, salt: bytes, n: int, r: int, p: int) -> bytes:
        costs.append(n)
        return scrypt(password, salt=salt, n=n, r=r, p=p)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    walk.do(SubmitPassword(text="wrong"))
    assert costs == [walk.world.hash_cost]


@pytest.mark.parametrize("text", ["correct hors", "Correct horse", " correct horse", " "])
def test_a_wrong_password_can_be_mended(text: str) -> None:
    walk = asked(PHONE).do(SubmitPassword(text=text))
    assert walk.stage == AtPassword(identifier=PHONE, problem=Problem.CREDENTIALS_WRONG)
    assert isinstance(walk.do(SubmitPassword(text=PASSWORD)).stage, Finished)


def test_a_missing_password_is_said_to_be_missing() -> None:
    walk = asked(NEW_PHONE).do(SubmitPassword(text=""))
    assert walk.stage == AtPassword(identifier=NEW_PHONE, problem=Problem.PASSWORD_MISSING)


@pytest.mark.parametrize("identifier", [PHONE, EMAIL, NEW_EMAIL])
@pytest.mark.parametrize("event", [Change(), Back()])
def test_change_and_back_lead_to_the_start_with_what_was_given(
    identifier: Identifier, event: Change | Back
) -> None:
    walk = asked(identifier).do(SubmitPassword(text="wrong"), event)
    assert walk.stage == AtStart(kind=identifier.kind, typed=identifier.value)


@pytest.mark.parametrize("staying", [True, False])
def test_stay_signed_in_is_remembered_from_one_try_to_the_next(*, staying: bool) -> None:
    walk = asked(PHONE).do(SubmitPassword(text="wrong", stay_signed_in=staying))
    assert walk.flow.staying is staying
    walk.do(SubmitPassword(text=PASSWORD, stay_signed_in=not staying))
    (grant,) = walk.world.grants.values()
    assert grant.stay_signed_in is not staying

"""Passwords: right, wrong, missing, and nothing told about who exists."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine.events import Back, Change, SubmitPassword
from studio.engine.flow import AtPassword, AtStart, Finished, Problem, Purpose
from studio.engine.policy import Level
from studio.engine.sessions import Authentication, Method
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import (
    EMAIL,
    LEVEL_2,
    NEW_EMAIL,
    NEW_PHONE,
    PASSWORD,
    PHONE,
    PHONE_ONLY,
    Walk,
    populated,
    session_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.engine.identifiers import Identifier


def asked(identifier: Identifier) -> Walk:
    """Return a walk to the screen that asks for the password."""
    return Walk(LEVEL_2).typed(identifier)


def asking(
    identifier: Identifier, problem: Problem | None = None, purpose: Purpose = Purpose.SIGN_IN
) -> AtPassword:
    """Return the stage that asks for the password."""
    return AtPassword(identifier=identifier, purpose=purpose, problem=problem)


@pytest.mark.parametrize("identifier", [PHONE, EMAIL])
def test_the_right_password_sends_an_existing_person_back_with_a_code(
    identifier: Identifier,
) -> None:
    walk = asked(identifier).do(SubmitPassword(text=PASSWORD))
    assert walk.grant.authentication == Authentication(
        account_id="full",
        used=identifier,
        level=Level.PASSWORD,
        methods=(Method.PASSWORD,),
        when=FIRST_MOMENT,
    )
    assert walk.sent == []
    assert len(walk.world.accounts) == len(populated().accounts)


@pytest.mark.parametrize("identifier", [PHONE, EMAIL, PHONE_ONLY, NEW_PHONE, NEW_EMAIL])
def test_nothing_tells_who_exists_or_has_a_password(identifier: Identifier) -> None:
    walk = asked(identifier).do(SubmitPassword(text="wrong"))
    assert walk.stage == asking(identifier, Problem.CREDENTIALS_WRONG)
    assert walk.flow.notice is None
    assert walk.effects == ()
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
    assert walk.stage == asking(PHONE, Problem.CREDENTIALS_WRONG)
    assert isinstance(walk.do(SubmitPassword(text=PASSWORD)).stage, Finished)


def test_a_missing_password_is_said_to_be_missing() -> None:
    walk = asked(NEW_PHONE).do(SubmitPassword(text=""))
    assert walk.stage == asking(NEW_PHONE, Problem.PASSWORD_MISSING)


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
    assert walk.grant.stay_signed_in is not staying


@pytest.mark.parametrize("identifier", [PHONE, PHONE_ONLY, NEW_PHONE, NEW_EMAIL])
def test_after_five_wrong_passwords_everybody_has_to_wait_the_same_time(
    identifier: Identifier,
) -> None:
    walk = asked(identifier).do(*[SubmitPassword(text="wrong")] * 5)
    assert walk.stage == asking(identifier, Problem.CREDENTIALS_WRONG)
    walk.wait(timedelta(minutes=1)).do(SubmitPassword(text=PASSWORD))
    assert walk.stage == asking(identifier, Problem.TOO_MANY_TRIES)
    assert walk.flow.waiting == timedelta(minutes=14)


def test_after_the_waiting_time_the_right_password_is_taken() -> None:
    walk = asked(PHONE).do(*[SubmitPassword(text="wrong")] * 5)
    walk.wait(timedelta(minutes=15)).do(SubmitPassword(text=PASSWORD))
    assert isinstance(walk.stage, Finished)


def test_the_right_password_forgives_the_wrong_ones() -> None:
    walk = asked(PHONE).do(*[SubmitPassword(text="wrong")] * 4, SubmitPassword(text=PASSWORD))
    again = Walk(LEVEL_2, world=walk.world).typed(PHONE)
    again.do(*[SubmitPassword(text="wrong")] * 4, SubmitPassword(text=PASSWORD))
    assert isinstance(again.stage, Finished)


AGAIN = replace(LEVEL_2, sso=True)


@pytest.mark.parametrize("event", [Change(), Back()])
def test_a_fixed_address_on_re_authentication_cannot_be_changed(event: Change | Back) -> None:
    session = session_of(EMAIL, Level.PASSWORD, Method.PASSWORD)
    walk = Walk(AGAIN, session=session, prompt="login")
    assert walk.stage == asking(EMAIL, purpose=Purpose.AGAIN)
    assert walk.do(event).answer["error"] == "access_denied"


def test_a_fixed_phone_on_re_authentication_can_be_changed() -> None:
    session = session_of(PHONE, Level.PASSWORD, Method.PASSWORD)
    walk = Walk(AGAIN, session=session, prompt="login").do(Change())
    assert isinstance(walk.stage, AtStart)
    assert walk.flow.standing is None

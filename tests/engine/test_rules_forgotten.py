"""Forgotten, new and first passwords: a code to whatever was typed, and nothing told before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine.effects import News
from studio.engine.events import (
    Back,
    Change,
    Continue,
    ForgotPassword,
    Resend,
    SubmitCode,
    SubmitNewPassword,
    SubmitPassword,
)
from studio.engine.flow import (
    AtForgotPassword,
    AtForgotPasswordCode,
    AtNewPassword,
    AtPassword,
    AtPasswordChanged,
    AtStart,
    Code,
    Notice,
    Problem,
    Purpose,
)
from studio.engine.password_rules import submit_new_password
from studio.engine.policy import IdentifierKind, Level
from studio.engine.sessions import Method
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import (
    EMAIL,
    LEVEL_2,
    NEW_EMAIL,
    NEW_PHONE,
    PASSWORD,
    PHONE,
    PHONE_ONLY,
    POLICY,
    UNPROVEN,
    Walk,
    at,
    session_of,
)

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier
    from studio.engine.world import World

EVERYBODY = [PHONE, EMAIL, PHONE_ONLY, NEW_PHONE, NEW_EMAIL]
FRESH = "staple battery"


def forgotten(identifier: Identifier, world: World | None = None) -> Walk:
    """Return a walk to the offer of a code."""
    return Walk(LEVEL_2, world=world).typed(identifier).do(ForgotPassword())


def choosing(identifier: Identifier, world: World | None = None) -> Walk:
    """Return a walk to the choice of a password."""
    walk = forgotten(identifier, world).do(Continue())
    return walk.do(SubmitCode(text=walk.code))


@pytest.mark.parametrize("identifier", EVERYBODY)
def test_everybody_is_sent_a_code_whoever_they_are(identifier: Identifier) -> None:
    walk = forgotten(identifier)
    assert walk.stage == AtForgotPassword(identifier=identifier)
    assert walk.effects == ()
    sent = walk.do(Continue()).stage
    assert [effect.to for effect in walk.sent] == [identifier]
    assert sent == AtForgotPasswordCode(
        identifier=identifier, code=Code(digits=walk.code, sent=FIRST_MOMENT)
    )
    assert walk.flow.notice is Notice.CODE_SENT
    assert walk.flow.standing is None


@pytest.mark.parametrize(
    ("identifier", "creating"),
    [(PHONE, False), (EMAIL, False), (PHONE_ONLY, True), (NEW_PHONE, True), (NEW_EMAIL, True)],
)
def test_only_the_right_code_shows_whether_there_is_a_password(
    identifier: Identifier, *, creating: bool
) -> None:
    walk = forgotten(identifier).do(Continue())
    walk.do(SubmitCode(text=walk.wrong_code))
    assert isinstance(walk.stage, AtForgotPasswordCode)
    assert walk.stage.problem is Problem.CODE_WRONG
    assert walk.world.owner(NEW_PHONE) is walk.world.owner(NEW_EMAIL) is None
    proven = walk.do(SubmitCode(text=walk.code)).stage
    assert proven == AtNewPassword(identifier=identifier, creating=creating)


def test_a_code_by_itself_signs_nobody_in() -> None:
    walk = choosing(EMAIL)
    assert (len(walk.world.grants), walk.kept) == (0, [])
    assert walk.do(Back()).answer["error"] == "access_denied"


def test_a_forgotten_password_is_replaced_and_the_change_told() -> None:
    walk = choosing(PHONE).do(SubmitNewPassword(text=FRESH))
    assert walk.stage == AtPasswordChanged()
    assert [(tell.to, tell.news) for tell in walk.told] == [(EMAIL, News.PASSWORD_CHANGED)]
    walk.do(Continue())
    authentication = walk.grant.authentication
    assert (authentication.level, authentication.used) == (Level.PASSWORD, PHONE)
    assert authentication.methods == (Method.OTP, Method.PASSWORD)
    again = Walk(LEVEL_2, world=walk.world).typed(EMAIL).do(SubmitPassword(text=PASSWORD))
    assert again.stage == AtPassword(
        identifier=EMAIL, purpose=Purpose.SIGN_IN, problem=Problem.CREDENTIALS_WRONG
    )
    assert again.do(SubmitPassword(text=FRESH)).grant.authentication.level is Level.PASSWORD


@pytest.mark.parametrize("identifier", [PHONE_ONLY, NEW_PHONE, NEW_EMAIL])
def test_a_first_password_signs_in_at_once_and_is_told(identifier: Identifier) -> None:
    walk = choosing(identifier).do(SubmitNewPassword(text=FRESH))
    assert walk.grant.authentication.level is Level.PASSWORD
    assert [tell.to for tell in walk.told if tell.news is News.PASSWORD_CREATED] == [identifier]
    owner = walk.world.owner(identifier)
    assert owner is not None
    assert owner.password is not None
    assert FRESH not in repr(owner)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.PASSWORD_MISSING),
        ("short", Problem.PASSWORD_TOO_SHORT),
        ("123456", Problem.PASSWORD_COMMON),
        ("password", Problem.PASSWORD_COMMON),
        ("99912345", Problem.PASSWORD_OWN),
        ("user@example.com", Problem.PASSWORD_OWN),
    ],
)
def test_a_password_that_is_not_good_enough_is_not_kept(text: str, problem: Problem) -> None:
    walk = choosing(PHONE)
    before = walk.world.accounts["full"]
    walk.do(SubmitNewPassword(text=text))
    assert walk.stage == AtNewPassword(identifier=PHONE, creating=False, problem=problem)
    assert (walk.world.accounts["full"], walk.told) == (before, [])
    assert walk.do(SubmitNewPassword(text=FRESH)).stage == AtPasswordChanged()


def test_every_password_has_a_salt_of_its_own() -> None:
    first = choosing(PHONE).do(SubmitNewPassword(text=FRESH))
    second = choosing(PHONE_ONLY, first.world).do(SubmitNewPassword(text=FRESH))
    stored = [second.world.accounts[account].password for account in ("full", "phone")]
    assert stored[0] is not None
    assert stored[1] is not None
    assert stored[0].salt != stored[1].salt
    assert stored[0].digest != stored[1].digest


def test_without_anybody_proven_there_is_no_new_password() -> None:
    stage = AtNewPassword(identifier=PHONE, creating=True)
    turn = submit_new_password(at(stage), stage, SubmitNewPassword(text=FRESH))
    assert turn.flow.stage == AtStart(kind=IdentifierKind.PHONE)


@pytest.mark.parametrize("event", [Back(), Change()])
def test_back_leads_to_the_password_from_the_offer_and_from_the_code(
    event: Back | Change,
) -> None:
    expected = AtPassword(identifier=PHONE, purpose=Purpose.SIGN_IN)
    assert forgotten(PHONE).do(event).stage == expected
    assert forgotten(PHONE).do(Continue(), event).stage == expected


@pytest.mark.parametrize(
    ("changes", "purpose"),
    [({"prompt": "login"}, Purpose.AGAIN), ({"acr_values": "2"}, Purpose.STEP_UP)],
)
def test_back_leads_somebody_with_a_session_to_the_password_for_the_same_reason(
    changes: dict[str, str], purpose: Purpose
) -> None:
    level = Level.PHONE if purpose is Purpose.STEP_UP else Level.PASSWORD
    method = Method.OTP if purpose is Purpose.STEP_UP else Method.PASSWORD
    session = session_of(PHONE, level, method)
    walk = Walk(replace(POLICY, sso=True), changes, session=session)
    asked = AtPassword(identifier=PHONE, purpose=purpose)
    assert walk.stage == asked
    assert walk.do(ForgotPassword(), Back()).stage == asked
    assert walk.do(ForgotPassword(), Continue(), Back()).stage == asked


def test_a_new_code_takes_the_place_of_the_first_until_there_are_too_many() -> None:
    walk = forgotten(UNPROVEN).do(Continue())
    old = walk.code
    walk.do(Resend())
    assert (walk.flow.notice, walk.code != old) == (Notice.CODE_RESENT, True)
    walk.do(SubmitCode(text=old))
    assert isinstance(walk.stage, AtForgotPasswordCode)
    assert walk.stage.problem is Problem.CODE_WRONG
    stage = walk.do(*[Resend()] * 4).stage
    assert isinstance(stage, AtForgotPasswordCode)
    assert stage.problem is Problem.TOO_MANY_TRIES
    assert (len(walk.sent), walk.flow.waiting) == (5, timedelta(hours=1))


def test_who_has_had_too_many_codes_is_told_so_on_the_offer() -> None:
    before = forgotten(PHONE).do(Continue(), *[Resend()] * 4)
    walk = Walk(LEVEL_2, world=before.world).typed(PHONE).do(ForgotPassword(), Continue())
    assert walk.stage == AtForgotPassword(identifier=PHONE, problem=Problem.TOO_MANY_TRIES)
    assert (walk.sent, walk.flow.waiting) == ([], timedelta(hours=1))

"""Codes: within which limits they are sent and tried, alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine.codes import ASKING, send_code, told_to_wait, try_code
from studio.engine.effects import SendCode
from studio.engine.flow import (
    AtAdd,
    AtConsent,
    AtForgotPassword,
    AtForgotPasswordCode,
    AtMobileData,
    AtPassword,
    AtSigningIn,
    AtStart,
    AtVerify,
    Code,
    Notice,
    Problem,
    Purpose,
)
from studio.engine.limits import Action
from studio.engine.policy import IdentifierKind
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import EMAIL, NEW_PHONE, PHONE, at

if TYPE_CHECKING:
    from studio.engine.flow import Stage
    from studio.engine.identifiers import Identifier
    from studio.engine.turn import Turn

CODE = Code(digits="0042", sent=FIRST_MOMENT)
VERIFYING = AtVerify(identifier=PHONE, code=CODE, purpose=Purpose.SIGN_IN)
MINUTE = timedelta(minutes=1)
KINDS = [(PHONE, Action.SMS), (EMAIL, Action.EMAIL_CODE)]


def sent(turn: Turn, to: Identifier) -> Turn:
    """Send a code and go to where it is asked for."""
    return send_code(
        turn,
        to,
        lambda code: AtVerify(identifier=to, code=code, purpose=Purpose.CLAIM),
        Notice.CODE_RESENT,
    )


def spent(turn: Turn, action: Action, identifier: Identifier, times: int) -> Turn:
    usage = turn.world.usage
    for _ in range(times):
        usage = usage.spent(
            action, identifier=identifier.value, browser="another", now=turn.world.now
        )
    return replace(turn, world=replace(turn.world, usage=usage))


@pytest.mark.parametrize(("to", "action"), KINDS)
def test_a_code_is_sent_told_and_counted_under_what_it_goes_by(
    to: Identifier, action: Action
) -> None:
    before = at(VERIFYING, ui_locales="nb en")
    turn = sent(before, to)
    (effect,) = turn.effects
    assert isinstance(effect, SendCode)
    assert turn.flow.stage == AtVerify(
        identifier=to,
        code=Code(digits=effect.code, sent=FIRST_MOMENT),
        purpose=Purpose.CLAIM,
    )
    assert (effect.to, effect.client_id, effect.when) == (to, "fakebrand", FIRST_MOMENT)
    assert effect.locales == ("nb", "en")
    assert turn.flow.notice is Notice.CODE_RESENT
    assert len(turn.world.usage.times) == 3
    assert {place[0] for place in turn.world.usage.times} == {action}


@pytest.mark.parametrize(("to", "action"), KINDS)
def test_where_a_limit_is_met_nothing_is_sent_or_drawn(to: Identifier, action: Action) -> None:
    before = spent(at(VERIFYING), action, to, 5)
    turn = sent(before, to)
    assert turn.flow.stage == replace(VERIFYING, problem=Problem.TOO_MANY_TRIES)
    assert (turn.flow.waiting, turn.flow.notice) == (timedelta(hours=1), None)
    assert (turn.effects, turn.world) == ((), before.world)
    assert sent(before, NEW_PHONE).effects


STAYING: list[Stage] = [
    AtStart(kind=IdentifierKind.PHONE, typed="999"),
    VERIFYING,
    AtPassword(identifier=PHONE, purpose=Purpose.AGAIN),
    AtForgotPassword(identifier=PHONE),
    AtForgotPasswordCode(identifier=PHONE, code=CODE),
    AtAdd(kind=IdentifierKind.EMAIL, typed="u"),
]
LEAVING: list[Stage] = [
    AtStart(kind=IdentifierKind.PHONE),
    AtMobileData(),
    AtSigningIn(phone=PHONE),
    AtConsent(scopes=("email",)),
]


@pytest.mark.parametrize("stage", STAYING, ids=lambda stage: type(stage).__name__)
def test_whoever_has_to_wait_stays_where_that_can_be_told(stage: Stage) -> None:
    assert isinstance(stage, ASKING)
    turn = told_to_wait(at(stage), EMAIL, MINUTE)
    assert turn.flow.stage == replace(stage, problem=Problem.TOO_MANY_TRIES)
    assert turn.flow.waiting == MINUTE


@pytest.mark.parametrize("stage", LEAVING, ids=lambda stage: type(stage).__name__)
def test_elsewhere_the_start_screen_tells_it_of_what_has_to_wait(stage: Stage) -> None:
    turn = told_to_wait(at(stage), EMAIL, MINUTE)
    assert turn.flow.stage == AtStart(
        kind=IdentifierKind.EMAIL, typed=EMAIL.value, problem=Problem.TOO_MANY_TRIES
    )
    assert turn.flow.waiting == MINUTE


def test_the_right_code_is_taken_once() -> None:
    turn, right = try_code(at(VERIFYING), VERIFYING, " 00 42\n")
    assert right
    stage = turn.flow.stage
    assert stage == replace(VERIFYING, code=replace(CODE, tries_left=0))
    assert isinstance(stage, AtVerify)
    turn, right = try_code(turn, stage, "0042")
    assert not right
    assert turn.flow.stage == replace(stage, problem=Problem.CODE_USED_UP)


TRIES = [
    # typed, tries left, age, problem, tries left afterwards
    ("", 5, timedelta(0), Problem.CODE_MISSING, 5),
    ("1111", 5, timedelta(0), Problem.CODE_WRONG, 4),
    ("1111", 1, timedelta(0), Problem.CODE_USED_UP, 0),
    ("0042", 0, timedelta(0), Problem.CODE_USED_UP, 0),
    ("0042", 5, 10 * MINUTE, Problem.CODE_EXPIRED, 5),
    ("1111", 0, 10 * MINUTE, Problem.CODE_USED_UP, 0),
]


@pytest.mark.parametrize(("typed", "left", "age", "problem", "after"), TRIES)
def test_a_code_that_is_not_taken_says_why(
    typed: str, left: int, age: timedelta, problem: Problem, after: int
) -> None:
    stage = AtForgotPasswordCode(identifier=PHONE, code=replace(CODE, tries_left=left))
    before = at(stage)
    before = replace(before, world=before.world.later(age))
    turn, right = try_code(before, stage, typed)
    assert not right
    expected = replace(stage, code=replace(stage.code, tries_left=after), problem=problem)
    assert turn.flow.stage == expected


def test_only_wrong_codes_count_as_tries() -> None:
    for typed, places in (("", 0), ("0042", 0), ("1111", 3)):
        turn, _ = try_code(at(VERIFYING), VERIFYING, typed)
        assert len(turn.world.usage.times) == places


def test_too_many_wrong_codes_of_a_number_hold_back_the_right_one() -> None:
    before = spent(at(VERIFYING), Action.CODE_TRY, PHONE, 10)
    turn, right = try_code(before, VERIFYING, "0042")
    assert not right
    assert turn.flow.stage == replace(VERIFYING, problem=Problem.TOO_MANY_TRIES)
    assert turn.flow.waiting == timedelta(hours=1)
    later = replace(before, world=before.world.later(timedelta(hours=1)))
    fresh = replace(VERIFYING, code=replace(CODE, sent=later.world.now))
    assert try_code(later, fresh, "0042")[1]

"""The table of transitions is complete, and its rows for stale and finished flows do nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest

from studio.engine import rules
from studio.engine.events import (
    Back,
    Change,
    CheckPassword,
    ChooseLocales,
    Continue,
    Decline,
    DismissNotice,
    Event,
    ForgotPassword,
    Resend,
    SubmitCode,
    SubmitIdentifier,
    SubmitNewPassword,
    SubmitPassword,
    SwitchField,
)
from studio.engine.flow import (
    AtAdd,
    AtConsent,
    AtForgotPassword,
    AtForgotPasswordCode,
    AtMobileData,
    AtNewPassword,
    AtPassword,
    AtPasswordChanged,
    AtSigningIn,
    AtStart,
    AtVerify,
    Code,
    Finished,
    Notice,
    Problem,
    Purpose,
    Stage,
)
from studio.engine.policy import IdentifierKind
from studio.engine.transitions import ROWS, TRANSITIONS, decide
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import APP, EMAIL, PHONE, at

if TYPE_CHECKING:
    from studio.engine.turn import Turn

CODE = Code(digits="1234", sent=FIRST_MOMENT)
STAGES: list[Stage] = [
    AtStart(kind=IdentifierKind.PHONE, typed="1", problem=Problem.PHONE_INVALID),
    AtMobileData(),
    AtSigningIn(phone=PHONE),
    AtVerify(identifier=PHONE, code=CODE, purpose=Purpose.SIGN_IN),
    AtPassword(identifier=EMAIL, purpose=Purpose.SIGN_IN, problem=Problem.CREDENTIALS_WRONG),
    AtForgotPassword(identifier=EMAIL),
    AtForgotPasswordCode(identifier=EMAIL, code=CODE),
    AtNewPassword(identifier=EMAIL, creating=False),
    AtPasswordChanged(),
    AtAdd(kind=IdentifierKind.EMAIL),
    AtConsent(scopes=("email",)),
    Finished(location=f"{APP}?code=1"),
]
UNDER_WAY = STAGES[:-1]
EVENTS: list[Event] = [
    SubmitIdentifier(kind=IdentifierKind.EMAIL, text="user@example.com"),
    SwitchField(),
    SubmitCode(text="1234", stay_signed_in=True),
    SubmitPassword(text="correct horse", stay_signed_in=True),
    SubmitNewPassword(text="staple battery"),
    CheckPassword(text="staple battery"),
    Resend(),
    ForgotPassword(),
    Continue(),
    Decline(),
    Change(),
    Back(),
    ChooseLocales(tags=("ur-PK",)),
    DismissNotice(),
]


def turn_at(stage: Stage, notice: Notice | None = None) -> Turn:
    turn = at(stage)
    return replace(turn, flow=replace(turn.flow, notice=notice))


def test_every_stage_and_event_has_a_row_and_nothing_else_has_one() -> None:
    assert set(ROWS) == set(get_args(Stage))
    assert set(TRANSITIONS) == set(product(get_args(Stage), get_args(Event)))


ANYWHERE = {ChooseLocales, DismissNotice}
MEANT: dict[type[Stage], set[type[Event]]] = {
    AtStart: {SubmitIdentifier, SwitchField, Back},
    AtMobileData: {Continue, Decline, Back},
    AtSigningIn: {Continue, Back},
    AtVerify: {SubmitCode, Resend, Change, Back},
    AtPassword: {SubmitPassword, ForgotPassword, Change, Back},
    AtForgotPassword: {Continue, Change, Back},
    AtForgotPasswordCode: {SubmitCode, Resend, Change, Back},
    AtNewPassword: {SubmitNewPassword, CheckPassword, Back},
    AtPasswordChanged: {Continue},
    AtAdd: {SubmitIdentifier, Back},
    AtConsent: {Continue, Decline, Back},
}


@pytest.mark.parametrize("stage", get_args(Stage))
def test_what_a_screen_cannot_send_is_stale_and_a_finished_flow_takes_nothing(
    stage: type[Stage],
) -> None:
    for event in get_args(Event):
        rule = TRANSITIONS[stage, event]
        meant = stage is not Finished and event in MEANT[stage] | ANYWHERE
        assert (rule is rules.finished) is (stage is Finished)
        assert (rule is rules.stale) is (stage is not Finished and not meant)


def test_the_samples_are_one_of_each() -> None:
    assert [type(stage) for stage in STAGES] == list(get_args(Stage))
    assert [type(event) for event in EVENTS] == list(get_args(Event))


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        TRANSITIONS[AtStart, Back] = rules.stale  # type: ignore[index]  # that is the point
    with pytest.raises(TypeError):
        ROWS[AtStart] = {}  # type: ignore[index]  # that is the point


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: type(stage).__name__)
def test_every_row_can_be_taken(stage: Stage, event: Event) -> None:
    before = turn_at(stage, Notice.CODE_SENT)
    after = decide(before, event)
    match TRANSITIONS[type(stage), type(event)]:
        case rules.stale:
            assert after == turn_at(stage, Notice.STALE_FORM)
        case rules.finished:
            assert after == before
        case _:
            assert after != before
    assert (after.flow.id, after.flow.token) == (before.flow.id, before.flow.token)
    assert after.flow.request == before.flow.request


@pytest.mark.parametrize("stage", UNDER_WAY, ids=lambda stage: type(stage).__name__)
def test_a_language_changes_nothing_but_the_language(stage: Stage) -> None:
    before = turn_at(stage, Notice.CODE_SENT)
    after = decide(before, ChooseLocales(tags=("ur-PK", "en")))
    assert after == replace(before, flow=replace(before.flow, locales=("ur-PK", "en")))


@pytest.mark.parametrize("stage", UNDER_WAY, ids=lambda stage: type(stage).__name__)
def test_a_notice_that_was_read_goes_away_alone(stage: Stage) -> None:
    assert decide(turn_at(stage, Notice.STALE_FORM), DismissNotice()) == turn_at(stage)

"""The table of transitions is complete, and its rows for stale and finished flows do nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from studio.engine import rules
from studio.engine.connect import begin
from studio.engine.events import (
    Back,
    Change,
    ChooseLocales,
    DismissNotice,
    Event,
    Resend,
    SubmitCode,
    SubmitIdentifier,
    SubmitPassword,
    SwitchField,
)
from studio.engine.flow import (
    AtPassword,
    AtStart,
    AtVerifyPhone,
    Code,
    Finished,
    Notice,
    Problem,
    Stage,
)
from studio.engine.policy import IdentifierKind
from studio.engine.rules import TRANSITIONS, Turn, decide
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import APP, EMAIL, PHONE, POLICY, populated, request

STAGES: list[Stage] = [
    AtStart(kind=IdentifierKind.PHONE, typed="1", problem=Problem.PHONE_INVALID),
    AtVerifyPhone(phone=PHONE, code=Code(digits="1234", sent=FIRST_MOMENT)),
    AtPassword(identifier=EMAIL, problem=Problem.CREDENTIALS_WRONG),
    Finished(location=f"{APP}?code=1"),
]
EVENTS: list[Event] = [
    SubmitIdentifier(kind=IdentifierKind.EMAIL, text="user@example.com"),
    SwitchField(),
    SubmitCode(text="1234", stay_signed_in=True),
    SubmitPassword(text="correct horse", stay_signed_in=True),
    Resend(),
    Change(),
    Back(),
    ChooseLocales(tags=("ur-PK",)),
    DismissNotice(),
]


def turn_at(stage: Stage, notice: Notice | None = None) -> Turn:
    world, flow = begin(populated(), POLICY, request(), browser="this browser")
    return Turn(world=world, policy=POLICY, flow=replace(flow, stage=stage, notice=notice))


def test_every_stage_and_event_has_a_row_and_nothing_else_has_one() -> None:
    assert set(TRANSITIONS) == set(product(get_args(Stage), get_args(Event)))


ANYWHERE = {Back, ChooseLocales, DismissNotice}
MEANT: dict[type[Stage], set[type[Event]]] = {
    AtStart: {SubmitIdentifier, SwitchField} | ANYWHERE,
    AtVerifyPhone: {SubmitCode, Resend, Change} | ANYWHERE,
    AtPassword: {SubmitPassword, Change} | ANYWHERE,
}


@pytest.mark.parametrize("stage", get_args(Stage))
def test_what_a_screen_cannot_send_is_stale_and_a_finished_flow_takes_nothing(
    stage: type[Stage],
) -> None:
    for event in get_args(Event):
        rule = TRANSITIONS[stage, event]
        assert (rule is rules.finished) is (stage is Finished)
        assert (rule is rules.stale) is (stage is not Finished and event not in MEANT[stage])


def test_the_samples_are_one_of_each() -> None:
    assert [type(stage) for stage in STAGES] == list(get_args(Stage))
    assert [type(event) for event in EVENTS] == list(get_args(Event))


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        TRANSITIONS[AtStart, Back] = rules.stale  # type: ignore[index]  # that is the point


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("stage", STAGES)
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


@pytest.mark.parametrize("stage", STAGES[:3])
def test_a_language_changes_nothing_but_the_language(stage: Stage) -> None:
    before = turn_at(stage, Notice.CODE_SENT)
    after = decide(before, ChooseLocales(tags=("ur-PK", "en")))
    assert after == replace(before, flow=replace(before.flow, locales=("ur-PK", "en")))


@pytest.mark.parametrize("stage", STAGES[:3])
def test_a_notice_that_was_read_goes_away_alone(stage: Stage) -> None:
    assert decide(turn_at(stage, Notice.STALE_FORM), DismissNotice()) == turn_at(stage)

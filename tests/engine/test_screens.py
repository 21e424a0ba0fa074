"""Screens are made from the flow and the policy as it is now, edits included."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.engine.events import SubmitCode, SubmitIdentifier, SwitchField
from studio.engine.flow import Notice, Problem
from studio.engine.policy import ClientPolicy, IdentifierKind, Level, StartFields
from studio.engine.screens import (
    NotFound,
    Password,
    RequestRefused,
    Screen,
    Start,
    StartAgain,
    VerifyPhone,
)
from tests.engine.given import EMAIL, PHONE, POLICY, Walk

P, E = IdentifierKind.PHONE, IdentifierKind.EMAIL
PHONE_ONLY = replace(POLICY, fields=StartFields.PHONE)
EMAIL_ONLY = replace(POLICY, fields=StartFields.EMAIL)
PREFILLED = replace(POLICY, prefill_phone="+4799900999", prefill_email="reader@example.com")


def start(walk: Walk) -> Start:
    assert isinstance(walk.screen, Start)
    return walk.screen


@pytest.mark.parametrize(
    ("policy", "kind", "alone"),
    [
        (POLICY, P, False),
        (replace(POLICY, first=E), E, False),
        (PHONE_ONLY, P, True),
        (EMAIL_ONLY, E, True),
    ],
)
def test_the_start_screen_says_whether_its_field_is_alone(
    policy: ClientPolicy, kind: IdentifierKind, *, alone: bool
) -> None:
    assert Walk(policy).screen == Start(kind=kind, typed="", alone=alone)


def test_each_stage_has_its_screen() -> None:
    walk = Walk().do(SubmitIdentifier(kind=P, text="99912345"))
    assert walk.screen == VerifyPhone(phone=PHONE, staying=False, notice=Notice.CODE_SENT)
    walk = Walk().do(SubmitIdentifier(kind=E, text="user@example.com"))
    assert walk.screen == Password(identifier=EMAIL, staying=False)


@pytest.mark.parametrize(
    ("shown", "default", "expected"),
    [(False, True, None), (True, True, True), (True, False, False)],
)
def test_the_stay_signed_in_box_is_the_clients_until_it_is_touched(
    *, shown: bool, default: bool, expected: bool | None
) -> None:
    policy = replace(POLICY, stay_signed_in_shown=shown, stay_signed_in_default=default)
    for level in Level:
        walk = Walk(replace(policy, level=level)).do(SubmitIdentifier(kind=P, text="99912345"))
        assert isinstance(walk.screen, VerifyPhone | Password)
        assert walk.screen.staying is expected


def test_a_touched_box_stays_as_the_person_left_it() -> None:
    walk = Walk(replace(POLICY, stay_signed_in_default=True))
    walk.do(SubmitIdentifier(kind=P, text="99912345"), SubmitCode(text="", stay_signed_in=False))
    assert isinstance(walk.screen, VerifyPhone)
    assert walk.screen.staying is False


def test_the_clients_prefill_stands_in_both_fields() -> None:
    walk = Walk(PREFILLED)
    assert start(walk).typed == "+4799900999"
    assert start(walk.do(SwitchField())).typed == "reader@example.com"


def test_a_hint_and_what_was_typed_win_over_the_prefill() -> None:
    walk = Walk(PREFILLED, login_hint="99912345")
    assert start(walk).typed == "+4799912345"
    assert start(walk.do(SubmitIdentifier(kind=P, text="12"))).typed == "12"


def test_a_field_that_was_sent_empty_stays_empty() -> None:
    walk = Walk(PREFILLED).do(SubmitIdentifier(kind=P, text=""))
    assert start(walk).problem is Problem.PHONE_MISSING
    assert start(walk).typed == ""


def test_a_field_removed_meanwhile_gives_way_to_the_other_one() -> None:
    walk = Walk().do(SwitchField(), SubmitIdentifier(kind=E, text="user@"))
    assert start(walk).problem is Problem.EMAIL_INVALID
    walk.policy = PHONE_ONLY
    assert start(walk) == Start(kind=P, typed="", alone=True)
    walk.do(SubmitIdentifier(kind=P, text="99912345"))
    assert isinstance(walk.screen, VerifyPhone)


def test_a_field_that_gives_way_leaves_the_prefill_of_the_other_one() -> None:
    walk = Walk(PREFILLED).do(SwitchField(), SubmitIdentifier(kind=E, text="user@"))
    walk.policy = replace(PREFILLED, fields=StartFields.PHONE)
    assert start(walk).typed == "+4799900999"


def test_a_field_that_comes_back_still_holds_what_was_typed() -> None:
    walk = Walk().do(SubmitIdentifier(kind=P, text="12"))
    walk.policy = EMAIL_ONLY
    assert start(walk).kind is E
    walk.policy = POLICY
    assert start(walk) == Start(kind=P, typed="12", alone=False, problem=Problem.PHONE_INVALID)


def test_a_prefill_and_a_box_edited_meanwhile_are_shown() -> None:
    walk = Walk()
    walk.policy = replace(POLICY, prefill_phone="+4799900999")
    assert start(walk).typed == "+4799900999"
    walk.do(SubmitIdentifier(kind=P, text="99912345"))
    walk.policy = replace(POLICY, stay_signed_in_shown=False)
    assert isinstance(walk.screen, VerifyPhone)
    assert walk.screen.staying is None


STATES: list[tuple[Screen, str]] = [
    (Start(kind=P, typed="", alone=False), "phone"),
    (Start(kind=E, typed="", alone=False), "email"),
    (Start(kind=P, typed="", alone=True), "phone-only"),
    (Start(kind=E, typed="", alone=True), "email-only"),
    (Start(kind=P, typed="", alone=True, problem=Problem.PHONE_MISSING), "phone-missing"),
    (Start(kind=P, typed="", alone=True, notice=Notice.STALE_FORM), "stale-form"),
    (VerifyPhone(phone=PHONE), "empty"),
    (VerifyPhone(phone=PHONE, notice=Notice.CODE_RESENT), "code-resent"),
    (VerifyPhone(phone=PHONE, problem=Problem.CODE_WRONG), "code-wrong"),
    (Password(identifier=PHONE), "phone"),
    (Password(identifier=EMAIL), "email"),
    (Password(identifier=PHONE, problem=Problem.CREDENTIALS_WRONG), "credentials-wrong"),
    (RequestRefused(parameter="client_id", value="x"), "client-id"),
    (RequestRefused(parameter="redirect_uri", value="x"), "redirect-uri"),
    (StartAgain(reason="expired"), "expired"),
    (StartAgain(reason="no-cookie"), "no-cookie"),
    (NotFound(), "empty"),
]


@pytest.mark.parametrize(("screen", "state"), STATES)
def test_the_state_names_the_variant(screen: Screen, state: str) -> None:
    assert screen.state == state

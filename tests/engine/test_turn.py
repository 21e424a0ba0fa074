"""What a turn says of its flow, and how rules change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from studio.engine.flow import AtPassword, AtSigningIn, Notice, Purpose
from studio.engine.policy import ClientPolicy, Level, Prompt
from studio.engine.sessions import Authentication, Method
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import EMAIL, LEVEL_2, PHONE, POLICY, begun, session_of

LOGIN, CONSENT = frozenset({Prompt.LOGIN}), frozenset({Prompt.CONSENT})


@pytest.mark.parametrize(
    ("asked", "own", "level"),
    [
        ("2", Level.PHONE, Level.PASSWORD),
        ("1", Level.PASSWORD, Level.PHONE),
        (None, Level.PASSWORD, Level.PASSWORD),
        (None, Level.PHONE, Level.PHONE),
    ],
)
def test_the_level_is_the_requests_else_the_clients(
    asked: str | None, own: Level, level: Level
) -> None:
    assert begun(replace(POLICY, level=own), acr_values=asked).level is level


@pytest.mark.parametrize(
    ("asked", "own", "expected"),
    [("0", 60, 0), ("60", None, 60), (None, 60, 60), (None, 0, 0), (None, None, None)],
)
def test_max_age_is_the_requests_else_the_clients(
    asked: str | None, own: int | None, expected: int | None
) -> None:
    assert begun(replace(POLICY, max_age=own), max_age=asked).max_age == expected


@pytest.mark.parametrize(
    ("asked", "own", "expected"),
    [
        ("login", CONSENT, LOGIN),
        (None, CONSENT, CONSENT),
        ("login consent", frozenset(), LOGIN | CONSENT),
        (None, frozenset(), frozenset()),
    ],
)
def test_the_prompt_is_the_requests_else_the_clients(
    asked: str | None, own: frozenset[Prompt], expected: frozenset[Prompt]
) -> None:
    assert begun(replace(POLICY, prompt=own), prompt=asked).prompt == expected


@pytest.mark.parametrize(
    ("policy", "forced"),
    [
        (POLICY, None),
        (replace(POLICY, forced_phone=PHONE.value), PHONE),
        (replace(POLICY, forced_email=EMAIL.value), EMAIL),
    ],
)
def test_what_the_client_forces(policy: ClientPolicy, forced: object) -> None:
    assert begun(policy).forced == forced


def test_the_account_is_that_of_whoever_stands_and_the_session_lasts_as_the_worlds() -> None:
    session = session_of()
    turn = begun(replace(LEVEL_2, sso=True), session=session)
    assert turn.account == turn.world.accounts["full"]
    assert turn.session == session
    assert replace(turn, world=turn.world.without_session(session.id)).session is None
    assert (begun().account, begun().session) == (None, None)


def test_going_to_a_stage_leaves_notice_and_waiting_time_behind() -> None:
    turn = begun().to(AtSigningIn(phone=PHONE), Notice.CODE_SENT, timedelta(minutes=1))
    assert (turn.flow.notice, turn.flow.waiting) == (Notice.CODE_SENT, timedelta(minutes=1))
    stage = AtPassword(identifier=PHONE, purpose=Purpose.SIGN_IN)
    flow = turn.to(stage).flow
    assert (flow.stage, flow.notice, flow.waiting) == (stage, None, None)


def proof(account_id: str) -> Authentication:
    return Authentication(
        account_id=account_id,
        used=PHONE,
        level=Level.PHONE,
        methods=(Method.OTP,),
        when=FIRST_MOMENT,
    )


def test_what_one_person_proves_in_a_flow_adds_up_each_once() -> None:
    turn = begun().proven(proof("full"), Method.OTP).proven(proof("full"), Method.PASSWORD)
    turn = turn.proven(proof("full"), Method.OTP)
    assert turn.flow.fresh == (Method.OTP, Method.PASSWORD)
    assert turn.flow.standing == proof("full")


def test_what_somebody_else_has_proven_before_counts_no_more() -> None:
    turn = begun().proven(proof("phone"), Method.OTP).proven(proof("full"), Method.PASSWORD)
    assert turn.flow.fresh == (Method.PASSWORD,)

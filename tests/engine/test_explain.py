"""Why this screen? Everything that decided it, and no secret."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from studio.engine.checks import CHECKS, SSO_CONDITIONS
from studio.engine.events import Back, Resend, SubmitCode, SubmitPassword
from studio.engine.explain import Answer, LimitFacts, explain, masked
from studio.engine.policy import Level
from studio.engine.sessions import Method
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import LEVEL_2, PASSWORD, PHONE, POLICY, Walk, session_of

SSO = replace(POLICY, sso=True)
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def answers(walk: Walk) -> dict[str, Answer]:
    return {check.id: check.answer for check in explain(walk.turn).checks}


def test_it_names_the_screen_its_state_and_what_was_asked() -> None:
    told = explain(Walk(acr_values="2").typed(PHONE).turn)
    assert (told.screen, told.state, told.client_id) == ("password", "phone", "fakebrand")
    assert told.level_asked is Level.PASSWORD
    assert dict(told.request)["acr_values"] == "2"
    assert (told.session, told.limits, told.message) == (None, (), None)


@pytest.mark.parametrize(
    ("walk", "stopped"),
    [
        (Walk(), "signed_in"),
        (Walk(SSO, session=session_of(), prompt="login"), "prompt_login"),
        (Walk(SSO, session=session_of(), max_age="0"), "max_age"),
        (Walk(SSO, session=session_of(), acr_values="2"), "level"),
        (Walk(SSO, session=session_of(), prompt="consent"), "consent"),
    ],
)
def test_each_check_has_its_answer_up_to_the_one_that_stopped(walk: Walk, stopped: str) -> None:
    told = answers(walk)
    order = [check.id for check in CHECKS]
    assert list(told) == order
    place = order.index(stopped)
    assert [told[one] for one in order[:place]] == [Answer.PASSED] * place
    assert told[stopped] is Answer.STOPPED
    assert {told[one] for one in order[place + 1 :]} <= {Answer.NOT_ASKED}


def test_where_nothing_stopped_every_check_passed() -> None:
    walk = Walk(SSO, session=session_of())
    told = explain(walk.turn)
    assert (told.screen, told.state) == ("finished", "")
    assert set(answers(walk).values()) == {Answer.PASSED}


def test_a_session_is_told_with_the_conditions_that_hold() -> None:
    session = explain(Walk(POLICY, session=session_of()).turn).session
    assert session is not None
    assert (session.level, session.methods) == (Level.PHONE, (Method.OTP,))
    assert (session.authenticated, session.lasting) == (FIRST_MOMENT, True)
    assert session.clients == ("another client",)
    assert {one: holds for one, _, holds in session.conditions} == {
        one.id: one.id != "client_uses_sso" for one in SSO_CONDITIONS
    }


def test_limits_in_force_and_the_message_are_told() -> None:
    walk = Walk().typed(PHONE).do(*[Resend()] * 5)
    told = explain(walk.turn)
    assert told.message == "too-many-tries"
    assert told.limits == (
        LimitFacts(action="sms", key=masked(PHONE.value), wait=timedelta(hours=1)),
    )
    assert explain(Walk().typed(PHONE).turn).message == "code-sent"


@pytest.mark.parametrize(
    ("secret", "shown"),
    [("", "…"), ("1234", "…"), ("12345678", "…"), ("123456789", "1234…"), ("x" * 40, "xxxx…")],
)
def test_a_secret_shows_its_beginning_at_most(secret: str, shown: str) -> None:
    assert masked(secret) == shown


def test_no_secret_of_a_flow_is_in_what_is_told() -> None:
    session = replace(session_of(), id="5e55101d" * 4, secret="5ec2e7" * 6)
    pkce = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    walks = [
        Walk(SSO, pkce, session=session, prompt="login"),
        Walk(SSO, pkce, session=session),
        Walk(LEVEL_2, pkce).typed(PHONE).do(SubmitPassword(text="sesame open")),
        Walk(LEVEL_2, pkce).typed(PHONE).do(SubmitPassword(text=PASSWORD)),
        Walk(POLICY, pkce).typed(PHONE).do(SubmitCode(text="1"), Back()),
    ]
    for walk in walks:
        told = json.dumps(explain(walk.turn).as_dict(), default=str)
        secrets = {
            walk.flow.token,
            session.id,
            session.secret,
            CHALLENGE,
            "sesame open",
            PASSWORD,
            *walk.world.grants,
            *(f'"{effect.code}"' for effect in walk.sent),
            *(kept.secret for kept in walk.kept),
        }
        assert not {secret for secret in secrets if secret in told}
        assert told.count("fakebrand") >= 1

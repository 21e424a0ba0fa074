"""Why this screen? Everything that decided it, and no secret."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from studio.engine.checks import CHECKS, SESSION_LIFETIME, SSO_CONDITIONS
from studio.engine.events import Back, Resend, SubmitCode, SubmitPassword
from studio.engine.explain import Answer, Asked, answer_of, explain, masked, session_facts
from studio.engine.policy import Level, Prompt
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
    assert dict(told.request)["acr_values"] == "2"
    assert (told.conditions, told.message) == ((), None)
    assert told.expires - told.started == timedelta(hours=1)


def test_what_is_asked_and_by_whom() -> None:
    policy = replace(POLICY, max_age=60, prompt=frozenset({Prompt.LOGIN}))
    assert explain(Walk(policy, acr_values="2", prompt="consent").turn).asked == (
        Asked(name="level", value="2", by="request"),
        Asked(name="prompt", value="consent", by="request"),
        Asked(name="max_age", value="60 s", by="client"),
    )
    assert explain(Walk(policy).turn).asked[1] == Asked(name="prompt", value="login", by="client")
    assert [(one.value, one.by) for one in explain(Walk().turn).asked] == [
        ("1", "client"),
        ("", ""),
        ("", ""),
    ]


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
    assert told.stopped is None
    assert set(answers(walk).values()) == {Answer.PASSED}


def test_a_finished_flow_is_told_as_it_was_then() -> None:
    walk = Walk(SSO, session=session_of(), max_age="60")
    assert answer_of(walk.flow)["code"] == walk.answer["code"]
    walk.wait(timedelta(days=1))
    assert set(answers(walk).values()) == {Answer.PASSED}
    refused = Walk(SSO, session=session_of(), prompt="none", acr_values="2").wait(timedelta(days=1))
    stopped = explain(refused.turn).stopped
    assert stopped is not None
    assert (stopped.id, answer_of(refused.flow)["error"]) == ("level", "interaction_required")
    assert answer_of(Walk().flow) == {}


def test_the_conditions_of_single_sign_on_are_told_of_a_session() -> None:
    told = explain(Walk(POLICY, session=session_of()).turn)
    assert {one.id: one.holds for one in told.conditions} == {
        one.id: one.id != "client_uses_sso" for one in SSO_CONDITIONS
    }


def test_a_session_is_told() -> None:
    walk = Walk(POLICY, session=session_of())
    told = session_facts(walk.world, session_of())
    assert (told.level, told.methods) == (Level.PHONE, (Method.OTP,))
    assert (told.authenticated, told.lasting) == (FIRST_MOMENT, True)
    assert told.clients == ("another client",)
    assert told.used == PHONE.value
    assert told.ends == session_of().created + SESSION_LIFETIME


def test_the_message_is_told() -> None:
    assert explain(Walk().typed(PHONE).do(*[Resend()] * 5).turn).message == "too-many-tries"
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
        told = json.dumps(asdict(explain(walk.turn)), default=str)
        secrets = {
            walk.flow.id,
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

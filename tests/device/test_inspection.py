"""Everything about a moment, as the window shows it, and no secret."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map

from studio.device.browser import Browser
from studio.device.inspection import inspect
from studio.device.network import Connection
from studio.device.people import PEOPLE
from studio.engine.checks import CHECKS
from studio.engine.detection import Network
from studio.engine.explain import Answer
from studio.engine.world import FIRST_MOMENT
from studio.site.application import ORIGIN
from tests.device.given import authorize, code_of, new_device, opened, signed_in, typed
from tests.pages.given import hosted

if TYPE_CHECKING:
    from studio.device.inspection import Inspection

NUMBER = "99912345"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
SSO = "session: {sso: true}\n"


def told(browser: Browser, asked: str = "") -> Inspection:
    """Inspect the page that a browser shows."""
    screen = browser.reply.screen
    assert screen is not None
    return inspect(browser.device, screen, browser.reply.url, asked=asked)


def answers(inspection: Inspection) -> dict[str, Answer]:
    assert inspection.flow is not None
    return {one.id: one.answer for one in inspection.flow.checks}


def at_service(more: str = SSO, **changes: str) -> Browser:
    """Return a browser in which somebody has signed in by code."""
    browser = opened(more, **changes)
    typed(browser, "identifier", NUMBER)
    typed(browser, "code", code_of(browser))
    assert signed_in(browser)
    return browser


def again(browser: Browser, **changes: str) -> Browser:
    """Ask CONNECT once more, in the same browser."""
    browser.open(authorize(**changes))
    return browser


@pytest.mark.parametrize(
    ("more", "changes", "stopped"),
    [
        (SSO, {"prompt": "login"}, "prompt_login"),
        (SSO, {"max_age": "0"}, "max_age"),
        (SSO, {"acr_values": "2"}, "level"),
        (SSO, {"scope": "openid email", "prompt": "consent"}, "consent"),
        ("session: {sso: false}\n", {}, "signed_in"),
    ],
)
def test_the_check_that_stops_is_marked(more: str, changes: dict[str, str], stopped: str) -> None:
    found = told(again(at_service(more), **changes))
    assert found.flow is not None
    order = [check.id for check in CHECKS]
    place = order.index(stopped)
    assert list(answers(found)) == order
    assert [answers(found)[one] for one in order[:place]] == [Answer.PASSED] * place
    assert found.flow.stopped is not None
    assert found.flow.stopped.id == stopped
    assert {answers(found)[one] for one in order[place + 1 :]} <= {Answer.NOT_ASKED}


@pytest.mark.parametrize(
    ("person", "claims", "stopped"),
    [("99900999", "email", "email"), ("reader@example.com", "phone_number", "phone")],
)
def test_a_claim_that_is_missing_stops(person: str, claims: str, stopped: str) -> None:
    asked = json.dumps({"id_token": {claims: {"essential": True}}})
    browser = opened(scope="openid email phone", claims=asked)
    if "@" in person:
        browser.press("switch")
        typed(browser, "identifier", person)
        typed(browser, "password", "battery staple")
    else:
        typed(browser, "identifier", person)
        typed(browser, "code", code_of(browser))
    found = told(browser)
    assert found.screen == f"add-{stopped}"
    assert answers(found)[stopped] is Answer.STOPPED


def test_a_forced_code_stops() -> None:
    browser = opened("flow: {level: 2, verification: force}\n")
    typed(browser, "identifier", NUMBER)
    typed(browser, "password", "correct horse")
    assert answers(told(browser))["code"] is Answer.STOPPED


def test_at_the_service_the_finished_flow_is_told_as_it_was() -> None:
    browser = at_service(SSO, max_age="60")
    browser.device.wait(timedelta(days=1))
    found = told(browser)
    assert (found.screen, found.state) == ("service", "signed-in")
    assert found.why == "The service got a code and exchanged it for tokens."
    assert set(answers(found).values()) == {Answer.PASSED}


def test_the_service_is_told_an_error() -> None:
    browser = opened(prompt="none")
    found = told(browser)
    assert found.why == "CONNECT sent the person back with the error login_required."
    assert answers(found)["signed_in"] is Answer.STOPPED


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"max_age": "soon"},
            (
                "CONNECT refused the request and told the service invalid_request: "
                "max_age must be a number of seconds."
            ),
        ),
        (
            {"redirect_uri": "https://elsewhere.example/"},
            (
                'redirect_uri is "https://elsewhere.example/", which is not registered: '
                "nobody may be sent back."
            ),
        ),
        (
            {"client_id": ""},
            "client_id is nothing, which is not registered: nobody may be sent back.",
        ),
    ],
)
def test_a_refused_request_names_its_parameter(changes: dict[str, str], why: str) -> None:
    browser = Browser(new_device(hosted()))
    asked = authorize(**changes)
    browser.open(asked)
    found = told(browser, asked)
    assert found.why == why
    assert found.flow is None


def test_an_error_of_another_request_is_not_explained_by_this_one() -> None:
    browser = opened(prompt="none")
    assert "refused" not in told(browser, authorize(max_age="soon")).why
    assert "refused" not in told(browser, authorize(client_id="other")).why


def test_pages_outside_of_a_flow_say_why() -> None:
    browser = Browser(new_device(hosted()))
    browser.open(f"{ORIGIN}/nowhere")
    assert told(browser).why == "CONNECT has no page at this address."
    browser.open(f"{ORIGIN}/oauth/logout")
    assert told(browser).why == "The person has signed out: of CONNECT, or of the service alone."
    browser.open("https://elsewhere.example/?code=5ec2e75ec2e7")
    assert "neither CONNECT's" in told(browser).why
    assert "5ec2e7" not in json.dumps(told(browser).as_json())


def test_a_page_of_the_account_needs_a_session() -> None:
    browser = at_service()
    browser.open(f"{ORIGIN}/id/account/phones?ui_locales=nb")
    found = told(browser)
    assert found.why.startswith("A page of the account")
    assert (found.flow, found.session and found.session.may_change) == (None, True)
    assert found.language is not None
    assert found.language.wanted == (("nb", "taken"),)
    browser.device.wait(timedelta(minutes=11))
    session = told(browser).session
    assert session is not None
    assert not session.may_change


def test_signing_in_to_the_account_is_a_flow_too() -> None:
    browser = Browser(new_device(hosted()))
    browser.open(f"{ORIGIN}/id/account")
    found = told(browser)
    assert found.flow is not None
    assert (found.screen, found.flow.client_id) == ("start", "my-connect-account")
    assert answers(found)["signed_in"] is Answer.STOPPED


def test_a_flow_that_is_over_says_so() -> None:
    browser = opened()
    browser.device.wait(timedelta(hours=2))
    browser.reload()
    assert told(browser).why == "A sign-in can go on for an hour; this one is older."


def test_the_service_before_anybody_asked_has_no_checks() -> None:
    browser = Browser(new_device(hosted()))
    browser.open("https://fakebrand.service.example/")
    found = told(browser)
    assert (found.flow, found.service, found.session) == (None, None, None)
    assert found.why == "The service's own page: nobody has asked CONNECT to sign in yet."
    assert (found.limits, found.expiries) == ((), ())
    assert found.language is not None
    assert found.language.tag == "en"


def test_the_session_of_the_browser() -> None:
    session = told(at_service("session: {stay_signed_in: {shown: false}}\n")).session
    assert session is not None
    assert (session.used, session.lasting) == ("+4799912345", True)
    assert session.clients == ("fakebrand",)
    assert session.ends - session.authenticated == timedelta(days=365)
    browser = at_service("session: {stay_signed_in: {shown: true}}\n")
    short = told(browser).session
    assert short is not None
    assert not short.lasting
    browser.device.close_window()
    assert told(browser).session is None


def test_a_session_with_another_secret_is_none() -> None:
    browser = at_service()
    state = browser.device.state
    cookies = state.jar.updated(
        "id.connect.example",
        [f"__Host-connect-session={next(iter(state.world.sessions))}.wrong; Path=/"],
        state.world.now,
    )
    browser.device.state = state.with_jar(cookies)
    assert told(browser).session is None


def test_what_the_service_got() -> None:
    service = told(at_service(scope="openid phone", nonce="n0ncen0nce")).service
    assert service is not None
    assert service.header["alg"] == "RS256"
    assert service.claims["aud"] == "fakebrand"
    assert service.claims["iat"] == FIRST_MOMENT
    assert service.claims["exp"] == FIRST_MOMENT + timedelta(hours=1)
    assert service.claims["nonce"] == "n0nc…"
    assert service.claims["amr"] == ("OTP",)
    assert [(one.kind, one.state) for one in service.tokens] == [
        ("access", "good"),
        ("refresh", "good"),
    ]
    assert all(re.fullmatch("[0-9a-f]{4}…", one.token) for one in service.tokens)


def test_tokens_grow_old_and_are_taken_back() -> None:
    browser = at_service()
    browser.device.wait(timedelta(hours=1))
    service = told(browser).service
    assert service is not None
    assert [one.state for one in service.tokens] == ["over", "good"]
    world = browser.device.world
    browser.device.world = replace(world, grants=Map())
    service = told(browser).service
    assert service is not None
    assert service.tokens == ()
    browser.device.wait(timedelta(days=90))
    assert told(browser).service is None


def test_limits_say_what_is_used_and_when_it_is_free() -> None:
    browser = opened()
    typed(browser, "identifier", NUMBER)
    for _ in range(4):
        browser.press("resend")
    account, device = told(browser).limits
    assert (account.action, account.of, account.used, account.most) == ("sms", "+4799912345", 5, 5)
    assert (account.reached, device.reached) == (True, False)
    assert (device.of, device.used, device.most) == ("this browser", 5, 10)
    assert account.frees == FIRST_MOMENT + timedelta(hours=1)
    browser.device.wait(timedelta(hours=1))
    assert told(browser).limits == ()


@pytest.mark.parametrize(
    ("more", "wanted", "chosen", "answers_"),
    [
        ("", "", "en", []),
        ("", "tlh nn", "nb", ["not a language of CONNECT", "taken: served by nb"]),
        ("", "bn en", "bn", ["taken", "not looked at"]),
        (
            "language: {default: nb, offered: [nb, en]}\n",
            "ur-PK sv",
            "nb",
            ["ur-PK is not offered", "sv is not offered"],
        ),
        ("language: {default: nb, by_request: false}\n", "bn", "nb", ["not looked at"]),
    ],
)
def test_the_language_and_why(more: str, wanted: str, chosen: str, answers_: list[str]) -> None:
    browser = opened(more, ui_locales=wanted)
    language = told(browser).language
    assert language is not None
    assert language.tag == chosen
    assert language.wanted == tuple(zip(wanted.split(), answers_, strict=True))
    assert language.why.endswith(".")


def test_a_page_without_a_client_takes_the_language_of_its_address() -> None:
    browser = Browser(new_device(hosted("language: {default: nb}\n")))
    browser.open(f"{ORIGIN}/nowhere?ui_locales=sv")
    language = told(browser).language
    assert language is not None
    assert (language.tag, language.name) == ("sv", "Swedish")


def test_the_number_that_is_detected() -> None:
    browser = Browser(new_device(hosted()))
    browser.device.connect_by(Connection(network=Network.MOBILE_DATA))
    browser.open(authorize())
    found = told(browser)
    assert found.screen == "signing-in"
    assert (found.detection.network, found.detection.number) == ("mobile-data", "+4799912345")
    browser.open(authorize(prompt="no_seam"))
    assert told(browser).detection.number is None
    assert told(browser).detection.why == "prompt=no_seam: the network is not asked."


def test_what_ends_next_is_over_at_its_moment() -> None:
    browser = opened()
    typed(browser, "identifier", NUMBER)
    code, flow = told(browser).expiries
    assert (code.name, flow.name) == ("the code", "this sign-in")
    browser.device.wait(code.when - browser.device.world.now)
    typed(browser, "code", code_of(browser))
    assert told(browser).state == "code-expired"
    browser.device.wait(flow.when - browser.device.world.now)
    browser.reload()
    assert told(browser).screen == "start-again"


def test_everything_that_ends_after_signing_in() -> None:
    browser = at_service()
    found = told(browser)
    assert [one.name for one in found.expiries] == [
        "the right to change the account",
        "the access token",
        "the refresh token",
        "the service's own session",
        "CONNECT's session",
    ]
    assert [one.when for one in found.expiries] == sorted(one.when for one in found.expiries)
    for one in found.expiries:
        browser.device.wait(one.when - browser.device.world.now)
        assert one.name not in {left.name for left in told(browser).expiries}
    assert told(browser).session is None


def test_a_limit_that_is_reached_ends() -> None:
    browser = opened()
    typed(browser, "identifier", NUMBER)
    for _ in range(4):
        browser.press("resend")
    (limit,) = [one for one in told(browser).expiries if one.name.startswith("the limit")]
    assert (limit.name, limit.when) == (
        "the limit sms of one account",
        FIRST_MOMENT + timedelta(hours=1),
    )


def test_json_is_plain_and_stable() -> None:
    browser = at_service()
    first = json.dumps(told(browser).as_json())
    assert first == json.dumps(told(browser).as_json())
    read = json.loads(first)
    assert list(read)[:4] == ["now", "screen", "state", "why"]
    assert datetime.fromisoformat(read["now"]) == FIRST_MOMENT.astimezone(UTC)
    assert read["service"]["claims"]["amr"] == ["OTP"]
    assert read["limits"][0]["window"] == timedelta(hours=1).total_seconds()
    assert read["flow"]["checks"][0] == {
        "id": "signed_in",
        "description": CHECKS[0].description,
        "answer": "passed",
    }


def secrets(browser: Browser) -> set[str]:
    """Return everything in a device that lets somebody in."""
    state = browser.device.state
    world = state.world
    cookies = {cookie.value for jar in state.jars.values() for cookie in jar.cookies.values()}
    names = {*world.flows, *world.sessions, *world.grants, *world.access_tokens}
    return {
        *names,
        *world.refresh_tokens,
        *cookies,
        *state.services,
        *(flow.token for flow in world.flows.values()),
        *(flow.browser for flow in world.flows.values()),
        *(session.secret for session in world.sessions.values()),
        *(session.id_token for session in state.services.values()),
        *(person.password for person in PEOPLE if person.password),
        CHALLENGE,
    }


STEPS = ("99912345", "code", "wrong code", "again", "password", "wrong password", "resend", "wait")


def take(browser: Browser, step: str) -> None:
    """Take a step where the page has it."""
    names = {str(name) for name in browser.document.xpath("//form//input/@name")}
    match step:
        case "99912345" if "identifier" in names:
            typed(browser, "identifier", NUMBER)
        case "code" | "wrong code" if "code" in names:
            typed(browser, "code", code_of(browser) if step == "code" else "0000")
        case "password" | "wrong password" if "password" in names:
            typed(browser, "password", "correct horse" if step == "password" else "battery staple")
        case "resend" if "resend" in browser.actions:
            browser.press("resend")
        case "again":
            browser.open(authorize(acr_values="2", prompt="login", **PKCE))
        case "wait":
            browser.device.wait(timedelta(minutes=11))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(STEPS), max_size=9))
def test_no_secret_is_told_wherever_the_steps_lead(steps: list[str]) -> None:
    browser = opened(SSO, **PKCE)
    for step in steps:
        take(browser, step)
    text = json.dumps(told(browser).as_json(), ensure_ascii=False)
    assert not {secret for secret in secrets(browser) if secret in text}
    codes = {message.code for message in browser.device.state.inbox if message.code}
    assert not {code for code in codes if f'"{code}"' in text}


def test_single_sign_on_alone_is_told_in_plain_words() -> None:
    browser = at_service()
    assert "Single sign-on" not in told(browser).why
    assert told(again(browser)).why.startswith("Single sign-on was enough: the person was signed")

"""When a session is used for single sign-on, what `prompt=none` answers, and the scenarios."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from studio.device.network import Connection
from studio.engine.detection import BrowserKind
from tests.rules.given import (
    DESKTOP,
    EMAIL_CLAIM,
    EMAIL_ONLY,
    FULL,
    LEVEL_2,
    MOBILE,
    MOBILE_BROWSER,
    PHONE_CLAIM,
    PHONE_ONLY,
    WEB_VIEW,
    WIFI,
    Visitor,
    account_of,
    new_device,
    phone_of,
    service,
    signed_in,
    with_account,
)

NO_SSO = "session: {sso: false}\n"
NOT_OFFERED = "session: {stay_signed_in: {shown: false}}\n"
HOUR = timedelta(hours=1)


def _two(
    settings: str = "", *, connection: Connection = WIFI, level: str = "1"
) -> tuple[Visitor, Visitor]:
    """Return somebody signed in at service 1, and on the way to service 2 with these settings."""
    beta = service(settings, "beta", "openid, email")
    device = new_device(service(), beta, connection=connection)
    return signed_in(device, acr_values=level), Visitor(device, "beta")


# "An SSO session is used when"


@pytest.mark.parametrize(("settings", "screens"), [("", []), (NO_SSO, ["start", "verify-phone"])])
def test_the_client_has_sso_on(settings: str, screens: list[str]) -> None:
    _, second = _two(settings)
    assert second.sign_in() == screens


@pytest.mark.parametrize(
    ("browser", "shared"),
    [
        (BrowserKind.DESKTOP, True),
        (BrowserKind.MOBILE_BROWSER, True),
        (BrowserKind.IN_APP_TAB, True),
        (BrowserKind.WEB_VIEW, False),
    ],
)
def test_the_browser_shares_cookies(browser: BrowserKind, *, shared: bool) -> None:
    _, second = _two(connection=Connection(browser=browser))
    assert second.sign_in() == ([] if shared else ["start", "verify-phone"])


def test_the_in_app_tab_and_the_mobile_browser_share_one_session_and_the_web_view_none() -> None:
    _, second = _two()
    second.device.connect_by(MOBILE_BROWSER)
    assert second.sign_in() == []
    second.device.connect_by(WEB_VIEW)
    assert second.sign_in() == ["start", "verify-phone"]


@pytest.mark.parametrize(
    ("made", "asked", "screens"),
    [("1", "1", []), ("2", "1", []), ("2", "2", []), ("1", "2", ["step-up"])],
)
def test_the_sessions_level_is_at_least_the_one_asked_for(
    made: str, asked: str, screens: list[str]
) -> None:
    _, second = _two(level=made)
    assert second.sign_in(acr_values=asked) == screens


def test_no_claims_are_missing() -> None:
    device = new_device(service(), service("", "beta"), person=PHONE_ONLY)
    signed_in(device)
    second = Visitor(device, "beta")
    assert second.sign_in(claims=EMAIL_CLAIM) == ["add-email", "verify-email"]
    assert second.sign_in(claims=EMAIL_CLAIM) == []


@pytest.mark.parametrize(
    ("age", "screens"), [(timedelta(), []), (timedelta(seconds=1), ["reauth-verify-phone"])]
)
def test_it_is_not_older_than_the_clients_max_age(age: timedelta, screens: list[str]) -> None:
    _, second = _two("session: {max_age: 3600}\n")
    second.device.wait(HOUR + age)
    assert second.sign_in() == screens


def test_prompt_does_not_ask_for_a_login() -> None:
    _, second = _two()
    assert second.sign_in(prompt="login") == ["reauth-verify-phone"]


def test_then_nobody_sees_a_screen() -> None:
    first, second = _two()
    assert second.sign_in() == []
    assert second.claims["amr"] == ["SSO"]
    assert second.claims["sub"] == first.session.authentication.account_id
    assert second.claims["sid"] == first.session.id
    assert second.claims["auth_time"] == str(int(first.session.authentication.when.timestamp()))


# What prompt=none answers

NONE = [
    ("a session good enough", "", {}, "signed-in"),
    ("single sign-on off", NO_SSO, {}, "login_required"),
    ("max_age", "", {"max_age": "0"}, "login_required"),
    ("a higher level", "", {"acr_values": "2"}, "interaction_required"),
    ("claims", "", {"claims": EMAIL_CLAIM}, "interaction_required"),
    ("consent", "flow: {consent: ask}\n", {}, "consent_required"),
]


@pytest.mark.parametrize(
    ("settings", "choices", "state"), [row[1:] for row in NONE], ids=[row[0] for row in NONE]
)
def test_prompt_none_answers(settings: str, choices: dict[str, str], state: str) -> None:
    second_service = service(settings, "beta", "openid, email")
    device = new_device(service(), second_service, person=PHONE_ONLY)
    signed_in(device)
    second = Visitor(device, "beta")
    sent = len(device.state.inbox)
    assert second.ask(prompt="none", **choices) == "service"
    assert second.state == state
    assert len(device.state.inbox) == sent


@pytest.mark.parametrize("connection", [WIFI, MOBILE], ids=["Wi-Fi", "mobile data"])
def test_prompt_none_answers_login_required_where_nobody_is_signed_in(
    connection: Connection,
) -> None:
    visitor = Visitor(new_device(connection=connection))
    assert visitor.ask(prompt="none") == "service"
    assert visitor.state == "login_required"


# On the desktop


@pytest.mark.parametrize(
    ("connection", "settings", "level", "screens"),
    [
        (DESKTOP, "", "2", []),
        (DESKTOP, NOT_OFFERED, "2", ["start", "password"]),
        (DESKTOP, NOT_OFFERED, "1", []),
        (WIFI, NOT_OFFERED, "2", []),
    ],
    ids=["offered", "not offered", "not offered, level 1", "not offered, phone"],
)
def test_on_the_desktop_sso_above_level_1_needs_stay_signed_in_to_be_offered(
    connection: Connection, settings: str, level: str, screens: list[str]
) -> None:
    _, second = _two(settings, connection=connection, level="2")
    assert second.sign_in(acr_values=level) == screens


def test_when_it_is_not_checked_the_session_serves_until_the_window_closes() -> None:
    device = new_device(service(LEVEL_2), service(LEVEL_2, "beta"), connection=DESKTOP)
    Visitor(device).sign_in(stay=False)
    second = Visitor(device, "beta")
    assert second.sign_in() == []
    device.close_window()
    assert second.ask() == "start"


# Scenarios


@pytest.mark.parametrize("follow_up", [WIFI, MOBILE], ids=["Wi-Fi", "mobile data"])
def test_scenario_1(follow_up: Connection) -> None:
    device = new_device(service(), service("", "beta"), connection=MOBILE)
    assert Visitor(device).sign_in() == ["signing-in"]
    device.connect_by(follow_up)
    assert Visitor(device, "beta").sign_in() == []


def test_scenario_2() -> None:
    device = new_device(service(LEVEL_2), service(LEVEL_2, "beta"))
    assert Visitor(device).sign_in() == ["start", "password"]
    assert Visitor(device, "beta").sign_in() == []


@pytest.mark.parametrize(
    ("choices", "screens"),
    [
        ({"acr_values": "2"}, ["step-up"]),
        ({"claims": EMAIL_CLAIM}, ["verify-email"]),
        ({"prompt": "login"}, ["reauth-verify-phone"]),
        ({"prompt": "consent"}, ["consent"]),
    ],
    ids=["a higher level", "extra claims", "prompts login", "prompts consent"],
)
def test_scenario_3(choices: dict[str, str], screens: list[str]) -> None:
    first, second = _two()
    account = account_of(first.device, phone_of(FULL))
    emails = frozenset(one for one in account.identifiers if one.value == FULL.email)
    with_account(first.device, replace(account, unproven=emails))
    assert second.sign_in(asking=choices) == screens


def test_scenario_3_with_a_phone_claim() -> None:
    device = new_device(service(), service("", "beta"), person=EMAIL_ONLY)
    signed_in(device)
    device.hand_to(replace(EMAIL_ONLY, phone="+4740655555"))
    assert Visitor(device, "beta").sign_in(claims=PHONE_CLAIM) == ["add-phone", "verify-phone"]

"""Each check alone: what stops somebody, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine import checks
from studio.engine.accounts import Account
from studio.engine.checks import CHECKS, SESSION_LIFETIME, SSO_CONDITIONS, first_stop, may_use
from studio.engine.detection import BrowserKind, Circumstances
from studio.engine.policy import Consent, Prompt, Verification
from studio.engine.sessions import Authentication, Method
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import (
    EMAIL,
    LEVEL_2,
    NEW_EMAIL,
    NEW_PHONE,
    PHONE,
    PHONE_ONLY,
    POLICY,
    begun,
    populated,
    session_of,
)

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier
    from studio.engine.policy import ClientPolicy, Level
    from studio.engine.turn import Turn

OTP, PASSWORD, HDR = Method.OTP, Method.PASSWORD, Method.DETECTED
SECOND = timedelta(seconds=1)


def standing(
    policy: ClientPolicy = POLICY,
    *fresh: Method,
    used: Identifier = PHONE,
    level: int = 1,
    account: str = "full",
    age: timedelta = timedelta(0),
    **changes: str | None,
) -> Turn:
    """Return a turn where somebody stands, by a session or by what is fresh."""
    turn = begun(policy, changes)
    proof = Authentication(
        account_id=account,
        used=used,
        level=_level(level),
        methods=fresh or (OTP,),
        when=turn.world.now,
    )
    turn = replace(turn, world=turn.world.later(age))
    return replace(turn, flow=replace(turn.flow, standing=proof, fresh=fresh))


def _level(level: int) -> Level:
    return (POLICY.level, LEVEL_2.level)[level - 1]


def test_the_checks_are_in_the_order_of_the_reasons() -> None:
    assert [(check.id, check.error) for check in CHECKS] == [
        ("signed_in", "login_required"),
        ("person", "login_required"),
        ("prompt_login", "login_required"),
        ("max_age", "login_required"),
        ("level", "interaction_required"),
        ("code", "interaction_required"),
        ("email", "interaction_required"),
        ("phone", "interaction_required"),
        ("consent", "consent_required"),
    ]
    assert all(check.description for check in CHECKS)


def test_nobody_stands_until_somebody_does() -> None:
    assert checks.nobody_stands(begun())
    assert not checks.nobody_stands(standing())


@pytest.mark.parametrize(
    ("prompt", "fresh", "stops"),
    [
        ("login", (), True),
        ("login consent", (), True),
        ("login", (OTP,), False),
        ("consent", (), False),
        (None, (), False),
    ],
)
def test_a_prompted_login_has_to_happen_in_this_flow(
    prompt: str | None, fresh: tuple[Method, ...], *, stops: bool
) -> None:
    assert checks.login_is_prompted(standing(POLICY, *fresh, prompt=prompt)) is stops


def test_the_client_may_prompt_for_a_login_itself() -> None:
    assert checks.login_is_prompted(standing(replace(POLICY, prompt=frozenset({Prompt.LOGIN}))))


@pytest.mark.parametrize(
    ("max_age", "age", "fresh", "stops"),
    [
        (None, timedelta(days=300), (), False),
        ("60", 60 * SECOND, (), False),
        ("60", 61 * SECOND, (), True),
        ("60", 61 * SECOND, (PASSWORD,), False),
        ("0", timedelta(0), (), True),
        ("0", timedelta(0), (OTP,), False),
    ],
)
def test_a_sign_in_may_be_max_age_old_and_zero_forces_one(
    max_age: str | None, age: timedelta, fresh: tuple[Method, ...], *, stops: bool
) -> None:
    assert checks.sign_in_is_too_old(standing(POLICY, *fresh, age=age, max_age=max_age)) is stops


@pytest.mark.parametrize(
    ("asked", "has", "stops"), [("1", 1, False), ("1", 2, False), ("2", 1, True), ("2", 2, False)]
)
def test_an_equal_or_lower_level_stops_nobody(asked: str, has: int, *, stops: bool) -> None:
    assert checks.level_is_too_low(standing(level=has, acr_values=asked)) is stops


FORCE, DISALLOW = Verification.FORCE, Verification.DISALLOW
CODES = [
    # verification, fresh methods, used, account, stops
    (Verification.DEFAULT, (PASSWORD,), PHONE, "full", False),
    (Verification.DEFAULT, (HDR,), PHONE, "full", False),
    (Verification.DEFAULT, (PASSWORD,), NEW_PHONE, "unsure", True),
    (Verification.DEFAULT, (PASSWORD, OTP), NEW_PHONE, "unsure", False),
    (FORCE, (PASSWORD,), PHONE, "full", True),
    (FORCE, (HDR,), PHONE, "full", True),
    (FORCE, (PASSWORD, OTP), PHONE, "full", False),
    (FORCE, (PASSWORD,), EMAIL, "full", False),
    (FORCE, (), PHONE, "full", False),
    (DISALLOW, (PASSWORD,), PHONE, "full", False),
    (DISALLOW, (PASSWORD,), NEW_PHONE, "unsure", False),
]


@pytest.mark.parametrize(("verification", "fresh", "used", "account", "stops"), CODES)
def test_a_code_is_asked_for_beyond_what_was_proven(
    verification: Verification,
    fresh: tuple[Method, ...],
    used: Identifier,
    account: str,
    *,
    stops: bool,
) -> None:
    turn = standing(replace(POLICY, verification=verification), *fresh, used=used, account=account)
    unsure = Account(id="unsure", identifiers=(NEW_PHONE,), unproven=frozenset({NEW_PHONE}))
    assert checks.code_is_missing(turn.with_account(unsure)) is stops


ESSENTIAL = '{{"userinfo": {{"{}": {{"essential": true}}}}}}'
CLAIMS = [
    # claim, account, email is missing, phone is missing
    (None, "phone", False, False),
    ("email", "full", False, False),
    ("email", "phone", True, False),
    ("email", "unproven", True, False),
    ("email_verified", "unproven", True, False),
    ("phone_number", "full", False, False),
    ("phone_number", "unproven", False, True),
    ("phone_number_verified", "unproven", False, True),
    ("name", "phone", False, False),
]


@pytest.mark.parametrize(("claim", "account", "email", "phone"), CLAIMS)
def test_an_essential_claim_has_to_be_there_and_proven(
    claim: str | None, account: str, *, email: bool, phone: bool
) -> None:
    turn = standing(account=account, claims=ESSENTIAL.format(claim) if claim else None)
    assert checks.email_is_missing(turn) is email
    assert checks.phone_is_missing(turn) is phone


def test_a_claim_that_is_only_wished_for_stops_nobody() -> None:
    turn = standing(account="phone", claims='{"userinfo": {"email": null}}')
    assert not checks.email_is_missing(turn)


@pytest.mark.parametrize(("account", "stops"), [("full", False), ("phone", True)])
def test_a_client_may_require_an_address(account: str, *, stops: bool) -> None:
    turn = standing(replace(POLICY, require_email=True), account=account)
    assert checks.email_is_missing(turn) is stops
    assert not checks.phone_is_missing(turn)


def test_another_proven_address_is_enough() -> None:
    turn = standing(replace(POLICY, require_email=True), account="unproven")
    assert checks.email_is_missing(turn)
    account = turn.world.accounts["unproven"].with_proven(NEW_EMAIL)
    assert not checks.email_is_missing(turn.with_account(account))


ASK = replace(POLICY, consent=Consent.ASK)
CONSENTS = [
    # policy, prompt, scope, given before, stops
    (POLICY, None, "openid email", (), False),
    (POLICY, "consent", "openid", ("openid",), True),
    (ASK, None, "openid", (), False),
    (ASK, None, "openid email", (), True),
    (ASK, None, "openid email", ("openid", "email"), False),
    (ASK, None, "openid email phone", ("openid", "email"), True),
]


@pytest.mark.parametrize(("policy", "prompt", "scope", "given", "stops"), CONSENTS)
def test_consent_is_asked_for_where_scopes_are_new_or_the_client_prompts(
    policy: ClientPolicy, prompt: str | None, scope: str, given: tuple[str, ...], *, stops: bool
) -> None:
    turn = standing(policy, prompt=prompt, scope=scope)
    account = turn.world.accounts["full"].with_consent("fakebrand", frozenset(given), FIRST_MOMENT)
    turn = turn.with_account(account)
    assert checks.consent_is_missing(turn) is stops
    answered = replace(turn, flow=replace(turn.flow, consented=True))
    assert not checks.consent_is_missing(answered)


def test_what_another_client_was_given_is_new_to_this_one() -> None:
    turn = standing(ASK, scope="openid email phone")
    account = turn.world.accounts["full"].with_consent(
        "another", frozenset({"email"}), FIRST_MOMENT
    )
    account = account.with_consent("fakebrand", frozenset({"phone"}), FIRST_MOMENT)
    assert checks.new_scopes(turn.with_account(account)) == ("email",)


def test_where_nobody_stands_only_the_first_check_stops() -> None:
    policy = replace(ASK, verification=FORCE, require_email=True)
    turn = begun(policy, acr_values="2", max_age="0", scope="openid email")
    assert [check.id for check in CHECKS if check.stops(turn)] == ["signed_in"]


@pytest.mark.parametrize(("sub", "stops"), [("full", False), ("phone", True), ("x", True)])
def test_the_person_is_the_one_that_the_client_means(sub: str, *, stops: bool) -> None:
    turn = standing(claims='{"id_token": {"sub": {"value": "%s"}}}' % sub)  # noqa: UP031 - JSON
    stop = first_stop(turn)
    assert (stop.id if stop else None) == ("person" if stops else None)


def test_the_first_check_that_stops_is_the_one() -> None:
    turn = standing(ASK, prompt="login", max_age="0", acr_values="2", scope="openid email")
    stop = first_stop(turn)
    assert stop is not None
    assert stop.id == "prompt_login"
    assert first_stop(standing()) is None


SSO = replace(POLICY, sso=True)
PLAIN = Circumstances()
DESKTOP = Circumstances(browser=BrowserKind.DESKTOP)
CONDITIONS = [
    # policy, circumstances, level asked, age of the session, the condition that does not hold
    (SSO, PLAIN, "1", timedelta(0), None),
    (POLICY, PLAIN, "1", timedelta(0), "client_uses_sso"),
    (SSO, Circumstances(browser=BrowserKind.MOBILE_BROWSER), "1", timedelta(0), None),
    (SSO, DESKTOP, "1", timedelta(0), None),
    (
        SSO,
        Circumstances(browser=BrowserKind.WEB_VIEW),
        "1",
        timedelta(0),
        "browser_shares_cookies",
    ),
    (SSO, PLAIN, "1", SESSION_LIFETIME - SECOND, None),
    (SSO, PLAIN, "1", SESSION_LIFETIME, "session_lasts"),
    (SSO, DESKTOP, "2", timedelta(0), None),
    (replace(SSO, stay_signed_in_shown=False), DESKTOP, "1", timedelta(0), None),
    (replace(SSO, stay_signed_in_shown=False), PLAIN, "2", timedelta(0), None),
    (
        replace(SSO, stay_signed_in_shown=False),
        DESKTOP,
        "2",
        timedelta(0),
        "staying_is_offered",
    ),
    (replace(SSO, forced_phone=PHONE.value), PLAIN, "1", timedelta(0), None),
    (replace(SSO, forced_email=EMAIL.value), PLAIN, "1", timedelta(0), None),
    (replace(SSO, forced_phone=PHONE_ONLY.value), PLAIN, "1", timedelta(0), "same_person"),
]


@pytest.mark.parametrize(("policy", "circumstances", "level", "age", "broken"), CONDITIONS)
def test_single_sign_on_has_conditions(
    policy: ClientPolicy,
    circumstances: Circumstances,
    level: str,
    age: timedelta,
    broken: str | None,
) -> None:
    session = session_of()
    turn = begun(policy, circumstances=circumstances, acr_values=level)
    turn = replace(turn, world=turn.world.later(age))
    failing = [one.id for one in SSO_CONDITIONS if not one.holds(turn, session)]
    assert failing == ([broken] if broken else [])
    assert may_use(turn, session) is (broken is None)


@pytest.mark.parametrize(("sub", "uses"), [("full", True), ("phone", False)])
def test_a_session_of_somebody_else_than_is_meant_is_not_used(sub: str, *, uses: bool) -> None:
    turn = begun(SSO, claims='{"userinfo": {"sub": {"value": "%s"}}}' % sub)  # noqa: UP031 - JSON
    assert may_use(turn, session_of()) is uses


def test_a_session_of_an_account_that_is_gone_is_of_no_forced_person() -> None:
    world = populated()
    world = replace(world, accounts=world.accounts.delete("full"))
    turn = begun(replace(SSO, forced_phone=PHONE.value), world=world)
    assert not may_use(turn, session_of())


def test_every_condition_has_a_test_of_its_own() -> None:
    assert {broken for *_, broken in CONDITIONS} - {None} == {one.id for one in SSO_CONDITIONS}
    assert all(one.description for one in SSO_CONDITIONS)

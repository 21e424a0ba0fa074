"""What is asked besides signing in: mobile data, an address or number in addition, consent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.engine.detection import Circumstances, Network, SdkOptions
from studio.engine.effects import News
from studio.engine.events import (
    Back,
    Change,
    Continue,
    Decline,
    SubmitCode,
    SubmitIdentifier,
    SubmitPassword,
)
from studio.engine.flow import (
    AtAdd,
    AtConsent,
    AtMobileData,
    AtSigningIn,
    AtStart,
    AtVerify,
    Finished,
    Problem,
    Purpose,
)
from studio.engine.policy import Consent, IdentifierKind, Level
from studio.engine.rules import may_change, submit_code
from studio.engine.sessions import Method
from tests.engine.given import (
    EMAIL,
    LEVEL_2,
    NEW_EMAIL,
    NEW_PHONE,
    ON_MOBILE_DATA,
    PASSWORD,
    PHONE,
    PHONE_ONLY,
    POLICY,
    UNPROVEN,
    Walk,
    at_code,
    begun,
    session_of,
)

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier
    from studio.engine.policy import ClientPolicy

P, E = IdentifierKind.PHONE, IdentifierKind.EMAIL
SSO = replace(POLICY, sso=True)
OFFERING = replace(POLICY, sdk=SdkOptions(prompt_mobile_data=True))
WIFI = Circumstances(sim=PHONE)

# Mobile data and detection


def test_mobile_data_that_were_switched_on_sign_in() -> None:
    walk = Walk(OFFERING, circumstances=WIFI)
    assert walk.stage == AtMobileData()
    assert walk.move(ON_MOBILE_DATA).do(Continue()).stage == AtSigningIn(phone=PHONE)


@pytest.mark.parametrize("event", [Continue(), Decline()])
def test_without_mobile_data_the_start_screen_is_shown_and_they_are_not_offered_again(
    event: Continue | Decline,
) -> None:
    walk = Walk(OFFERING, circumstances=WIFI).do(event)
    assert walk.stage == AtStart(kind=P)
    assert walk.flow.refused_mobile_data
    walk.typed(PHONE).do(Change())
    assert walk.stage == AtStart(kind=P, typed=PHONE.value)


def test_declined_mobile_data_do_not_stop_a_fresh_flow_from_offering_them() -> None:
    walk = Walk(OFFERING, circumstances=WIFI).do(Decline())
    assert Walk(OFFERING, circumstances=WIFI, world=walk.world).stage == AtMobileData()


def test_a_detected_number_signs_in_without_a_code() -> None:
    walk = Walk(circumstances=ON_MOBILE_DATA)
    assert walk.stage == AtSigningIn(phone=PHONE)
    assert len(walk.world.grants) == 0
    walk.do(Continue())
    authentication = walk.grant.authentication
    assert (authentication.level, authentication.methods) == (Level.PHONE, (Method.DETECTED,))
    assert (authentication.account_id, authentication.used) == ("full", PHONE)
    assert walk.sent == []


def test_a_detected_number_that_is_new_gets_an_account() -> None:
    walk = Walk(circumstances=replace(ON_MOBILE_DATA, sim=NEW_PHONE)).do(Continue())
    owner = walk.world.owner(NEW_PHONE)
    assert owner is not None
    assert owner.unproven == set()
    assert walk.grant.authentication.account_id == owner.id


def test_a_number_that_is_no_longer_detected_is_not_signed_in() -> None:
    walk = Walk(circumstances=ON_MOBILE_DATA)
    walk.move(Circumstances(network=Network.WIFI, sim=PHONE)).do(Continue())
    assert walk.stage == AtStart(kind=P)
    assert len(walk.world.grants) == 0


def test_a_number_that_was_detected_instead_is_shown_before_it_is_signed_in() -> None:
    walk = Walk(circumstances=ON_MOBILE_DATA)
    walk.move(replace(ON_MOBILE_DATA, sim=NEW_PHONE)).do(Continue())
    assert walk.stage == AtSigningIn(phone=NEW_PHONE)


def test_a_forced_number_that_is_no_longer_detected_gets_a_code_and_no_start_screen() -> None:
    policy = replace(POLICY, forced_phone=PHONE.value)
    walk = Walk(policy, circumstances=ON_MOBILE_DATA)
    assert walk.stage == AtSigningIn(phone=PHONE)
    walk.move(Circumstances()).do(Continue())
    assert (at_code(walk.flow).identifier, len(walk.sent)) == (PHONE, 1)


def test_on_re_authentication_a_number_no_longer_detected_gets_a_code() -> None:
    walk = Walk(SSO, session=session_of(), circumstances=ON_MOBILE_DATA, prompt="login")
    assert walk.stage == AtSigningIn(phone=PHONE)
    walk.move(Circumstances()).do(Continue())
    assert at_code(walk.flow).purpose is Purpose.AGAIN


@pytest.mark.parametrize(("policy", "circumstances"), [(OFFERING, WIFI), (POLICY, ON_MOBILE_DATA)])
def test_back_from_the_first_screen_leads_to_the_service(
    policy: ClientPolicy, circumstances: Circumstances
) -> None:
    assert Walk(policy, circumstances=circumstances).do(Back()).answer["error"] == "access_denied"


# An address or number in addition

ESSENTIAL_PHONE = '{"userinfo": {"phone_number": {"essential": true}}}'
ESSENTIAL_EMAIL = '{"userinfo": {"email": {"essential": true}}}'
REQUIRING = replace(POLICY, require_email=True)


def adding_email(policy: ClientPolicy = REQUIRING, used: Identifier = PHONE_ONLY) -> Walk:
    """Return a walk to the screen that asks for an address."""
    walk = Walk(policy).typed(used)
    return walk.do(SubmitCode(text=walk.code))


def test_an_address_in_addition_is_proven_kept_and_told() -> None:
    walk = adding_email()
    assert walk.stage == AtAdd(kind=E)
    walk.typed(NEW_EMAIL)
    assert (walk.sent[-1].to, at_code(walk.flow).purpose) == (NEW_EMAIL, Purpose.CLAIM)
    assert walk.world.owner(NEW_EMAIL) is None
    walk.do(SubmitCode(text=walk.code))
    account = walk.world.accounts["phone"]
    assert (account.identifiers, account.unproven) == ((PHONE_ONLY, NEW_EMAIL), frozenset())
    assert [(tell.to, tell.news, tell.about) for tell in walk.told] == [
        (NEW_EMAIL, News.IDENTIFIER_ADDED, NEW_EMAIL.value),
        (NEW_EMAIL, News.SERVICE_CONNECTED, "FakeBrand"),
    ]
    assert walk.grant.authentication.used == PHONE_ONLY
    assert walk.grant.authentication.methods == (Method.OTP,)


def test_a_number_in_addition_is_proven_by_sms() -> None:
    walk = Walk(LEVEL_2, claims=ESSENTIAL_PHONE).typed(UNPROVEN)
    walk.do(SubmitPassword(text=PASSWORD))
    assert walk.stage == AtAdd(kind=P)
    walk.do(SubmitIdentifier(kind=P, text="40 61 23 45"))
    walk.do(SubmitCode(text=walk.code))
    assert walk.world.accounts["unproven"].identifiers == (UNPROVEN, NEW_PHONE)
    assert walk.grant.authentication.methods == (Method.PASSWORD,)


def test_an_unproven_address_is_proven_without_being_typed_again_and_nothing_is_told() -> None:
    walk = Walk(LEVEL_2, claims=ESSENTIAL_EMAIL).typed(UNPROVEN)
    walk.do(SubmitPassword(text=PASSWORD))
    assert at_code(walk.flow).identifier == UNPROVEN
    walk.do(SubmitCode(text=walk.code))
    assert isinstance(walk.stage, Finished)
    assert walk.world.accounts["unproven"].unproven == set()
    assert [tell.news for tell in walk.told] == [News.SERVICE_CONNECTED]


def test_another_address_instead_of_the_unproven_one_is_enough() -> None:
    walk = Walk(LEVEL_2, claims=ESSENTIAL_EMAIL).typed(UNPROVEN)
    walk.do(SubmitPassword(text=PASSWORD), Change())
    assert walk.stage == AtAdd(kind=E, typed=UNPROVEN.value)
    walk.typed(NEW_EMAIL)
    walk.do(SubmitCode(text=walk.code))
    assert isinstance(walk.stage, Finished)
    account = walk.world.accounts["unproven"]
    assert (account.first(E), account.unproven) == (NEW_EMAIL, frozenset({UNPROVEN}))


@pytest.mark.parametrize(
    ("text", "problem"), [("", Problem.EMAIL_MISSING), ("user@", Problem.EMAIL_INVALID)]
)
@pytest.mark.parametrize("kind", [E, P])
def test_a_mistyped_address_says_why_whatever_the_form_calls_it(
    text: str, problem: Problem, kind: IdentifierKind
) -> None:
    walk = adding_email().do(SubmitIdentifier(kind=kind, text=text))
    assert walk.stage == AtAdd(kind=E, typed=text, problem=problem)


def test_an_address_of_somebody_else_is_refused_after_the_code_and_not_before() -> None:
    walk = adding_email().typed(EMAIL)
    assert (at_code(walk.flow).identifier, walk.sent[-1].to) == (EMAIL, EMAIL)
    walk.do(SubmitCode(text=walk.code))
    taken = AtAdd(kind=E, typed=EMAIL.value, problem=Problem.IDENTIFIER_TAKEN)
    assert walk.stage == taken
    owner = walk.world.owner(EMAIL)
    assert owner is not None
    assert owner.id == "full"
    walk.typed(NEW_EMAIL)
    assert isinstance(walk.do(SubmitCode(text=walk.code)).stage, Finished)


def test_back_from_an_addition_leads_to_the_service() -> None:
    assert adding_email().do(Back()).answer["error"] == "access_denied"


def test_an_addition_of_nobody_begins_again() -> None:
    stage = AtVerify(
        identifier=NEW_EMAIL,
        code=at_code(Walk().typed(PHONE).flow).code,
        purpose=Purpose.CLAIM,
    )
    turn = submit_code(begun(), stage, SubmitCode(text=stage.code.digits))
    assert turn.flow.stage == AtStart(kind=P)
    assert turn.world.owner(NEW_EMAIL) is None


# Consent

ASKING = replace(SSO, consent=Consent.ASK)


def test_what_is_asked_for_is_given() -> None:
    walk = Walk(ASKING, session=session_of(), scope="openid phone email")
    assert walk.stage == AtConsent(scopes=("phone", "email"))
    walk.do(Continue())
    assert walk.grant.request.scope == ("openid", "phone", "email")
    again = Walk(ASKING, session=session_of(), world=walk.world, scope="openid phone email")
    assert isinstance(again.stage, Finished)


@pytest.mark.parametrize("event", [Decline(), Back()])
def test_what_is_not_given_is_not_kept(event: Decline | Back) -> None:
    walk = Walk(ASKING, session=session_of(), scope="openid email").do(event)
    assert walk.answer["error"] == "access_denied"
    assert (dict(walk.world.accounts["full"].services), walk.told) == ({}, [])


def test_a_prompt_for_consent_asks_again_for_everything() -> None:
    walk = Walk(ASKING, session=session_of(), scope="openid email").do(Continue())
    again = Walk(
        ASKING,
        session=session_of(),
        world=walk.world,
        scope="openid email",
        prompt="consent",
    )
    assert again.stage == AtConsent(scopes=("email",))


# Who may change what is fixed

CHANGES = [
    # policy, the identifier somebody stands with, may change
    (SSO, None, True),
    (SSO, PHONE, True),
    (SSO, EMAIL, False),
    (replace(SSO, forced_phone=PHONE.value), None, False),
    (replace(SSO, forced_phone=PHONE.value), PHONE, False),
    (replace(SSO, forced_phone=PHONE.value, forced_may_change=True), None, True),
    (replace(SSO, forced_email=EMAIL.value, forced_may_change=True), EMAIL, True),
]


@pytest.mark.parametrize(("policy", "used", "expected"), CHANGES)
def test_who_may_change_what_is_fixed(
    policy: ClientPolicy, used: Identifier | None, *, expected: bool
) -> None:
    turn = begun(policy, session=session_of(used) if used else None, prompt="login")
    assert may_change(turn) is expected

"""What comes next: the screen for each check that stops, and the way back to the service."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.engine.checks import CHECKS
from studio.engine.detection import Circumstances, Network, SdkOptions
from studio.engine.flow import (
    AtMobileData,
    AtNewPassword,
    AtPassword,
    AtSigningIn,
    AtStart,
    AtVerify,
    Finished,
    Purpose,
)
from studio.engine.pipeline import NEXT, refuse
from studio.engine.policy import (
    ClientPolicy,
    Consent,
    Level,
    Prompt,
    Verification,
)
from studio.engine.sessions import Method
from tests.engine.given import (
    EMAIL,
    LEVEL_2,
    NEW_PHONE,
    ON_MOBILE_DATA,
    PHONE,
    PHONE_ONLY,
    POLICY,
    WEB,
    Walk,
    begun,
    session_of,
)

if TYPE_CHECKING:
    from studio.engine.flow import Stage
    from studio.engine.identifiers import Identifier
    from studio.engine.sessions import Session

SSO = replace(POLICY, sso=True)
BY_PHONE = session_of()
BY_PASSWORD = session_of(EMAIL, Level.PASSWORD, Method.PASSWORD)
PHONE_HAS_NONE = session_of(PHONE_ONLY, account_id="phone")
ON_MOBILE_AS_OTHER = replace(ON_MOBILE_DATA, sim=PHONE_ONLY)


VERIFIED = [
    # verification, circumstances, session, stage, about
    (Verification.FORCE, ON_MOBILE_DATA, BY_PHONE, AtVerify, PHONE),
    (Verification.DISALLOW, Circumstances(), BY_PHONE, AtPassword, PHONE),
    (Verification.DISALLOW, ON_MOBILE_DATA, BY_PHONE, AtSigningIn, PHONE),
    (Verification.DISALLOW, Circumstances(), PHONE_HAS_NONE, AtVerify, PHONE_ONLY),
]


@pytest.mark.parametrize(("verification", "circumstances", "session", "stage", "about"), VERIFIED)
def test_signing_in_again_obeys_what_the_client_says_of_codes(
    verification: Verification,
    circumstances: Circumstances,
    session: Session,
    stage: type[Stage],
    about: Identifier,
) -> None:
    policy = replace(SSO, verification=verification)
    walk = Walk(policy, session=session, circumstances=circumstances, prompt="login")
    assert asked(walk)[:2] == (stage, about)


def test_every_check_has_a_screen_it_leads_to() -> None:
    assert set(NEXT) == {check.id for check in CHECKS}


def asked(walk: Walk) -> tuple[type[Stage], object, Purpose | None]:
    """Return where a walk is: the stage, what it is about, and what for."""
    stage = walk.stage
    about = getattr(stage, "identifier", None) or getattr(stage, "phone", None)
    return type(stage), about, getattr(stage, "purpose", None)


AGAIN, STEP_UP = Purpose.AGAIN, Purpose.STEP_UP
WIFI = Circumstances()
REASONS = [
    # session, circumstances, request, stage, about, purpose
    (BY_PASSWORD, WIFI, {"prompt": "login"}, AtPassword, EMAIL, AGAIN),
    (BY_PASSWORD, WIFI, {"max_age": "0"}, AtPassword, EMAIL, AGAIN),
    (BY_PHONE, WIFI, {"prompt": "login", "acr_values": "2"}, AtPassword, PHONE, AGAIN),
    (BY_PHONE, WIFI, {"prompt": "login"}, AtVerify, PHONE, AGAIN),
    (BY_PHONE, WIFI, {"max_age": "0"}, AtVerify, PHONE, AGAIN),
    (BY_PHONE, ON_MOBILE_DATA, {"prompt": "login"}, AtSigningIn, PHONE, None),
    (BY_PHONE, ON_MOBILE_AS_OTHER, {"prompt": "login"}, AtVerify, PHONE, AGAIN),
    (BY_PHONE, ON_MOBILE_DATA, {"prompt": "login no_seam"}, AtVerify, PHONE, AGAIN),
    (BY_PHONE, WIFI, {"acr_values": "2"}, AtPassword, PHONE, STEP_UP),
    (PHONE_HAS_NONE, WIFI, {"acr_values": "2"}, AtVerify, PHONE_ONLY, STEP_UP),
    (
        PHONE_HAS_NONE,
        ON_MOBILE_AS_OTHER,
        {"acr_values": "2"},
        AtNewPassword,
        PHONE_ONLY,
        None,
    ),
    (
        PHONE_HAS_NONE,
        WIFI,
        {"prompt": "login", "acr_values": "2"},
        AtVerify,
        PHONE_ONLY,
        AGAIN,
    ),
]


@pytest.mark.parametrize(
    ("session", "circumstances", "changes", "expected"),
    [(session, where, changes, tuple(expected)) for session, where, changes, *expected in REASONS],
)
def test_what_stops_a_session_leads_to_a_screen(
    session: Session,
    circumstances: Circumstances,
    changes: dict[str, str],
    expected: tuple[object, ...],
) -> None:
    walk = Walk(SSO, changes, session=session, circumstances=circumstances)
    assert asked(walk) == expected


@pytest.mark.parametrize(
    ("session", "changes", "error"),
    [
        (None, {}, "login_required"),
        (BY_PASSWORD, {"max_age": "0"}, "login_required"),
        (BY_PHONE, {"acr_values": "2"}, "interaction_required"),
        (
            PHONE_HAS_NONE,
            {"claims": '{"id_token":{"email":{"essential":true}}}'},
            "interaction_required",
        ),
        (BY_PASSWORD, {"scope": "openid email"}, "consent_required"),
    ],
)
def test_prompt_none_turns_each_reason_into_an_error(
    session: Session | None, changes: dict[str, str], error: str
) -> None:
    policy = replace(SSO, consent=Consent.ASK)
    walk = Walk(policy, changes, session=session, prompt="none")
    assert walk.answer["error"] == error
    assert walk.answer["error_description"]
    assert walk.sent == []


def test_an_error_goes_back_with_the_state_to_where_the_request_said() -> None:
    turn = refuse(begun(redirect_uri=WEB), "access_denied", "the person went back")
    assert turn.flow.stage == Finished(
        location=f"{WEB}&error=access_denied&error_description=the+person+went+back&state=s+1"
    )


# Where signing in begins

OTHER_SIM = replace(ON_MOBILE_DATA, sim=NEW_PHONE)
ENTRIES: list[tuple[ClientPolicy, Circumstances, type[Stage], object]] = [
    # policy, circumstances, stage, about
    (POLICY, WIFI, AtStart, None),
    (POLICY, ON_MOBILE_DATA, AtSigningIn, PHONE),
    (POLICY, OTHER_SIM, AtSigningIn, NEW_PHONE),
    (LEVEL_2, ON_MOBILE_DATA, AtPassword, PHONE),
    (LEVEL_2, OTHER_SIM, AtNewPassword, NEW_PHONE),
    (LEVEL_2, ON_MOBILE_AS_OTHER, AtNewPassword, PHONE_ONLY),
    (replace(POLICY, verification=Verification.FORCE), ON_MOBILE_DATA, AtVerify, PHONE),
    (
        replace(POLICY, verification=Verification.DISALLOW),
        ON_MOBILE_DATA,
        AtSigningIn,
        PHONE,
    ),
    (replace(POLICY, prompt=frozenset({Prompt.NO_SEAM})), ON_MOBILE_DATA, AtStart, None),
    (replace(POLICY, forced_phone=PHONE.value), ON_MOBILE_DATA, AtSigningIn, PHONE),
    (replace(POLICY, forced_phone=PHONE.value), OTHER_SIM, AtVerify, PHONE),
    (replace(POLICY, forced_email=EMAIL.value), ON_MOBILE_DATA, AtPassword, EMAIL),
]


@pytest.mark.parametrize(("policy", "circumstances", "stage", "about"), ENTRIES)
def test_where_signing_in_begins(
    policy: ClientPolicy, circumstances: Circumstances, stage: type[Stage], about: object
) -> None:
    assert asked(Walk(policy, circumstances=circumstances))[:2] == (stage, about)


OFFERING = replace(POLICY, sdk=SdkOptions(prompt_mobile_data=True))


@pytest.mark.parametrize(
    ("policy", "circumstances", "prompt", "offered"),
    [
        (OFFERING, WIFI, None, True),
        (OFFERING, Circumstances(network=Network.OTHER_OPERATOR), None, False),
        (OFFERING, WIFI, "no_seam", False),
        (POLICY, WIFI, None, False),
        (replace(OFFERING, forced_phone=PHONE.value), WIFI, None, False),
    ],
)
def test_mobile_data_are_offered_where_they_would_sign_in(
    policy: ClientPolicy, circumstances: Circumstances, prompt: str | None, *, offered: bool
) -> None:
    walk = Walk(policy, circumstances=circumstances, prompt=prompt)
    assert isinstance(walk.stage, AtMobileData) is offered

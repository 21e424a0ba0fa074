"""Screens are made from the flow and the policy as it is now, edits included."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

import pytest

from studio.engine.events import SubmitCode, SubmitIdentifier, SwitchField
from studio.engine.flow import (
    AtAdd,
    AtConsent,
    AtForgotPassword,
    AtForgotPasswordCode,
    AtMobileData,
    AtNewPassword,
    AtPassword,
    AtPasswordChanged,
    AtSigningIn,
    AtStart,
    AtVerify,
    Code,
    Finished,
    Notice,
    Problem,
    Purpose,
    Stage,
)
from studio.engine.policy import ClientPolicy, IdentifierKind, Level, StartFields
from studio.engine.screens import (
    About,
    AddEmail,
    AddPhone,
    Asking,
    CodePage,
    Consent,
    CreatePassword,
    Fixed,
    ForgotPassword,
    ForgotPasswordCode,
    MobileDataPrompt,
    NewPassword,
    NotFound,
    Password,
    PasswordChanged,
    Privacy,
    ReauthPassword,
    ReauthVerifyPhone,
    RequestRefused,
    Screen,
    ServerError,
    SignedOut,
    SigningIn,
    SignOut,
    Start,
    StartAgain,
    StepUp,
    Terms,
    VerifyEmail,
    VerifyPhone,
)
from studio.engine.showing import screen_of
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import (
    APP,
    EMAIL,
    NEW_EMAIL,
    PHONE,
    POLICY,
    Walk,
    at,
    begun,
    session_of,
)
from tests.engine.given import PHONE_ONLY as OTHER_PHONE

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier
    from studio.engine.sessions import Session

P, E = IdentifierKind.PHONE, IdentifierKind.EMAIL
PHONE_ONLY = replace(POLICY, fields=StartFields.PHONE)
EMAIL_ONLY = replace(POLICY, fields=StartFields.EMAIL)
SSO = replace(POLICY, sso=True)
FORCED = replace(POLICY, forced_phone=PHONE.value)
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


CODE = Code(digits="1234", sent=FIRST_MOMENT)
SENT = Notice.CODE_SENT


def verifying(identifier: Identifier, purpose: Purpose) -> AtVerify:
    return AtVerify(identifier=identifier, code=CODE, purpose=purpose)


STAGES: list[tuple[Stage, Screen]] = [
    (AtStart(kind=P, typed="9"), Start(kind=P, typed="9", alone=False, notice=SENT)),
    (AtMobileData(), MobileDataPrompt(notice=SENT)),
    (AtSigningIn(phone=PHONE), SigningIn(notice=SENT)),
    (
        verifying(PHONE, Purpose.SIGN_IN),
        VerifyPhone(identifier=PHONE, staying=False, notice=SENT),
    ),
    (
        verifying(PHONE, Purpose.STEP_UP),
        VerifyPhone(identifier=PHONE, staying=False, notice=SENT),
    ),
    (
        verifying(PHONE, Purpose.AGAIN),
        ReauthVerifyPhone(identifier=PHONE, staying=False, notice=SENT),
    ),
    (verifying(EMAIL, Purpose.CLAIM), VerifyEmail(identifier=EMAIL, notice=SENT)),
    (verifying(EMAIL, Purpose.AGAIN), VerifyEmail(identifier=EMAIL, notice=SENT)),
    (
        AtPassword(identifier=EMAIL, purpose=Purpose.SIGN_IN),
        Password(identifier=EMAIL, staying=False, notice=SENT),
    ),
    (
        AtPassword(identifier=PHONE, purpose=Purpose.AGAIN),
        ReauthPassword(identifier=PHONE, staying=False, notice=SENT),
    ),
    (
        AtPassword(identifier=PHONE, purpose=Purpose.STEP_UP),
        StepUp(identifier=PHONE, staying=False, notice=SENT),
    ),
    (AtForgotPassword(identifier=PHONE), ForgotPassword(identifier=PHONE, notice=SENT)),
    (
        AtForgotPasswordCode(identifier=PHONE, code=CODE),
        ForgotPasswordCode(identifier=PHONE, notice=SENT),
    ),
    (
        AtNewPassword(identifier=PHONE, creating=True),
        CreatePassword(identifier=PHONE, change=False, notice=SENT),
    ),
    (
        AtNewPassword(identifier=PHONE, creating=False, strength=3),
        NewPassword(identifier=PHONE, change=False, notice=SENT, strength=3),
    ),
    (AtPasswordChanged(), PasswordChanged(notice=SENT)),
    (AtAdd(kind=E, typed="u"), AddEmail(typed="u", notice=SENT)),
    (AtAdd(kind=P, typed="9"), AddPhone(typed="9", notice=SENT)),
    (AtConsent(scopes=("email",)), Consent(scopes=("email",), notice=SENT)),
]


@pytest.mark.parametrize(("stage", "screen"), STAGES, ids=lambda one: type(one).__name__)
def test_each_stage_has_its_screen(stage: Stage, screen: Screen) -> None:
    turn = at(stage)
    assert screen_of(replace(turn, flow=replace(turn.flow, notice=SENT))) == screen


def test_every_stage_and_every_screen_of_a_flow_is_in_the_list() -> None:
    assert {type(stage) for stage, _ in STAGES} == set(get_args(Stage)) - {Finished}
    told = {CodePage, RequestRefused, StartAgain, SignOut, SignedOut, NotFound, ServerError}
    without_a_flow = told | {About, Terms, Privacy}
    assert {type(screen) for _, screen in STAGES} == set(get_args(Screen)) - without_a_flow


def test_a_finished_flow_has_no_screen() -> None:
    assert screen_of(at(Finished(location=APP))) == Finished(location=APP)


PROBLEM = Problem.TOO_MANY_TRIES
WAIT = timedelta(minutes=3)


@pytest.mark.parametrize(
    "stage",
    [
        AtStart(kind=P, problem=PROBLEM),
        AtVerify(identifier=PHONE, code=CODE, purpose=Purpose.SIGN_IN, problem=PROBLEM),
        AtPassword(identifier=PHONE, purpose=Purpose.SIGN_IN, problem=PROBLEM),
        AtForgotPassword(identifier=PHONE, problem=PROBLEM),
        AtForgotPasswordCode(identifier=PHONE, code=CODE, problem=PROBLEM),
        AtNewPassword(identifier=PHONE, creating=True, problem=PROBLEM),
        AtAdd(kind=E, problem=PROBLEM),
    ],
    ids=lambda stage: type(stage).__name__,
)
def test_a_screen_tells_the_problem_and_how_long_to_wait(stage: Stage) -> None:
    turn = at(stage)
    screen = screen_of(replace(turn, flow=replace(turn.flow, waiting=WAIT)))
    assert isinstance(screen, Asking)
    assert (screen.problem, screen.waiting, screen.state) == (PROBLEM, WAIT, "too-many-tries")


CHANGES: list[tuple[Stage, ClientPolicy, Session | None, bool]] = [
    # stage, policy, session, whether there is `Change`
    (verifying(PHONE, Purpose.SIGN_IN), POLICY, None, True),
    (AtPassword(identifier=EMAIL, purpose=Purpose.SIGN_IN), POLICY, None, True),
    (verifying(PHONE, Purpose.SIGN_IN), FORCED, None, False),
    (verifying(PHONE, Purpose.SIGN_IN), replace(FORCED, forced_may_change=True), None, True),
    (AtPassword(identifier=PHONE, purpose=Purpose.AGAIN), SSO, session_of(PHONE), True),
    (AtPassword(identifier=EMAIL, purpose=Purpose.AGAIN), SSO, session_of(EMAIL), False),
    (AtPassword(identifier=EMAIL, purpose=Purpose.STEP_UP), SSO, session_of(EMAIL), False),
    (verifying(NEW_EMAIL, Purpose.CLAIM), SSO, session_of(EMAIL), True),
    (verifying(NEW_EMAIL, Purpose.CLAIM), FORCED, None, True),
    (AtNewPassword(identifier=PHONE, creating=True), POLICY, None, False),
]


@pytest.mark.parametrize(("stage", "policy", "session", "change"), CHANGES)
def test_who_may_change_what_is_fixed(
    stage: Stage, policy: ClientPolicy, session: Session | None, *, change: bool
) -> None:
    turn = begun(policy, session=session)
    screen = screen_of(replace(turn, flow=replace(turn.flow, stage=stage)))
    assert isinstance(screen, Fixed)
    assert screen.change is change


def test_an_addition_shows_what_the_person_is_signed_in_with() -> None:
    walk = Walk(
        replace(SSO, require_email=True), session=session_of(OTHER_PHONE, account_id="phone")
    )
    assert walk.screen == AddEmail(typed="", fixed=OTHER_PHONE)


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
    (Start(kind=P, typed="1", alone=False), "phone-prefilled"),
    (Start(kind=E, typed="u", alone=True), "email-only-prefilled"),
    (Start(kind=P, typed="", alone=True, problem=Problem.PHONE_MISSING), "phone-missing"),
    (Start(kind=P, typed="", alone=True, notice=Notice.STALE_FORM), "stale-form"),
    (VerifyPhone(identifier=PHONE), "empty"),
    (VerifyPhone(identifier=PHONE, notice=Notice.CODE_RESENT), "code-resent"),
    (VerifyPhone(identifier=PHONE, problem=Problem.CODE_WRONG), "code-wrong"),
    (
        VerifyEmail(identifier=EMAIL, problem=Problem.CODE_WRONG, notice=Notice.STALE_FORM),
        "code-wrong",
    ),
    (Password(identifier=PHONE), "phone"),
    (Password(identifier=EMAIL), "email"),
    (ReauthPassword(identifier=EMAIL), "email"),
    (CreatePassword(identifier=PHONE), "phone"),
    (Password(identifier=PHONE, problem=Problem.CREDENTIALS_WRONG), "credentials-wrong"),
    (AddEmail(typed=""), "empty"),
    (Consent(scopes=("email",)), "empty"),
    (SigningIn(), "empty"),
    (CodePage(code="c"), "empty"),
    (RequestRefused(parameter="client_id", value="x"), "client-id"),
    (RequestRefused(parameter="redirect_uri", value="x"), "redirect-uri"),
    (StartAgain(reason="expired"), "expired"),
    (StartAgain(reason="no-cookie"), "no-cookie"),
    (SignOut(), "connect"),
    (SignOut(service="FakeBrand"), "service"),
    (SignedOut(), "connect"),
    (SignedOut(service="FakeBrand"), "service"),
    (NewPassword(identifier=EMAIL), "email"),
    (NewPassword(identifier=EMAIL, strength=0), "strength"),
    (CreatePassword(identifier=PHONE, strength=0, problem=Problem.PASSWORD_OWN), "password-own"),
    (About(), "empty"),
    (ServerError(reference="01234567"), "empty"),
    (NotFound(), "empty"),
]


@pytest.mark.parametrize(("screen", "state"), STATES)
def test_the_state_names_the_variant(screen: Screen, state: str) -> None:
    assert screen.state == state

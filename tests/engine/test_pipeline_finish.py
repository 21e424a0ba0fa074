"""What was proven adds up, and what comes of it: session, grant, consent, news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine.accounts import Account
from studio.engine.effects import News, Tell
from studio.engine.events import Continue, SubmitCode, SubmitNewPassword, SubmitPassword
from studio.engine.flow import (
    AtAdd,
    AtConsent,
    AtNewPassword,
    AtStart,
    AtVerify,
    Problem,
    Purpose,
)
from studio.engine.limits import Action
from studio.engine.pipeline import advance, prove
from studio.engine.policy import (
    ClientPolicy,
    Consent,
    IdentifierKind,
    Level,
    Verification,
)
from studio.engine.sessions import Authentication, Method
from studio.engine.telling import tell
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import (
    APP,
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
    begun,
    session_of,
)

if TYPE_CHECKING:
    from studio.engine.flow import Stage
    from studio.engine.world import World

SSO = replace(POLICY, sso=True)
OTP, PWD, HDR = Method.OTP, Method.PASSWORD, Method.DETECTED
BY_PHONE = session_of()
BY_PASSWORD = session_of(EMAIL, Level.PASSWORD, PWD)
PHONE_HAS_NONE = session_of(PHONE_ONLY, account_id="phone")
ON_MOBILE_AS_OTHER = replace(ON_MOBILE_DATA, sim=PHONE_ONLY)


SIGN_IN, CLAIM = Purpose.SIGN_IN, Purpose.CLAIM


def asked(walk: Walk) -> tuple[type[Stage], object, Purpose | None]:
    """Return where a walk is: the stage, what it is about, and what for."""
    stage = walk.stage
    about = getattr(stage, "identifier", None) or getattr(stage, "phone", None)
    return type(stage), about, getattr(stage, "purpose", None)


# Something was proven


def test_somebody_new_gets_an_account_with_what_was_proven() -> None:
    turn = prove(begun(), NEW_EMAIL, Level.PHONE, OTP)
    account = turn.account
    assert account is not None
    assert (account.identifiers, account.unproven, account.password) == (
        (NEW_EMAIL,),
        frozenset(),
        None,
    )


def test_a_code_proves_a_number_and_a_password_does_not() -> None:
    turn = begun()
    assert prove(turn, UNPROVEN, Level.PHONE, OTP).world.accounts["unproven"].unproven == set()
    by_password = prove(turn, UNPROVEN, Level.PASSWORD, PWD)
    assert by_password.world.accounts["unproven"].unproven == {UNPROVEN}


def proof(used: object, level: Level, *methods: Method) -> tuple[object, ...]:
    return ("full", used, level, methods)


def stands(authentication: Authentication | None) -> tuple[object, ...]:
    """Return what an authentication says, without its time."""
    assert authentication is not None
    one = authentication
    return (one.account_id, one.used, one.level, one.methods)


def test_proofs_of_one_person_in_one_flow_add_up_and_the_first_identifier_stays() -> None:
    turn = prove(begun(), PHONE, Level.PHONE, OTP)
    assert stands(turn.flow.standing) == proof(PHONE, Level.PHONE, OTP)
    turn = prove(turn, EMAIL, Level.PASSWORD, PWD)
    assert stands(turn.flow.standing) == proof(PHONE, Level.PASSWORD, OTP, PWD)
    turn = prove(turn, PHONE, Level.PHONE, OTP)
    assert stands(turn.flow.standing) == proof(PHONE, Level.PASSWORD, PWD, OTP)


def test_a_session_adds_nothing_to_what_is_proven_anew() -> None:
    turn = begun(SSO, session=BY_PASSWORD, prompt="login")
    turn = prove(turn, PHONE, Level.PHONE, OTP)
    assert stands(turn.flow.standing) == proof(PHONE, Level.PHONE, OTP)
    assert turn.flow.fresh == (OTP,)


def test_somebody_else_begins_anew() -> None:
    turn = prove(begun(), PHONE_ONLY, Level.PASSWORD, PWD)
    turn = prove(turn, PHONE, Level.PHONE, OTP)
    assert stands(turn.flow.standing) == proof(PHONE, Level.PHONE, OTP)
    assert turn.flow.fresh == (OTP,)


# Nothing stops


def signed_in(policy: ClientPolicy = POLICY, **changes: str | None) -> Walk:
    """Return a walk that has come to its end with a code by SMS."""
    walk = Walk(policy, changes).typed(PHONE)
    return walk.do(SubmitCode(text=walk.code))


def test_a_sign_in_makes_a_session_that_the_browser_keeps() -> None:
    walk = signed_in()
    (session,) = walk.kept
    assert dict(walk.world.sessions) == {session.id: session}
    assert session.authentication == walk.grant.authentication
    assert (session.created, session.clients) == (FIRST_MOMENT, frozenset({"fakebrand"}))
    assert walk.grant.session_id == session.id
    assert session.secret not in {session.id, walk.flow.id, walk.flow.token}


@pytest.mark.parametrize(
    ("shown", "checked", "lasting"),
    [(True, True, True), (True, False, False), (False, False, True), (False, True, True)],
)
def test_a_session_lasts_where_the_box_is_checked_or_not_shown(
    *, shown: bool, checked: bool, lasting: bool
) -> None:
    walk = Walk(replace(POLICY, stay_signed_in_shown=shown)).typed(PHONE)
    walk.do(SubmitCode(text=walk.code, stay_signed_in=checked))
    (session,) = walk.kept
    assert (session.lasting, walk.grant.stay_signed_in) == (lasting, lasting)


def test_a_session_that_is_good_enough_shows_nothing_and_stays_as_it_is() -> None:
    walk = Walk(SSO, session=BY_PASSWORD)
    assert walk.grant.authentication == replace(
        BY_PASSWORD.authentication, methods=(Method.SESSION,)
    )
    assert walk.kept == []
    (session,) = walk.world.sessions.values()
    assert session == replace(BY_PASSWORD, clients=BY_PASSWORD.clients | {"fakebrand"})


def test_a_session_knows_the_language_that_was_wanted_last() -> None:
    (made,) = signed_in(ui_locales="ur-PK en").kept
    assert made.locales == ("ur-PK", "en")
    for wanted, locales in (("nb", ("nb",)), (None, ("ur-PK", "en"))):
        walk = Walk(SSO, session=made, ui_locales=wanted)
        assert [one.locales for one in walk.world.sessions.values()] == [locales]


def test_a_new_proof_keeps_the_session_for_its_clients_under_a_new_secret() -> None:
    walk = Walk(SSO, session=BY_PHONE, acr_values="2").wait(timedelta(minutes=1))
    walk.do(SubmitPassword(text=PASSWORD))
    (session,) = walk.kept
    assert session.id == BY_PHONE.id
    assert session.secret != BY_PHONE.secret
    assert session.clients == {"another client", "fakebrand"}
    assert session.authentication.level is Level.PASSWORD
    assert session.created == FIRST_MOMENT + timedelta(minutes=1)
    assert dict(walk.world.sessions) == {session.id: session}


def test_somebody_else_ends_the_session_and_has_one_of_their_own() -> None:
    walk = Walk(POLICY, session=session_of(PHONE_ONLY, account_id="phone")).typed(PHONE)
    walk.do(SubmitCode(text=walk.code))
    (session,) = walk.kept
    assert session.id != PHONE_HAS_NONE.id
    assert session.clients == {"fakebrand"}
    assert dict(walk.world.sessions) == {session.id: session}


def test_the_browser_remembers_what_was_used() -> None:
    walk = signed_in()
    assert walk.world.last_used(walk.flow.browser) == PHONE


def test_a_new_service_is_told_of_once_by_e_mail() -> None:
    walk = signed_in()
    assert walk.told == [
        Tell(
            to=EMAIL,
            news=News.SERVICE_CONNECTED,
            about="FakeBrand",
            client_id="fakebrand",
            locales=(),
            when=FIRST_MOMENT,
        )
    ]
    again = Walk(world=walk.world).typed(PHONE)
    assert again.do(SubmitCode(text=again.code)).told == []
    only_phone = Walk().typed(PHONE_ONLY)
    assert only_phone.do(SubmitCode(text=only_phone.code)).told == []


def test_where_nobody_stands_nobody_is_told() -> None:
    assert tell(begun(), News.PASSWORD_CHANGED).effects == ()


@pytest.mark.parametrize(
    ("consent", "given"),
    [(Consent.IMPLIED, {"openid", "email"}), (Consent.ASK, {"openid", "email"})],
)
def test_what_was_given_is_kept(consent: Consent, given: set[str]) -> None:
    walk = signed_in(replace(POLICY, consent=consent), scope="openid email")
    if consent is Consent.ASK:
        assert walk.stage == AtConsent(scopes=("email",))
        walk.do(Continue())
    assert walk.world.accounts["full"].given("fakebrand") == given


def test_what_was_not_asked_for_is_not_given() -> None:
    walk = signed_in(replace(POLICY, consent=Consent.ASK), scope="openid")
    assert walk.world.accounts["full"].given("fakebrand") == {"openid"}


# Several things are missing


def test_one_thing_is_asked_for_after_the_other() -> None:
    policy = replace(
        LEVEL_2,
        verification=Verification.FORCE,
        require_email=True,
        consent=Consent.ASK,
    )
    walk = Walk(policy, circumstances=ON_MOBILE_AS_OTHER, scope="openid email")
    assert asked(walk)[0] is AtNewPassword
    walk.do(SubmitNewPassword(text="staple battery"))
    assert asked(walk) == (AtVerify, PHONE_ONLY, SIGN_IN)
    assert walk.do(SubmitCode(text=walk.code)).stage == AtAdd(kind=IdentifierKind.EMAIL)
    walk.typed(NEW_EMAIL)
    assert asked(walk) == (AtVerify, NEW_EMAIL, CLAIM)
    assert walk.do(SubmitCode(text=walk.code)).stage == AtConsent(scopes=("email",))
    walk.do(Continue())
    authentication = walk.grant.authentication
    assert authentication.methods == (HDR, PWD, OTP)
    assert (authentication.level, authentication.used) == (Level.PASSWORD, PHONE_ONLY)
    assert walk.location.startswith(f"{APP}?code=")


def test_an_unproven_number_is_proven_before_a_password_alone_is_enough() -> None:
    world = begun().world
    stored = world.accounts["full"].password
    world = world.with_account(
        Account(
            id="unsure",
            identifiers=(NEW_PHONE,),
            password=stored,
            unproven=frozenset({NEW_PHONE}),
        )
    )
    walk = Walk(LEVEL_2, world=world).typed(NEW_PHONE).do(SubmitPassword(text=PASSWORD))
    assert asked(walk) == (AtVerify, NEW_PHONE, SIGN_IN)
    walk.do(SubmitCode(text=walk.code))
    assert walk.grant.authentication.methods == (PWD, OTP)
    assert walk.world.accounts["unsure"].unproven == set()


def test_a_limit_on_the_way_leaves_the_person_where_it_can_be_told() -> None:
    walk = Walk(SSO, session=PHONE_HAS_NONE, world=tired(), acr_values="2")
    assert walk.stage == AtStart(
        kind=IdentifierKind.PHONE, typed=PHONE_ONLY.value, problem=Problem.TOO_MANY_TRIES
    )
    assert advance(walk.turn).flow.stage == walk.stage


def tired() -> World:
    """Return a world in which a number has had all its codes."""
    world = begun().world
    for _ in range(5):
        usage = world.usage.spent(
            Action.SMS, identifier=PHONE_ONLY.value, browser="b", now=world.now
        )
        world = replace(world, usage=usage)
    return world

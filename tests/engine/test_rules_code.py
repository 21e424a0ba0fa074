"""Verification codes: right, wrong, late, too often, again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from studio.engine.accounts import Account
from studio.engine.effects import SendCode
from studio.engine.events import Back, Change, Resend, SubmitCode
from studio.engine.flow import (
    CODE_LIFETIME,
    CODE_TRIES,
    AtAdd,
    AtStart,
    AtVerify,
    Code,
    Finished,
    Notice,
    Problem,
    Purpose,
)
from studio.engine.limits import Action
from studio.engine.policy import IdentifierKind, Level
from studio.engine.sessions import Authentication, Method
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import (
    APP,
    NEW_EMAIL,
    NEW_PHONE,
    PHONE,
    PHONE_ONLY,
    POLICY,
    WEB,
    Walk,
    at_code,
    populated,
    session_of,
)

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier


def waiting(phone: Identifier = PHONE, **changes: str | None) -> Walk:
    """Return a walk to the screen that asks for the code."""
    return Walk(POLICY, changes).typed(phone)


def test_the_code_goes_to_the_phone_in_the_language_of_the_flow() -> None:
    walk = waiting(ui_locales="ur-PK en")
    assert walk.effects == (
        SendCode(
            to=PHONE,
            code=walk.code,
            client_id="fakebrand",
            locales=("ur-PK", "en"),
            when=FIRST_MOMENT,
        ),
    )
    assert walk.stage == AtVerify(
        identifier=PHONE,
        code=Code(digits=walk.code, sent=FIRST_MOMENT, tries_left=5),
        purpose=Purpose.SIGN_IN,
    )
    assert walk.flow.notice is Notice.CODE_SENT


def test_the_right_code_sends_the_person_back_with_an_authorisation_code() -> None:
    walk = waiting(redirect_uri=WEB)
    walk.do(SubmitCode(text=walk.code))
    answer = parse_qsl(urlsplit(walk.location).query)
    assert walk.location.startswith(WEB + "&code=")
    assert [name for name, _ in answer] == ["tenant", "code", "state"]
    assert dict(answer)["state"] == "s 1"
    assert walk.grant.request == walk.flow.request
    assert walk.grant.authentication == Authentication(
        account_id="full",
        used=PHONE,
        level=Level.PHONE,
        methods=(Method.OTP,),
        when=FIRST_MOMENT,
    )


def test_without_a_state_only_a_code_goes_back() -> None:
    walk = waiting(state=None)
    walk.do(SubmitCode(text=walk.code))
    assert [name for name, _ in parse_qsl(urlsplit(walk.location).query)] == ["code"]


def test_somebody_new_gets_an_account_and_keeps_it() -> None:
    walk = waiting(NEW_PHONE)
    assert walk.world.owner(NEW_PHONE) is None
    walk.do(SubmitCode(text=walk.code))
    account = walk.world.owner(NEW_PHONE)
    assert account is not None
    assert (account.identifiers, account.password) == ((NEW_PHONE,), None)
    assert walk.grant.authentication.account_id == account.id
    assert len(walk.world.accounts) == len(populated().accounts) + 1


def test_somebody_known_does_not_get_a_second_account() -> None:
    walk = waiting(PHONE_ONLY)
    walk.do(SubmitCode(text=walk.code))
    assert walk.grant.authentication.account_id == "phone"
    assert len(walk.world.accounts) == len(populated().accounts)


@pytest.mark.parametrize("shape", ["{}", " {} ", "{0[0]}{0[1]} {0[2]}{0[3]}", "{}\n"])
def test_spaces_in_a_code_do_not_matter(shape: str) -> None:
    walk = waiting()
    assert isinstance(walk.do(SubmitCode(text=shape.format(walk.code))).stage, Finished)


@pytest.mark.parametrize("zero", ["٠", "۰", "০", "၀", "๐", "０"])
def test_a_code_may_be_typed_in_the_digits_of_any_script(zero: str) -> None:
    walk = waiting()
    typed = "".join(chr(ord(zero) + int(digit)) for digit in walk.code)
    assert isinstance(walk.do(SubmitCode(text=typed)).stage, Finished)


@pytest.mark.parametrize("text", ["", "  "])
def test_a_missing_code_costs_no_try(text: str) -> None:
    walk = waiting().do(SubmitCode(text=text))
    assert at_code(walk.flow).problem is Problem.CODE_MISSING
    assert at_code(walk.flow).code.tries_left == CODE_TRIES


def test_a_wrong_code_costs_a_try_and_the_right_one_still_works() -> None:
    walk = waiting()
    for left in (4, 3, 2, 1):
        walk.do(SubmitCode(text=walk.wrong_code))
        stage = at_code(walk.flow)
        assert (stage.problem, stage.code.tries_left) == (Problem.CODE_WRONG, left)
        assert walk.flow.notice is None
    assert isinstance(walk.do(SubmitCode(text=walk.code)).stage, Finished)


@pytest.mark.parametrize("shape", ["{}0", "0{}", "{0[0]}{0[1]}{0[2]}"])
def test_a_code_with_more_or_fewer_digits_is_wrong(shape: str) -> None:
    walk = waiting()
    walk.do(SubmitCode(text=shape.format(walk.code)))
    assert at_code(walk.flow).problem is Problem.CODE_WRONG


def test_after_five_wrong_tries_the_right_code_is_worth_nothing() -> None:
    walk = waiting()
    walk.do(*[SubmitCode(text=walk.wrong_code)] * 5)
    assert at_code(walk.flow).problem is Problem.CODE_USED_UP
    walk.do(SubmitCode(text=walk.code))
    assert at_code(walk.flow).problem is Problem.CODE_USED_UP
    assert at_code(walk.flow).code.tries_left == 0
    walk.do(Resend())
    assert isinstance(walk.do(SubmitCode(text=walk.code)).stage, Finished)


def test_a_code_works_until_just_before_ten_minutes() -> None:
    walk = waiting().wait(CODE_LIFETIME - timedelta(microseconds=1))
    assert isinstance(walk.do(SubmitCode(text=walk.code)).stage, Finished)


def test_a_code_has_expired_at_exactly_ten_minutes() -> None:
    assert timedelta(minutes=10) == CODE_LIFETIME
    walk = waiting().wait(CODE_LIFETIME)
    for typed in (walk.code, walk.wrong_code, ""):
        walk.do(SubmitCode(text=typed))
        assert at_code(walk.flow).problem is Problem.CODE_EXPIRED
    assert at_code(walk.flow).code.tries_left == CODE_TRIES


def test_a_new_code_makes_the_old_one_worthless() -> None:
    walk = waiting()
    old = walk.code
    walk.wait(timedelta(minutes=9)).do(Resend())
    assert walk.flow.notice is Notice.CODE_RESENT
    assert walk.sent[-1].to == PHONE
    assert walk.code != old
    walk.do(SubmitCode(text=old))
    assert at_code(walk.flow).problem is Problem.CODE_WRONG
    walk.wait(timedelta(minutes=9))
    assert isinstance(walk.do(SubmitCode(text=walk.code)).stage, Finished)


@pytest.mark.parametrize("event", [Change(), Back()])
def test_change_and_back_lead_to_the_start_with_the_number_filled_in(
    event: Change | Back,
) -> None:
    walk = waiting().do(event)
    assert walk.stage == AtStart(kind=IdentifierKind.PHONE, typed="+4799912345")
    assert walk.flow.notice is None


def test_after_a_change_the_code_goes_to_the_other_phone_and_the_old_one_is_worthless() -> None:
    walk = waiting()
    old = walk.code
    walk.do(Change()).typed(NEW_PHONE)
    assert [effect.to for effect in walk.sent] == [PHONE, NEW_PHONE]
    walk.do(SubmitCode(text=old))
    assert at_code(walk.flow).problem is Problem.CODE_WRONG
    walk.do(SubmitCode(text=walk.code))
    assert walk.grant.authentication.used == NEW_PHONE


def test_a_finished_flow_stays_finished() -> None:
    walk = waiting()
    walk.do(SubmitCode(text=walk.code))
    location, grants, effects = walk.location, walk.world.grants, walk.effects
    walk.do(SubmitCode(text=walk.code), Back(), Resend(), Change())
    assert walk.location == location
    assert walk.world.grants == grants
    assert walk.effects == effects


@pytest.mark.parametrize("staying", [True, False])
def test_stay_signed_in_is_remembered_over_a_wrong_code_and_a_new_one(*, staying: bool) -> None:
    walk = waiting()
    walk.do(SubmitCode(text=walk.wrong_code, stay_signed_in=staying), Resend(), Change())
    assert walk.flow.staying is staying
    walk.typed(PHONE)
    walk.do(SubmitCode(text=walk.code, stay_signed_in=staying))
    assert walk.grant.stay_signed_in is staying


def test_a_box_that_is_not_shown_cannot_be_checked() -> None:
    walk = Walk(replace(POLICY, stay_signed_in_shown=False))
    walk.typed(PHONE)
    walk.do(SubmitCode(text=walk.wrong_code, stay_signed_in=True))
    assert walk.flow.staying is None
    assert walk.flow.request.redirect_uri == APP


def test_the_sixth_code_within_the_hour_is_not_sent_and_the_last_one_still_works() -> None:
    walk = waiting().do(*[Resend()] * 4)
    assert (len(walk.sent), at_code(walk.flow).problem) == (5, None)
    walk.wait(timedelta(minutes=1)).do(Resend())
    assert at_code(walk.flow).problem is Problem.TOO_MANY_TRIES
    assert (len(walk.sent), walk.flow.waiting) == (5, timedelta(minutes=59))
    assert isinstance(walk.do(SubmitCode(text=walk.code)).stage, Finished)


def test_after_ten_wrong_codes_even_the_right_one_of_a_new_code_has_to_wait() -> None:
    walk = waiting()
    walk.do(*[SubmitCode(text=walk.wrong_code)] * 5, Resend())
    walk.do(*[SubmitCode(text=walk.wrong_code)] * 5, Resend())
    walk.do(SubmitCode(text=walk.code))
    assert at_code(walk.flow).problem is Problem.TOO_MANY_TRIES
    assert walk.flow.waiting == timedelta(hours=1)
    other = Walk(world=walk.world).typed(NEW_PHONE)
    assert isinstance(other.do(SubmitCode(text=other.code)).stage, Finished)


def test_a_code_that_was_taken_is_used_up_even_where_the_flow_has_to_wait() -> None:
    """The next code is held back by a limit, so the flow stays where the first was asked for."""
    world = populated().with_account(
        Account(id="two", identifiers=(NEW_PHONE, NEW_EMAIL), unproven=frozenset({NEW_EMAIL}))
    )
    usage = world.usage
    for _ in range(5):
        usage = usage.spent(
            Action.EMAIL_CODE, identifier=NEW_EMAIL.value, browser="b", now=world.now
        )
    policy = replace(POLICY, require_email=True)
    walk = Walk(policy, world=replace(world, usage=usage)).typed(NEW_PHONE)
    code = walk.code
    walk.do(SubmitCode(text=code))
    assert at_code(walk.flow).problem is Problem.TOO_MANY_TRIES
    walk.do(SubmitCode(text=code))
    assert at_code(walk.flow).problem is Problem.CODE_USED_UP


@pytest.mark.parametrize("event", [Change(), Back()])
def test_change_and_back_from_an_addition_lead_to_the_addition(event: Change | Back) -> None:
    walk = Walk(replace(POLICY, require_email=True)).typed(NEW_PHONE)
    walk.do(SubmitCode(text=walk.code)).typed(NEW_EMAIL)
    assert at_code(walk.flow).purpose is Purpose.CLAIM
    assert walk.do(event).stage == AtAdd(kind=IdentifierKind.EMAIL, typed=NEW_EMAIL.value)


def test_change_on_re_authentication_lets_somebody_else_sign_in_and_back_nobody() -> None:
    policy = replace(POLICY, sso=True)
    walk = Walk(policy, session=session_of(), prompt="login")
    assert at_code(walk.flow).purpose is Purpose.AGAIN
    assert walk.fork().do(Back()).answer["error"] == "access_denied"
    walk.do(Change())
    assert (walk.stage, walk.flow.standing) == (AtStart(kind=IdentifierKind.PHONE), None)
    walk.typed(PHONE_ONLY)
    walk.do(SubmitCode(text=walk.code))
    assert walk.grant.authentication.account_id == "phone"
    assert [session.authentication.account_id for session in walk.world.sessions.values()] == [
        "phone"
    ]


def test_staying_signed_in_outlasts_a_code_that_has_no_box() -> None:
    walk = Walk(replace(POLICY, require_email=True)).typed(NEW_PHONE)
    walk.do(SubmitCode(text=walk.code, stay_signed_in=True)).typed(NEW_EMAIL)
    walk.do(SubmitCode(text=walk.code))
    assert walk.flow.staying
    assert walk.grant.stay_signed_in

"""My CONNECT account: the password is changed or created, and who is told and signed out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from studio.engine import account_screens as screens
from studio.engine.account_events import SubmitPasswords
from studio.engine.accounts import password_matches
from studio.engine.effects import News
from studio.engine.events import Back, CheckPassword
from studio.engine.flow import Problem
from studio.engine.limits import LIMITS, Action, Scope
from studio.engine.sign_out import NotifyLogout
from studio.engine.visit import ACCOUNT_CLIENT, Section
from tests.engine.given import EMAIL, PASSWORD, PHONE, PHONE_ONLY, populated, session_of
from tests.engine.visiting import BY_PASSWORD, Stay

NEW = "staple battery"
TRIES = next(one.count for one in LIMITS[Action.PASSWORD_TRY] if one.scope is Scope.ACCOUNT)
QUARTER = timedelta(minutes=15)


def opened() -> Stay:
    return Stay().go(Section.PASSWORD)


def sent(current: str, new: str) -> SubmitPasswords:
    return SubmitPasswords(current=current, new=new)


def asked(stay: Stay) -> screens.AccountPassword:
    shown = stay.screen
    assert isinstance(shown, screens.AccountPassword)
    return shown


def has(stay: Stay, password: str) -> bool:
    return password_matches(stay.account.password, password, cost=stay.world.hash_cost)


def test_it_is_changed_and_told() -> None:
    stay = opened().do(sent(PASSWORD, NEW))
    assert stay.shown == ("account", "password-changed")
    assert has(stay, NEW)
    assert [(tell.to, tell.news, tell.client_id) for tell in stay.told] == [
        (EMAIL, News.PASSWORD_CHANGED, ACCOUNT_CLIENT)
    ]


def test_other_sessions_of_the_person_end_and_their_services_are_told() -> None:
    elsewhere = replace(BY_PASSWORD, id="elsewhere", clients=frozenset({"one", "two"}))
    somebody = replace(session_of(PHONE_ONLY, account_id="phone"), id="somebody")
    world = populated().with_session(elsewhere).with_session(somebody)
    stay = Stay(world=world).go(Section.PASSWORD).do(sent(PASSWORD, NEW))
    assert set(stay.world.sessions) == {BY_PASSWORD.id, "somebody"}
    notices = [effect for effect in stay.turn.effects if isinstance(effect, NotifyLogout)]
    assert notices == [
        NotifyLogout(client_id=client, sub="full", sid="elsewhere") for client in ("one", "two")
    ]


def test_the_first_one_is_created_without_another() -> None:
    stay = Stay(session_of(PHONE_ONLY, account_id="phone")).go(Section.PASSWORD)
    assert stay.shown == ("account-password", "create")
    stay.do(sent("", NEW))
    assert stay.shown == ("account", "password-created")
    assert has(stay, NEW)
    assert [(tell.to, tell.news) for tell in stay.told] == [(PHONE_ONLY, News.PASSWORD_CREATED)]


@pytest.mark.parametrize(
    ("current", "new", "problem", "wrong"),
    [
        ("", NEW, Problem.PASSWORD_MISSING, "current"),
        (PASSWORD, "", Problem.PASSWORD_MISSING, "new"),
        ("", "", Problem.PASSWORD_MISSING, "current"),
        ("wrong", NEW, Problem.CREDENTIALS_WRONG, "current"),
        ("wrong", "123", Problem.CREDENTIALS_WRONG, "current"),
        (PASSWORD, "12345", Problem.PASSWORD_TOO_SHORT, "new"),
        (PASSWORD, "password", Problem.PASSWORD_COMMON, "new"),
        (PASSWORD, PHONE.value, Problem.PASSWORD_OWN, "new"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    current: str, new: str, problem: Problem, wrong: str
) -> None:
    stay = opened().do(sent(current, new))
    assert (asked(stay).problem, asked(stay).wrong) == (problem, wrong)
    assert has(stay, PASSWORD)
    assert not stay.told


def test_wrong_ones_count_against_the_limit_of_signing_in() -> None:
    stay = opened()
    for _ in range(TRIES):
        stay.do(sent("wrong", NEW))
    stay.do(sent(PASSWORD, NEW))
    assert (asked(stay).problem, asked(stay).waiting) == (Problem.TOO_MANY_TRIES, QUARTER)
    assert has(stay, PASSWORD)
    usage, now = stay.world.usage, stay.world.now
    elsewhere = usage.waiting(
        Action.PASSWORD_TRY, identifier=PHONE.value, browser="another", now=now
    )
    assert elsewhere == QUARTER
    assert stay.wait(QUARTER).do(sent(PASSWORD, NEW)).shown == ("account", "password-changed")


def test_the_right_one_forgives_the_wrong_ones_before() -> None:
    stay = opened()
    for _ in range(TRIES - 1):
        stay.do(sent("wrong", NEW))
    stay.do(sent(PASSWORD, NEW))
    stay.go(Section.PASSWORD).do(sent("wrong", NEW))
    assert asked(stay).problem is Problem.CREDENTIALS_WRONG


def test_of_a_password_that_is_looked_at_only_the_strength_is_kept() -> None:
    stay = opened().do(CheckPassword(text="Zq7 kestrel ladder"))
    assert stay.shown == ("account-password", "strength")
    assert asked(stay).strength == 4
    assert "kestrel" not in repr(stay.world)
    stay.do(CheckPassword(text="password"))
    assert (asked(stay).problem, asked(stay).strength) == (Problem.PASSWORD_COMMON, 0)
    assert asked(stay.do(CheckPassword(text=""))).problem is Problem.PASSWORD_MISSING


def test_it_names_what_the_person_signs_in_with_for_password_managers() -> None:
    assert asked(opened()).used == PHONE


def test_back_leads_to_the_overview() -> None:
    assert opened().do(Back()).screen.id == "account"

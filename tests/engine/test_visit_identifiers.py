"""My CONNECT account: numbers and addresses are added, preferred and removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine import account_screens as screens
from studio.engine.account_events import Add, Confirm, MakePreferred, Remove
from studio.engine.accounts import Account
from studio.engine.effects import News
from studio.engine.events import Back, Change, Continue, Resend, SubmitCode, SubmitIdentifier
from studio.engine.flow import CODE_LIFETIME, CODE_TRIES, Problem
from studio.engine.limits import LIMITS, Action, Scope
from studio.engine.policy import IdentifierKind, Level
from studio.engine.sessions import Method
from studio.engine.visit import ACCOUNT_CLIENT, Section
from tests.engine.given import (
    BROWSER,
    EMAIL,
    NEW_EMAIL,
    NEW_PHONE,
    PHONE,
    PHONE_ONLY,
    UNPROVEN,
    populated,
    session_of,
)
from tests.engine.visiting import BY_PASSWORD, Stay

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier

HOUR = timedelta(hours=1)
LISTS = {IdentifierKind.PHONE: Section.PHONES, IdentifierKind.EMAIL: Section.EMAILS}


def adding(identifier: Identifier) -> Stay:
    """Return a stay where the code for a number or address is asked for."""
    return Stay().go(LISTS[identifier.kind]).do(Add()).typed(identifier)


def lines(stay: Stay) -> dict[Identifier, screens.IdentifierLine]:
    """Return the list that is shown."""
    shown = stay.screen
    assert isinstance(shown, screens.AccountIdentifiers)
    return {line.identifier: line for line in shown.lines}


# Adding


@pytest.mark.parametrize(("identifier", "kind"), [(NEW_PHONE, "phone"), (NEW_EMAIL, "email")])
def test_one_is_added_after_its_code_and_told_to_every_address(
    identifier: Identifier, kind: str
) -> None:
    stay = adding(identifier)
    assert stay.shown == (f"account-verify-{kind}", "code-sent")
    (sent,) = stay.codes
    assert (sent.to, sent.client_id) == (identifier, ACCOUNT_CLIENT)
    stay.do(SubmitCode(text=stay.code))
    assert stay.shown == (f"account-{kind}s", "added")
    assert stay.world.owner(identifier) == stay.account
    addresses = [one for one in (EMAIL, identifier) if one.kind is IdentifierKind.EMAIL]
    assert [(tell.to, tell.news, tell.about, tell.client_id) for tell in stay.told] == [
        (to, News.IDENTIFIER_ADDED, identifier.value, ACCOUNT_CLIENT) for to in addresses
    ]


@pytest.mark.parametrize(
    ("section", "kind", "text", "problem"),
    [
        (Section.PHONES, IdentifierKind.PHONE, " ", Problem.PHONE_MISSING),
        (Section.PHONES, IdentifierKind.PHONE, "12", Problem.PHONE_INVALID),
        (Section.EMAILS, IdentifierKind.EMAIL, "", Problem.EMAIL_MISSING),
        (Section.EMAILS, IdentifierKind.EMAIL, "user", Problem.EMAIL_INVALID),
    ],
)
def test_what_cannot_be_read_is_told(
    section: Section, kind: IdentifierKind, text: str, problem: Problem
) -> None:
    stay = Stay().go(section).do(Add(), SubmitIdentifier(kind=kind, text=text))
    assert stay.screen.problem is problem
    assert isinstance(stay.screen, screens.AccountAdd)
    assert stay.screen.typed == text
    assert not stay.codes


def test_ones_own_is_told_kindly_and_gets_no_code() -> None:
    stay = adding(PHONE)
    assert stay.shown == ("account-phones", "added-before")
    assert not stay.codes


@pytest.mark.parametrize("identifier", [PHONE_ONLY, UNPROVEN])
def test_somebody_elses_is_refused_only_after_its_code(identifier: Identifier) -> None:
    free = adding(NEW_PHONE if identifier.kind is IdentifierKind.PHONE else NEW_EMAIL)
    taken = adding(identifier)
    assert taken.shown == free.shown
    assert len(taken.codes) == len(free.codes) == 1
    taken.do(SubmitCode(text=taken.wrong_code))
    assert taken.shown == (f"account-verify-{identifier.kind}", "code-wrong")
    taken.do(SubmitCode(text=taken.code))
    assert taken.shown == (f"account-add-{identifier.kind}", "identifier-taken")
    assert taken.account.identifiers == (PHONE, EMAIL)
    assert not taken.told


def test_a_code_is_good_for_ten_minutes_and_five_tries_and_once() -> None:
    late = adding(NEW_PHONE).wait(CODE_LIFETIME)
    assert late.do(SubmitCode(text=late.code)).screen.problem is Problem.CODE_EXPIRED
    tired = adding(NEW_PHONE)
    for _ in range(CODE_TRIES):
        tired.do(SubmitCode(text=tired.wrong_code))
    assert tired.screen.problem is Problem.CODE_USED_UP
    assert tired.do(SubmitCode(text=tired.code)).screen.problem is Problem.CODE_USED_UP
    assert adding(NEW_PHONE).do(SubmitCode(text="")).screen.problem is Problem.CODE_MISSING


def test_a_new_code_is_sent_and_the_one_before_is_worth_nothing() -> None:
    stay = adding(NEW_PHONE)
    before = stay.code
    stay.do(Resend())
    assert stay.shown == ("account-verify-phone", "code-resent")
    assert before != stay.code
    assert stay.do(SubmitCode(text=before)).screen.problem is Problem.CODE_WRONG
    assert stay.do(SubmitCode(text=stay.code)).shown == ("account-phones", "added")


@pytest.mark.parametrize("event", [Back(), Change()])
def test_back_from_the_code_leads_to_what_was_typed(event: Back | Change) -> None:
    stay = adding(NEW_PHONE).do(event)
    assert isinstance(stay.screen, screens.AccountAdd)
    assert stay.screen.typed == NEW_PHONE.value
    assert stay.do(Back()).screen.id == "account-phones"


def _most(action: Action) -> int:
    return next(one.count for one in LIMITS[action] if one.scope is Scope.ACCOUNT)


def test_codes_are_limited_with_those_of_signing_in() -> None:
    stay = adding(NEW_PHONE)
    for _ in range(_most(Action.SMS) - 1):
        stay.do(Resend())
    assert len(stay.codes) == _most(Action.SMS)
    stay.do(Resend())
    assert stay.screen.problem is Problem.TOO_MANY_TRIES
    assert stay.screen.waiting == HOUR
    again = stay.do(Back()).typed(NEW_PHONE)
    assert (again.screen.id, again.screen.problem) == (
        "account-add-phone",
        Problem.TOO_MANY_TRIES,
    )
    assert len(stay.codes) == _most(Action.SMS)
    usage = stay.world.usage
    now = stay.world.now
    met = usage.waiting(Action.SMS, identifier=NEW_PHONE.value, browser="elsewhere", now=now)
    assert met == HOUR


def test_wrong_codes_are_limited_too() -> None:
    stay = adding(NEW_EMAIL)
    for _ in range(_most(Action.CODE_TRY) // CODE_TRIES):
        for _ in range(CODE_TRIES):
            stay.do(SubmitCode(text=stay.wrong_code))
        stay.do(Resend())
    stay.do(SubmitCode(text=stay.code))
    assert stay.screen.problem is Problem.TOO_MANY_TRIES
    assert NEW_EMAIL not in stay.account.identifiers


# The preferred one


def test_another_proven_one_becomes_the_preferred() -> None:
    stay = adding(NEW_PHONE)
    stay.do(SubmitCode(text=stay.code))
    assert [line.preferred for line in lines(stay).values()] == [True, False]
    stay.do(MakePreferred(handle=stay.handle(NEW_PHONE)))
    assert stay.shown == ("account-phones", "preferred")
    assert lines(stay)[NEW_PHONE].preferred
    assert stay.account.first(IdentifierKind.PHONE) == NEW_PHONE


def test_one_of_somebody_else_cannot_be_made_preferred_or_removed() -> None:
    stay = Stay().go(Section.PHONES)
    for event in (
        MakePreferred(handle=stay.handle(PHONE_ONLY)),
        Remove(handle=stay.handle(PHONE_ONLY)),
        Remove(handle=""),
    ):
        assert stay.do(event).shown == ("account-phones", "stale-form")


# Not proven yet


def unproven() -> Stay:
    """Return a stay of somebody whose address is not proven."""
    world = populated()
    account = world.accounts["full"]
    account = replace(account, unproven=frozenset({EMAIL}))
    return Stay(world=world.with_account(account)).go(Section.EMAILS)


def test_one_that_is_not_proven_is_confirmed_by_a_code() -> None:
    stay = unproven()
    line = lines(stay)[EMAIL]
    assert (line.proven, line.preferred, line.removable) == (False, False, True)
    stay.do(MakePreferred(handle=line.handle))
    assert stay.shown == ("account-emails", "stale-form")
    stay.do(Confirm(handle=line.handle))
    assert stay.codes[-1].to == EMAIL
    stay.do(SubmitCode(text=stay.code))
    assert lines(stay)[EMAIL].proven


def test_one_that_is_proven_needs_no_code_again() -> None:
    stay = Stay().go(Section.EMAILS)
    stay.do(Confirm(handle=stay.handle(EMAIL)))
    assert (stay.shown, stay.codes) == (("account-emails", "stale-form"), [])


# Removing


def test_one_is_removed_after_asking_and_told_there_too() -> None:
    stay = Stay().go(Section.EMAILS)
    stay.do(Remove(handle=stay.handle(EMAIL)))
    assert stay.screen.id == "account-remove-email"
    assert list(stay.account.identifiers) == [PHONE, EMAIL]
    stay.do(Continue())
    assert stay.shown == ("account-emails", "removed")
    assert list(stay.account.identifiers) == [PHONE]
    assert stay.world.owner(EMAIL) is None
    assert [(tell.to, tell.news, tell.client_id) for tell in stay.told] == [
        (EMAIL, News.IDENTIFIER_REMOVED, ACCOUNT_CLIENT)
    ]


def test_the_last_proven_one_has_no_button_and_stays_when_a_request_is_forged() -> None:
    session = session_of(PHONE_ONLY, account_id="phone")
    stay = Stay(session).go(Section.PHONES)
    assert not lines(stay)[PHONE_ONLY].removable
    stay.do(Remove(handle=stay.handle(PHONE_ONLY)))
    assert stay.shown == ("account-phones", "last-identifier")
    assert stay.account.identifiers == (PHONE_ONLY,)


def test_one_that_has_become_the_last_stays_too() -> None:
    stay = Stay().go(Section.PHONES)
    stay.do(Remove(handle=stay.handle(PHONE)))
    account = replace(stay.account, identifiers=(PHONE,))
    stay.in_world(stay.world.with_account(account)).do(Continue())
    assert stay.shown == ("account-phones", "last-identifier")
    assert stay.account.identifiers == (PHONE,)


def test_one_that_is_not_proven_does_not_count_as_another() -> None:
    stay = unproven().go(Section.PHONES)
    assert not lines(stay)[PHONE].removable


def test_one_that_was_removed_elsewhere_is_asked_about_no_longer() -> None:
    stay = Stay().go(Section.EMAILS)
    stay.do(Remove(handle=stay.handle(EMAIL)))
    account = replace(stay.account, identifiers=(PHONE,))
    stay.in_world(stay.world.with_account(account)).go(Section.EMAILS)
    assert stay.screen.id == "account-emails"


def test_whoever_signed_in_with_what_is_removed_goes_on_with_another() -> None:
    elsewhere = replace(BY_PASSWORD, id="another session")
    world = populated().with_session(elsewhere).remembering(BROWSER, PHONE)
    stay = Stay(world=world).go(Section.PHONES)
    stay.do(Remove(handle=stay.handle(PHONE)), Continue())
    used = {session.authentication.used for session in stay.world.sessions.values()}
    assert used == {EMAIL}
    assert stay.world.last_used(BROWSER) == EMAIL
    overview = stay.go(Section.OVERVIEW).screen
    assert isinstance(overview, screens.Account)
    assert overview.used == EMAIL


def test_a_person_with_one_address_sees_one_and_none_of_the_other_kind() -> None:
    account = Account(id="mail", identifiers=(NEW_EMAIL,))
    session = session_of(NEW_EMAIL, Level.PASSWORD, Method.PASSWORD, account_id="mail")
    stay = Stay(session, populated().with_account(account))
    assert stay.go(Section.PHONES).shown == ("account-phones", "empty")
    assert stay.go(Section.EMAILS).shown == ("account-emails", "one")

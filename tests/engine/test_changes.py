"""Changes of the account: who may make them, what they change, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine.accounts import password_matches
from studio.engine.changes import (
    RECENT,
    ChangeRefusedError,
    Refusal,
    add_identifier,
    change_password,
    make_preferred,
    may_change,
    remove_identifier,
    withdraw,
)
from studio.engine.effects import News, Tell
from studio.engine.policy import IdentifierKind, Level
from studio.engine.sessions import Method
from studio.engine.sign_out import NotifyLogout
from studio.engine.tokens import Grant
from tests.engine.given import (
    EMAIL,
    NEW_EMAIL,
    NEW_PHONE,
    PASSWORD,
    PHONE,
    PHONE_ONLY,
    UNPROVEN,
    populated,
    request,
    session_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.engine.identifiers import Identifier
    from studio.engine.sessions import Session
    from studio.engine.world import World

BY_CODE = session_of()
BY_PASSWORD = session_of(EMAIL, Level.PASSWORD, Method.PASSWORD)
DETECTED = session_of(method=Method.DETECTED)
OTHERS = session_of(PHONE_ONLY, account_id="phone")
TICK = timedelta(microseconds=1)
FRESH = "staple battery"


@pytest.mark.parametrize(
    ("session", "age", "allowed"),
    [
        (BY_CODE, timedelta(0), True),
        (BY_CODE, RECENT, True),
        (BY_CODE, RECENT + TICK, False),
        (BY_PASSWORD, timedelta(days=100), True),
        (DETECTED, timedelta(0), False),
    ],
)
def test_a_change_needs_level_2_or_a_code_not_older_than_ten_minutes(
    session: Session, age: timedelta, *, allowed: bool
) -> None:
    assert timedelta(minutes=10) == RECENT
    assert may_change(populated().later(age), session) is allowed


EVERY: list[Callable[[World, Session], object]] = [
    lambda world, session: change_password(world, session, PASSWORD, FRESH),
    lambda world, session: add_identifier(world, session, NEW_EMAIL),
    lambda world, session: remove_identifier(world, session, EMAIL),
    lambda world, session: make_preferred(world, session, EMAIL),
    lambda world, session: withdraw(world, session, "fakebrand"),
]


@pytest.mark.parametrize("change", EVERY)
def test_nothing_is_changed_on_an_old_proof(change: Callable[[World, Session], object]) -> None:
    with pytest.raises(ChangeRefusedError) as caught:
        change(populated(), DETECTED)
    assert caught.value.refusal is Refusal.NOT_RECENT
    assert change(populated(), BY_PASSWORD)


def grant(code: str, session_id: str, account_id: str = "full", client: str = "fakebrand") -> Grant:
    proof = replace(BY_CODE.authentication, account_id=account_id)
    return Grant(
        code=code,
        request=replace(request(), client_id=client),
        authentication=proof,
        session_id=session_id,
        issued=populated().now,
        stay_signed_in=True,
    )


def granted() -> World:
    """Return a world in which two people have grants of two sessions and two clients."""
    world = populated()
    for one in (
        grant("here", BY_CODE.id),
        grant("elsewhere", "another session"),
        grant("other client", BY_CODE.id, client="shop"),
        grant("other person", "a third session", account_id="phone"),
    ):
        world = world.with_grant(one)
    return world


def news(effects: tuple[Tell | NotifyLogout, ...]) -> list[tuple[Identifier, News, str]]:
    return [(one.to, one.news, one.about) for one in effects if isinstance(one, Tell)]


def test_a_password_is_changed_told_and_ends_what_was_signed_in_elsewhere() -> None:
    world, tells = change_password(granted(), BY_CODE, PASSWORD, FRESH)
    stored = world.accounts["full"].password
    assert password_matches(stored, FRESH, cost=world.hash_cost)
    assert not password_matches(stored, PASSWORD, cost=world.hash_cost)
    assert set(world.grants) == {"here", "other client", "other person"}
    assert news(tells) == [(EMAIL, News.PASSWORD_CHANGED, "")]


def test_a_first_password_needs_no_current_one() -> None:
    world, tells = change_password(populated(), OTHERS, "", FRESH)
    assert password_matches(world.accounts["phone"].password, FRESH, cost=world.hash_cost)
    assert news(tells) == [(PHONE_ONLY, News.PASSWORD_CREATED, "")]


@pytest.mark.parametrize(
    ("current", "new", "refusal"),
    [
        ("wrong", FRESH, Refusal.WRONG_PASSWORD),
        ("", FRESH, Refusal.WRONG_PASSWORD),
        (PASSWORD, "short", Refusal.BAD_PASSWORD),
        (PASSWORD, "99912345", Refusal.BAD_PASSWORD),
    ],
)
def test_a_password_is_not_changed_by_a_stranger_or_into_a_weak_one(
    current: str, new: str, refusal: Refusal
) -> None:
    with pytest.raises(ChangeRefusedError) as caught:
        change_password(populated(), BY_PASSWORD, current, new)
    assert caught.value.refusal is refusal


def test_what_was_proven_is_added_and_told_at_every_address() -> None:
    world, tells = add_identifier(populated(), BY_CODE, NEW_EMAIL)
    assert world.accounts["full"].identifiers == (PHONE, EMAIL, NEW_EMAIL)
    about = (News.IDENTIFIER_ADDED, NEW_EMAIL.value)
    assert news(tells) == [(EMAIL, *about), (NEW_EMAIL, *about)]


def test_what_is_on_another_account_is_not_added() -> None:
    with pytest.raises(ChangeRefusedError) as caught:
        add_identifier(populated(), BY_CODE, PHONE_ONLY)
    assert caught.value.refusal is Refusal.TAKEN


def test_what_is_removed_is_free_and_told_there_too() -> None:
    world, tells = remove_identifier(populated(), BY_CODE, EMAIL)
    assert world.owner(EMAIL) is None
    assert news(tells) == [(EMAIL, News.IDENTIFIER_REMOVED, EMAIL.value)]
    assert world.accounts["full"].identifiers == (PHONE,)


def test_what_is_unproven_can_be_removed() -> None:
    account = replace(
        populated().accounts["full"],
        identifiers=(PHONE, NEW_EMAIL),
        unproven=frozenset({NEW_EMAIL}),
    )
    world, _ = remove_identifier(populated().with_account(account), BY_CODE, NEW_EMAIL)
    assert world.accounts["full"].unproven == frozenset()


def test_the_last_proven_identifier_stays() -> None:
    account = replace(
        populated().accounts["full"],
        identifiers=(PHONE, NEW_EMAIL),
        unproven=frozenset({NEW_EMAIL}),
    )
    with pytest.raises(ChangeRefusedError) as caught:
        remove_identifier(populated().with_account(account), BY_CODE, PHONE)
    assert caught.value.refusal is Refusal.LAST_IDENTIFIER


@pytest.mark.parametrize("change", [remove_identifier, make_preferred])
def test_what_is_not_on_the_account_can_be_neither_removed_nor_preferred(
    change: Callable[[World, Session, Identifier], object],
) -> None:
    for identifier in (NEW_PHONE, PHONE_ONLY, UNPROVEN):
        with pytest.raises(ChangeRefusedError) as caught:
            change(populated(), BY_CODE, identifier)
        assert caught.value.refusal is Refusal.UNKNOWN_IDENTIFIER


def test_the_preferred_one_is_the_first_of_its_kind() -> None:
    world, _ = add_identifier(populated(), BY_CODE, NEW_EMAIL)
    world = make_preferred(world, BY_CODE, NEW_EMAIL)
    account = world.accounts["full"]
    assert account.first(IdentifierKind.EMAIL) == NEW_EMAIL
    assert account.first(IdentifierKind.PHONE) == PHONE
    assert set(account.identifiers) == {PHONE, EMAIL, NEW_EMAIL}


def test_a_service_that_is_withdrawn_loses_consents_and_tokens_of_this_person_only() -> None:
    world = granted()
    account = world.accounts["full"].with_consent("fakebrand", frozenset({"email"}), world.now)
    world = world.with_account(account.with_consent("shop", frozenset({"openid"}), world.now))
    world, notices = withdraw(world, BY_CODE, "fakebrand")
    assert not notices
    assert set(world.grants) == {"other client", "other person"}
    left = world.accounts["full"]
    assert set(left.services) == {"shop"}
    assert left.given("shop") == {"openid"}
    assert withdraw(world, BY_CODE, "fakebrand") == (world, ())


def test_a_service_that_is_withdrawn_is_told_to_end_every_session_of_this_person() -> None:
    clients = frozenset({"fakebrand", "shop"})
    world = populated().with_session(replace(OTHERS, id="theirs", clients=clients))
    for name in ("one", "two"):
        world = world.with_session(replace(BY_CODE, id=name, clients=clients))
    world, notices = withdraw(world, BY_CODE, "fakebrand")
    told = [NotifyLogout(client_id="fakebrand", sub="full", sid=name) for name in ("one", "two")]
    assert sorted(notices, key=str) == told
    left = {one.id: one.clients for one in world.sessions.values()}
    assert left == {"one": {"shop"}, "two": {"shop"}, "theirs": clients}

"""Changes that a person makes to the account: allowed after a recent proof, told to every address.

The pages of My CONNECT account call these; each returns a new world and what has to be told.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from studio.engine.accounts import hash_password, password_matches
from studio.engine.effects import News
from studio.engine.passwords import judge
from studio.engine.policy import Level
from studio.engine.sessions import Method
from studio.engine.sign_out import NotifyLogout, sign_out_of_connect, sign_out_of_service
from studio.engine.telling import told
from studio.engine.tokens import revoke_grants
from studio.engine.world import IdentifierTakenError

if TYPE_CHECKING:
    from studio.engine.accounts import Account
    from studio.engine.effects import Tell
    from studio.engine.identifiers import Identifier
    from studio.engine.sessions import Session
    from studio.engine.world import World

    Changed = tuple[World, tuple[Tell | NotifyLogout, ...]]

RECENT = timedelta(minutes=10)
"""How old a code may be to change the account at level 1."""


class Refusal(StrEnum):
    """Why a change is not made."""

    NOT_RECENT = "not-recent"
    LAST_IDENTIFIER = "last-identifier"
    UNKNOWN_IDENTIFIER = "unknown-identifier"
    TAKEN = "identifier-taken"
    WRONG_PASSWORD = "credentials-wrong"  # noqa: S105 - the name of a refusal
    BAD_PASSWORD = "bad-password"  # noqa: S105 - the name of a refusal


class ChangeRefusedError(ValueError):
    """A change that is not allowed, or not possible; nothing has changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def may_change(world: World, session: Session) -> bool:
    """Tell whether a session may change its account: at level 2, or with a recent code."""
    proof = session.authentication
    by_code = Method.OTP in proof.methods and world.now - proof.when <= RECENT
    return proof.level is Level.PASSWORD or by_code


def change_password(world: World, session: Session, current: str, new: str) -> Changed:
    """Change the password, or create the first one; every other sign-in of the person ends.

    Whoever changes a password may do so because somebody else knows the old one, so nobody else
    stays: other sessions of CONNECT end too, and their services are told (choice).

    Raises:
        ChangeRefusedError: Not allowed, the current password is wrong, or the new one is weak.
    """
    account = _account(world, session)
    if account.password and not password_matches(account.password, current, cost=world.hash_cost):
        raise ChangeRefusedError(Refusal.WRONG_PASSWORD)
    if judge(new, [one.value for one in account.identifiers]).problem:
        raise ChangeRefusedError(Refusal.BAD_PASSWORD)
    news = News.PASSWORD_CHANGED if account.password else News.PASSWORD_CREATED
    world, salt = world.draw(16)
    password = hash_password(new, salt=salt, cost=world.hash_cost)
    world = revoke_grants(
        world,
        lambda grant: (
            grant.authentication.account_id == account.id and grant.session_id != session.id
        ),
    )
    account = replace(account, password=password)
    world, notices = _without_others(world.with_account(account), session)
    return world, (*told([account], news, when=world.now), *notices)


def _without_others(world: World, session: Session) -> tuple[World, tuple[NotifyLogout, ...]]:
    """End the other sessions of the same person."""
    notices: tuple[NotifyLogout, ...] = ()
    for other in tuple(world.sessions.values()):
        same = other.authentication.account_id == session.authentication.account_id
        if same and other.id != session.id:
            world, more = sign_out_of_connect(world, other.id)
            notices = (*notices, *more)
    return world, notices


def add_identifier(world: World, session: Session, identifier: Identifier) -> Changed:
    """Add a number or address that the person has just proven.

    Raises:
        ChangeRefusedError: Not allowed, or it is on another account.
    """
    account = _account(world, session)
    changed = account.with_proven(identifier)
    try:
        world = world.with_account(changed)
    except IdentifierTakenError:
        raise ChangeRefusedError(Refusal.TAKEN) from None
    return world, told([changed], News.IDENTIFIER_ADDED, when=world.now, about=identifier.value)


def remove_identifier(world: World, session: Session, identifier: Identifier) -> Changed:
    """Remove a number or address; it is told about there too.

    Raises:
        ChangeRefusedError: Not allowed, not on the account, or the last one to sign in with.
    """
    account = _account(world, session)
    if identifier not in account.identifiers:
        raise ChangeRefusedError(Refusal.UNKNOWN_IDENTIFIER)
    if not stays_without(account, identifier):
        raise ChangeRefusedError(Refusal.LAST_IDENTIFIER)
    left = tuple(one for one in account.identifiers if one != identifier)
    changed = replace(account, identifiers=left, unproven=account.unproven - {identifier})
    world = _used_another(world.with_account(changed), changed, identifier)
    news = News.IDENTIFIER_REMOVED
    return world, told([account, changed], news, when=world.now, about=identifier.value)


def stays_without(account: Account, identifier: Identifier) -> bool:
    """Tell whether the person can still sign in without a number or address."""
    return any(one not in account.unproven for one in account.identifiers if one != identifier)


def _used_another(world: World, account: Account, removed: Identifier) -> World:
    """Let sessions that began with what was removed go on as begun with another one.

    A code or a password is asked for by it again, and it may be somebody else's by then.
    """
    first = account.first(removed.kind)
    proven = [one for one in account.identifiers if one not in account.unproven]
    instead = first if first in proven else proven[0]
    for session in tuple(world.sessions.values()):
        proof = session.authentication
        if (proof.account_id, proof.used) == (account.id, removed):
            other = replace(session, authentication=replace(proof, used=instead))
            world = world.with_session(other)
    return world


def make_preferred(world: World, session: Session, identifier: Identifier) -> World:
    """Let a number or address be the first of its kind.

    Raises:
        ChangeRefusedError: Not allowed, or not on the account.
    """
    account = _account(world, session)
    if identifier not in account.identifiers:
        raise ChangeRefusedError(Refusal.UNKNOWN_IDENTIFIER)
    others = tuple(one for one in account.identifiers if one != identifier)
    return world.with_account(replace(account, identifiers=(identifier, *others)))


def withdraw(world: World, session: Session, client_id: str) -> Changed:
    """Take back what a client was given: its consents and its tokens.

    Wherever the person is signed in at the client, it is told to end that (choice).

    Raises:
        ChangeRefusedError: Not allowed.
    """
    account = _account(world, session)
    services = account.services
    if client_id in services:
        services = services.delete(client_id)
    world = revoke_grants(
        world,
        lambda grant: (
            grant.authentication.account_id == account.id and grant.request.client_id == client_id
        ),
    )
    world = world.with_account(replace(account, services=services))
    return _without_service(world, account.id, client_id)


def _without_service(
    world: World, account_id: str, client_id: str
) -> tuple[World, tuple[NotifyLogout, ...]]:
    """Let a client forget a person in all sessions."""
    notices: tuple[NotifyLogout, ...] = ()
    for one in tuple(world.sessions.values()):
        if one.authentication.account_id == account_id and client_id in one.clients:
            world = sign_out_of_service(world, one.id, client_id)
            notices = (*notices, NotifyLogout(client_id=client_id, sub=account_id, sid=one.id))
    return world, notices


def _account(world: World, session: Session) -> Account:
    if not may_change(world, session):
        raise ChangeRefusedError(Refusal.NOT_RECENT)
    return world.accounts[session.authentication.account_id]

"""Which screen is a visit at? Made from its stage and the account as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from studio.engine.account_screens import (
    Account,
    AccountAbout,
    AccountAddEmail,
    AccountAddPhone,
    AccountEmails,
    AccountPassword,
    AccountPhones,
    AccountProfile,
    AccountProfileEdit,
    AccountPurchases,
    AccountRemoveEmail,
    AccountRemovePhone,
    AccountScreen,
    AccountService,
    AccountServices,
    AccountSubscriptions,
    AccountVerifyEmail,
    AccountVerifyPhone,
    AccountWithdraw,
    IdentifierLine,
    ServiceLine,
)
from studio.engine.changes import stays_without
from studio.engine.policy import IdentifierKind
from studio.engine.visit import (
    AtAddition,
    AtIdentifiers,
    AtPage,
    AtPasswords,
    AtProfileEdit,
    AtProof,
    AtRemoval,
    AtService,
    AtServices,
    AtWithdrawal,
    Section,
    handle_of,
)

if TYPE_CHECKING:
    from studio.engine.account_turn import AccountTurn
    from studio.engine.identifiers import Identifier


def screen_of(turn: AccountTurn) -> AccountScreen:  # noqa: PLR0911 - a case for each stage
    """Return the screen a visit is at."""
    stage, notice = turn.visit.stage, turn.visit.notice
    match stage:
        case AtPage():
            return _page(turn, stage.section)
        case AtProfileEdit():
            return AccountProfileEdit(
                name=stage.name,
                locale=stage.locale,
                offered=turn.policy.offered_locales,
                notice=notice,
            )
        case AtIdentifiers() | AtAddition() | AtProof() | AtRemoval():
            return _identifiers(turn, stage)
        case AtPasswords():
            return AccountPassword(
                used=turn.session.authentication.used,
                creating=turn.account.password is None,
                strength=stage.strength,
                wrong=stage.wrong,
                problem=stage.problem,
                notice=notice,
                waiting=turn.visit.waiting,
            )
        case AtServices():
            about = _name(turn, stage.about) if stage.about else ""
            return AccountServices(lines=_services(turn), about=about, notice=notice)
        case AtService():
            scopes = tuple(sorted(turn.account.given(stage.client_id) - {"openid"}))
            line = _service(turn, stage.client_id)
            return AccountService(line=line, scopes=scopes, notice=notice)
        case AtWithdrawal():
            return AccountWithdraw(line=_service(turn, stage.client_id), notice=notice)
    assert_never(stage)


def _page(turn: AccountTurn, section: Section) -> AccountScreen:
    """Return the screen of a section that only tells something."""
    account, notice = turn.account, turn.visit.notice
    match section:
        case Section.PROFILE:
            return AccountProfile(name=account.name, locale=account.locale, notice=notice)
        case Section.SUBSCRIPTIONS:
            lines = tuple(sorted(account.subscriptions, key=lambda line: line.renews))
            return AccountSubscriptions(lines=lines, notice=notice)
        case Section.PURCHASES:
            newest = sorted(account.purchases, key=lambda line: line.when, reverse=True)
            return AccountPurchases(lines=tuple(newest), notice=notice)
        case Section.ABOUT:
            return AccountAbout(notice=notice)
        case _:
            used = turn.session.authentication.used
            return Account(name=account.name, used=used, notice=notice)


def _identifiers(
    turn: AccountTurn, stage: AtIdentifiers | AtAddition | AtProof | AtRemoval
) -> AccountScreen:
    """Return a screen about numbers or about addresses."""
    notice, waiting = turn.visit.notice, turn.visit.waiting
    match stage:
        case AtIdentifiers():
            phones = stage.kind is IdentifierKind.PHONE
            lists = AccountPhones if phones else AccountEmails
            return lists(lines=_lines(turn, stage.kind), about=stage.about, notice=notice)
        case AtAddition():
            phones = stage.kind is IdentifierKind.PHONE
            adds = AccountAddPhone if phones else AccountAddEmail
            return adds(typed=stage.typed, problem=stage.problem, notice=notice, waiting=waiting)
        case AtProof():
            phones = stage.identifier.kind is IdentifierKind.PHONE
            verifies = AccountVerifyPhone if phones else AccountVerifyEmail
            return verifies(
                identifier=stage.identifier, problem=stage.problem, notice=notice, waiting=waiting
            )
        case AtRemoval():
            phones = stage.identifier.kind is IdentifierKind.PHONE
            removes = AccountRemovePhone if phones else AccountRemoveEmail
            return removes(identifier=stage.identifier, notice=notice)
    assert_never(stage)


def _lines(turn: AccountTurn, kind: IdentifierKind) -> tuple[IdentifierLine, ...]:
    """Return the numbers or addresses; the preferred one is the first of several proven ones."""
    own = [one for one in turn.account.identifiers if one.kind is kind]
    return tuple(_line(turn, one) for one in own)


def _line(turn: AccountTurn, identifier: Identifier) -> IdentifierLine:
    account = turn.account
    proven = identifier not in account.unproven
    return IdentifierLine(
        identifier=identifier,
        handle=handle_of(turn.visit, identifier),
        preferred=proven and account.first(identifier.kind) == identifier,
        proven=proven,
        removable=stays_without(account, identifier),
    )


def _services(turn: AccountTurn) -> tuple[ServiceLine, ...]:
    lines = (_service(turn, client_id) for client_id in turn.account.services)
    return tuple(sorted(lines, key=lambda line: (line.name, line.client_id)))


def _service(turn: AccountTurn, client_id: str) -> ServiceLine:
    since = turn.account.services[client_id].since
    return ServiceLine(client_id=client_id, name=_name(turn, client_id), since=since)


def _name(turn: AccountTurn, client_id: str) -> str:
    """Return a service's name; one that is hosted no longer has only its id."""
    policy = turn.find_client(client_id)
    return policy.name if policy else client_id

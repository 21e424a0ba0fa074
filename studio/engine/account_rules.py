"""The rules of My CONNECT account: what an event leads to.

Rules kept here:

* a rule gets a turn, the stage and the event, and returns a turn;
* what protects the account changes only `after_proof`: until then the event waits in the visit, but
  for passwords, which are kept nowhere;
* nothing tells that a number or address is on another account before its code was right;
* codes and passwords are counted against the same limits as in signing in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studio.engine.changes import (
    ChangeRefusedError,
    Refusal,
    add_identifier,
    change_password,
    make_preferred,
    remove_identifier,
    stays_without,
    withdraw,
)
from studio.engine.codes import Sent, new_code, tried
from studio.engine.effects import Tell
from studio.engine.flow import Notice, Problem
from studio.engine.identifiers import parse_identifier
from studio.engine.limits import Action
from studio.engine.passwords import judge
from studio.engine.policy import IdentifierKind
from studio.engine.visit import (
    ACCOUNT_CLIENT,
    NAME_LENGTH,
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
    first_stage,
    handle_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.engine import account_events as events
    from studio.engine.account_turn import AccountTurn
    from studio.engine.effects import Effect
    from studio.engine.events import (
        Back,
        Change,
        CheckPassword,
        Continue,
        Resend,
        SubmitCode,
        SubmitIdentifier,
    )
    from studio.engine.identifiers import Identifier
    from studio.engine.visit import VisitStage

    Rule = Callable[[AccountTurn, Any, Any], AccountTurn]


# Anywhere


def stale(turn: AccountTurn, stage: VisitStage, _event: object) -> AccountTurn:
    """Show the current screen and say that the form was an older one."""
    return turn.to(stage, Notice.STALE_FORM)


def dismiss_notice(turn: AccountTurn, stage: VisitStage, _event: object) -> AccountTurn:
    """Show the same screen without its notice."""
    return turn.to(stage)


def after_proof(rule: Rule) -> Rule:
    """Return the rule for somebody who may change the account; others have to prove first."""

    def checked(turn: AccountTurn, stage: VisitStage, event: events.AccountEvent) -> AccountTurn:
        if turn.may_change:
            return rule(turn, stage, event)
        secret = isinstance(stage, AtPasswords)
        visit = replace(turn.visit, pending=None if secret else event)
        return replace(turn.with_visit(visit), prove=True)

    checked.__doc__ = f"After a proof. {rule.__doc__}"
    return checked


def to_list(turn: AccountTurn, stage: VisitStage, _event: Back) -> AccountTurn:
    """Go back to where the section begins."""
    return turn.to(first_stage(stage.section))


def to_overview(turn: AccountTurn, _stage: VisitStage, _event: Back) -> AccountTurn:
    """Go back to the overview."""
    return turn.to(AtPage(section=Section.OVERVIEW))


# Name and language


def edit(turn: AccountTurn, stage: AtPage, event: events.Edit) -> AccountTurn:
    """Ask for name and language."""
    if stage.section is not Section.PROFILE:
        return stale(turn, stage, event)
    account = turn.account
    return turn.to(AtProfileEdit(name=account.name or "", locale=account.locale or ""))


def save(turn: AccountTurn, stage: AtProfileEdit, event: events.Save) -> AccountTurn:
    """Keep name and language; from now on the pages are in that language."""
    if event.locale and event.locale not in turn.policy.offered_locales:
        return stale(turn, stage, event)
    name = " ".join(event.name.split())[:NAME_LENGTH].rstrip()
    account = replace(turn.account, name=name or None, locale=event.locale or None)
    turn = replace(turn, world=turn.world.with_account(account))
    if event.locale != stage.locale:
        turn = turn.with_visit(replace(turn.visit, locales=()))
    return turn.to(AtPage(section=Section.PROFILE), Notice.SAVED)


# Numbers and addresses


def add(turn: AccountTurn, stage: AtIdentifiers, _event: events.Add) -> AccountTurn:
    """Ask for one more number or address."""
    return turn.to(AtAddition(kind=stage.kind))


def submit_identifier(turn: AccountTurn, stage: AtAddition, event: SubmitIdentifier) -> AccountTurn:
    """Send a code to it, whoever has it; one's own is told at once."""
    identifier = parse_identifier(event.text, stage.kind, turn.policy.default_country)
    if identifier is None:
        problem = _unreadable(stage.kind, event.text)
        return turn.to(replace(stage, typed=event.text, problem=problem))
    account = turn.account
    if identifier in account.identifiers and identifier not in account.unproven:
        return turn.to(AtIdentifiers(kind=stage.kind, about=identifier), Notice.ADDED_BEFORE)
    return _ask_code(turn, identifier, Notice.CODE_SENT)


def _unreadable(kind: IdentifierKind, text: str) -> Problem:
    missing, invalid = {
        IdentifierKind.PHONE: (Problem.PHONE_MISSING, Problem.PHONE_INVALID),
        IdentifierKind.EMAIL: (Problem.EMAIL_MISSING, Problem.EMAIL_INVALID),
    }[kind]
    return invalid if text.strip() else missing


def confirm(turn: AccountTurn, stage: AtIdentifiers, event: events.Confirm) -> AccountTurn:
    """Send a code to a number or address that is there and not proven yet."""
    identifier = _named(turn, event.handle)
    if identifier is None or identifier not in turn.account.unproven:
        return stale(turn, stage, event)
    return _ask_code(turn, identifier, Notice.CODE_SENT)


def resend(turn: AccountTurn, stage: AtProof, _event: Resend) -> AccountTurn:
    """Send a new code to the same."""
    return _ask_code(turn, stage.identifier, Notice.CODE_RESENT)


def _ask_code(turn: AccountTurn, to: Identifier, notice: Notice) -> AccountTurn:
    sent = new_code(
        turn.world,
        to,
        browser=turn.browser,
        client_id=ACCOUNT_CLIENT,
        locales=turn.locales,
    )
    if isinstance(sent, Sent):
        turn = replace(turn, world=sent.world).with_effects(sent.effect)
        return turn.to(AtProof(identifier=to, code=sent.code), notice)
    stage, problem = turn.visit.stage, Problem.TOO_MANY_TRIES
    if isinstance(stage, AtProof):
        return turn.to(replace(stage, problem=problem), waiting=sent)
    return turn.to(AtAddition(kind=to.kind, typed=to.value, problem=problem), waiting=sent)


def submit_code(turn: AccountTurn, stage: AtProof, event: SubmitCode) -> AccountTurn:
    """Add the number or address after the right code, unless it is somebody else's."""
    found = tried(turn.world, stage.code, event.text, of=stage.identifier, browser=turn.browser)
    turn = replace(turn, world=found.world)
    if found.problem:
        asked = replace(stage, code=found.code, problem=found.problem)
        return turn.to(asked, waiting=found.waiting)
    identifier = stage.identifier
    try:
        world, effects = add_identifier(turn.world, turn.session, identifier)
    except ChangeRefusedError:
        problem = Problem.IDENTIFIER_TAKEN
        return turn.to(AtAddition(kind=identifier.kind, typed=identifier.value, problem=problem))
    turn = _told(replace(turn, world=world), effects)
    return turn.to(AtIdentifiers(kind=identifier.kind, about=identifier), Notice.ADDED)


def to_addition(turn: AccountTurn, stage: AtProof, _event: Back | Change) -> AccountTurn:
    """Ask for the number or address again."""
    identifier = stage.identifier
    return turn.to(AtAddition(kind=identifier.kind, typed=identifier.value))


def prefer(turn: AccountTurn, stage: AtIdentifiers, event: events.MakePreferred) -> AccountTurn:
    """Let a proven number or address be the first of its kind."""
    identifier = _named(turn, event.handle)
    if identifier is None or identifier in turn.account.unproven:
        return stale(turn, stage, event)
    turn = replace(turn, world=make_preferred(turn.world, turn.session, identifier))
    return turn.to(replace(stage, about=identifier), Notice.PREFERRED)


def remove(turn: AccountTurn, stage: AtIdentifiers, event: events.Remove) -> AccountTurn:
    """Ask whether to remove it; the last proven one stays."""
    identifier = _named(turn, event.handle)
    if identifier is None:
        return stale(turn, stage, event)
    if not stays_without(turn.account, identifier):
        return turn.to(replace(stage, about=identifier), Notice.LAST_IDENTIFIER)
    return turn.to(AtRemoval(identifier=identifier))


def removed(turn: AccountTurn, stage: AtRemoval, _event: Continue) -> AccountTurn:
    """Remove it, and tell so there too; whoever signed in with it is signed in with another."""
    identifier = stage.identifier
    after = AtIdentifiers(kind=identifier.kind, about=identifier)
    try:
        world, effects = remove_identifier(turn.world, turn.session, identifier)
    except ChangeRefusedError:
        return turn.to(after, Notice.LAST_IDENTIFIER)
    session = world.sessions[turn.session.id]
    if world.last_used(turn.browser) == identifier:
        world = world.remembering(turn.browser, session.authentication.used)
    turn = _told(replace(turn, world=world, session=session), effects)
    return turn.to(after, Notice.REMOVED)


def _named(turn: AccountTurn, handle: str) -> Identifier | None:
    own = turn.account.identifiers
    return next((one for one in own if handle_of(turn.visit, one) == handle), None)


# The password


def submit_passwords(
    turn: AccountTurn, _stage: AtPasswords, event: events.SubmitPasswords
) -> AccountTurn:
    """Change the password, or create the first one."""
    creating = turn.account.password is None
    if not event.new or not (creating or event.current):
        wrong = "new" if creating or event.current else "current"
        return turn.to(AtPasswords(problem=Problem.PASSWORD_MISSING, wrong=wrong))
    usage, now, used = turn.world.usage, turn.world.now, turn.session.authentication.used.value
    waiting = usage.waiting(Action.PASSWORD_TRY, identifier=used, browser=turn.browser, now=now)
    if waiting is not None and not creating:
        refused = AtPasswords(problem=Problem.TOO_MANY_TRIES, wrong="current")
        return turn.to(refused, waiting=waiting)
    try:
        world, effects = change_password(turn.world, turn.session, event.current, event.new)
    except ChangeRefusedError as mistake:
        return _password_refused(turn, mistake.refusal, event.new)
    usage = world.usage.forgiven(Action.PASSWORD_TRY, identifier=used)
    turn = _told(replace(turn, world=replace(world, usage=usage)), effects)
    notice = Notice.PASSWORD_CREATED if creating else Notice.PASSWORD_CHANGED
    return turn.to(AtPage(section=Section.OVERVIEW), notice)


def _password_refused(turn: AccountTurn, refusal: Refusal, new: str) -> AccountTurn:
    if refusal is Refusal.BAD_PASSWORD:
        problem = judge(new, _own(turn)).problem
        return turn.to(AtPasswords(problem=Problem(problem) if problem else None))
    used = turn.session.authentication.used.value
    usage = turn.world.usage.spent(
        Action.PASSWORD_TRY, identifier=used, browser=turn.browser, now=turn.world.now
    )
    turn = replace(turn, world=replace(turn.world, usage=usage))
    return turn.to(AtPasswords(problem=Problem.CREDENTIALS_WRONG, wrong="current"))


def check_password(turn: AccountTurn, _stage: AtPasswords, event: CheckPassword) -> AccountTurn:
    """Tell how strong a password is, and keep only that."""
    if not event.text:
        return turn.to(AtPasswords(problem=Problem.PASSWORD_MISSING))
    judgement = judge(event.text, _own(turn))
    problem = Problem(judgement.problem) if judgement.problem else None
    return turn.to(AtPasswords(problem=problem, strength=judgement.strength))


def _own(turn: AccountTurn) -> list[str]:
    return [one.value for one in turn.account.identifiers]


# Services


def open_service(turn: AccountTurn, stage: AtServices, event: events.OpenService) -> AccountTurn:
    """Show one of the connected services."""
    if event.client_id not in turn.account.services:
        return stale(turn, stage, event)
    return turn.to(AtService(client_id=event.client_id))


def ask_withdrawal(turn: AccountTurn, stage: AtService, _event: events.Withdraw) -> AccountTurn:
    """Ask whether to take the service's access back."""
    return turn.to(AtWithdrawal(client_id=stage.client_id))


def withdrawn(turn: AccountTurn, stage: AtWithdrawal, _event: Continue) -> AccountTurn:
    """Take the service's access back, and let it end what it has of the person."""
    world, notices = withdraw(turn.world, turn.session, stage.client_id)
    session = world.sessions[turn.session.id]
    turn = replace(turn, world=world, session=session).with_effects(*notices)
    return turn.to(AtServices(about=stage.client_id), Notice.WITHDRAWN)


def to_service(turn: AccountTurn, stage: AtWithdrawal, _event: Back) -> AccountTurn:
    """Go back to the service."""
    return turn.to(AtService(client_id=stage.client_id))


def _told(turn: AccountTurn, effects: Iterable[Effect]) -> AccountTurn:
    """Add effects; news come from CONNECT itself, in the language of the account."""
    return turn.with_effects(
        *(
            replace(effect, client_id=ACCOUNT_CLIENT, locales=turn.locales)
            if isinstance(effect, Tell)
            else effect
            for effect in effects
        )
    )

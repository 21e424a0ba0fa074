"""The rules of each screen: what an event leads to.

Rules kept here:

* a rule gets a turn, the stage and the event, and returns a turn;
* no answer tells whether an account exists: `submit_identifier` looks at none, a wrong password, an
  unknown person and an account without a password are one problem, and a forgotten password sends
  a code to whatever was typed;
* whatever proves something ends in `advance`, which alone decides what comes next.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.engine.accounts import password_matches
from studio.engine.codes import send_code, told_to_wait, try_code
from studio.engine.effects import News
from studio.engine.events import Change
from studio.engine.flow import (
    AtAdd,
    AtConsent,
    AtMobileData,
    AtPassword,
    AtSigningIn,
    AtStart,
    AtVerify,
    Finished,
    Notice,
    Problem,
    Purpose,
    Stage,
)
from studio.engine.identifiers import Identifier, parse_identifier
from studio.engine.limits import Action
from studio.engine.pipeline import (
    accept_detected,
    advance,
    ask_code,
    detected_phone,
    hints,
    identify,
    prove,
    refuse,
    shown_kind,
    start_kinds,
    to_start,
)
from studio.engine.policy import IdentifierKind, Level
from studio.engine.sessions import Method
from studio.engine.telling import tell

if TYPE_CHECKING:
    from studio.engine.events import (
        Back,
        ChooseLocales,
        Continue,
        Decline,
        DismissNotice,
        Event,
        Resend,
        SubmitCode,
        SubmitIdentifier,
        SubmitPassword,
        SwitchField,
    )
    from studio.engine.turn import Turn

# Anywhere


def stale(turn: Turn, _stage: Stage, _event: Event) -> Turn:
    """Show the current screen and say that the form was an older one."""
    return replace(turn, flow=replace(turn.flow, notice=Notice.STALE_FORM))


def finished(turn: Turn, _stage: Finished, _event: Event) -> Turn:
    """Stay finished: whoever comes back is sent to the service again."""
    return turn


def choose_locales(turn: Turn, _stage: Stage, event: ChooseLocales) -> Turn:
    """Show the same screen in another language."""
    return replace(turn, flow=replace(turn.flow, locales=event.tags))


def dismiss_notice(turn: Turn, _stage: Stage, _event: DismissNotice) -> Turn:
    """Show the same screen without its notice."""
    return replace(turn, flow=replace(turn.flow, notice=None))


def back_to_service(turn: Turn, _stage: Stage, _event: Back | Decline | Change) -> Turn:
    """Tell the service that the person does not want to."""
    return refuse(turn, "access_denied", "the person went back")


def back_to_start(turn: Turn, stage: AtVerify | AtPassword, event: Change | Back) -> Turn:
    """Ask for the number or address again, with the one given so far filled in.

    Back from what a forced identifier or a session led to leads to the service; Change of it, where
    there is one, to the start screen as somebody else.
    """
    first = turn.forced is not None or turn.flow.standing is not None
    if first and not _changes(turn, event):
        return back_to_service(turn, stage, event)
    nobody = replace(turn.flow, standing=None, fresh=())
    typed = "" if first else stage.identifier.value
    kind = stage.identifier.kind
    kinds = start_kinds(turn.policy)
    shown = kind if kind in kinds else kinds[0]
    start = AtStart(kind=shown, typed=typed if shown == kind else "")
    return replace(turn, flow=nobody).to(start)


def _changes(turn: Turn, event: Change | Back) -> bool:
    return isinstance(event, Change) and may_change(turn)


def may_change(turn: Turn) -> bool:
    """Tell whether a fixed number or address can be changed.

    A forced one only where the client lets it; on re-authentication a phone, never an address.
    """
    if turn.forced:
        return turn.policy.forced_may_change
    standing = turn.flow.standing
    return standing is None or standing.used.kind is IdentifierKind.PHONE


# The start screen


def switch_field(turn: Turn, stage: AtStart, _event: SwitchField) -> Turn:
    """Offer the other field, where the client offers both."""
    shown = shown_kind(stage, turn.policy)
    others = [kind for kind in start_kinds(turn.policy) if kind != shown]
    kind = others[0] if others else shown
    known = (hint.value for hint in hints(turn) if hint.kind == kind)
    return turn.to(AtStart(kind=kind, typed=next(known, ""), chosen=True))


def submit_identifier(turn: Turn, stage: AtStart, event: SubmitIdentifier) -> Turn:
    """Go on with a phone by code or password, with an e-mail address by password."""
    if event.kind not in start_kinds(turn.policy):
        return stale(turn, stage, event)
    identifier = parse_identifier(event.text, event.kind, turn.policy.default_country)
    if identifier is None:
        return turn.to(AtStart(kind=event.kind, typed=event.text, problem=_problem(event)))
    if turn.forced not in {None, identifier} and not turn.policy.forced_may_change:
        return stale(turn, stage, event)
    turn = turn.to(AtStart(kind=event.kind, typed=event.text))
    return identify(turn, identifier)


def _problem(event: SubmitIdentifier) -> Problem:
    missing, invalid = {
        IdentifierKind.PHONE: (Problem.PHONE_MISSING, Problem.PHONE_INVALID),
        IdentifierKind.EMAIL: (Problem.EMAIL_MISSING, Problem.EMAIL_INVALID),
    }[event.kind]
    return invalid if event.text.strip() else missing


# Mobile data


def use_mobile_data(turn: Turn, stage: AtMobileData, _event: Continue) -> Turn:
    """Go on with the number that is detected now that mobile data are on, else start."""
    phone = detected_phone(turn)
    return advance(turn) if phone else refuse_mobile_data(turn, stage, _event)


def refuse_mobile_data(turn: Turn, _stage: AtMobileData, _event: Decline | Continue) -> Turn:
    """Start without them."""
    return to_start(replace(turn, flow=replace(turn.flow, refused_mobile_data=True)))


def signing_in(turn: Turn, stage: AtSigningIn, _event: Continue) -> Turn:
    """Sign in the detected number, if it is still the one that is detected; else begin again."""
    if detected_phone(turn) != stage.phone:
        return advance(turn)
    return accept_detected(turn, stage.phone)


# Codes


def resend(turn: Turn, stage: AtVerify, _event: Resend) -> Turn:
    """Send a new code to the same number or address."""
    return send_code(
        turn,
        stage.identifier,
        lambda code: replace(stage, code=code, problem=None),
        Notice.CODE_RESENT,
    )


def submit_code(turn: Turn, stage: AtVerify, event: SubmitCode) -> Turn:
    """Take the right code in time; count a wrong one."""
    adding = stage.purpose is Purpose.CLAIM
    if not adding:
        turn = _remember_staying(turn, staying=event.stay_signed_in)
    turn, right = try_code(turn, stage, event.text)
    if not right:
        return turn
    if adding:
        return _add(turn, stage.identifier)
    level = Level.PHONE
    return advance(prove(turn, stage.identifier, level, Method.OTP))


def _add(turn: Turn, identifier: Identifier) -> Turn:
    """Add a proven number or address to the account of whoever stands."""
    account, owner = turn.account, turn.world.owner(identifier)
    if account is None:
        return advance(turn)
    if owner and owner.id != account.id:
        problem = Problem.IDENTIFIER_TAKEN
        return turn.to(AtAdd(kind=identifier.kind, typed=identifier.value, problem=problem))
    known = identifier in account.identifiers
    turn = turn.with_account(account.with_proven(identifier))
    return advance(turn if known else tell(turn, News.IDENTIFIER_ADDED, identifier.value))


def _remember_staying(turn: Turn, *, staying: bool) -> Turn:
    if not turn.policy.stay_signed_in_shown:
        return turn
    return replace(turn, flow=replace(turn.flow, staying=staying))


def submit_addition(turn: Turn, stage: AtAdd, event: SubmitIdentifier) -> Turn:
    """Send a code to the number or address that the client asks for in addition."""
    identifier = parse_identifier(event.text, stage.kind, turn.policy.default_country)
    if identifier is None:
        problem = _problem(replace(event, kind=stage.kind))
        return turn.to(replace(stage, typed=event.text, problem=problem))
    turn = turn.to(AtAdd(kind=stage.kind, typed=event.text))
    return ask_code(turn, identifier, Purpose.CLAIM)


def back_to_addition(turn: Turn, stage: AtVerify, _event: Back | Change) -> Turn:
    """Ask for the number or address in addition again."""
    return turn.to(AtAdd(kind=stage.identifier.kind, typed=stage.identifier.value))


def back_from_code(turn: Turn, stage: AtVerify, event: Back | Change) -> Turn:
    """Go back to where the number or address was asked for."""
    if stage.purpose is Purpose.CLAIM:
        return back_to_addition(turn, stage, event)
    return back_to_start(turn, stage, event)


# Passwords


def submit_password(turn: Turn, stage: AtPassword, event: SubmitPassword) -> Turn:
    """Take the right password of the account that the number or address is on."""
    turn = _remember_staying(turn, staying=event.stay_signed_in)
    if not event.text:
        return turn.to(replace(stage, problem=Problem.PASSWORD_MISSING))
    usage, now, browser = turn.world.usage, turn.world.now, turn.flow.browser
    tried = stage.identifier.value
    waiting = usage.waiting(Action.PASSWORD_TRY, identifier=tried, browser=browser, now=now)
    if waiting is not None:
        return told_to_wait(turn, stage.identifier, waiting)
    account = turn.world.owner(stage.identifier)
    stored = account.password if account else None
    if not password_matches(stored, event.text, cost=turn.world.hash_cost):
        usage = usage.spent(Action.PASSWORD_TRY, identifier=tried, browser=browser, now=now)
        turn = replace(turn, world=replace(turn.world, usage=usage))
        return turn.to(replace(stage, problem=Problem.CREDENTIALS_WRONG))
    usage = usage.forgiven(Action.PASSWORD_TRY, identifier=tried)
    turn = replace(turn, world=replace(turn.world, usage=usage))
    return advance(prove(turn, stage.identifier, Level.PASSWORD, Method.PASSWORD))


# Consent


def consent(turn: Turn, _stage: AtConsent, _event: Continue) -> Turn:
    """Give the client what it asks for."""
    return advance(replace(turn, flow=replace(turn.flow, consented=True)))

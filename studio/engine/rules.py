"""The rules of signing in: one table from (stage, event) to the function that decides.

Rules kept here:

* every pair of a stage and an event stands in `TRANSITIONS`; where the form that led to the event
  is not the one on the screen, the pair says `stale` and nothing else happens;
* a rule gets a `Turn` and returns one: the world and the flow after it, and the effects;
* no answer tells whether an account exists: `SubmitIdentifier` looks at no account, and a wrong
  password, an unknown person and an account without a password are one problem.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from studio.engine.accounts import Account, password_matches
from studio.engine.effects import Effect, SendCodeBySms
from studio.engine.events import (
    Back,
    Change,
    ChooseLocales,
    DismissNotice,
    Event,
    Resend,
    SubmitCode,
    SubmitIdentifier,
    SubmitPassword,
    SwitchField,
)
from studio.engine.flow import (
    CODE_DIGITS,
    AtPassword,
    AtStart,
    AtVerifyPhone,
    Code,
    Finished,
    Flow,
    Grant,
    Method,
    Notice,
    Problem,
    Stage,
)
from studio.engine.identifiers import Identifier, fold_digits, guess_identifier, parse_identifier
from studio.engine.policy import ClientPolicy, IdentifierKind, Level, StartFields
from studio.engine.request import BadRequestError, with_query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.engine.world import World


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A flow in its world, under its client's policy, and the effects so far."""

    world: World
    policy: ClientPolicy
    flow: Flow
    effects: tuple[Effect, ...] = ()

    def to(self, stage: Stage, notice: Notice | None = None) -> Turn:
        """Put the flow at a stage, with at most one notice."""
        return replace(self, flow=replace(self.flow, stage=stage, notice=notice))

    @property
    def level(self) -> Level:
        """The level asked for: the request's, else the client's."""
        return self.flow.request.level or self.policy.level


def start_kinds(policy: ClientPolicy) -> tuple[IdentifierKind, ...]:
    """Return the kinds the start screen offers, the first one first."""
    match policy.fields:
        case StartFields.PHONE:
            return (IdentifierKind.PHONE,)
        case StartFields.EMAIL:
            return (IdentifierKind.EMAIL,)
        case StartFields.BOTH:
            return (policy.first, *(kind for kind in IdentifierKind if kind != policy.first))


def first_stage(flow: Flow, policy: ClientPolicy) -> AtStart:
    """Return the start screen; the first fitting `login_hint` decides which field it shows."""
    kinds = start_kinds(policy)
    hinted = (hint.kind for hint in _hints(flow, policy) if hint.kind in kinds)
    return _start(next(hinted, kinds[0]), flow, policy)


def _start(kind: IdentifierKind, flow: Flow, policy: ClientPolicy) -> AtStart:
    """Return the start screen at a field, with the client's hint for it filled in."""
    hinted = (hint.value for hint in _hints(flow, policy) if hint.kind == kind)
    return AtStart(kind=kind, typed=next(hinted, ""))


def _hints(flow: Flow, policy: ClientPolicy) -> list[Identifier]:
    guesses = (guess_identifier(hint, policy.default_country) for hint in flow.request.login_hints)
    return [guess for guess in guesses if guess]


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


def switch_field(turn: Turn, stage: AtStart, _event: SwitchField) -> Turn:
    """Offer the other field, where the client offers both."""
    others = [kind for kind in start_kinds(turn.policy) if kind != stage.kind]
    return turn.to(_start(others[0] if others else stage.kind, turn.flow, turn.policy))


def submit_identifier(turn: Turn, _stage: AtStart, event: SubmitIdentifier) -> Turn:
    """Go on with a phone by code or password, with an e-mail address by password."""
    if event.kind not in start_kinds(turn.policy):
        return stale(turn, _stage, event)
    identifier = parse_identifier(event.text, event.kind, turn.policy.default_country)
    if identifier is None:
        problem = _identifier_problem(event)
        return turn.to(AtStart(kind=event.kind, typed=event.text, problem=problem))
    if identifier.kind is IdentifierKind.PHONE and turn.level is Level.PHONE:
        return send_code(turn, identifier, Notice.CODE_SENT)
    return turn.to(AtPassword(identifier=identifier))


def _identifier_problem(event: SubmitIdentifier) -> Problem:
    missing, invalid = {
        IdentifierKind.PHONE: (Problem.PHONE_MISSING, Problem.PHONE_INVALID),
        IdentifierKind.EMAIL: (Problem.EMAIL_MISSING, Problem.EMAIL_INVALID),
    }[event.kind]
    return invalid if event.text.strip() else missing


def send_code(turn: Turn, phone: Identifier, notice: Notice) -> Turn:
    """Send a new code to a phone and ask for it; an older one is worth nothing from now on."""
    world, digits = turn.world.digits(CODE_DIGITS)
    sms = SendCodeBySms(
        phone=phone,
        code=digits,
        client_id=turn.policy.client_id,
        locales=turn.flow.locales,
        when=world.now,
    )
    stage = AtVerifyPhone(phone=phone, code=Code(digits=digits, sent=world.now))
    return replace(turn, world=world, effects=(*turn.effects, sms)).to(stage, notice)


def resend(turn: Turn, stage: AtVerifyPhone, _event: Resend) -> Turn:
    """Send a new code to the same phone."""
    return send_code(turn, stage.phone, Notice.CODE_RESENT)


def submit_code(turn: Turn, stage: AtVerifyPhone, event: SubmitCode) -> Turn:
    """Take the right code in time; count a wrong one."""
    turn = _remember_staying(turn, staying=event.stay_signed_in)
    typed = "".join(fold_digits(event.text).split())
    problem = _code_problem(stage.code, typed, turn)
    if problem is None:
        return sign_in(turn, stage.phone, Level.PHONE, Method.OTP)
    code = stage.code
    if problem is Problem.CODE_WRONG:
        code = replace(code, tries_left=code.tries_left - 1)
        problem = problem if code.tries_left else Problem.CODE_USED_UP
    return turn.to(replace(stage, code=code, problem=problem))


def _code_problem(code: Code, typed: str, turn: Turn) -> Problem | None:
    if not code.tries_left:
        return Problem.CODE_USED_UP
    if code.expired(turn.world.now):
        return Problem.CODE_EXPIRED
    if not typed:
        return Problem.CODE_MISSING
    right = hmac.compare_digest(code.digits.encode(), typed.encode())
    return None if right else Problem.CODE_WRONG


def submit_password(turn: Turn, stage: AtPassword, event: SubmitPassword) -> Turn:
    """Take the right password of the account that the number or address is on."""
    turn = _remember_staying(turn, staying=event.stay_signed_in)
    if not event.text:
        return turn.to(replace(stage, problem=Problem.PASSWORD_MISSING))
    account = turn.world.owner(stage.identifier)
    stored = account.password if account else None
    if not password_matches(stored, event.text, cost=turn.world.hash_cost):
        return turn.to(replace(stage, problem=Problem.CREDENTIALS_WRONG))
    return sign_in(turn, stage.identifier, Level.PASSWORD, Method.PASSWORD)


def _remember_staying(turn: Turn, *, staying: bool) -> Turn:
    if not turn.policy.stay_signed_in_shown:
        return turn
    return replace(turn, flow=replace(turn.flow, staying=staying))


def sign_in(turn: Turn, used: Identifier, level: Level, method: Method) -> Turn:
    """Send the person back to the service with an authorisation code.

    Somebody new gets an account here: the phone has just been proven to be theirs.
    """
    world, account = _account(turn.world, used)
    world, code = world.token()
    grant = Grant(
        code=code,
        account_id=account.id,
        request=turn.flow.request,
        used=used,
        level=level,
        methods=(method,),
        authenticated=world.now,
        stay_signed_in=bool(turn.flow.staying) or not turn.policy.stay_signed_in_shown,
    )
    location = with_query(
        turn.flow.request.redirect_uri, [("code", code), ("state", turn.flow.request.state)]
    )
    return replace(turn, world=world.with_grant(grant)).to(Finished(location=location))


def _account(world: World, used: Identifier) -> tuple[World, Account]:
    account = world.owner(used)
    if account:
        return world, account
    world, account_id = world.token()
    account = Account(id=account_id, identifiers=(used,))
    return world.with_account(account), account


def back_to_start(turn: Turn, stage: AtVerifyPhone | AtPassword, _event: Change | Back) -> Turn:
    """Ask for the number or address again, with the one given so far filled in."""
    identifier = stage.phone if isinstance(stage, AtVerifyPhone) else stage.identifier
    return turn.to(AtStart(kind=identifier.kind, typed=identifier.value))


def back_to_service(turn: Turn, _stage: AtStart, _event: Back) -> Turn:
    """Tell the service that the person does not want to (RFC 6749 section 4.1.2.1)."""
    cancelled = BadRequestError("access_denied", "the person went back")
    cancelled.redirect_uri = turn.flow.request.redirect_uri
    cancelled.state = turn.flow.request.state
    return turn.to(Finished(location=cancelled.location()))


# A rule takes the stage and event of its own row: the key is the proof that they fit.
TRANSITIONS: Mapping[tuple[type[Stage], type[Event]], Callable[[Turn, Any, Any], Turn]] = (
    MappingProxyType(
        {
            (AtStart, SubmitIdentifier): submit_identifier,
            (AtStart, SwitchField): switch_field,
            (AtStart, SubmitCode): stale,
            (AtStart, SubmitPassword): stale,
            (AtStart, Resend): stale,
            (AtStart, Change): stale,
            (AtStart, Back): back_to_service,
            (AtStart, ChooseLocales): choose_locales,
            (AtStart, DismissNotice): dismiss_notice,
            (AtVerifyPhone, SubmitIdentifier): stale,
            (AtVerifyPhone, SwitchField): stale,
            (AtVerifyPhone, SubmitCode): submit_code,
            (AtVerifyPhone, SubmitPassword): stale,
            (AtVerifyPhone, Resend): resend,
            (AtVerifyPhone, Change): back_to_start,
            (AtVerifyPhone, Back): back_to_start,
            (AtVerifyPhone, ChooseLocales): choose_locales,
            (AtVerifyPhone, DismissNotice): dismiss_notice,
            (AtPassword, SubmitIdentifier): stale,
            (AtPassword, SwitchField): stale,
            (AtPassword, SubmitCode): stale,
            (AtPassword, SubmitPassword): submit_password,
            (AtPassword, Resend): stale,
            (AtPassword, Change): back_to_start,
            (AtPassword, Back): back_to_start,
            (AtPassword, ChooseLocales): choose_locales,
            (AtPassword, DismissNotice): dismiss_notice,
            (Finished, SubmitIdentifier): finished,
            (Finished, SwitchField): finished,
            (Finished, SubmitCode): finished,
            (Finished, SubmitPassword): finished,
            (Finished, Resend): finished,
            (Finished, Change): finished,
            (Finished, Back): finished,
            (Finished, ChooseLocales): finished,
            (Finished, DismissNotice): finished,
        }
    )
)


def decide(turn: Turn, event: Event) -> Turn:
    """Let an event happen to a flow, after the table."""
    stage = turn.flow.stage
    return TRANSITIONS[type(stage), type(event)](turn, stage, event)

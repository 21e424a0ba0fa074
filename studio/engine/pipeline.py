"""What comes next: the screen for the first check that stops, or the way back to the service.

`advance` is called when a flow begins and after every step that proved something.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.engine.accounts import Account
from studio.engine.checks import CHECKS, first_stop, new_scopes
from studio.engine.codes import send_code
from studio.engine.detection import detected, offers_mobile_data
from studio.engine.finish import finish
from studio.engine.flow import (
    AtAdd,
    AtConsent,
    AtMobileData,
    AtNewPassword,
    AtPassword,
    AtSigningIn,
    AtStart,
    AtVerify,
    Finished,
    Notice,
    Purpose,
)
from studio.engine.identifiers import Identifier, guess_identifier
from studio.engine.policy import (
    ClientPolicy,
    IdentifierKind,
    Level,
    Prompt,
    StartFields,
    Verification,
)
from studio.engine.request import BadRequestError
from studio.engine.sessions import Authentication, Method

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.engine.turn import Turn


def advance(turn: Turn) -> Turn:
    """Go to the screen for the first check that stops, or sign the person in."""
    stop, standing = first_stop(turn), turn.flow.standing
    if standing and stop is None:
        return finish(turn, standing)
    if stop is None:
        return enter(turn)
    if Prompt.NONE in turn.prompt:
        return refuse(turn, stop.error, stop.description)
    return NEXT[stop.id](turn)


def refuse(turn: Turn, error: str, description: str) -> Turn:
    """Send the person back with an error (RFC 6749 section 4.1.2.1)."""
    mistake = BadRequestError(error, description)
    mistake.redirect_uri = turn.flow.request.redirect_uri
    mistake.state = turn.flow.request.state
    return turn.to(Finished(location=mistake.location()))


# Nobody stands: where signing in begins


def start_kinds(policy: ClientPolicy) -> tuple[IdentifierKind, ...]:
    """Return the kinds the start screen offers, the first one first."""
    match policy.fields:
        case StartFields.PHONE:
            return (IdentifierKind.PHONE,)
        case StartFields.EMAIL:
            return (IdentifierKind.EMAIL,)
        case StartFields.BOTH:
            return (policy.first, *(kind for kind in IdentifierKind if kind != policy.first))


def shown_kind(stage: AtStart, policy: ClientPolicy) -> IdentifierKind:
    """Return the kind a start screen shows: an edit of the client may have changed it."""
    kinds = start_kinds(policy)
    touched = stage.chosen or stage.typed or stage.problem
    return stage.kind if touched and stage.kind in kinds else kinds[0]


def enter(turn: Turn) -> Turn:
    """Begin to sign in: with what is detected or forced, else at the start screen."""
    phone = detected_phone(turn)
    if turn.forced and turn.forced != phone:
        return identify(turn, turn.forced)
    if phone:
        return enter_detected(turn, phone)
    offered = offers_mobile_data(turn.flow.circumstances, turn.policy.sdk)
    if offered and not turn.flow.refused_mobile_data and Prompt.NO_SEAM not in turn.prompt:
        return turn.to(AtMobileData())
    return to_start(turn)


def detected_phone(turn: Turn) -> Identifier | None:
    """Return the number that the network tells, where it may be asked for."""
    allowed = Prompt.NO_SEAM not in turn.prompt
    return detected(turn.flow.circumstances, turn.policy.sdk, allowed=allowed)


def enter_detected(turn: Turn, phone: Identifier) -> Turn:
    """Sign in a detected number: level 1 asks nothing, level 2 only the password."""
    if turn.level is Level.PHONE and turn.policy.verification is Verification.FORCE:
        return ask_code(turn, phone, Purpose.SIGN_IN)
    if turn.level is Level.PHONE:
        return turn.to(AtSigningIn(phone=phone))
    account = turn.world.owner(phone)
    if account and account.password:
        return turn.to(AtPassword(identifier=phone, purpose=Purpose.SIGN_IN))
    return accept_detected(turn, phone)


def accept_detected(turn: Turn, phone: Identifier) -> Turn:
    """Take a detected number as proof of the phone."""
    return advance(prove(turn, phone, Level.PHONE, Method.DETECTED))


def to_start(turn: Turn) -> Turn:
    """Show the start screen; a fitting hint decides which field it shows, and fills it."""
    kinds = start_kinds(turn.policy)
    known = next((hint for hint in hints(turn) if hint.kind in kinds), None)
    if known:
        return turn.to(AtStart(kind=known.kind, typed=known.value))
    return turn.to(AtStart(kind=kinds[0]))


def hints(turn: Turn) -> list[Identifier]:
    """Return what the client hints at, then what this browser signed in with last."""
    country = turn.policy.default_country
    guesses = [guess_identifier(hint, country) for hint in turn.flow.request.login_hints]
    remembered = turn.world.last_used(turn.flow.browser)
    return [guess for guess in (*guesses, remembered) if guess]


def identify(turn: Turn, identifier: Identifier) -> Turn:
    """Go on with a number or address: a code for a phone at level 1, else the password.

    No account is looked at, so that the answer tells nobody whether there is one.
    """
    by_code = (
        identifier.kind is IdentifierKind.PHONE
        and turn.level is Level.PHONE
        and turn.policy.verification is not Verification.DISALLOW
    )
    if by_code:
        return ask_code(turn, identifier, Purpose.SIGN_IN)
    return turn.to(AtPassword(identifier=identifier, purpose=Purpose.SIGN_IN))


def ask_code(turn: Turn, identifier: Identifier, purpose: Purpose) -> Turn:
    """Send a code and ask for it; where a limit is met, stay and tell how long it lasts."""
    return send_code(
        turn,
        identifier,
        lambda code: AtVerify(identifier=identifier, code=code, purpose=purpose),
        Notice.CODE_SENT,
    )


# Somebody stands, and something is missing


def sign_in_again(turn: Turn) -> Turn:
    """Ask again for the password, or for a code where the phone was the proof.

    Where the client disallows codes, one is sent only to somebody who has no password.
    """
    standing, account = turn.flow.standing, turn.account
    if standing is None or account is None:
        return enter(turn)
    by_password = turn.level is Level.PASSWORD or Method.PASSWORD in standing.methods
    again = AtPassword(identifier=standing.used, purpose=Purpose.AGAIN)
    if by_password and account.password:
        return turn.to(again)
    phone, verification = detected_phone(turn), turn.policy.verification
    if phone and phone in account.identifiers and verification is not Verification.FORCE:
        return turn.to(AtSigningIn(phone=phone))
    if verification is Verification.DISALLOW and account.password:
        return turn.to(again)
    return ask_code(turn, _phone_of(account, standing), Purpose.AGAIN)


def _phone_of(account: Account, standing: Authentication) -> Identifier:
    """Return the phone that a code goes to: the one signed in with, else the preferred one."""
    if standing.used.kind is IdentifierKind.PHONE:
        return standing.used
    return account.first(IdentifierKind.PHONE) or standing.used


def step_up(turn: Turn) -> Turn:
    """Ask for the password; where there is none, for a new one after a proof of the phone."""
    standing, account = turn.flow.standing, turn.account
    if standing is None or account is None:
        return enter(turn)
    if account.password:
        return turn.to(AtPassword(identifier=standing.used, purpose=Purpose.STEP_UP))
    phone = detected_phone(turn)
    if phone and phone in account.identifiers and not turn.flow.fresh:
        return accept_detected(turn, phone)
    if turn.flow.fresh:
        return turn.to(AtNewPassword(identifier=standing.used, creating=True))
    return ask_code(turn, _phone_of(account, standing), Purpose.STEP_UP)


def refuse_person(turn: Turn) -> Turn:
    """Tell the service that another person than the one it means has signed in (Core 3.1.2.1)."""
    return refuse(turn, "login_required", "somebody else has signed in than the request means")


def ask_for_code(turn: Turn) -> Turn:
    """Ask for a code by SMS besides what was given."""
    standing = turn.flow.standing
    return ask_code(turn, standing.used, Purpose.SIGN_IN) if standing else enter(turn)


def ask_for_email(turn: Turn) -> Turn:
    """Ask for an e-mail address, or for the proof of the one that is there."""
    return _ask_for(turn, IdentifierKind.EMAIL)


def ask_for_phone(turn: Turn) -> Turn:
    """Ask for a phone number, or for the proof of the one that is there."""
    return _ask_for(turn, IdentifierKind.PHONE)


def _ask_for(turn: Turn, kind: IdentifierKind) -> Turn:
    account = turn.account
    known = account.first(kind) if account else None
    return ask_code(turn, known, Purpose.CLAIM) if known else turn.to(AtAdd(kind=kind))


def ask_for_consent(turn: Turn) -> Turn:
    """Ask what the client may have."""
    scopes = new_scopes(turn) or tuple(
        one for one in turn.flow.request.told_scope if one != "openid"
    )
    return turn.to(AtConsent(scopes=scopes))


NEXT: Mapping[str, Callable[[Turn], Turn]] = MappingProxyType(
    {
        "signed_in": enter,
        "person": refuse_person,
        "prompt_login": sign_in_again,
        "max_age": sign_in_again,
        "level": step_up,
        "code": ask_for_code,
        "email": ask_for_email,
        "phone": ask_for_phone,
        "consent": ask_for_consent,
    }
)
assert set(NEXT) == {check.id for check in CHECKS}  # noqa: S101 - two tables of one rule


# Something was proven


def prove(turn: Turn, used: Identifier, level: Level, method: Method) -> Turn:
    """Let somebody stand who has proven a number, an address or a password.

    Somebody new gets an account: what was proven is theirs. Whoever stands already goes up to the
    level, and the methods add up.
    """
    turn, account = _owner(turn, used)
    if method in {Method.OTP, Method.DETECTED}:
        account = account.with_proven(used)
        turn = turn.with_account(account)
    before = turn.flow.standing
    same = before is not None and before.account_id == account.id
    earlier = before.methods if before and same and turn.flow.fresh else ()
    authentication = Authentication(
        account_id=account.id,
        used=before.used if before and same and turn.flow.fresh else used,
        level=max(level, before.level) if before and same and turn.flow.fresh else level,
        methods=(*(one for one in earlier if one != method), method),
        when=turn.world.now,
    )
    return turn.proven(authentication, method)


def _owner(turn: Turn, used: Identifier) -> tuple[Turn, Account]:
    account = turn.world.owner(used)
    if account:
        return turn, account
    world, account_id = turn.world.token()
    account = Account(id=account_id, identifiers=(used,))
    return replace(turn, world=world.with_account(account)), account

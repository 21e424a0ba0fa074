"""The ordered checks: what stops somebody from being sent back to the service at once.

Rules kept here:

* each check is one rule with a name, a sentence and the error that `prompt=none` turns it into;
* they are asked in the order of `CHECKS`, after every step, and the first one that stops decides
  the next screen (`studio.engine.pipeline`);
* when none stops, the person is signed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.engine.policy import Consent, IdentifierKind, Level, Prompt, Verification
from studio.engine.sessions import Method

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.engine.sessions import Session
    from studio.engine.turn import Turn

SESSION_LIFETIME = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One rule. `error` is what `prompt=none` answers (OpenID Connect Core 3.1.2.6)."""

    id: str
    description: str
    error: str
    stops: Callable[[Turn], bool]


def nobody_stands(turn: Turn) -> bool:
    """Tell whether it is not known who signs in."""
    return turn.flow.standing is None


def another_is_meant(turn: Turn) -> bool:
    """Tell whether the client means somebody else (`id_token_hint`, or `sub` among the claims)."""
    standing = turn.flow.standing
    return standing is not None and not turn.flow.request.means(standing.account_id)


def login_is_prompted(turn: Turn) -> bool:
    """Tell whether the client wants an active sign-in that has not happened in this flow."""
    return Prompt.LOGIN in turn.prompt and not turn.flow.fresh


def sign_in_is_too_old(turn: Turn) -> bool:
    """Tell whether the sign-in is older than `max_age`; 0 forces one."""
    standing = turn.flow.standing
    if turn.max_age is None or turn.flow.fresh or standing is None:
        return False
    age = turn.world.now - standing.when
    return turn.max_age == 0 or age > timedelta(seconds=turn.max_age)


def level_is_too_low(turn: Turn) -> bool:
    """Tell whether a higher level of assurance is asked for."""
    standing = turn.flow.standing
    return standing is not None and standing.level < turn.level


def code_is_missing(turn: Turn) -> bool:
    """Tell whether a code by SMS has to be asked for besides what was proven in this flow."""
    standing = turn.flow.standing
    if standing is None or not turn.flow.fresh or Method.OTP in turn.flow.fresh:
        return False
    if standing.used.kind is not IdentifierKind.PHONE:
        return False
    match turn.policy.verification:
        case Verification.FORCE:
            return True
        case Verification.DISALLOW:
            return False
        case Verification.DEFAULT:
            account = turn.account
            return account is not None and standing.used in account.unproven


def lacks(turn: Turn, kind: IdentifierKind) -> bool:
    """Tell whether a claim that the client cannot do without is missing or not proven."""
    claim = {IdentifierKind.EMAIL: "email", IdentifierKind.PHONE: "phone_number"}[kind]
    wanted = turn.flow.request.essential_claims & {claim, f"{claim}_verified"}
    required = kind is IdentifierKind.EMAIL and turn.policy.require_email
    account = turn.account
    if account is None or not (wanted or required):
        return False
    first = account.first(kind)
    return first is None or first in account.unproven


def email_is_missing(turn: Turn) -> bool:
    """Tell whether an e-mail address is asked for that is missing or not proven."""
    return lacks(turn, IdentifierKind.EMAIL)


def phone_is_missing(turn: Turn) -> bool:
    """Tell whether a phone number is asked for that is missing or not proven."""
    return lacks(turn, IdentifierKind.PHONE)


def new_scopes(turn: Turn) -> tuple[str, ...]:
    """Return the scopes that the person has not given to the client yet."""
    account = turn.account
    given = account.given(turn.policy.client_id) if account else frozenset()
    asked = turn.flow.request.told_scope
    return tuple(scope for scope in asked if scope not in {*given, "openid"})


def consent_is_missing(turn: Turn) -> bool:
    """Tell whether the person has to be asked what the client may have."""
    if turn.flow.consented or turn.account is None:
        return False
    asks = turn.policy.consent is Consent.ASK and bool(new_scopes(turn))
    return Prompt.CONSENT in turn.prompt or asks


CHECKS = (
    Check(
        id="signed_in",
        description="a session that this client may use, or a sign-in in this flow",
        error="login_required",
        stops=nobody_stands,
    ),
    Check(
        id="person",
        description="the person is the one that the client means, where it means somebody",
        error="login_required",
        stops=another_is_meant,
    ),
    Check(
        id="prompt_login",
        description="no active sign-in is asked for (prompt=login)",
        error="login_required",
        stops=login_is_prompted,
    ),
    Check(
        id="max_age",
        description="the sign-in is not older than max_age",
        error="login_required",
        stops=sign_in_is_too_old,
    ),
    Check(
        id="level",
        description="the sign-in is of the level asked for",
        error="interaction_required",
        stops=level_is_too_low,
    ),
    Check(
        id="code",
        description="a code by SMS is not forced, or the number is proven",
        error="interaction_required",
        stops=code_is_missing,
    ),
    Check(
        id="email",
        description="the e-mail address asked for is there and proven",
        error="interaction_required",
        stops=email_is_missing,
    ),
    Check(
        id="phone",
        description="the phone number asked for is there and proven",
        error="interaction_required",
        stops=phone_is_missing,
    ),
    Check(
        id="consent",
        description="the client has been given what it asks for",
        error="consent_required",
        stops=consent_is_missing,
    ),
)


def first_stop(turn: Turn) -> Check | None:
    """Return the first check that stops, None where nothing does."""
    return next((check for check in CHECKS if check.stops(turn)), None)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition of single sign-on; `holds` is asked of a turn and its session."""

    id: str
    description: str
    holds: Callable[[Turn, Session], bool]


def _is_alive(turn: Turn, session: Session) -> bool:
    return turn.world.now < session.created + SESSION_LIFETIME


def _offers_staying(turn: Turn, _session: Session) -> bool:
    above = turn.level > Level.PHONE
    desktop = turn.flow.circumstances.is_desktop
    return not (above and desktop) or turn.policy.stay_signed_in_shown


def _is_right_person(turn: Turn, session: Session) -> bool:
    if not turn.flow.request.means(session.authentication.account_id):
        return False
    if turn.forced is None:
        return True
    account = turn.world.accounts.get(session.authentication.account_id)
    return account is not None and turn.forced in account.identifiers


SSO_CONDITIONS = (
    Condition(
        id="client_uses_sso",
        description="the client has single sign-on switched on",
        holds=lambda turn, _session: turn.policy.sso,
    ),
    Condition(
        id="browser_shares_cookies",
        description="the browser shares its cookies: not a plain web view",
        holds=lambda turn, _session: turn.flow.circumstances.shares_cookies,
    ),
    Condition(
        id="session_lasts",
        description="the session is not over",
        holds=_is_alive,
    ),
    Condition(
        id="staying_is_offered",
        description='above level 1 on a desktop, the client offers "Stay signed in"',
        holds=_offers_staying,
    ),
    Condition(
        id="same_person",
        description="the session is of the person that the client forces or means",
        holds=_is_right_person,
    ),
)


def may_use(turn: Turn, session: Session) -> bool:
    """Tell whether a session may be used for single sign-on."""
    return all(condition.holds(turn, session) for condition in SSO_CONDITIONS)

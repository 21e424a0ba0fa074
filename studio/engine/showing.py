"""Which screen is a flow at? Made from its stage and its client's policy as they are now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from studio.engine.flow import (
    AtAdd,
    AtConsent,
    AtForgotPassword,
    AtForgotPasswordCode,
    AtMobileData,
    AtNewPassword,
    AtPassword,
    AtPasswordChanged,
    AtSigningIn,
    AtStart,
    AtVerify,
    Finished,
    Purpose,
)
from studio.engine.identifiers import Identifier
from studio.engine.pipeline import shown_kind, start_kinds
from studio.engine.policy import IdentifierKind
from studio.engine.rules import may_change

if TYPE_CHECKING:
    from studio.engine.flow import Stage
    from studio.engine.turn import Turn


from studio.engine.screens import (
    AddEmail,
    AddPhone,
    Consent,
    CreatePassword,
    Fixed,
    ForgotPassword,
    ForgotPasswordCode,
    MobileDataPrompt,
    NewPassword,
    Password,
    PasswordChanged,
    ReauthPassword,
    ReauthVerifyPhone,
    Screen,
    SigningIn,
    Start,
    StepUp,
    VerifyEmail,
    VerifyPhone,
)


def screen_of(turn: Turn) -> Screen | Finished:  # noqa: C901, PLR0911 - a case for each stage
    """Return the screen a flow is at, or where a finished one has gone."""
    flow, stage = turn.flow, turn.flow.stage
    match stage:
        case AtStart():
            return _start(turn, stage)
        case AtMobileData():
            return MobileDataPrompt(notice=flow.notice)
        case AtSigningIn():
            return SigningIn(notice=flow.notice)
        case AtVerify() | AtPassword():
            return _credential(turn, stage)
        case AtForgotPassword():
            return _fixed(turn, ForgotPassword, stage)
        case AtForgotPasswordCode():
            return _fixed(turn, ForgotPasswordCode, stage)
        case AtNewPassword(creating=True, strength=strength):
            return replace(_fixed(turn, CreatePassword, stage), strength=strength)
        case AtNewPassword(strength=strength):
            return replace(_fixed(turn, NewPassword, stage), strength=strength)
        case AtPasswordChanged():
            return PasswordChanged(notice=flow.notice)
        case AtAdd():
            return _add(turn, stage)
        case AtConsent():
            return Consent(scopes=stage.scopes, notice=flow.notice)
        case Finished():
            return stage
    assert_never(stage)


def _start(turn: Turn, stage: AtStart) -> Start:
    """Return the start screen as the client has it now: an edit may have removed the field."""
    kinds = start_kinds(turn.policy)
    kind = shown_kind(stage, turn.policy)
    prefill = {
        IdentifierKind.PHONE: turn.policy.prefill_phone,
        IdentifierKind.EMAIL: turn.policy.prefill_email,
    }
    fits = kind == stage.kind
    problem = stage.problem if fits else None
    return Start(
        kind=kind,
        typed=(stage.typed if fits else "") or ("" if problem else prefill[kind] or ""),
        alone=len(kinds) == 1,
        problem=problem,
        notice=turn.flow.notice,
        waiting=turn.flow.waiting,
    )


def _credential(turn: Turn, stage: AtVerify | AtPassword) -> Screen:
    """Return the screen that asks for a code or a password, by its purpose."""
    staying = _staying(turn)
    match stage:
        case AtPassword(purpose=Purpose.AGAIN):
            return _fixed(turn, ReauthPassword, stage, staying=staying)
        case AtPassword(purpose=Purpose.STEP_UP):
            return _fixed(turn, StepUp, stage, staying=staying)
        case AtPassword():
            return _fixed(turn, Password, stage, staying=staying)
        case AtVerify(identifier=Identifier(kind=IdentifierKind.EMAIL)):
            return _fixed(turn, VerifyEmail, stage)
        case AtVerify(purpose=Purpose.AGAIN):
            return _fixed(turn, ReauthVerifyPhone, stage, staying=staying)
        case AtVerify():
            adding = stage.purpose is Purpose.CLAIM
            return _fixed(turn, VerifyPhone, stage, staying=None if adding else staying)
    assert_never(stage)


def _fixed[T: Fixed](  # every subclass takes what `Fixed` takes
    turn: Turn,
    kind: type[T],
    stage: AtVerify | AtPassword | AtForgotPassword | AtForgotPasswordCode | AtNewPassword,
    *,
    staying: bool | None = None,
) -> T:
    return kind(
        identifier=stage.identifier,
        change=_has_change(turn, stage),
        staying=staying,
        problem=stage.problem,
        notice=turn.flow.notice,
        waiting=turn.flow.waiting,
    )


def _has_change(turn: Turn, stage: Stage) -> bool:
    if isinstance(stage, AtNewPassword):
        return False
    if isinstance(stage, AtVerify) and stage.purpose is Purpose.CLAIM:
        return True
    return may_change(turn)


def _add(turn: Turn, stage: AtAdd) -> AddEmail | AddPhone:
    kind = AddEmail if stage.kind is IdentifierKind.EMAIL else AddPhone
    standing = turn.flow.standing
    return kind(
        typed=stage.typed,
        fixed=standing.used if standing else None,
        problem=stage.problem,
        notice=turn.flow.notice,
        waiting=turn.flow.waiting,
    )


def _staying(turn: Turn) -> bool | None:
    policy, staying = turn.policy, turn.flow.staying
    if not policy.stay_signed_in_shown:
        return None
    return policy.stay_signed_in_default if staying is None else staying

"""Forms become events: which button was pressed, with what in the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engine import screens
from studio.engine.connect import Form
from studio.engine.events import (
    Back,
    Change,
    CheckPassword,
    Continue,
    Decline,
    DismissNotice,
    Event,
    ForgotPassword,
    Resend,
    SubmitCode,
    SubmitIdentifier,
    SubmitNewPassword,
    SubmitPassword,
    SwitchField,
)
from studio.engine.policy import IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.datastructures import ImmutableMultiDict

    Fields = ImmutableMultiDict[str, str]

MAX_TYPED = 1000
"""Characters of a field that are read; nothing a person types is longer."""


def _identifier(fields: Fields) -> Event:
    email = fields.get("kind") == IdentifierKind.EMAIL
    kind = IdentifierKind.EMAIL if email else IdentifierKind.PHONE
    return SubmitIdentifier(kind=kind, text=_typed(fields, "identifier"))


def _code(fields: Fields) -> Event:
    return SubmitCode(text=_typed(fields, "code"), stay_signed_in="stay" in fields)


def _password(fields: Fields) -> Event:
    return SubmitPassword(text=_typed(fields, "password"), stay_signed_in="stay" in fields)


def _new_password(fields: Fields) -> Event:
    return SubmitNewPassword(text=_typed(fields, "password"))


_SUBMITS: dict[str, Callable[[Fields], Event]] = {
    screens.Start.id: _identifier,
    screens.AddEmail.id: _identifier,
    screens.AddPhone.id: _identifier,
    screens.VerifyPhone.id: _code,
    screens.VerifyEmail.id: _code,
    screens.ReauthVerifyPhone.id: _code,
    screens.ForgotPasswordCode.id: _code,
    screens.Password.id: _password,
    screens.ReauthPassword.id: _password,
    screens.StepUp.id: _password,
    screens.CreatePassword.id: _new_password,
    screens.NewPassword.id: _new_password,
}

_BUTTONS: dict[str, Event] = {
    "switch": SwitchField(),
    "resend": Resend(),
    "forgot": ForgotPassword(),
    "continue": Continue(),
    "decline": Decline(),
    "change": Change(),
    "back": Back(),
    "dismiss-notice": DismissNotice(),
}


def origin(fields: Fields) -> Form:
    """Return which form was sent."""
    return Form(screen=fields.get("screen", ""), token=fields.get("token", ""))


def event(fields: Fields) -> Event | None:
    """Return what was done; None where no form of ours can have sent it.

    Enter sends a form without naming a button, which means its own.
    """
    action = fields.get("action", "submit")
    submit = _SUBMITS.get(fields.get("screen", ""))
    if action == "submit" and submit:
        return submit(fields)
    if action == "check-password" and submit is _new_password:
        return CheckPassword(text=_typed(fields, "password"))
    return _BUTTONS.get(action)


def _typed(fields: Fields, name: str) -> str:
    return fields.get(name, "")[:MAX_TYPED]

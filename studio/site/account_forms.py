"""Forms of My CONNECT account become events, as `studio.site.forms` does for signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engine import account_screens as screens
from studio.engine.account_events import (
    AccountEvent,
    Add,
    Confirm,
    Edit,
    MakePreferred,
    OpenService,
    Remove,
    Save,
    SubmitPasswords,
    Withdraw,
)
from studio.engine.events import (
    Back,
    Change,
    CheckPassword,
    Continue,
    DismissNotice,
    Resend,
    SubmitCode,
    SubmitIdentifier,
)
from studio.engine.policy import IdentifierKind
from studio.site.forms import MAX_TYPED

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.datastructures import ImmutableMultiDict

    Fields = ImmutableMultiDict[str, str]
    Reader = Callable[[Fields], AccountEvent]


def _phone(fields: Fields) -> AccountEvent:
    return SubmitIdentifier(kind=IdentifierKind.PHONE, text=_typed(fields, "identifier"))


def _email(fields: Fields) -> AccountEvent:
    return SubmitIdentifier(kind=IdentifierKind.EMAIL, text=_typed(fields, "identifier"))


def _code(fields: Fields) -> AccountEvent:
    return SubmitCode(text=_typed(fields, "code"))


def _profile(fields: Fields) -> AccountEvent:
    return Save(name=_typed(fields, "name"), locale=_typed(fields, "locale"))


def _passwords(fields: Fields) -> AccountEvent:
    return SubmitPasswords(current=_typed(fields, "current"), new=_typed(fields, "password"))


_SUBMITS: dict[str, Reader] = {
    screens.AccountProfileEdit.id: _profile,
    screens.AccountAddPhone.id: _phone,
    screens.AccountAddEmail.id: _email,
    screens.AccountVerifyPhone.id: _code,
    screens.AccountVerifyEmail.id: _code,
    screens.AccountPassword.id: _passwords,
}

_BUTTONS: dict[str, Reader] = {
    "edit": lambda _fields: Edit(),
    "add": lambda _fields: Add(),
    "confirm": lambda fields: Confirm(handle=_typed(fields, "handle")),
    "make-preferred": lambda fields: MakePreferred(handle=_typed(fields, "handle")),
    "remove": lambda fields: Remove(handle=_typed(fields, "handle")),
    "check-password": lambda fields: CheckPassword(text=_typed(fields, "password")),
    "open": lambda fields: OpenService(client_id=_typed(fields, "service")),
    "withdraw": lambda _fields: Withdraw(),
    "resend": lambda _fields: Resend(),
    "continue": lambda _fields: Continue(),
    "change": lambda _fields: Change(),
    "back": lambda _fields: Back(),
    "dismiss-notice": lambda _fields: DismissNotice(),
}


def event(fields: Fields) -> AccountEvent | None:
    """Return what was done; None where no form of ours can have sent it."""
    action = fields.get("action", "submit")
    submits = _SUBMITS.get(fields.get("screen", ""))
    read = submits if action == "submit" else _BUTTONS.get(action)
    return read(fields) if read else None


def _typed(fields: Fields, name: str) -> str:
    return fields.get(name, "")[:MAX_TYPED]

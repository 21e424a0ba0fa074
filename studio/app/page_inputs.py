"""What can be typed into the page that is shown? One table of its inputs and their screens."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from studio.engine.account_screens import (
    AccountAdd,
    AccountAddEmail,
    AccountAddPhone,
    AccountPassword,
    AccountVerifyEmail,
    AccountVerifyPhone,
)
from studio.engine.policy import IdentifierKind
from studio.engine.screens import (
    AddEmail,
    AddPhone,
    ForgotPasswordCode,
    Password,
    ReauthPassword,
    ReauthVerifyPhone,
    Start,
    StepUp,
    VerifyEmail,
    VerifyPhone,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.app.session import Session
    from studio.site.messages import Message

_NOWHERE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class PageInput:
    """An input of a page.

    Attributes:
        name: Its name in the form.
        noun: What it takes, in words.
        screens: The ids of the screens that have it.
        kind: The kind of identifier it takes, None where it takes none.
        otherwise: Screens where it has another name, and that name.
    """

    name: str
    noun: str
    screens: frozenset[str]
    kind: IdentifierKind | None = None
    otherwise: Mapping[str, str] = _NOWHERE

    def missing(self, session: Session) -> str:
        """Return why the page shown now does not have this input; empty when it has."""
        screen = session.steps[session.position].screen if session.steps else None
        asking = Start | AddEmail | AddPhone | AccountAdd
        kind = screen.kind if isinstance(screen, asking) else None
        has = screen and (screen.id in self.screens or self._is_otherwise(screen))
        if has and kind == self.kind:
            return ""
        return f"this screen does not ask for {self.noun}."

    def blocked(self, session: Session, value: str, without: str) -> str:
        """Return why a value cannot be typed in; `without` is the reason where there is none."""
        return self.missing(session) if value else without

    def type_into(self, session: Session, value: str) -> None:
        """Type a value into the page and put the keyboard there, so that Enter sends it."""
        screen_id = session.screen.id if session.screen else ""
        session.fill({self.otherwise.get(screen_id, self.name): value})
        session.view.setFocus()

    def _is_otherwise(self, screen: object) -> bool:
        """Tell whether a screen has it by another name; who has no password is asked for none."""
        none = isinstance(screen, AccountPassword) and screen.creating
        return getattr(screen, "id", "") in self.otherwise and not none


def newest(inbox: Sequence[Message]) -> Message | None:
    """Return the message with the code that is good now: the newest, which replaces the others."""
    return next((message for message in reversed(inbox) if message.code), None)


def newest_code(session: Session) -> str:
    """Return the code that arrived last, empty when none did."""
    message = newest(session.inbox)
    return (message.code or "") if message else ""


PHONE: Final = PageInput(
    name="identifier",
    noun="a phone number",
    screens=frozenset({Start.id, AddPhone.id, AccountAddPhone.id}),
    kind=IdentifierKind.PHONE,
)
EMAIL: Final = PageInput(
    name="identifier",
    noun="an email address",
    screens=frozenset({Start.id, AddEmail.id, AccountAddEmail.id}),
    kind=IdentifierKind.EMAIL,
)
PASSWORD: Final = PageInput(
    name="password",
    noun="a password",
    screens=frozenset({Password.id, ReauthPassword.id, StepUp.id}),
    otherwise=MappingProxyType({AccountPassword.id: "current"}),
)
CODE: Final = PageInput(
    name="code",
    noun="a code",
    screens=frozenset(
        {
            VerifyPhone.id,
            VerifyEmail.id,
            ReauthVerifyPhone.id,
            ForgotPasswordCode.id,
            AccountVerifyPhone.id,
            AccountVerifyEmail.id,
        }
    ),
)

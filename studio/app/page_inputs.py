"""What can be typed into the page that is shown? One table of its inputs and their screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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
    from collections.abc import Sequence

    from studio.app.session import Session
    from studio.site.messages import Message


@dataclass(frozen=True, kw_only=True)
class PageInput:
    """An input of a page.

    Attributes:
        name: Its name in the form.
        noun: What it takes, in words.
        screens: The ids of the screens that have it.
        kind: The kind of identifier it takes, None where it takes none.
    """

    name: str
    noun: str
    screens: frozenset[str]
    kind: IdentifierKind | None = None

    def missing(self, session: Session) -> str:
        """Return why the page shown now does not have this input; empty when it has."""
        screen = session.steps[session.position].screen if session.steps else None
        kind = screen.kind if isinstance(screen, Start | AddEmail | AddPhone) else None
        if screen and screen.id in self.screens and kind == self.kind:
            return ""
        return f"this screen does not ask for {self.noun}."

    def blocked(self, session: Session, value: str, without: str) -> str:
        """Return why a value cannot be typed in; `without` is the reason where there is none."""
        return self.missing(session) if value else without

    def type_into(self, session: Session, value: str) -> None:
        """Type a value into the page and put the keyboard there, so that Enter sends it."""
        session.fill({self.name: value})
        session.view.setFocus()


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
    screens=frozenset({Start.id, AddPhone.id}),
    kind=IdentifierKind.PHONE,
)
EMAIL: Final = PageInput(
    name="identifier",
    noun="an email address",
    screens=frozenset({Start.id, AddEmail.id}),
    kind=IdentifierKind.EMAIL,
)
PASSWORD: Final = PageInput(
    name="password",
    noun="a password",
    screens=frozenset({Password.id, ReauthPassword.id, StepUp.id}),
)
CODE: Final = PageInput(
    name="code",
    noun="a code",
    screens=frozenset(
        {VerifyPhone.id, VerifyEmail.id, ReauthVerifyPhone.id, ForgotPasswordCode.id}
    ),
)

"""What can be typed into the page that is shown? One table of its inputs and their screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from studio.engine.policy import IdentifierKind
from studio.engine.screens import Password, Start, VerifyPhone

if TYPE_CHECKING:
    from studio.app.session import Session


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
        kind = screen.kind if isinstance(screen, Start) else None
        if screen and screen.id in self.screens and kind == self.kind:
            return ""
        return f"this screen does not ask for {self.noun}."


_START: Final = frozenset({Start.id})
PHONE: Final = PageInput(
    name="identifier", noun="a phone number", screens=_START, kind=IdentifierKind.PHONE
)
EMAIL: Final = PageInput(
    name="identifier", noun="an email address", screens=_START, kind=IdentifierKind.EMAIL
)
PASSWORD: Final = PageInput(name="password", noun="a password", screens=frozenset({Password.id}))
CODE: Final = PageInput(name="code", noun="a code", screens=frozenset({VerifyPhone.id}))

"""What does the browser's password manager have, for this page and at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engine.detection import BrowserKind
from studio.i18n import formats

if TYPE_CHECKING:
    from studio.app.session import Session


def readable(value: str) -> str:
    """Return a phone number in its international spelling, anything else as it is."""
    return formats.phone(value) if value.startswith("+") else value


def saved_name(session: Session) -> str:
    """Return whose number or address would be filled in, empty where the page asks for nothing."""
    return readable(session.offer.identifier.value) if session.offer else ""


def all_saved(session: Session) -> tuple[str, ...]:
    """Return the numbers and addresses that a password is saved for, the newest first."""
    return tuple(readable(one.identifier.value) for one in reversed(session.saved_passwords))


def fill_blocked(session: Session) -> str:
    """Return why nothing can be filled in, empty when something can."""
    if session.connection.browser is BrowserKind.WEB_VIEW:
        return "a web view has no password manager."
    if not session.saved_passwords:
        return "no password is saved; one that CONNECT accepts is."
    return "" if session.offer else "this screen asks for nothing that is saved."


def fill_saved(session: Session) -> None:
    """Fill in what is saved, and put the keyboard there, so that Enter sends it."""
    if session.offer:
        session.fill(dict(session.offer.values))
    session.view.setFocus()

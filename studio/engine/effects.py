"""What has to happen outside because of an event: the engine only says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from studio.engine.sign_out import NotifyLogout

if TYPE_CHECKING:
    from datetime import datetime

    from studio.engine.identifiers import Identifier
    from studio.engine.sessions import Session


class News(StrEnum):
    """What a person is told of at every number and address: each has one text."""

    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of a message
    PASSWORD_CREATED = "password-created"  # noqa: S105 - the name of a message
    IDENTIFIER_ADDED = "identifier-added"
    IDENTIFIER_REMOVED = "identifier-removed"
    SERVICE_CONNECTED = "service-connected"


@dataclass(frozen=True, kw_only=True)
class SendCode:
    """A verification code goes to a phone or an address, in the language of the flow."""

    to: Identifier
    code: str
    client_id: str
    locales: tuple[str, ...]
    when: datetime


@dataclass(frozen=True, kw_only=True)
class Tell:
    """News of the account go to one of its e-mail addresses, or its phone where it has none."""

    to: Identifier
    news: News
    about: str
    client_id: str
    locales: tuple[str, ...]
    when: datetime


@dataclass(frozen=True)
class KeepSession:
    """The browser keeps the secret of a session."""

    session: Session


Effect = SendCode | Tell | KeepSession | NotifyLogout

"""A visit: one session's stay in My CONNECT account, as a flow is for signing in.

A visit is always at exactly one stage, and a stage belongs to one section, which the URL names. It
lasts as long as the session it belongs to (`World.visits` has it by the session's id).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from studio.engine.policy import IdentifierKind

if TYPE_CHECKING:
    from datetime import timedelta

    from studio.engine.account_events import AccountEvent
    from studio.engine.flow import Code, Notice, Problem
    from studio.engine.identifiers import Identifier

ACCOUNT_CLIENT = "my-connect-account"
"""The client id of CONNECT itself, by which people sign in to see their account."""

NAME_LENGTH = 100
"""Characters that a person's name has at most."""


class Section(StrEnum):
    """A part of the account, and the last word of its URL."""

    OVERVIEW = "overview"
    PROFILE = "profile"
    PHONES = "phones"
    EMAILS = "emails"
    PASSWORD = "password"  # noqa: S105 - the name of a section
    SERVICES = "services"
    SUBSCRIPTIONS = "subscriptions"
    PURCHASES = "purchases"
    ABOUT = "about"


LISTS = {IdentifierKind.PHONE: Section.PHONES, IdentifierKind.EMAIL: Section.EMAILS}
"""Where the numbers and where the addresses are."""


@dataclass(frozen=True, kw_only=True)
class AtPage:
    """A section that has nothing of its own to remember."""

    section: Section


@dataclass(frozen=True, kw_only=True)
class AtProfileEdit:
    """Name and language are asked for; `locale` is empty for none."""

    name: str
    locale: str
    section: Section = Section.PROFILE


@dataclass(frozen=True, kw_only=True)
class AtIdentifiers:
    """The list of numbers or addresses; `about` is what a notice speaks of."""

    kind: IdentifierKind
    about: Identifier | None = None

    @property
    def section(self) -> Section:
        """Where it is."""
        return LISTS[self.kind]


@dataclass(frozen=True, kw_only=True)
class AtAddition:
    """One more number or address is asked for."""

    kind: IdentifierKind
    typed: str = ""
    problem: Problem | None = None

    @property
    def section(self) -> Section:
        """Where it is."""
        return LISTS[self.kind]


@dataclass(frozen=True, kw_only=True)
class AtProof:
    """A code was sent to a number or address that is being added, and is asked for."""

    identifier: Identifier
    code: Code
    problem: Problem | None = None

    @property
    def section(self) -> Section:
        """Where it is."""
        return LISTS[self.identifier.kind]


@dataclass(frozen=True, kw_only=True)
class AtRemoval:
    """The person is asked whether a number or address is to be removed."""

    identifier: Identifier

    @property
    def section(self) -> Section:
        """Where it is."""
        return LISTS[self.identifier.kind]


@dataclass(frozen=True, kw_only=True)
class AtPasswords:
    """A new password is asked for, and the current one where there is one.

    `wrong` says which field the problem is about, "current" or "new"; of a password that was only
    looked at, the strength from 0 to 4 is kept and nothing else.
    """

    problem: Problem | None = None
    wrong: str = "new"
    strength: int | None = None
    section: Section = Section.PASSWORD


@dataclass(frozen=True, kw_only=True)
class AtServices:
    """The connected services; `about` is the client that a notice speaks of."""

    about: str = ""
    section: Section = Section.SERVICES


@dataclass(frozen=True, kw_only=True)
class AtService:
    """One connected service."""

    client_id: str
    section: Section = Section.SERVICES


@dataclass(frozen=True, kw_only=True)
class AtWithdrawal:
    """The person is asked whether a service's access is to be taken back."""

    client_id: str
    section: Section = Section.SERVICES


VisitStage = (
    AtPage
    | AtProfileEdit
    | AtIdentifiers
    | AtAddition
    | AtProof
    | AtRemoval
    | AtPasswords
    | AtServices
    | AtService
    | AtWithdrawal
)


@dataclass(frozen=True, kw_only=True)
class BackLink:
    """Where the person came from: an address of a client."""

    client_id: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One session's stay; `token` is that of its forms.

    `locales` are the BCP 47 tags that a deep link asked for, best first. `pending` is what the
    person wants and first has to prove for; it holds no password. `waiting` is how long a limit
    lasts that was met.
    """

    session_id: str
    token: str
    stage: VisitStage
    notice: Notice | None = None
    waiting: timedelta | None = None
    locales: tuple[str, ...] = ()
    back: BackLink | None = None
    pending: AccountEvent | None = None


def first_stage(section: Section) -> VisitStage:
    """Return where a section begins."""
    match section:
        case Section.PHONES:
            return AtIdentifiers(kind=IdentifierKind.PHONE)
        case Section.EMAILS:
            return AtIdentifiers(kind=IdentifierKind.EMAIL)
        case Section.PASSWORD:
            return AtPasswords()
        case Section.SERVICES:
            return AtServices()
        case _:
            return AtPage(section=section)


def handle_of(visit: Visit, identifier: Identifier) -> str:
    """Return the name that forms have for a number or address; it tells nobody which it is."""
    key = visit.token.encode()[:64]
    return hashlib.blake2b(identifier.value.encode(), key=key, digest_size=8).hexdigest()

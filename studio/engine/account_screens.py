"""The screens of My CONNECT account: what a person sees of the account and can change.

They are made from a visit (`studio.engine.visit`) and the account as it is now. Like every screen,
each has an `id`, which names its template, and a `state`, which says which variant it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from studio.engine.policy import IdentifierKind
from studio.engine.screens import Asking

if TYPE_CHECKING:
    from datetime import datetime

    from studio.engine.accounts import Purchase, Subscription
    from studio.engine.identifiers import Identifier


@dataclass(frozen=True, kw_only=True)
class Account(Asking):
    """The overview; `used` is what the person is signed in with."""

    id: ClassVar[str] = "account"
    name: str | None
    used: Identifier


@dataclass(frozen=True, kw_only=True)
class AccountProfile(Asking):
    """Name and language as they are; None where the person has given none."""

    id: ClassVar[str] = "account-profile"
    name: str | None
    locale: str | None

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        return "given" if self.name or self.locale else "empty"


@dataclass(frozen=True, kw_only=True)
class AccountProfileEdit(Asking):
    """The form for name and language, with what is there; `offered` are BCP 47 tags."""

    id: ClassVar[str] = "account-profile-edit"
    name: str
    locale: str
    offered: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IdentifierLine:
    """A number or address in a list. `handle` names it in forms, so that it is in no URL.

    The preferred one is the first proven of its kind; the last one to sign in with stays.
    """

    identifier: Identifier
    handle: str
    preferred: bool
    proven: bool
    removable: bool


@dataclass(frozen=True, kw_only=True)
class AccountIdentifiers(Asking):
    """The numbers or addresses of an account; `about` is what a notice speaks of."""

    kind: ClassVar[IdentifierKind]
    lines: tuple[IdentifierLine, ...]
    about: Identifier | None = None

    @property
    def plain(self) -> str:
        """The variant where nothing is told: none, one or several."""
        return "empty" if not self.lines else "one" if len(self.lines) == 1 else "several"


@dataclass(frozen=True, kw_only=True)
class AccountPhones(AccountIdentifiers):
    """The phone numbers."""

    id: ClassVar[str] = "account-phones"
    kind: ClassVar[IdentifierKind] = IdentifierKind.PHONE


@dataclass(frozen=True, kw_only=True)
class AccountEmails(AccountIdentifiers):
    """The e-mail addresses."""

    id: ClassVar[str] = "account-emails"
    kind: ClassVar[IdentifierKind] = IdentifierKind.EMAIL


@dataclass(frozen=True, kw_only=True)
class AccountAdd(Asking):
    """The form for one more number or address."""

    kind: ClassVar[IdentifierKind]
    typed: str


@dataclass(frozen=True, kw_only=True)
class AccountAddPhone(AccountAdd):
    """One more phone number."""

    id: ClassVar[str] = "account-add-phone"
    kind: ClassVar[IdentifierKind] = IdentifierKind.PHONE


@dataclass(frozen=True, kw_only=True)
class AccountAddEmail(AccountAdd):
    """One more e-mail address."""

    id: ClassVar[str] = "account-add-email"
    kind: ClassVar[IdentifierKind] = IdentifierKind.EMAIL


@dataclass(frozen=True, kw_only=True)
class AccountVerify(Asking):
    """The code that was sent to a number or address that is being added."""

    identifier: Identifier
    change: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class AccountVerifyPhone(AccountVerify):
    """The code sent by SMS."""

    id: ClassVar[str] = "account-verify-phone"


@dataclass(frozen=True, kw_only=True)
class AccountVerifyEmail(AccountVerify):
    """The code sent by e-mail."""

    id: ClassVar[str] = "account-verify-email"


@dataclass(frozen=True, kw_only=True)
class AccountRemove(Asking):
    """Whether to remove a number or address: asked before it is done."""

    identifier: Identifier


@dataclass(frozen=True, kw_only=True)
class AccountRemovePhone(AccountRemove):
    """Whether to remove a phone number."""

    id: ClassVar[str] = "account-remove-phone"


@dataclass(frozen=True, kw_only=True)
class AccountRemoveEmail(AccountRemove):
    """Whether to remove an e-mail address."""

    id: ClassVar[str] = "account-remove-email"


@dataclass(frozen=True, kw_only=True)
class AccountPassword(Asking):
    """The form for a new password; `creating` where the account has none yet.

    `used` is what the person is signed in with, for whoever fills in passwords.
    `strength` is of the password that was just looked at, from 0 to 4; None where none was.
    `wrong` says which of the two fields the problem is about: "current" or "new".
    """

    id: ClassVar[str] = "account-password"
    used: Identifier
    creating: bool
    strength: int | None = None
    wrong: str = "new"

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        if self.strength is not None:
            return "strength"
        return "create" if self.creating else "change"


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """A service that the account is connected to, and since when (UTC)."""

    client_id: str
    name: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class AccountServices(Asking):
    """The connected services; `about` is the name of one that a notice speaks of."""

    id: ClassVar[str] = "account-services"
    lines: tuple[ServiceLine, ...]
    about: str = ""

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        return "several" if self.lines else "empty"


@dataclass(frozen=True, kw_only=True)
class AccountService(Asking):
    """One connected service and what it may see, as scopes."""

    id: ClassVar[str] = "account-service"
    line: ServiceLine
    scopes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AccountWithdraw(Asking):
    """Whether to take a service's access back: asked before it is done."""

    id: ClassVar[str] = "account-withdraw"
    line: ServiceLine


@dataclass(frozen=True, kw_only=True)
class AccountSubscriptions(Asking):
    """What the person pays for again and again."""

    id: ClassVar[str] = "account-subscriptions"
    lines: tuple[Subscription, ...]

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        return "several" if self.lines else "empty"


@dataclass(frozen=True, kw_only=True)
class AccountPurchases(Asking):
    """What the person has paid for, the newest first."""

    id: ClassVar[str] = "account-purchases"
    lines: tuple[Purchase, ...]

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        return "several" if self.lines else "empty"


@dataclass(frozen=True, kw_only=True)
class AccountAbout(Asking):
    """What CONNECT is."""

    id: ClassVar[str] = "account-about"


AccountScreen = (
    Account
    | AccountProfile
    | AccountProfileEdit
    | AccountPhones
    | AccountEmails
    | AccountAddPhone
    | AccountAddEmail
    | AccountVerifyPhone
    | AccountVerifyEmail
    | AccountRemovePhone
    | AccountRemoveEmail
    | AccountPassword
    | AccountServices
    | AccountService
    | AccountWithdraw
    | AccountSubscriptions
    | AccountPurchases
    | AccountAbout
)

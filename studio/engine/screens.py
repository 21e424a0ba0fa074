"""The screens: what a person can meet, each with exactly what its page shows.

A screen's `id` names its template (`flow_templates/<id>.html`) and its state says which of its
variants it is. Screens are made from a flow and its client's policy, so that a page drawn again
after an edit shows the edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from studio.engine.policy import IdentifierKind

if TYPE_CHECKING:
    from datetime import timedelta

    from studio.engine.flow import (
        Notice,
        Problem,
    )
    from studio.engine.identifiers import Identifier


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What every screen with a form can tell; `waiting` is how long a limit lasts."""

    problem: Problem | None = None
    notice: Notice | None = None
    waiting: timedelta | None = None

    @property
    def state(self) -> str:
        """Which variant this is."""
        return str(self.problem or self.notice or self.plain)

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        return "empty"


@dataclass(frozen=True, kw_only=True)
class Start(Asking):
    """Phone number or e-mail address. `alone`: the client offers only this one kind."""

    id: ClassVar[str] = "start"
    kind: IdentifierKind
    typed: str
    alone: bool

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        variants = (("only", self.alone), ("prefilled", bool(self.typed)))
        return "-".join([self.kind, *(name for name, holds in variants if holds)])


@dataclass(frozen=True, kw_only=True)
class MobileDataPrompt(Asking):
    """The offer to switch mobile data on, to be signed in at once."""

    id: ClassVar[str] = "mobile-data-prompt"


@dataclass(frozen=True, kw_only=True)
class SigningIn(Asking):
    """The phone's number has been detected; the page goes on by itself."""

    id: ClassVar[str] = "signing-in"


@dataclass(frozen=True, kw_only=True)
class Fixed(Asking):
    """A screen about one number or address; `change` tells whether it can be another.

    `staying` is the "Stay signed in" box, None where it is not shown.
    """

    identifier: Identifier
    change: bool = True
    staying: bool | None = None

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        return str(self.identifier.kind)


@dataclass(frozen=True, kw_only=True)
class CodeAsked(Fixed):
    """A screen that asks for a code; it mostly has the notice that one was sent."""

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        return "empty"


@dataclass(frozen=True, kw_only=True)
class VerifyPhone(CodeAsked):
    """The code sent by SMS."""

    id: ClassVar[str] = "verify-phone"


@dataclass(frozen=True, kw_only=True)
class VerifyEmail(CodeAsked):
    """The code sent by e-mail."""

    id: ClassVar[str] = "verify-email"


@dataclass(frozen=True, kw_only=True)
class ReauthVerifyPhone(CodeAsked):
    """A code again, from somebody who has a session."""

    id: ClassVar[str] = "reauth-verify-phone"


@dataclass(frozen=True, kw_only=True)
class Password(Fixed):
    """The password."""

    id: ClassVar[str] = "password"


@dataclass(frozen=True, kw_only=True)
class ReauthPassword(Fixed):
    """The password again, from somebody who has a session."""

    id: ClassVar[str] = "reauth-password"


@dataclass(frozen=True, kw_only=True)
class StepUp(Fixed):
    """The password, from somebody who is signed in with the phone."""

    id: ClassVar[str] = "step-up"


@dataclass(frozen=True, kw_only=True)
class ForgotPassword(Fixed):
    """The offer of a code, to choose a new password with."""

    id: ClassVar[str] = "forgot-password"


@dataclass(frozen=True, kw_only=True)
class ForgotPasswordCode(CodeAsked):
    """That code."""

    id: ClassVar[str] = "forgot-password-code"


@dataclass(frozen=True, kw_only=True)
class PasswordChosen(Fixed):
    """A screen that asks for a new password.

    `strength` is of the one that was just looked at, from 0 to 4; None where none was.
    """

    strength: int | None = None

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        return str(self.identifier.kind) if self.strength is None else "strength"


@dataclass(frozen=True, kw_only=True)
class CreatePassword(PasswordChosen):
    """A password for an account that has none."""

    id: ClassVar[str] = "create-password"


@dataclass(frozen=True, kw_only=True)
class NewPassword(PasswordChosen):
    """A password in place of a forgotten one."""

    id: ClassVar[str] = "new-password"


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Asking):
    """The new password is kept."""

    id: ClassVar[str] = "password-changed"


@dataclass(frozen=True, kw_only=True)
class AddEmail(Asking):
    """An e-mail address in addition. `fixed` is what the person is signed in with."""

    id: ClassVar[str] = "add-email"
    kind: ClassVar[IdentifierKind] = IdentifierKind.EMAIL
    typed: str
    fixed: Identifier | None = None


@dataclass(frozen=True, kw_only=True)
class AddPhone(Asking):
    """A phone number in addition. `fixed` is what the person is signed in with."""

    id: ClassVar[str] = "add-phone"
    kind: ClassVar[IdentifierKind] = IdentifierKind.PHONE
    typed: str
    fixed: Identifier | None = None


@dataclass(frozen=True, kw_only=True)
class Consent(Asking):
    """What the client asks for, as scopes."""

    id: ClassVar[str] = "consent"
    scopes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CodePage:
    """The authorisation code to copy, for a client without a redirect URI of its own."""

    id: ClassVar[str] = "code-page"
    state: ClassVar[str] = "empty"
    code: str


@dataclass(frozen=True, kw_only=True)
class RequestRefused:
    """A request that must not be answered by redirect; `parameter` is what is wrong with it."""

    id: ClassVar[str] = "request-refused"
    parameter: str
    value: str

    @property
    def state(self) -> str:
        """Which variant this is."""
        return self.parameter.replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class StartAgain:
    """A flow that cannot go on; `reason` is `expired`, `no-cookie` or `declined`."""

    id: ClassVar[str] = "start-again"
    reason: str

    @property
    def state(self) -> str:
        """Which variant this is."""
        return self.reason


@dataclass(frozen=True, kw_only=True)
class SignOut(Asking):
    """Whether to sign out: of CONNECT, or of the `service` alone where one is known."""

    id: ClassVar[str] = "sign-out"
    service: str | None = None

    @property
    def plain(self) -> str:
        """The variant where nothing is told."""
        return "service" if self.service else "connect"


@dataclass(frozen=True, kw_only=True)
class SignedOut:
    """The person is signed out: of the `service` alone, or of CONNECT where that is None."""

    id: ClassVar[str] = "signed-out"
    service: str | None = None

    @property
    def state(self) -> str:
        """Which variant this is."""
        return "service" if self.service else "connect"


@dataclass(frozen=True, kw_only=True)
class TextPage:
    """A page to read, which asks nothing."""

    state: ClassVar[str] = "empty"


@dataclass(frozen=True, kw_only=True)
class About(TextPage):
    """What CONNECT is."""

    id: ClassVar[str] = "about"


@dataclass(frozen=True, kw_only=True)
class Terms(TextPage):
    """What CONNECT and a person may expect of each other."""

    id: ClassVar[str] = "terms"


@dataclass(frozen=True, kw_only=True)
class Privacy(TextPage):
    """What CONNECT keeps of a person, and who sees it."""

    id: ClassVar[str] = "privacy"


@dataclass(frozen=True, kw_only=True)
class ServerError:
    """Something failed inside CONNECT; `reference` finds it in the log."""

    id: ClassVar[str] = "server-error"
    state: ClassVar[str] = "empty"
    reference: str


@dataclass(frozen=True, kw_only=True)
class NotFound:
    """There is no such page."""

    id: ClassVar[str] = "not-found"
    state: ClassVar[str] = "empty"


Screen = (
    Start
    | MobileDataPrompt
    | SigningIn
    | VerifyPhone
    | VerifyEmail
    | ReauthVerifyPhone
    | Password
    | ReauthPassword
    | StepUp
    | ForgotPassword
    | ForgotPasswordCode
    | CreatePassword
    | NewPassword
    | PasswordChanged
    | AddEmail
    | AddPhone
    | Consent
    | CodePage
    | RequestRefused
    | StartAgain
    | SignOut
    | SignedOut
    | About
    | Terms
    | Privacy
    | ServerError
    | NotFound
)

"""What a person does on a page, as the engine sees it.

Events are frozen and hold what was typed, as typed: whether it is good is for the rules to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.engine.policy import IdentifierKind


@dataclass(frozen=True, kw_only=True)
class SubmitIdentifier:
    """A phone number or e-mail address is sent, typed into the field for `kind`."""

    kind: IdentifierKind
    text: str


@dataclass(frozen=True)
class SwitchField:
    """The other field is wanted on the start screen."""


@dataclass(frozen=True, kw_only=True)
class SubmitCode:
    """A verification code is sent; `stay_signed_in` is the box, False where it is not shown."""

    text: str
    stay_signed_in: bool = False


@dataclass(frozen=True, kw_only=True)
class SubmitPassword:
    """A password is sent; `stay_signed_in` is the box, False where it is not shown."""

    text: str
    stay_signed_in: bool = False


@dataclass(frozen=True, kw_only=True)
class SubmitNewPassword:
    """A new password is sent."""

    text: str


@dataclass(frozen=True, kw_only=True)
class CheckPassword:
    """How strong is this password? It is looked at and not kept."""

    text: str


@dataclass(frozen=True)
class Resend:
    """A new verification code is wanted."""


@dataclass(frozen=True)
class ForgotPassword:
    """There is no password, or it is forgotten: one link for both."""


@dataclass(frozen=True)
class Continue:
    """What the page says is to go on."""


@dataclass(frozen=True)
class Decline:
    """What the page offers is not wanted."""


@dataclass(frozen=True)
class Change:
    """Another phone number or e-mail address is wanted."""


@dataclass(frozen=True)
class Back:
    """The screen before is wanted; from the first one, the service."""


@dataclass(frozen=True, kw_only=True)
class ChooseLocales:
    """The page is wanted in the first of these BCP 47 tags that is offered."""

    tags: tuple[str, ...]


@dataclass(frozen=True)
class DismissNotice:
    """The notice above the title has been read."""


Event = (
    SubmitIdentifier
    | SwitchField
    | SubmitCode
    | SubmitPassword
    | SubmitNewPassword
    | CheckPassword
    | Resend
    | ForgotPassword
    | Continue
    | Decline
    | Change
    | Back
    | ChooseLocales
    | DismissNotice
)

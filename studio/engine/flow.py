"""A flow: one authorisation request on its way through the screens in one browser.

A flow is always at exactly one stage. A stage is a type of its own that holds what only it needs,
so that a password stage without an identifier, or a code without a phone, cannot exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier
    from studio.engine.policy import IdentifierKind, Level
    from studio.engine.request import AuthorizationRequest

CODE_DIGITS = 4
CODE_LIFETIME = timedelta(minutes=10)
CODE_TRIES = 5
FLOW_LIFETIME = timedelta(hours=1)


class Problem(StrEnum):
    """Why what was typed was not taken. Each has one sentence, in `flow_templates/`."""

    PHONE_MISSING = "phone-missing"
    PHONE_INVALID = "phone-invalid"
    EMAIL_MISSING = "email-missing"
    EMAIL_INVALID = "email-invalid"
    CODE_MISSING = "code-missing"
    CODE_WRONG = "code-wrong"
    CODE_EXPIRED = "code-expired"
    CODE_USED_UP = "code-used-up"
    PASSWORD_MISSING = "password-missing"  # noqa: S105 - the name of a problem
    CREDENTIALS_WRONG = "credentials-wrong"


class Notice(StrEnum):
    """What is told above the title."""

    CODE_SENT = "code-sent"
    CODE_RESENT = "code-resent"
    STALE_FORM = "stale-form"


@dataclass(frozen=True, kw_only=True)
class Code:
    """A verification code: single-use, for ten minutes and five tries."""

    digits: str
    sent: datetime
    tries_left: int = CODE_TRIES

    def expired(self, now: datetime) -> bool:
        """Tell whether its time is over."""
        return now >= self.sent + CODE_LIFETIME


@dataclass(frozen=True, kw_only=True)
class AtStart:
    """The person is asked for a phone number or an e-mail address."""

    kind: IdentifierKind
    typed: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class AtVerifyPhone:
    """A code was sent to the phone and is asked for."""

    phone: Identifier
    code: Code
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class AtPassword:
    """The password is asked for."""

    identifier: Identifier
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The person has been sent back to the service, with a code or with an error."""

    location: str


Stage = AtStart | AtVerifyPhone | AtPassword | Finished


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One request on its way. `browser` names the browser it belongs to, `token` its forms.

    `locales` are the wanted BCP 47 tags, best first. `staying` remembers the "Stay signed in" box
    from one screen to the next; None until a person has touched it.
    """

    id: str
    token: str
    browser: str
    request: AuthorizationRequest
    started: datetime
    stage: Stage
    locales: tuple[str, ...] = ()
    notice: Notice | None = None
    staying: bool | None = None

    def expired(self, now: datetime) -> bool:
        """Tell whether it has to be started again."""
        return now >= self.started + FLOW_LIFETIME


class Method(StrEnum):
    """How somebody proved who they are (`amr`)."""

    OTP = "OTP"
    PASSWORD = "UID_PWD"  # noqa: S105 - the name of a method


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What an authorisation code stands for until it is exchanged.

    `stay_signed_in` is true as well where the person was not asked.
    """

    code: str
    account_id: str
    request: AuthorizationRequest
    used: Identifier
    level: Level
    methods: tuple[Method, ...]
    authenticated: datetime
    stay_signed_in: bool

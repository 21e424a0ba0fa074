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
    from studio.engine.detection import Circumstances
    from studio.engine.identifiers import Identifier
    from studio.engine.policy import IdentifierKind
    from studio.engine.request import AuthorizationRequest
    from studio.engine.sessions import Authentication, Method

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
    IDENTIFIER_TAKEN = "identifier-taken"
    CODE_MISSING = "code-missing"
    CODE_WRONG = "code-wrong"
    CODE_EXPIRED = "code-expired"
    CODE_USED_UP = "code-used-up"
    PASSWORD_MISSING = "password-missing"  # noqa: S105 - the name of a problem
    PASSWORD_TOO_SHORT = "password-too-short"  # noqa: S105 - the name of a problem
    PASSWORD_COMMON = "password-common"  # noqa: S105 - the name of a problem
    PASSWORD_OWN = "password-own"  # noqa: S105 - the name of a problem
    CREDENTIALS_WRONG = "credentials-wrong"
    TOO_MANY_TRIES = "too-many-tries"


class Notice(StrEnum):
    """What is told above the title."""

    CODE_SENT = "code-sent"
    CODE_RESENT = "code-resent"
    STALE_FORM = "stale-form"
    SAVED = "saved"
    ADDED = "added"
    ADDED_BEFORE = "added-before"
    REMOVED = "removed"
    LAST_IDENTIFIER = "last-identifier"
    PREFERRED = "preferred"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of a notice
    PASSWORD_CREATED = "password-created"  # noqa: S105 - the name of a notice
    WITHDRAWN = "withdrawn"


class Purpose(StrEnum):
    """What a password or a code is asked for."""

    SIGN_IN = "sign-in"
    AGAIN = "again"
    STEP_UP = "step-up"
    CLAIM = "claim"


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
    """The person is asked for a phone number or an e-mail address.

    `chosen` tells that the person wants this kind; else the client's first one is shown, whichever
    it is by now.
    """

    kind: IdentifierKind
    typed: str = ""
    problem: Problem | None = None
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class AtMobileData:
    """The person is offered to switch mobile data on, to be signed in at once."""


@dataclass(frozen=True, kw_only=True)
class AtSigningIn:
    """The phone's number has been detected; nothing is asked."""

    phone: Identifier


@dataclass(frozen=True, kw_only=True)
class AtVerify:
    """A code was sent to a phone or an address and is asked for."""

    identifier: Identifier
    code: Code
    purpose: Purpose
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class AtPassword:
    """The password is asked for."""

    identifier: Identifier
    purpose: Purpose
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class AtForgotPassword:
    """The person may have a code sent, to choose a new password."""

    identifier: Identifier
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class AtForgotPasswordCode:
    """The code for choosing a new password is asked for."""

    identifier: Identifier
    code: Code
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class AtNewPassword:
    """A new password is asked for; the code for it was right.

    `creating` is for an account that has none yet, or is only now made. `strength` is of the
    password that was just looked at, from 0 to 4; None where none was.
    """

    identifier: Identifier
    creating: bool
    problem: Problem | None = None
    strength: int | None = None


@dataclass(frozen=True, kw_only=True)
class AtPasswordChanged:
    """The new password is kept; nothing is asked."""


@dataclass(frozen=True, kw_only=True)
class AtAdd:
    """The client asks for an e-mail address or a phone number in addition."""

    kind: IdentifierKind
    typed: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class AtConsent:
    """The person is asked to give the client what it asks for."""

    scopes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Finished:
    """The person has been sent back to the service, with a code or with an error."""

    location: str


Stage = (
    AtStart
    | AtMobileData
    | AtSigningIn
    | AtVerify
    | AtPassword
    | AtForgotPassword
    | AtForgotPasswordCode
    | AtNewPassword
    | AtPasswordChanged
    | AtAdd
    | AtConsent
    | Finished
)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """One request on its way; `serial` grows from each flow to the next.

    `browser` names the browser it belongs to, `token` its forms. `locales` are the wanted BCP 47
    tags, best first. `staying` remembers the "Stay signed in" box from one screen to the next; None
    until a person has touched it. `standing` is who is known to sign in, by a session or by what
    was proven in this flow; `fresh` are the methods of the latter. `waiting` is how long a limit
    lasts that was met; `refused_mobile_data` and `consented` are answers given in this flow.
    """

    id: str
    serial: int
    token: str
    browser: str
    request: AuthorizationRequest
    circumstances: Circumstances
    started: datetime
    stage: Stage
    locales: tuple[str, ...] = ()
    notice: Notice | None = None
    waiting: timedelta | None = None
    staying: bool | None = None
    session_id: str | None = None
    standing: Authentication | None = None
    fresh: tuple[Method, ...] = ()
    refused_mobile_data: bool = False
    consented: bool = False

    def expired(self, now: datetime) -> bool:
        """Tell whether it has to be started again."""
        return now >= self.started + FLOW_LIFETIME

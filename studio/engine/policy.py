"""What the engine obeys of a client's decisions; `studio.client` makes it from the client file."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from studio.engine.detection import SdkOptions


class IdentifierKind(StrEnum):
    """By what a person signs in."""

    PHONE = "phone"
    EMAIL = "email"


class StartFields(StrEnum):
    """Which fields the start screen offers."""

    BOTH = "both"
    PHONE = "phone"
    EMAIL = "email"


class Verification(StrEnum):
    """Whether a code by SMS is asked for beyond what the level needs."""

    DEFAULT = "default"
    FORCE = "force"
    DISALLOW = "disallow"


class Consent(StrEnum):
    """How a client gets a person's consent: by the terms line on the page, or by asking."""

    IMPLIED = "implied"
    ASK = "ask"


class Prompt(StrEnum):
    """What a client asks to be shown even where nothing would be (Core 3.1.2.1)."""

    NONE = "none"
    LOGIN = "login"
    CONSENT = "consent"
    NO_SEAM = "no_seam"


class Level(IntEnum):
    """Level of assurance: 1 is possession of the phone, 2 a password."""

    PHONE = 1
    PASSWORD = 2


@dataclass(frozen=True, kw_only=True)
class ClientPolicy:
    """The decisions of one client that change what a person meets.

    Redirect URIs are compared character by character (OpenID Connect Core 3.1.2.1); where the
    client is an application on a device (`native`), one on loopback is good with every port (RFC
    8252 section 7.3). Locales are BCP 47 tags, the country is an ISO 3166 code, `max_age` is in
    seconds.
    """

    client_id: str
    name: str
    redirect_uris: tuple[str, ...]
    native: bool = False
    scopes: frozenset[str] = frozenset({"openid"})
    sms_sender: str | None = None
    level: Level = Level.PHONE
    fields: StartFields = StartFields.BOTH
    first: IdentifierKind = IdentifierKind.PHONE
    prefill_phone: str | None = None
    prefill_email: str | None = None
    stay_signed_in_shown: bool = False
    stay_signed_in_default: bool = False
    sso: bool = False
    max_age: int | None = None
    prompt: frozenset[Prompt] = frozenset()
    verification: Verification = Verification.DEFAULT
    forced_phone: str | None = None
    forced_email: str | None = None
    forced_may_change: bool = False
    require_email: bool = False
    consent: Consent = Consent.IMPLIED
    sdk: SdkOptions = field(default_factory=SdkOptions)
    post_logout_redirect_uris: tuple[str, ...] = ()
    backchannel_logout_uri: str | None = None
    default_locale: str = "en"
    offered_locales: tuple[str, ...] = ()
    locale_by_request: bool = True
    default_country: str = "NO"

    @property
    def scope(self) -> str:
        """The scopes as a request names them: `openid` first, then by name (RFC 6749, 3.3)."""
        return " ".join(sorted(self.scopes, key=lambda name: (name != "openid", name)))

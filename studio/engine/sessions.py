"""CONNECT's own session in one browser: what single sign-on builds on.

One is made at every sign-in, whether or not the client uses single sign-on; whether a client uses
it is decided by `studio.engine.checks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from studio.engine.identifiers import Identifier
    from studio.engine.policy import Level


class Method(StrEnum):
    """How somebody proved who they are (`amr`, RFC 8176 with the original service's values)."""

    DETECTED = "HDR"
    OTP = "OTP"
    PASSWORD = "UID_PWD"  # noqa: S105 - the name of a method
    SESSION = "SSO"


@dataclass(frozen=True, kw_only=True)
class Authentication:
    """That somebody has proven who they are: by what, how well, and when."""

    account_id: str
    used: Identifier
    level: Level
    methods: tuple[Method, ...]
    when: datetime


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session: `id` goes to clients as `sid`, `secret` into the browser's cookie.

    `lasting` tells whether it outlives the browser window, `clients` are those signed in with it.
    `locales` are the BCP 47 tags wanted last, best first.
    """

    id: str
    secret: str
    authentication: Authentication
    created: datetime
    lasting: bool
    clients: frozenset[str] = frozenset()
    locales: tuple[str, ...] = ()

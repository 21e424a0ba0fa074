"""What has to happen outside because of an event: the engine only says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from studio.engine.identifiers import Identifier


@dataclass(frozen=True, kw_only=True)
class SendCodeBySms:
    """A verification code goes to a phone, in the language of the flow."""

    phone: Identifier
    code: str
    client_id: str
    locales: tuple[str, ...]
    when: datetime


Effect = SendCodeBySms

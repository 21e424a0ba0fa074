"""Messages that reach a person outside of the page, worded in the person's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.pages.language import page_locale

if TYPE_CHECKING:
    from datetime import datetime

    from studio.engine.effects import SendCodeBySms
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages


@dataclass(frozen=True, kw_only=True)
class Message:
    """An SMS or an e-mail as it arrives. `code` is the verification code in it, if any."""

    kind: Literal["sms", "email"]
    sender: str
    recipient: str
    text: str
    code: str | None
    when: datetime


def code_by_sms(effect: SendCodeBySms, hosted: HostedClient, pages: Pages) -> Message:
    """Word the SMS with a verification code."""
    client = hosted.client
    shown = page_locale(client, effect.locales)
    return Message(
        kind="sms",
        sender=client.registration.sms_sender or "CONNECT",
        recipient=effect.phone.value,
        text=pages.text("sms-code", shown.tag, client=client.registration.name, code=effect.code),
        code=effect.code,
        when=effect.when,
    )

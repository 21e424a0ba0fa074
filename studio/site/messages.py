"""Messages that reach a person outside of the page, worded in the person's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.engine.policy import IdentifierKind
from studio.pages.language import page_locale

if TYPE_CHECKING:
    from datetime import datetime

    from studio.engine.effects import News, SendCode, Tell
    from studio.engine.identifiers import Identifier
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages


@dataclass(frozen=True, kw_only=True)
class Message:
    """An SMS or an e-mail as it arrives.

    `code` is the verification code in it, `news` what it tells of the account, if any.
    """

    kind: Literal["sms", "email"]
    sender: str
    recipient: str
    text: str
    code: str | None
    when: datetime
    news: News | None = None


def code_message(effect: SendCode, hosted: HostedClient, pages: Pages) -> Message:
    """Word the SMS or e-mail with a verification code."""
    tag = page_locale(hosted.client, effect.locales).tag
    name = hosted.client.registration.name
    text = pages.text("code", tag, client=name, code=effect.code)
    return _message(effect.to, hosted, text, effect.when, code=effect.code)


def news_message(effect: Tell, hosted: HostedClient, pages: Pages) -> Message:
    """Word the SMS or e-mail that tells of a change."""
    tag = page_locale(hosted.client, effect.locales).tag
    text = pages.text("news", tag, news=effect.news, about=effect.about)
    return _message(effect.to, hosted, text, effect.when, news=effect.news)


def _message(
    to: Identifier,
    hosted: HostedClient,
    text: str,
    when: datetime,
    *,
    code: str | None = None,
    news: News | None = None,
) -> Message:
    phone = to.kind is IdentifierKind.PHONE
    sender = hosted.client.registration.sms_sender if phone else None
    return Message(
        kind="sms" if phone else "email",
        sender=sender or "CONNECT",
        recipient=to.value,
        text=text,
        code=code,
        when=when,
        news=news,
    )

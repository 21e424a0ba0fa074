"""Whom news of an account go to: every proven e-mail address, or the phones where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engine.effects import News, Tell
from studio.engine.policy import IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from studio.engine.accounts import Account
    from studio.engine.turn import Turn


def told(
    accounts: Iterable[Account],
    news: News,
    *,
    when: datetime,
    about: str = "",
    client_id: str = "",
    locales: tuple[str, ...] = (),
) -> tuple[Tell, ...]:
    """Return the messages that tell of a change.

    `accounts` are the forms of one account, before and after it, so that what was removed is told
    too. A new service is told of by e-mail only.
    """
    proven = dict.fromkeys(
        one for account in accounts for one in account.identifiers if one not in account.unproven
    )
    emails = [one for one in proven if one.kind is IdentifierKind.EMAIL]
    by_sms = [] if news is News.SERVICE_CONNECTED else list(proven)
    return tuple(
        Tell(to=one, news=news, about=about, client_id=client_id, locales=locales, when=when)
        for one in emails or by_sms
    )


def tell(turn: Turn, news: News, about: str = "") -> Turn:
    """Tell a person at every address what has changed."""
    if turn.account is None:
        return turn
    messages = told(
        [turn.account],
        news,
        when=turn.world.now,
        about=about,
        client_id=turn.policy.client_id,
        locales=turn.flow.locales,
    )
    return turn.with_effects(*messages)

"""Whom news of an account go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.engine.accounts import Account
from studio.engine.effects import News, Tell
from studio.engine.telling import told
from studio.engine.world import FIRST_MOMENT
from tests.engine.given import EMAIL, NEW_EMAIL, NEW_PHONE, PHONE

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier

BOTH = Account(id="a", identifiers=(PHONE, EMAIL, NEW_EMAIL, NEW_PHONE))
PHONES = Account(id="a", identifiers=(PHONE, NEW_PHONE))
UNSURE = Account(id="a", identifiers=(PHONE, EMAIL), unproven=frozenset({EMAIL}))
NOTHING = Account(id="a", identifiers=(EMAIL,), unproven=frozenset({EMAIL}))
CHANGED, CONNECTED = News.PASSWORD_CHANGED, News.SERVICE_CONNECTED

ROWS: list[tuple[tuple[Account, ...], News, tuple[Identifier, ...]]] = [
    # the account before and after, news, who is told
    ((BOTH,), CHANGED, (EMAIL, NEW_EMAIL)),
    ((PHONES,), CHANGED, (PHONE, NEW_PHONE)),
    ((UNSURE,), CHANGED, (PHONE,)),
    ((NOTHING,), CHANGED, ()),
    ((BOTH,), CONNECTED, (EMAIL, NEW_EMAIL)),
    ((PHONES,), CONNECTED, ()),
    ((BOTH, PHONES), News.IDENTIFIER_REMOVED, (EMAIL, NEW_EMAIL)),
    ((PHONES, BOTH), News.IDENTIFIER_ADDED, (EMAIL, NEW_EMAIL)),
    ((), CHANGED, ()),
]


@pytest.mark.parametrize(("accounts", "news", "to"), ROWS)
def test_news_go_to_every_proven_address_else_to_the_phones(
    accounts: tuple[Account, ...], news: News, to: tuple[Identifier, ...]
) -> None:
    assert tuple(tell.to for tell in told(accounts, news, when=FIRST_MOMENT)) == to


def test_a_message_says_what_of_which_client_in_which_language() -> None:
    (tell,) = told(
        [UNSURE],
        News.IDENTIFIER_ADDED,
        when=FIRST_MOMENT,
        about="x",
        client_id="fakebrand",
        locales=("nb",),
    )
    assert tell == Tell(
        to=PHONE,
        news=News.IDENTIFIER_ADDED,
        about="x",
        client_id="fakebrand",
        locales=("nb",),
        when=FIRST_MOMENT,
    )

"""Every screen of My CONNECT account, in every state that has a look of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.engine.account_screens import (
    Account,
    AccountAbout,
    AccountAddEmail,
    AccountAddPhone,
    AccountEmails,
    AccountPassword,
    AccountPhones,
    AccountProfile,
    AccountProfileEdit,
    AccountPurchases,
    AccountRemoveEmail,
    AccountRemovePhone,
    AccountService,
    AccountServices,
    AccountSubscriptions,
    AccountVerifyEmail,
    AccountVerifyPhone,
    AccountWithdraw,
    IdentifierLine,
    ServiceLine,
)
from studio.engine.accounts import Purchase, Subscription
from studio.engine.flow import Notice, Problem
from studio.engine.world import FIRST_MOMENT
from studio.i18n.locales import TAGS, locale
from studio.pages.render import Page
from tests.pages.given import EMAIL, PHONE, pages

if TYPE_CHECKING:
    from studio.engine.account_screens import AccountScreen
    from studio.engine.identifiers import Identifier

WAIT = timedelta(minutes=14, seconds=1)


def line(
    identifier: Identifier,
    *,
    preferred: bool = True,
    proven: bool = True,
    removable: bool = True,
) -> IdentifierLine:
    """Return a line of a list."""
    return IdentifierLine(
        identifier=identifier,
        handle="a handle",
        preferred=preferred,
        proven=proven,
        removable=removable,
    )


SERVICE = ServiceLine(client_id="fakebrand", name="FakeBrand", since=FIRST_MOMENT)
LIST = AccountPhones(lines=(line(PHONE), line(PHONE, preferred=False)), about=PHONE)
CHANGE = AccountPassword(used=PHONE, creating=False)
OVERVIEW = Account(name=None, used=PHONE)


def subscription(recurrence: str) -> Subscription:
    """Return something that is paid for again and again."""
    return Subscription(
        service="Strusic",
        title="Strusic Premium",
        amount=Decimal("109.00"),
        currency="NOK",
        recurrence=recurrence,
        renews=date(2026, 1, 19),
    )


PURCHASE = Purchase(
    service="Strusic",
    title="A song",
    amount=Decimal("9.50"),
    currency="NOK",
    when=FIRST_MOMENT,
)
NOTICES: dict[Notice, AccountScreen] = {
    Notice.SAVED: AccountProfile(name=None, locale=None, notice=Notice.SAVED),
    **{
        notice: replace(LIST, notice=notice)
        for notice in (
            Notice.ADDED,
            Notice.ADDED_BEFORE,
            Notice.REMOVED,
            Notice.LAST_IDENTIFIER,
            Notice.PREFERRED,
        )
    },
    Notice.PASSWORD_CHANGED: replace(OVERVIEW, notice=Notice.PASSWORD_CHANGED),
    Notice.PASSWORD_CREATED: replace(OVERVIEW, notice=Notice.PASSWORD_CREATED),
    Notice.WITHDRAWN: AccountServices(lines=(), about="FakeBrand", notice=Notice.WITHDRAWN),
}
PLAIN: tuple[AccountScreen, ...] = (
    OVERVIEW,
    Account(name="Example User", used=EMAIL),
    AccountProfile(name="Example User", locale="ur-PK"),
    AccountProfileEdit(name="", locale="nb", offered=TAGS),
    AccountPhones(lines=()),
    AccountPhones(lines=(line(PHONE, removable=False),)),
    LIST,
    AccountEmails(lines=()),
    AccountEmails(lines=(line(EMAIL, proven=False),)),
    AccountAddPhone(typed=""),
    AccountAddEmail(typed="user@"),
    AccountVerifyPhone(identifier=PHONE, notice=Notice.CODE_SENT),
    AccountVerifyEmail(identifier=EMAIL, notice=Notice.CODE_RESENT),
    AccountRemovePhone(identifier=PHONE),
    AccountRemoveEmail(identifier=EMAIL),
    CHANGE,
    replace(CHANGE, creating=True),
    replace(CHANGE, strength=3),
    AccountServices(lines=()),
    AccountServices(lines=(SERVICE,)),
    AccountService(line=SERVICE, scopes=()),
    AccountService(line=SERVICE, scopes=("email", "phone", "profile", "calendar")),
    AccountWithdraw(line=SERVICE),
    AccountSubscriptions(lines=()),
    AccountSubscriptions(lines=tuple(map(subscription, ("P1W", "P1M", "P1Y", "P3M")))),
    AccountPurchases(lines=()),
    AccountPurchases(lines=(PURCHASE,)),
    AccountAbout(),
)
PROBLEMS: tuple[AccountScreen, ...] = (
    AccountAddPhone(typed="1", problem=Problem.PHONE_INVALID),
    AccountAddEmail(typed="u@example.com", problem=Problem.IDENTIFIER_TAKEN),
    AccountAddEmail(typed="u@example.com", problem=Problem.TOO_MANY_TRIES, waiting=WAIT),
    AccountVerifyPhone(identifier=PHONE, problem=Problem.CODE_WRONG),
    AccountVerifyEmail(identifier=EMAIL, problem=Problem.CODE_EXPIRED),
    replace(CHANGE, problem=Problem.PASSWORD_MISSING, wrong="current"),
    replace(CHANGE, problem=Problem.CREDENTIALS_WRONG, wrong="current"),
    replace(CHANGE, problem=Problem.TOO_MANY_TRIES, wrong="current", waiting=WAIT),
    replace(CHANGE, problem=Problem.PASSWORD_COMMON, strength=0),
)
STALE: tuple[AccountScreen, ...] = tuple(
    replace(screen, notice=Notice.STALE_FORM) for screen in PLAIN
)
SCREENS: tuple[AccountScreen, ...] = (*PLAIN, *PROBLEMS, *NOTICES.values(), *STALE)


def html(
    screen: AccountScreen, tag: str = "en", *, back_href: str | None = None, back_name: str = ""
) -> str:
    """Render a screen as a page of a visit."""
    page = Page(
        locale=locale(tag),
        client_name="My CONNECT account",
        action="/id/account",
        token="t",
        account=True,
        back_href=back_href,
        back_name=back_name,
    )
    return pages().html(screen, page)

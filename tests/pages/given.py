"""What pages are made from in tests: a client file, and every screen in every state."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import lxml.html

from studio.client.file import parse
from studio.device.fresh import fresh_pages
from studio.engine.flow import Notice, Problem
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind
from studio.engine.screens import (
    NotFound,
    Password,
    RequestRefused,
    Screen,
    Start,
    StartAgain,
    VerifyPhone,
)
from studio.pages.hosting import HostedClient
from studio.site.context import client_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from studio.pages.render import Pages

REGISTRATION = """\
version: 1
registration:
  id: fakebrand
  name: FakeBrand
  scopes: [openid, email, phone]
  redirect_uris:
    staging: [http://localhost:8081/callback]
    production: [fakebrand://connect/oauth2callback, "https://fakebrand.example/callback?tenant=7"]
  terms_uri: https://fakebrand.example/terms
  privacy_uri: https://fakebrand.example/privacy
"""
MESSAGE = """\
branding:
  message: {en: "New or existing user?", ur-PK: "خوش آمدید"}
"""

PHONE = Identifier(IdentifierKind.PHONE, "+4799912345")
EMAIL = Identifier(IdentifierKind.EMAIL, "user@example.com")
P, E = IdentifierKind.PHONE, IdentifierKind.EMAIL

PROBLEMS: dict[Problem, tuple[Screen, ...]] = {
    Problem.PHONE_MISSING: (Start(kind=P, typed="", alone=False, problem=Problem.PHONE_MISSING),),
    Problem.PHONE_INVALID: (Start(kind=P, typed="1", alone=True, problem=Problem.PHONE_INVALID),),
    Problem.EMAIL_MISSING: (Start(kind=E, typed="", alone=False, problem=Problem.EMAIL_MISSING),),
    Problem.EMAIL_INVALID: (Start(kind=E, typed="u@", alone=True, problem=Problem.EMAIL_INVALID),),
    Problem.CODE_MISSING: (VerifyPhone(phone=PHONE, problem=Problem.CODE_MISSING),),
    Problem.CODE_WRONG: (VerifyPhone(phone=PHONE, problem=Problem.CODE_WRONG),),
    Problem.CODE_EXPIRED: (VerifyPhone(phone=PHONE, problem=Problem.CODE_EXPIRED),),
    Problem.CODE_USED_UP: (VerifyPhone(phone=PHONE, problem=Problem.CODE_USED_UP),),
    Problem.PASSWORD_MISSING: (
        Password(identifier=PHONE, problem=Problem.PASSWORD_MISSING),
        Password(identifier=EMAIL, problem=Problem.PASSWORD_MISSING),
    ),
    Problem.CREDENTIALS_WRONG: (
        Password(identifier=PHONE, problem=Problem.CREDENTIALS_WRONG),
        Password(identifier=EMAIL, problem=Problem.CREDENTIALS_WRONG),
    ),
}
NOTICES: dict[Notice, tuple[Screen, ...]] = {
    Notice.CODE_SENT: (VerifyPhone(phone=PHONE, notice=Notice.CODE_SENT),),
    Notice.CODE_RESENT: (VerifyPhone(phone=PHONE, notice=Notice.CODE_RESENT),),
    Notice.STALE_FORM: (
        Start(kind=P, typed="", alone=False, notice=Notice.STALE_FORM),
        VerifyPhone(phone=PHONE, notice=Notice.STALE_FORM),
        Password(identifier=PHONE, notice=Notice.STALE_FORM),
    ),
}
PLAIN: tuple[Screen, ...] = (
    Start(kind=P, typed="", alone=False),
    Start(kind=E, typed="user@example.com", alone=False),
    Start(kind=P, typed="+4799912345", alone=True),
    Start(kind=E, typed="", alone=True),
    VerifyPhone(phone=PHONE),
    VerifyPhone(phone=PHONE, staying=True, notice=Notice.CODE_SENT),
    Password(identifier=PHONE),
    Password(identifier=EMAIL, staying=False),
    RequestRefused(parameter="client_id", value="somebody"),
    RequestRefused(parameter="redirect_uri", value="https://evil.example/"),
    StartAgain(reason="expired"),
    StartAgain(reason="no-cookie"),
    NotFound(),
)
SCREENS: tuple[Screen, ...] = (
    *PLAIN,
    *(screen for screens in PROBLEMS.values() for screen in screens),
    *(screen for screens in NOTICES.values() for screen in screens),
)


def name_of(screen: Screen) -> str:
    """Name a screen in a test's id."""
    return f"{screen.id}:{screen.state}"


@cache
def pages() -> Pages:
    """Return the program's own templates and catalogues, read once."""
    return fresh_pages()


@cache
def hosted(more: str = MESSAGE, registration: str = REGISTRATION) -> HostedClient:
    """Return a client of this client file's text."""
    return HostedClient(parse(registration + more, "test.client.yaml"))


@cache
def html(screen: Screen, tag: str = "en", client: HostedClient | None = None) -> str:
    """Render a screen as the page of a flow."""
    page = client_page(
        client or hosted(),
        (tag,),
        action="/id/signin/f",
        token="t",
        again=[("client_id", "fakebrand")],
    )
    return pages().html(screen, page)


def document(text: str) -> HtmlElement:
    """Read a page as elements."""
    return lxml.html.document_fromstring(text)

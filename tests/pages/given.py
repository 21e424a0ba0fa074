"""What pages are made from in tests: a client file, and every screen in every state."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import lxml.html

from studio.client.file import parse
from studio.device.fresh import fresh_pages
from studio.engine.flow import Notice, Problem
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind
from studio.engine.screens import (
    About,
    AddEmail,
    AddPhone,
    CodePage,
    Consent,
    CreatePassword,
    ForgotPassword,
    ForgotPasswordCode,
    MobileDataPrompt,
    NewPassword,
    NotFound,
    Password,
    PasswordChanged,
    Privacy,
    ReauthPassword,
    ReauthVerifyPhone,
    RequestRefused,
    Screen,
    ServerError,
    SignedOut,
    SigningIn,
    SignOut,
    Start,
    StartAgain,
    StepUp,
    Terms,
    VerifyEmail,
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

CodeScreen = VerifyPhone | VerifyEmail | ReauthVerifyPhone | ForgotPasswordCode
PasswordScreen = Password | ReauthPassword | StepUp

CODE_SCREENS: tuple[tuple[type[CodeScreen], Identifier], ...] = (
    (VerifyPhone, PHONE),
    (VerifyEmail, EMAIL),
    (ReauthVerifyPhone, PHONE),
    (ForgotPasswordCode, EMAIL),
)
PASSWORD_SCREENS: tuple[tuple[type[PasswordScreen], Identifier], ...] = (
    (Password, PHONE),
    (Password, EMAIL),
    (StepUp, PHONE),
)
NEW_PASSWORDS: tuple[type[CreatePassword | NewPassword], ...] = (CreatePassword, NewPassword)

WAIT = timedelta(minutes=14, seconds=1)

PROBLEMS: dict[Problem, tuple[Screen, ...]] = {
    Problem.PHONE_MISSING: (
        Start(kind=P, typed="", alone=False, problem=Problem.PHONE_MISSING),
        AddPhone(typed="", problem=Problem.PHONE_MISSING),
    ),
    Problem.PHONE_INVALID: (
        Start(kind=P, typed="1", alone=True, problem=Problem.PHONE_INVALID),
        AddPhone(typed="1", fixed=EMAIL, problem=Problem.PHONE_INVALID),
    ),
    Problem.EMAIL_MISSING: (
        Start(kind=E, typed="", alone=False, problem=Problem.EMAIL_MISSING),
        AddEmail(typed="", problem=Problem.EMAIL_MISSING),
    ),
    Problem.EMAIL_INVALID: (
        Start(kind=E, typed="u@", alone=True, problem=Problem.EMAIL_INVALID),
        AddEmail(typed="u@", fixed=PHONE, problem=Problem.EMAIL_INVALID),
    ),
    Problem.IDENTIFIER_TAKEN: (
        AddEmail(typed="user@example.com", problem=Problem.IDENTIFIER_TAKEN),
        AddPhone(typed="+4799912345", problem=Problem.IDENTIFIER_TAKEN),
    ),
    **{
        problem: tuple(kind(identifier=one, problem=problem) for kind, one in CODE_SCREENS[:2])
        for problem in (
            Problem.CODE_MISSING,
            Problem.CODE_WRONG,
            Problem.CODE_EXPIRED,
            Problem.CODE_USED_UP,
        )
    },
    **{
        problem: tuple(kind(identifier=one, problem=problem) for kind, one in PASSWORD_SCREENS)
        for problem in (Problem.PASSWORD_MISSING, Problem.CREDENTIALS_WRONG)
    },
    **{
        problem: tuple(
            kind(identifier=PHONE, change=False, problem=problem) for kind in NEW_PASSWORDS
        )
        for problem in (
            Problem.PASSWORD_TOO_SHORT,
            Problem.PASSWORD_COMMON,
            Problem.PASSWORD_OWN,
        )
    },
    Problem.TOO_MANY_TRIES: (
        Start(kind=P, typed="9", alone=False, problem=Problem.TOO_MANY_TRIES, waiting=WAIT),
        ForgotPassword(identifier=PHONE, problem=Problem.TOO_MANY_TRIES, waiting=WAIT),
        Password(identifier=EMAIL, problem=Problem.TOO_MANY_TRIES, waiting=WAIT),
        VerifyPhone(identifier=PHONE, problem=Problem.TOO_MANY_TRIES, waiting=WAIT),
        AddEmail(typed="u@example.com", problem=Problem.TOO_MANY_TRIES, waiting=WAIT),
    ),
}
NOTICES: dict[Notice, tuple[Screen, ...]] = {
    Notice.CODE_SENT: tuple(
        kind(identifier=one, notice=Notice.CODE_SENT) for kind, one in CODE_SCREENS
    ),
    Notice.CODE_RESENT: tuple(
        kind(identifier=one, notice=Notice.CODE_RESENT) for kind, one in CODE_SCREENS[:2]
    ),
    Notice.STALE_FORM: (
        Start(kind=P, typed="", alone=False, notice=Notice.STALE_FORM),
        MobileDataPrompt(notice=Notice.STALE_FORM),
        VerifyPhone(identifier=PHONE, notice=Notice.STALE_FORM),
        Password(identifier=PHONE, notice=Notice.STALE_FORM),
        ForgotPassword(identifier=PHONE, notice=Notice.STALE_FORM),
        NewPassword(identifier=PHONE, change=False, notice=Notice.STALE_FORM),
        AddEmail(typed="", notice=Notice.STALE_FORM),
        Consent(scopes=("email",), notice=Notice.STALE_FORM),
    ),
}
PLAIN: tuple[Screen, ...] = (
    Start(kind=P, typed="", alone=False),
    Start(kind=E, typed="user@example.com", alone=False),
    Start(kind=P, typed="+4799912345", alone=True),
    Start(kind=E, typed="", alone=True),
    MobileDataPrompt(),
    SigningIn(),
    *(kind(identifier=one) for kind, one in CODE_SCREENS),
    VerifyPhone(identifier=PHONE, staying=True, notice=Notice.CODE_SENT),
    VerifyPhone(identifier=PHONE, change=False, notice=Notice.CODE_SENT),
    Password(identifier=PHONE),
    Password(identifier=EMAIL, staying=False),
    ReauthPassword(identifier=EMAIL, change=False),
    StepUp(identifier=PHONE, staying=True),
    ForgotPassword(identifier=PHONE),
    CreatePassword(identifier=PHONE, change=False),
    NewPassword(identifier=EMAIL, change=False),
    PasswordChanged(),
    AddEmail(typed="", fixed=PHONE),
    AddPhone(typed="", fixed=EMAIL),
    Consent(scopes=("profile", "email", "phone", "calendar")),
    CodePage(code="0123456789abcdef"),
    RequestRefused(parameter="client_id", value="somebody"),
    RequestRefused(parameter="redirect_uri", value="https://evil.example/"),
    StartAgain(reason="expired"),
    StartAgain(reason="no-cookie"),
    CreatePassword(identifier=PHONE, change=False, strength=0),
    NewPassword(identifier=PHONE, change=False, strength=4),
    SignOut(),
    SignOut(service="FakeBrand"),
    SignedOut(),
    SignedOut(service="FakeBrand"),
    About(),
    Terms(),
    Privacy(),
    ServerError(reference="0123ABCD"),
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

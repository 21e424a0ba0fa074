"""The table: each screen in each state, with the real steps that reach it in a fresh world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from studio.device.people import PEOPLE
from studio.engine.detection import Network
from studio.engine.flow import CODE_LIFETIME, CODE_TRIES, FLOW_LIFETIME
from studio.journeys.steps import (
    Connect,
    DropCookies,
    Fill,
    Hand,
    JourneyStep,
    Open,
    Press,
    PressOnOldPage,
    UseCode,
    Wait,
)


@dataclass(frozen=True, kw_only=True)
class Reach:
    """A screen in a state, and how to get there. `needs` are client settings it takes."""

    id: str
    state: str
    group: str
    title: str
    steps: tuple[JourneyStep, ...]
    needs: str = ""

    @property
    def name(self) -> str:
        """The screen and its state, as the command line takes them: "verify-phone/code-wrong"."""
        return f"{self.id}/{self.state}"


_PHONE = PEOPLE[0].phone or ""
_EMAIL = PEOPLE[0].email or ""
_WRONG = "0000"
_BY_PHONE = (Open(acr_values="1"), Fill("identifier", _PHONE), Press())
_BY_PASSWORD = (Open(acr_values="2"), Fill("identifier", _PHONE), Press())
_TO_EMAIL = (Open(), Press("switch"))
_AFTER_WRONG = (Fill("code", _WRONG), Press())
_PASSWORD = PEOPLE[0].password or ""
_SIGNED_IN_BY_PHONE = (*_BY_PHONE, UseCode(), Press())
_SIGNED_IN_BY_PASSWORD = (*_BY_PASSWORD, Fill("password", _PASSWORD), Press())
_PHONE_ONLY = (
    Hand("phone"),
    Open(acr_values="1"),
    Fill("identifier", PEOPLE[1].phone or ""),
    Press(),
    UseCode(),
    Press(),
)
_FORGOTTEN = (*_BY_PASSWORD, Press("forgot"))
_FORGOTTEN_CODE = (*_FORGOTTEN, Press("continue"))
_NEW_PASSWORD = (*_FORGOTTEN_CODE, UseCode(), Press())
_CREATE_PASSWORD = (*_PHONE_ONLY, Open(acr_values="2"), UseCode(), Press())
_EMAIL_ASKED = Open(claims='{"userinfo": {"email": {"essential": true}}}')
_PHONE_ASKED = Open(
    acr_values="2",
    login_hint=PEOPLE[2].email or "",
    claims='{"userinfo": {"phone_number": {"essential": true}}}',
)
_ADD_EMAIL = (*_PHONE_ONLY, _EMAIL_ASKED)
_VERIFY_EMAIL = (*_ADD_EMAIL, Fill("identifier", "another@example.com"), Press())
_ADD_PHONE = (_PHONE_ASKED, Press(), Fill("password", PEOPLE[2].password or ""), Press())


def _start(state: str, title: str, *steps: JourneyStep, needs: str = "") -> Reach:
    return Reach(
        id="start", state=state, group="Sign-in", title=title, steps=steps or (Open(),), needs=needs
    )


def _verify(state: str, title: str, *steps: JourneyStep) -> Reach:
    return Reach(
        id="verify-phone", state=state, group="Sign-in", title=title, steps=(*_BY_PHONE, *steps)
    )


def _password(state: str, title: str, *steps: JourneyStep) -> Reach:
    return Reach(id="password", state=state, group="Sign-in", title=title, steps=steps)


def _again(screen: str, state: str, title: str, *steps: JourneyStep) -> Reach:
    return Reach(id=screen, state=state, group="Re-authentication", title=title, steps=steps)


def _more(screen: str, state: str, title: str, *steps: JourneyStep, needs: str = "") -> Reach:
    return Reach(id=screen, state=state, group="Sign-in", title=title, steps=steps, needs=needs)


def _mistake(screen: str, state: str, title: str, *steps: JourneyStep) -> Reach:
    return Reach(id=screen, state=state, group="Mistakes", title=title, steps=steps)


def _returned(state: str, title: str, *steps: JourneyStep) -> Reach:
    return Reach(id="service", state=state, group="Service", title=title, steps=steps)


REACHES = (
    _start("phone", "Phone first", needs="start.fields: both, start.first: phone"),
    _start("email", "Email", *_TO_EMAIL, needs="start.fields: both, start.first: phone"),
    _start("phone-only", "Only phone", needs="start.fields: phone"),
    _start("email-only", "Only email", needs="start.fields: email"),
    _start("phone-prefilled", "Phone filled in", Open(login_hint=_PHONE)),
    _start("email-prefilled", "Email filled in", Open(login_hint=_EMAIL)),
    _start("phone-missing", "No phone number given", Open(), Press()),
    _start("phone-invalid", "Not a phone number", Open(), Fill("identifier", "123"), Press()),
    _start("email-missing", "No email address given", *_TO_EMAIL, Press()),
    _start(
        "email-invalid", "Not an email address", *_TO_EMAIL, Fill("identifier", "user@"), Press()
    ),
    _start(
        "stale-form",
        "Sent from an older page",
        *_BY_PHONE,
        PressOnOldPage("submit", (Press("change"),)),
    ),
    _verify("code-sent", "Code sent"),
    _verify("empty", "Notice closed", Press("dismiss-notice")),
    _verify("code-resent", "New code sent", Press("resend")),
    _verify("code-missing", "No code given", Press()),
    _verify("code-wrong", "Wrong code", *_AFTER_WRONG),
    _verify("code-expired", "Code expired", Wait(CODE_LIFETIME), UseCode(), Press()),
    _verify("code-used-up", "Too many tries", *(_AFTER_WRONG * CODE_TRIES)),
    Reach(
        id="verify-phone",
        state="stale-form",
        group="Sign-in",
        title="Sent from an older page",
        steps=(
            Open(acr_values="1"),
            PressOnOldPage("submit", (Fill("identifier", _PHONE), Press())),
        ),
    ),
    _password("phone", "Password, by phone", *_BY_PASSWORD),
    _password("email", "Password, by email", Open(login_hint=_EMAIL), Press()),
    _password("password-missing", "No password given", *_BY_PASSWORD, Press()),
    _password(
        "credentials-wrong", "Wrong password", *_BY_PASSWORD, Fill("password", "wrong"), Press()
    ),
    _password(
        "stale-form",
        "Sent from an older page",
        Open(acr_values="2"),
        PressOnOldPage("submit", (Fill("identifier", _PHONE), Press())),
    ),
    _start(
        "too-many-tries",
        "Too many codes sent",
        *(_BY_PHONE * 6),
    ),
    _verify("too-many-tries", "Too many codes sent", *((Press("resend"),) * 5)),
    _password(
        "too-many-tries",
        "Too many wrong passwords",
        *_BY_PASSWORD,
        *((Fill("password", "wrong"), Press()) * 6),
    ),
    _more("signing-in", "empty", "Number detected", Connect(Network.MOBILE_DATA), Open()),
    _more(
        "mobile-data-prompt",
        "empty",
        "Offer of mobile data",
        Open(),
        needs="sdk.prompt_mobile_data: true",
    ),
    _more("forgot-password", "phone", "Password forgotten", *_FORGOTTEN),
    _more(
        "forgot-password",
        "too-many-tries",
        "Too many codes sent",
        *(_FORGOTTEN_CODE * 5),
        *_FORGOTTEN_CODE,
    ),
    _more("forgot-password-code", "code-sent", "Code for a new password", *_FORGOTTEN_CODE),
    _more(
        "forgot-password-code", "empty", "Notice closed", *_FORGOTTEN_CODE, Press("dismiss-notice")
    ),
    _more("forgot-password-code", "code-wrong", "Wrong code", *_FORGOTTEN_CODE, *_AFTER_WRONG),
    _more("new-password", "phone", "New password", *_NEW_PASSWORD),
    _more("new-password", "password-missing", "No password given", *_NEW_PASSWORD, Press()),
    _more(
        "new-password",
        "password-too-short",
        "Password too short",
        *_NEW_PASSWORD,
        Fill("password", "a1b2c"),
        Press(),
    ),
    _more(
        "new-password",
        "password-common",
        "Password too easy to guess",
        *_NEW_PASSWORD,
        Fill("password", "password"),
        Press(),
    ),
    _more(
        "new-password",
        "password-own",
        "One's own number as password",
        *_NEW_PASSWORD,
        Fill("password", _PHONE),
        Press(),
    ),
    _more(
        "password-changed",
        "empty",
        "Password changed",
        *_NEW_PASSWORD,
        Fill("password", "kelp and basalt"),
        Press(),
    ),
    _more("create-password", "phone", "First password", *_CREATE_PASSWORD),
    _more("create-password", "password-missing", "No password given", *_CREATE_PASSWORD, Press()),
    _more("add-email", "empty", "Email address asked for", *_ADD_EMAIL),
    _more("add-email", "email-missing", "No email address given", *_ADD_EMAIL, Press()),
    _more(
        "add-email",
        "email-invalid",
        "Not an email address",
        *_ADD_EMAIL,
        Fill("identifier", "user@"),
        Press(),
    ),
    _more(
        "add-email",
        "identifier-taken",
        "Email address of somebody else",
        *_ADD_EMAIL,
        Fill("identifier", _EMAIL),
        Press(),
        UseCode(),
        Press(),
    ),
    _more("verify-email", "code-sent", "Code sent by email", *_VERIFY_EMAIL),
    _more("verify-email", "code-wrong", "Wrong code", *_VERIFY_EMAIL, *_AFTER_WRONG),
    _more("add-phone", "empty", "Phone number asked for", *_ADD_PHONE),
    _more("add-phone", "phone-missing", "No phone number given", *_ADD_PHONE, Press()),
    _more("consent", "empty", "Consent asked for", *_SIGNED_IN_BY_PHONE, Open(prompt="consent")),
    _more(
        "code-page",
        "empty",
        "Code to copy",
        *_SIGNED_IN_BY_PHONE,
        needs="registration.redirect_uris.staging: urn:ietf:wg:oauth:2.0:oob first",
    ),
    _again(
        "reauth-password", "phone", "Password again", *_SIGNED_IN_BY_PASSWORD, Open(prompt="login")
    ),
    _again(
        "reauth-password",
        "credentials-wrong",
        "Wrong password",
        *_SIGNED_IN_BY_PASSWORD,
        Open(prompt="login"),
        Fill("password", "wrong"),
        Press(),
    ),
    _again(
        "reauth-verify-phone", "code-sent", "Code again", *_SIGNED_IN_BY_PHONE, Open(max_age="0")
    ),
    _again("step-up", "phone", "Up to level 2", *_SIGNED_IN_BY_PHONE, Open(acr_values="2")),
    _again(
        "step-up",
        "credentials-wrong",
        "Wrong password",
        *_SIGNED_IN_BY_PHONE,
        Open(acr_values="2"),
        Fill("password", "wrong"),
        Press(),
    ),
    _mistake(
        "request-refused",
        "client-id",
        "Unknown client",
        Open(query="client_id=unknown&response_type=code"),
    ),
    _mistake(
        "request-refused",
        "redirect-uri",
        "Wrong redirect URI",
        Open(query="client_id={client_id}&redirect_uri=" + quote("https://elsewhere.example/")),
    ),
    _mistake(
        "start-again",
        "expired",
        "Took too long",
        *_BY_PHONE,
        Wait(FLOW_LIFETIME + timedelta(minutes=1)),
        Press("resend"),
    ),
    _mistake("start-again", "no-cookie", "No cookies", *_BY_PHONE, DropCookies()),
    _mistake("not-found", "empty", "No such page", Open(path="/id/nothing")),
    Reach(
        id="sign-out",
        state="empty",
        group="Sign-out",
        title="Sign out of CONNECT?",
        steps=(*_SIGNED_IN_BY_PHONE, Open(path="/oauth/logout")),
    ),
    Reach(
        id="signed-out",
        state="empty",
        group="Sign-out",
        title="Signed out of CONNECT",
        steps=(*_SIGNED_IN_BY_PHONE, Press("sign-out-of-connect")),
    ),
    _returned("signed-in", "Signed in", *_BY_PHONE, UseCode(), Press()),
    _returned("access_denied", "Went back", Open(), Press("back")),
    _returned("login_required", "Nothing may be shown", Open(prompt="none")),
)

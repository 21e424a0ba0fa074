"""Settings of a client that contradict each other, or the advice of the document.

A table: each row is one check, with the condition under which it speaks. "Web" is where the pages
are opened in a browser of a desktop: platforms web, javascript, windows and macos.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.checks.finding import Fault, Severity
from studio.client.choices import Browser, Platform
from studio.engine.policy import Consent, IdentifierKind, Level, Prompt, StartFields, Verification

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studio.checks.client import ClientSubject
    from studio.checks.finding import Finding
    from studio.client.model import Client

_DESKTOP = {Platform.WEB, Platform.JAVASCRIPT, Platform.WINDOWS, Platform.MACOS}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, kw_only=True)
class SettingCheck:
    """One combination of settings that should not be.

    `path` is the setting to change, by its dotted path.
    """

    name: str
    path: str
    when: Callable[[Client], bool]
    message: str
    mend: str
    severity: Severity = Severity.WARNING

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield it where the client has it."""
        if self.when(subject.client):
            fault = Fault(message=self.message, mend=self.mend)
            yield subject.finding(self.name, self.severity, fault, self.path)


def _on_desktop(client: Client) -> bool:
    return client.registration.platform in _DESKTOP


def _forced_away(client: Client) -> bool:
    """Tell whether a kind of identifier is forced that the start screen does not take."""
    force, fields = client.flow.force, client.start.fields
    return bool(
        (force.phone and fields is StartFields.EMAIL)
        or (force.email and fields is StartFields.PHONE)
    )


def _prefilled_away(client: Client) -> bool:
    prefill, fields = client.start.prefill, client.start.fields
    return bool(
        (prefill.phone and fields is StartFields.EMAIL)
        or (prefill.email and fields is StartFields.PHONE)
    )


def _first_away(client: Client) -> bool:
    start = client.start
    return start.fields is StartFields.PHONE and start.first is IdentifierKind.EMAIL


def _never_asks(client: Client) -> bool:
    return Prompt.NONE in client.session.prompt


def _asks_for_more(client: Client) -> bool:
    flow = client.flow
    asks = (
        flow.verification is Verification.FORCE
        or flow.consent is Consent.ASK
        or flow.require_email
        or client.session.max_age == 0
    )
    return _never_asks(client) and asks


def _at_home(uri: str) -> bool:
    """Tell whether an address is the person's own machine, by plain HTTP."""
    parts = urlsplit(uri)
    return parts.scheme == "http" and parts.hostname in _LOOPBACK


def _production_at_home(client: Client) -> bool:
    uris = client.registration.redirect_uris.production
    return client.registration.platform is Platform.WEB and any(map(_at_home, uris))


SETTING_CHECKS = (
    SettingCheck(
        name="sso-without-stay-signed-in",
        severity=Severity.ERROR,
        path="session.stay_signed_in.shown",
        when=lambda client: (
            _on_desktop(client)
            and client.session.sso
            and client.flow.level is Level.PASSWORD
            and not client.session.stay_signed_in.shown
        ),
        message='single sign-on above level 1 on the web needs "Stay signed in"',
        mend="Set session.stay_signed_in.shown to true, or session.sso to false.",
    ),
    SettingCheck(
        name="level-1-with-email-only",
        path="start.fields",
        when=lambda client: (
            client.start.fields is StartFields.EMAIL and client.flow.level is Level.PHONE
        ),
        message="level 1 is possession of the phone, which an e-mail address does not prove: "
        "everybody needs a password",
        mend="Set start.fields to both or phone, or flow.level to 2.",
    ),
    SettingCheck(
        name="web-view-with-sso",
        path="entry.browser",
        when=lambda client: client.entry.browser is Browser.WEB_VIEW and client.session.sso,
        message="a web view keeps its own cookies, so single sign-on never works in it",
        mend="Set entry.browser to in-app-tab, or session.sso to false.",
    ),
    SettingCheck(
        name="forced-away",
        severity=Severity.ERROR,
        path="flow.force",
        when=_forced_away,
        message="forces a phone number or e-mail address of the kind that start.fields leaves out",
        mend="Set start.fields to both, or force the other kind.",
    ),
    SettingCheck(
        name="prefilled-away",
        path="start.prefill",
        when=_prefilled_away,
        message="fills in a field that start.fields leaves out",
        mend="Set start.fields to both, or remove it.",
    ),
    SettingCheck(
        name="first-away",
        path="start.first",
        when=_first_away,
        message="names a field first that start.fields leaves out",
        mend="Set start.fields to both, or remove start.first.",
    ),
    SettingCheck(
        name="email-required-and-given",
        path="flow.require_email",
        when=lambda client: client.flow.require_email and client.start.fields is StartFields.EMAIL,
        message="asks for an e-mail address of people who have signed in with one",
        mend="Remove flow.require_email, or set start.fields to both or phone.",
    ),
    SettingCheck(
        name="prompt-none-without-sso",
        severity=Severity.ERROR,
        path="session.prompt",
        when=lambda client: _never_asks(client) and not client.session.sso,
        message="none shows no screen, and without single sign-on nobody is signed in already: "
        "every request is answered with login_required",
        mend="Set session.sso to true, or remove none.",
    ),
    SettingCheck(
        name="prompt-none-with-questions",
        path="session.prompt",
        when=_asks_for_more,
        message="none shows no screen, and other settings ask people something: those requests "
        "are answered with an error",
        mend="Remove none; ask for it in the single request that may fail.",
    ),
    SettingCheck(
        name="sso-without-post-logout",
        path="registration.post_logout_redirect_uris",
        when=lambda client: (
            client.registration.platform is Platform.WEB
            and client.session.sso
            and not client.registration.post_logout_redirect_uris.production
            and not client.registration.post_logout_redirect_uris.staging
        ),
        message="single sign-on on the web needs an address that signing out returns to",
        mend="Name one below registration.post_logout_redirect_uris.",
    ),
    SettingCheck(
        name="level-2-with-forced-code",
        path="flow.verification",
        when=lambda client: (
            client.flow.level is Level.PASSWORD and client.flow.verification is Verification.FORCE
        ),
        message="asks for a password and a code each time; each step more, fewer people sign in",
        mend="Set flow.verification to default, and ask for more only where it is needed.",
    ),
    SettingCheck(
        name="web-view-only",
        path="sdk",
        when=lambda client: (
            (client.sdk.detect_on_wifi or client.sdk.read_code)
            and client.entry.browser is not Browser.WEB_VIEW
        ),
        message="detect_on_wifi and read_code work in a web view only",
        mend="Remove them, or set entry.browser to web-view, which has no single sign-on.",
    ),
    SettingCheck(
        name="staging-only",
        path="registration.redirect_uris",
        when=lambda client: not client.registration.redirect_uris.production,
        message="has addresses for trying out only; the service in use cannot sign anybody in",
        mend="Name an address below registration.redirect_uris.production.",
    ),
    SettingCheck(
        name="redirect-to-own-machine",
        severity=Severity.ERROR,
        path="registration.redirect_uris.production",
        when=_production_at_home,
        message="sends people of a web site to their own machine, by plain HTTP",
        mend="Move the address to registration.redirect_uris.staging, and name one with https.",
    ),
)
"""In the order of the settings' importance."""

"""The table "Client settings": each one that has an effect on the pages, with its effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.client.file import parse
from studio.client.logo import load_logo
from studio.client.samples import sample_path
from studio.device.network import Connection
from studio.engine.detection import BrowserKind, Network, reads_code
from studio.pages.hosting import HostedClient
from studio.site.application import ORIGIN
from tests.rules.given import (
    DESKTOP,
    EMAIL_ONLY,
    FULL,
    MOBILE,
    PHONE_ONLY,
    WEB_VIEW,
    WIFI,
    Visitor,
    new_device,
    service,
    signed_in,
)

if TYPE_CHECKING:
    from studio.device.device import Device


def at_first(settings: str = "", connection: Connection = WIFI, **choices: str) -> Visitor:
    """Return somebody at the first screen of a client with these settings."""
    visitor = Visitor(new_device(service(settings), connection=connection))
    visitor.ask(**choices)
    return visitor


def load(visitor: Visitor, path: str) -> bytes:
    """Return what the only link of a page that fits leads to."""
    (href,) = visitor.browser.document.xpath(path)
    return visitor.device.request("GET", f"{ORIGIN}{href}").body


# branding


@pytest.mark.parametrize("paint", ["#0a5f38", "linear-gradient(90deg, #0a5f38, #112233)"])
def test_branding_header(paint: str) -> None:
    visitor = at_first(f'branding: {{header: "{paint}"}}\n')
    css = load(visitor, "//link[contains(@href, '/brand')]/@href").decode()
    assert "#0a5f38" in css.partition("--header-ink")[0]


def test_branding_logo() -> None:
    logo = load_logo(sample_path("fakebrand").with_name("fakebrand.svg"))
    bare = service()
    visitor = Visitor(new_device(HostedClient(bare.client, logo)))
    visitor.ask()
    assert load(visitor, "//header/img/@src") == logo.data
    assert at_first().browser.document.xpath("//header/img") == []


@pytest.mark.parametrize(("kind", "symbol"), [("wide", False), ("symbol", True)])
def test_branding_logo_kind(kind: str, *, symbol: bool) -> None:
    (classes,) = at_first(f"branding: {{logo_kind: {kind}}}\n").browser.document.xpath(
        "//header/@class"
    )
    assert ("header-symbol" in classes.split()) is symbol


def test_branding_message() -> None:
    settings = 'branding: {message: {en: "Hello there.", ur-PK: "خوش آمدید"}}\n'
    visitor = at_first(settings)
    assert "Hello there." in visitor.text
    visitor.identify(FULL.phone)
    assert "Hello there." not in visitor.text
    assert "خوش آمدید" in at_first(settings, ui_locales="ur-PK").text


# language


@pytest.mark.parametrize(
    ("settings", "asked", "direction"),
    [
        ("", "", "ltr"),
        ("", "ur-PK", "rtl"),
        ("language: {default: ur-PK}\n", "", "rtl"),
        ("language: {default: ur-PK}\n", "en", "ltr"),
        ("language: {default: en, offered: [en, nb]}\n", "ur-PK", "ltr"),
        ("language: {default: en, by_request: false}\n", "ur-PK", "ltr"),
        ("language: {default: ur-PK, by_request: false}\n", "en", "rtl"),
    ],
    ids=["left out", "asked", "default", "default, asked", "offered", "not by request", "always"],
)
def test_language(settings: str, asked: str, direction: str) -> None:
    visitor = at_first(settings, ui_locales=asked) if asked else at_first(settings)
    assert visitor.browser.document.get("dir") == direction


@pytest.mark.parametrize(("country", "number"), [("NO", "+4799912345"), ("SE", "+4699912345")])
def test_language_default_country(country: str, number: str) -> None:
    visitor = at_first(f"language: {{default_country: {country}}}\n")
    visitor.identify("99912345")
    assert visitor.device.state.inbox[-1].recipient == number


# start


@pytest.mark.parametrize(
    ("settings", "kind", "switch"),
    [
        ("start: {fields: both}\n", "phone", True),
        ("start: {fields: both, first: email}\n", "email", True),
        ("start: {fields: phone}\n", "phone", False),
        ("start: {fields: email}\n", "email", False),
    ],
    ids=["both", "email first", "phone only", "email only"],
)
def test_start_fields_and_which_first(settings: str, kind: str, *, switch: bool) -> None:
    visitor = at_first(settings)
    assert visitor.browser.document.xpath("//input[@name='kind']/@value") == [kind]
    assert ("switch" in visitor.buttons) is switch


def test_start_prefill() -> None:
    visitor = at_first(
        f'start: {{prefill: {{phone: "{FULL.phone}", email: {EMAIL_ONLY.email}}}}}\n'
    )
    assert visitor.typed == FULL.phone
    visitor.press("switch")
    assert visitor.typed == EMAIL_ONLY.email


# flow


def test_flow_force_phone() -> None:
    assert at_first(f'flow: {{force: {{phone: "{FULL.phone}"}}}}\n').screen == "verify-phone"


def test_flow_force_email() -> None:
    visitor = at_first(f"flow: {{force: {{email: {EMAIL_ONLY.email}}}}}\n")
    assert (visitor.screen, visitor.fixed) == ("password", EMAIL_ONLY.email)


@pytest.mark.parametrize("change", ["true", "false"])
def test_flow_force_change(change: str) -> None:
    visitor = at_first(f'flow: {{force: {{phone: "{FULL.phone}", change: {change}}}}}\n')
    assert ("change" in visitor.buttons) is (change == "true")


def test_flow_require_email() -> None:
    visitor = Visitor(new_device(service("flow: {require_email: true}\n"), person=PHONE_ONLY))
    assert visitor.sign_in() == ["start", "verify-phone", "add-email", "verify-email"]
    assert "Service alpha has asked that you provide your email address" in _at_addition().text


def _at_addition() -> Visitor:
    visitor = Visitor(new_device(service("flow: {require_email: true}\n"), person=PHONE_ONLY))
    visitor.ask()
    visitor.identify(PHONE_ONLY.phone)
    visitor.fill("code", visitor.code)
    return visitor


@pytest.mark.parametrize(
    ("verification", "screen"),
    [("default", "signing-in"), ("force", "verify-phone"), ("disallow", "signing-in")],
)
def test_flow_verification(verification: str, screen: str) -> None:
    assert at_first(f"flow: {{verification: {verification}}}\n", MOBILE).screen == screen


@pytest.mark.parametrize(("level", "screen"), [("1", "verify-phone"), ("2", "password")])
def test_flow_level(level: str, screen: str) -> None:
    visitor = at_first(f"flow: {{level: {level}}}\n")
    assert visitor.identify(FULL.phone) == screen


@pytest.mark.parametrize(("consent", "asked"), [("implied", False), ("ask", True)])
def test_flow_consent(consent: str, *, asked: bool) -> None:
    hosted = service(f"flow: {{consent: {consent}}}\n", scopes="openid, email, phone")
    visitor = Visitor(new_device(hosted))
    assert ("consent" in visitor.sign_in()) is asked


def test_flow_consent_refused_is_told_to_the_service() -> None:
    visitor = Visitor(
        new_device(service("flow: {consent: ask}\n", scopes="openid, email"), connection=MOBILE)
    )
    visitor.ask()
    assert visitor.press("continue") == "consent"
    assert "Your email address" in visitor.text
    visitor.press("decline")
    assert visitor.state == "access_denied"


# session


@pytest.mark.parametrize("shown", ["true", "false"])
def test_session_stay_signed_in_shown(shown: str) -> None:
    visitor = at_first(f"session: {{stay_signed_in: {{shown: {shown}}}}}\n", acr_values="2")
    visitor.identify(FULL.phone)
    assert ("stay" in visitor.inputs) is (shown == "true")


@pytest.mark.parametrize("default", ["true", "false"])
def test_session_stay_signed_in_default(default: str) -> None:
    visitor = at_first(f"session: {{stay_signed_in: {{default: {default}}}}}\n")
    visitor.identify(FULL.phone)
    checked = visitor.browser.document.xpath("//input[@name='stay']/@checked")
    assert bool(checked) is (default == "true")
    visitor.fill("code", visitor.code)
    assert visitor.claims["td_sls"] is (default == "false")


@pytest.mark.parametrize(("sso", "screen"), [("true", "service"), ("false", "start")])
def test_session_sso(sso: str, screen: str) -> None:
    device = new_device(service(), service(f"session: {{sso: {sso}}}\n", "beta"))
    signed_in(device)
    assert Visitor(device, "beta").ask() == screen


def test_session_max_age_is_the_clients_where_the_request_has_none() -> None:
    device = new_device(service("session: {max_age: 0}\n"))
    signed_in(device)
    assert Visitor(device).ask() == "reauth-verify-phone"
    assert Visitor(device).ask(max_age="60") == "service"


@pytest.mark.parametrize(
    ("prompt", "screen"),
    [("login", "reauth-verify-phone"), ("consent", "consent"), ("none", "service")],
)
def test_session_prompt_is_the_clients_where_the_request_has_none(prompt: str, screen: str) -> None:
    device = new_device(service(), service(f"session: {{prompt: [{prompt}]}}\n", "beta"))
    signed_in(device)
    second = Visitor(device, "beta")
    assert second.ask() == screen


def test_session_prompt_no_seam() -> None:
    assert at_first("session: {prompt: [no_seam]}\n", MOBILE).screen == "start"


def test_session_prompt_none_with_nobody_signed_in() -> None:
    assert at_first("session: {prompt: [none]}\n").state == "login_required"


# sdk


@pytest.mark.parametrize(("prevent", "screen"), [("true", "start"), ("false", "signing-in")])
def test_sdk_prevent_hotspot_detection(prevent: str, screen: str) -> None:
    hotspot = Connection(network=Network.HOTSPOT)
    visitor = at_first(f"sdk: {{prevent_hotspot_detection: {prevent}}}\n", hotspot)
    assert visitor.screen == screen


@pytest.mark.parametrize(("detect", "screen"), [("true", "signing-in"), ("false", "start")])
def test_sdk_detect_on_wifi(detect: str, screen: str) -> None:
    both = Connection(network=Network.WIFI_AND_MOBILE_DATA, browser=BrowserKind.WEB_VIEW)
    assert at_first(f"sdk: {{detect_on_wifi: {detect}}}\n", both).screen == screen


@pytest.mark.parametrize("read", ["true", "false"])
def test_sdk_read_code_is_for_the_android_web_view(read: str) -> None:
    for connection in (WEB_VIEW, WIFI):
        visitor = at_first(f"sdk: {{read_code: {read}}}\n", connection)
        flow = visitor.device.world.flows[visitor.browser.reply.url.rpartition("/")[2]]
        client = visitor.device.client("alpha")
        assert client is not None
        expected = read == "true" and connection is WEB_VIEW
        assert reads_code(flow.circumstances, client.policy.sdk) is expected


@pytest.mark.parametrize(("prompt", "screen"), [("true", "mobile-data-prompt"), ("false", "start")])
def test_sdk_prompt_mobile_data(prompt: str, screen: str) -> None:
    assert at_first(f"sdk: {{prompt_mobile_data: {prompt}}}\n").screen == screen


@pytest.mark.parametrize("connection", [MOBILE, DESKTOP], ids=["mobile data", "desktop"])
def test_sdk_prompt_mobile_data_is_for_wifi(connection: Connection) -> None:
    visitor = at_first("sdk: {prompt_mobile_data: true}\n", connection)
    assert visitor.screen != "mobile-data-prompt"


def test_who_switches_mobile_data_on_is_signed_in_at_once() -> None:
    visitor = at_first("sdk: {prompt_mobile_data: true}\n")
    visitor.device.connect_by(MOBILE)
    assert visitor.press("continue") == "signing-in"


@pytest.mark.parametrize("action", ["continue", "decline"])
def test_who_does_not_starts_with_the_number(action: str) -> None:
    assert at_first("sdk: {prompt_mobile_data: true}\n").press(action) == "start"


# registration


def test_registration_name() -> None:
    visitor = at_first()
    assert visitor.browser.document.findtext(".//title").endswith("Service alpha")
    visitor.identify(FULL.phone)
    assert visitor.device.state.inbox[-1].text.startswith("Service alpha: ")


def _registered(lines: str) -> Device:
    text = f"""\
version: 1
registration:
  id: alpha
  name: Service alpha
  redirect_uris: {{production: ["https://alpha.example/callback"]}}
{lines}
"""
    return new_device(HostedClient(parse(text, "alpha.client.yaml")))


def test_registration_terms_and_privacy() -> None:
    terms = "  terms_uri: https://alpha.example/t\n  privacy_uri: https://alpha.example/p"
    visitor = Visitor(_registered(terms))
    visitor.ask()
    visitor.identify(FULL.phone)
    links = visitor.browser.document.xpath("//p[@class='terms']/a/@href")
    assert links == ["https://alpha.example/t", "https://alpha.example/p"]


@pytest.mark.parametrize(("line", "sender"), [("  sms_sender: Alpha", "Alpha"), ("", "CONNECT")])
def test_registration_sms_sender(line: str, sender: str) -> None:
    visitor = Visitor(_registered(line))
    visitor.ask()
    visitor.identify(FULL.phone)
    assert visitor.device.state.inbox[-1].sender == sender

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote, urljoin

import lxml.html
import pytest

from studio.device.browser import Browser
from studio.device.device import DEVICE_ORIGIN, Device, Outside, service_origin
from studio.device.fresh import fresh_state
from studio.device.jar import Jar
from studio.device.network import Connection
from studio.device.people import PEOPLE
from studio.engine.detection import BrowserKind, Network
from studio.engine.screens import RequestRefused, SigningIn, Start, StartAgain, VerifyPhone
from studio.site.application import ORIGIN
from studio.site.cookies import BROWSER_COOKIE, SESSION_COOKIE
from studio.site.service import SERVICE_COOKIE
from tests.device.given import (
    APP,
    WEB,
    at_service,
    authorize,
    code_of,
    new_device,
    opened,
    signed_in,
    typed,
)
from tests.pages.given import REGISTRATION, hosted, pages

NASTY = "<b>&\"'"


def test_a_fork_goes_on_by_itself() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    device, url = browser.device, browser.reply.url
    fork = device.fork()
    other = Browser(fork)
    other.open(url)
    typed(other, "code", code_of(browser))
    fork.wait(timedelta(minutes=10))
    assert signed_in(other)
    assert isinstance(browser.reload().screen, VerifyPhone)
    assert fork.world.now - device.world.now == timedelta(minutes=10)
    assert len(device.world.grants) == 0
    assert fork.pages is device.pages


def test_the_same_steps_in_a_fork_lead_to_the_same_state() -> None:
    browser = opened()
    fork = Browser(browser.device.fork())
    fork.open(browser.reply.url)
    for each in (browser, fork):
        typed(each, "identifier", "99912345")
    assert browser.device.state == fork.device.state


def test_a_snapshot_can_be_returned_to() -> None:
    browser = opened()
    state, url = browser.device.state, browser.reply.url
    typed(browser, "identifier", "99912345")
    browser.device.state = state
    assert isinstance(browser.open(url).screen, Start)
    assert browser.device.state.inbox == ()


def test_closing_the_window_ends_sessions_that_are_not_to_last_and_nothing_else() -> None:
    browser = opened("session: {stay_signed_in: {shown: true}}")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    device = browser.device
    kept = {name for _host, name in device.state.jar.cookies}
    assert kept == {BROWSER_COOKIE, SESSION_COOKIE, SERVICE_COOKIE}
    device.close_window()
    assert {name for _host, name in device.state.jar.cookies} == {BROWSER_COOKIE}
    assert browser.reload().screen == at_service("signed-out")


def test_a_flow_goes_on_in_a_new_window_of_the_same_browser() -> None:
    browser = opened()
    browser.device.close_window()
    assert isinstance(browser.reload().screen, Start)


def test_time_passes_for_the_flow() -> None:
    browser = opened()
    browser.device.wait(timedelta(minutes=61))
    assert browser.reload().screen == StartAgain(reason="expired")


def test_messages_arrive_in_their_order() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    browser.press("resend")
    first, second = browser.device.state.inbox
    assert (first.recipient, second.recipient) == ("+4799912345", "+4799912345")
    assert first.code != second.code
    assert code_of(browser) == second.code


def test_a_device_hosts_one_client_in_place_of_another() -> None:
    device = new_device()
    other = hosted("", REGISTRATION.replace("id: fakebrand", "id: other"))
    device.host(other)
    assert device.client("other") is other
    assert device.client("fakebrand") is None
    assert isinstance(device.request("GET", authorize()).screen, RequestRefused)
    assert device.fork().client("other") is other


SERVICE = "https://fakebrand.service.example"


@pytest.mark.parametrize(
    ("target", "state"),
    [
        (f"{APP}?error=access_denied&error_description=x", "access_denied"),
        (f"{WEB}&error=login_required", "login_required"),
        ("http://localhost:8081/callback?error=consent_required", "consent_required"),
        (f"{APP}?code=never-given", "invalid_grant"),
        (APP, "nothing"),
    ],
)
def test_the_redirect_uri_leads_to_the_sample_service(target: str, state: str) -> None:
    browser = Browser(new_device())
    reply = browser.open(browser.device.arrival(target))
    assert (reply.status, reply.screen) == (200, at_service(state))
    assert reply.url.partition("?")[0] == f"{SERVICE}/"


IDS = [
    ("fakebrand", "https://fakebrand.service.example"),
    ("FakeBrand", "https://fakebrand.service.example"),
    ("my.shop_1~x", "https://my-shop-1-x.service.example"),
    ("a-", "https://a.service.example"),
    ("a" * 64, f"https://{'a' * 63}.service.example"),
]


@pytest.mark.parametrize(("client_id", "origin"), IDS)
def test_every_client_has_a_service_at_a_host_that_browsers_know(
    client_id: str, origin: str
) -> None:
    assert service_origin(client_id) == origin
    client = hosted("", REGISTRATION.replace("id: fakebrand", f"id: {client_id}"))
    assert new_device(client).request("GET", f"{origin}/").screen == at_service("signed-out")


def test_several_clients_have_a_service_each() -> None:
    other = hosted(
        "",
        REGISTRATION.replace("fakebrand", "other").replace("FakeBrand", "Other"),
    )
    device = Device(fresh_state(), pages(), [hosted(), other])
    for name, origin in (("FakeBrand", SERVICE), ("Other", "https://other.service.example")):
        assert device.request("GET", f"{origin}/").screen == at_service("signed-out", name)
    nobody = device.request("GET", "https://somebody.service.example/")
    assert isinstance(nobody.screen, Outside)


@pytest.mark.parametrize(
    "target",
    [
        "https://fakebrand.example/terms",
        "https://evil.example/?code=c",
        f"{APP}/more?code=c",
        "https://device.connect.example.evil.example/",
        "https://id.connect.example@evil.example/oauth/authorize",
        "https://id.connect.example:8443/oauth/authorize",
        "http://id.connect.example/oauth/authorize",
        "fakebrand://id.connect.example/oauth/authorize",
        "mailto:user@example.com",
        "about:blank",
        "https://[nonsense",
        "https://service.example/",
        "http://fakebrand.service.example/",
        "https://fakebrand.service.example.evil.example/",
        "https://x.fakebrand.service.example/",
        "",
    ],
)
def test_every_other_address_is_outside_and_nothing_is_loaded(target: str) -> None:
    device = new_device()
    before = device.state
    reply = device.request("GET", target)
    assert isinstance(reply.screen, Outside)
    assert (reply.status, reply.location) == (200, None)
    assert device.state == before


def test_an_address_outside_is_shown_without_what_it_was_asked() -> None:
    reply = new_device().request("GET", "https://evil.example/path?secret=1#part")
    assert reply.screen == Outside(address="https://evil.example/path?secret=1#part")
    assert b"https://evil.example/path<" in reply.body
    assert b"secret" not in reply.body


def test_the_service_shows_names_and_errors_as_text() -> None:
    client = hosted("", REGISTRATION.replace("name: FakeBrand", f"name: {json.dumps(NASTY)}"))
    browser = Browser(new_device(client))
    browser.open(browser.device.arrival(f"{APP}?error={quote(NASTY)}"))
    assert browser.document.xpath("//b") == []
    assert browser.document.findtext(".//h1") == f"Welcome to {NASTY}"
    assert NASTY in [code.text for code in browser.document.iter("code")]


def test_pages_of_the_device_load_nothing_but_the_style_sheet() -> None:
    for url in ("https://evil.example/", f"{DEVICE_ORIGIN}/favicon.ico"):
        reply = new_device().request("GET", url)
        policy = dict(
            part.split(" ", 1) for part in reply.headers["Content-Security-Policy"].split("; ")
        )
        assert policy == {
            "default-src": "'none'",
            "style-src": ORIGIN,
            "font-src": ORIGIN,
            "base-uri": "'none'",
            "frame-ancestors": "'self'",
            "form-action": "'none'",
        }
        root = lxml.html.document_fromstring(reply.body.decode())
        sheets = [urljoin(reply.url, link.get("href")) for link in root.iter("link")]
        assert sheets == [f"{ORIGIN}/static/page.css"]
        assert root.xpath("//script | //img | //style | //@style") == []


def test_a_redirect_leads_to_an_address_the_device_can_load() -> None:
    browser = opened()
    device = browser.device
    first = device.request("GET", authorize())
    assert first.location is not None
    assert first.location.startswith(f"{ORIGIN}/id/signin/")
    refused = device.request("GET", authorize(scope="x"))
    assert refused.headers["Location"].startswith(APP)
    assert refused.location == device.arrival(refused.headers["Location"])


def test_cookies_go_to_connect_only() -> None:
    browser = opened()
    state = browser.device.state
    browser.device.request("GET", "https://evil.example/")
    assert browser.device.state == state


def test_each_host_gets_its_own_cookies_only() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    owners = {name: host for host, name in browser.device.state.jar.cookies}
    assert owners == {
        BROWSER_COOKIE: "id.connect.example",
        SESSION_COOKIE: "id.connect.example",
        SERVICE_COOKIE: "fakebrand.service.example",
    }


JARS = {
    BrowserKind.IN_APP_TAB: True,
    BrowserKind.MOBILE_BROWSER: True,
    BrowserKind.WEB_VIEW: False,
    BrowserKind.DESKTOP: False,
}


@pytest.mark.parametrize("kind", BrowserKind)
def test_only_browsers_that_share_cookies_share_a_jar(kind: BrowserKind) -> None:
    browser = opened()
    device = browser.device
    device.connect_by(Connection(browser=kind))
    shares = JARS[kind]
    assert (browser.reload().screen == StartAgain(reason="no-cookie")) is not shares
    device.connect_by(Connection())
    assert isinstance(browser.reload().screen, Start)


def test_closing_the_window_of_one_browser_leaves_those_of_another_alone() -> None:
    browser = opened("session: {stay_signed_in: {shown: true}}")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    device = browser.device
    jar = device.state.jar
    device.connect_by(Connection(browser=BrowserKind.WEB_VIEW))
    device.close_window()
    device.connect_by(Connection())
    assert device.state.jar == jar


def test_connect_meets_the_network_of_the_moment() -> None:
    device = new_device()
    browser = Browser(device)
    assert isinstance(browser.open(authorize()).screen, Start)
    device.connect_by(Connection(network=Network.MOBILE_DATA))
    assert isinstance(browser.open(authorize()).screen, SigningIn)
    device.connect_by(Connection(network=Network.WIFI))
    assert isinstance(browser.press("continue").screen, Start)


def test_the_device_may_be_handed_to_somebody_with_a_number_of_their_own() -> None:
    device = new_device()
    device.connect_by(Connection(network=Network.MOBILE_DATA))
    for person in PEOPLE:
        device.hand_to(person)
        browser = Browser(device)
        browser.open(authorize(scope="openid phone"))
        assert isinstance(browser.reply.screen, SigningIn) is bool(person.phone)
        if person.phone:
            browser.press("continue")
            assert signed_in(browser).signed_in_as == person.phone
            browser.press("sign-out-of-connect")
        device.state = device.state.with_jar(Jar())


def test_a_service_asks_connect_without_the_cookies_of_the_browser() -> None:
    browser = opened()
    status, told = browser.device.ask_connect("/oauth/userinfo", {}, bearer="no token")
    assert (status, told["error"]) == (401, "invalid_token")
    status, told = browser.device.ask_connect("/oauth/token", {"client_id": "fakebrand"})
    assert (status, told["error"]) == (400, "invalid_request")


def test_each_app_has_a_web_view_of_its_own() -> None:
    browser = opened()
    device = browser.device
    device.connect_by(Connection(browser=BrowserKind.WEB_VIEW))
    browser.open(authorize())
    device.state = replace(device.state, app="another")
    assert browser.reload().screen == StartAgain(reason="no-cookie")
    device.connect_by(Connection())
    device.state = replace(device.state, app="")
    browser.open(authorize())
    device.state = replace(device.state, app="another")
    assert isinstance(browser.reload().screen, Start)


def test_an_address_that_two_clients_have_leads_to_the_one_in_use() -> None:
    device = new_device()
    another = hosted(registration=REGISTRATION.replace("id: fakebrand", "id: another"))
    device.host(hosted(), another)
    assert device.arrival(APP).startswith(service_origin("fakebrand"))
    device.state = replace(device.state, app="another")
    assert device.arrival(APP).startswith(service_origin("another"))


@pytest.mark.parametrize(
    "url",
    [f"{ORIGIN}/id/account?client_id=fakebrand", "https://fakebrand.service.example/settings"],
)
def test_links_to_connect_and_services_lead_there(url: str) -> None:
    assert new_device().destination(url) == url


def test_other_links_lead_outside() -> None:
    url = "https://elsewhere.example/"
    assert new_device().destination(url).startswith(f"{DEVICE_ORIGIN}/arrived?to=")


def test_the_clients_of_a_device_are_public_and_those_it_was_given() -> None:
    device = new_device()
    assert device.secret("fakebrand") is None
    assert (
        device.register(hosted("", REGISTRATION.replace("id: fakebrand", "id: x")), None) is False
    )
    assert device.client("x") is None

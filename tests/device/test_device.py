from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote, urljoin

import lxml.html
import pytest

from studio.device.browser import Browser
from studio.device.device import DEVICE_ORIGIN, Outside, Returned
from studio.engine.screens import RequestRefused, Start, StartAgain, VerifyPhone
from studio.site.application import ORIGIN
from tests.device.given import APP, WEB, authorize, code_of, new_device, opened, typed
from tests.pages.given import REGISTRATION, hosted

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
    assert isinstance(other.reply.screen, Returned)
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


def test_closing_the_window_ends_what_the_browser_was_doing() -> None:
    browser = opened()
    browser.device.close_window()
    assert browser.reload().screen == StartAgain(reason="no-cookie")
    assert isinstance(browser.open(authorize()).screen, Start)


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


@pytest.mark.parametrize(
    ("target", "state"),
    [
        (f"{APP}?code=c&state=s", "code"),
        (f"{APP}?error=access_denied&error_description=x", "access_denied"),
        (f"{WEB}&code=c", "code"),
        ("http://localhost:8081/callback?error=login_required", "login_required"),
    ],
)
def test_the_redirect_uri_is_the_service_again(target: str, state: str) -> None:
    reply = new_device().request("GET", target)
    assert (reply.status, reply.location) == (200, None)
    assert reply.screen == Returned(client_name="FakeBrand", state=state)
    assert b"Back in FakeBrand" in reply.body


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
        "",
    ],
)
def test_every_other_address_is_outside_and_nothing_is_loaded(target: str) -> None:
    device = new_device()
    reply = device.request("GET", target)
    assert isinstance(reply.screen, Outside)
    assert (reply.status, reply.location) == (200, None)
    assert device.state.asked == ""


def test_an_address_outside_is_shown_without_what_it_was_asked() -> None:
    reply = new_device().request("GET", "https://evil.example/path?secret=1#part")
    assert reply.screen == Outside(address="https://evil.example/path?secret=1#part")
    assert b"https://evil.example/path<" in reply.body
    assert b"secret" not in reply.body


def test_the_arrival_page_shows_what_the_service_was_told_as_text() -> None:
    target = f"{APP}?error=x&error_description={quote(NASTY)}"
    client = hosted("", REGISTRATION.replace("name: FakeBrand", f"name: {json.dumps(NASTY)}"))
    body = new_device(client).request("GET", target).body.decode()
    root = lxml.html.document_fromstring(body)
    assert root.xpath("//b") == []
    assert root.findtext(".//h1") == f"Back in {NASTY}"
    assert NASTY in [code.text for code in root.iter("code")]


def test_the_arrival_page_leads_to_a_new_start() -> None:
    browser = opened(ui_locales="ur-PK")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    (again,) = browser.document.xpath("//a/@href")
    again = urljoin(browser.reply.url, again)
    assert again == authorize(ui_locales="ur-PK")
    assert isinstance(browser.open(again).screen, Start)
    assert browser.document.get("dir") == "rtl"


def test_the_arrival_page_of_a_service_never_left_leads_nowhere() -> None:
    body = new_device().request("GET", f"{APP}?code=c").body.decode()
    assert list(lxml.html.document_fromstring(body).iter("a")) == []


def test_pages_of_the_device_load_nothing_but_the_style_sheet() -> None:
    for url in (f"{APP}?code=c", "https://evil.example/", f"{DEVICE_ORIGIN}/favicon.ico"):
        reply = new_device().request("GET", url)
        policy = reply.headers["Content-Security-Policy"]
        assert policy.startswith(f"default-src 'none'; style-src {ORIGIN}; font-src {ORIGIN}; ")
        assert "form-action 'none'" in policy
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
    assert replace(state, asked="") != state


def test_a_request_by_post_is_not_begun_again_without_its_parameters() -> None:
    device = new_device()
    body = authorize().partition("?")[2].encode()
    device.request("POST", f"{ORIGIN}/oauth/authorize", body=body)
    assert device.state.asked == ""


def test_a_redirect_uri_opened_by_hand_is_no_sign_in() -> None:
    device = new_device()
    reply = device.request("GET", device.arrival("fakebrand://connect/oauth2callback"))
    assert reply.screen is not None
    assert (reply.screen.id, reply.screen.state) == ("returned", "nothing")

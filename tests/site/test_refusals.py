"""What the site does not do: redirect to strangers, take foreign forms, tell who exists."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.device.browser import Browser
from studio.device.jar import Jar
from studio.engine.flow import Notice
from studio.engine.screens import RequestRefused, Start, StartAgain, VerifyPhone
from studio.site.cookies import BROWSER_COOKIE
from tests.device.given import APP, LEVEL_2, WEB, authorize, code_of, new_device, opened, typed

NASTY = [
    "https://evil.example/",
    "//evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    f"{APP}/",
    f"{APP}/../evil",
    f"{APP}?next=https://evil.example/",
    f"{APP}#fragment",
    f" {APP}",
    f"{APP} ",
    f"{APP}%00",
    f"{APP}\r\nLocation: https://evil.example/",
    "fakebrand://connect@evil.example/oauth2callback",
    "FAKEBRAND://connect/oauth2callback",
    "https://fakebrand.example/callback",
    "https://fakebrand.example/callback?tenant=8",
    "https://fakebrand.example.evil.example/callback?tenant=7",
    "https://fakebrand.example@evil.example/callback?tenant=7",
    "https://fakebrand.example\\@evil.example/callback?tenant=7",
    "https://fakebrand.example:443/callback?tenant=7",
    "http://fakebrand.example/callback?tenant=7",
    '"><script>alert(1)</script>',
    "https://id.connect.example/",
]


def refused(redirect_uri: str) -> None:
    """Hold the site to showing the mistake itself."""
    device = new_device()
    reply = device.request("GET", authorize(redirect_uri=redirect_uri))
    assert (reply.status, reply.location) == (400, None)
    assert "Location" not in reply.headers
    assert reply.screen == RequestRefused(parameter="redirect_uri", value=redirect_uri)
    assert len(device.world.flows) == 0
    assert len(list(lxml.html.document_fromstring(reply.body.decode()).iter("script"))) == 1


@pytest.mark.parametrize("redirect_uri", NASTY)
def test_nobody_is_sent_to_an_address_that_is_not_registered(redirect_uri: str) -> None:
    refused(redirect_uri)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([APP, WEB]), st.text(alphabet="/?#@:\\.%&= ax", min_size=1, max_size=8))
def test_nothing_added_to_a_registered_address_is_taken(uri: str, added: str) -> None:
    refused(uri + added)
    refused(added + uri)


def test_an_unknown_client_is_told_so_and_nobody_else() -> None:
    reply = new_device().request("GET", authorize(client_id="<somebody>"))
    assert (reply.status, reply.location) == (400, None)
    assert reply.screen == RequestRefused(parameter="client_id", value="<somebody>")
    assert b"client_id=&lt;somebody&gt;" in reply.body


def test_other_mistakes_go_back_to_the_client() -> None:
    reply = new_device().request("GET", authorize(response_type="token"))
    location = reply.headers["Location"]
    assert reply.status == 303
    assert location.startswith(f"{APP}?error=unsupported_response_type&")
    assert parse_qs(urlsplit(location).query)["state"] == ["s 1"]


def test_another_browser_cannot_go_on_with_a_flow() -> None:
    browser = opened()
    device = browser.device
    (flow,) = device.world.flows.values()
    device.state = device.state.with_jar(Jar())
    world = device.world
    body = urlencode(
        {"screen": "start", "token": flow.token, "kind": "phone", "identifier": "99912345"}
    ).encode()
    for method in ("GET", "POST"):
        reply = device.request(method, browser.reply.url, body=body)
        assert (reply.status, reply.location) == (403, None)
        assert reply.screen == StartAgain(reason="no-cookie")
        assert flow.token.encode() not in reply.body
    assert device.world == world
    assert device.state.inbox == ()


def test_a_cookie_that_was_made_up_is_another_browser() -> None:
    browser = opened()
    host = urlsplit(browser.reply.url).netloc
    jar = Jar().updated(host, [f"{BROWSER_COOKIE}=made-up; Path=/"], browser.device.world.now)
    browser.device.state = browser.device.state.with_jar(jar)
    assert browser.reload().status == 403


def test_a_form_without_the_flows_token_changes_nothing() -> None:
    browser = opened()
    device = browser.device
    (flow,) = device.world.flows.values()
    fields = {"screen": "start", "kind": "phone", "identifier": "99912345"}
    for token in ("", "0" * 32):
        body = urlencode(fields | {"token": token}).encode()
        assert device.request("POST", browser.reply.url, body=body).status == 303
    assert device.world.flows[flow.id] == replace(flow, notice=Notice.STALE_FORM)
    assert device.state.inbox == ()
    assert b"out of date" in browser.reload().body


@pytest.mark.parametrize(
    "body",
    [b"", b"action=submit", b"screen=signup&action=submit", b"action=unknown&screen=start"],
)
def test_a_form_that_no_page_has_sent_changes_nothing(body: bytes) -> None:
    browser = opened()
    world = browser.device.world
    assert browser.device.request("POST", browser.reply.url, body=body).status == 303
    assert browser.device.world == world


def test_a_form_sent_twice_is_taken_once() -> None:
    browser = opened()
    second = browser.copy()
    typed(browser, "identifier", "99912345")
    reply = typed(second, "identifier", "99900999")
    assert isinstance(reply.screen, VerifyPhone)
    assert reply.screen.identifier.value == "+4799912345"
    assert reply.screen.notice is Notice.STALE_FORM
    assert len(browser.device.state.inbox) == 1


def test_an_expired_flow_is_gone_and_can_be_begun_again() -> None:
    browser = opened(ui_locales="en", login_hint="99912345")
    browser.device.wait(timedelta(hours=1))
    reply = browser.reload()
    assert (reply.status, reply.screen) == (410, StartAgain(reason="expired"))
    (again,) = browser.document.xpath("//a[@class='button']/@href")
    reply = browser.open(f"https://id.connect.example{again}")
    assert isinstance(reply.screen, Start)
    assert reply.screen.typed == "+4799912345"


def test_an_expired_flow_takes_no_form() -> None:
    browser = opened()
    browser.device.wait(timedelta(hours=1))
    browser.fill("identifier", "99912345")
    assert browser.press().status == 410
    assert browser.device.state.inbox == ()


def test_a_flow_of_a_client_that_is_gone_is_not_found() -> None:
    browser = opened()
    empty = new_device()
    empty._clients = {}
    empty.state = browser.device.state
    assert Browser(empty).open(browser.reply.url).status == 404


@pytest.mark.parametrize("value", ["99912345", "99900999", "40612345"])
def test_a_wrong_password_reads_the_same_for_everybody(value: str) -> None:
    """Somebody with a password, somebody without one, and somebody who does not exist."""
    expected = shown_after_a_wrong_password("99912345", "99912345")
    assert shown_after_a_wrong_password(value, "99912345") == expected


@pytest.mark.parametrize("value", ["user@example.com", "nobody@example.com"])
def test_a_wrong_password_for_an_address_reads_the_same_too(value: str) -> None:
    expected = shown_after_a_wrong_password("user@example.com", "user@example.com")
    assert shown_after_a_wrong_password(value, "user@example.com") == expected


def shown_after_a_wrong_password(value: str, stands_for: str) -> str:
    """Return the page, with what is the flow's own taken out."""
    browser = opened(f"{LEVEL_2}start: {{first: {'email' if '@' in value else 'phone'}}}\n")
    typed(browser, "identifier", value)
    reply = typed(browser, "password", "wrong")
    assert reply.status == 200
    text = reply.body.decode().replace(value, stands_for)
    return re.sub(r"[0-9a-f]{32}", "", text)


@pytest.mark.parametrize("value", ["99912345", "99900999", "40612345"])
def test_asking_for_a_code_reads_the_same_for_everybody(value: str) -> None:
    browser = opened()
    reply = typed(browser, "identifier", value)
    text = re.sub(r"[0-9a-f]{32}", "", reply.body.decode()).replace(value, "")
    other = opened()
    expected = re.sub(r"[0-9a-f]{32}", "", typed(other, "identifier", "99912345").body.decode())
    spaced = " ".join([value[i : i + 2] for i in range(0, 8, 2)])
    assert text.replace(spaced, "") == expected.replace("99912345", "").replace("99 91 23 45", "")


def test_an_old_code_is_refused_on_the_page() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    old = code_of(browser)
    browser.press("resend")
    reply = typed(browser, "code", old)
    assert b"This code is not right." in reply.body
    assert len(browser.device.state.inbox) == 2

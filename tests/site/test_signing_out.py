"""Signing out of CONNECT by a browser and by an app (OpenID Connect RP-Initiated Logout 1.0)."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from studio.device.browser import Browser
from studio.engine.screens import (
    RequestRefused,
    SignedOut,
    SignOut,
)
from studio.site.application import ORIGIN
from tests.device.given import (
    at_service,
    authorize,
    code_of,
    new_device,
    opened,
    signed_in,
    typed,
)
from tests.pages.given import REGISTRATION, hosted

GUARDED = {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"}


def signed_in_browser() -> Browser:
    """Return a browser in which somebody is signed in at a client that can be told."""
    client = hosted(
        "",
        REGISTRATION
        + "  post_logout_redirect_uris: {production: [https://fakebrand.example/out]}\n"
        + "  backchannel_logout_uri: https://fakebrand.example/backchannel\n",
    )
    browser = Browser(new_device(client))
    browser.open(authorize())
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    signed_in(browser)
    return browser


def logout(**fields: str) -> str:
    return f"{ORIGIN}/oauth/logout?{urlencode(fields)}"


def test_signing_out_of_connect_ends_its_session_and_those_of_the_services() -> None:
    browser = signed_in_browser()
    device = browser.device
    (service,) = device.services.values()
    reply = device.request("GET", logout(id_token_hint=service.id_token))
    assert (reply.status, reply.screen) == (200, SignedOut())
    assert (len(device.world.sessions), len(device.services)) == (0, 0)
    (header,) = reply.headers.getlist("Set-Cookie")
    (name, *attributes) = header.split("; ")
    assert name == "__Host-connect-session="
    assert set(attributes) >= GUARDED | {"Max-Age=0"}
    assert browser.reload().screen == at_service("signed-out")


def test_after_signing_out_the_browser_goes_where_the_client_has_registered() -> None:
    browser = signed_in_browser()
    (session,) = browser.device.services.values()
    out = "https://fakebrand.example/out"
    fields = {"id_token_hint": session.id_token, "post_logout_redirect_uri": out, "state": "1"}
    reply = browser.device.request("GET", logout(**fields))
    assert (reply.status, reply.headers["Location"]) == (303, f"{out}?state=1")
    assert len(browser.device.world.sessions) == 0


def test_a_page_of_a_service_may_send_the_same_by_post() -> None:
    browser = signed_in_browser()
    (session,) = browser.device.services.values()
    out = "https://fakebrand.example/out"
    asked = {"id_token_hint": session.id_token, "post_logout_redirect_uri": out, "state": "1"}
    body = urlencode(asked).encode()
    reply = browser.device.request("POST", f"{ORIGIN}/oauth/logout", body=body)
    assert (reply.status, reply.headers["Location"]) == (303, logout(**asked).removeprefix(ORIGIN))
    reply = browser.device.request("GET", logout(**asked))
    assert (reply.status, reply.headers["Location"]) == (303, f"{out}?state=1")


@pytest.mark.parametrize("fields", [{}, {"state": "1"}, {"client_id": "x", "access_token": "y"}])
def test_what_an_app_sends_is_no_request_of_a_browser(fields: dict[str, str]) -> None:
    body = urlencode(fields).encode()
    reply = signed_in_browser().device.request("POST", f"{ORIGIN}/oauth/logout", body=body)
    assert reply.status == 401


@pytest.mark.parametrize(
    ("fields", "parameter"),
    [
        ({"client_id": "somebody"}, "client_id"),
        ({"id_token_hint": "made up"}, "id_token_hint"),
        (
            {"client_id": "fakebrand", "post_logout_redirect_uri": "https://evil.example/"},
            "post_logout_redirect_uri",
        ),
    ],
)
def test_a_request_to_sign_out_that_is_wrong_signs_nobody_out(
    fields: dict[str, str], parameter: str
) -> None:
    browser = signed_in_browser()
    world = browser.device.world
    reply = browser.device.request("GET", logout(**fields))
    assert (reply.status, reply.location) == (400, None)
    assert isinstance(reply.screen, RequestRefused)
    assert reply.screen.parameter == parameter
    assert browser.device.world == world


def test_where_nobody_is_signed_in_signing_out_says_so_all_the_same() -> None:
    assert new_device().request("GET", logout()).screen == SignedOut()


def test_an_app_signs_out_with_its_access_token() -> None:
    device = signed_in_browser().device
    (session,) = device.services.values()
    status, told = device.ask_connect("/oauth/logout", {}, bearer="made up")
    assert (status, told["error"], len(device.world.sessions)) == (401, "invalid_token", 1)
    assert device.ask_connect("/oauth/logout", {}, bearer=session.access_token) == (200, {})
    assert (len(device.world.sessions), len(device.services)) == (0, 0)


def test_a_client_that_cannot_be_told_of_the_end_is_not() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    device = browser.device
    browser.open(logout())
    assert browser.press("continue").screen == SignedOut()
    assert (len(device.world.sessions), len(device.services)) == (0, 1)


def test_without_proof_of_who_asks_the_person_is_asked_first() -> None:
    browser = signed_in_browser()
    reply = browser.open(logout(client_id="fakebrand", state="1"))
    assert reply.screen == SignOut(service="FakeBrand")
    assert len(browser.device.world.sessions) == 1
    assert browser.press("continue").screen == SignedOut()
    assert len(browser.device.world.sessions) == 0
    assert browser.press("sign-in").screen == at_service("signed-out")


def test_where_no_service_asks_connect_alone_can_be_signed_out_of() -> None:
    browser = signed_in_browser()
    assert browser.open(logout()).screen == SignOut()
    assert "service" not in browser.actions
    assert browser.document.xpath("//a[@data-action='back']/@href") == ["/id/account"]
    browser.press("continue")
    assert browser.document.xpath("//a[@data-action='sign-in']") == []


def test_the_way_back_from_signing_out_leads_to_the_service() -> None:
    browser = signed_in_browser()
    browser.open(logout(client_id="fakebrand"))
    browser.press("back")
    signed_in(browser)


def test_signing_out_of_a_service_alone_tells_it_and_leaves_the_session() -> None:
    browser = signed_in_browser()
    device = browser.device
    browser.open(logout(client_id="fakebrand"))
    assert browser.press("service").screen == SignedOut(service="FakeBrand")
    assert (len(device.world.sessions), len(device.services)) == (1, 0)
    (session,) = device.world.sessions.values()
    assert session.clients == frozenset()
    assert browser.reload().screen == SignedOut(service="FakeBrand")
    assert browser.press("sign-in").screen == at_service("signed-out")


def test_after_signing_out_of_a_service_alone_the_browser_goes_where_it_has_registered() -> None:
    browser = signed_in_browser()
    out = "https://fakebrand.example/out"
    browser.open(logout(client_id="fakebrand", post_logout_redirect_uri=out, state="1"))
    policy = browser.reply.headers["Content-Security-Policy"]
    assert "form-action 'self' https://fakebrand.example" in policy
    browser.press("service")
    assert browser.reply.screen == at_service("signed-out")
    assert len(browser.device.world.sessions) == 1


def test_nobody_is_told_of_a_sign_out_that_has_not_been() -> None:
    browser = signed_in_browser()
    told = f"{ORIGIN}/id/signed-out"
    assert browser.open(f"{told}?client_id=fakebrand").screen == SignOut(service="FakeBrand")
    assert browser.open(told).screen == SignOut()
    browser.press("continue")
    assert browser.open(f"{told}?client_id=fakebrand").screen == SignedOut()


def test_a_form_to_sign_out_for_a_service_that_is_not_known_is_refused() -> None:
    browser = signed_in_browser()
    reply = browser.device.request("POST", f"{ORIGIN}/id/sign-out?client_id=x", body=b"")
    assert reply.screen == RequestRefused(parameter="client_id", value="x")
    assert len(browser.device.world.sessions) == 1


def test_a_form_of_somebody_else_does_not_sign_out() -> None:
    browser = signed_in_browser()
    body = b"screen=sign-out&token=forged&action=continue"
    reply = browser.device.request("POST", f"{ORIGIN}/id/sign-out?client_id=fakebrand", body=body)
    assert (reply.status, reply.headers["Location"]) == (303, "/oauth/logout?client_id=fakebrand")
    assert len(browser.device.world.sessions) == 1


@pytest.mark.parametrize(
    ("more", "lang"), [({}, "ur-PK"), ({"ui_locales": "en"}, "en"), ({"ui_locales": "xx"}, "en")]
)
def test_the_page_after_signing_out_is_in_the_language_of_the_sign_in(
    more: dict[str, str], lang: str
) -> None:
    browser = opened(ui_locales="ur-PK")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    browser.open(logout(client_id="fakebrand", **more))
    assert browser.document.get("lang") == lang

"""The sample service: what it asks CONNECT, what it keeps, and when it forgets it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from studio.device.browser import Browser
from studio.device.device import Device
from studio.device.fresh import fresh_state
from studio.device.jar import Cookie, Jar
from studio.engine.screens import Password, ReauthVerifyPhone, Start, StepUp
from studio.engine.sign_out import logout_token
from studio.site.application import ISSUER, ORIGIN
from studio.site.service import SERVICE_COOKIE, SERVICE_LIFETIME
from studio.site.service_request import REQUEST_COOKIE, OwnRequest
from tests.device.given import (
    LEVEL_2,
    WEB,
    answer,
    at_service,
    authorize,
    code_of,
    new_device,
    opened,
    signed_in,
    typed,
)
from tests.pages.given import MESSAGE, REGISTRATION, hosted, pages

if TYPE_CHECKING:
    from studio.device.device import Reply
    from studio.pages.hosting import HostedClient

SERVICE = "https://fakebrand.service.example"
OTHER = "https://other.service.example"
SHOWN = "session: {stay_signed_in: {shown: true}}\n"
HOST = urlsplit(SERVICE).netloc


def told_of_the_end(name: str = "fakebrand", more: str = MESSAGE) -> HostedClient:
    """Return a client that CONNECT can tell of the end of a session."""
    registration = REGISTRATION.replace("fakebrand", name).replace("FakeBrand", name.title())
    registration = registration.replace("localhost:8081", f"localhost:{8081 + len(name)}")
    uri = f"  backchannel_logout_uri: https://{name}.example/backchannel\n"
    return hosted(more, registration + uri)


def at_home(more: str = MESSAGE) -> Browser:
    """Return a browser at the service, where nobody is signed in."""
    browser = Browser(new_device(hosted(more)))
    browser.open(f"{SERVICE}/")
    return browser


def sign_in(browser: Browser, service: str = SERVICE, **choices: str) -> Reply:
    """Sign in by phone from the service's own page."""
    browser.open(f"{service}/sign-in?{urlencode(choices)}")
    if isinstance(browser.reply.screen, Start):
        typed(browser, "identifier", "99912345")
        typed(browser, "code", code_of(browser))
    return browser.reply


def way(browser: Browser, action: str) -> str:
    """Return where the link of an action leads."""
    (href,) = browser.document.xpath("//a[@data-action=$action]/@href", action=action)
    return str(href)


def own_request(device: Device) -> OwnRequest:
    """Return what the service remembers of the request it has made."""
    state, _, verifier = device.state.jar.cookies[HOST, REQUEST_COOKIE].value.partition(".")
    return OwnRequest(state=state, verifier=verifier)


def test_nobody_is_signed_in_at_first() -> None:
    browser = at_home()
    assert browser.reply.screen == at_service("signed-out")
    assert "Sign in to go on." in browser.document.text_content()
    assert browser.document.xpath("//a/@href") == ["/sign-in"]


def test_the_service_asks_for_everything_it_may_at_its_first_address() -> None:
    device = at_home().device
    reply = device.request("GET", f"{SERVICE}/sign-in")
    url = urlsplit(reply.location or "")
    assert reply.status == 303
    assert url._replace(query="").geturl() == f"{ORIGIN}/oauth/authorize"
    own = own_request(device)
    assert dict(parse_qsl(url.query)) == {
        "client_id": "fakebrand",
        "response_type": "code",
        "scope": "openid email phone",
        "redirect_uri": "http://localhost:8081/callback",
        "state": own.state,
        "code_challenge": own.challenge,
        "code_challenge_method": "S256",
    }


def test_only_what_may_be_chosen_of_a_request_is_passed_on() -> None:
    chosen = {"acr_values": "2", "prompt": "login", "max_age": "0", "claims": "{}"}
    others = {"redirect_uri": "https://evil.example/", "client_id": "x", "scope": "x"}
    device = at_home().device
    reply = device.request("GET", f"{SERVICE}/sign-in?{urlencode(chosen | others)}")
    asked = dict(parse_qsl(urlsplit(reply.location or "").query))
    assert {name: asked[name] for name in chosen} == chosen
    assert all(asked[name] != value for name, value in others.items())


def test_whoever_comes_back_is_signed_in_by_the_id_token() -> None:
    browser = at_home()
    sign_in(browser)
    shown = signed_in(browser)
    claims = dict(shown.claims)
    assert shown.signed_in_as == "+4799912345"
    assert (claims["iss"], claims["aud"], claims["acr"]) == (ISSUER, "fakebrand", "1")
    assert claims["amr"] == '["OTP"]'
    (session,) = browser.device.services.values()
    (connects,) = browser.device.world.sessions.values()
    assert (session.client_id, session.sid) == ("fakebrand", connects.id)
    assert session.expires == browser.device.world.now + SERVICE_LIFETIME
    assert browser.device.world.grants[answer(browser)["code"]].redeemed


@pytest.mark.parametrize(
    ("scope", "shown"),
    [
        ("openid email phone", "+4799912345"),
        ("openid phone", "+4799912345"),
        ("openid email", "user@example.com"),
        ("openid", None),
    ],
)
def test_the_service_shows_what_it_was_told_of_the_person(scope: str, shown: str | None) -> None:
    browser = opened(scope=scope)
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    page = signed_in(browser)
    assert page.signed_in_as == (shown or dict(page.claims)["sub"])


def test_without_an_id_token_nobody_is_signed_in() -> None:
    browser = opened(scope="email")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    assert browser.reply.screen == at_service("no_id_token")
    assert len(browser.device.services) == 0


def test_a_code_for_somebody_elses_challenge_is_told_apart() -> None:
    browser = opened(code_challenge="x" * 43, code_challenge_method="S256")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    assert browser.reply.screen == at_service("code_of_another")
    assert "PKCE challenge of another program" in browser.reply.body.decode()


def test_the_answer_to_its_own_request_is_known_again() -> None:
    browser = at_home()
    sign_in(browser)
    assert signed_in(browser).asked
    assert "The service made this request itself" in browser.document.text_content()
    assert HOST not in [host for host, name in live(browser.device) if name == REQUEST_COOKIE]


def live(device: Device) -> list[tuple[str, str]]:
    """Return the cookies that are still sent."""
    jar = device.state.jar
    return [one for one in jar.cookies if one[1] in jar.header(one[0], "/", device.world.now)]


def test_the_answer_to_a_request_of_the_windows_is_taken_and_told_as_that() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    assert not signed_in(browser).asked
    assert "did not make this request itself" in browser.document.text_content()


def test_another_answer_than_that_to_the_newest_request_is_not_its_own() -> None:
    browser = at_home()
    browser.open(f"{SERVICE}/sign-in")
    browser.open(authorize(state="another"))
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    assert not signed_in(browser).asked


def test_the_code_of_its_own_request_is_of_no_use_without_the_cookie() -> None:
    browser = at_home()
    browser.open(f"{SERVICE}/sign-in")
    typed(browser, "identifier", "99912345")
    device = browser.device
    cookies = device.state.jar.cookies.delete((HOST, REQUEST_COOKIE))
    device.state = device.state.with_jar(Jar(cookies))
    typed(browser, "code", code_of(browser))
    assert browser.reply.screen == at_service("code_of_another")
    assert len(device.services) == 0


def test_going_back_from_its_own_request_is_told() -> None:
    browser = at_home()
    browser.open(f"{SERVICE}/sign-in")
    assert browser.press("back").screen == at_service("access_denied")
    assert (HOST, REQUEST_COOKIE) not in live(browser.device)


def test_a_redirect_uri_may_have_a_query_of_its_own() -> None:
    browser = opened(redirect_uri=WEB)
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    assert signed_in(browser)


def test_a_code_is_exchanged_once() -> None:
    browser = at_home()
    sign_in(browser)
    device = browser.device
    used = device.arrival(f"http://localhost:8081/callback?code={answer(browser)['code']}")
    assert device.request("GET", used).location == f"{SERVICE}/?error=invalid_grant"
    assert len(device.services) == 1


@pytest.mark.parametrize(("stay", "kept"), [("yes", True), (None, False)])
def test_the_services_session_outlives_the_window_where_connects_does(
    stay: str | None, *, kept: bool
) -> None:
    """`td_sls` tells it."""
    browser = at_home(SHOWN)
    browser.open(f"{SERVICE}/sign-in")
    typed(browser, "identifier", "99912345")
    browser.fill("stay", stay)
    typed(browser, "code", code_of(browser))
    assert dict(signed_in(browser).claims)["td_sls"] == ("false" if kept else "true")
    cookie = browser.device.state.jar.cookies[HOST, SERVICE_COOKIE]
    assert (cookie.expires is not None) is kept
    browser.device.close_window()
    assert (browser.reload().screen == at_service("signed-out")) is not kept


def test_the_services_session_ends_after_ninety_days() -> None:
    assert timedelta(days=90) == SERVICE_LIFETIME
    browser = at_home()
    sign_in(browser)
    browser.device.wait(SERVICE_LIFETIME - timedelta(seconds=1))
    browser.reload()
    assert signed_in(browser)
    browser.device.wait(timedelta(seconds=1))
    assert browser.reload().screen == at_service("signed-out")


def test_a_session_whose_cookie_never_ends_ends_all_the_same() -> None:
    browser = at_home()
    sign_in(browser)
    device = browser.device
    (secret,) = device.services
    cookies = device.state.jar.cookies.set((HOST, SERVICE_COOKIE), Cookie(value=secret))
    device.state = device.state.with_jar(Jar(cookies))
    device.wait(SERVICE_LIFETIME)
    assert browser.reload().screen == at_service("signed-out")


def test_signing_out_of_the_service_leaves_connects_session() -> None:
    browser = at_home()
    sign_in(browser)
    assert browser.press("sign-out").screen == at_service("signed-out")
    device = browser.device
    assert (len(device.services), len(device.world.sessions)) == (0, 1)
    assert (HOST, SERVICE_COOKIE) in device.state.jar.cookies
    assert device.state.jar.header(HOST, "/", device.world.now) == ""


def test_signing_out_of_the_service_gives_its_tokens_back() -> None:
    browser = at_home()
    sign_in(browser)
    device = browser.device
    assert (len(device.world.access_tokens), len(device.world.refresh_tokens)) == (1, 1)
    browser.press("sign-out")
    assert len(device.world.grants) == 0
    (session,) = device.world.sessions.values()
    assert device.ask_connect("/oauth/userinfo", {}, bearer="x")[0] == 401
    assert session.authentication.used.value == "+4799912345"


def test_after_signing_out_of_connect_the_browser_is_back_at_the_service() -> None:
    out = "  post_logout_redirect_uris: {production: [https://fakebrand.example/out]}\n"
    browser = Browser(new_device(hosted("", REGISTRATION + out)))
    sign_in(browser)
    assert browser.press("sign-out-of-connect").screen == at_service("signed-out")
    assert (browser.reply.url, len(browser.device.world.sessions)) == (f"{SERVICE}/", 0)


def test_signing_out_of_connect_too_ends_both() -> None:
    browser = at_home()
    sign_in(browser)
    reply = browser.press("sign-out-of-connect")
    assert reply.screen is not None
    assert reply.screen.id == "signed-out"
    device = browser.device
    assert (len(device.services), len(device.world.sessions)) == (0, 0)


def test_links_lead_to_re_authentication_and_a_higher_level() -> None:
    browser = at_home("session: {sso: true}\n")
    sign_in(browser)
    links = {one: way(browser, one) for one in ("switch-user", "step-up", "reauthenticate")}
    assert links == {
        "switch-user": "/sign-in?prompt=login",
        "step-up": "/sign-in?acr_values=2",
        "reauthenticate": "/sign-in?max_age=0",
    }
    shown = {name: browser.open(f"{SERVICE}{link}").screen for name, link in links.items()}
    assert isinstance(shown["switch-user"], ReauthVerifyPhone)
    assert isinstance(shown["reauthenticate"], ReauthVerifyPhone)
    assert isinstance(shown["step-up"], StepUp)


def test_each_service_has_a_session_of_its_own() -> None:
    device = Device(fresh_state(), pages(), [told_of_the_end(), told_of_the_end("other", LEVEL_2)])
    browser = Browser(device)
    sign_in(browser)
    browser.open(f"{OTHER}/")
    assert browser.reply.screen == at_service("signed-out", "Other")
    (session,) = device.services
    place = (urlsplit(OTHER).netloc, SERVICE_COOKIE)
    stolen = Jar(device.state.jar.cookies.set(place, Cookie(value=session)))
    device.state = device.state.with_jar(stolen)
    assert browser.reload().screen == at_service("signed-out", "Other")


def two_services() -> Browser:
    """Return a browser in which somebody is signed in at two services by one session."""
    sso = "session: {sso: true}\n"
    clients = [told_of_the_end("fakebrand", sso), told_of_the_end("other", sso)]
    browser = Browser(Device(fresh_state(), pages(), clients))
    sign_in(browser)
    sign_in(browser, OTHER)
    assert len(browser.device.services) == 2
    return browser


def test_the_back_channel_ends_the_session_at_every_service() -> None:
    browser = two_services()
    browser.press("sign-out-of-connect")
    assert len(browser.device.services) == 0
    for service, name in ((SERVICE, "Fakebrand"), (OTHER, "Other")):
        assert browser.open(f"{service}/").screen == at_service("signed-out", name)


def test_a_notice_ends_only_the_session_it_names() -> None:
    device = two_services().device
    world = device.world
    (session,) = world.sessions.values()
    sub = session.authentication.account_id
    for client, sid in (("fakebrand", "another"), ("other", session.id)):
        token = logout_token(world, ISSUER, client, sub, sid)
        device.notify(client, "", token)
    assert [one.client_id for one in device.services.values()] == ["fakebrand"]


def test_a_notice_for_a_client_that_is_gone_reaches_nobody() -> None:
    device = two_services().device
    device.notify("somebody", "", "x")
    assert len(device.services) == 2


def test_a_notice_that_is_none_ends_nothing() -> None:
    device = two_services().device
    (session,) = device.world.sessions.values()
    sub = session.authentication.account_id
    ours = next(one for one in device.services.values() if one.client_id == "fakebrand")
    others = logout_token(device.world, ISSUER, "other", sub, session.id)
    for token in ("", "x", ours.id_token, others):
        body = urlencode({"logout_token": token}).encode()
        reply = device.request("POST", f"{SERVICE}/backchannel", body=body)
        assert (reply.status, reply.mimetype) == (400, "text/plain")
    assert len(device.services) == 2


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("GET", "/sign-out", 405), ("POST", "/", 405)],
)
def test_what_the_service_does_not_have_is_a_line(method: str, path: str, status: int) -> None:
    reply = at_home().device.request(method, f"{SERVICE}{path}")
    assert (reply.status, reply.mimetype, reply.screen) == (status, "text/plain", None)


def test_the_service_asks_again_where_it_wants_a_password() -> None:
    browser = at_home()
    browser.open(f"{SERVICE}/sign-in?acr_values=2")
    assert isinstance(typed(browser, "identifier", "99912345").screen, Password)


def test_an_authorisation_url_of_the_panel_ends_at_the_same_service() -> None:
    browser = opened()
    assert browser.open(authorize(scope="nonsense")).screen == at_service("invalid_scope")


def test_a_request_that_is_refused_is_told_in_the_language_it_asked_for() -> None:
    browser = Browser(new_device())
    browser.open(authorize(request="e30.e30.", ui_locales="nb"))
    assert browser.reply.screen is not None
    assert browser.reply.screen.state == "request_not_supported"
    text = browser.document.text_content()
    assert "CONNECT logget deg ikke inn: request_not_supported" in text

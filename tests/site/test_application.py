"""Routes: what a browser is answered when it does what it should."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from studio.device.browser import Browser
from studio.device.jar import Cookie, Jar
from studio.engine.connect import location_of
from studio.engine.screens import (
    CodePage,
    Password,
    RequestRefused,
    Start,
    VerifyPhone,
)
from studio.resources import folder
from studio.site.application import ISSUER, MAX_BODY, ORIGIN
from studio.site.cookies import SESSION_COOKIE
from tests.device.given import (
    APP,
    LEVEL_2,
    WEB,
    answer,
    authorize,
    code_of,
    location,
    new_device,
    opened,
    typed,
)
from tests.pages.given import REGISTRATION, hosted

if TYPE_CHECKING:
    from studio.device.device import Device


ISS = urlencode({"iss": ISSUER})
"""What every answer ends with (RFC 9207)."""


def fields_of(token: str, screen: str = "start", **more: str) -> bytes:
    """Return the body of a form."""
    return urlencode({"screen": screen, "token": token, **more}).encode()


def test_an_authorisation_request_leads_to_the_first_page() -> None:
    device = new_device()
    reply = device.request("GET", authorize())
    assert reply.status == 303
    assert reply.location is not None
    path = urlsplit(reply.location).path
    assert re.fullmatch(r"/id/signin/[0-9a-f]{32}", path)
    page = device.request("GET", reply.location)
    assert (page.status, page.mimetype, type(page.screen)) == (200, "text/html", Start)


def test_an_authorisation_request_may_be_posted() -> None:
    """OpenID Connect Core 1.0, section 3.1.2.1."""
    device = new_device()
    body = urlsplit(authorize()).query.encode()
    reply = device.request("POST", f"{ORIGIN}/oauth/authorize", body=body)
    assert (reply.status, len(device.world.flows)) == (303, 1)


def test_a_post_is_answered_with_a_redirect_and_a_get_shows_the_page() -> None:
    browser = opened()
    device, url = browser.device, browser.reply.url
    (flow,) = device.world.flows.values()
    body = fields_of(flow.token, kind="phone", identifier="99912345")
    reply = device.request("POST", url, body=body)
    assert (reply.status, reply.body, reply.location) == (303, b"", url)
    for _ in range(2):
        page = device.request("GET", url)
        assert (page.status, type(page.screen)) == (200, VerifyPhone)
    assert len(device.state.inbox) == 1


def test_a_page_can_be_shown_again_at_any_moment() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    first, world = browser.reply.body, browser.device.world
    assert browser.reload().body == first
    assert browser.device.world == world


LASTING = f"Max-Age={365 * 24 * 60 * 60}"
GUARDED = {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"}


def test_the_cookie_is_kept_from_scripts_other_sites_and_plain_http() -> None:
    headers = new_device().request("GET", authorize()).headers.getlist("Set-Cookie")
    (name, *attributes) = headers[0].split("; ")
    assert len(headers) == 1
    assert re.fullmatch(r"__Host-connect-browser=[0-9a-f]{32}", name)
    assert set(attributes) == GUARDED | {LASTING}


@pytest.mark.parametrize("stay", ["yes", None])
def test_the_cookie_of_a_session_lasts_only_where_the_person_wants_that(stay: str | None) -> None:
    browser = opened("session: {stay_signed_in: {shown: true}}")
    typed(browser, "identifier", "99912345")
    (flow,) = browser.device.world.flows.values()
    fields = {"code": code_of(browser)} | ({"stay": stay} if stay else {})
    body = fields_of(flow.token, "verify-phone", **fields)
    reply = browser.device.request("POST", browser.reply.url, body=body)
    (session,) = browser.device.world.sessions.values()
    (header,) = reply.headers.getlist("Set-Cookie")
    (name, *attributes) = header.split("; ")
    assert name == f"__Host-connect-session={session.id}.{session.secret}"
    assert set(attributes) == GUARDED | ({LASTING} if stay else set())


@pytest.mark.parametrize(
    "cookie",
    ["", ".", "{0}", "{0}.", "{0}.{0}", ".{1}", "x.{1}", "{0}.{1}x", "{0}.t\u00f8ken"],
)
def test_a_session_cookie_that_was_made_up_is_nobodys(cookie: str) -> None:
    browser = opened("session: {sso: true}")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    device = browser.device
    assert answer_to(device, prompt="none")["code"]
    (session,) = device.world.sessions.values()
    made_up = Cookie(value=cookie.format(session.id, session.secret))
    place = (urlsplit(ORIGIN).netloc, SESSION_COOKIE)
    jar = device.state.jar
    device.state = device.state.with_jar(Jar(jar.cookies.set(place, made_up)))
    assert answer_to(device, prompt="none")["error"] == "login_required"


def answer_to(device: Device, **changes: str) -> dict[str, str]:
    """Return what the service is told at once."""
    reply = device.request("GET", authorize(**changes))
    return dict(parse_qsl(urlsplit(reply.headers["Location"]).query))


def test_a_browser_keeps_its_name() -> None:
    device = new_device()
    for _ in range(2):
        device.request("GET", authorize())
    assert len({flow.browser for flow in device.world.flows.values()}) == 1
    assert len(device.world.flows) == 2


@pytest.mark.parametrize(
    ("redirect_uri", "source"),
    [
        (APP, "fakebrand:"),
        (WEB, "https://fakebrand.example"),
        ("http://localhost:8081/callback", "http://localhost:8081"),
    ],
)
def test_forms_may_end_at_the_redirect_uri_and_nowhere_else(redirect_uri: str, source: str) -> None:
    policy = opened(redirect_uri=redirect_uri).reply.headers["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["form-action"] == f"'self' {source}"
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["base-uri"] == "'none'"
    assert directives["frame-ancestors"] == "'self'"
    assert "unsafe" not in policy


def test_a_page_without_a_flow_has_no_form_target() -> None:
    policy = new_device().request("GET", f"{ORIGIN}/").headers["Content-Security-Policy"]
    assert policy.endswith("form-action 'self'")


def test_nothing_of_a_person_is_cached_or_told_to_others() -> None:
    browser = opened()
    replies = [
        browser.device.request("GET", authorize()),
        browser.reply,
        typed(browser, "identifier", "99912345"),
        browser.device.request("GET", f"{ORIGIN}/nowhere"),
        browser.device.request("GET", authorize(client_id="x")),
    ]
    for reply in replies:
        assert reply.headers["Cache-Control"] == "no-store"
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/oauth/authorize", {"GET", "HEAD", "POST"}),
        ("PUT", "/id/signin/x", {"GET", "HEAD", "POST"}),
        ("POST", "/static/page.css", {"GET", "HEAD"}),
        ("POST", "/brand/fakebrand/x/brand.css", {"GET", "HEAD"}),
        ("POST", "/brand/fakebrand/x/logo", {"GET", "HEAD"}),
    ],
)
def test_a_wrong_method_is_refused(method: str, path: str, allowed: set[str]) -> None:
    reply = new_device().request(method, ORIGIN + path)
    assert (reply.status, reply.mimetype) == (405, "text/plain")
    assert set(reply.headers["Allow"].split(", ")) == allowed
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_a_body_that_is_too_long_is_refused() -> None:
    browser = opened()
    world = browser.device.world
    body = b"identifier=" + b"1" * MAX_BODY
    reply = browser.device.request("POST", browser.reply.url, body=body)
    assert (reply.status, reply.mimetype) == (413, "text/plain")
    assert reply.headers["Cache-Control"] == "no-store"
    assert browser.device.world == world


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/oauth",
        "/oauth/authorize/",
        "/id/signin/",
        "/id/signin/0123456789abcdef0123456789abcdef",
        "/id/signin/%00",
        "//static//page.css",
        "/static//page.css",
    ],
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    reply = new_device().request("GET", ORIGIN + path)
    assert (reply.status, reply.mimetype) == (404, "text/html")
    assert b"There is no such page" in reply.body


@pytest.mark.parametrize(
    "path", ["/static/nothing.css", "/brand/somebody/x/brand.css", "/brand/fakebrand/x/logo"]
)
def test_a_file_that_is_not_there_is_no_screen(path: str) -> None:
    reply = new_device().request("GET", ORIGIN + path)
    assert (reply.status, reply.mimetype, reply.screen) == (404, "text/plain", None)


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/nothing.css",
        "/static/fonts/README.md",
        "/static/fonts",
        "/static/../base.html",
        "/static/%2e%2e/base.html",
        "/static/..%2fbase.html",
        "/static/fonts/../../pyproject.toml",
        "/static/fonts/%2e%2e/icons/x.svg",
        "/static/%2fetc%2fpasswd",
        "/static//etc/passwd",
        "/static/..%5cbase.html",
        "/static/page.css%00",
    ],
)
def test_static_files_do_not_leave_their_folder(path: str) -> None:
    assert new_device().request("GET", ORIGIN + path).status == 404


def test_every_file_that_the_style_sheet_names_is_there() -> None:
    device = new_device()
    sheet = device.request("GET", f"{ORIGIN}/static/page.css")
    assert (sheet.status, sheet.mimetype) == (200, "text/css")
    fonts = re.findall(r'url\("([^"]+)"\)', sheet.body.decode())
    assert fonts
    for font in fonts:
        reply = device.request("GET", ORIGIN + font)
        assert (reply.status, reply.mimetype) == (200, "font/woff2")
        assert reply.body == (folder("assets") / font.removeprefix("/static/")).read_bytes()


def test_the_script_is_a_script() -> None:
    reply = new_device().request("GET", f"{ORIGIN}/static/page.js")
    assert (reply.status, reply.mimetype) == (200, "text/javascript")
    assert reply.headers["Cache-Control"] == "no-cache"


def test_the_brand_may_be_kept_while_its_version_holds() -> None:
    client = hosted("branding: {header: red}")
    device = new_device(client)
    now = device.request("GET", f"{ORIGIN}/brand/fakebrand/{client.version}/brand.css")
    old = device.request("GET", f"{ORIGIN}/brand/fakebrand/0123/brand.css")
    assert now.body.decode() == old.body.decode() == client.css
    assert (now.status, now.mimetype) == (200, "text/css")
    assert "immutable" in now.headers["Cache-Control"]
    assert old.headers["Cache-Control"] == "no-cache"


def test_an_edit_of_the_brand_is_shown_by_the_same_flow() -> None:
    browser = opened("branding: {header: red}")
    typed(browser, "identifier", "99912345")
    blue = hosted("branding: {header: blue}")
    browser.device.host(blue)
    reply = browser.reload()
    assert isinstance(reply.screen, VerifyPhone)
    assert f"/brand/fakebrand/{blue.version}/brand.css" in reply.body.decode()


def test_another_language_keeps_the_stage() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    (flow,) = browser.device.world.flows.values()
    reply = browser.open(f"{browser.reply.url}?ui_locales=ur-PK")
    assert (browser.document.get("lang"), browser.document.get("dir")) == ("ur-PK", "rtl")
    assert "ui_locales" not in reply.url
    assert isinstance(reply.screen, VerifyPhone)
    assert browser.device.world.flows[flow.id].stage == flow.stage
    assert len(browser.device.state.inbox) == 1
    reply = browser.open(f"{reply.url}?ui_locales=xx%20en")
    assert (browser.document.get("lang"), browser.document.get("dir")) == ("en", "ltr")


def test_the_request_chooses_the_language_and_pages_without_a_flow_too() -> None:
    assert opened(ui_locales="ur-PK").document.get("lang") == "ur-PK"
    browser = opened()
    assert browser.open(f"{ORIGIN}/nowhere?ui_locales=ur-PK").status == 404
    assert browser.document.get("dir") == "rtl"


def test_a_code_leads_back_to_the_service() -> None:
    browser = opened(redirect_uri=WEB)
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    told = answer(browser)
    assert set(told) == {"tenant", "code", "state"}
    assert (told["tenant"], told["state"]) == ("7", "s 1")
    assert told["code"] in browser.device.world.grants


def test_a_finished_flow_leads_back_to_the_service_again() -> None:
    browser = opened()
    url = browser.reply.url
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    left = f"{location(browser)}&{ISS}"
    device = browser.device
    assert device.request("GET", url).headers["Location"] == left
    again = device.request("GET", f"{url}?ui_locales=ur-PK")
    assert again.location == url
    assert device.request("GET", url).headers["Location"] == left


@pytest.mark.parametrize(("more", "screen"), [("", VerifyPhone), (LEVEL_2, Password)])
def test_what_was_typed_as_a_secret_never_comes_back(
    more: str, screen: type[VerifyPhone | Password]
) -> None:
    browser = opened(more)
    typed(browser, "identifier", "99912345")
    reply = typed(browser, "code" if screen is VerifyPhone else "password", "sesame")
    assert isinstance(reply.screen, screen)
    assert b"sesame" not in reply.body


def test_the_code_that_was_sent_is_not_on_the_page() -> None:
    browser = opened()
    typed(browser, "identifier", "99912345")
    shown = re.sub(r"[0-9a-f]{16,}", "", browser.reply.body.decode())
    assert code_of(browser) not in shown


@pytest.mark.parametrize("prompt", ["none", "none no_seam"])
def test_without_a_screen_nobody_gets_one(prompt: str) -> None:
    device = new_device()
    reply = device.request("GET", authorize(prompt=prompt))
    answer = parse_qs(urlsplit(reply.headers["Location"]).query)
    assert (reply.status, answer["error"]) == (303, ["login_required"])
    (flow,) = device.world.flows.values()
    assert reply.headers["Location"] == f"{location_of(flow)}&{ISS}"


OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


def test_a_client_without_an_address_gets_a_page_with_the_code() -> None:
    client = hosted("", REGISTRATION.replace("fakebrand://connect/oauth2callback", OUT_OF_BAND))
    browser = Browser(new_device(client))
    browser.open(authorize(redirect_uri=OUT_OF_BAND))
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    assert browser.reply.screen == CodePage(code=answer(browser)["code"])
    assert browser.reply.url.startswith(f"{ORIGIN}/id/signin/")


def test_a_client_without_an_address_is_told_of_its_mistake_on_the_page() -> None:
    client = hosted("", REGISTRATION.replace("fakebrand://connect/oauth2callback", OUT_OF_BAND))
    browser = Browser(new_device(client))
    browser.open(authorize(redirect_uri=OUT_OF_BAND, response_type="token"))
    told = RequestRefused(parameter="response_type", value="unsupported_response_type")
    assert (browser.reply.status, browser.reply.screen) == (400, told)
    assert "response_type=unsupported_response_type" in browser.document.text_content()
    assert not browser.document.xpath("//p[@class='lead']")


# Effects


def test_news_are_delivered_with_the_messages() -> None:
    browser = opened(ui_locales="en")
    typed(browser, "identifier", "99912345")
    typed(browser, "code", code_of(browser))
    sms, news = browser.device.state.inbox
    assert (sms.kind, sms.recipient) == ("sms", "+4799912345")
    assert (news.kind, news.recipient, news.code) == ("email", "user@example.com", None)
    assert news.text == "You have signed in to FakeBrand with CONNECT for the first time."

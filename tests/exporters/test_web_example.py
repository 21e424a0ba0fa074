"""The exported examples are run, and somebody signs in to them against CONNECT served for real."""

from __future__ import annotations

import shutil
import sys
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

import pytest

from studio.resources import folder as resources
from tests.exporters.example import Example, running
from tests.node import NODE, install
from tests.server.given import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from http.client import HTTPResponse
    from http.cookiejar import CookieJar
    from pathlib import Path
    from typing import IO
    from urllib.request import Request

    from tests.samples import Setting

PATIENCE = 20
"""Seconds."""

type Command = tuple[tuple[str, str], Path]

EXAMPLES = {"python": (sys.executable, "python/app.py"), "node": (str(NODE), "node/server.mjs")}


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the Node.js example needs, as its package.json says."""
    folder = tmp_path_factory.mktemp("modules")
    shutil.copy(resources("flow_templates") / "export" / "web" / "node" / "package.json", folder)
    return install(folder)


@pytest.fixture(params=EXAMPLES, scope="module")
def command(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """How an example is run, and a folder that it finds what it needs in."""
    folder = tmp_path_factory.mktemp("example")
    if request.param == "node":
        (folder / "node").mkdir()
        (folder / "node" / "node_modules").symlink_to(request.getfixturevalue("modules"))
    return EXAMPLES[request.param], folder


@pytest.fixture(scope="module")
def example(command: Command) -> Iterator[Example]:
    program, folder = command
    with running(folder, program) as one:
        yield one


def sign_in(browser: Browser, connect: str, phone: str = "99912345", **more: str) -> Browser:
    """Go through the screens of CONNECT until they end."""
    for _ in range(6):
        match browser.screen:
            case "start":
                send(browser, identifier=phone)
            case "verify-phone":
                send(browser, code=Browser(connect).newest_code())
            case "password" | "reauth-password":
                send(browser, password="correct horse", **more)
            case _:
                break
    return browser


def send(browser: Browser, **fields: str) -> None:
    """Fill in the form of the page, leave its boxes as they are, and send it."""
    form = browser.document.xpath("//form[@class='form']")[0]
    as_it_is = {name: value for name, value in form.fields.items() if value is not None}
    browser.open(form.get("action"), {**as_it_is, "action": "submit", **fields})


def words(browser: Browser, name: str) -> str:
    """Return the text of the first element with a class, in one line."""
    found = browser.document.xpath(f"//*[contains(@class, '{name}')]")
    return " ".join(found[0].text_content().split()) if found else ""


def test_somebody_signs_in_and_out(example: Example) -> None:
    browser = Browser(example.url).open("/")
    assert words(browser, "connect-button") == "Sign in with CONNECT"
    sign_in(browser.open("/sign-in"), example.connect.url)
    assert browser.url == example.url
    assert words(browser, "connect-card-head") == "Signed in as +4799912345"
    assert "user@example.com" in words(browser, "connect-facts")
    assert "[[" not in browser.text

    browser.open("/sign-out", {"of": "service"})
    assert words(browser, "connect-button") == "Sign in with CONNECT"
    # The session at CONNECT is still there.
    assert words(browser.open("/sign-in"), "connect-card-head") == "Signed in as +4799912345"


def test_signing_out_of_connect_too_comes_back_without_a_question(example: Example) -> None:
    browser = sign_in(Browser(example.url).open("/sign-in"), example.connect.url)
    browser.open("/sign-out", {"of": "connect"})
    assert browser.url == f"{example.url}signed-out"
    assert browser.open("/sign-in").screen == "start"


def test_the_request_has_state_nonce_and_a_challenge(example: Example) -> None:
    asked = redirect_of(f"{example.url}sign-in")
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert all(len(asked[name][0]) >= 22 for name in ("state", "nonce"))
    assert asked["acr_values"] == ["2"]
    again = redirect_of(f"{example.url}sign-in")
    assert not {*asked["state"], *asked["nonce"]} & {*again["state"], *again["nonce"]}


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(example: Example) -> None:
    browser = Browser(example.url).open("/connect/callback?code=guessed&state=guessed")
    assert (browser.status, words(browser, "connect-note")) == (
        403,
        "CONNECT did not sign you in: not_begun_here",
    )
    # The answer of another request of the same browser.
    sign_in(browser.open("/sign-in"), example.connect.url)
    assert browser.open("/connect/callback?code=guessed&state=guessed").status == 403


def test_a_code_that_connect_does_not_know_signs_nobody_in(example: Example) -> None:
    browser = Browser(example.url)
    state = begin(browser)
    browser.open(f"{example.url}connect/callback?code=guessed&state={state}")
    assert browser.status in {403, 502}
    assert not words(browser.open(example.url), "connect-card-head")


def test_an_answer_of_another_issuer_is_refused(example: Example) -> None:
    browser = Browser(example.url)
    state = begin(browser)
    other = "iss=https%3A%2F%2Fother.example%2Foauth"
    browser.open(f"{example.url}connect/callback?code=guessed&state={state}&{other}")
    assert browser.status in {403, 502}
    assert not words(browser.open(example.url), "connect-card-head")


def test_the_session_of_who_does_not_stay_ends_with_the_window(example: Example) -> None:
    browser = sign_in(Browser(example.url).open("/sign-in"), example.connect.url)
    (cookie,) = [one for one in browser.cookies if one.name == "service-session"]
    # The box "Stay signed in" was offered and not checked: td_sls is true.
    assert cookie.discard
    assert cookie.has_nonstandard_attr("HttpOnly")


def test_the_session_of_who_stays_outlives_the_window(example: Example) -> None:
    browser = sign_in(Browser(example.url).open("/sign-in"), example.connect.url, stay="yes")
    (cookie,) = [one for one in browser.cookies if one.name == "service-session"]
    assert not cookie.discard
    assert cookie.expires is not None


def test_who_signs_out_at_connect_is_signed_out_here(example: Example) -> None:
    browser = sign_in(Browser(example.url).open("/sign-in"), example.connect.url)
    assert words(browser.open(example.url), "connect-card-head")
    browser.open(f"{example.connect.url}oauth/logout")
    send(browser, action="continue")
    until = monotonic() + PATIENCE
    # The notice is sent after the answer, by a thread of its own.
    while words(browser.open(example.url), "connect-card-head"):
        assert monotonic() < until


def test_a_logout_token_that_nobody_signed_changes_nothing(example: Example) -> None:
    browser = sign_in(Browser(example.url).open("/sign-in"), example.connect.url)
    other = Browser(example.url).open("/connect/backchannel", {"logout_token": "e30.e30."})
    assert other.status == 400
    assert words(browser.open(example.url), "connect-card-head")


def test_pages_are_in_the_persons_language(example: Example) -> None:
    opener = build_opener()
    opener.addheaders = [("Accept-Language", "nb;q=0.3, ur-PK")]
    with opener.open(example.url) as answer:
        assert '<html lang="ur-PK" dir="rtl">' in answer.read().decode()


def test_a_public_client_signs_in_without_a_secret(command: Command) -> None:
    program, folder = command
    settings: dict[str, Setting] = {
        "registration.confidential": False,
        "flow.level": 1,
        "start.first": "phone",
    }
    with running(folder, program, settings=settings) as one:
        browser = sign_in(Browser(one.url).open("/sign-in"), one.connect.url, "99900999")
        assert words(browser, "connect-card-head") == "Signed in as +4799900999"
        assert "Not given yet" in browser.text


def begin(browser: Browser) -> str:
    """Begin to sign in, and return the state of the request; the browser has its cookie."""
    return redirect_of(f"{browser.url}sign-in", browser.cookies)["state"][0]


class _Stay(HTTPRedirectHandler):
    """Follows no redirect."""

    def http_error_303(
        self, _req: Request, fp: IO[bytes], _code: int, _msg: str, headers: Message
    ) -> HTTPResponse:
        fp.close()
        raise _SentOnError(headers["Location"])


class _SentOnError(Exception):
    pass


def redirect_of(url: str, cookies: CookieJar | None = None) -> dict[str, list[str]]:
    """Return the parameters of the request that a page sends the browser on with."""
    try:
        build_opener(_Stay, HTTPCookieProcessor(cookies)).open(url)
    except _SentOnError as sent:
        return parse_qs(urlsplit(str(sent)).query)
    raise AssertionError("no redirect")

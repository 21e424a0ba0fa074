"""Whole sign-ins over HTTP, from the sample services' own pages, by the real protocol."""

from __future__ import annotations

import json
import socket
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from studio.client.edit import set_value
from studio.client.file import parse, read
from studio.client.samples import sample_path
from studio.pages.hosting import HostedClient
from studio.server.serving import origin_at
from tests.server.given import Browser, Heard, sample, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.server.serving import Serving

ALL = ("fakebrand", "hipstagram", "all-the-news", "strusic")


@pytest.fixture(scope="module")
def running() -> Iterator[Serving]:
    with serving(*ALL) as one:
        yield one


@pytest.fixture(scope="module")
def phones() -> Iterator[str]:
    """New numbers: as many codes go to one as the limits allow."""
    return (f"4061{number:04}" for number in count())


@pytest.fixture
def browser(running: Serving, phones: Iterator[str]) -> Browser:
    return Browser(running.url, next(phones))


def test_somebody_signs_in_at_level_1(running: Serving) -> None:
    browser = Browser(running.url).sign_in("fakebrand")
    assert urlsplit(browser.url).path == "/services/fakebrand/"
    assert browser.signed_in_as == "Signed in as +47 99 91 23 45"
    assert "The service made this request itself, with state and PKCE." in browser.text


def test_somebody_signs_in_at_level_2_to_a_client_with_a_secret(running: Serving) -> None:
    browser = Browser(running.url).sign_in("strusic")
    assert browser.signed_in_as == "Signed in as +47 99 91 23 45"
    names, values = (browser.document.xpath(f"//dl/{one}//text()") for one in ("dt", "dd"))
    claims = dict(zip(names, values, strict=True))
    assert (claims["aud"], claims["acr"]) == ("strusic", "2")


def test_a_box_that_is_not_checked_ends_the_session_with_the_window(running: Serving) -> None:
    browser = Browser(running.url, "user@example.com").sign_in("all-the-news")
    assert browser.signed_in_as
    (session,) = (one for one in browser.cookies if one.name == "connect-session")
    assert session.expires is None


def test_no_browser_names_the_port_of_the_scheme() -> None:
    assert origin_at("127.0.0.1", 80) == "http://127.0.0.1"
    assert origin_at("127.0.0.1", 8400) == "http://127.0.0.1:8400"


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def test_by_the_other_names_of_the_machine_one_comes_to_the_place(running: Serving) -> None:
    port = urlsplit(running.url).port
    for name in ("localhost", *(["[::1]"] if _has_ipv6() else [])):
        browser = Browser(f"http://{name}:{port}").open("/studio/inbox")
        assert (browser.status, browser.url) == (200, f"{running.url}studio/inbox")


def test_a_service_is_told_when_its_access_is_withdrawn(browser: Browser) -> None:
    browser.sign_in("hipstagram")
    assert browser.open("/services/hipstagram/").signed_in_as
    browser.open("/id/account/services")
    for action in ("open", "withdraw", "continue"):
        (form,) = browser.document.xpath(f"//form[.//button[@value='{action}']]")
        browser.open(form.get("action"), {**dict(form.fields), "action": action})
    assert not browser.open("/services/hipstagram/").signed_in_as


def test_one_sign_in_is_good_for_two_services(browser: Browser) -> None:
    browser.sign_in("fakebrand")
    assert "Sign in to go on." in browser.open("/services/hipstagram/").text
    browser.open("/services/hipstagram/sign-in")
    assert browser.signed_in_as
    assert urlsplit(browser.url).path == "/services/hipstagram/"


def test_a_service_is_told_that_the_session_has_ended(browser: Browser) -> None:
    browser.sign_in("fakebrand")
    browser.open("/services/hipstagram/sign-in")
    assert browser.signed_in_as
    browser.open("/services/fakebrand/sign-out", {"action": "sign-out-of-connect"})
    assert urlsplit(browser.url).path == "/services/fakebrand/"
    assert not browser.open("/services/hipstagram/").signed_in_as


def test_whoever_signs_out_of_a_service_can_come_back_without_a_code(browser: Browser) -> None:
    browser.sign_in("fakebrand")
    browser.open("/services/fakebrand/sign-out", {"action": "sign-out"})
    assert not browser.signed_in_as
    assert browser.open("/services/fakebrand/sign-in").signed_in_as


def test_every_link_of_a_service_keeps_its_path(browser: Browser) -> None:
    browser.sign_in("fakebrand")
    ways = [urlsplit(one).path for one in browser.document.xpath("//a/@href | //form/@action")]
    assert {one for one in ways if not one.startswith("/services/fakebrand/")} == {"/id/account"}
    assert browser.open("/services/fakebrand/settings").signed_in_as == ""
    assert browser.status == 200


def test_the_account_leads_back_to_the_service(browser: Browser) -> None:
    browser.sign_in("fakebrand")
    browser.open(browser.document.xpath("//a[@data-action='manage-account']/@href")[0])
    (back,) = browser.document.xpath("//a[@data-action='back-to-service']")
    assert back.text_content() == "Back to FakeBrand"
    assert browser.open(back.get("href")).signed_in_as


def test_a_service_keeps_its_cookies_to_itself(browser: Browser) -> None:
    browser.sign_in("fakebrand")
    kept = {one.name: (one.path, one.has_nonstandard_attr("HttpOnly")) for one in browser.cookies}
    assert kept == {
        "connect-browser": ("/", True),
        "connect-session": ("/", True),
        "service-session": ("/services/fakebrand/", True),
    }


def test_an_answer_that_was_not_asked_for_signs_nobody_in(
    running: Serving, browser: Browser
) -> None:
    issuer = urlencode({"iss": running.place.issuer})
    browser.open(f"/services/fakebrand/arrived?code=x&state=y&{issuer}")
    assert "wrong_state" in browser.text


@pytest.mark.parametrize("more", ["", "&iss=", "&iss=https%3A%2F%2Fother.example"])
def test_an_answer_of_another_or_of_nobody_signs_nobody_in(browser: Browser, more: str) -> None:
    browser.open(f"/services/fakebrand/arrived?code=x&state=y{more}")
    assert "wrong_issuer" in browser.text
    browser.open("/services/fakebrand/arrived?to=http%3A%2F%2Flocalhost%3A8081%2F%3Fcode%3Dx")
    assert "wrong_issuer" in browser.text


def test_the_provider_is_found_where_it_says_it_is(running: Serving) -> None:
    issuer = running.place.issuer
    with urlopen(f"{issuer}/.well-known/openid-configuration") as answer:  # noqa: S310 - our own
        found = json.load(answer)
    assert found["issuer"] == issuer
    assert found["token_endpoint"] == f"{issuer}/token"
    assert running.pass_url is None


def test_a_client_that_is_edited_shows_at_the_next_request() -> None:
    text, _client = read(sample_path("fakebrand"))
    named = set_value(text, ("registration", "name"), "NewBrand")
    with serving("fakebrand") as running:
        browser = Browser(running.url)
        before = json.loads(browser.open("/studio/changes").text)["looks"]
        running.replace(HostedClient(parse(named, "x")))
        assert "NewBrand" in browser.open("/services/fakebrand/").text
        assert json.loads(browser.open("/studio/changes").text)["looks"] == before + 1


def test_a_log_line_has_no_secret_in_it() -> None:
    heard = Heard()
    with serving("fakebrand", heard=heard) as running:
        browser = Browser(running.url).sign_in("fakebrand")
    arrived = [one for one in heard.requests if "/services/fakebrand/arrived" in one]
    assert arrived
    assert all("?" not in one and "=" not in one for one in heard.requests)
    secrets = [one.value or "" for one in browser.cookies]
    assert not [one for one in heard.requests if any(secret in one for secret in secrets)]


def test_starting_where_somebody_is_says_so_and_leaves_nothing_behind() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"), serving(port=port):
            pass


def test_stopping_frees_the_port_and_stopping_again_does_nothing() -> None:
    with serving() as running:
        port = urlsplit(running.url).port
    running.stop()
    with serving(port=port) as again:
        assert urlsplit(again.url).port == port


def test_a_phone_comes_in_with_the_pass_once() -> None:
    heard = Heard()
    with serving(lan=True, address="127.0.0.1", heard=heard) as running:
        assert heard.passes == [running.pass_url]
        browser = Browser(running.url).open(heard.passes[0])
        assert urlsplit(browser.url).path == "/"
        assert [one.name for one in browser.cookies] == ["studio-pass"]
        assert heard.passes[1:] == [running.pass_url]
        assert heard.passes[0] != heard.passes[1]
        assert Browser(running.url).open(heard.passes[0]).status == 403


def test_the_samples_are_hosted_as_they_are() -> None:
    with serving(*ALL):
        assert sample("fakebrand").policy.redirect_uris[0] == "fakebrand://connect/oauth2callback"

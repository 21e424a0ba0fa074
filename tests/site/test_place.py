"""Where a site lives: what follows from https, from loopback, and from being served."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from studio.site.account import _is_below
from studio.site.host import account_client
from studio.site.place import ORIGIN, SIMULATED, Place
from tests.site.serving import PLACE, Asking, told

LAN = Place(origin="http://192.0.2.7:8080", serving=True)
HTTPS = Place(origin="https://id.example", serving=True)
PLACES = [SIMULATED, PLACE, LAN, HTTPS]


@pytest.mark.parametrize(
    ("place", "secure", "trustworthy", "host"),
    [
        (SIMULATED, True, True, "id.connect.example"),
        (PLACE, False, True, "127.0.0.1:8080"),
        (Place(origin="http://localhost:1"), False, True, "localhost:1"),
        (Place(origin="http://[::1]:8080"), False, True, "[::1]:8080"),
        (LAN, False, False, "192.0.2.7:8080"),
        (HTTPS, True, True, "id.example"),
    ],
)
def test_a_place_knows_what_its_origin_means(
    place: Place, *, secure: bool, trustworthy: bool, host: str
) -> None:
    assert (place.secure, place.is_trustworthy, place.host) == (secure, trustworthy, host)
    assert place.issuer == f"{place.origin}/oauth"
    names = (place.browser_cookie, place.session_cookie)
    assert all(name.startswith("__Host-") is secure for name in names)


@pytest.mark.parametrize(
    ("place", "own"),
    [
        (PLACE, {"localhost:8080", "127.0.0.1:8080", "[::1]:8080"}),
        (LAN, {"localhost:8080", "127.0.0.1:8080", "[::1]:8080"}),
        (Place(origin="http://127.0.0.1"), {"localhost", "127.0.0.1", "[::1]"}),
    ],
)
def test_a_place_knows_the_names_of_its_machine(place: Place, own: set[str]) -> None:
    names = ("localhost", "127.0.0.1", "[::1]", "x.example", "localhost.x.example", "x@localhost")
    asked = {name + port for name in names for port in ("", ":8080", ":80", ":", ":x")}
    assert {host for host in asked if place.is_own(host)} == own


@pytest.mark.parametrize(
    ("path", "is_below"),
    [
        ("", True),
        ("/", True),
        ("/settings?a=b", True),
        ("/a/...", True),
        ("/..", False),
        ("/a/../..", False),
        ("/%2E%2e/other/", False),
        ("/.%2e/", False),
        ("/./", False),
        ("/..\\", False),
        ("/\t../", False),
        ("-other/", False),
        ("/\r\nA: b", False),
    ],
)
def test_below_the_path_of_a_service_nothing_leads_out(path: str, *, is_below: bool) -> None:
    home = f"{PLACE.origin}/services/fakebrand"
    assert _is_below(f"{home}{path}", home) is is_below


def test_the_account_s_own_client_comes_back_to_the_place() -> None:
    path = "/id/account/signed-in"
    assert account_client().policy.redirect_uris == (f"{ORIGIN}{path}",)
    assert account_client(PLACE).policy.redirect_uris == (f"{PLACE.origin}{path}",)


@pytest.mark.parametrize("place", PLACES)
def test_one_signs_in_at_every_place(place: Place) -> None:
    """RFC 9207: the answer tells whose it is."""
    asking = Asking(place)
    answer = asking.sign_in()
    assert (answer["iss"], answer["state"]) == (place.issuer, "s")
    assert asking.ask("GET", "/id/account").status_code == 200
    assert asking.tokens(answer["code"]).status_code == 200


@pytest.mark.parametrize("name", ["x", "A" * 32, "0" * 33, "0" * 3000, "٣" * 32, '"0"'])
def test_a_browser_has_the_name_that_was_drawn_for_it_and_no_other(name: str) -> None:
    asking = Asking()
    drawn = asking.authorize().headers["Set-Cookie"].partition(";")[0].partition("=")[2]
    assert f"={drawn};" in asking.authorize().headers["Set-Cookie"]
    asking.browser.set_cookie(PLACE.browser_cookie, name, domain="127.0.0.1")
    kept = asking.authorize().headers["Set-Cookie"].partition(";")[0].partition("=")[2]
    assert re.fullmatch("[0-9a-f]{32}", kept)
    assert kept != drawn


@pytest.mark.parametrize(("place", "secure"), [(PLACE, False), (LAN, False), (HTTPS, True)])
def test_cookies_are_secure_where_the_place_is(place: Place, *, secure: bool) -> None:
    cookie = Asking(place).authorize().headers["Set-Cookie"]
    assert cookie.startswith(f"{place.browser_cookie}=")
    assert ("Secure" in cookie) is secure
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize("changes", [{"response_type": "token"}, {"prompt": "none"}])
def test_an_error_tells_whose_it_is(changes: dict[str, str]) -> None:
    answer = told(Asking().authorize(**changes))
    assert answer["iss"] == PLACE.issuer
    assert "error" in answer


def test_the_account_is_signed_in_to_at_the_place() -> None:
    reply = Asking().ask("GET", "/id/account")
    assert reply.headers["Location"].startswith("/id/signin/")


# A form that a service posts: SameSite=Lax keeps the cookies back


def test_a_posted_request_goes_on_with_the_cookies_of_a_get() -> None:
    asking = Asking()
    fields = {"client_id": "fakebrand", "state": "ä &"}
    sent = asking.ask("POST", "/oauth/authorize", data=fields)
    there = urlsplit(sent.headers["Location"])
    assert (sent.status_code, there.path) == (303, "/oauth/authorize")
    assert parse_qs(there.query) == {name: [value] for name, value in fields.items()}
    assert "Set-Cookie" not in sent.headers


def test_a_posted_request_with_cookies_begins_at_once() -> None:
    asking = Asking()
    query = asking.authorize().request.query_string.decode()
    values = {name: value[0] for name, value in parse_qs(query).items()}
    reply = asking.ask("POST", "/oauth/authorize", data=values)
    assert reply.headers["Location"].startswith("/id/signin/")


def test_a_posted_request_that_no_address_could_hold_begins_at_once() -> None:
    asking = Asking()
    values = {
        "client_id": "fakebrand",
        "redirect_uri": "https://fakebrand.example/callback?tenant=7",
        "response_type": "code",
        "scope": "openid",
        "state": "s" * 7000,
    }
    reply = asking.ask("POST", "/oauth/authorize", data=values)
    assert reply.headers["Location"].startswith("/id/signin/")


def test_a_device_sends_its_cookies_always() -> None:
    reply = Asking(replace(PLACE, serving=False)).ask("POST", "/oauth/authorize", data={"a": "b"})
    assert reply.status_code == 400

"""Served to a network: pages ask for the pass, back ends do not, the machine itself sees it."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from werkzeug.test import Client

from studio.server.application import Application
from studio.server.gate import COOKIE, PASS, Gate
from studio.server.passes import TRIES, Passes
from tests.server.given import PLACE, new_server, pages

LAN = replace(PLACE, origin="http://192.0.2.5:8400", registration=False)
PHONE = {"REMOTE_ADDR": "192.0.2.77"}
MACHINE = {"REMOTE_ADDR": "192.0.2.5"}


@pytest.fixture
def passes() -> Passes:
    own = Passes(lambda _new: None, lambda: 0.0)
    own.draw()
    return own


@pytest.fixture
def client(passes: Passes) -> Client:
    server = new_server(place=LAN)
    gate = Gate(passes, pages(), LAN, frozenset({"127.0.0.1", "192.0.2.5"}))
    return Client(Application(server, pages(), gate=gate))


def ask(
    client: Client,
    path: str,
    who: dict[str, str] = PHONE,
    data: dict[str, str] | None = None,
    json: dict[str, object] | None = None,
) -> tuple[int, str]:
    """Ask from the phone; with fields or JSON it is a POST."""
    method = "GET" if data is json is None else "POST"
    answer = client.open(
        path, base_url=LAN.origin, environ_base=who, method=method, data=data, json=json
    )
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    "path", ["/", "/studio/inbox", "/studio/inbox.json", "/studio/changes", "/services/fakebrand/",
             "/oauth/authorize?client_id=fakebrand", "/oauth/logout", "/id/account",
             "/studio/pass.svg", "/studio/openapi.json", "/nothing"]
)  # fmt: skip
def test_without_the_pass_a_page_says_where_it_is(client: Client, path: str) -> None:
    status, text = ask(client, path)
    assert status == 403
    assert "which stands in its terminal" in text


@pytest.mark.parametrize(
    "path",
    [
        "/oauth/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server/oauth",
        "/oauth/public_keys.jwks",
        "/static/page.css",
        "/favicon.ico",
    ],
)
def test_what_is_open_to_all_needs_no_pass(client: Client, path: str) -> None:
    assert ask(client, path)[0] == 200


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke"])
def test_a_back_end_needs_no_pass(client: Client, path: str) -> None:
    status, text = ask(client, path, data={"client_id": "fakebrand"})
    assert (status, "invalid_request" in text) == (400, True)


def test_userinfo_needs_a_token_instead(client: Client) -> None:
    assert ask(client, "/oauth/userinfo")[0] == 401


def test_the_address_with_the_pass_lets_a_browser_in(client: Client, passes: Passes) -> None:
    used = passes.current
    status, _text = ask(client, f"{PASS}?pass={used}")
    assert status == 303
    cookie = client.get_cookie(COOKIE, "192.0.2.5")
    assert cookie is not None
    assert cookie.http_only
    assert ask(client, "/")[0] == 200
    assert used != passes.current


def test_a_browser_that_only_looks_ahead_does_not_use_up_the_pass(
    client: Client, passes: Passes
) -> None:
    used = passes.current
    client.get(
        f"{PASS}?pass={used}",
        base_url=LAN.origin,
        environ_base=PHONE,
        headers={"Sec-Purpose": "prefetch"},
    )
    client.head(f"{PASS}?pass={used}", base_url=LAN.origin, environ_base=PHONE)
    assert passes.current == used


def test_whoever_types_the_pass_goes_on_to_where_they_wanted(
    client: Client, passes: Passes
) -> None:
    _status, text = ask(client, "/services/fakebrand/?start")
    page: lxml.html.HtmlElement = lxml.html.document_fromstring(text)
    (to,) = page.xpath("//form/input[@name='to']/@value")
    fields = {"to": str(to), "pass": passes.current.lower()}
    answer = client.post(PASS, base_url=LAN.origin, environ_base=PHONE, data=fields)
    assert (answer.status_code, answer.location) == (303, "/services/fakebrand/?start")


@pytest.mark.parametrize(
    "to", ["https://x.example", "//x.example", "/\\x.example", "/\r\nX: y", ""]
)
def test_nobody_is_led_elsewhere(client: Client, passes: Passes, to: str) -> None:
    answer = client.post(
        PASS,
        base_url=LAN.origin,
        environ_base=PHONE,
        data={"pass": passes.current, "to": to},
    )
    assert answer.location == "/"


def test_a_wrong_pass_is_told_and_soon_nobody_is_asked(client: Client) -> None:
    told = [ask(client, PASS, data={"pass": "wrong", "to": "/"}) for _ in range(TRIES)]
    assert [status for status, _ in told] == [403] * (TRIES - 1) + [429]
    assert "This is not the pass." in told[0][1]
    assert "Try again in a minute" in told[-1][1]
    assert "<form" not in told[-1][1]


def test_the_machine_itself_sees_the_pass_and_nobody_else(client: Client, passes: Passes) -> None:
    status, text = ask(client, PASS, MACHINE)
    assert (status, passes.current in text) == (200, True)
    assert f"{LAN.origin}{PASS}?pass={passes.current}" in text
    picture = client.get(f"{PASS}.svg", base_url=LAN.origin, environ_base=MACHINE)
    assert (picture.mimetype, picture.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert passes.current not in ask(client, PASS)[1]
    assert ask(client, "/", MACHINE)[0] == 200


def test_in_a_network_nothing_registers_and_the_clock_stays(client: Client) -> None:
    assert ask(client, "/oauth/register", MACHINE, json={"redirect_uris": []})[0] == 404
    assert ask(client, "/studio/clock", MACHINE, data={"days": "1"})[0] == 405
    status, text = ask(client, "/studio/clock", MACHINE)
    assert (status, "<form" in text) == (200, False)

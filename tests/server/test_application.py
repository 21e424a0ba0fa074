"""Which part answers a request, and which requests nobody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from werkzeug.test import Client

from studio.server.application import Application
from tests.server.given import PLACE, asked, get, json_of, new_server, pages

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/services/fakebrand/", 200),
        ("/static/page.css", 200),
        ("/oauth/public_keys.jwks", 200),
        ("/id/about", 200),
        ("/services/fakebrand/nothing", 404),
        ("/services/nobody/", 404),
        ("/services/", 404),
        ("/nothing", 404),
    ],
)
def test_every_part_answers_for_its_own(path: str, status: int) -> None:
    assert get(asked(new_server()), path).status_code == status


def test_a_service_is_found_without_its_last_slash() -> None:
    answer = get(asked(new_server()), "/services/fakebrand")
    assert (answer.status_code, answer.location) == (303, "/services/fakebrand/")


@pytest.mark.parametrize("path", ["/", "/services/fakebrand/", "/oauth/authorize", "/studio/inbox"])
@pytest.mark.parametrize("host", ["x.example", "127.0.0.1:8401", "127.0.0.1", "127.0.0.1.x:8400"])
def test_another_host_is_not_served(path: str, host: str) -> None:
    answer = get(asked(new_server()), path, host=host)
    assert answer.status_code == 421
    assert host not in str(answer.headers)


def test_a_request_without_a_host_is_not_served() -> None:
    client = asked(new_server())
    answer = client.get("/", environ_overrides={"HTTP_HOST": ""})
    assert answer.status_code == 421


OWN_NAMES = ["localhost:8400", "LocalHost:8400", "[::1]:8400"]


@pytest.mark.parametrize("host", OWN_NAMES)
@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/", "/"),
        ("/oauth/authorize?a=b%20c&a=%C3%A6", "/oauth/authorize?a=b%20c&a=%C3%A6"),
        ("//x.example/%0D%0AA:%20b", "//x.example/%0D%0AA%3A%20b"),
        ("/id/%C3%A6", "/id/%C3%A6"),
    ],
)
def test_a_page_by_another_name_of_the_machine_is_at_the_place(
    host: str, path: str, there: str
) -> None:
    path, _, query = path.partition("?")
    client = asked(new_server())
    answer = client.get(
        "/",
        base_url=f"http://{host}",
        query_string=query,
        environ_overrides={"PATH_INFO": unquote(path, "latin-1")},
    )
    assert (answer.status_code, answer.location) == (307, f"{PLACE.origin}{there}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.headers.getlist("Set-Cookie")


@pytest.mark.parametrize("host", OWN_NAMES)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/oauth/.well-known/openid-configuration"),
        ("GET", "/oauth/userinfo"),
        ("POST", "/oauth/token"),
        ("POST", "/oauth/authorize"),
        ("POST", "/studio/clock"),
    ],
)
def test_a_service_is_told_where_the_place_is(host: str, method: str, path: str) -> None:
    answer = asked(new_server()).open(path, method=method, base_url=f"http://{host}")
    assert answer.status_code == 421
    assert f"Ask {PLACE.origin}" in answer.text


def test_no_address_is_made_of_the_host_header() -> None:
    client = asked(new_server())
    answer = get(client, "/services/fakebrand/sign-in", host=PLACE.host.upper())
    assert answer.location.startswith(f"{PLACE.origin}/oauth/authorize?")


def test_a_line_of_the_log_cannot_be_made_up() -> None:
    lines: list[str] = []
    client = Client(Application(new_server(), pages(), log=lines.append))
    client.get("/a%0Ab%1B[31m?code=secret", base_url=PLACE.origin)
    (line,) = lines
    assert "GET /a%0Ab%1B%5B31m 404 " in line
    assert "secret" not in line


def test_what_pages_ask_each_second_is_not_in_the_log() -> None:
    lines: list[str] = []
    client = Client(Application(new_server(), pages(), log=lines.append))
    get(client, "/studio/changes")
    assert not lines


@pytest.mark.parametrize("path", ["/services/fakebrand/", "/id/about?ui_locales=en"])
def test_every_page_follows_the_edits(path: str) -> None:
    answer = get(asked(new_server()), path)
    assert '<script src="/static/live.js" defer></script>' in answer.text
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_mistake_of_the_program_is_told_without_what_was_asked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server = new_server()
    client = asked(server)
    monkeypatch.setattr(server, "inbox", None)
    answer = get(client, "/studio/inbox?code=secret")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "secret" not in caplog.text
    caplog.clear()


def test_a_mistake_of_a_service_is_told_in_the_same_way(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(*_asked: object) -> Response:
        raise RuntimeError("secret")

    server = new_server()
    monkeypatch.setattr(server.service, "answer", failing)
    answer = get(asked(server), "/services/fakebrand/?code=secret")
    assert (answer.status_code, json_of(answer)) == (500, {"error": "server_error"})
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text.replace('RuntimeError("secret")', "")
    caplog.clear()


@pytest.mark.parametrize("path", ["/", "/services/fakebrand/", "/oauth/public_keys.jwks", "/x"])
def test_a_header_is_there_once(path: str) -> None:
    names = [name for name, _value in get(asked(new_server()), path).headers]
    assert sorted(set(names)) == sorted(names)

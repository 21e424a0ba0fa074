"""Headers, methods and hosts of a site that is served to anybody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.site.oauth import OWN, SHARED
from studio.site.place import Place
from studio.site.reading import MAX_FIELDS
from tests.site.serving import ORIGIN, PLACE, Asking

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

PATHS = [
    ("GET", "/", 404),
    ("GET", "/oauth/authorize", 400),
    ("GET", "/oauth/logout", 200),
    ("GET", "/id/account", 303),
    ("GET", "/id/terms", 200),
    ("GET", "/static/page.css", 200),
    ("GET", "/favicon.ico", 200),
    ("GET", "/static/nothing", 404),
    ("GET", "/oauth/userinfo", 401),
    ("POST", "/oauth/token", 401),
    ("POST", "/oauth/revoke", 401),
    ("POST", "/oauth/logout", 401),
    ("GET", "/oauth/public_keys.jwks", 200),
    ("GET", "/oauth/.well-known/openid-configuration", 200),
    ("DELETE", "/oauth/authorize", 405),
    ("DELETE", "/oauth/token", 405),
    ("POST", "/oauth/register", 415),
]


@pytest.mark.parametrize(("method", "path", "status"), PATHS)
def test_every_answer_is_guarded(method: str, path: str, status: int) -> None:
    reply = Asking().ask(method, path)
    headers = reply.headers
    assert reply.status_code == status
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] in {"no-store", "no-cache"}
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert ORIGIN not in headers.get("Location", ORIGIN[:0])
    assert (headers.get("Access-Control-Allow-Origin") == "*") is (path in SHARED)
    assert "Access-Control-Allow-Credentials" not in headers


def test_in_process_a_page_may_stand_in_a_frame_of_its_own() -> None:
    reply = Asking(replace(PLACE, serving=False)).ask("GET", "/id/terms")
    assert "frame-ancestors 'self'" in reply.headers["Content-Security-Policy"]


# Pages that show the newest look


def test_a_live_page_asks_this_site_what_is_new() -> None:
    reply = Asking().ask("GET", "/id/terms")
    assert '<script src="/static/live.js" defer></script>' in reply.get_data(as_text=True)
    assert reply.headers["Content-Security-Policy"].endswith("; connect-src 'self'")
    still = Asking(replace(PLACE, live="")).ask("GET", "/id/terms")
    assert "live.js" not in still.get_data(as_text=True)
    assert "connect-src" not in still.headers["Content-Security-Policy"]


# Windows that open each other (HTML, 7.1.3)


@pytest.mark.parametrize(
    ("place", "path", "policy"),
    [
        (PLACE, "/id/account", "same-origin"),
        (PLACE, "/id/account/phones", "same-origin"),
        (PLACE, "/oauth/authorize", None),
        (PLACE, "/id/signin/x", None),
        (PLACE, "/oauth/logout", None),
        (Place(origin="http://192.0.2.7", serving=True), "/id/account", None),
        (replace(PLACE, serving=False), "/id/account", None),
    ],
)
def test_a_service_keeps_hold_of_the_pop_up_it_has_opened_to_sign_in(
    place: Place, path: str, policy: str | None
) -> None:
    assert Asking(place).ask("GET", path).headers.get("Cross-Origin-Opener-Policy") == policy


# Hosts


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:8081", "localhost:8080"])
def test_a_request_for_another_host_is_refused(host: str) -> None:
    asking = Asking()
    for path in ("/oauth/authorize", "/oauth/.well-known/openid-configuration"):
        reply = asking.ask("GET", path, headers={"Host": host})
        assert reply.status_code == 421
        assert b"evil" not in reply.data
    assert asking.ask("GET", "/id/terms", headers={"Host": "127.0.0.1:8080"}).status_code == 200


def test_a_forwarded_host_is_not_believed() -> None:
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    reply = Asking().ask("GET", "/oauth/.well-known/openid-configuration", headers=headers)
    assert b"evil" not in reply.data


# Methods


def allowed(reply: TestResponse) -> set[str]:
    return set(reply.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/oauth/authorize", {"GET", "HEAD", "POST"}),
        ("/oauth/token", {"POST", "OPTIONS"}),
        ("/oauth/userinfo", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("/oauth/tokeninfo", {"GET", "HEAD"}),
        ("/oauth/revoke", {"POST", "OPTIONS"}),
        ("/oauth/logout", {"GET", "HEAD", "POST"}),
        ("/oauth/public_keys.jwks", {"GET", "HEAD", "OPTIONS"}),
        ("/oauth/.well-known/openid-configuration", {"GET", "HEAD", "OPTIONS"}),
        ("/oauth/register", {"POST"}),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "X"])
def test_other_methods_are_refused_with_those_that_there_are(
    path: str, methods: set[str], method: str
) -> None:
    reply = Asking().ask(method, path)
    assert (reply.status_code, allowed(reply)) == (405, methods)
    assert reply.mimetype == ("application/json" if path in OWN else "text/plain")


@pytest.mark.parametrize("path", ["/id/terms", "/static/page.css", "/oauth/public_keys.jwks"])
def test_head_has_the_headers_and_no_body(path: str) -> None:
    asking = Asking()
    get, head = asking.ask("GET", path), asking.ask("HEAD", path)
    assert (head.status_code, head.data) == (200, b"")
    assert dict(head.headers) == dict(get.headers)


# Scripts of other origins (Fetch, 3.2)


@pytest.mark.parametrize("path", sorted(SHARED))
def test_a_script_of_any_origin_may_ask(path: str) -> None:
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
    reply = Asking().ask("OPTIONS", path, headers=asked)
    assert (reply.status_code, reply.data) == (204, b"")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in reply.headers["Access-Control-Allow-Headers"]
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("path", ["/oauth/authorize", "/oauth/register", "/id/account", "/"])
def test_nothing_else_is_shared(path: str) -> None:
    reply = Asking().ask("OPTIONS", path)
    assert reply.status_code in {404, 405}
    assert "Access-Control-Allow-Origin" not in reply.headers


# Bodies


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke", "/oauth/userinfo"])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "a/b"])
def test_a_service_sends_forms(path: str, kind: str) -> None:
    reply = Asking().ask("POST", path, data=b'{"a": 1}', content_type=kind)
    assert reply.status_code == 415
    assert reply.get_json()["error"] == "invalid_request"


def test_a_page_sends_forms() -> None:
    asking = Asking()
    for path in ("/oauth/authorize", "/id/signin/x", "/id/password-strength"):
        reply = asking.ask("POST", path, data=b"{}", content_type="application/json")
        assert reply.status_code in {404, 415}


def test_a_form_has_a_hundred_fields() -> None:
    asking = Asking()
    for count, status in ((MAX_FIELDS, 401), (MAX_FIELDS + 1, 413)):
        body = "&".join(f"a{number}=b" for number in range(count))
        kind = "application/x-www-form-urlencoded"
        assert (
            asking.ask("POST", "/oauth/token", data=body, content_type=kind).status_code == status
        )

from __future__ import annotations

from dataclasses import replace

import pytest
from werkzeug.wrappers import Response

from studio.site.cookies import (
    BROWSER_COOKIE,
    SESSION_COOKIE,
    keep_browser,
    keep_session,
    without_session,
)
from tests.engine.given import session_of

GUARDED = {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"}
LASTING = "Max-Age=31536000"


def attributes(response: Response) -> tuple[str, set[str]]:
    """Return the one cookie of a response, and how it is to be kept."""
    (header,) = response.headers.getlist("Set-Cookie")
    (pair, *more) = header.split("; ")
    return pair, set(more)


def test_a_browser_keeps_its_name_for_a_year() -> None:
    response = Response()
    keep_browser(response, "a name")
    assert attributes(response) == (f'{BROWSER_COOKIE}="a name"', GUARDED | {LASTING})


@pytest.mark.parametrize("lasting", [True, False])
def test_a_session_is_kept_by_id_and_secret_as_long_as_it_is_to_last(*, lasting: bool) -> None:
    response = Response()
    keep_session(response, replace(session_of(), id="i", secret="s", lasting=lasting))
    expected = GUARDED | ({LASTING} if lasting else set())
    assert attributes(response) == (f"{SESSION_COOKIE}=i.s", expected)


def test_a_session_is_forgotten_under_the_attributes_it_was_kept_under() -> None:
    pair, more = attributes(without_session(Response()))
    assert pair == f"{SESSION_COOKIE}="
    assert more > GUARDED
    assert "Max-Age=0" in more


@pytest.mark.parametrize("name", [BROWSER_COOKIE, SESSION_COOKIE])
def test_cookies_are_bound_to_the_host(name: str) -> None:
    """RFC 6265bis, section 4.1.3.2: the prefix takes no Domain, and Path=/ and Secure."""
    assert name.startswith("__Host-")

from __future__ import annotations

from datetime import timedelta

import pytest

from studio.device.jar import Cookie, Jar
from studio.engine.world import FIRST_MOMENT

HOST = "id.connect.example"
NOW = FIRST_MOMENT


def jar_with(*headers: str) -> Jar:
    return Jar().updated(HOST, headers, NOW)


def test_a_new_jar_sends_nothing() -> None:
    assert Jar().header(HOST, "/", NOW) == ""


def test_a_cookie_comes_back_to_its_host_only() -> None:
    jar = jar_with("a=1; Path=/; Secure; HttpOnly; SameSite=Lax")
    assert jar.header(HOST, "/", NOW) == "a=1"
    assert jar.header("device.connect.example", "/", NOW) == ""


def test_several_cookies_come_in_one_header() -> None:
    assert jar_with("b=2; Path=/", "a=1; Path=/").header(HOST, "/", NOW) == "a=1; b=2"


def test_a_newer_cookie_takes_the_place_of_the_older() -> None:
    assert jar_with("a=1; Path=/", "a=2; Path=/").header(HOST, "/", NOW) == "a=2"


def test_a_value_comes_back_as_it_was_sent() -> None:
    assert jar_with('a="x y"; Path=/').header(HOST, "/", NOW) == 'a="x y"'


@pytest.mark.parametrize(
    ("path", "asked", "sent"),
    [
        ("/", "/", True),
        ("/", "/id/signin/x", True),
        ("/id", "/id", True),
        ("/id", "/id/signin", True),
        ("/id/", "/id/signin", True),
        ("/id", "/identity", False),
        ("/id", "/", False),
        ("/id/", "/id", False),
    ],
)
def test_a_cookie_covers_its_path_and_what_is_below(path: str, asked: str, *, sent: bool) -> None:
    """RFC 6265 section 5.1.4."""
    assert bool(jar_with(f"a=1; Path={path}").header(HOST, asked, NOW)) is sent


def test_closing_the_window_drops_session_cookies_and_keeps_the_others() -> None:
    jar = jar_with("session=1; Path=/", "staying=1; Path=/; Max-Age=60")
    assert jar.header(HOST, "/", NOW) == "session=1; staying=1"
    assert jar.window_closed().header(HOST, "/", NOW) == "staying=1"


def test_a_cookie_ends_when_its_time_is_over() -> None:
    jar = jar_with("a=1; Path=/; Max-Age=60")
    assert jar.header(HOST, "/", NOW + timedelta(seconds=59)) == "a=1"
    assert jar.header(HOST, "/", NOW + timedelta(seconds=60)) == ""


@pytest.mark.parametrize("age", ["0", "-1"])
def test_a_cookie_without_time_left_is_deleted(age: str) -> None:
    jar = jar_with("a=1; Path=/", f"a=; Path=/; Max-Age={age}")
    assert jar.header(HOST, "/", NOW) == ""


@pytest.mark.parametrize("age", ["soon", "1.5", "", "9" * 30])
def test_a_time_that_is_no_time_does_not_break_the_jar(age: str) -> None:
    """RFC 6265 section 5.2.2: such an attribute is ignored."""
    assert jar_with(f"a=1; Path=/; Max-Age={age}").header(HOST, "/", NOW) == "a=1"


@pytest.mark.parametrize("header", ["", ";", "=", "\x00=1", "no cookie at all"])
def test_what_is_not_a_cookie_is_not_kept(header: str) -> None:
    assert jar_with(header) == Jar()


def test_a_jar_is_a_value() -> None:
    before = jar_with("a=1; Path=/")
    after = before.updated(HOST, ["a=2; Path=/"], NOW)
    assert before.header(HOST, "/", NOW) == "a=1"
    assert after == jar_with("a=2; Path=/")
    assert after.cookies[HOST, "a"] == Cookie(value="2")

"""A pass lets one browser in, once."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from studio.server.passes import BROWSERS, CLOSED, LASTS, LENGTH, SIGNS, TRIES, Passes


@dataclass
class Given:
    """Passes with a clock of their own."""

    now: float = 0.0
    drawn: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.passes = Passes(self.drawn.append, lambda: self.now)
        self.passes.draw()


@pytest.fixture
def given() -> Given:
    return Given()


def test_a_pass_can_be_read_and_typed(given: Given) -> None:
    signs = given.passes.current.replace("-", "")
    assert len(signs) == LENGTH
    assert set(signs) <= set(SIGNS)
    assert not set(SIGNS) & set("01IOL")


def test_the_pass_lets_one_browser_in_once(given: Given) -> None:
    first = given.passes.current
    cookie = given.passes.enter(first)
    assert cookie
    assert given.passes.admits(cookie)
    assert given.passes.enter(first) is None
    assert given.drawn == [first, given.passes.current]


def test_a_pass_is_taken_as_people_type_it(given: Given) -> None:
    typed = f" {given.passes.current.lower().replace('-', ' ')} "
    assert given.passes.enter(typed)


@pytest.mark.parametrize("typed", ["", "x", "ABCDE-2345", "ä" * 10])
def test_anything_else_is_wrong(given: Given, typed: str) -> None:
    assert given.passes.enter(typed) is None


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43])
def test_a_made_up_cookie_admits_nobody(given: Given, cookie: str) -> None:
    assert not given.passes.admits(cookie)


def test_after_a_few_wrong_ones_nobody_comes_in_for_a_minute(given: Given) -> None:
    for _ in range(TRIES):
        assert not given.passes.closed
        given.passes.enter("wrong")
    assert given.passes.closed
    assert len(given.drawn) == 2
    assert given.passes.enter(given.passes.current) is None
    given.now = CLOSED
    assert given.passes.enter(given.passes.current)


def test_the_browser_that_came_first_is_forgotten_first(given: Given) -> None:
    cookies = [given.passes.enter(given.passes.current) or "" for _ in range(BROWSERS + 1)]
    assert [given.passes.admits(one) for one in cookies] == [False] + [True] * BROWSERS


def test_a_browser_is_let_in_for_twelve_hours(given: Given) -> None:
    cookie = given.passes.enter(given.passes.current) or ""
    given.now = LASTS.total_seconds() - 1
    assert given.passes.admits(cookie)
    given.now = LASTS.total_seconds()
    assert not given.passes.admits(cookie)

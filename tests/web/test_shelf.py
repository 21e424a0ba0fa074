from __future__ import annotations

import pytest

from studio.web.shelf import SHEET, Shelf, marked, with_focus_marked
from tests.web.pages import ORIGIN, file


@pytest.mark.parametrize(
    ("selector", "becomes"),
    [
        ("a:focus", "a[data-focus]"),
        ("a:focus-visible", "a[data-focus]"),
        (".input:focus-within", ".input[data-focus-within]"),
        ("input:not(:focus)::placeholder", "input:not([data-focus])::placeholder"),
        (":focus-ring", ":focus-ring"),
        ("a:hover", "a:hover"),
    ],
)
def test_an_attribute_stands_for_the_focus(selector: str, becomes: str) -> None:
    assert with_focus_marked(f"{selector} {{color: red}}").startswith(f"{becomes} {{color: red}}")


def test_pages_at_one_address_are_told_apart() -> None:
    shelf = Shelf()
    shelf.fill({1: file("one", "text/html"), 2: file("two", "text/html")}, {})
    for url in (f"{ORIGIN}/a", f"{ORIGIN}/a?b=c", f"{ORIGIN}/a#d"):
        assert shelf.request("GET", marked(url, 1)).body == b"one"
        assert shelf.request("GET", marked(url, 2)).body == b"two"
    assert shelf.missed == []


def test_nothing_else_is_answered() -> None:
    shelf = Shelf()
    shelf.fill({1: file("one", "text/html")}, {})
    assert shelf.request("GET", f"{ORIGIN}{SHEET}").status == 200
    assert shelf.request("GET", f"{ORIGIN}/other").status == 404
    assert shelf.request("POST", marked(ORIGIN, 1)).status == 404
    assert shelf.missed == [f"{ORIGIN}/other", marked(ORIGIN, 1)]


def test_an_address_means_one_file() -> None:
    shelf = Shelf()
    one, other = (
        {f"{ORIGIN}/a.css": file("a", "text/css")},
        {f"{ORIGIN}/a.css": file("b", "text/css")},
    )
    assert shelf.takes(one)
    shelf.fill({}, one)
    assert shelf.takes(one)
    assert not shelf.takes(other)

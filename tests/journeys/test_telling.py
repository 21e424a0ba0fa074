"""How steps are told, in the words of the page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import lxml.html
import pytest

from studio.journeys.labels import chosen_of, input_of, label_of, text_of
from studio.journeys.storyboard import storyboard
from studio.journeys.telling import MASK, Did, plainly, spelled
from tests.journeys.given import TITLE, library, run_of

if TYPE_CHECKING:
    from pathlib import Path

TO_CODE = "  - open: service\n  - fill: {identifier: $phone}\n  - press: submit\n"


def told(folder: Path, steps: str, *, head: str = "", tag: str = "") -> list[tuple[Did, str, str]]:
    """Return all notes of a journey of these steps."""
    journeys = library(folder, one=f"{TITLE}{head}steps:\n{steps}")
    board = storyboard(run_of(journeys, tag=tag), journeys, journeys.get("one"), tag)
    betweens = [*(panel.before for panel in board.panels), board.after]
    return [(note.did, note.text, note.label) for one in betweens for note in one.notes]


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(hours=25), "25 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=89), "89 days"),
        (timedelta(minutes=61), "1 hour 1 minute"),
        (timedelta(seconds=30), "30 seconds"),
        (timedelta(), "0 seconds"),
    ],
)
def test_time_is_said_as_a_journey_says_it(span: timedelta, text: str) -> None:
    assert spelled(span) == text


@pytest.mark.parametrize(
    ("value", "text"), [("mobile-data", "mobile data"), ("wifi", "Wi-Fi"), ("web-view", "web view")]
)
def test_choices_of_the_device_are_said_plainly(value: str, text: str) -> None:
    assert plainly(value) == text


def test_labels_are_what_is_seen() -> None:
    page = lxml.html.document_fromstring(
        "<form><label for=a>Two <b>words</b><span hidden>not this</span></label><input id=a name=a>"
        "<input name=b placeholder=Hint><select name=c><option value=x>Ex</option></select>"
        "<button aria-label=Close><svg><path/></svg></button></form>"
    )
    first, second, third = (input_of(page, name) for name in "abc")
    assert first is not None
    assert second is not None
    assert third is not None
    assert [label_of(page, one) for one in (first, second, third)] == ["Two words", "Hint", "c"]
    assert (chosen_of(third, "x"), chosen_of(first, "x")) == ("Ex", "x")
    assert text_of(next(page.iter("button"))) == "Close"
    assert input_of(page, "none") is None


def test_what_is_typed_and_pressed_is_told_by_the_pages_labels(tmp_path: Path) -> None:
    steps = TO_CODE + "  - expect: verify-phone\n"
    assert told(tmp_path, steps) == [
        (Did.HAPPENED, "Starts to sign in at FakeBrand", ""),
        (Did.TYPED, "+4799912345", "Phone"),
        (Did.PRESSED, "Sign in", ""),
    ]
    did, text, _label = told(tmp_path, steps, tag="ur-PK")[2]
    assert did is Did.PRESSED
    assert "\u0600" < text[0] < "\u06ff", "the page's language"


def test_a_password_is_never_told(tmp_path: Path) -> None:
    notes = told(
        tmp_path,
        "  - open: service\n  - fill: {identifier: $email}\n  - press: submit\n"
        "  - uncheck: stay\n  - fill: {password: $password}\n  - expect: password\n",
        head="services: {service: {sample: all-the-news,"
        " set: {session.stay_signed_in.shown: true}}}\n",
    )
    assert notes[-2:] == [(Did.UNCHECKED, "Stay signed in", ""), (Did.TYPED, MASK, "Password")]
    assert "correct horse" not in str(notes)


def test_a_saved_password_is_told_as_filled_in_and_masked(tmp_path: Path) -> None:
    sign_in = (
        "  - open: service\n  - fill: {identifier: $email}\n  - press: submit\n"
        "  - fill: {password: $password}\n  - press: submit\n"
    )
    again = (
        "  - open: {service: service, prompt: login}\n  - fill saved password\n"
        "  - expect: reauth-password\n"
    )
    notes = told(tmp_path, sign_in + again, head="services: {service: {sample: all-the-news}}\n")
    assert [text for _did, text, _label in notes[-4:]] == [
        "Starts to sign in at All the news",
        "prompt=login",
        "Lets the password manager fill in",
        MASK,
    ]


def test_what_is_not_done_on_a_page_is_told_in_english(tmp_path: Path) -> None:
    notes = told(
        tmp_path,
        "  - open: service\n  - wait: 25 hours\n  - close window\n"
        "  - connect: {network: mobile-data}\n  - hand to: phone\n"
        "  - open: {service: service, path: /}\n  - open: {path: /id/terms}\n  - expect: terms\n",
    )
    assert [text for _did, text, _label in notes[1:]] == [
        "25 hours later",
        "Closes the window",
        "Changes to mobile data",
        "Somebody else takes the device: has a phone only",
        "Opens FakeBrand",
        "Opens /id/terms of CONNECT",
    ]
    assert {did for did, _text, _label in notes} == {Did.HAPPENED}


def test_a_link_is_followed(tmp_path: Path) -> None:
    steps = "  - open: service\n  - press: switch\n  - expect: start/email\n"
    assert told(tmp_path, steps)[-1] == (Did.FOLLOWED, "switch to email", "")

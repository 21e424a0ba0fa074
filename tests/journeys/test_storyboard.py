"""Which panels a journey has, and what comes before each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.journeys.library import shipped
from studio.journeys.storyboard import storyboard
from studio.journeys.walking import StepError
from tests.journeys.given import TITLE, library, run_of, shipped_run

if TYPE_CHECKING:
    from pathlib import Path

    from studio.journeys.storyboard import Storyboard

TO_CODE = "  - open: service\n  - fill: {identifier: $phone}\n  - press: submit\n"


def board(folder: Path, steps: str) -> Storyboard:
    journeys = library(folder, one=f"{TITLE}steps:\n{steps}")
    return storyboard(run_of(journeys), journeys, journeys.get("one"))


def names(one: Storyboard) -> list[str]:
    return [panel.name for panel in one.panels]


def test_every_page_is_a_panel_with_the_messages_that_came_before_it() -> None:
    found = storyboard(shipped_run(), shipped(), shipped().get("scenarios/3-claims"), "en")
    point = shipped_run().play(shipped().get("scenarios/3-claims"))
    assert names(found) == [f"{one.screen}/{one.state}" for one in point.trail]
    messages = [message for panel in found.panels for message in panel.before.messages]
    assert messages == list(point.messages)
    assert [one.kind for one in found.panels[1].before.messages] == ["sms"]
    assert [panel.host.partition(".")[0] for panel in found.panels] == [
        "id", "id", "hipstagram", "id", "id", "strusic"
    ]  # fmt: skip
    assert found.title == "Scenario 3: the next service asks for an email address"
    assert b"verification code" in found.panels[1].page.document.body


def test_it_begins_where_the_first_beginning_does(tmp_path: Path) -> None:
    journeys = library(
        tmp_path,
        first=f"{TITLE}steps:\n{TO_CODE}  - expect: verify-phone\n",
        on=f"{TITLE}after: first\nsteps:\n  - press: resend\n  - expect: verify-phone\n",
    )
    found = storyboard(run_of(journeys), journeys, journeys.get("on"))
    assert names(found) == ["start/phone", "verify-phone/code-sent", "verify-phone/code-resent"]


def test_of_what_is_repeated_the_last_round_is_shown(tmp_path: Path) -> None:
    again = "  - repeat:\n      times: 3\n      steps:\n        - press: resend\n"
    found = board(tmp_path, f"{TO_CODE}{again}  - expect: verify-phone/code-resent\n")
    assert names(found)[2:] == ["verify-phone/code-resent"]
    last = found.panels[-1].before
    assert [note.text for note in last.notes] == ["3 times", "Send a new code"]
    assert len(last.messages) == 1


def test_a_second_tab_is_left_again(tmp_path: Path) -> None:
    found = board(
        tmp_path,
        f"{TO_CODE}  - other tab:\n      - press: change\n      - expect: start\n"
        "  - press: submit\n  - expect: start/stale-form\n",
    )
    assert names(found)[2:] == ["start/phone-prefilled", "start/stale-form"]
    there, back = (panel.before.notes for panel in found.panels[2:])
    assert there[0].text == "In a second tab"
    assert [note.text for note in back] == ["Back in the first tab", "Sign in"]


def test_what_comes_after_the_last_page_is_kept(tmp_path: Path) -> None:
    found = board(tmp_path, "  - open: service\n  - close window\n  - expect: start\n")
    assert [note.text for note in found.after.notes] == ["Closes the window"]


@pytest.mark.parametrize("step", ["expect: password", "press: pay", "fill: {code: $code}"])
def test_a_journey_that_fails_has_none(tmp_path: Path, step: str) -> None:
    with pytest.raises(StepError, match=r"one\.yaml:4: "):
        board(tmp_path, f"  - open: service\n  - {step}\n  - expect: start\n")

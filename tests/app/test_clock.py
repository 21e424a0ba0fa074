"""The world's clock: it moves on, the page stays, and the next action meets the new time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from studio.app import clock
from studio.app.session import Session
from studio.device.expiries import Expiry
from studio.engine.world import FIRST_MOMENT
from tests.samples import fakebrand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QPushButton
    from pytestqt.qtbot import QtBot

    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeSession

TEN = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (FIRST_MOMENT, "Mon 5 Jan 2026 09:41"),
        (datetime(2026, 12, 31, 23, 5, tzinfo=UTC), "Thu 31 Dec 2026 23:05"),
    ],
)
def test_a_moment_is_written_alike_everywhere(when: datetime, text: str) -> None:
    assert clock.moment(when) == text


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (timedelta(0), "0 min"),
        (TEN, "10 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(days=1, hours=2, minutes=3), "1 day 2 h 3 min"),
        (timedelta(days=91), "91 days"),
    ],
)
def test_a_span_is_written_in_whole_units(time: timedelta, text: str) -> None:
    assert clock.span(time) == text


def test_the_clock_shows_the_time_and_how_much_has_passed(
    window: StudioWindow, fake: FakeSession
) -> None:
    panel = window.session_panel.clock
    assert (panel.time.text(), panel.passed.text()) == ("Mon 5 Jan 2026 09:41", "")
    panel.day.click()
    assert (panel.time.text(), panel.passed.text()) == ("Tue 6 Jan 2026 09:41", "1 day later")
    panel.long.click()
    assert fake.now - FIRST_MOMENT == timedelta(days=92)
    fake.restart()
    assert (panel.time.text(), panel.passed.text()) == ("Mon 5 Jan 2026 09:41", "")


def test_the_next_expiry_is_named_and_gone_to(window: StudioWindow, fake: FakeSession) -> None:
    panel = window.session_panel.clock
    assert not panel.expiry.isEnabled()
    assert "Not now: nothing is going to end." in panel.expiry.toolTip()
    fake.expiries = (
        Expiry(name="the code", when=FIRST_MOMENT + TEN),
        Expiry(name="this sign-in", when=FIRST_MOMENT + timedelta(hours=1)),
    )
    fake.walk("verify-phone")
    assert panel.expiry.toolTip() == "Go on to Mon 5 Jan 2026 09:51, when the code ends."
    panel.expiry.click()
    assert fake.now == FIRST_MOMENT + TEN
    assert panel.expiry.toolTip() == "Go on to Mon 5 Jan 2026 10:41, when this sign-in ends."


@pytest.mark.parametrize(
    ("command", "span"),
    [
        ("journey.wait.day", timedelta(days=1)),
        ("journey.wait.long", timedelta(days=91)),
        ("journey.wait.expiry", TEN),
    ],
)
def test_the_menu_moves_the_clock_too(
    window: StudioWindow, fake: FakeSession, command: str, span: timedelta
) -> None:
    fake.expiries = (Expiry(name="the code", when=FIRST_MOMENT + TEN),)
    fake.walk("verify-phone")
    window.commands.action(command).trigger()
    assert fake.now - FIRST_MOMENT == span


def test_before_the_first_page_no_time_passes(window: StudioWindow, fake: FakeSession) -> None:
    fake.steps = ()
    panel = window.session_panel.clock
    panel.show_time()
    buttons: tuple[QPushButton, ...] = (panel.day, panel.long, panel.expiry)
    for button in buttons:
        assert not button.isEnabled()
        assert "Not now: no page is shown yet." in button.toolTip()
    window.commands.refresh()
    assert not window.commands.action("journey.wait.day").isEnabled()


def test_nothing_that_ends_leaves_the_clock_alone(fake: FakeSession) -> None:
    clock.go_to_expiry(fake)  # type: ignore[arg-type]  # the fake stands in for a session
    assert fake.now == FIRST_MOMENT


# A session of its own


@pytest.fixture
def real(qtbot: QtBot) -> Iterator[Session]:
    """A session at the start screen, with a page."""
    made = Session(fakebrand())
    made.view.resize(360, 640)
    with qtbot.waitExposed(made.view):
        made.view.show()
    with qtbot.waitSignal(made.stepped):
        made.restart()
    qtbot.waitUntil(lambda: not made.view.loading)
    yield made
    made.close_down()


def press(qtbot: QtBot, session: Session, **typed: str) -> None:
    with qtbot.waitSignal(session.stepped):
        session.fill(typed)
        session.view.run("document.querySelector('.button').click()")
    qtbot.waitUntil(lambda: not session.view.loading)


def test_time_passes_while_the_page_stays(qtbot: QtBot, real: Session) -> None:
    press(qtbot, real, identifier="999 12 345")
    assert [one.name for one in real.expiries] == ["the code", "this sign-in"]
    address = real.view.address
    with qtbot.waitSignal(real.stepped):
        real.wait(TEN)
    assert (real.now, real.view.address) == (FIRST_MOMENT + TEN, address)
    assert not real.view.loading
    assert [step.state for step in real.steps] == ["phone", "code-sent"]
    press(qtbot, real, code=str(real.inbox[-1].code))
    assert real.steps[-1].state == "code-expired"


def test_going_back_in_the_trail_brings_the_time_back(qtbot: QtBot, real: Session) -> None:
    press(qtbot, real, identifier="999 12 345")
    real.wait(TEN)
    for position, now in ((0, FIRST_MOMENT), (1, FIRST_MOMENT + TEN)):
        with qtbot.waitSignal(real.stepped):
            real.go_to(position)
        qtbot.waitUntil(lambda: not real.view.loading)
        assert real.now == now
    with qtbot.waitSignal(real.stepped):
        real.restart()
    assert real.now == FIRST_MOMENT


def test_the_session_tells_why_its_page_is_shown(qtbot: QtBot, real: Session) -> None:
    press(qtbot, real, identifier="999 12 345")
    told = real.inspection()
    assert told is not None
    assert (told.screen, told.state) == ("verify-phone", "code-sent")
    assert told.flow is not None
    real.steps = ()
    assert real.inspection() is None

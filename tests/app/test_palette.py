from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from studio.app import tokens
from studio.app.finding import score
from studio.app.palette import CommandPalette
from studio.app.theme import Scheme, Theme
from tests.app.fakes import SMS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeSession


@pytest.mark.parametrize(
    ("wanted", "better", "worse"),
    [
        ("re", "Restart", "Play a URL from there"),
        ("zi", "Zoom In", "A razzia"),
        ("shot", "Shot", "Show on Two"),
        ("save", "Save", "Show all views everywhere"),
    ],
)
def test_starts_of_words_fit_better(wanted: str, better: str, worse: str) -> None:
    first, second = score(wanted, better), score(wanted, worse)
    assert first is not None
    assert second is not None
    assert first < second


def test_letters_in_another_order_do_not_fit() -> None:
    assert score("evas", "Save") is None


@pytest.mark.parametrize(
    ("wanted", "title"),
    [("fill", "Open fakebrand.client.yaml"), ("rst", "Restart"), ("code x", "Use the Newest Code")],
)
def test_letters_that_are_scattered_do_not_fit(wanted: str, title: str) -> None:
    assert score(wanted, title) is None


@pytest.mark.parametrize(
    ("wanted", "title"),
    [("desktop show", "Show on Desktop"), ("start", "Restart"), ("urdu", "Language: اردو (Urdu)")],
)
def test_words_fit_in_any_order_and_inside_of_words(wanted: str, title: str) -> None:
    assert score(wanted, title) is not None


def _open(window: StudioWindow, qtbot: QtBot) -> tuple[CommandPalette, QLineEdit]:
    window.show()
    qtbot.waitExposed(window)
    window.commands.action("help.commands").trigger()
    palette = window.findChild(CommandPalette)
    assert isinstance(palette, CommandPalette)
    field = palette.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return palette, field


def _titles(palette: CommandPalette) -> list[str]:
    model = palette._model
    return [model.item(row).text() for row in range(model.rowCount())]


def test_enter_runs_what_was_found(window: StudioWindow, fake: FakeSession, qtbot: QtBot) -> None:
    palette, field = _open(window, qtbot)
    QTest.keyClicks(field, "resta")
    assert _titles(palette)[0] == "Restart"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert fake.restarts == 1
    assert not palette.isVisible()


def test_arrows_choose_another_row(window: StudioWindow, qtbot: QtBot) -> None:
    palette, field = _open(window, qtbot)
    QTest.keyClicks(field, "show on d")
    assert _titles(palette)[0] == "Show on Desktop"
    field.clear()
    QTest.keyClicks(field, "show on")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.stage.device.id == "small-phone"


def test_a_command_that_cannot_run_does_not(window: StudioWindow, qtbot: QtBot) -> None:
    palette, field = _open(window, qtbot)
    QTest.keyClicks(field, "undo")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_keys_go_past_what_cannot_run(window: StudioWindow, qtbot: QtBot) -> None:
    palette, field = _open(window, qtbot)
    rows, undo = palette._model.rowCount(), _titles(palette).index("Undo")
    for _ in range(undo + 1):
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert palette._list.currentIndex().row() == undo + 1
    QTest.keyClick(field, Qt.Key.Key_End)
    assert palette._list.currentIndex().row() == rows - 1
    QTest.keyClick(field, Qt.Key.Key_Home)
    assert palette._list.currentIndex().row() == 0
    palette.close()


def test_it_is_as_high_as_what_was_found(window: StudioWindow, qtbot: QtBot) -> None:
    palette, field = _open(window, qtbot)
    assert palette._list.height() == 10 * tokens.ROW
    QTest.keyClicks(field, "undo")
    assert palette._list.height() == tokens.ROW
    assert palette._nothing.isHidden()
    QTest.keyClicks(field, "qqq")
    assert palette._list.isHidden()
    assert palette._nothing.text() == "Nothing found."
    assert not palette._nothing.isHidden()
    QTest.keyClick(field, Qt.Key.Key_Down)
    palette.close()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_its_edge_is_seen(window: StudioWindow, theme: Theme, qtbot: QtBot, scheme: Scheme) -> None:
    theme.choose(scheme)
    palette, _ = _open(window, qtbot)
    image = palette.grab().toImage()
    edge, inside = (image.pixelColor(x, 40).lightness() for x in (0, 3))
    assert abs(edge - inside) > 60
    palette.close()


def _find(window: StudioWindow, qtbot: QtBot, wanted: str) -> None:
    _, field = _open(window, qtbot)
    QTest.keyClicks(field, wanted)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_people_languages_and_inputs_are_found(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    _find(window, qtbot, "person has phone")
    assert fake.person.id == "all"
    _find(window, qtbot, "urdu")
    assert fake.locale == "ur-PK"
    fake.walk("verify-phone")
    fake.receive(SMS)
    _find(window, qtbot, "newest code")
    fake.walk("password")
    _find(window, qtbot, "type password")
    assert fake.filled == [{"code": "4821"}, {"password": "correct horse"}]


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("go to brand", "Header colour: pick"),
        ("go to start", "Fields: Both"),
        ("go to sign-in", "Level: 1 Phone"),
        ("go to who", "Person"),
        ("go to inbox", "Inbox"),
        ("go to request", "scope"),
    ],
)
def test_a_section_gets_the_keyboard(
    window: StudioWindow, qtbot: QtBot, wanted: str, first: str
) -> None:
    window.show()
    window.resize(1366, 768)
    for section in window.parts.sections:
        section.head.click()
    window.toggle_panel(1)
    _find(window, qtbot, wanted)
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == first
    assert focused.isVisible()


def test_recent_files_that_are_not_there_are_not_listed(window: StudioWindow, qtbot: QtBot) -> None:
    palette, _ = _open(window, qtbot)
    assert not [title for title in _titles(palette) if title.startswith("Open Recent")]
    palette.close()

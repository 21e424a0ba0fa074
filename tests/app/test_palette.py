from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from studio.app.palette import CommandPalette, score

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeSession


@pytest.mark.parametrize(
    ("wanted", "better", "worse"),
    [
        ("re", "Restart", "Play a URL from there"),
        ("zi", "Zoom In", "Resize it"),
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
    assert window.stage.device.id == "desktop"


def test_a_command_that_cannot_run_does_not(window: StudioWindow, qtbot: QtBot) -> None:
    palette, field = _open(window, qtbot)
    QTest.keyClicks(field, "undo")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_recent_files_that_are_not_there_are_not_listed(window: StudioWindow, qtbot: QtBot) -> None:
    palette, _ = _open(window, qtbot)
    assert not [title for title in _titles(palette) if title.startswith("Recent")]
    palette.close()

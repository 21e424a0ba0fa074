from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)

from studio.app.dialogs import Conflict, Dialogs, UrlDialog
from studio.app.lists import MistakesDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def _refuse(url: str) -> None:
    if "client_id=" not in url:
        raise ValueError("The URL names no client.")


def _dialog(qtbot: QtBot) -> tuple[UrlDialog, QPlainTextEdit, QPushButton]:
    dialog = UrlDialog(None, _refuse)
    qtbot.addWidget(dialog)
    text = dialog.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    play = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Play")
    return dialog, text, play


def test_a_url_that_cannot_be_played_is_explained_and_kept(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    dialog, text, play = _dialog(qtbot)
    text.setPlainText("https://example.com/")
    play.click()
    assert dialog.error == "The URL names no client."
    assert text.toPlainText() == "https://example.com/"
    assert dialog.result() != QDialog.DialogCode.Accepted


def test_a_copied_url_is_there_already(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("https://example.com/authorize?client_id=a")
    dialog, _, play = _dialog(qtbot)
    play.click()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_single_sample_needs_no_question() -> None:
    assert Dialogs().sample(("fakebrand",)) == "fakebrand"


def _press(title: str) -> None:
    """Press a button of the question that is asked now."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(each for each in box.buttons() if each.text().replace("&", "") == title).click()


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Overwrite", Conflict.OVERWRITE),
        ("Reload", Conflict.RELOAD),
        ("Cancel", Conflict.CANCEL),
    ],
)
def test_a_conflict_on_disk_has_three_answers(title: str, expected: Conflict) -> None:
    QTimer.singleShot(0, lambda: _press(title))
    assert Dialogs().ask_about_conflict("mine.client.yaml") is expected


def test_mistakes_stand_one_a_line_and_are_copied(qtbot: QtBot) -> None:
    mistakes = [f"mine.client.yaml:{line}:1 wrong" for line in range(1, 31)]
    dialog = MistakesDialog(None, "mine.client.yaml cannot be opened.", mistakes)
    qtbot.addWidget(dialog)
    dialog.show()
    heading = dialog.findChild(QLabel)
    assert isinstance(heading, QLabel)
    assert heading.text() == "mine.client.yaml cannot be opened. It has 30 mistakes:"
    assert dialog.height() < 400
    assert dialog.list.verticalScrollBar().maximum() > 0
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text().splitlines() == mistakes


@pytest.mark.usefixtures("dressed")
def test_buttons_of_dialogs_have_no_icons_of_the_system(qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.show()
    assert [each.icon().isNull() for each in box.buttons()] == [True] * 3


@pytest.mark.usefixtures("dressed")
def test_a_focused_button_has_one_ring(qtbot: QtBot) -> None:
    """Across the middle the ring is seen twice: at the left end and at the right one."""
    button = QPushButton("")
    qtbot.addWidget(button)
    button.resize(100, 28)
    button.show()
    button.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    image = button.grab().toImage()
    row = [image.pixelColor(x, 14).name() for x in range(image.width())]
    inside = row[6:-6]
    assert set(inside) == {inside[0]}
    assert row[0] != inside[0]

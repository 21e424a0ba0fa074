from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox, QToolButton

from studio.app.gradient_bar import GradientBar
from studio.app.one_colour import OneColour
from studio.app.picker import ColourPicker
from studio.client.colour import parse_paint

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.app.document import Document
    from studio.app.paint_editor import PaintEditor
    from studio.app.window import StudioWindow

TWO = "linear-gradient(90deg, #ff0000 0%, #0000ff 100%)"


@pytest.fixture
def editor(window: StudioWindow) -> PaintEditor:
    editor = window.brand.header._editor
    window.document.apply(("branding", "header"), TWO)
    return editor


def _css(document: Document) -> str:
    return document.client.branding.header.css()


def _part[W: (GradientBar, ColourPicker, QSpinBox)](editor: PaintEditor, kind: type[W]) -> W:
    part = editor.findChild(kind)
    assert isinstance(part, kind)
    return part


def test_it_shows_the_gradient(editor: PaintEditor) -> None:
    handles = _part(editor, GradientBar).handles
    assert [(each.colour.name(), each.place) for each in handles] == [
        ("#ff0000", 0.0),
        ("#0000ff", 100.0),
    ]
    assert _part(editor, QSpinBox).value() == 90


def test_a_picked_colour_goes_to_the_chosen_stop(editor: PaintEditor, document: Document) -> None:
    _part(editor, GradientBar).choose(1)
    _part(editor, ColourPicker).picked.emit(QColor("#00ff00"))
    assert _css(document) == "linear-gradient(90deg, #ff0000 0%, #00ff00 100%)"


def test_keys_move_a_stop_as_one_undo_step(editor: PaintEditor, document: Document) -> None:
    bar = _part(editor, GradientBar)
    bar.choose(1)
    for _ in range(3):
        QTest.keyClick(bar, Qt.Key.Key_Left)
    assert _css(document) == "linear-gradient(90deg, #ff0000 0%, #0000ff 97%)"
    document.undo()
    assert _css(document) == parse_paint(TWO).css()
    assert bar.handles[1].place == 100.0


def test_a_stop_is_dragged_but_not_past_its_neighbour(
    editor: PaintEditor, document: Document
) -> None:
    bar = _part(editor, GradientBar)
    bar.resize(200, bar.sizeHint().height())
    end = QPoint(bar.width() - 9, 20)
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=end)
    QTest.mouseMove(bar, QPoint(-50, 20))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(-50, 20))
    assert _css(document) == "linear-gradient(90deg, #ff0000 0%, #0000ff 0%)"


def test_stops_are_added_and_removed(editor: PaintEditor, document: Document) -> None:
    add, remove = editor.findChildren(QToolButton)
    assert not remove.isEnabled()
    add.click()
    assert _css(document) == "linear-gradient(90deg, #ff0000 0%, #800080 50%, #0000ff 100%)"
    assert remove.isEnabled()
    remove.click()
    assert _css(document) == parse_paint(TWO).css()


def test_the_direction_is_turned(editor: PaintEditor, document: Document) -> None:
    _part(editor, QSpinBox).setValue(45)
    assert _css(document).startswith("linear-gradient(45deg")


def test_kinds_are_changed(editor: PaintEditor, document: Document) -> None:
    kinds = editor._kind
    kinds.segment("radial").click()
    assert _css(document).startswith("radial-gradient(circle")
    assert not _part(editor, QSpinBox).isEnabled()
    kinds.segment("solid").click()
    assert _css(document) == "#800080"
    kinds.segment("linear").click()
    assert _css(document) == "linear-gradient(100deg, #800080 0%, #600060 100%)"


def test_a_solid_colour_is_picked_with_keys(editor: PaintEditor, document: Document) -> None:
    document.apply(("branding", "header"), "#ff0000")
    picker = _part(editor, ColourPicker)
    assert picker.colour.name() == "#ff0000"
    QTest.keyClick(picker._square, Qt.Key.Key_Left)
    assert _css(document) == "#ff0505"


def _one(editor: PaintEditor) -> OneColour:
    one = editor.findChild(OneColour)
    assert isinstance(one, OneColour)
    return one


def test_the_chosen_stop_is_typed(editor: PaintEditor, document: Document) -> None:
    text = _one(editor).text
    assert text.text() == "#ff0000"
    text.selectAll()
    QTest.keyClicks(text, "lime")
    assert _css(document) == "linear-gradient(90deg, #00ff00 0%, #0000ff 100%)"
    assert text.text() == "lime"
    assert _part(editor, ColourPicker).colour.name() == "#00ff00"
    QTest.keyClicks(text, "x")
    assert _one(editor).error.endswith('did you mean "lime"?')
    assert _css(document) == "linear-gradient(90deg, #00ff00 0%, #0000ff 100%)"
    _part(editor, GradientBar).choose(1)
    assert (text.text(), _one(editor).error) == ("#0000ff", "")


def test_a_gradient_is_no_colour_of_a_stop(editor: PaintEditor) -> None:
    _one(editor).text.typed.emit(TWO)
    assert _one(editor).error.startswith("One colour is wanted here")


def test_a_stop_is_made_translucent(editor: PaintEditor, document: Document) -> None:
    _one(editor).opacity.setValue(50)
    assert _css(document) == "linear-gradient(90deg, #ff000080 0%, #0000ff 100%)"
    assert _one(editor).text.text() == "#ff000080"
    QTest.keyClick(_part(editor, ColourPicker)._square, Qt.Key.Key_Left)
    assert _css(document).startswith("linear-gradient(90deg, #ff050580 0%")


def test_it_opens_beside_the_panel(editor: PaintEditor, window: StudioWindow, qtbot: QtBot) -> None:
    window.resize(700, 600)
    window.show()
    qtbot.waitExposed(window)
    window.brand.header._swatch.click()
    edge = window.brand.mapToGlobal(QPoint(window.brand.width(), 0)).x()
    assert editor.x() >= edge
    editor.close()


def test_escape_closes_it(editor: PaintEditor, window: StudioWindow) -> None:
    window.show()
    editor.open_beside(window.brand.header, window.brand)
    assert editor.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()

"""How is text typed? In a line or in a few, both telling of each change by the person."""

from __future__ import annotations

from math import ceil
from typing import override

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy

from studio.app import tokens

_STILL_HERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


def asks_to_undo(event: QEvent) -> bool:
    """Tell whether a key means undo or redo."""
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in keys)


class TextField(QLineEdit):
    """One line of text; `typed` for each change by the person, `finished` on Enter or leaving it.

    Where `undoes_document` is set, undo and redo are the window's and not the field's own.
    """

    undoes_document = False

    typed = Signal(str)
    finished = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self.typed)
        self.editingFinished.connect(self.finished)

    def show_text(self, text: str) -> None:
        """Show a value unless it stands there already, so that the cursor stays."""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    @override
    def event(self, event: QEvent) -> bool:
        if self.undoes_document and asks_to_undo(event):
            event.ignore()
            return False
        return super().event(event)


class TextArea(QPlainTextEdit):
    """Some lines of text; Tab leaves it, as every control, and Ctrl+Enter finishes it.

    It grows with its text, up to a number of lines. Undo is as in `TextField`.
    """

    undoes_document = False

    typed = Signal(str)
    finished = Signal()

    def __init__(self, lines: int, most: int = 0) -> None:
        """Make an empty box.

        Args:
            lines: How many lines it shows at least.
            most: How many it grows to; as many as `lines` when left out.
        """
        super().__init__()
        self._least, self._most = lines, max(lines, most)
        self._lines = lines
        self._showing = False
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(tokens.XS - 1)
        self.textChanged.connect(self._tell)
        self.textChanged.connect(self._grow)

    def show_text(self, text: str) -> None:
        """Show a value unless it stands there already, without telling."""
        if self.toPlainText() != text:
            self._showing = True
            self.setPlainText(text)
            self._showing = False

    def show_hint(self, text: str) -> None:
        """Show a text where there is none; there is room for all of it."""
        self.setPlaceholderText(text)
        self._grow()

    def write_from_right(self, *, rtl: bool) -> None:
        """Lay text out from right to left, whatever its first letter is, or from left to right."""
        option = self.document().defaultTextOption()
        side = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(side)
        self.document().setDefaultTextOption(option)
        self.setLayoutDirection(side)

    def _grow(self) -> None:
        lines = min(max(self._text_lines(), self._least), self._most)
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _text_lines(self) -> int:
        """Return on how many lines the text stands at this width."""
        line = QFontMetrics(self.font()).lineSpacing()
        if self.document().isEmpty():
            room = self.viewport().rect().adjusted(tokens.XS, 0, -tokens.XS, 0)
            wrap = Qt.TextFlag.TextWordWrap
            words = self.fontMetrics().boundingRect(room, wrap, self.placeholderText())
            return ceil(words.height() / line)
        layout, block, height = self.document().documentLayout(), self.document().begin(), 0.0
        while block.isValid():
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        return ceil((height - 2 * self.document().documentMargin()) / line)

    def _tell(self) -> None:
        if not self._showing:
            self.typed.emit(self.toPlainText())

    @override
    def sizeHint(self) -> QSize:
        height = QFontMetrics(self.font()).lineSpacing() * self._lines + 4 * tokens.XS + 2
        return QSize(super().sizeHint().width(), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STILL_HERE:
            self.finished.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = Qt.Key(event.key()) in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if self.undoes_document and asks_to_undo(event):
            event.ignore()
            return False
        return super().event(event)

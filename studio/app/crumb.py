"""How does one step of the trail look? Its title, and small after it which variant it is."""

from __future__ import annotations

from typing import override

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter, QToolButton

from studio.app import tokens

_PAD = 8
_SMALL = tokens.TITLE


class Crumb(QToolButton):
    """A button with a title and, where that is not enough to tell it apart, a state."""

    def __init__(self, title: str, state: str) -> None:
        super().__init__()
        self._state = f"· {state}" if state else ""
        self.setText(title)
        self.setProperty("role", "crumb")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def sizeHint(self) -> QSize:
        width = self._title_width() + self._state_width() + 2 * _PAD
        return QSize(width, tokens.CONTROL)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()  # The trail moves the focus, from the last crumb to the first too.
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        colours = tokens.colours()
        lit = self.isChecked() or self.underMouse()
        painter.setFont(self._title_font())
        painter.setPen(tokens.paint_colour(colours.text if lit else colours.muted))
        inner = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, middle, self.text())
        painter.setFont(self._state_font())
        painter.setPen(tokens.paint_colour(colours.muted))
        after = QRect(inner).adjusted(self._title_width() + tokens.XS, 0, 0, 0)
        painter.drawText(after, middle, self._state)

    def _title_width(self) -> int:
        return QFontMetrics(self._title_font()).horizontalAdvance(self.text())

    def _state_width(self) -> int:
        if not self._state:
            return 0
        return tokens.XS + QFontMetrics(self._state_font()).horizontalAdvance(self._state)

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        return font

    def _state_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(_SMALL)
        return font

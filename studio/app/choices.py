"""How is one of several values chosen? From a list, or side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from studio.app import tokens
from studio.app.controls import name_control

if TYPE_CHECKING:
    from collections.abc import Mapping


SHORT = Qt.ItemDataRole.UserRole + 1
_LEAST = 84
_AROUND_TEXT = 2 * tokens.S + tokens.L + tokens.XS
"""Room for the padding and the arrow."""


class Chooser(QComboBox):
    """A list to choose from, as wide as its rows where there is room.

    Where there is not, the box shows the short text of a row (role `SHORT`), if it has one. The
    mouse wheel is left to what is around: it would choose while somebody scrolls.
    """

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        name_control(self, name, tip)
        name_control(self.view(), name, tip)
        self.currentTextChanged.connect(self.updateGeometry)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def fit_list(self) -> None:
        """Make the list as wide as its longest row, whatever the width of the box."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + tokens.XL)
        self.setMaxVisibleItems(max(self.count(), 1))

    def allow_row(self, row: int, *, allowed: bool) -> None:
        """Let a row be chosen, or show it in grey."""
        model = self.model()
        if isinstance(model, QStandardItemModel):
            model.item(row).setEnabled(allowed)

    @property
    def shown_text(self) -> str:
        """The text of the chosen row, or the short one where there is no room for it."""
        text, short = self.currentText(), self._short_text()
        narrow = self.width() < min(self._width_of(text), self.sizeHint().width())
        return short if short and narrow else text

    def _short_text(self) -> str:
        return str(self.currentData(SHORT) or "")

    def _width_of(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + _AROUND_TEXT

    @override
    def minimumSizeHint(self) -> QSize:
        short = self._short_text()
        width = self._width_of(short) if short else _LEAST
        return QSize(width, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_text
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Choice(QFrame):
    """A few values side by side, one of them chosen; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, options: Mapping[str, str], name: str, tip: str) -> None:
        """Offer values with their titles."""
        super().__init__()
        name_control(self, name, tip)
        self.setProperty("role", "segments")
        self._group = QButtonGroup(self)
        self._buttons = {value: self._segment(title, name) for value, title in options.items()}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for segment in self._buttons.values():
            layout.addWidget(segment, 1)
        self._group.buttonClicked.connect(self._tell)

    def _segment(self, title: str, name: str) -> QPushButton:
        segment = QPushButton(title)
        segment.setCheckable(True)
        segment.setAutoDefault(False)
        segment.setProperty("role", "segment")
        name_control(segment, f"{name}: {title}", self.toolTip())
        segment.installEventFilter(self)
        self._group.addButton(segment)
        return segment

    @property
    def value(self) -> str:
        """The chosen value, empty when none is."""
        return next((each for each, button in self._buttons.items() if button.isChecked()), "")

    def show_value(self, value: str) -> None:
        """Mark a value as the chosen one, without telling."""
        self._buttons[value].setChecked(True)
        for each, segment in self._buttons.items():
            stop = Qt.FocusPolicy.StrongFocus if each == value else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(stop)

    def focus(self) -> None:
        """Put the keyboard on the chosen value."""
        self._buttons[self.value].setFocus(Qt.FocusReason.TabFocusReason)

    def segment(self, value: str) -> QPushButton:
        """Return the button of a value."""
        return self._buttons[value]

    def set_tool_tip(self, tip: str) -> None:
        """Give the choice and its segments another tool tip."""
        self.setToolTip(tip)
        for segment in self._buttons.values():
            segment.setToolTip(tip)

    def _tell(self, clicked: QAbstractButton) -> None:
        value = next(each for each, button in self._buttons.items() if button is clicked)
        self.show_value(value)
        self.chosen.emit(value)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
            if step:
                return self._move(step)
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> bool:
        values = list(self._buttons)
        value = values[(values.index(self.value) + step) % len(values)]
        self._buttons[value].setFocus(Qt.FocusReason.TabFocusReason)
        self._buttons[value].click()
        return True

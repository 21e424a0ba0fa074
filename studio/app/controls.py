"""What do all panels need to make controls: labels, buttons, names and properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from studio.app import tokens
from studio.app.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """Return a text in one of the style sheet's roles; texts are never read as mark-up."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setProperty("role", role)
    result.setWordWrap(wrap)
    return result


def button(text: str, tip: str, icon_name: str = "") -> QPushButton:
    """Return a push button with a tool tip and an accessible name."""
    result = QPushButton(text)
    if icon_name:
        result.setIcon(icon(icon_name))
        result.setIconSize(QSize(tokens.ICON, tokens.ICON))
    result.setToolTip(tip)
    result.setAccessibleName(text)
    result.setAutoDefault(False)
    return result


def icon_button(icon_name: str, name: str, tip: str) -> QToolButton:
    """Return a button that is only an icon."""
    result = QToolButton()
    result.setIcon(icon(icon_name))
    result.setIconSize(QSize(tokens.ICON, tokens.ICON))
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    name_control(result, name, tip)
    return result


def widgets_in(layout: QLayout) -> list[QWidget]:
    """Return the widgets of a layout in order."""
    items = (layout.itemAt(index) for index in range(layout.count()))
    widgets = (item.widget() for item in items if item)
    return [widget for widget in widgets if widget]


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    for widget in widgets_in(layout):
        widget.hide()
        widget.deleteLater()
    while layout.count():
        layout.takeAt(0)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def name_control(widget: QWidget, name: str, tip: str) -> None:
    """Give a control its accessible name and its tool tip."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip)


def allow(control: QWidget, tip: str, reason: str) -> None:
    """Enable a control, or disable it for a reason that ends its tool tip."""
    control.setEnabled(not reason)
    control.setToolTip(f"{tip}\nNot now: {reason}" if reason else tip)


class IconLabel(QWidget):
    """A small picture that follows the colour scheme."""

    def __init__(self, icon_name: str, size: int = tokens.ICON) -> None:
        super().__init__()
        self._icon = icon(icon_name)
        self.setFixedSize(size, size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._icon.paint(QPainter(self), self.rect())

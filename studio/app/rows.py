"""How does a control stand in a panel? After its label, with a line below for what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.choices import Choice
from studio.app.controls import label, restyle


class Row(QWidget):
    """A control with its label before it and, when something is wrong, why below it."""

    def __init__(self, title: str, control: QWidget, tip: str, *, above: bool = False) -> None:
        """Lay out a control.

        Args:
            title: The visible label; also the control's name unless it has one.
            control: The control.
            tip: The tool tip of label and control.
            above: Whether the label stands above the control instead of before it.
        """
        super().__init__()
        self.control = control
        self._tip = tip
        self._title = label(title)
        if not above:
            self._title.setFixedWidth(tokens.LABEL)
        self._title.setToolTip(tip)
        self._title.setBuddy(control)
        self._error = label("", "error", wrap=True)
        self._error.hide()
        if not control.accessibleName():
            control.setAccessibleName(title)
        if not control.toolTip():
            control.setToolTip(tip)
        control.setAccessibleDescription(tip)
        self._lay_out(control, above=above)

    def _lay_out(self, control: QWidget, *, above: bool) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.XS)
        fixed = control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        side = Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0)
        column.addWidget(control, 0, side)
        column.addWidget(self._error)
        direction = QBoxLayout.Direction.TopToBottom if above else QBoxLayout.Direction.LeftToRight
        layout = QBoxLayout(direction, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.XS if above else tokens.S)
        if not above:
            self._title.setMinimumHeight(tokens.CONTROL)
        layout.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)

    @property
    def error(self) -> str:
        """Why the value is wrong; empty when it is right."""
        return self._error.text()

    def show_error(self, reason: str) -> None:
        """Say why the value is wrong, or with an empty text that it is right."""
        self._error.setText(reason)
        self._error.setVisible(bool(reason))
        typed = self.control.focusProxy() or self.control
        for widget in (self.control, typed):
            widget.setAccessibleDescription(f"Error: {reason}" if reason else self._tip)
        restyle(typed, "invalid", "true" if reason else "false")

    def allow(self, reason: str) -> None:
        """Enable the control, or disable it for a reason that becomes its tool tip."""
        tip = f"{self._tip}\nNot now: {reason}" if reason else self._tip
        self.control.setEnabled(not reason)
        self._title.setEnabled(not reason)
        self._title.setToolTip(tip)
        if isinstance(self.control, Choice):
            self.control.set_tool_tip(tip)
        else:
            self.control.setToolTip(tip)

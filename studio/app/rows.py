"""How does a control stand in a panel? After its label, with a line below for what is wrong.

A control of two parts has the second one, where text is typed, below both in the panel's width.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.choices import Choice
from studio.app.controls import label, restyle
from studio.app.settings_text import sentence

if TYPE_CHECKING:
    from studio.app.texts import TextArea, TextField


class Row(QWidget):
    """A control with its label before it and, when something is wrong, why below it."""

    def __init__(
        self,
        title: str,
        control: QWidget,
        tip: str,
        *,
        above: bool = False,
        below: TextField | TextArea | None = None,
    ) -> None:
        """Lay out a control.

        Args:
            title: The visible label; also the control's name unless it has one.
            control: The control.
            tip: The tool tip of label and control.
            above: Whether the label stands above the control instead of before it.
            below: The control's second part, where text is typed.
        """
        super().__init__()
        self.control = control
        self._typed = below or control
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
        self._lay_out(control, above=above, below=below)

    def _lay_out(self, control: QWidget, *, above: bool, below: QWidget | None) -> None:
        direction = QBoxLayout.Direction.TopToBottom if above else QBoxLayout.Direction.LeftToRight
        line = QBoxLayout(direction)
        line.setSpacing(tokens.XS if above else tokens.S)
        fixed = control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        column = QVBoxLayout()
        column.setSpacing(tokens.XS)
        column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0))
        if not above:
            self._title.setMinimumHeight(tokens.CONTROL)
        line.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.XS)
        layout.addLayout(line)
        if below:
            layout.addWidget(below)
            layout.addWidget(self._error)
        else:
            column.addWidget(self._error)

    @property
    def error(self) -> str:
        """Why the value is wrong; empty when it is right."""
        return self._error.text()

    def show_error(self, reason: str) -> None:
        """Say why the value is wrong, or with an empty text that it is right."""
        said = sentence(reason)
        self._error.setText(said)
        self._error.setVisible(bool(said))
        for widget in (self.control, self._typed):
            widget.setAccessibleDescription(f"Error: {said}" if said else self._tip)
        restyle(self._typed, "invalid", "true" if said else "false")

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

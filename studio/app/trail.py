"""Which screens were passed? A trail of them; a click goes back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from studio.app import tokens
from studio.app.controls import IconLabel, clear, widgets_in

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from studio.app.session import Session

_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Trail(QWidget):
    """The screens in order, the one shown now marked; arrow keys move along them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setAccessibleName("Trail of screens")
        self.setFixedHeight(tokens.ROW)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(tokens.L, 0, tokens.L, 0)
        self._row.setSpacing(0)
        session.stepped.connect(self.show_steps)
        self.show_steps()

    @property
    def crumbs(self) -> list[QToolButton]:
        """The steps' buttons in order."""
        return [widget for widget in widgets_in(self._row) if isinstance(widget, QToolButton)]

    def show_steps(self) -> None:
        """Show the session's steps."""
        focused = any(crumb.hasFocus() for crumb in self.crumbs)
        clear(self._row)
        self._row.addStretch(1)
        for position, step in enumerate(self._session.steps):
            if position:
                self._row.addWidget(IconLabel("chevron-right", tokens.M))
            self._row.addWidget(self._crumb(position, step.title))
        self._row.addStretch(1)
        if focused and self.crumbs:
            self.crumbs[self._session.position].setFocus()

    def _crumb(self, position: int, title: str) -> QToolButton:
        here = position == self._session.position
        crumb = QToolButton()
        crumb.setText(title)
        crumb.setProperty("role", "crumb")
        crumb.setCheckable(True)
        crumb.setChecked(here)
        crumb.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        crumb.setAccessibleName(f"Step {position + 1}, {title}{', shown now' if here else ''}")
        crumb.setToolTip("This screen is shown." if here else f"Go to {title}.")
        crumb.clicked.connect(lambda: self._go(position))
        return crumb

    def _go(self, position: int) -> None:
        if position == self._session.position:
            self.crumbs[position].setChecked(True)
        else:
            self._session.go_to(position)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move, crumbs = _MOVES.get(Qt.Key(event.key())), self.crumbs
        at = next((index for index, crumb in enumerate(crumbs) if crumb.hasFocus()), None)
        if move is None or at is None:
            super().keyPressEvent(event)
        else:
            crumbs[(at + move) % len(crumbs)].setFocus(Qt.FocusReason.TabFocusReason)

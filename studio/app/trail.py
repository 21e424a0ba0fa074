"""Which screens were passed? A trail of them; a click goes back to one.

However long the trail is, a crumb keeps its width: the trail scrolls and shows the current one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QWidget

from studio.app import tokens
from studio.app.controls import IconLabel, clear, widgets_in
from studio.app.crumb import Crumb
from studio.site.service import AtService

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QWheelEvent

    from studio.app.session import Session

_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_FADE = 2 * tokens.L
_AROUND = 4 * tokens.L
"""How much of the neighbours is shown beside the current crumb."""


class Trail(QScrollArea):
    """The screens in order, the one shown now marked; arrow keys move along them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setAccessibleName("Trail of screens")
        self.setFixedHeight(tokens.ROW)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._column = QWidget()
        self._row = QHBoxLayout(self._column)
        self._row.setContentsMargins(tokens.L, 0, tokens.L, 0)
        self._row.setSpacing(0)
        self.setWidget(self._column)
        self._column.setAutoFillBackground(False)
        self._fades = (_Fade(self, at_end=False), _Fade(self, at_end=True))
        session.stepped.connect(self.show_steps)
        self.show_steps()

    @property
    def crumbs(self) -> list[QToolButton]:
        """The steps' buttons in order."""
        return [widget for widget in widgets_in(self._row) if isinstance(widget, QToolButton)]

    def show_steps(self) -> None:
        """Show the session's steps, and the current one in sight."""
        focused = any(crumb.hasFocus() for crumb in self.crumbs)
        clear(self._row)
        self._row.addStretch(1)
        for position in range(len(self._session.steps)):
            if position:
                self._add(IconLabel("chevron-right", tokens.M))
            self._add(self._crumb(position))
        self._row.addStretch(1)
        self._lay_out()
        if focused and self.crumbs:
            self.crumbs[self._session.position].setFocus()

    def _add(self, widget: QWidget) -> None:
        """Put a widget at the end, shown at once: a layout passes over what is hidden."""
        self._row.addWidget(widget)
        widget.show()

    def _crumb(self, position: int) -> QToolButton:
        step, here = self._session.steps[position], position == self._session.position
        state = self._state(position)
        name = f"{step.title} {state}".strip()
        crumb = Crumb(step.title, state)
        crumb.setChecked(here)
        crumb.setAccessibleName(f"Step {position + 1}, {name}{', shown now' if here else ''}")
        crumb.setToolTip("This screen is shown." if here else f"Go to {name}.")
        crumb.clicked.connect(lambda: self._go(position))
        return crumb

    def _state(self, position: int) -> str:
        """Return what tells a step apart: another service where one is come to, or its state."""
        step, before = self._session.steps[position], self._session.steps[max(position - 1, 0)]
        state = step.state if self._has_twin(position) else ""
        if not isinstance(step.screen, AtService):
            return state
        name = step.screen.client_name
        if step.app != before.app:
            return name
        return f"{name}, {state}" if step.app and state else state

    def _has_twin(self, position: int) -> bool:
        """Tell whether the step before or after has the same title."""
        steps = self._session.steps
        neighbours = steps[max(position - 1, 0) : position] + steps[position + 1 : position + 2]
        return any(each.title == steps[position].title for each in neighbours)

    def _go(self, position: int) -> None:
        if position == self._session.position:
            self.crumbs[position].setChecked(True)
        else:
            self._session.go_to(position)

    def _lay_out(self) -> None:
        self._row.invalidate()
        width = max(self._row.minimumSize().width(), self.viewport().width())
        self._column.resize(width, tokens.ROW)
        self._row.activate()
        if self.crumbs:
            self.ensureWidgetVisible(self.crumbs[self._session.position], _AROUND, 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, tokens.ROW)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        for fade in self._fades:
            fade.fit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move, crumbs = _MOVES.get(Qt.Key(event.key())), self.crumbs
        at = next((index for index, crumb in enumerate(crumbs) if crumb.hasFocus()), None)
        if move is None or at is None:
            super().keyPressEvent(event)
            return
        following = crumbs[(at + move) % len(crumbs)]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(following, _AROUND, 0)


class _Fade(QWidget):
    """Lets the trail end softly at a side where it goes on."""

    def __init__(self, trail: Trail, *, at_end: bool) -> None:
        super().__init__(trail)
        self._trail, self._at_end = trail, at_end
        self._bar = trail.horizontalScrollBar()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bar.valueChanged.connect(self.fit)
        self._bar.rangeChanged.connect(self.fit)

    def fit(self) -> None:
        """Lie at the side, and only while there is more to see there."""
        x = self._trail.width() - _FADE if self._at_end else 0
        self.setGeometry(x, 0, _FADE, self._trail.height())
        end = self._bar.maximum() if self._at_end else self._bar.minimum()
        self.setVisible(self._bar.value() != end)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        desk = tokens.paint_colour(tokens.colours().desk)
        clear_desk = tokens.paint_colour(tokens.colours().desk)
        clear_desk.setAlpha(0)
        gradient = QLinearGradient(0, 0, self.width(), 0)
        gradient.setColorAt(0, clear_desk if self._at_end else desk)
        gradient.setColorAt(1, desk if self._at_end else clear_desk)
        QPainter(self).fillRect(self.rect(), gradient)

"""Ready to hand over? What was found, errors first, each with what mends it and the way there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, override

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.controls import IconLabel, button, clear, label, restyle
from studio.app.settings_text import sentence
from studio.checks.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from studio.app.settings_text import Path
    from studio.checks.finding import Finding

_MOST = 184
"""How high the list is before it scrolls."""
_LOOKING = "Looking at texts, settings, addresses and contrast…"
_READY = "Yes. Nothing stops it, and there is nothing to know."


class ReadyList(QFrame):
    """The answer in one line, and below it what was found.

    Signals:
        wanted: (path of the setting, BCP 47 tag or nothing) that the person wants to go to.
    """

    wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.found: tuple[Finding, ...] = ()
        self.answer = label(_LOOKING, "muted", wrap=True)
        self._icon = QHBoxLayout()
        self._rows = QVBoxLayout()
        self._list = _scrolling(self._rows)
        self._lay_out()
        self.show_looking()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.S)
        head.addLayout(self._icon)
        head.addWidget(label("Ready to hand over?", "title"))
        head.addWidget(self.answer, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        layout.setSpacing(tokens.XS)
        layout.addLayout(head)
        layout.addWidget(self._list)

    @property
    def stopped(self) -> str:
        """Why the client should not be handed over, empty when it may."""
        errors = [one for one in self.found if one.severity is Severity.ERROR]
        return f"{_count(len(errors), 'error')} to mend first." if errors else ""

    def show_looking(self) -> None:
        """Tell that the client is being looked at; what was found before stays."""
        self.answer.setText(_LOOKING)
        restyle(self.answer, "role", "muted")
        if not self.found:
            self._show_icon("search")

    def show_found(self, found: Sequence[Finding]) -> None:
        """Show what was found."""
        self.found = tuple(found)
        self.answer.setText(self._said())
        self.setAccessibleName(f"Ready to hand over? {self._said()}")
        self._show_icon("circle-x" if self.stopped else "circle-check")
        clear(self._rows)
        for finding in self.found:
            self._rows.addWidget(self._row(finding))
        self._list.setVisible(bool(self.found))
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the list be as high as what it holds, up to where it scrolls."""
        room = self.width() - 2 * tokens.M - tokens.S
        self._list.setFixedHeight(max(min(self._rows.heightForWidth(room), _MOST), 0))

    def show_trouble(self, why: str) -> None:
        """Tell that the client could not be looked at."""
        self.answer.setText(f"This could not be found out: {why}")
        restyle(self.answer, "role", "error")

    def _said(self) -> str:
        warnings = len(self.found) - sum(one.severity is Severity.ERROR for one in self.found)
        also = f"{_count(warnings, 'warning')} to know of." if warnings else ""
        if self.stopped:
            return f"Not yet: {self.stopped} {also}".strip()
        return f"Yes, with {also}" if also else _READY

    def _show_icon(self, name: str) -> None:
        clear(self._icon)
        self._icon.addWidget(IconLabel(name, tokens.L + tokens.XS))

    def _row(self, finding: Finding) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, tokens.XS, tokens.XS, tokens.XS)
        line.setSpacing(tokens.S)
        error = finding.severity is Severity.ERROR
        mark = IconLabel("circle-x" if error else "triangle-alert")
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(_told(finding), "strong" if error else "", wrap=True))
        texts.addWidget(label(finding.mend, "small", wrap=True))
        line.addLayout(texts, 1)
        path = path_of(finding)
        if path:
            go = button("Go There", f"Go to {'.'.join(path)}.", "arrow-right")
            go.clicked.connect(lambda: self.wanted.emit(path, finding.locale))
            line.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        row.setAccessibleName(f"{finding.severity.title()}: {_told(finding)}")
        return row


def path_of(finding: Finding) -> Path:
    """Return the setting that a finding names at its beginning, empty where it names none."""
    named = re.match(r"([a-z_]+(?:\.[A-Za-z_-]+)*): ", finding.message)
    return tuple(named[1].split(".")) if named else ()


def _told(finding: Finding) -> str:
    where = f" ({finding.locale})" if finding.locale else ""
    return sentence(finding.message).removesuffix(".") + f"{where}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _scrolling(rows: QVBoxLayout) -> QScrollArea:
    area, column = QScrollArea(), QWidget()
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    column.setLayout(rows)
    area.setWidget(column)
    column.setAutoFillBackground(False)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    area.hide()
    return area

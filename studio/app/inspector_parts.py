"""How does the inspector show facts? As rows of name and value, and as a list of checks.

What is folded or hidden is not drawn: widgets are made when they are shown, and only where what
they show has changed.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, override

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.controls import IconLabel, clear, label
from studio.engine.explain import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QShowEvent

    from studio.app.inspector_facts import Fact, Group
    from studio.engine.explain import CheckAnswer

_ICONS: Final[Mapping[Answer, str]] = MappingProxyType(
    {Answer.PASSED: "check", Answer.STOPPED: "arrow-right", Answer.NOT_ASKED: "minus"}
)
_WORDS: Final[Mapping[Answer, str]] = MappingProxyType(
    {
        Answer.PASSED: "passed",
        Answer.STOPPED: "stopped here",
        Answer.NOT_ASKED: "not reached",
    }
)
_ROLES: Final[Mapping[Answer, str]] = MappingProxyType(
    {Answer.PASSED: "", Answer.STOPPED: "strong", Answer.NOT_ASKED: "muted"}
)
_BREAK = "\u200b"
"""A place where a line may break (zero width space)."""
_LONGEST = 16
"""How many characters stand together at most."""


class Column(QWidget):
    """A column of widgets made from a value, when it is visible and the value is another."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: tuple[object, ...] = ()
        self._shown: tuple[object, ...] | None = None
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(tokens.XS)

    def want(self, values: tuple[object, ...]) -> None:
        """Show values, at once or when the column becomes visible."""
        self._wanted = values
        if self.isVisible():
            self._catch_up()

    def make(self) -> None:
        """Make the widgets."""
        raise NotImplementedError

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        if self._wanted != self._shown:
            self._shown = self._wanted
            clear(self.rows)
            self.make()


class FactList(Column):
    """Groups of facts."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Show groups of facts."""
        self._groups = groups
        self.want(groups)

    @override
    def make(self) -> None:
        for group in self._groups:
            if group.title:
                self.rows.addSpacing(tokens.XS)
                self.rows.addWidget(label(group.title, "strong"))
            for fact in group.facts:
                self.rows.addWidget(_fact(fact))
            if not group.facts:
                self.rows.addWidget(label(group.empty, "muted", wrap=True))


class CheckList(Column):
    """The checks in their order: passed, stopped here, not reached."""

    def __init__(self) -> None:
        super().__init__()
        self._checks: tuple[CheckAnswer, ...] = ()

    def show_checks(self, checks: tuple[CheckAnswer, ...]) -> None:
        """Show checks; hidden where there are none."""
        self._checks = checks
        self.setVisible(bool(checks))
        self.want(checks)

    @override
    def make(self) -> None:
        for check in self._checks:
            self.rows.addWidget(_check(check))
            if check.answer is Answer.STOPPED:
                self.rows.addWidget(_missing(check))


def _fact(fact: Fact) -> QWidget:
    row = QWidget()
    name = label(breakable(fact.name), "muted", wrap=True)
    name.setFixedWidth(tokens.LABEL)
    value = label(breakable(fact.value), "warning" if fact.alert else "", wrap=True)
    value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    line = _line(row)
    line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(value, 1, Qt.AlignmentFlag.AlignTop)
    row.setAccessibleName(f"{fact.name}: {fact.value}")
    return row


def _check(check: CheckAnswer) -> QWidget:
    row, title, word = QWidget(), check_title(check.id), _WORDS[check.answer]
    line = _line(row)
    line.addWidget(IconLabel(_ICONS[check.answer]))
    line.addWidget(label(title, _ROLES[check.answer]), 1)
    line.addWidget(label(word, "small"))
    row.setAccessibleName(f"{title}: {word}")
    row.setToolTip(f"Passes when: {check.description}.")
    return row


def _missing(check: CheckAnswer) -> QWidget:
    row = QWidget()
    line = _line(row)
    line.addSpacing(tokens.ICON + tokens.S)
    line.addWidget(label(f"Passes when: {check.description}.", "small", wrap=True), 1)
    return row


def _line(row: QWidget) -> QHBoxLayout:
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(tokens.S)
    return line


def check_title(check_id: str) -> str:
    """Return the name of a check for reading: `signed_in` is `Signed in`."""
    return check_id.replace("_", " ").capitalize()


def breakable(text: str) -> str:
    """Let a long text without spaces go on in the next line, after punctuation or anywhere."""
    text = re.sub(r"(?<=[/?&=:_.,@-])(?=\w)", _BREAK, text)
    return re.sub(rf"([^\s{_BREAK}]{{{_LONGEST}}})(?=[^\s{_BREAK}])", rf"\1{_BREAK}", text)

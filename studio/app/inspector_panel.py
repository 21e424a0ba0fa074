"""Why this screen? The checks in their order, and folded below them everything that decided."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, override

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.app import inspector_facts, tokens
from studio.app.commands import Command, Group, unless
from studio.app.controls import button, label
from studio.app.inspector_parts import CheckList, FactList
from studio.app.sections import Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QShowEvent

    from studio.app.session import Session
    from studio.device.inspection import Inspection

    Groups = Callable[[Inspection], tuple[inspector_facts.Group, ...]]

_EMPTY = "No page is shown yet."
_TIP = "Copy everything here as JSON. Secrets are left out."


class InspectorPanel(Section):
    """The section that explains the page; `said` has a sentence for the status bar."""

    said = Signal(str)

    def __init__(self, session: Session, settings: QSettings) -> None:
        super().__init__("Why this screen", settings)
        self._session = session
        self.contents = Contents(session, settings)
        self.copy_button = button("Copy as JSON", _TIP, "copy")
        self.copy_button.clicked.connect(self.copy)
        self.add(self.contents)
        self.add(self.copy_button)

    def copy(self) -> None:
        """Put the inspection onto the clipboard."""
        told = self._session.inspection()
        if told is None:
            self.said.emit(_EMPTY)
            return
        text = json.dumps(told.as_json(), ensure_ascii=False, indent=2)
        QGuiApplication.clipboard().setText(text)
        self.said.emit("Why this screen is on the clipboard, as JSON.")


class Contents(QWidget):
    """What the section shows; it asks only while it is visible."""

    def __init__(self, session: Session, settings: QSettings) -> None:
        super().__init__()
        self._session = session
        self.why = label("", wrap=True)
        self.checks = CheckList()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.XS)
        self._column.addWidget(self.why)
        self._column.addWidget(self.checks)
        self.parts = {
            title: self._part(title, settings, groups)
            for title, groups in (
                ("CONNECT session", inspector_facts.session_groups),
                ("Tokens", inspector_facts.token_groups),
                ("Limits", inspector_facts.limit_groups),
                ("Language shown", inspector_facts.language_groups),
                ("Request received", inspector_facts.request_groups),
                ("Number detected", inspector_facts.number_groups),
            )
        }
        session.stepped.connect(self._on_step)

    def _part(
        self, title: str, settings: QSettings, groups: Groups
    ) -> tuple[Section, FactList, Groups]:
        section = Section(title, settings, inside=True, opened=False)
        facts = FactList()
        section.add(facts)
        self._column.addWidget(section)
        return section, facts, groups

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _on_step(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show why the page of this moment is shown."""
        told = self._session.inspection()
        self.why.setText(told.why if told else _EMPTY)
        self.checks.show_checks(told.flow.checks if told and told.flow else ())
        nothing = (inspector_facts.Group("", (), _EMPTY),)
        for _section, facts, groups in self.parts.values():
            facts.show_groups(groups(told) if told else nothing)


def inspector_group(session: Session, copy: Callable[[], object]) -> Group:
    """Return the commands about why a page is shown."""
    return (
        Command(
            "journey.copy_why",
            "Copy Why This Screen",
            _TIP,
            icon="copy",
            run=copy,
            blocked=lambda: unless(session.steps, "no page is shown yet."),
        ),
    )

"""What happens around the page? The right panel: who signs in, on what, when, the inbox, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from studio.app.clock_panel import ClockPanel
from studio.app.device_panel import DevicePanel
from studio.app.inbox_panel import InboxPanel
from studio.app.inspector_panel import InspectorPanel
from studio.app.request_panel import RequestPanel
from studio.app.scenario_panel import ScenarioPanel
from studio.app.sections import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

    from studio.app.document import Document
    from studio.app.session import Session


class SessionPanel(Panel):
    """The sections about one session."""

    def __init__(
        self,
        document: Document,
        session: Session,
        settings: QSettings,
        paste: Callable[[], object],
    ) -> None:
        """Make the panel.

        Args:
            document: The client file, for what of it is about the device.
            session: What it is about.
            settings: Where folded sections are remembered.
            paste: Asks the person for a URL and plays it.
        """
        super().__init__("Session")
        self.scenario = ScenarioPanel(session, settings)
        self.device = DevicePanel(document, session, settings)
        self.clock = ClockPanel(session, settings)
        self.inbox = InboxPanel(session, settings)
        self.inspector = InspectorPanel(session, settings)
        self.request = RequestPanel(session, settings, paste)
        for section in (
            self.scenario,
            self.device,
            self.clock,
            self.inbox,
            self.inspector,
            self.request,
        ):
            self.add(section)
        self.inbox.code_came.connect(self._show_code)

    def _show_code(self, use: QWidget) -> None:
        """Let the button of a code be seen, unless the person is at work in this panel."""
        focused = self.focusWidget()
        if not (focused and self.isAncestorOf(focused) and focused.hasFocus()):
            QTimer.singleShot(0, use, lambda: self.ensureWidgetVisible(use))

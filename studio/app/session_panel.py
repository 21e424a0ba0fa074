"""What happens around the page? The right panel: who signs in, the inbox and the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app.inbox_panel import InboxPanel
from studio.app.request_panel import RequestPanel
from studio.app.scenario_panel import ScenarioPanel
from studio.app.sections import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

    from studio.app.session import Session


class SessionPanel(Panel):
    """Three sections about one session."""

    def __init__(self, session: Session, settings: QSettings, paste: Callable[[], object]) -> None:
        """Make the panel.

        Args:
            session: What it is about.
            settings: Where folded sections are remembered.
            paste: Asks the person for a URL and plays it.
        """
        super().__init__("Session")
        self.scenario = ScenarioPanel(session, settings)
        self.inbox = InboxPanel(session, settings)
        self.request = RequestPanel(session, settings, paste)
        for section in (self.scenario, self.inbox, self.request):
            self.add(section)

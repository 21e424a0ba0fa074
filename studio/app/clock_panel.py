"""What time is it? The world's clock, with buttons that let time pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from studio.app import clock, tokens
from studio.app.controls import allow, button, label
from studio.app.sections import Section

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from studio.app.session import Session


class ClockPanel(Section):
    """The section with the clock."""

    def __init__(self, session: Session, settings: QSettings) -> None:
        super().__init__("Clock", settings)
        self._session = session
        self.time = label("")
        self.passed = label("", "small")
        self.day = button("+1 day", clock.TIP)
        self.long = button("+91 days", clock.TIP)
        self.expiry = button("Next expiry", clock.TIP)
        self._lay_out()
        self.day.clicked.connect(lambda: session.wait(clock.DAY))
        self.long.clicked.connect(lambda: session.wait(clock.LONG))
        self.expiry.clicked.connect(lambda: clock.go_to_expiry(session))
        session.stepped.connect(self.show_time)
        self.show_time()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(tokens.S)
        line.addWidget(self.time, 1)
        line.addWidget(self.passed)
        self.add_layout(line)
        row = QHBoxLayout()
        row.setSpacing(tokens.XS)
        for each in (self.day, self.long, self.expiry):
            row.addWidget(each, 1)
        self.add_layout(row)

    def show_time(self) -> None:
        """Show the time, and what the buttons lead to."""
        session = self._session
        self.time.setText(clock.moment(session.now))
        self.passed.setText(clock.passed(session.now))
        for each in (self.day, self.long):
            allow(each, clock.TIP, clock.blocked(session))
        allow(self.expiry, clock.expiry_tip(session), clock.expiry_blocked(session))

"""Which messages arrived? Cards, the newest first, each with its code ready to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.app import page_inputs, tokens
from studio.app.controls import IconLabel, allow, button, clear, label
from studio.app.saved import readable
from studio.app.sections import Section

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from studio.app.session import Session
    from studio.site.messages import Message

_EMPTY = "No messages yet. A code sent by SMS arrives here."
_ICONS = {"sms": "message-square-text", "email": "mail"}
_NAMES = {"sms": "SMS", "email": "Email"}


class InboxPanel(Section):
    """The section with what was sent to the person.

    Signals:
        code_came: (button that uses it) A message with a code arrived.
    """

    code_came = Signal(object)

    def __init__(self, session: Session, settings: QSettings) -> None:
        super().__init__("Inbox", settings)
        self._session = session
        self._uses: list[tuple[str, QPushButton]] = []
        self._seen = 0
        self._empty = label(_EMPTY, "muted", wrap=True)
        self._cards = QWidget()
        self._column = QVBoxLayout(self._cards)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.S)
        self.add(self._empty)
        self.add(self._cards)
        session.inbox_changed.connect(self.show_messages)
        session.stepped.connect(self.show_uses)
        self.show_messages()

    def show_messages(self) -> None:
        """Show what the inbox holds now."""
        clear(self._column)
        self._uses.clear()
        messages = tuple(reversed(self._session.inbox))
        for message in messages:
            self._column.addWidget(self._card(message))
        self._empty.setVisible(not messages)
        self._cards.setVisible(bool(messages))
        self.show_count(len(messages))
        if len(messages) > self._seen:
            self.unfold()
        came, self._seen = len(messages) > self._seen, len(messages)
        self.show_uses()
        if came and self._uses:
            self.code_came.emit(self._uses[0][1])

    def show_uses(self) -> None:
        """Enable what uses a code while the page asks for one."""
        reason = page_inputs.CODE.missing(self._session)
        for code, use in self._uses:
            allow(use, f"Type the code {code} into the page.", reason)

    def _card(self, message: Message) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        layout.setSpacing(tokens.XS)
        good = message is page_inputs.newest(self._session.inbox)
        layout.addLayout(_head(message, replaced=bool(message.code) and not good))
        layout.addWidget(label(message.text, wrap=True))
        if message.code and good:
            layout.addLayout(self._foot(message.code))
        return card

    def _foot(self, code: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._use(code))
        return row

    def _use(self, code: str) -> QPushButton:
        use = button("Use code", "", "corner-down-left")
        use.setAccessibleName(f"Use code {code}")
        use.clicked.connect(lambda: page_inputs.CODE.type_into(self._session, code))
        self._uses.append((code, use))
        return use


def _head(message: Message, *, replaced: bool) -> QHBoxLayout:
    """Return kind, number and time; `replaced` by a message with a newer code."""
    row = QHBoxLayout()
    row.setSpacing(tokens.S)
    row.addWidget(IconLabel(_ICONS[message.kind]))
    row.addWidget(label(f"{_NAMES[message.kind]} to {readable(message.recipient)}", "small"), 1)
    if replaced:
        row.addWidget(label("replaced", "warning"))
    row.addWidget(label(f"{message.when:%H:%M}", "small"))
    return row

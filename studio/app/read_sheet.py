"""May the service read the code? The sheet with which Android asks, over the page.

The SDK reads a code only in a web view on Android and where the client wants it (`sdk.read_code`),
and only after the person has agreed. It asks once for each message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from studio.app import page_inputs, tokens
from studio.app.controls import IconLabel, button, label

if TYPE_CHECKING:
    from studio.app.frame import Frame
    from studio.app.session import Session
    from studio.site.messages import Message

_TIP_ALLOW = "Let the service read the message; the code is typed in."
_TIP_DENY = "Keep the message; the code can be typed in by hand."


class ReadSheet(QFrame):
    """A sheet at the lower edge of the page, hidden while there is nothing to ask."""

    def __init__(self, session: Session, frame: Frame) -> None:
        super().__init__(frame)
        self._session = session
        self._frame = frame
        self._answered: Message | None = None
        self.setProperty("role", "sheet")
        self.question = label("", "strong", wrap=True)
        self._message = label("", "muted", wrap=True)
        self.deny = button("Deny", _TIP_DENY)
        self.allow = button("Allow", _TIP_ALLOW)
        self.allow.setDefault(True)
        self.setFocusProxy(self.allow)
        self._lay_out()
        self.hide()
        self.deny.clicked.connect(self._close)
        self.allow.clicked.connect(self._allow)
        session.stepped.connect(self._ask)
        session.inbox_changed.connect(self._ask)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.M)
        head.addWidget(IconLabel("message-square-text", tokens.L + tokens.XS))
        head.addWidget(self.question, 1)
        answers = QHBoxLayout()
        answers.setSpacing(tokens.S)
        answers.addStretch(1)
        answers.addWidget(self.deny)
        answers.addWidget(self.allow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.M)
        layout.setSpacing(tokens.S)
        layout.addLayout(head)
        layout.addWidget(self._message)
        layout.addLayout(answers)

    def place(self) -> None:
        """Lie over the lower edge of the page, as wide as it is."""
        page = self._frame.page_rect().adjusted(tokens.S, 0, -tokens.S, -tokens.S)
        height = self.heightForWidth(page.width())
        self.setGeometry(page.left(), page.bottom() + 1 - height, page.width(), height)
        self.raise_()

    def _ask(self) -> None:
        message = self._readable()
        self.setVisible(message is not None)
        if message:
            name = self._session.service_name
            self.question.setText(f"Allow {name} to read this message and fill in the code?")
            self._message.setText(message.text)
            self.setAccessibleName(self.question.text())
            self.place()

    def _readable(self) -> Message | None:
        """Return the message that may be asked about, None for none."""
        session = self._session
        message = page_inputs.newest(session.inbox)
        if message is None or message.kind != "sms" or message == self._answered:
            return None
        wanted = session.readable_code and not page_inputs.CODE.missing(session)
        return message if wanted else None

    def _allow(self) -> None:
        page_inputs.CODE.type_into(self._session, self._session.readable_code)
        self._close()

    def _close(self) -> None:
        self._answered = page_inputs.newest(self._session.inbox)
        self.hide()
        self._session.view.setFocus()

"""How is something said about the page? In one quiet line above it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from studio.app import tokens
from studio.app.controls import IconLabel, label


class Notice(QWidget):
    """A line with an icon, in the middle; hidden while there is nothing to say."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        strip = QFrame()
        strip.setProperty("role", "notice")
        self._text = label("", wrap=True)
        inner = QHBoxLayout(strip)
        inner.setContentsMargins(tokens.M, tokens.XS, tokens.M, tokens.XS)
        inner.setSpacing(tokens.S)
        inner.addWidget(IconLabel(icon_name))
        inner.addWidget(self._text, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.M, tokens.S, tokens.M, 0)
        layout.addWidget(strip)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Say something, or with an empty text nothing."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

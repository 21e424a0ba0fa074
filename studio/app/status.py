"""How does it stand? Saved or not, which file, the contrast, the language's completeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStatusBar

from studio.app import tokens
from studio.app.controls import button, label, restyle
from studio.app.languages import by_tag
from studio.checks.contrast import header_contrast

if TYPE_CHECKING:
    from studio.app.document import Document
    from studio.app.languages import Language
    from studio.app.session import Session

_SHOWN_FOR = 4000


class Status(QStatusBar):
    """The window's lowest line; `say` shows a sentence for four seconds."""

    def __init__(
        self, document: Document, session: Session, languages: tuple[Language, ...]
    ) -> None:
        super().__init__()
        self._document = document
        self._session = session
        self._languages = languages
        self.saved = label("", "muted")
        self.contrast = label("", "muted")
        self.language = label("", "muted")
        self.phone = button("", "Preview on a phone: show the QR code, or stop.", "qr-code")
        self.phone.setProperty("role", "status")
        self.phone.setAccessibleName("Preview on a phone")
        self.phone.hide()
        self.setSizeGripEnabled(False)
        self.setFixedHeight(tokens.CONTROL)
        self.setContentsMargins(tokens.S, 0, tokens.S, 0)
        self.addWidget(self.saved, 1)
        self.addPermanentWidget(self.phone)
        for text in (self.contrast, self.language):
            text.setContentsMargins(tokens.L, 0, 0, 0)
            self.addPermanentWidget(text)
        document.state_changed.connect(self.show_document)
        document.changed.connect(self.show_contrast)
        document.opened.connect(self.show_contrast)
        session.stepped.connect(self.show_language)
        self.show_document()
        self.show_contrast()
        self.show_language()

    def say(self, sentence: str) -> None:
        """Show a sentence for a moment."""
        self.showMessage(sentence, _SHOWN_FOR)

    def show_phone(self, origin: str) -> None:
        """Show where the pages are served, nothing where they are not."""
        self.phone.setText(f"Served at {origin}")
        self.phone.setAccessibleName(f"Served at {origin}")
        self.phone.setVisible(bool(origin))

    def show_document(self) -> None:
        """Show whether the work is saved, and where."""
        document = self._document
        where = f"  {document.name}" if document.path else f"  {document.name}, not on disk yet"
        self.saved.setText(("●  Unsaved" if document.dirty else "Saved") + where)
        if not document.path and not document.dirty:
            self.saved.setText(where.strip())
        self.saved.setToolTip(str(document.path or "Save with Ctrl+S."))

    def show_contrast(self) -> None:
        """Show how well the logo is seen on the header."""
        measured = header_contrast(self._document.client, self._document.logo_colour)
        self.contrast.setText(f"Contrast  {measured.text}")
        self.contrast.setToolTip(measured.sentence)
        restyle(self.contrast, "role", "muted" if measured.enough else "warning")

    def show_language(self) -> None:
        """Show how much of the page's language is translated."""
        tag = self._session.locale
        language = by_tag(self._languages, tag)
        self.language.setText(f"{tag}  {language.percentage} %" if language else tag)
        if language:
            counts = f"{language.translated} of {language.messages} texts are translated"
            self.language.setToolTip(f"{language.english_name}: {counts}.")

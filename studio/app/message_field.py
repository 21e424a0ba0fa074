"""How is the short message written? One text per language, with the fallback in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.choices import Chooser
from studio.app.controls import name_control
from studio.app.texts import TextArea

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.app.languages import Language

_LINES = 4


class MessageField(QWidget):
    """A language chooser above a text; `edited(tag, text)` while typing, `finished` after."""

    edited = Signal(str, str)
    finished = Signal()

    def __init__(self, languages: tuple[Language, ...], tip: str) -> None:
        super().__init__()
        self._languages = languages
        self._messages: Mapping[str, str] = {}
        self._default = "en"
        self.chooser = Chooser("Language of the message", "A dot marks languages with a text.")
        self.text = TextArea(_LINES)
        name_control(self.text, "Message", tip)
        self.setAccessibleName("Message")
        self.setFocusProxy(self.text)
        for language in languages:
            self.chooser.addItem(language.own_name, language.tag)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.XS)
        layout.addWidget(self.chooser)
        layout.addWidget(self.text)
        self.chooser.currentIndexChanged.connect(self._show)
        self.text.typed.connect(lambda text: self.edited.emit(self.tag, text))
        self.text.finished.connect(self.finished)

    @property
    def tag(self) -> str:
        """The language shown."""
        return str(self.chooser.currentData())

    def show_language(self, tag: str) -> None:
        """Show the text of another language."""
        self.chooser.setCurrentIndex(self.chooser.findData(tag))

    def show_messages(self, messages: Mapping[str, str], default: str) -> None:
        """Show the texts a client has.

        Args:
            messages: Texts by tag.
            default: The tag of the language that stands in for missing ones.
        """
        self._messages, self._default = messages, default
        with QSignalBlocker(self.chooser):
            for index, language in enumerate(self._languages):
                mark = "●" if language.tag in messages else "○"
                self.chooser.setItemText(index, f"{mark}  {language.own_name}  {language.tag}")
            self.chooser.fit_list()
        self._show()

    def _show(self) -> None:
        self.text.show_text(self._messages.get(self.tag, ""))
        self.text.setPlaceholderText(self._fallback())
        self.text.write_from_right(rtl=self._languages[self.chooser.currentIndex()].rtl)

    def _fallback(self) -> str:
        for tag in (self._default, "en"):
            if tag != self.tag and tag in self._messages:
                name = next(each.english_name for each in self._languages if each.tag == tag)
                return f"{name} is shown: {self._messages[tag]}"
        return "No message is shown."

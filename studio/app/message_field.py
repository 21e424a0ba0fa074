"""How is the short message written? One text per language, with the fallback in sight.

A text that was refused stays with its language, and so does the reason, until it is mended or the
language's text is changed in another way, such as undo.
"""

from __future__ import annotations

from dataclasses import dataclass
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

_LINES = 2
_MOST_LINES = 6
_TIP = "A dot marks languages with a text, an exclamation mark a text that was refused."


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """A text that was refused, and why."""

    text: str
    reason: str


class MessageField(QWidget):
    """A language chooser and a text; `edited(tag, text)` while typing, `finished` after.

    `text` is laid out by whoever uses the field, in a line of its own.
    `showing(reason)` tells, for each text shown, why it was refused; empty when it was not.
    """

    edited = Signal(str, str)
    finished = Signal()
    showing = Signal(str)

    def __init__(self, languages: tuple[Language, ...], tip: str) -> None:
        super().__init__()
        self._languages = languages
        self._messages: Mapping[str, str] = {}
        self._drafts: dict[str, _Draft] = {}
        self._default = "en"
        self.chooser = Chooser("Language of the message", _TIP)
        self.text = TextArea(_LINES, _MOST_LINES)
        name_control(self.text, "Message", tip)
        self.setAccessibleName("Message")
        for language in languages:
            self.chooser.addItem(language.own_name, language.tag)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.XS)
        layout.addWidget(self.chooser)
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
        """Show the texts a client has; one that is another now replaces a refused draft.

        Args:
            messages: Texts by tag.
            default: The tag of the language that stands in for missing ones.
        """
        before, self._messages, self._default = self._messages, messages, default
        for tag in [tag for tag in self._drafts if messages.get(tag) != before.get(tag)]:
            del self._drafts[tag]
        self._show()

    def refuse(self, tag: str, text: str, reason: str) -> None:
        """Keep a text that cannot be used, with the reason, beside the last good one."""
        self._drafts[tag] = _Draft(text=text, reason=reason)
        self._show()

    def forget(self, tag: str) -> None:
        """Forget what was refused in a language."""
        if self._drafts.pop(tag, None):
            self._show()

    def forget_all(self) -> None:
        """Forget everything that was refused: another client is edited now."""
        self._drafts.clear()

    def _show(self) -> None:
        self._mark_languages()
        draft = self._drafts.get(self.tag)
        self.text.show_text(draft.text if draft else self._messages.get(self.tag, ""))
        self.text.show_hint(self._fallback())
        self.text.write_from_right(rtl=self._languages[self.chooser.currentIndex()].rtl)
        self.showing.emit(draft.reason if draft else "")

    def _mark_languages(self) -> None:
        with QSignalBlocker(self.chooser):
            for index, language in enumerate(self._languages):
                text = f"{self._mark(language.tag)}  {language.own_name}  {language.tag}"
                self.chooser.setItemText(index, text)
        self.chooser.fit_list()

    def _mark(self, tag: str) -> str:
        if tag in self._drafts:
            return "!"
        return "●" if tag in self._messages else "○"

    def _fallback(self) -> str:
        for tag in (self._default, "en"):
            if tag != self.tag and tag in self._messages:
                name = next(each.english_name for each in self._languages if each.tag == tag)
                return f"{name} is shown: {self._messages[tag]}"
        return "No message is shown."

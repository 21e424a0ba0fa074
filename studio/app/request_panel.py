"""What does the service ask for? The authorisation request as fields, and the URL they make.

While somebody types, URL and mistakes follow; the journey starts again when they finish a field.
A request with a mistake is not sent: the URL is the last good one, and the panel says so.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypedDict, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextOption
from PySide6.QtWidgets import QHBoxLayout

from studio.app import tokens
from studio.app.controls import button, icon_button, label, name_control
from studio.app.rows import Row
from studio.app.sections import Section
from studio.app.settings_text import sentence
from studio.app.texts import TextArea, TextField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QSettings

    from studio.app.session import Session

_TIPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "scope": "What the service asks for, separated by spaces; openid is always among it.",
        "acr_values": "Level of assurance: 1 is the phone, 2 a password. Empty: the client's.",
        "prompt": "none, login, consent, no_seam; separated by spaces.",
        "max_age": "Seconds since the person last signed in actively; 0 asks again.",
        "ui_locales": "Languages in order of preference, such as: bn en.",
        "login_hint": "Phone numbers or email addresses to begin with, one a line.",
        "claims": "A claims request in JSON (OpenID Connect Core 5.5).",
    }
)
_HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "acr_values": "1 or 2",
        "prompt": "login",
        "max_age": "seconds",
        "ui_locales": "bn en",
        "login_hint": "one a line",
    }
)
_RARE = frozenset({"max_age", "login_hint", "claims"})
"""What few services ask for: folded away."""
_AREAS = frozenset({"login_hint", "claims"})
_URL_TIP = "Where these fields lead to."
_RESET_TIP = "Ask what the client itself asks, and start the journey again."
_URL_LINES = (2, 6)
_NOT_SENT = "Not sent: the page still shows the last good request."
_AREA_LINES = 2


class _Changes(TypedDict, total=False):
    """The fields of the request that the panel edits; `_TIPS` has the same names."""

    scope: str
    acr_values: str
    prompt: str
    max_age: str
    ui_locales: str
    login_hint: str
    claims: str


class RequestPanel(Section):
    """The section with the authorisation request; `said` has a sentence for the status bar."""

    said = Signal(str)

    def __init__(self, session: Session, settings: QSettings, paste: Callable[[], object]) -> None:
        """Make the section.

        Args:
            session: Whose request it is.
            settings: Where it is remembered whether the section is folded.
            paste: Asks the person for a URL and plays it.
        """
        super().__init__("Request", settings)
        self._session = session
        self._typed = False
        self.inputs: dict[str, TextField | TextArea] = {name: _input(name) for name in _TIPS}
        self.rows = {name: Row(name, control, _TIPS[name]) for name, control in self.inputs.items()}
        for name, control in self.inputs.items():
            control.typed.connect(lambda text, name=name: self._try(name, text))
            control.finished.connect(self._ask)
        self.more = Section("More", settings, inside=True, opened=False)
        self._add_rows()
        self.not_sent = label(_NOT_SENT, "warning", wrap=True)
        self.add(self.not_sent)
        self.url = _url_box()
        self.copy_button = button("Copy", "Copy the authorisation URL.", "copy")
        self.paste_button = button("Paste a URL…", "Play a URL from elsewhere.", "clipboard-paste")
        self.reset_button = icon_button("list-restart", "Reset request", _RESET_TIP)
        self._url_row = Row("Authorisation URL", self.url, _URL_TIP, above=True)
        self.add(self._url_row)
        self._add_buttons()
        self.copy_button.clicked.connect(self._copy)
        self.paste_button.clicked.connect(paste)
        self.reset_button.clicked.connect(session.reset_request)
        session.request_changed.connect(self.show_request)
        self.show_request()

    def _add_rows(self) -> None:
        for name, row in self.rows.items():
            if name not in _RARE:
                self.add(row)
        for name in (name for name in self.rows if name in _RARE):
            self.more.add(self.rows[name])
        self.add(self.more)

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(tokens.XS)
        row.addWidget(self.copy_button, 1)
        row.addWidget(self.paste_button, 2)
        row.addWidget(self.reset_button)
        self.add_layout(row)

    def show_request(self) -> None:
        """Show the fields, their mistakes and the URL."""
        fields, mistakes = self._session.fields, self._session.mistakes
        for name, control in self.inputs.items():
            control.show_text(str(getattr(fields, name)))
            self.rows[name].show_error(mistakes.get(name, ""))
        elsewhere = (sentence(why) for name, why in mistakes.items() if name not in self.rows)
        self._url_row.show_error(" ".join(elsewhere))
        self.not_sent.setVisible(bool(mistakes))
        if mistakes.keys() & _RARE:
            self.more.unfold()
        self.url.show_text(self._session.url)

    def _try(self, name: str, text: str) -> None:
        self._typed = True
        changes = cast("_Changes", {name: text})
        self._session.try_fields(replace(self._session.fields, **changes))

    def _ask(self) -> None:
        """Ask with what was typed; a field that was only visited asks for nothing."""
        if self._typed:
            self._typed = False
            self._session.set_fields(self._session.fields)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._session.url)
        self.said.emit("The authorisation URL is on the clipboard.")


def _input(name: str) -> TextField | TextArea:
    control = TextArea(_AREA_LINES) if name in _AREAS else TextField()
    control.setPlaceholderText(_HINTS.get(name, ""))
    name_control(control, name, _TIPS[name])
    return control


def _url_box() -> TextArea:
    box = TextArea(*_URL_LINES)
    box.setReadOnly(True)
    box.setProperty("role", "code")
    box.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(tokens.TITLE + 1)
    box.setFont(font)
    name_control(box, "Authorisation URL", _URL_TIP)
    return box

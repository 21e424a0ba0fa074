"""What does the owner of the service decide? The left panel: each control edits one setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.app import settings_text
from studio.app.choices import Choice
from studio.app.client_section import ClientSection
from studio.app.colour_field import ColourField
from studio.app.controls import label, restyle
from studio.app.document import LOGO
from studio.app.logo_field import LogoField
from studio.app.message_field import MessageField
from studio.app.rows import Row
from studio.app.sections import Panel, Section
from studio.app.texts import TextField
from studio.app.toggle import Toggle
from studio.checks.contrast import header_contrast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

    from studio.app.document import Document, Edited
    from studio.app.languages import Language
    from studio.app.session import Session
    from studio.app.texts import TextArea
    from studio.client.model import Client

_HEADER = ("branding", "header")
_KIND = ("branding", "logo_kind")
_MESSAGE = ("branding", "message")
_FIELDS = ("start", "fields")
_FIRST = ("start", "first")
_PHONE = ("start", "prefill", "phone")
_EMAIL = ("start", "prefill", "email")
_LEVEL = ("flow", "level")
_LEVELS = "1: possession of the phone, by a code sent by SMS; 2: a password."
_SHOWN = ("session", "stay_signed_in", "shown")
_CHECKED = ("session", "stay_signed_in", "default")


@dataclass(frozen=True, kw_only=True)
class _Bound:
    """A row of the panel, the setting it edits, and how it shows a client."""

    path: settings_text.Path
    row: Row
    show: Callable[[Client], None]

    def touched_by(self, fields: frozenset[str]) -> bool:
        """Tell whether a change concerns this setting."""
        dotted = ".".join(self.path)
        return any(field == dotted or field.startswith(f"{dotted}.") for field in fields)


class BrandPanel(Panel):
    """Header, logo and message; start screen; level; session; the client itself."""

    def __init__(
        self,
        document: Document,
        session: Session,
        languages: tuple[Language, ...],
        settings: QSettings,
        choose_logo: Callable[[], Path | None],
    ) -> None:
        """Make the panel.

        Args:
            document: What is edited.
            session: Whose language the message follows.
            languages: The languages a message can have.
            settings: Where folded sections are remembered.
            choose_logo: Asks the person for a picture file.
        """
        super().__init__("Brand")
        self._document = document
        self._session = session
        self._settings = settings
        self._choose_logo = choose_logo
        self._bound: list[_Bound] = []
        self._locale = ""
        self._written = ""
        self._editing: settings_text.Path | None = None
        self._make_brand(languages)
        self._make_flow()
        for text in (self.header.text, self.message.text, self.phone, self.email):
            text.undoes_document = True
        self._add_sections()
        self._listen()
        self.message.show_language(document.client.language.default)
        self._show_all()

    def _make_brand(self, languages: tuple[Language, ...]) -> None:
        self.header = ColourField("Header colour", settings_text.description(_HEADER))
        self.contrast = label("", "small", wrap=True)
        self.logo = LogoField()
        self.kind = _choice(_KIND, "Logo kind", {"wide": "Wide", "symbol": "Symbol"})
        self.message = MessageField(languages, settings_text.description(_MESSAGE))

    def _make_flow(self) -> None:
        self.fields = _choice(
            _FIELDS, "Fields", {"both": "Both", "phone": "Phone", "email": "Email"}
        )
        self.first = _choice(_FIRST, "First", {"phone": "Phone", "email": "Email"})
        self.phone = TextField("+47 999 12 345")
        self.email = TextField("name@example.com")
        self.level = Choice(
            {"1": "1 Phone", "2": "2 Password"},
            "Level",
            f"{settings_text.description(_LEVEL)}\n{_LEVELS}",
        )
        self.shown = Toggle("Stay signed in is shown", settings_text.description(_SHOWN))
        self.checked = Toggle("Stay signed in is checked", settings_text.description(_CHECKED))

    def row(self, path: settings_text.Path) -> Row:
        """Return the row of a setting, for its error line.

        Raises:
            StopIteration: No row edits it.
        """
        return next(bound.row for bound in self._bound if bound.path == path)

    def control(self, path: settings_text.Path) -> QWidget | None:
        """Return the control of a setting, None where no row edits it.

        Of a setting with others below it, it is the first one's.
        """
        own = (bound.row for bound in self._bound if bound.path[: len(path)] == path)
        row = next(own, None) or self.client.row(path)
        return row.control if row else None

    def _add_sections(self) -> None:
        self._section(
            "Brand",
            self._row(_HEADER, "Header", self.header, self._show_header, self.header.text),
            self.contrast,
            self._row(LOGO, "Logo", self.logo, self._show_logo),
            self._row(_KIND, "Kind", self.kind, _shows(self.kind, _kind)),
            self._row(_MESSAGE, "Message", self.message, self._show_message, self.message.text),
        )
        self._section(
            "Start screen",
            self._row(_FIELDS, "Fields", self.fields, _shows(self.fields, _fields)),
            self._row(_FIRST, "First", self.first, _shows(self.first, _first)),
            self._row(_PHONE, "Prefill phone", self.phone, self._show_phone),
            self._row(_EMAIL, "Prefill email", self.email, self._show_email),
        )
        self._section("Sign-in", self._row(_LEVEL, "Level", self.level, _shows(self.level, _level)))
        self._section(
            "Stay signed in",
            self._row(_SHOWN, "Shown", self.shown, self._show_shown),
            self._row(_CHECKED, "Checked", self.checked, self._show_checked),
        )
        self.client = ClientSection(self._document, self._settings)
        self.add(self.client)

    def _section(self, title: str, *rows: QWidget) -> None:
        section = Section(title, self._settings)
        for row in rows:
            section.add(row)
        self.add(section)

    def _row(
        self,
        path: settings_text.Path,
        title: str,
        control: QWidget,
        show: Callable[[Client], None],
        below: TextField | TextArea | None = None,
    ) -> Row:
        row = Row(title, control, control.toolTip() or settings_text.description(path), below=below)
        self._bound.append(_Bound(path=path, row=row, show=show))
        return row

    def _listen(self) -> None:
        self.header.edited.connect(lambda css: self._apply(_HEADER, css, merge=True))
        self.logo.choose.connect(self._ask_for_logo)
        self.logo.picked.connect(self._set_logo)
        self.logo.removed.connect(lambda: self._remove(LOGO))
        self.message.edited.connect(self._set_message)
        self.message.showing.connect(self.row(_MESSAGE).show_error)
        self.phone.typed.connect(lambda text: self._set_or_remove(_PHONE, text))
        self.email.typed.connect(lambda text: self._set_or_remove(_EMAIL, text))
        self.level.chosen.connect(lambda value: self._apply(_LEVEL, int(value)))
        self.shown.clicked.connect(lambda on: self._apply(_SHOWN, on))
        self.checked.clicked.connect(lambda on: self._apply(_CHECKED, on))
        for path, choice in ((_KIND, self.kind), (_FIELDS, self.fields), (_FIRST, self.first)):
            choice.chosen.connect(lambda value, path=path: self._apply(path, value))
        for control in (self.header, self.message, self.phone, self.email):
            control.finished.connect(self._document.seal)
        self._document.changed.connect(self._show)
        self._document.opened.connect(self._show_all)
        self._document.state_changed.connect(self._show_written)
        self._session.stepped.connect(self._follow_language)

    # From the person to the document

    def _apply(self, path: settings_text.Path, value: Edited, *, merge: bool = False) -> None:
        key = ".".join(path) if merge else None
        self._try(path, lambda: self._document.apply(path, value, key))

    def _remove(self, path: settings_text.Path) -> None:
        self._try(path, lambda: self._document.remove(path))

    def _set_or_remove(self, path: settings_text.Path, text: str) -> None:
        if text.strip():
            self._apply(path, text.strip(), merge=True)
        else:
            self._remove(path)

    def _set_message(self, tag: str, text: str) -> None:
        path = (*_MESSAGE, tag)
        try:
            if text.strip():
                self._document.apply(path, text, f"text {tag}")
            elif tag in self._document.client.branding.message:
                self._document.remove(path)
        except ValueError as error:
            self.message.refuse(tag, text, settings_text.reason(error))
        else:
            self.message.forget(tag)

    def _ask_for_logo(self) -> None:
        if path := self._choose_logo():
            self._set_logo(path)

    def _set_logo(self, path: Path) -> None:
        self._try(LOGO, lambda: self._document.set_logo(path))

    def _try(self, path: settings_text.Path, edit: Callable[[], None]) -> None:
        """Make an edit; a refused one is explained at its row and what was typed stays."""
        self._editing = path
        try:
            edit()
        except (ValueError, OSError) as error:
            self.row(path).show_error(settings_text.reason(error))
        else:
            self.row(path).show_error(self._document.logo_error if path == LOGO else "")
        finally:
            self._editing = None

    # From the document to the person

    def _show_all(self) -> None:
        """Show another client than before."""
        client = self._document.client
        self.message.forget_all()
        for bound in self._bound:
            bound.row.show_error("")
            bound.show(client)
        self._show_contrast()
        self._allow(client)

    def _show(self, client: Client, fields: frozenset[str]) -> None:
        for bound in self._bound:
            if bound.touched_by(fields):
                bound.row.show_error("")
                bound.show(client)
        if fields & {"branding.header", "branding.logo"}:
            self._show_logo(client)
            self._show_contrast()
        self._allow(client)

    def _allow(self, client: Client) -> None:
        """Disable what has no effect beside the other settings, and say why."""
        both = client.start.fields == "both"
        self.row(_FIRST).allow("" if both else "only one field is shown.")
        self.row(_PHONE).allow("no phone field is shown." if _fields(client) == "email" else "")
        self.row(_EMAIL).allow("no email field is shown." if _fields(client) == "phone" else "")
        shown = client.session.stay_signed_in.shown
        self.row(_CHECKED).allow("" if shown else "the box is not shown.")

    def _show_header(self, client: Client) -> None:
        paint = client.branding.header
        self._written = settings_text.written(self._document.text, _HEADER) or ""
        self.header.show_paint(paint, self._written or paint.css())

    def _show_written(self) -> None:
        """Show what the author wrote where that is new and means the same colour as before."""
        if (settings_text.written(self._document.text, _HEADER) or "") != self._written:
            self._show_header(self._document.client)

    def _show_logo(self, client: Client) -> None:
        name = client.branding.logo or ""
        self.logo.show_logo(self._document.logo, name, client.branding.header)
        self.row(LOGO).show_error(self._document.logo_error)

    def _show_contrast(self) -> None:
        measured = header_contrast(self._document.client, self._document.logo_colour)
        self.contrast.setText(measured.sentence)
        restyle(self.contrast, "role", "small" if measured.enough else "warning")

    def _show_message(self, client: Client) -> None:
        messages = {str(tag): text for tag, text in client.branding.message.items()}
        self.message.show_messages(messages, client.language.default)

    def _show_phone(self, client: Client) -> None:
        if self._editing != _PHONE:
            self.phone.show_text(client.start.prefill.phone or "")

    def _show_email(self, client: Client) -> None:
        if self._editing != _EMAIL:
            self.email.show_text(client.start.prefill.email or "")

    def _show_shown(self, client: Client) -> None:
        self.shown.setChecked(client.session.stay_signed_in.shown)

    def _show_checked(self, client: Client) -> None:
        self.checked.setChecked(client.session.stay_signed_in.default)

    def _follow_language(self) -> None:
        if self._session.locale != self._locale:
            self._locale = self._session.locale
            self.message.show_language(self._locale)


def _choice(path: settings_text.Path, name: str, options: dict[str, str]) -> Choice:
    return Choice(options, name, settings_text.description(path))


def _shows(choice: Choice, value: Callable[[Client], str]) -> Callable[[Client], None]:
    return lambda client: choice.show_value(value(client))


def _kind(client: Client) -> str:
    return str(client.branding.logo_kind)


def _fields(client: Client) -> str:
    return str(client.start.fields)


def _first(client: Client) -> str:
    return str(client.start.first)


def _level(client: Client) -> str:
    return str(int(client.flow.level))

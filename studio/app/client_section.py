"""Who is the service, and where may it be answered? A section of settings below `registration`.

Each control edits one setting at once. What is refused stays as it was typed, with the reason
below. Addresses are typed one on a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy

from studio.app import settings_text
from studio.app.choices import Choice, Chooser
from studio.app.controls import label
from studio.app.rows import Row
from studio.app.scopes import Scopes
from studio.app.sections import Section
from studio.app.texts import TextArea, TextField
from studio.app.toggle import Toggle
from studio.client.choices import ApplicationType, Platform

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

    from studio.app.document import Document, Edited
    from studio.client.model import Client

    type Value = str | bool | tuple[str, ...] | None

_AT = "registration"
_ID = (
    "Not changed here: with another id it is another client, to be registered anew and agreed to "
    "anew by people."
)
_ADDRESSES = (1, 6)
_PLATFORMS = {
    Platform.WEB: "Web site",
    Platform.ANDROID: "Android",
    Platform.IOS: "iOS",
    Platform.WINDOWS: "Windows",
    Platform.MACOS: "macOS",
    Platform.JAVASCRIPT: "JavaScript",
}
_TYPES = {ApplicationType.WEB: "Web", ApplicationType.NATIVE: "Native"}


@dataclass(frozen=True, kw_only=True)
class _Field:
    """A row, the setting it edits, and how it shows a value of it."""

    path: settings_text.Path
    row: Row
    show: Callable[[Value], None]

    def value(self, client: Client) -> Value:
        """Return what a client has."""
        found: Value = attrgetter(".".join(self.path))(client)
        return found


class ClientSection(Section):
    """Name and id, contact and description, what it runs on, scopes and addresses."""

    def __init__(self, document: Document, settings: QSettings) -> None:
        """Make the section, folded the first time.

        Args:
            document: What is edited.
            settings: Where it is remembered whether it is folded.
        """
        super().__init__("Client", settings, opened=False)
        self._document = document
        self._fields: list[_Field] = []
        self._editing: settings_text.Path = ()
        self._add_names()
        self._add_kind()
        self._add_addresses()
        document.changed.connect(self._show_changed)
        document.opened.connect(self._show_all)
        self._show_all()

    def row(self, path: settings_text.Path) -> Row | None:
        """Return the row of a setting, or of the first one below it; None where it has none."""
        every = (field.row for field in self._fields if field.path[: len(path)] == path)
        return next(every, None)

    def _add_names(self) -> None:
        self._line("Name", "name")
        self.client_id = TextField()
        self.client_id.setReadOnly(True)
        self.add(Row("Id", self.client_id, f"{settings_text.description((_AT, 'id'))}\n{_ID}"))
        self.add(label(_ID, "small", wrap=True))
        self._line("Contact", "contact", hint="name@example.com")
        self._text("Description", TextArea(2, 4), "description")
        self._line("Organisation", "organisation")
        self._line("Product", "product")
        self._line("SMS sender", "sms_sender", hint="CONNECT")

    def _add_kind(self) -> None:
        platform = Chooser("Platform", settings_text.description((_AT, "platform")))
        platform.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for each, title in _PLATFORMS.items():
            platform.addItem(title, str(each))
        platform.fit_list()
        path = self._add(
            "Platform", platform, "platform", show=lambda value: _choose(platform, value)
        )
        platform.activated.connect(lambda: self._apply(path, str(platform.currentData())))
        self._add_type()
        secret = Toggle("Confidential", settings_text.description((_AT, "confidential")))
        kept = self._add(
            "Confidential",
            secret,
            "confidential",
            show=lambda value: secret.setChecked(bool(value)),
        )
        secret.clicked.connect(lambda on: self._apply(kept, on))
        scopes = Scopes(settings_text.description((_AT, "scopes")))
        asked = self._add(
            "Scopes", scopes, "scopes", show=lambda value: scopes.show_scopes(_all(value))
        )
        scopes.chosen.connect(lambda names: self._apply(asked, names))

    def _add_type(self) -> None:
        titles = {str(each): title for each, title in _TYPES.items()}
        tip = settings_text.description((_AT, "application_type"))
        kind = Choice(titles, "Application type", tip)
        path = self._add(
            "Type", kind, "application_type", show=lambda value: kind.show_value(str(value))
        )
        kind.chosen.connect(lambda value: self._apply(path, value))

    def _add_addresses(self) -> None:
        for title, names in (
            ("Redirect URIs, staging", ("redirect_uris", "staging")),
            ("Redirect URIs, production", ("redirect_uris", "production")),
            ("After signing out, staging", ("post_logout_redirect_uris", "staging")),
            ("After signing out, production", ("post_logout_redirect_uris", "production")),
        ):
            area = TextArea(*_ADDRESSES)
            area.show_hint("One address a line")
            self._text(title, area, *names, several=True)
        self._line("Back-channel sign-out", "backchannel_logout_uri", above=True)
        self._line("Terms", "terms_uri", hint="https://", above=True)
        self._line("Privacy statement", "privacy_uri", hint="https://", above=True)

    # One row each

    def _line(self, title: str, name: str, *, hint: str = "", above: bool = False) -> None:
        self._bind(title, TextField(hint), (name,), several=False, above=above)

    def _text(self, title: str, area: TextArea, *names: str, several: bool = False) -> None:
        self._bind(title, area, names, several=several, above=True)

    def _bind(
        self,
        title: str,
        text: TextField | TextArea,
        names: tuple[str, ...],
        *,
        several: bool,
        above: bool,
    ) -> None:
        """Add a row of text: of one value, or of several, one on a line."""
        text.undoes_document = True
        path = self._add(
            title, text, *names, show=lambda value: text.show_text(_typed(value)), above=above
        )
        text.typed.connect(lambda typed: self._set_text(path, typed, several=several))
        text.finished.connect(self._document.seal)

    def _add(
        self,
        title: str,
        control: QWidget,
        *names: str,
        show: Callable[[Value], None],
        above: bool = False,
    ) -> settings_text.Path:
        path = (_AT, *names)
        row = Row(title, control, settings_text.description(path), above=above)
        self._fields.append(_Field(path=path, row=row, show=show))
        self.add(row)
        return path

    # From the person to the document

    def _set_text(self, path: settings_text.Path, typed: str, *, several: bool) -> None:
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        if not lines:
            self._try(path, lambda: self._document.remove(path))
        else:
            self._apply(path, lines if several else typed.strip(), merge=True)

    def _apply(self, path: settings_text.Path, value: Edited, *, merge: bool = False) -> None:
        key = ".".join(path) if merge else None
        self._try(path, lambda: self._document.apply(path, value, key))

    def _try(self, path: settings_text.Path, edit: Callable[[], None]) -> None:
        field = next(one for one in self._fields if one.path == path)
        self._editing = path
        try:
            edit()
        except ValueError as error:
            field.row.show_error(settings_text.reason(error))
        else:
            field.row.show_error("")
        finally:
            self._editing = ()

    # From the document to the person

    def _show_all(self) -> None:
        client = self._document.client
        self.client_id.show_text(client.registration.id)
        for field in self._fields:
            field.row.show_error("")
            field.show(field.value(client))

    def _show_changed(self, client: Client, changed: frozenset[str]) -> None:
        """Show what has changed, except where it is just being typed."""
        for field in self._fields:
            dotted = ".".join(field.path)
            if field.path != self._editing and any(one.startswith(dotted) for one in changed):
                field.row.show_error("")
                field.show(field.value(client))


def _typed(value: Value) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value or "")


def _all(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _choose(chooser: Chooser, value: Value) -> None:
    chooser.setCurrentIndex(chooser.findData(str(value)))

"""What does the client file say, and what can be taken back?

One of the window's two owners (the other is `Session`). Panels call `apply`; everybody listens to
`changed` and `opened`. The text is the truth: an edit splices it, undo restores it, the model is
parsed from it. An edit that would make the text invalid is refused and changes nothing. What
another program wrote is never overwritten without asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Signal

from studio.app import settings_text
from studio.app.differences import differences
from studio.app.history import Edit, History
from studio.app.logo_files import LogoFiles
from studio.app.paint import logo_colour
from studio.app.watching import Watching
from studio.client import edit, file
from studio.client.logo import Logo, LogoError
from studio.client.samples import sample_path

if TYPE_CHECKING:
    from pathlib import Path

    from studio.client.colour import Colour
    from studio.client.model import Client

type Edited = str | bool | int | list[str]

LOGO = ("branding", "logo")
_UNTITLED = "untitled.client.yaml"


class ChangedOnDiskError(ValueError):
    """Another program wrote to the file since it was read; saving would undo that."""


class Document(QObject):
    """A client file: its text, its model, its logo, and the edits made to it.

    Signals:
        changed: (Client, frozenset of the dotted paths that changed) after an edit of the client
            that stands in the document: apply, remove, undo, redo, reload, a logo redrawn on disk.
        opened: Another client stands in the document, whose model is new already: another file,
            or one that was reloaded with another `registration.id`. `changed` is not emitted.
        state_changed: Path, dirty mark or what can be undone may have changed.
        disk_changed: Another program changed the file on disk.
    """

    changed = Signal(object, object)
    opened = Signal()
    state_changed = Signal()
    disk_changed = Signal()

    def __init__(self, text: str, client: Client, path: Path | None, logos: LogoFiles) -> None:
        super().__init__()
        self._disk: str | None = None
        self._agreed: str | None = None
        self._watching = Watching(self)
        self._watching.touched.connect(self._look_again)
        self._begin(text, client, path, logos)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return a client file from disk.

        Raises:
            ClientFileError: The file cannot be read, or has mistakes.
        """
        text, client = file.read(path)
        return cls(text, client, path.absolute(), LogoFiles())

    @classmethod
    def new(cls, sample: str) -> Self:
        """Return an unsaved document that begins as a sample.

        Raises:
            ClientFileError: The sample cannot be read.
        """
        text, client = file.read(sample_path(sample))
        return cls(text, client, None, _sample_logos(sample, client))

    def load(self, path: Path) -> None:
        """Put another client file from disk into this document.

        Raises:
            ClientFileError: The file cannot be read, or has mistakes; the document keeps what it
                has.
        """
        text, client = file.read(path)
        self._replace(text, client, path.absolute(), LogoFiles())

    def load_sample(self, sample: str) -> None:
        """Put an unsaved copy of a sample into this document."""
        text, client = file.read(sample_path(sample))
        self._replace(text, client, None, _sample_logos(sample, client))

    # What it is

    @property
    def text(self) -> str:
        """The text, as it would be saved."""
        return self._text

    @property
    def client(self) -> Client:
        """The settings the text says."""
        return self._client

    @property
    def path(self) -> Path | None:
        """Where it is saved, None for a new one."""
        return self._path

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self._path.name if self._path else _UNTITLED

    @property
    def folder(self) -> Path | None:
        """The folder that a relative logo belongs to, None for a new one."""
        return self._path.parent if self._path else None

    @property
    def dirty(self) -> bool:
        """Whether the text differs from the one on disk."""
        return self._text != self._disk

    @property
    def logo(self) -> Logo | None:
        """The logo, None when there is none or it cannot be shown (see `logo_error`)."""
        return self._logo

    @property
    def logo_colour(self) -> Colour | None:
        """The average colour of the logo, None without one; measured once for each logo."""
        return self._logo_colour

    @property
    def logo_error(self) -> str:
        """Why the logo cannot be shown, empty when it can."""
        return self._logo_error

    # Edits

    def apply(self, path: settings_text.Path, value: Edited, merge: str | None = None) -> None:
        """Give a setting a value, as one undo step.

        Args:
            path: The setting, such as `("branding", "header")`.
            value: What the file shall say.
            merge: Consecutive edits with the same key are one undo step.

        Raises:
            ClientFileError: The value is not allowed; nothing changes.
            EditError: The text cannot hold the value there; nothing changes.
        """
        self._edit(edit.set_value(self._text, path, value), settings_text.title(path), merge)

    def remove(self, path: settings_text.Path) -> None:
        """Take a setting out of the file, so that its default holds.

        Raises:
            ClientFileError: The setting is needed; nothing changes.
        """
        self._edit(edit.remove(self._text, path), settings_text.title(path), None)

    def set_logo(self, source: Path) -> None:
        """Use a picture as the logo; its bytes are written beside the client file on saving.

        Raises:
            LogoError: The picture cannot be used; nothing changes.
            OSError: The picture cannot be read; nothing changes.
            ClientFileError: The file's text cannot name the picture; nothing changes.
        """
        self.apply(LOGO, self._logos.take(source, self.folder))

    def seal(self) -> None:
        """End a run of merged edits: the next one is an undo step of its own."""
        self._history.seal()

    def undo(self) -> None:
        """Take the last edit back."""
        if step := self._history.undo():
            self._show(step.before, file.parse(step.before, self.name))

    def redo(self) -> None:
        """Do the edit again that was taken back last."""
        if step := self._history.redo():
            self._show(step.after, file.parse(step.after, self.name))

    @property
    def undo_title(self) -> str:
        """What undo takes back, such as `header colour`; empty when nothing."""
        return self._history.undo_title

    @property
    def redo_title(self) -> str:
        """What redo brings back; empty when nothing."""
        return self._history.redo_title

    # Disk

    def save(self, *, overwrite: bool = False) -> None:
        """Write the text to its file.

        Args:
            overwrite: Whether to replace what another program wrote since the file was read.

        Raises:
            ChangedOnDiskError: Another program wrote to the file; nothing changes.
            ValueError: A new document has no file yet: use `save_as`.
            OSError: The file, or the logo beside it, cannot be written; nothing changes here.
        """
        if self._path is None:
            raise ValueError("This document has no file yet; save it under a name.")
        now = _text_on_disk(self._path)
        if not overwrite and now not in {None, self._agreed, self._text}:
            self._disk = now
            self.state_changed.emit()
            raise ChangedOnDiskError(f"{self.name} was changed by another program.")
        self._write(self._path)

    def save_as(self, path: Path) -> None:
        """Write the text to another file, with the logo beside it.

        Raises:
            OSError: The file, or the logo beside it, cannot be written; nothing changes here.
        """
        self._write(path.absolute())

    def keep(self) -> None:
        """Keep what is here in place of what another program wrote, which saving replaces then."""
        self._agreed = self._disk

    def reload(self) -> None:
        """Take what is on disk; what was in the window can be brought back by undo.

        Emits `opened` instead of `changed` where the file is another client's now.

        Raises:
            ClientFileError: The file cannot be read, or has mistakes; nothing changes.
        """
        if self._path is None:
            return
        text, client = file.read(self._path)
        self._disk = self._agreed = text
        if text == self._text:
            self.state_changed.emit()
            return
        self._history.add(Edit(before=self._text, after=text, title="reading from disk"))
        same = client.registration.id == self._client.registration.id
        self._show(text, client, opens=not same)

    def check_disk(self) -> None:
        """Look whether another program changed the file, and tell if so."""
        if self._path is None:
            return
        now = _text_on_disk(self._path)
        if now != self._disk:
            self._disk = now
            self.state_changed.emit()
            if now != self._text:
                self.disk_changed.emit()

    # Inside

    def _begin(self, text: str, client: Client, path: Path | None, logos: LogoFiles) -> None:
        self._text, self._client, self._path, self._logos = text, client, path, logos
        self._disk = self._agreed = text
        self._history = History()
        self._load_logo()
        self._watch()

    def _replace(self, text: str, client: Client, path: Path | None, logos: LogoFiles) -> None:
        self._begin(text, client, path, logos)
        self.opened.emit()
        self.state_changed.emit()

    def _edit(self, text: str, title: str, merge: str | None) -> None:
        if text == self._text:
            return
        client = file.parse(text, self.name)
        self._history.add(Edit(before=self._text, after=text, title=title, merge=merge))
        self._show(text, client)

    def _show(self, text: str, client: Client, *, opens: bool = False) -> None:
        fields = differences(self._client, client)
        self._text, self._client = text, client
        if "branding.logo" in fields:
            self._load_logo()
            self._watch()
        if opens:
            self.opened.emit()
        elif fields:
            self.changed.emit(client, fields)
        self.state_changed.emit()

    def _write(self, path: Path) -> None:
        logo = self._client.branding.logo
        placed = self._logos.prepare(logo, self.folder, path.parent) if logo else ""
        text = edit.set_value(self._text, LOGO, placed) if placed != (logo or "") else self._text
        client = file.parse(text, self.name)
        self._logos.write(placed, path.parent)
        file.save(path, text)
        self._logos.written(placed)
        self._path, self._disk, self._agreed = path, text, text
        self._history.seal()
        if text != self._text:
            self._history.add(Edit(before=self._text, after=text, title="file name of the logo"))
        self._show(text, client)
        self._watch()

    def _load_logo(self) -> None:
        self._logo, self._logo_error = None, ""
        if name := self._client.branding.logo:
            try:
                self._logo = self._logos.logo(self.folder, name)
            except LogoError as error:
                self._logo_error = str(error)
        self._logo_colour = logo_colour(self._logo) if self._logo else None

    def _watch(self) -> None:
        self._watching.watch(self._files())

    def _files(self) -> list[Path]:
        if self._path is None:
            return []
        logo = self._client.branding.logo
        return [self._path, self._path.parent / logo] if logo else [self._path]

    def _look_again(self) -> None:
        """See what another program did to the file or its logo."""
        self._watch()
        self.check_disk()
        before = (self._logo, self._logo_error)
        self._load_logo()
        if (self._logo, self._logo_error) != before:
            self.changed.emit(self._client, frozenset({"branding.logo"}))


def _sample_logos(sample: str, client: Client) -> LogoFiles:
    name = client.branding.logo
    if not name:
        return LogoFiles()
    return LogoFiles({name: (sample_path(sample).parent / name).read_bytes()})


def _text_on_disk(path: Path) -> str | None:
    """Return a file's text, whatever its encoding, or None when it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return None

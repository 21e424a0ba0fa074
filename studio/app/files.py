"""How does work get from disk and back, without losing any?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.app.dialogs import Answer, Conflict
from studio.app.document import ChangedOnDiskError
from studio.client.samples import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

    from studio.app.dialogs import Dialogs
    from studio.app.document import Document

RECENT = 5
_KEY = "files/recent"


class Files(QObject):
    """New, open, save and export; `said` has a sentence for the status bar."""

    said = Signal(str)

    def __init__(
        self,
        document: Document,
        dialogs: Dialogs,
        settings: QSettings,
        export: Callable[[Document, Path], Path],
    ) -> None:
        super().__init__()
        self._document = document
        self._dialogs = dialogs
        self._settings = settings
        self._export = export
        self._remember()

    def new(self) -> None:
        """Begin with a sample."""
        if not self.may_leave():
            return
        if sample := self._dialogs.sample(SAMPLES):
            self._document.load_sample(sample)

    def open(self) -> None:
        """Open a file the person chooses."""
        if self.may_leave() and (path := self._dialogs.file_to_open()):
            self._load(path)

    def open_recent(self, index: int) -> None:
        """Open one of the recent files: the one listed there before saving reorders the list."""
        path = self.recent[index]
        if self.may_leave():
            self._load(path)

    def save(self) -> bool:
        """Save, under a name the person chooses when there is none; tell whether it was done."""
        if self._document.path is None:
            return self.save_as()
        return self._try(self._document.save)

    def save_as(self) -> bool:
        """Save under a name the person chooses; tell whether it was done."""
        document = self._document
        path = self._dialogs.file_to_save(document.path or Path.home() / _file_name(document))
        return path is not None and self._try(lambda: document.save_as(path))

    def export(self) -> None:
        """Write the client's configuration into a folder the person chooses."""
        folder = self._dialogs.folder_to_export_to()
        if folder is None:
            return
        try:
            written = self._export(self._document, folder)
        except (ValueError, OSError) as error:
            self._dialogs.error("The configuration was not exported.", str(error))
        else:
            self.said.emit(f"Exported to {written}.")

    def may_leave(self) -> bool:
        """Ask before work is lost; tell whether to go on."""
        if not self._document.dirty:
            return True
        match self._dialogs.ask_to_save(self._document.name):
            case Answer.SAVE:
                return self.save()
            case Answer.DISCARD:
                return True
            case Answer.CANCEL:
                return False

    def ask_about_disk(self) -> None:
        """Ask what to do with a file that another program changed."""
        document = self._document
        if self._dialogs.ask_to_reload(document.name, unsaved=bool(document.undo_title)):
            self._reload()
        else:
            document.keep()

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files used last that are still there, the last one first."""
        stored = self._settings.value(_KEY, [])
        names = [stored] if isinstance(stored, str) else stored
        if not isinstance(names, list):
            return ()
        paths = (Path(str(name)) for name in names)
        return tuple(path for path in paths if path.is_file())[:RECENT]

    def _load(self, path: Path) -> None:
        try:
            self._document.load(path)
        except ValueError as error:
            self._dialogs.error(f"{path.name} cannot be opened.", str(error))
        else:
            self._remember()

    def _reload(self) -> None:
        document = self._document
        try:
            document.reload()
        except ValueError as error:
            self._dialogs.error(f"{document.name} has mistakes and was not reloaded.", str(error))

    def _settle(self) -> bool:
        """Ask whose changes to lose, this window's or another program's; tell whether it saved."""
        match self._dialogs.ask_about_conflict(self._document.name):
            case Conflict.OVERWRITE:
                return self._try(lambda: self._document.save(overwrite=True))
            case Conflict.RELOAD:
                self._reload()
                return False
            case Conflict.CANCEL:
                return False

    def _try(self, write: Callable[[], None]) -> bool:
        try:
            write()
        except ChangedOnDiskError:
            return self._settle()
        except (ValueError, OSError) as error:
            self._dialogs.error("The file was not saved.", str(error))
            return False
        self._remember()
        self.said.emit(f"Saved {self._document.path}.")
        return True

    def _remember(self) -> None:
        if path := self._document.path:
            others = [str(each) for each in self.recent if each != path]
            self._settings.setValue(_KEY, [str(path), *others][:RECENT])


def _file_name(document: Document) -> str:
    return f"{document.client.registration.id}.client.yaml"

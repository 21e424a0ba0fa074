"""How does work get from disk and back, without losing any?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.app.dialogs import Answer, Conflict
from studio.app.document import ChangedOnDiskError
from studio.app.settings_text import sentence
from studio.client.mistake import ClientFileError
from studio.client.samples import SAMPLES, sample_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings

    from studio.app.dialogs import Dialogs
    from studio.app.document import Document

RECENT = 5
_KEY = "files/recent"


class Files(QObject):
    """New, open and save; `said` has a sentence for the status bar."""

    said = Signal(str)

    def __init__(
        self,
        document: Document,
        dialogs: Dialogs,
        settings: QSettings,
    ) -> None:
        super().__init__()
        self._document = document
        self._dialogs = dialogs
        self._settings = settings
        self._remember()

    def new(self) -> None:
        """Begin with a sample."""
        if not self.may_leave():
            return
        if sample := self._dialogs.sample(SAMPLES):
            self._document.load_sample(sample)

    def open(self) -> None:
        """Open a file the person chooses."""
        if self.may_leave() and (path := self._dialogs.file_to_open(self._document.folder)):
            self._load(path)

    def open_recent(self, index: int) -> None:
        """Open one of the recent files: the one listed there before saving reorders the list."""
        path = self.recent[index]
        if self.may_leave():
            self._load(path)

    def save(self) -> bool:
        """Save, under a name the person chooses when there is none; tell whether it was done.

        The samples that come with the program stay as they are: a copy is saved.
        """
        path = self._document.path
        if path is None or _is_sample(path):
            return self.save_as()
        return self._try(self._document.save, path)

    def save_as(self) -> bool:
        """Save under a name the person chooses; tell whether it was done."""
        document = self._document
        path = self._dialogs.file_to_save(_suggested(document))
        return path is not None and self._try(lambda: document.save_as(path), path)

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

    @property
    def recent_titles(self) -> tuple[str, ...]:
        """The recent files' names, with the folder where two have the same name."""
        recent = self.recent
        count = Counter(path.name for path in recent)
        return tuple(
            path.name if count[path.name] == 1 else f"{path.name} — {_short(path.parent)}"
            for path in recent
        )

    def _load(self, path: Path) -> None:
        try:
            self._document.load(path)
        except ClientFileError as error:
            self._dialogs.mistakes(f"{path.name} cannot be opened.", _lines(error))
        else:
            self._remember()

    def _reload(self) -> None:
        document = self._document
        try:
            document.reload()
        except ClientFileError as error:
            self._dialogs.mistakes(f"{document.name} was not reloaded.", _lines(error))

    def _settle(self) -> bool:
        """Ask whose changes to lose, this window's or another program's; tell whether it saved."""
        match self._dialogs.ask_about_conflict(self._document.name):
            case Conflict.OVERWRITE:
                path = self._document.path or Path()
                return self._try(lambda: self._document.save(overwrite=True), path)
            case Conflict.RELOAD:
                self._reload()
                return False
            case Conflict.CANCEL:
                return False

    def _try(self, write: Callable[[], None], path: Path) -> bool:
        try:
            write()
        except ChangedOnDiskError:
            return self._settle()
        except (ValueError, OSError) as error:
            self._dialogs.error("The file was not saved.", why_not_written(error, path.parent))
            return False
        self._remember()
        self.said.emit(f"Saved {self._document.path}.")
        return True

    def _remember(self) -> None:
        if path := self._document.path:
            others = [str(each) for each in self.recent if each != path]
            self._settings.setValue(_KEY, [str(path), *others][:RECENT])


def _suggested(document: Document) -> Path:
    """Return where a document would be saved: beside its file, but never among the samples."""
    path = document.path
    if path and not _is_sample(path):
        return path
    return Path.home() / f"{document.client.registration.id}.client.yaml"


def _is_sample(path: Path) -> bool:
    """Tell whether a file is one of those that come with the program."""
    return any(path.resolve() == sample_path(name).resolve() for name in SAMPLES)


def _lines(error: ClientFileError) -> tuple[str, ...]:
    return tuple(str(mistake) for mistake in error.mistakes)


def _short(folder: Path) -> str:
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)


def why_not_written(error: ValueError | OSError, folder: Path) -> str:
    """Return why something was not written into a folder, in one sentence."""
    match error:
        case FileNotFoundError() if not folder.exists():
            return f"The folder {folder} does not exist; make it, or choose another."
        case PermissionError():
            return f"The folder {folder} may not be written to; choose another."
        case NotADirectoryError() | FileExistsError():
            return f"{folder} is not a folder; choose another."
        case IsADirectoryError():
            return "There is a folder of that name; choose another name."
        case OSError():
            return sentence(error.strerror or str(error))
        case _:
            return sentence(str(error))

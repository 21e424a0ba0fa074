"""What does the window ask the person? Every question in one class, so that tests can answer."""

from __future__ import annotations

from enum import Enum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from studio.app import tokens
from studio.app.lists import MistakesDialog, ShortcutsDialog
from studio.app.rows import Row
from studio.app.texts import TextArea

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studio.app.commands import Command

_CLIENT_FILES = "Client files (*.client.yaml *.yaml *.yml);;All files (*)"
_PICTURES = "Pictures (*.svg *.png *.jpg *.jpeg *.webp);;All files (*)"
_SUFFIX = ".client.yaml"
_WIDTH = 520
_URL_LINES = 6
_ABOUT = (
    "CONNECT Studio {version}\n\nBrand, preview and export the hosted CONNECT sign-in pages.\n\n"
    "MIT licence. Icons: Lucide, ISC licence."
)


class Answer(Enum):
    """What to do with work that is not saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Conflict(Enum):
    """What to do when another program wrote to the file that is to be saved."""

    OVERWRITE = "overwrite"
    RELOAD = "reload"
    CANCEL = "cancel"


class Dialogs:
    """The questions, asked with native dialogs where there are any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent

    def belong_to(self, parent: QWidget) -> None:
        """Stand above a window from now on."""
        self._parent = parent

    def ask_to_save(self, name: str) -> Answer:
        """Ask what to do with unsaved changes."""
        box = self._box(QMessageBox.Icon.Question, f"Save the changes to {name}?")
        box.setInformativeText("Without saving they are lost.")
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answers = {buttons.Save: Answer.SAVE, buttons.Discard: Answer.DISCARD}
        return answers.get(buttons(box.exec()), Answer.CANCEL)

    def ask_to_reload(self, name: str, *, unsaved: bool) -> bool:
        """Ask whether to take what another program wrote."""
        box = self._box(QMessageBox.Icon.Question, f"{name} was changed by another program.")
        lost = " The changes made here can be brought back with Undo." if unsaved else ""
        box.setInformativeText(f"Take what is on disk, or keep what is here?{lost}")
        reload = box.addButton("Reload", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Keep", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is reload

    def ask_about_conflict(self, name: str) -> Conflict:
        """Ask what to do about saving over what another program wrote."""
        box = self._box(QMessageBox.Icon.Warning, f"{name} was changed by another program.")
        box.setInformativeText(
            "Overwrite it with what is here, or reload what is on disk? "
            "After reloading, what is here can be brought back with Undo."
        )
        role = QMessageBox.ButtonRole
        answers = {
            box.addButton("Overwrite", role.DestructiveRole): Conflict.OVERWRITE,
            box.addButton("Reload", role.AcceptRole): Conflict.RELOAD,
        }
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return next(
            (answer for button, answer in answers.items() if button is box.clickedButton()),
            Conflict.CANCEL,
        )

    def ask_to_overwrite(self, path: Path, also: int = 0) -> bool:
        """Ask whether to replace a file that has another content, and `also` so many others."""
        box = self._box(QMessageBox.Icon.Question, f"Overwrite {path.name}?")
        more = f", and {also} more with another content" if also else ""
        box.setInformativeText(f"There is a file of that name in {path.parent} already{more}.")
        overwrite = box.addButton("Overwrite", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is overwrite

    def file_to_open(self, beside: Path | None) -> Path | None:
        """Ask for a client file, beginning in a folder."""
        name, _ = QFileDialog.getOpenFileName(self._parent, "Open", _text(beside), _CLIENT_FILES)
        return Path(name) if name else None

    def file_to_save(self, suggested: Path) -> Path | None:
        """Ask where to save; a name without a suffix gets `.client.yaml`."""
        name, _ = QFileDialog.getSaveFileName(
            self._parent, "Save As", str(suggested), _CLIENT_FILES
        )
        if not name:
            return None
        return Path(name) if Path(name).suffix else Path(name + _SUFFIX)

    def folder_to_export_to(self, beside: Path | None) -> Path | None:
        """Ask for a folder, beginning in one."""
        name = QFileDialog.getExistingDirectory(self._parent, "Export into a folder", _text(beside))
        return Path(name) if name else None

    def folder_to_compare_with(self, beside: Path | None) -> Path | None:
        """Ask for a folder with an earlier export."""
        name = QFileDialog.getExistingDirectory(self._parent, "Compare with", _text(beside))
        return Path(name) if name else None

    def zip_to_export_to(self, suggested: Path) -> Path | None:
        """Ask for a ZIP file, whose name gets `.zip` where it has another suffix.

        Whether to replace one is asked by whoever writes it, where it differs.
        """
        name, _ = QFileDialog.getSaveFileName(
            self._parent,
            "Export into a ZIP file",
            str(suggested),
            "ZIP files (*.zip)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        return Path(name).with_suffix(".zip") if name else None

    def picture(self, beside: Path | None) -> Path | None:
        """Ask for a logo, beginning in a folder."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent, "Choose a logo", _text(beside), _PICTURES
        )
        return Path(name) if name else None

    def sample(self, samples: tuple[str, ...]) -> str | None:
        """Ask which sample to begin with; a single one needs no question."""
        if len(samples) == 1:
            return samples[0]
        name, chosen = QInputDialog.getItem(
            self._parent or QWidget(), "New from sample", "Sample", samples, 0, editable=False
        )
        return name if chosen else None

    def url_to_play(self, play: Callable[[str], None]) -> None:
        """Ask for an authorisation URL until it plays or the person gives up.

        Args:
            play: Plays a URL; raises ValueError with the reason when it cannot.
        """
        UrlDialog(self._parent, play).exec()

    def open_file(self, path: Path) -> None:
        """Open a file in the program that the system has for it."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def error(self, title: str, text: str) -> None:
        """Tell that something did not work, and why."""
        box = self._box(QMessageBox.Icon.Warning, title)
        box.setInformativeText(text)
        box.exec()

    def mistakes(self, title: str, mistakes: Sequence[str]) -> None:
        """Show why a file cannot be read, one mistake a line."""
        MistakesDialog(self._parent, title, mistakes).exec()

    def shortcuts(self, commands: Iterable[Command]) -> None:
        """Show the keys of commands."""
        ShortcutsDialog(self._parent, commands).exec()

    def about(self) -> None:
        """Tell what this program is."""
        QMessageBox.about(
            self._parent or QWidget(),
            "CONNECT Studio",
            _ABOUT.format(version=version("connect-studio")),
        )

    def _box(self, kind: QMessageBox.Icon, text: str) -> QMessageBox:
        box = QMessageBox(self._parent)
        box.setIcon(kind)
        box.setWindowTitle("CONNECT Studio")
        box.setText(text)
        return box


def _text(folder: Path | None) -> str:
    return str(folder) if folder else ""


class UrlDialog(QDialog):
    """A box for a URL, which says why one cannot be played."""

    def __init__(self, parent: QWidget | None, play: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._play = play
        self.setWindowTitle("Play a URL")
        self.setMinimumWidth(_WIDTH)
        self._text = TextArea(_URL_LINES)
        self._row = Row(
            "Authorisation URL", self._text, "The URL a service sends people to.", above=True
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        play_button = buttons.addButton("Play", QDialogButtonBox.ButtonRole.AcceptRole)
        play_button.setToolTip("Start the journey with this URL.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.L)
        layout.setSpacing(tokens.L)
        layout.addWidget(self._row)
        layout.addWidget(buttons)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        copied = QGuiApplication.clipboard().text().strip()
        if "client_id=" in copied:
            self._text.show_text(copied)

    @property
    def error(self) -> str:
        """Why the URL cannot be played, empty before it was tried."""
        return self._row.error

    def _try(self) -> None:
        try:
            self._play(self._text.toPlainText().strip())
        except ValueError as error:
            self._row.show_error(str(error))
        else:
            self.accept()

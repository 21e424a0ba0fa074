"""What does a service owner take away, and is it ready? The view beside the preview.

It begins with what should be mended, then the formats with their files, and what is new of them.
Everything is made in processes, and only while the view is seen. What draws nothing is made anew
after each edit; pages are drawn when a person chooses a format that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.choices import Chooser
from studio.app.controls import allow, button, label
from studio.app.export_making import ExportMaking
from studio.app.exporting import file_count, taken, write_to
from studio.app.file_preview import FilePreview
from studio.app.format_tree import FormatTree
from studio.app.last_export import LastExports, in_folder
from studio.app.ready_list import ReadyList
from studio.exporters import EXPORTERS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QHideEvent, QShowEvent

    from studio.app.dialogs import Dialogs
    from studio.app.document import Document
    from studio.app.export_job import ExportJob

_TREE = 340
_FEW = 2
"""Formats whose files are shown without being asked for."""
_FOLDER = "Write the ticked formats into a folder."
_ZIP = "Write the ticked formats into one ZIP file."
_LAST, _CHOSEN, _OTHER = "last", "chosen", "other"


class ExportView(QWidget):
    """Readiness, formats, files, and the way out.

    Signals:
        said: A sentence for the status bar.
        wanted: (path of a setting, BCP 47 tag or nothing) that the person wants to go to.
    """

    said = Signal(str)
    wanted = Signal(object, str)

    def __init__(
        self,
        document: Document,
        dialogs: Dialogs,
        settings: QSettings,
        last: LastExports | None = None,
        jobs: tuple[ExportJob, ExportJob] | None = None,
    ) -> None:
        """Make the view.

        Args:
            document: The client, saved or not.
            dialogs: Asks where to.
            settings: Where the ticked formats are remembered.
            last: What was exported last; the person's own when left out.
            jobs: Who makes what draws nothing and looks if the client is ready, and who draws.
        """
        super().__init__()
        self._document, self._dialogs = document, dialogs
        self._last = last or LastExports()
        self._folder: Path | None = None
        self.making = ExportMaking(document, settings, self._compared, jobs)
        self.ready = ReadyList()
        self.formats = FormatTree(EXPORTERS.values(), self.making.wanted)
        self.preview = FilePreview()
        self.told = label("", "muted")
        self.draw = button("Draw Pages", "Make the ticked formats that need pictures.", "play")
        self.cancel = button("Cancel", "Stop drawing pages; what is there already stays.", "x")
        self.compare = Chooser("Compared with", "Tells what is new of the files.")
        self.to_folder = button("Export to Folder…", _FOLDER, "folder-open")
        self.to_zip = button("Export to ZIP…", _ZIP, "package")
        self._lay_out()
        self._listen()
        self._show_compared()
        self._show_state()

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setHandleWidth(1)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.formats)
        halves.addWidget(self.preview)
        halves.setStretchFactor(1, 1)
        halves.setSizes([_TREE, _TREE])
        self.formats.setMinimumWidth(tokens.PANEL_MIN - tokens.XL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        layout.setSpacing(tokens.M)
        layout.addWidget(self.ready)
        layout.addWidget(halves, 1)
        layout.addLayout(self._foot())

    def _foot(self) -> QVBoxLayout:
        above, below = QHBoxLayout(), QHBoxLayout()
        for row in (above, below):
            row.setSpacing(tokens.S)
        above.addWidget(self.told, 1)
        above.addWidget(self.draw)
        above.addWidget(self.cancel)
        below.addWidget(label("Compared with", "muted"))
        below.addWidget(self.compare)
        below.addStretch(1)
        below.addWidget(self.to_folder)
        below.addWidget(self.to_zip)
        foot = QVBoxLayout()
        foot.setSpacing(tokens.S)
        foot.addLayout(above)
        foot.addLayout(below)
        return foot

    def _listen(self) -> None:
        making = self.making
        self.formats.ticked.connect(lambda name, wanted: making.want(name, wanted=wanted))
        self.formats.chosen.connect(self._choose)
        self.ready.wanted.connect(self.wanted)
        self.preview.said.connect(self.said)
        self.draw.clicked.connect(lambda: making.choose(*making.waiting))
        self.cancel.clicked.connect(making.cancel)
        self.compare.activated.connect(self._choose_compared)
        self.to_folder.clicked.connect(lambda: self._export(zipped=False))
        self.to_zip.clicked.connect(lambda: self._export(zipped=True))
        making.came.connect(self._show_made)
        making.went_on.connect(self._show_state)
        making.looking.connect(self.ready.show_looking)
        making.found.connect(self.ready.show_found)
        making.not_found.connect(self.ready.show_trouble)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.making.wake()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.making.rest()

    def close_down(self) -> None:
        """End the processes. Has to be called before the application ends."""
        self.making.close_down()

    # What it is compared with

    def _compared(self, name: str, files: Mapping[str, bytes]) -> Mapping[str, bytes] | None:
        if self._folder is None:
            return self._last.of(self._document, name)
        below = self._folder / name
        return in_folder(below if below.is_dir() else self._folder, files)

    def _choose_compared(self) -> None:
        kind = self.compare.currentData()
        if kind == _LAST:
            self._folder = None
        elif kind == _OTHER:
            chosen = self._dialogs.folder_to_compare_with(self._folder or self._document.folder)
            self._folder = chosen or self._folder
        self._show_compared()
        self.making.compare_again()

    def _show_compared(self) -> None:
        self.compare.clear()
        self.compare.addItem("The last export", _LAST)
        if self._folder:
            self.compare.addItem(f"The folder {self._folder.name}", _CHOSEN)
        self.compare.addItem("A folder…", _OTHER)
        self.compare.setCurrentIndex(1 if self._folder else 0)
        self.compare.fit_list()

    # What is shown

    def _choose(self, name: str, path: str) -> None:
        self.making.choose(name)
        self._show_chosen(name, path)

    def _show_made(self, name: str) -> None:
        made = self.making.made.get(name)
        self.formats.show_made(name, made)
        if made and made.files is not None and len(self.making.wanted) <= _FEW:
            self.formats.expand_format(name)
        if self.formats.current[0] == name:
            self._show_chosen(*self.formats.current)
        self._show_state()

    def _show_chosen(self, name: str, path: str) -> None:
        made = self.making.made.get(name)
        if not name:
            self.preview.tell("Choose a file to look at.")
        elif name not in self.making.wanted:
            self.preview.tell(f"{EXPORTERS[name].about}\n\nTick it to make its files.")
        elif made and made.error:
            self.preview.tell(f"{EXPORTERS[name].title} could not be made.\n\n{made.error}")
        elif name in self.making.waiting:
            self.preview.tell(f"{EXPORTERS[name].about}\n\nIts pages are not drawn yet.")
        elif made is None or made.files is None:
            self.preview.wait()
        elif (path or EXPORTERS[name].first) in made.paths:
            self.preview.show_file(path or EXPORTERS[name].first, made)
        else:
            self.preview.tell(f"{EXPORTERS[name].about}\n\nChoose a file to look at.")

    def _show_state(self) -> None:
        drawing = self.making.drawer.working
        self.cancel.setVisible(drawing)
        self.draw.setVisible(bool(self.making.waiting) and not drawing)
        self.told.setText(self._state())
        for control, tip in ((self.to_folder, _FOLDER), (self.to_zip, _ZIP)):
            allow(control, tip, self._blocked())

    def _state(self) -> str:
        if self._document.logo_error:
            return self._document.logo_error
        made = self.making.made
        if underway := self.making.underway:
            drawn = sum(one.drawn for one in made.values())
            pages = f", {drawn} pages drawn" if drawn else ""
            return f"Making {EXPORTERS[underway[0]].title}{pages}…"
        if waiting := self.making.waiting:
            more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
            return f"Not drawn yet: {EXPORTERS[waiting[0]].title}{more}."
        return file_count(made) if made else "No format is ticked."

    def _blocked(self) -> str:
        """Return why nothing can be exported, empty when it can."""
        making = self.making
        if self._document.logo_error:
            return "the logo cannot be shown."
        if self.ready.stopped:
            return self.ready.stopped
        if not making.wanted:
            return "no format is ticked."
        if not making.settled:
            return "files are still being made."
        if waiting := making.waiting:
            return f"the pages of {EXPORTERS[waiting[0]].title} are not drawn yet."
        failed = making.missing
        return f"{EXPORTERS[failed[0]].title} has no files." if failed else ""

    # The way out

    def _export(self, *, zipped: bool) -> None:
        files = {
            name: made.files for name, made in self.making.made.items() if made.files is not None
        }
        suggested = f"{self._document.client.registration.id}-handover.zip"
        told = write_to(self._dialogs, self._document, taken(files), suggested if zipped else "")
        if not told:
            return
        for name, contents in files.items():
            try:
                self._last.keep(self._document, name, contents)
            except OSError:
                continue  # What was exported is there; only the next comparison is missing.
        self.making.compare_again()
        self.said.emit(told)

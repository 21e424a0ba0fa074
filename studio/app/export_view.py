"""What does a service owner take away, and is it ready? The view beside the preview.

It begins with what should be mended, then the formats with their files, and what is new of them.
Everything is made in a process of its own, and only while the view is seen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, override

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.choices import Chooser
from studio.app.controls import allow, button, label
from studio.app.export_files import Made
from studio.app.export_job import ExportJob, order_of
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
    from PySide6.QtGui import QShowEvent

    from studio.app.dialogs import Dialogs
    from studio.app.document import Document

_KEY = "export/formats"
_FIRST = ("config", "oidc")
_PAUSE = 400
"""Milliseconds without an edit before files are made anew."""
_TREE = 340
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
            jobs: Who makes the files, and who looks if the client is ready.
        """
        super().__init__()
        self._document, self._dialogs, self._settings = document, dialogs, settings
        self._last = last or LastExports()
        self._folder: Path | None = None
        self._made: dict[str, Made] = {}
        self._looked = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self.maker, self.looker = jobs or (ExportJob(), ExportJob())
        self.ready = ReadyList()
        self.formats = FormatTree(EXPORTERS.values(), self._wanted)
        self.preview = FilePreview()
        self.told = label("", "muted")
        self.cancel = button("Cancel", "Stop making files; what is there already stays.", "x")
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
        self.formats.ticked.connect(self._tick)
        self.formats.chosen.connect(self._show_chosen)
        self.ready.wanted.connect(self.wanted)
        self.preview.said.connect(self.said)
        self.cancel.clicked.connect(self.stop)
        self.compare.activated.connect(self._choose_compared)
        self.to_folder.clicked.connect(lambda: self._export(zipped=False))
        self.to_zip.clicked.connect(lambda: self._export(zipped=True))
        self.maker.made.connect(self._take)
        self.maker.failed.connect(lambda name, why: self._put(name, Made(error=why)))
        self.maker.drawn.connect(lambda name, count: self._put(name, Made(drawn=count)))
        self.maker.ended.connect(self._made_all)
        self.looker.found.connect(self._take_found)
        self.looker.ended.connect(self._looked_at)
        self._pause.timeout.connect(self._go_on)
        self._document.changed.connect(self._forget)
        self._document.opened.connect(self._forget)

    # What is wanted, and who makes it

    @property
    def _wanted(self) -> tuple[str, ...]:
        stored = str(self._settings.value(_KEY, ",".join(_FIRST))).split(",")
        return tuple(name for name in EXPORTERS if name in stored)

    def _tick(self, name: str, wanted: bool) -> None:  # noqa: FBT001 - a signal's argument
        names = {*self._wanted, name} if wanted else {*self._wanted} - {name}
        self._settings.setValue(_KEY, ",".join(sorted(names)))
        if not wanted:
            self._made.pop(name, None)
            self.formats.show_made(name, None)
            self._show_chosen(*self.formats.current)
        self._pause.start(0)

    def _forget(self) -> None:
        """Make everything anew for another client, or the same one edited."""
        self._made.clear()
        self._looked = False
        self.stop()
        if self.isVisible():
            self._pause.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pause.start(0)

    def _go_on(self) -> None:
        """Make what is wanted and not there, what draws nothing first; look at the client."""
        missing = [name for name in self._wanted if self._made.get(name, Made()).files is None]
        if missing and not self._document.logo_error:
            for name in missing:
                self._put(name, Made())
            self.maker.start(order_of(self._document, sorted(missing, key=_draws)))
        elif not missing:
            self.maker.stop()
        if not self._looked:
            self._looked = True
            self.ready.show_looking()
            self.looker.start(order_of(self._document, (), check=True))
        self._show_state()

    def stop(self) -> None:
        """End what is being made; what is there already stays."""
        self.maker.stop()
        self.looker.stop()
        for name, made in list(self._made.items()):
            if made.files is None and not made.error:
                self._put(name, Made(error="Cancelled. Tick it again to begin."))
        self._show_state()

    def _take(self, name: str, files: Mapping[str, bytes]) -> None:
        made = Made(files=files)
        self._put(name, replace(made, before=self._compared(name, files)))
        if len(self._wanted) <= len(_FIRST):
            self.formats.expand_format(name)

    def _put(self, name: str, made: Made) -> None:
        self._made[name] = made
        self.formats.show_made(name, made)
        if self.formats.current[0] == name:
            self._show_chosen(*self.formats.current)
        self._show_state()

    def _made_all(self, trouble: str) -> None:
        for name, made in list(self._made.items()):
            if made.files is None and not made.error:
                self._put(name, Made(error=trouble or "It was not made."))
        self._show_state()

    def _take_found(self, found: object) -> None:
        if isinstance(found, tuple):
            self.ready.show_found(found)
        self._show_state()

    def _looked_at(self, trouble: str) -> None:
        if trouble:
            self.ready.show_trouble(trouble)

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
        self._compare_again()

    def _show_compared(self) -> None:
        self.compare.clear()
        self.compare.addItem("The last export", _LAST)
        if self._folder:
            self.compare.addItem(f"The folder {self._folder.name}", _CHOSEN)
        self.compare.addItem("A folder…", _OTHER)
        self.compare.setCurrentIndex(1 if self._folder else 0)
        self.compare.fit_list()

    def _compare_again(self) -> None:
        for name, made in list(self._made.items()):
            if made.files is not None:
                self._put(name, replace(made, before=self._compared(name, made.files)))

    # What is shown

    def _show_chosen(self, name: str, path: str) -> None:
        made = self._made.get(name)
        if not name:
            self.preview.tell("Choose a file to look at.")
        elif name not in self._wanted or made is None:
            self.preview.tell(f"{EXPORTERS[name].about}\n\nTick it to make its files.")
        elif made.error:
            self.preview.tell(f"{EXPORTERS[name].title} could not be made.\n\n{made.error}")
        elif made.files is None:
            self.preview.wait()
        elif path in made.paths:
            self.preview.show_file(path, made)
        else:
            self.preview.tell(f"{EXPORTERS[name].about}\n\nChoose a file to look at.")

    def _show_state(self) -> None:
        working = self.maker.working
        self.cancel.setVisible(working)
        self.told.setText(self._state())
        for control, tip in ((self.to_folder, _FOLDER), (self.to_zip, _ZIP)):
            allow(control, tip, self._blocked())

    def _state(self) -> str:
        if self._document.logo_error:
            return self._document.logo_error
        waiting = [name for name in self._wanted if self._made.get(name, Made()).files is None]
        if self.maker.working and waiting:
            drawn = sum(made.drawn for made in self._made.values())
            pages = f", {drawn} pages drawn" if drawn else ""
            return f"Making {EXPORTERS[min(waiting, key=_draws)].title}{pages}…"
        return file_count(self._made) if self._made else "No format is ticked."

    def _blocked(self) -> str:
        """Return why nothing can be exported, empty when it can."""
        if self._document.logo_error:
            return "the logo cannot be shown."
        if self.ready.stopped:
            return self.ready.stopped
        if not self._wanted:
            return "no format is ticked."
        if self.maker.working:
            return "files are still being made."
        failed = [name for name in self._wanted if self._made.get(name, Made()).files is None]
        return f"{EXPORTERS[failed[0]].title} has no files." if failed else ""

    # The way out

    def _export(self, *, zipped: bool) -> None:
        files = {name: made.files for name, made in self._made.items() if made.files is not None}
        suggested = f"{self._document.client.registration.id}-handover.zip"
        told = write_to(self._dialogs, self._document, taken(files), suggested if zipped else "")
        if not told:
            return
        for name, contents in files.items():
            try:
                self._last.keep(self._document, name, contents)
            except OSError:
                continue  # What was exported is there; only the next comparison is missing.
        self._compare_again()
        self.said.emit(told)


def _draws(name: str) -> bool:
    return EXPORTERS[name].draws

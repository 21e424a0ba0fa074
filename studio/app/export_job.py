"""Who makes the files of an export? A process of the program itself; ending it cancels."""

from __future__ import annotations

import base64
import json
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal

from studio.checks.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.app.document import Document
    from studio.app.export_worker import Order

_MODULE = "studio.app.export_worker"
_PATIENCE = 2000
"""Milliseconds to wait for a process that was killed."""


class ExportJob(QObject):
    """Carries out one order at a time.

    Signals:
        made: (name of a format, its files by path) when they are there.
        failed: (name of a format, why it has no files).
        drawn: (name of a format, how many of its pages are drawn by now).
        found: The findings of a client.
        ended: The order is carried out, or could not be: then the text says why.
    """

    made = Signal(str, object)
    failed = Signal(str, str)
    drawn = Signal(str, int)
    found = Signal(object)
    ended = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._process: QProcess | None = None

    @property
    def working(self) -> bool:
        """Whether an order is being carried out."""
        return self._process is not None

    def start(self, order: Order) -> None:
        """Begin with an order, in place of the one before."""
        self.stop()
        process = QProcess(self)
        self._process = process
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._not_started)
        process.start(sys.executable, ["-P", "-m", _MODULE])
        process.write(json.dumps(order).encode() + b"\n")
        process.closeWriteChannel()

    def stop(self) -> None:
        """End what is being done, without a word."""
        if (process := self._process) is not None:
            self._process = None
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_PATIENCE)
            process.deleteLater()

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            self._take(json.loads(bytes(self._process.readLine().data())))

    def _take(self, answer: dict[str, object]) -> None:
        match answer:
            case {"findings": list(rows)}:
                self.found.emit(tuple(map(_finding, rows)))
            case {"name": str(name), "files": dict(files)}:
                self.made.emit(name, {path: base64.b64decode(one) for path, one in files.items()})
            case {"name": str(name), "error": str(error)}:
                self.failed.emit(name, error)
            case {"name": str(name), "drawn": int(count)}:
                self.drawn.emit(name, count)

    def _finished(self, code: int) -> None:
        if (process := self._process) is not None:
            self._read()
            said = bytes(process.readAllStandardError().data()).decode(errors="replace")
            self._process = None
            process.deleteLater()
            last = said.strip().splitlines()[-1:] or ["it ended without a word"]
            self.ended.emit(last[0] if code else "")

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            process, self._process = self._process, None
            process.deleteLater()
            self.ended.emit(process.errorString())


def order_of(document: Document, names: Iterable[str], *, check: bool = False) -> Order:
    """Return an order for the client as it stands in the document, saved or not."""
    logo, colour = document.logo, document.logo_colour
    return {
        "file": document.name,
        "text": document.text,
        "logo": (
            (logo.media_type, base64.b64encode(logo.data).decode(), logo.width, logo.height)
            if logo
            else None
        ),
        "colour": (colour.red, colour.green, colour.blue) if colour else None,
        "names": list(names),
        "check": check,
    }


def _finding(row: dict[str, str | int]) -> Finding:
    texts = ("check", "message", "mend", "file", "locale", "screen")
    values = {name: str(row[name]) for name in texts}
    return Finding(severity=Severity(str(row["severity"])), line=int(row["line"]), **values)

"""Who makes the files of an export? A process of the program itself that lasts.

What is given up is not heard any more. Where pages are drawn, which takes long, the process is
ended, and its workers end with it; it also ends after such an order, because they hold much memory.
A process that died is replaced, and what it had to do is done again once.
"""

from __future__ import annotations

import base64
import json
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal

from studio.checks.finding import Finding, Severity
from studio.exporters import EXPORTERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.app.document import Document
    from studio.app.export_worker import Asked, Order

_MODULE = "studio.app.export_worker"
_PATIENCE = 2000
"""Milliseconds to wait for a process that was killed."""
_TRIES = 2


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
        self._order: Order | None = None
        self._number = 0
        self._tries = 0

    @property
    def working(self) -> bool:
        """Whether an order is being carried out."""
        return self._order is not None

    @property
    def process(self) -> int:
        """The id of the process, 0 without one."""
        return self._process.processId() if self._process else 0

    def start(self, order: Order) -> None:
        """Begin with an order, in place of the one before."""
        self.stop()
        self._order, self._tries = order, 0
        self._send(order)

    def stop(self) -> None:
        """Give up what is being done, without a word."""
        order, self._order = self._order, None
        if order and _draws(order):
            self.close_down()

    def close_down(self) -> None:
        """End the process, which the next order starts again."""
        self._order = None
        if (process := self._process) is not None:
            self._process = None
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_PATIENCE)
            process.deleteLater()

    def _send(self, order: Order) -> None:
        self._number += 1
        self._tries += 1
        asked: Asked = {"number": self._number, "order": order}
        process = self._process or self._begun()
        process.write(json.dumps(asked).encode() + b"\n")

    def _begun(self) -> QProcess:
        process = QProcess(self)
        self._process = process
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._died)
        process.errorOccurred.connect(self._not_started)
        process.start(sys.executable, ["-P", "-m", _MODULE])
        return process

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            answer = json.loads(bytes(self._process.readLine().data()))
            if self._order is not None and answer["number"] == self._number:
                self._take(answer)

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
            case {"ended": str(trouble)}:
                self._end(trouble)

    def _end(self, trouble: str) -> None:
        self.stop()
        self.ended.emit(trouble)

    def _died(self) -> None:
        if (process := self._process) is None:
            return
        self._read()
        said = bytes(process.readAllStandardError().data()).decode(errors="replace")
        self._process = None
        process.deleteLater()
        if self._order is None:
            return
        if self._tries < _TRIES:
            self._send(self._order)
        else:
            self._end((said.strip().splitlines() or ["The process ended without a word."])[-1])

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            process, self._process = self._process, None
            process.deleteLater()
            self._end(process.errorString())


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


def _draws(order: Order) -> bool:
    return any(EXPORTERS[name].draws for name in order["names"])

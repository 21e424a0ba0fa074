"""Has another program touched a file? Told once the writing has settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SETTLING = 100
"""Milliseconds in which another program may write a file in several goes."""


class Watching(QObject):
    """Watches some files; `touched` when one of them may have another content."""

    touched = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING)
        self._settling.timeout.connect(self.touched)
        self._watcher.fileChanged.connect(self._settling.start)

    def watch(self, files: Iterable[Path]) -> None:
        """Watch these files and no others; one that was replaced is a new one to the watcher."""
        wanted = {str(path) for path in files if path.exists()}
        watched = set(self._watcher.files())
        if watched - wanted:
            self._watcher.removePaths(list(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(list(wanted - watched))

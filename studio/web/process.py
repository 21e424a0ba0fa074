"""One worker as the one who started it sees it: a child process, and two threads for its pipes.

The threads only wait for the pipes, so that nobody else has to: a worker that hangs keeps nothing
from going on.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

import studio
from studio.web import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.web.batches import Batch

CLOSING = 5.0
"""Seconds that a worker gets to end by itself."""

_LINES = 5

type Told = wire.Ready | wire.Finished | wire.Came | None
"""What a worker has said; None: it says nothing any more."""


class WorkerProcess:
    """A worker for one scale. `assigned` are its batches, the one it draws first."""

    def __init__(self, scale: int, heard: SimpleQueue[tuple[WorkerProcess, Told]]) -> None:
        self.scale = scale
        self.ready = False
        self.tired = False
        """Whether it is to get no more work."""
        self.assigned: deque[Batch] = deque()
        self.since = time.monotonic()
        """When it was last heard of, or began to have work."""
        self._known: set[str] = set()
        self._number = 0
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the worker
        self._process = subprocess.Popen(  # noqa: S603 - this program itself
            [sys.executable, "-P", "-m", "studio.web.worker", str(scale)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            encoding="utf-8",
            env=_environment(os.environ),
            start_new_session=True,
        )
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        Thread(target=self._speak, daemon=True).start()
        Thread(target=self._listen, args=(heard,), daemon=True).start()

    @property
    def id(self) -> int:
        """The process id."""
        return self._process.pid

    def assign(self, batch: Batch) -> None:
        """Give it another batch."""
        if not self.assigned:
            self.since = time.monotonic()
        self.assigned.append(batch)
        self._number += 1
        for line in wire.lines(self._number, batch, self._known):
            self._lines.put(line)

    def overdue(self, patience: float) -> bool:
        """Whether it has work, or is starting, and has not been heard of for so many seconds."""
        busy = bool(self.assigned) or not self.ready
        return busy and time.monotonic() - self.since > patience

    def kill(self) -> None:
        """End it and its children at once."""
        try:
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        except ProcessLookupError:
            return

    def close(self) -> None:
        """Let it end; where it does not, kill it."""
        self._lines.put(None)
        try:
            self._process.wait(CLOSING)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        self._errors.close()

    def trouble(self) -> str:
        """Return the last of what it has written to standard error."""
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").splitlines()
        return " / ".join(said[-_LINES:]) or "it said nothing"

    def _speak(self) -> None:
        pipe = self._process.stdin
        if pipe is None:
            return
        with suppress(OSError):  # It is gone, which `_listen` tells.
            while (line := self._lines.get()) is not None:
                pipe.write(line)
                if self._lines.empty():
                    pipe.flush()
        with suppress(OSError):
            pipe.close()

    def _listen(self, heard: SimpleQueue[tuple[WorkerProcess, Told]]) -> None:
        pipe = self._process.stdout
        if pipe is None:
            return
        with pipe, suppress(ValueError):  # A line that is cut short is the last one.
            for line in pipe:
                heard.put((self, wire.read_told(line)))
        heard.put((self, None))


def _environment(outer: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which the same copy of the program is found."""
    here = str(Path(studio.__file__).parent.parent)
    path = os.pathsep.join(filter(None, [here, outer.get("PYTHONPATH", "")]))
    return {**outer, "PYTHONPATH": path}

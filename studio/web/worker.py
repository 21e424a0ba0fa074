"""`python -m studio.web.worker SCALE`: a process that draws batches until its input ends.

It reads and writes the lines of `studio.web.wire`. The flags of Chromium are for this process only,
never for a window. One thread writes pictures as files while the next batch is drawn.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TextIO

from studio.web import runtime, wire

if TYPE_CHECKING:
    from studio.device.snapshot import Asset
    from studio.device.tasks import Task
    from studio.web.batches import Batch
    from studio.web.sheet import Drawn, Sheet

FLAGS = (
    "--disable-frame-rate-limit",
    "--disable-gpu-vsync",  # nothing waits for a display
    "--disable-checker-imaging",
    "--js-flags=--expose-gc",  # see `studio.web.sheet`
)
_SHEETS = 3
"""Sheets that are kept, one for each origin; each has a process of Chromium's."""


def main(scale: int) -> int:
    """Work until the input ends."""
    os.environ[runtime.FLAGS] = " ".join([os.environ.get(runtime.FLAGS, ""), *FLAGS]).strip()
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    # What others write to standard output must not come between the lines.
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    runtime.start(offscreen=True)
    with ThreadPoolExecutor(1) as writing:
        worker = _Worker(_Teller(told, writing))
        try:
            worker.work()
        finally:
            worker.close()
    return 0


class _Teller:
    """Encodes pictures and says what came of tasks, in order, in a thread of its own."""

    def __init__(self, out: TextIO, writing: ThreadPoolExecutor) -> None:
        self._out = out
        self._writing = writing

    def ready(self) -> None:
        self._writing.submit(self._say, wire.told_ready())

    def came(self, place: int, task: Task, drawn: Drawn) -> None:
        self._writing.submit(self._tell, place, task, drawn)

    def finished(self) -> None:
        self._writing.submit(lambda: self._say(wire.told_finished(memory_of(os.getpid()))))

    def _tell(self, place: int, task: Task, drawn: Drawn) -> None:
        from studio.web import png  # noqa: PLC0415 - Qt after its libraries were looked for

        data, size = b"", (0, 0)
        if drawn.image is not None:
            small = task.shot is not None and task.shot.compress
            data = png.encode(drawn.image, small=small)
            size = (drawn.image.width(), drawn.image.height())
        self._say(wire.told_came(place, png=data, size=size, value=drawn.value, error=drawn.error))

    def _say(self, line: str) -> None:
        self._out.write(line)
        self._out.flush()


class _Worker:
    """Reads batches and draws them."""

    def __init__(self, tell: _Teller) -> None:
        self._tell = tell
        self._files: dict[str, Asset] = {}
        self._sheets: dict[str, Sheet] = {}  # by origin, the one used longest ago first

    def work(self) -> None:
        self._tell.ready()
        for line in sys.stdin:
            told = json.loads(line)
            if "file" in told:
                self._files[told["file"]] = wire.read_file(told)
            else:
                self._draw(wire.read_batch(told, self._files))

    def close(self) -> None:
        for sheet in self._sheets.values():
            sheet.close()

    def _draw(self, batch: Batch) -> None:
        from studio.web.sheet import Drawn, SheetError  # noqa: PLC0415 - as above

        try:
            results = self._sheet(batch).draw(batch)
        except SheetError as error:
            results = [Drawn(error=str(error))] * len(batch.tasks)
        for place, (task, drawn) in enumerate(zip(batch.tasks, results, strict=True)):
            self._tell.came(place, task, drawn)
        self._tell.finished()

    def _sheet(self, batch: Batch) -> Sheet:
        from studio.web.sheet import Sheet  # noqa: PLC0415 - as above

        origin = batch.kind.origin
        sheet = self._sheets.pop(origin, None)
        if sheet and not sheet.takes(batch):
            sheet.close()
            sheet = None
        if sheet is None:
            sheet = Sheet(origin, _end)
            self._tell.ready()  # A process of Chromium's has started, which takes its time.
        self._sheets[origin] = sheet
        if len(self._sheets) > _SHEETS:
            self._sheets.pop(next(iter(self._sheets))).close()
        return sheet


def _end() -> None:
    """End at once: whoever started this process does what was left by another."""
    os._exit(1)


def memory_of(process: int) -> int:
    """Return the bytes that a process and its children hold, each for itself.

    What they share, such as libraries, is not counted. 0 where the system does not tell (proc(5)).
    """
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as file:  # noqa: PTH123 - not a path
            _size, resident, shared, *_others = map(int, file.read().split())
        with open(  # noqa: PTH123 - as above
            f"/proc/{process}/task/{process}/children", encoding="ascii"
        ) as file:
            children = [int(child) for child in file.read().split()]
    except OSError:
        return 0
    held = (resident - shared) * os.sysconf("SC_PAGE_SIZE")
    return held + sum(memory_of(child) for child in children)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))

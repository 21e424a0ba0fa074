"""Draws and measures many pages in worker processes (`studio.device.tasks.BatchRenderer`).

Rules kept here:

* a worker that ends or is not heard of in time is replaced, and what it had is done again; the
  pages of the batch it drew are done again each by itself, so that the guilty one stands alone;
* a page that fails twice is told with its error, and all others are delivered;
* a worker that holds more memory than it may gets no more work and is replaced;
* tasks are taken as they are needed, so that whoever makes them works while pages are drawn.
"""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Self

from studio.device.renderer import RenderError
from studio.device.tasks import Done
from studio.web import wire
from studio.web.batches import alone, batches
from studio.web.process import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from studio.device.tasks import Task
    from studio.web.batches import Batch
    from studio.web.process import Told

PATIENCE = 30.0
"""Seconds without a word after which a worker is given up."""

START = 90.0
"""Seconds that a worker may take to start: longer, as many may start on a busy machine."""

MEMORY = 1_500_000_000
"""Bytes that a worker and its children may hold, without what they share."""

AHEAD = 2
"""Batches that a worker has at once: one to draw, one to go on with."""

TRIES = 2
MOST_JOBS = 8


def usual_jobs() -> int:
    """Return how many workers are worth while: one for each processor, up to eight."""
    return min(os.cpu_count() or 1, MOST_JOBS)


class Pool:
    """Workers that are kept for the next call. One call at a time.

    `jobs` is how many there are at most, `patience` in seconds, `memory` in bytes. `close` ends
    them; they also end when the program does.
    """

    def __init__(
        self, *, jobs: int | None = None, patience: float = PATIENCE, memory: int = MEMORY
    ) -> None:
        self._jobs = jobs or usual_jobs()
        self._patience = patience
        self._memory = memory
        self._workers: list[WorkerProcess] = []
        self._heard: SimpleQueue[tuple[WorkerProcess, Told]] = SimpleQueue()
        self._busy = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def processes(self) -> list[int]:
        """The ids of the workers' processes."""
        return [one.id for one in self._workers]

    def render(self, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        """Yield what comes of each task, in any order; closing the iterator cancels the rest.

        The tasks' keys have to be different.

        Raises:
            RenderError: A worker cannot start.
            RuntimeError: Another call is not over.
        """
        if self._busy:
            raise RuntimeError("this pool is drawing already; close its iterator first")
        self._busy = True
        try:
            yield from _Run(self, tasks).results()
        finally:
            self._busy = False
            for worker in [one for one in self._workers if one.assigned or not one.ready]:
                self.drop(worker)

    def close(self) -> None:
        """End all workers."""
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.close()

    # What a run needs

    def worker_for(self, batch: Batch) -> WorkerProcess | None:
        """Return a worker that has room for a batch, starting one if need be."""
        scale = batch.kind.scale
        fitting = [one for one in self._workers if one.scale == scale and not one.tired]
        freest = min(fitting, key=lambda one: len(one.assigned), default=None)
        if freest and not freest.assigned:
            return freest
        if len(self._workers) >= self._jobs:
            for idle in [one for one in self._workers if one not in fitting and not one.assigned]:
                self.retire(idle)
                break
        if len(self._workers) < self._jobs:
            self._workers.append(WorkerProcess(scale, self._heard))
            return self._workers[-1]
        return freest if freest and len(freest.assigned) < AHEAD else None

    def heard(self) -> tuple[WorkerProcess, Told] | None:
        """Return what the next worker says; None when one was overdue and has been ended."""
        working = [one for one in self._workers if one.assigned or not one.ready]
        left = min((one.since + self._limit(one) - time.monotonic() for one in working), default=0)
        try:
            worker, told = self._heard.get(timeout=max(left, 0.01))
        except Empty:
            for one in working:
                if one.overdue(self._limit(one)):
                    one.kill()
            return None
        worker.since = time.monotonic()
        return (worker, told) if worker in self._workers else None

    def weigh(self, worker: WorkerProcess, memory: int) -> None:
        """Give no more work to a worker that holds too much."""
        worker.tired = worker.tired or memory > self._memory
        if worker.tired and not worker.assigned:
            self.retire(worker)

    def drop(self, worker: WorkerProcess) -> None:
        """End a worker at once."""
        worker.kill()
        self.retire(worker)

    def retire(self, worker: WorkerProcess) -> None:
        """Let a worker end."""
        self._workers.remove(worker)
        worker.close()

    def _limit(self, worker: WorkerProcess) -> float:
        return self._patience if worker.ready else START


class _Run:
    """One call: which tasks are still to do, and what failed."""

    def __init__(self, pool: Pool, tasks: Iterable[Task]) -> None:
        self._pool = pool
        self._coming = batches(tasks)
        self._again: deque[Batch] = deque()
        self._answered: set[str] = set()
        self._failed: Counter[str] = Counter()
        self._open = 0

    def results(self) -> Iterator[Done]:
        """Yield what comes of each task."""
        self._deal()
        while self._open:
            heard = self._pool.heard()
            if heard:
                yield from self._took(*heard)
            self._deal()

    def _deal(self) -> None:
        """Give work to whoever has room."""
        while (batch := self._next()) is not None:
            worker = self._pool.worker_for(batch)
            if worker is None:
                self._again.appendleft(batch)
                return
            worker.assign(batch)
            self._open += 1

    def _next(self) -> Batch | None:
        return self._again.popleft() if self._again else next(self._coming, None)

    def _took(self, worker: WorkerProcess, told: Told) -> Iterator[Done]:
        match told:
            case wire.Ready():
                worker.ready = True
            case wire.Came():
                yield from self._came(worker.assigned[0].tasks[told.place], told)
            case wire.Finished():
                worker.assigned.popleft()
                self._open -= 1
                self._pool.weigh(worker, told.memory)
            case None:
                yield from self._gone(worker)

    def _came(self, task: Task, told: wire.Came) -> Iterator[Done]:
        if told.error:
            yield from self._fail(task, told.error)
        else:
            self._answered.add(task.key)
            yield told.done(task.key)

    def _gone(self, worker: WorkerProcess) -> Iterator[Done]:
        """Do again what a worker had that is gone."""
        if not worker.ready:
            trouble = worker.trouble()
            self._pool.drop(worker)
            raise RenderError(f"a worker did not start: {trouble}")
        self._open -= len(worker.assigned)
        drawn, others = list(worker.assigned)[:1], list(worker.assigned)[1:]
        worker.assigned.clear()
        self._pool.drop(worker)
        self._again.extend(others)
        for task in (task for batch in drawn for task in batch.tasks):
            if task.key not in self._answered:
                yield from self._fail(task, "the browser crashed or hung on this page")

    def _fail(self, task: Task, error: str) -> Iterator[Done]:
        """Try a task again by itself; tell its error when it has been tried enough."""
        self._failed[task.key] += 1
        if self._failed[task.key] < TRIES:
            self._again.append(alone(task))
            return
        self._answered.add(task.key)
        yield Done(key=task.key, error=error)

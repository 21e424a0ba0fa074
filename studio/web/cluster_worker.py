"""What a Dask worker does to draw batches: it keeps pools, and draws with one that is free.

A pool is Dask's way to keep something in a worker: a plugin, closed when the worker ends. It needs
`distributed` to be imported, so this module is, by `studio.web.cluster` and by the workers.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from distributed import get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from studio.device.renderer import RenderError
from studio.web.cache import drawn_by
from studio.web.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Worker

    from studio.device.tasks import Done, Task


class Pools(WorkerPlugin):
    """Pools of one process each, one for each thread of a Dask worker that draws."""

    name = "connect-studio-pools"
    idempotent = True  # Programs that use one cluster share them.

    def setup(self, worker: Worker) -> None:
        """Begin without any: the first batch starts one."""
        del worker
        self._free: deque[Pool] = deque()

    def teardown(self, worker: Worker) -> None:
        """End with the worker."""
        del worker
        self.rest()

    @contextmanager
    def one(self) -> Iterator[Pool]:
        """Give a pool to one thread."""
        try:
            pool = self._free.pop()
        except IndexError:
            pool = Pool(jobs=1)
        try:
            yield pool
        finally:
            self._free.append(pool)

    def rest(self) -> None:
        """End the processes of those that are not in use; another batch starts one again."""
        with suppress(IndexError):
            while True:
                self._free.pop().close()


def draw(tasks: tuple[Task, ...], expected: str) -> tuple[Done, ...]:
    """Return what comes of tasks; `expected` is what `drawn_by` is where they come from.

    Raises:
        RenderError: This worker would draw them differently, or cannot draw.
    """
    worker = get_worker()
    if drawn_by() != expected:
        raise RenderError(
            f"{worker.address} would draw differently: it needs the same CONNECT Studio and PySide6"
        )
    try:
        with _pools(worker).one() as pool:
            return tuple(pool.render(tasks))
    except RenderError as error:
        raise RenderError(f"{worker.address}: {error}") from None


def rest(dask_worker: Worker) -> None:
    """Let a worker end what it does not draw with now."""
    _pools(dask_worker).rest()


def _pools(worker: Worker) -> Pools:
    pools = worker.plugins[Pools.name]
    if not isinstance(pools, Pools):
        raise TypeError(f"{worker.address}: another plugin is called {Pools.name}")
    return pools

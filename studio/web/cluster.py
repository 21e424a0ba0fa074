"""Draws and measures many pages on a Dask cluster (`studio.device.tasks.BatchRenderer`).

Rules kept here:

* what goes there and what comes back are values, so a batch may be done again by anybody: Dask does
  so where a worker is lost, and once more for each where one fails;
* only as many batches wait in the cluster as its workers need to go on; so whoever makes the tasks
  works while pages are drawn, and no machine holds them all;
* Dask comes with the extra `cluster`, and is imported when a cluster is asked for.
"""

from __future__ import annotations

from concurrent.futures import CancelledError
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Self

from studio.device.renderer import RenderError
from studio.device.tasks import Done
from studio.web.batches import batches
from studio.web.cache import drawn_by

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from distributed import Client, Future

    from studio.device.tasks import Task
    from studio.web.batches import Batch

CONNECTING = 10.0
"""Seconds that a scheduler gets to answer."""

ASKED = 3
"""Times that a scheduler is asked whose greeting Dask does not understand."""

AHEAD = 2
"""Batches for each thread of the workers: one to draw, one to go on with."""

RETRIES = 2


class ClusterUnavailableError(RuntimeError):
    """There is no cluster to draw on; the text says why."""


class Cluster:
    """The workers of a Dask scheduler, by its address ("tcp://machine:8786").

    They keep what they draw with for the next call; `close` lets go of it.

    Raises:
        ClusterUnavailableError: Dask is not installed, or no scheduler answers.
    """

    def __init__(self, scheduler: str) -> None:
        try:
            from studio.web.cluster_worker import Pools, draw, rest  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ClusterUnavailableError(
                f"a cluster takes packages that are not installed ({error.name}):"
                " pip install 'connect-studio[cluster]'"
            ) from None
        self._client = _connect(scheduler)
        self._client.register_plugin(Pools())
        self._draw = draw
        self._rest = rest
        self._drawn_by = drawn_by()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def render(self, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        """Yield what comes of each task, in any order; closing the iterator cancels the rest.

        A page that workers are lost with again and again is told with an error.

        Raises:
            RenderError: A worker cannot draw, or the connection is lost.
        """
        from distributed import as_completed  # noqa: PLC0415 - as above

        coming = batches(tasks)
        going: dict[Future[tuple[Done, ...]], Batch] = {}
        finished = as_completed(loop=self._client.loop)
        try:
            finished.update(self._submitted(coming, going))
            for future in finished:
                yield from _results(future, going.pop(future))
                future.release()
                finished.update(self._submitted(coming, going))
        finally:
            if going:
                self._client.cancel(list(going))

    def close(self) -> None:
        """Let the workers end what they draw with, and part from them."""
        if self._client.status == "running":
            self._client.run(self._rest, on_error="ignore")
        self._client.close()

    def _submitted(
        self, coming: Iterator[Batch], going: dict[Future[tuple[Done, ...]], Batch]
    ) -> list[Future[tuple[Done, ...]]]:
        """Hand over as many batches as there is room for, and return what will come of them."""
        threads = sum(self._client.nthreads().values())
        room = max(1, threads) * AHEAD - len(going)
        new = {self._submit(batch): batch for batch in islice(coming, max(0, room))}
        going.update(new)
        return list(new)

    def _submit(self, batch: Batch) -> Future[tuple[Done, ...]]:
        # Not "pure" in Dask's sense: two programs would share a result, and one could cancel it.
        return self._client.submit(
            self._draw, _sharing(batch), self._drawn_by, pure=False, retries=RETRIES
        )


def _connect(scheduler: str) -> Client:
    """Return a client of a scheduler.

    What another program cancels is told to every client. Dask's own takes it for a fault where it
    comes together with the scheduler's greeting, and says so by an assertion; so it is asked again.
    """
    from distributed import Client  # noqa: PLC0415 - as above

    for _ in range(ASKED):
        try:
            return Client(scheduler, timeout=CONNECTING, set_as_default=False)
        except AssertionError:
            continue
        except (OSError, ValueError) as error:
            raise ClusterUnavailableError(
                f"{scheduler}: no Dask scheduler answers there ({error})"
            ) from None
    raise ClusterUnavailableError(
        f"{scheduler}: the scheduler there is not understood; try again, with its version of Dask"
    )


def _sharing(batch: Batch) -> tuple[Task, ...]:
    """Return the tasks with each file once, though each page brings its own: pickle sees to it."""
    return tuple(
        replace(
            task,
            page=replace(task.page, assets={url: batch.files[url] for url in task.page.assets}),
        )
        for task in batch.tasks
    )


def _results(future: Future[tuple[Done, ...]], batch: Batch) -> tuple[Done, ...]:
    from distributed.scheduler import KilledWorker  # noqa: PLC0415 - as above

    try:
        return future.result()
    except KilledWorker as error:
        text = f"worker after worker was lost while drawing this page, the last {error.last_worker}"
        return tuple(Done(key=task.key, error=text) for task in batch.tasks)
    except CancelledError:
        raise RenderError("the connection to the cluster is lost") from None

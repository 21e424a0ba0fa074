from __future__ import annotations

import os
import signal
import sys
from itertools import count
from typing import TYPE_CHECKING

import pytest
from distributed import LocalCluster

from studio.device.fresh import fresh_pages
from studio.device.renderer import RenderError
from studio.device.snapshot import Snapshots
from studio.device.tasks import Task
from studio.journeys.reach import reach_in, reachable, runs_of
from studio.web import cluster
from studio.web.cluster import Cluster, ClusterUnavailableError
from studio.web.pool import Pool
from tests.samples import fakebrand
from tests.web.pages import made

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = 70
"""Five batches, of which two are done when a worker is lost. Any number does, in its time."""


@pytest.fixture(scope="module")
def fleet() -> Iterator[LocalCluster]:
    """Two workers of one process each, which are started again when they are lost."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        yield local


@pytest.fixture(scope="module")
def renderer(fleet: LocalCluster) -> Iterator[Cluster]:
    with Cluster(fleet.scheduler_address) as one:
        yield one


@pytest.fixture(scope="module")
def start_screens() -> list[Task]:
    """The first page of many clients, each with a header colour of its own."""
    colours = [f"#{value:06x}" for value in range(0x30, 0xFFFFFF, 0xFFFFFF // CLIENTS)][:CLIENTS]
    clients = [fakebrand({"branding.header": colour}) for colour in colours]
    (start,) = [one for one in reachable() if one.name == "start/phone"]
    snapshots = Snapshots()
    browsers = [reach_in(run, start) for run in runs_of(clients, fresh_pages(), "en")]
    return [
        Task(key=colour, page=snapshots.take(one.device, one.reply))
        for colour, one in zip(colours, browsers, strict=True)
    ]


def one_worker(fleet: LocalCluster) -> int:
    """The process of one of the workers."""
    return int(next(iter(fleet.workers.values())).pid)


def test_pages_of_a_worker_that_is_lost_are_drawn_by_another(
    fleet: LocalCluster, renderer: Cluster, start_screens: list[Task]
) -> None:
    results = renderer.render(start_screens)
    drawn = [next(results) for _ in range(28)]
    os.kill(one_worker(fleet), signal.SIGKILL)
    drawn += results
    with Pool() as pool:
        local = {one.key: one for one in pool.render(start_screens)}
    assert len(drawn) == CLIENTS
    assert {one.key: one for one in drawn} == local
    assert len({one.picture.png for one in drawn if one.picture}) == CLIENTS


def test_only_as_much_is_asked_for_as_there_is_room_for(renderer: Cluster) -> None:
    asked = count()
    page = made("<body>")
    results = renderer.render(Task(key=str(number), page=page) for number in asked)
    assert next(results).picture
    results.close()
    assert next(asked) < 14 * 8
    (done,) = renderer.render([Task(key="after", page=page)])
    assert done.picture


def test_a_page_that_cannot_be_drawn_is_told(renderer: Cluster) -> None:
    page = made("<body><img src='/elsewhere.png'>")
    (done,) = renderer.render([Task(key="page", page=page)])
    assert "elsewhere.png, which is not part of it" in done.error


def test_a_worker_that_would_draw_differently_is_told(
    fleet: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "drawn_by", lambda: "another version")
    with (
        Cluster(fleet.scheduler_address) as renderer,
        pytest.raises(RenderError, match=r"^tcp://.* needs the same CONNECT Studio and PySide6$"),
    ):
        list(renderer.render([Task(key="page", page=made("<body>"))]))


def test_another_program_may_cancel_while_one_connects(
    fleet: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler = fleet.scheduler
    assert scheduler
    listen = scheduler.handle_stream
    greeted: list[object] = []

    async def cancelled_meanwhile(comm: object, extra: object = None) -> None:
        if not greeted:
            scheduler.report({"op": "cancelled-keys", "keys": [], "reason": None, "msg": None})
        greeted.append(extra)
        await listen(comm=comm, extra=extra)

    monkeypatch.setattr(scheduler, "handle_stream", cancelled_meanwhile)
    with Cluster(fleet.scheduler_address) as renderer:
        (done,) = renderer.render([Task(key="page", page=made("<body>"))])
    assert done.picture
    assert len(greeted) == 2


def test_a_scheduler_that_is_not_understood_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def misunderstood(*_address: object, **_options: object) -> None:
        raise AssertionError

    monkeypatch.setattr("distributed.Client", misunderstood)
    with pytest.raises(ClusterUnavailableError, match=r"^tcp://.* is not understood; try again"):
        Cluster("tcp://127.0.0.1:9")


def test_where_no_scheduler_is_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECTING", 0.5)
    for address in ("tcp://127.0.0.1:9", "nonsense://here"):
        with pytest.raises(ClusterUnavailableError, match=f"{address}: no Dask scheduler answers"):
            Cluster(address)


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "studio.web.cluster_worker", raising=False)
    with pytest.raises(ClusterUnavailableError, match=r"pip install 'connect-studio\[cluster\]'"):
        Cluster("tcp://127.0.0.1:9")

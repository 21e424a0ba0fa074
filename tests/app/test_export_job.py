"""The process that makes the files of an export."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QProcess

from studio.app.export_job import ExportJob, order_of
from studio.exporters import EXPORTERS, Handover
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.app.document import Document
    from studio.device.tasks import BatchRenderer

LONG = 60_000
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture(scope="module")
def job(qapp: object) -> Iterator[ExportJob]:
    """One process for all tests, as the window has it."""
    assert qapp
    made = ExportJob()
    yield made
    made.close_down()


def nobody() -> BatchRenderer:
    raise AssertionError("nothing is drawn")


def carry_out(job: ExportJob, document: Document, qtbot: QtBot) -> dict[str, object]:
    """Return what is made of two formats."""
    made: dict[str, object] = {}
    taken = job.made.connect(made.__setitem__)
    with qtbot.waitSignal(job.ended, timeout=LONG) as ended:
        job.start(order_of(document, ["config", "tokens"], check=True))
    job.made.disconnect(taken)
    assert ended.args == [""]
    assert not job.working
    return made


def expected(document: Document) -> dict[str, object]:
    handover = Handover(
        hosted=HostedClient(document.client, document.logo), text=document.text, renderer=nobody
    )
    return {name: EXPORTERS[name].files(handover) for name in ("config", "tokens")}


def test_it_makes_what_the_exporters_make_and_looks_at_the_client(
    job: ExportJob, document: Document, qtbot: QtBot
) -> None:
    found: list[object] = []
    job.found.connect(found.append)
    document.apply(("branding", "header"), "teal")
    assert carry_out(job, document, qtbot) == expected(document)
    assert [isinstance(one, tuple) for one in found] == [True]


def test_the_process_lasts(job: ExportJob, document: Document, qtbot: QtBot) -> None:
    carry_out(job, document, qtbot)
    before = job.process
    document.apply(("branding", "header"), "navy")
    assert carry_out(job, document, qtbot) == expected(document)
    assert job.process == before


def test_what_is_given_up_is_not_heard(job: ExportJob, document: Document, qtbot: QtBot) -> None:
    job.start(order_of(document, ["config"]))
    job.stop()
    assert not job.working
    document.apply(("branding", "header"), "crimson")
    job.start(order_of(document, ["config"]))
    document.apply(("branding", "header"), "navy")
    assert carry_out(job, document, qtbot) == expected(document)


def test_what_goes_wrong_is_told(job: ExportJob, document: Document, qtbot: QtBot) -> None:
    order = order_of(document, [])
    order["text"] = "version: 1\n"
    with qtbot.waitSignal(job.ended, timeout=LONG) as ended:
        job.start(order)
    assert "registration: is missing" in str(ended.args)
    assert carry_out(job, document, qtbot)


def test_a_process_that_died_is_replaced(job: ExportJob, document: Document, qtbot: QtBot) -> None:
    carry_out(job, document, qtbot)
    before = job.process
    job.start(order_of(document, ["tokens"]))
    with qtbot.waitSignal(job.ended, timeout=LONG) as ended:
        os.kill(before, signal.SIGTERM)
    assert ended.args == [""]
    assert job.process not in {0, before}


@linux
def test_cancelled_drawing_leaves_no_process(
    document: Document, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    job = ExportJob()
    with qtbot.waitSignal(job.drawn, timeout=LONG):
        job.start(order_of(document, ["storyboards"]))
    workers = below(job.process)
    assert workers
    job.stop()
    assert not job.working
    assert job.process == 0
    qtbot.waitUntil(lambda: not any(map(alive, workers)), timeout=LONG)


@linux
def test_the_process_ends_with_the_window(document: Document, qtbot: QtBot) -> None:
    window = QProcess()
    window.start(sys.executable, ["-P", "-c", _A_WINDOW, document.text])
    qtbot.waitUntil(window.canReadLine, timeout=LONG)
    child = int(bytes(window.readLine().data()))
    assert alive(child)
    window.kill()
    window.waitForFinished()
    qtbot.waitUntil(lambda: not alive(child), timeout=LONG)


_A_WINDOW = """
import sys
from PySide6.QtCore import QCoreApplication
from studio.app.export_job import ExportJob
application = QCoreApplication([])
job = ExportJob()
job.ended.connect(lambda _trouble: print(job.process, flush=True))
job.start(dict(file="a.yaml", text=sys.argv[1], logo=None, colour=None, names=[], check=False))
application.exec()
"""


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def below(process: int) -> list[int]:
    """Return the processes that a process has started, and those that they have."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    own = [int(child) for task in tasks for child in task.read_text("ascii").split()]
    return [*own, *(one for child in own for one in below(child))]

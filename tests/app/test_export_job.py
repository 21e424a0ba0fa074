"""The process that makes the files of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app.export_job import ExportJob, order_of
from studio.exporters import EXPORTERS, Handover
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.app.document import Document
    from studio.device.tasks import BatchRenderer


def nobody() -> BatchRenderer:
    raise AssertionError("nothing is drawn")


def test_it_makes_what_the_exporters_make_and_looks_at_the_client(
    document: Document, qtbot: QtBot
) -> None:
    made: dict[str, object] = {}
    found: list[object] = []
    job = ExportJob()
    job.made.connect(made.__setitem__)
    job.found.connect(found.append)
    document.apply(("branding", "header"), "teal")
    with qtbot.waitSignal(job.ended, timeout=60_000) as ended:
        job.start(order_of(document, ["config"], check=True))
    assert ended.args == [""]
    hosted = HostedClient(document.client, document.logo)
    handover = Handover(hosted=hosted, text=document.text, renderer=nobody)
    assert made == {"config": EXPORTERS["config"].files(handover)}
    assert [isinstance(one, tuple) for one in found] == [True]
    assert not job.working


def test_what_goes_wrong_is_told(document: Document, qtbot: QtBot) -> None:
    job = ExportJob()
    order = order_of(document, [])
    order["text"] = "version: 2\n"
    with qtbot.waitSignal(job.ended, timeout=60_000) as ended:
        job.start(order)
    assert "version" in str(ended.args) or "registration" in str(ended.args)


def test_it_is_cancelled(document: Document) -> None:
    job = ExportJob()
    job.start(order_of(document, list(EXPORTERS)))
    assert job.working
    job.stop()
    assert not job.working

from __future__ import annotations

import json

from studio.device.renderer import Picture
from studio.device.tasks import Script, Shot, Task
from studio.web import wire
from studio.web.batches import Batch, kind_of
from tests.web.pages import ORIGIN, file, made


def batch() -> Batch:
    style = {f"{ORIGIN}/a.css": file("body {color: red}", "text/css")}
    script = Script(source="() => 1", library="var library;")
    tasks = [
        Task(key="0", page=made("<body>é", assets=style), scale=2, shot=Shot(element="p")),
        Task(key="1", page=made("<body>", assets=style), scale=2, shot=Shot(full_page=True)),
        Task(
            key="2",
            page=made("<body>", still=False),
            scale=2,
            shot=Shot(element="p"),
            script=script,
        ),
    ]
    made_batch = Batch(kind=kind_of(tasks[0]))
    for task in tasks:
        made_batch.add(task)
    return made_batch


def test_a_batch_arrives_as_it_was() -> None:
    sent = batch()
    *files, last = map(json.loads, wire.lines(1, sent, set()))
    read = {line["file"]: wire.read_file(line) for line in files}
    assert wire.read_batch(last, read) == sent


def test_a_file_is_sent_once() -> None:
    known: set[str] = set()
    assert len(list(wire.lines(1, batch(), known))) == 3
    assert len(list(wire.lines(2, batch(), known))) == 1


def test_what_comes_of_a_task_arrives_as_it_was() -> None:
    told = wire.told_came(3, png=b"\x89PNG", size=(2, 1), value={"a": [None, "ü"]}, error="")
    read = wire.read_told(told)
    assert read == wire.Came(
        place=3,
        picture=Picture(png=b"\x89PNG", width=2, height=1),
        value={"a": [None, "ü"]},
        error="",
    )
    assert wire.read_told(wire.told_ready()) == wire.Ready()
    assert wire.read_told(wire.told_finished(7)) == wire.Finished(memory=7)

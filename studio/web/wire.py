"""What a worker and the one who started it say to each other: a JSON object on each line.

To the worker: files once each, by their digest, then batches that name them. From the worker:
that it is ready, what came of each task by its place in the batch, and that a batch is over.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypedDict

from studio.device.renderer import Picture, Viewport
from studio.device.snapshot import Asset, Snapshot
from studio.device.tasks import Done, Script, Shot, Task
from studio.web.batches import Batch, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.device.tasks import Json


class FileLine(TypedDict):
    """A file, before the first batch that needs it."""

    file: str
    headers: dict[str, str]
    body: str


class TaskLine(TypedDict):
    """A task of a batch."""

    url: str
    headers: dict[str, str]
    body: str
    still: bool
    assets: dict[str, str]
    shot: dict[str, bool | str] | None
    script: dict[str, str] | None


class BatchLine(TypedDict):
    """A batch."""

    batch: int
    origin: str
    width: int
    height: int
    scale: int
    grows: bool
    tasks: list[TaskLine]


@dataclass(frozen=True, kw_only=True)
class Ready:
    """The worker can draw; said when it has started, and when it has opened a sheet."""


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A batch is over. `memory` is what the worker and its children hold, in bytes."""

    memory: int


@dataclass(frozen=True, kw_only=True)
class Came:
    """What came of the task at a place of the batch."""

    place: int
    picture: Picture | None
    value: Json
    error: str

    def done(self, key: str) -> Done:
        """Return it under the key of its task."""
        return Done(key=key, picture=self.picture, value=self.value, error=self.error)


def lines(number: int, batch: Batch, known: set[str]) -> Iterator[str]:
    """Yield what tells a worker a batch; `known` are the digests it has, and gets the new ones."""
    tasks = [_task_line(task) for task in batch.tasks]
    for asset in _files(batch):
        if asset.digest not in known:
            known.add(asset.digest)
            yield _line(_file_line(asset))
    kind = batch.kind
    yield _line(
        BatchLine(
            batch=number,
            origin=kind.origin,
            width=kind.viewport.width,
            height=kind.viewport.height,
            scale=kind.scale,
            grows=kind.grows,
            tasks=tasks,
        )
    )


def read_file(line: FileLine) -> Asset:
    """Read a file."""
    return Asset(body=base64.b64decode(line["body"]), headers=line["headers"])


def read_batch(line: BatchLine, files: dict[str, Asset]) -> Batch:
    """Read a batch; its tasks are known by their places."""
    viewport = Viewport(width=line["width"], height=line["height"])
    kind = Kind(origin=line["origin"], viewport=viewport, scale=line["scale"], grows=line["grows"])
    batch = Batch(kind=kind)
    for place, one in enumerate(line["tasks"]):
        batch.add(_read_task(place, one, kind, files))
    return batch


def told_ready() -> str:
    """Return the line that says that a worker can draw."""
    return _line({"ready": True})


def told_finished(memory: int) -> str:
    """Return the line that says that a batch is over."""
    return _line({"memory": memory})


def told_came(place: int, *, png: bytes, size: tuple[int, int], value: Json, error: str) -> str:
    """Return the line that says what came of a task; an empty `png` is none."""
    return _line(
        {
            "place": place,
            "png": base64.b64encode(png).decode(),
            "size": list(size),
            "value": value,
            "error": error,
        }
    )


def read_told(line: str) -> Ready | Finished | Came:
    """Read what a worker says."""
    told = json.loads(line)
    if "ready" in told:
        return Ready()
    if "memory" in told:
        return Finished(memory=told["memory"])
    png = base64.b64decode(told["png"])
    width, height = told["size"]
    picture = Picture(png=png, width=width, height=height) if png else None
    return Came(place=told["place"], picture=picture, value=told["value"], error=told["error"])


def _files(batch: Batch) -> Iterator[Asset]:
    yield from batch.files.values()
    for task in batch.tasks:
        if task.script and task.script.library:
            yield _library(task.script)


def _library(script: Script) -> Asset:
    return Asset(body=script.library.encode(), headers={})


def _file_line(asset: Asset) -> FileLine:
    body = base64.b64encode(asset.body).decode()
    return FileLine(file=asset.digest, headers=dict(asset.headers), body=body)


def _task_line(task: Task) -> TaskLine:
    page, script = task.page, task.script
    library = _library(script).digest if script and script.library else ""
    return TaskLine(
        url=page.url,
        headers=dict(page.document.headers),
        body=base64.b64encode(page.document.body).decode(),
        still=page.still,
        assets={url: one.digest for url, one in page.assets.items()},
        shot=asdict(task.shot) if task.shot else None,
        script={"source": script.source, "library": library} if script else None,
    )


def _read_task(place: int, line: TaskLine, kind: Kind, files: dict[str, Asset]) -> Task:
    page = Snapshot(
        url=line["url"],
        document=Asset(body=base64.b64decode(line["body"]), headers=line["headers"]),
        assets={url: files[digest] for url, digest in line["assets"].items()},
        still=line["still"],
    )
    shot, script = line["shot"], line["script"]
    return Task(
        key=str(place),
        page=page,
        viewport=kind.viewport,
        scale=kind.scale,
        shot=_read_shot(shot) if shot else None,
        script=_read_script(script, files) if script else None,
    )


def _read_shot(told: dict[str, bool | str]) -> Shot:
    return Shot(
        full_page=bool(told["full_page"]),
        element=str(told["element"]),
        compress=bool(told["compress"]),
    )


def _read_script(told: dict[str, str], files: dict[str, Asset]) -> Script:
    library = files[told["library"]].body.decode() if told["library"] else ""
    return Script(source=told["source"], library=library)


def _line(told: object) -> str:
    return json.dumps(told, ensure_ascii=True, separators=(",", ":")) + "\n"

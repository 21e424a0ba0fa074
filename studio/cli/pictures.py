"""`connect-studio shoot`: which pictures are wanted, and making them."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import track

from studio import storage
from studio.device.fresh import fresh_pages, fresh_state
from studio.device.renderer import PHONE, Picture, Viewport, parse_viewport
from studio.device.snapshot import Snapshots
from studio.device.tasks import Shot, Task
from studio.i18n.locales import UnknownLocaleError, locale
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.journeys.reach import Reachable, UnreachableError, reach_in, reachable
from studio.libraries import explain_missing
from studio.pages.language import page_locale
from studio.web.cache import Cache, Cached
from studio.web.cluster import Cluster
from studio.web.pool import Pool
from studio.web.runtime import QtUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from studio.cli.hosted import NamedClient
    from studio.device.tasks import BatchRenderer

_SHARD = re.compile(r"(\d{1,4})/(\d{1,4})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One picture: a client's screen in a state, a language and a viewport.

    `folder` is where it goes below the folder of all.
    """

    client: NamedClient
    folder: str
    screen: Reachable
    tag: str
    viewport: Viewport
    scale: int
    shot: Shot

    @property
    def file(self) -> str:
        """The name of its file; a scale is told as others do: "360x640@2x"."""
        scale = f"@{self.scale}x" if self.scale > 1 else ""
        name = f"{self.screen.id}.{self.screen.state}.{self.tag}.{self.viewport}{scale}.png"
        return f"{self.folder}/{name}" if self.folder else name


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """How pictures are made: by how many processes, and whether those of before are taken.

    With a `scheduler`, the address of Dask's, the processes are those of its cluster.
    """

    jobs: int | None = None
    cached: bool = True
    scheduler: str = ""

    def __post_init__(self) -> None:
        if self.jobs and self.scheduler:
            raise ValueError("--jobs is for this machine; a --scheduler has workers of its own")


def wanted(
    clients: Sequence[NamedClient],
    *,
    screens: Sequence[str],
    tags: Sequence[str],
    viewports: Sequence[str],
    scale: int = 1,
    shot: Shot | None = None,
) -> list[Wanted]:
    """Return the pictures that the options ask for, in the order of the clients and the screens.

    Where there are several clients, each has a folder of its own name.

    Raises:
        ValueError: A screen, language or viewport does not exist, or a client does not offer
            the language.
    """
    sizes = [parse_viewport(text) for text in viewports] or [PHONE]
    chosen = _chosen(screens)
    return [
        Wanted(
            client=client,
            folder=client.name if len(clients) > 1 else "",
            screen=one,
            tag=tag,
            viewport=size,
            scale=scale,
            shot=shot or Shot(),
        )
        for client in clients
        for one in chosen
        for tag in _languages(client, tags)
        for size in sizes
    ]


def _languages(client: NamedClient, tags: Sequence[str]) -> list[str]:
    """Return those that are asked for, or the client's own."""
    offered = [_offered(client, tag) for tag in tags]
    return offered or [client.hosted.client.language.default]


def _chosen(names: Sequence[str]) -> list[Reachable]:
    every = reachable()
    for name in names:
        if not any(name in {one.id, one.name} for one in every):
            ids = ", ".join(dict.fromkeys(one.id for one in every))
            raise ValueError(
                f"--screen {name}: there is no such screen; there are: {ids}"
                " (states: connect-studio screens)"
            )
    return [one for one in every if not names or {one.id, one.name} & set(names)]


def _offered(client: NamedClient, tag: str) -> str:
    """Return the tag of a language that pages of the client can be in."""
    try:
        known = locale(tag).tag
    except UnknownLocaleError as error:
        raise ValueError(f"--locale {error}") from None
    if page_locale(client.hosted.client, [known]).tag != known:
        raise ValueError(f"--locale {tag}: {client.name} does not offer it (language.offered)")
    return known


def part_of(pictures: Sequence[Wanted], shard: str) -> list[Wanted]:
    """Return the part K of N that "K/N" means: every Nth picture, for as many machines.

    Raises:
        ValueError: It is not of that form.
    """
    found = _SHARD.fullmatch(shard)
    part, parts = (int(one) for one in found.groups()) if found else (0, 0)
    if not 1 <= part <= parts:
        raise ValueError(f"--shard {shard}: write K/N with K from 1 to N, for example 1/4")
    return list(pictures[part - 1 :: parts])


def shoot(pictures: Sequence[Wanted], out: Path, how: Drawing) -> tuple[int, int]:
    """Write the pictures and their manifest, and return how many there are and how many failed."""
    by_file = {one.file: one for one in pictures}
    rows: dict[str, dict[str, object]] = {}
    failed = 0
    with _renderer(how) as renderer:
        for folder in {out, *((out / name).parent for name in by_file)}:
            folder.mkdir(parents=True, exist_ok=True)
        for done in renderer.render(_tasks(pictures)):
            if done.picture is None:
                typer.echo(f"{done.key}: {done.error}", err=True)
                failed += 1
                continue
            storage.write(out / done.key, done.picture.png)
            rows[done.key] = _row(by_file[done.key], done.picture)
    ordered = [rows[name] for name in by_file if name in rows]
    manifest = json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"
    storage.write(out / "manifest.json", manifest.encode())
    return len(rows), failed


@contextmanager
def _renderer(how: Drawing) -> Iterator[BatchRenderer]:
    """Give whoever draws: workers of this machine or of a cluster, behind the cache."""
    with _workers(how) as workers:
        yield Cached(workers, Cache()) if how.cached else workers


def _workers(how: Drawing) -> Pool | Cluster:
    if how.scheduler:
        return Cluster(how.scheduler)
    trouble = explain_missing()
    if trouble:
        raise QtUnavailableError(trouble)
    return Pool(jobs=how.jobs)


def _tasks(pictures: Sequence[Wanted]) -> Iterator[Task]:
    """Go to each screen, and yield what is to be drawn of it."""
    pages, state, snapshots = fresh_pages(), fresh_state(), Snapshots()
    for _client, ones in groupby(_with_progress(pictures), key=lambda one: one.client.name):
        runs: dict[str, Run] = {}
        for one in ones:
            run = runs.get(one.tag)
            if run is None:
                run = Run(shipped(), pages, client=one.client.hosted, tag=one.tag, state=state)
                runs[one.tag] = run
            try:
                browser = reach_in(run, one.screen)
            except UnreachableError as error:
                whose = f"{one.folder}: " if one.folder else ""
                typer.echo(f"left out {whose}{error}", err=True)
                continue
            yield Task(
                key=one.file,
                page=snapshots.take(browser.device, browser.reply),
                viewport=one.viewport,
                scale=one.scale,
                shot=one.shot,
            )


def _row(one: Wanted, picture: Picture) -> dict[str, object]:
    return {
        "client": one.client.name,
        "screen": one.screen.id,
        "state": one.screen.state,
        "locale": one.tag,
        "viewport": str(one.viewport),
        "scale": one.scale,
        "file": one.file,
        "width": picture.width,
        "height": picture.height,
        "sha256": hashlib.sha256(picture.png).hexdigest(),
    }


def _with_progress(pictures: Sequence[Wanted]) -> Iterable[Wanted]:
    """Show a bar on a terminal, a plain line for each picture otherwise."""
    if sys.stderr.isatty():
        yield from track(pictures, "Pictures", console=Console(stderr=True), transient=True)
        return
    for number, one in enumerate(pictures, 1):
        typer.echo(f"{number}/{len(pictures)} {one.file}", err=True)
        yield one

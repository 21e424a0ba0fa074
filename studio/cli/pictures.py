"""`connect-studio shoot`: which pictures are wanted, and making them."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import dataclass
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
from studio.web.pool import Pool
from studio.web.runtime import QtUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from studio.pages.hosting import HostedClient

_SHARD = re.compile(r"(\d{1,4})/(\d{1,4})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One picture: a screen in a state, a language and a viewport."""

    screen: Reachable
    tag: str
    viewport: Viewport
    scale: int
    shot: Shot

    @property
    def file(self) -> str:
        """The name of its file; a scale is told as others do: "360x640@2x"."""
        scale = f"@{self.scale}x" if self.scale > 1 else ""
        return f"{self.screen.id}.{self.screen.state}.{self.tag}.{self.viewport}{scale}.png"


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """How pictures are made: by how many processes, and whether those of before are taken."""

    jobs: int | None = None
    cached: bool = True


def wanted(
    hosted: HostedClient,
    *,
    screens: Sequence[str],
    tags: Sequence[str],
    viewports: Sequence[str],
    scale: int = 1,
    shot: Shot | None = None,
) -> list[Wanted]:
    """Return the pictures that the options ask for, in the order of the screens.

    Raises:
        ValueError: A screen, language or viewport does not exist, or the client does not offer
            the language.
    """
    sizes = [parse_viewport(text) for text in viewports] or [PHONE]
    offered = [_offered(hosted, tag) for tag in tags] or [hosted.client.language.default]
    return [
        Wanted(screen=one, tag=tag, viewport=size, scale=scale, shot=shot or Shot())
        for one in _chosen(screens)
        for tag in offered
        for size in sizes
    ]


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


def _offered(hosted: HostedClient, tag: str) -> str:
    """Return the tag of a language that pages of the client can be in."""
    try:
        known = locale(tag).tag
    except UnknownLocaleError as error:
        raise ValueError(f"--locale {error}") from None
    if page_locale(hosted.client, [known]).tag != known:
        raise ValueError(f"--locale {tag}: this client does not offer it (language.offered)")
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


def shoot(
    hosted: HostedClient, pictures: Sequence[Wanted], out: Path, how: Drawing
) -> tuple[int, int]:
    """Write the pictures and their manifest, and return how many there are and how many failed."""
    trouble = explain_missing()
    if trouble:
        raise QtUnavailableError(trouble)
    out.mkdir(parents=True, exist_ok=True)
    by_file = {one.file: one for one in pictures}
    rows: dict[str, dict[str, object]] = {}
    failed = 0
    with Pool(jobs=how.jobs) as pool:
        renderer = Cached(pool, Cache()) if how.cached else pool
        for done in renderer.render(_tasks(hosted, pictures)):
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


def _tasks(hosted: HostedClient, pictures: Sequence[Wanted]) -> Iterator[Task]:
    """Go to each screen, and yield what is to be drawn of it."""
    pages, state, snapshots = fresh_pages(), fresh_state(), Snapshots()
    tags = {one.tag for one in pictures}
    runs = {tag: Run(shipped(), pages, client=hosted, tag=tag, state=state) for tag in tags}
    for one in _with_progress(pictures):
        try:
            browser = reach_in(runs[one.tag], one.screen)
        except UnreachableError as error:
            typer.echo(f"left out {error}", err=True)
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

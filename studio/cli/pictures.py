"""`connect-studio shoot`: which pictures are wanted, and making them."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import track

from studio import storage
from studio.device.fresh import fresh_pages, fresh_state
from studio.device.renderer import PHONE, Picture, Viewport, parse_viewport
from studio.i18n.locales import UnknownLocaleError, locale
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.journeys.reach import Reachable, UnreachableError, reach_in, reachable
from studio.pages.language import page_locale
from studio.web import runtime

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from studio.device.renderer import Renderer
    from studio.pages.hosting import HostedClient


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One picture: a screen in a state, a language and a viewport."""

    screen: Reachable
    tag: str
    viewport: Viewport
    full_page: bool

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.screen.id}.{self.screen.state}.{self.tag}.{self.viewport}.png"


def wanted(
    hosted: HostedClient,
    *,
    screens: Sequence[str],
    tags: Sequence[str],
    viewports: Sequence[str],
    full_page: bool,
) -> list[Wanted]:
    """Return the pictures that the options ask for, in the order of the screens.

    Raises:
        ValueError: A screen, language or viewport does not exist, or the client does not offer
            the language.
    """
    sizes = [parse_viewport(text) for text in viewports] or [PHONE]
    offered = [_offered(hosted, tag) for tag in tags] or [hosted.client.language.default]
    return [
        Wanted(screen=one, tag=tag, viewport=size, full_page=full_page)
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


def shoot(hosted: HostedClient, pictures: Sequence[Wanted], out: Path) -> int:
    """Write the pictures and their manifest, and return how many there are."""
    application = runtime.start(offscreen=True)
    # Qt only after its libraries have been looked for.
    from studio.web.renderer import QtRenderer  # noqa: PLC0415

    out.mkdir(parents=True, exist_ok=True)
    renderer = QtRenderer()
    try:
        rows = list(_rows(renderer, hosted, pictures, out))
    finally:
        renderer.close()
        application.processEvents()
    manifest = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    storage.write(out / "manifest.json", manifest.encode())
    return len(rows)


def _rows(
    renderer: Renderer, hosted: HostedClient, pictures: Sequence[Wanted], out: Path
) -> Iterable[dict[str, object]]:
    pages, state = fresh_pages(), fresh_state()
    tags = {one.tag for one in pictures}
    runs = {tag: Run(shipped(), pages, client=hosted, tag=tag, state=state) for tag in tags}
    for one in _with_progress(pictures):
        try:
            browser = reach_in(runs[one.tag], one.screen)
        except UnreachableError as error:
            typer.echo(f"left out {error}", err=True)
            continue
        picture = renderer.shoot(
            browser.device, browser.reply.url, one.viewport, full_page=one.full_page
        )
        storage.write(out / one.file, picture.png)
        yield _row(one, picture)


def _row(one: Wanted, picture: Picture) -> dict[str, object]:
    return {
        "screen": one.screen.id,
        "state": one.screen.state,
        "locale": one.tag,
        "viewport": str(one.viewport),
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

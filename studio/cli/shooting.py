"""`connect-studio shoot`: its options."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from studio.cli import pictures
from studio.cli.errors import Exit, told_plainly
from studio.cli.hosted import named_clients
from studio.device.tasks import Shot


def shoot(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Client files, or a quoted pattern.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Made where it is missing.")],
    screen: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A screen, or SCREEN/STATE; all without."),
    ] = None,
    locale: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="A language; the client's own without."),
    ] = None,
    viewport: Annotated[
        list[str] | None,
        typer.Option(metavar="SIZE", help="phone, desktop or WIDTHxHEIGHT; phone without."),
    ] = None,
    *,
    full_page: Annotated[bool, typer.Option(help="Grow the height to the page's.")] = False,
    element: Annotated[
        str, typer.Option(metavar="SELECTOR", help="Only the first element of a CSS selector.")
    ] = "",
    scale: Annotated[
        int, typer.Option(min=1, max=3, help="Pixels of a picture to one of the page.")
    ] = 1,
    jobs: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes; one a processor without.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(metavar="URL", help="Draw on the cluster of a Dask scheduler.")
    ] = "",
    shard: Annotated[
        str, typer.Option(metavar="K/N", help="Part K of N, for as many machines.")
    ] = "1/1",
    compress: Annotated[bool, typer.Option(help="Smaller files of the same pixels.")] = False,
    cache: Annotated[bool, typer.Option(help="Take pictures of pages drawn before.")] = True,
) -> None:
    """Write pictures of screens as PNG files, and manifest.json about them.

    Each screen is reached by real steps in a fresh world. One that the client's settings do not
    lead to is named and left out; when nothing is left, or a page cannot be drawn, the exit code
    is 1. Pictures are kept in the user's cache folder, by their content. With several client files
    each has a folder of its own name.
    """
    with told_plainly():
        how = pictures.Drawing(jobs=jobs, cached=cache, scheduler=scheduler)
        wanted = pictures.wanted(
            named_clients(files),
            screens=screen or [],
            tags=locale or [],
            viewports=viewport or [],
            scale=scale,
            shot=Shot(full_page=full_page, element=element, compress=compress),
        )
        chosen = pictures.part_of(wanted, shard)
        made, failed = pictures.shoot(chosen, out, how)
    if failed or not made:
        raise typer.Exit(Exit.FINDINGS)

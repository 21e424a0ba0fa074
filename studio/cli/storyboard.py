"""`connect-studio storyboard`: a journey as a row of pictures."""

from __future__ import annotations

import logging
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from studio import storage
from studio.cli.errors import Exit, fail, told_plainly
from studio.device.fresh import fresh_pages
from studio.device.renderer import parse_viewport
from studio.exporters.storyboard import FORMATS, illustrated
from studio.i18n.locales import UnknownLocaleError
from studio.i18n.locales import locale as locale_of
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.journeys.services import source
from studio.journeys.storyboard import storyboard as board_of
from studio.journeys.walking import StepError
from studio.libraries import explain_missing
from studio.web.cache import Cache, Cached
from studio.web.pool import Pool
from studio.web.runtime import QtUnavailableError


def storyboard(
    journey: Annotated[
        str, typer.Argument(metavar="JOURNEY", help="An id, or a file that ends with .yaml.")
    ],
    out: Annotated[
        Path, typer.Option(metavar="FILE", help=f"Ends with one of: {', '.join(FORMATS)}.")
    ],
    client: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A client file in the place of the first service."),
    ] = None,
    locale: Annotated[
        str, typer.Option(metavar="TAG", help="The language of the pages; the journey's without.")
    ] = "",
    *,
    viewport: Annotated[
        str, typer.Option(metavar="SIZE", help="phone, desktop or WIDTHxHEIGHT.")
    ] = "phone",
    scale: Annotated[
        int, typer.Option(min=1, max=3, help="Pixels of a picture to one of the page.")
    ] = 1,
) -> None:
    """Write a journey as a row of pictures, with what was done between them.

    Passwords are masked. A journey that cannot be played to its end is told with the file and line
    of its step; then the exit code is 1.
    """
    if out.suffix not in FORMATS:
        raise fail(f"--out {out}: the name ends with {', '.join(FORMATS)}")
    with told_plainly():
        tag, size, library = _known(locale), parse_viewport(viewport), shipped()
        # A journey may let CONNECT fail on purpose: its log is not for whoever looks.
        logging.getLogger("studio").addHandler(logging.NullHandler())
        pages, own = fresh_pages(), source(client) if client else None
        run = Run(library, pages, client=own, tag=tag)
        try:
            board = board_of(run, library, library.get(journey), tag)
        except StepError as error:
            raise fail(str(error), Exit.FINDINGS) from None
        _require_qt()
        with Pool() as pool:
            story = illustrated(board, Cached(pool, Cache()), size, scale)
            storage.write(out, FORMATS[out.suffix](story, pages, pool))
    typer.echo(out)


def _known(tag: str) -> str:
    try:
        return locale_of(tag).tag if tag else ""
    except UnknownLocaleError as error:
        raise ValueError(f"--locale {error}") from None


def _require_qt() -> None:
    trouble = explain_missing()
    if trouble:
        raise QtUnavailableError(trouble)

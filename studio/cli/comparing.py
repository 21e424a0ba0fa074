"""`connect-studio diff`: what two client files do not share."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from studio import storage
from studio.cli.errors import Exit, fail, told_plainly
from studio.cli.exporting import drawing
from studio.client.file import read
from studio.client.logo import load_logo
from studio.exporters.difference import Side, changes
from studio.exporters.difference_pictures import picture_changes
from studio.exporters.difference_report import (
    PICTURES,
    Difference,
    as_html,
    as_json,
    as_markdown,
)
from studio.i18n.locales import UnknownLocaleError
from studio.i18n.locales import locale as locale_of
from studio.journeys.reach import reachable
from studio.pages.hosting import HostedClient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.journeys.reach import Reachable


class Format(StrEnum):
    """In which a difference is told."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


_SUFFIXES = {Format.MARKDOWN: ".md", Format.HTML: ".html", Format.JSON: ".json"}
_WRITERS = {Format.MARKDOWN: as_markdown, Format.HTML: as_html, Format.JSON: as_json}


def diff(
    before: Annotated[Path, typer.Argument(metavar="A", help="A client file.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The other one.")],
    *,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="As --out ends without it, else markdown."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE|DIR", help="Where it is written; the terminal without."),
    ] = None,
    screen: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="With --pictures: a screen, or SCREEN/STATE; all without."),
    ] = None,
    locale: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="With --pictures: a language; B's own without."),
    ] = None,
    pictures: Annotated[
        bool, typer.Option("--pictures", help="Draw every page for both, and compare.")
    ] = False,
) -> None:
    """Tell which settings of two client files differ, and which pictures, for a review.

    Exit code 0: nothing differs. 1: something does. 2: a file cannot be read, or wrong use.
    Pictures of Markdown and JSON are written to a folder "pictures" beside the report; HTML is one
    file that needs no other.
    """
    # A journey may let CONNECT fail on purpose: its log is not for whoever compares.
    logging.getLogger("studio").addHandler(logging.NullHandler())
    kind = form or _by_suffix(out)
    if pictures and out is None and kind is not Format.HTML:
        raise fail(f"--pictures with {kind} needs --out, for the pictures")
    with told_plainly(), ExitStack() as stack:
        sides = _side(before), _side(after)
        found = Difference(before=sides[0], after=sides[1], settings=changes(*sides))
        if pictures:
            drawn = picture_changes(
                *sides, drawing(stack), screens=_screens(screen or []), tags=_tags(locale or [])
            )
            found = Difference(
                before=sides[0], after=sides[1], settings=found.settings, pictures=drawn
            )
        _tell(found, kind, out)
    if not found.is_empty:
        raise typer.Exit(Exit.FINDINGS)


def _by_suffix(out: Path | None) -> Format:
    found = [form for form, suffix in _SUFFIXES.items() if out and out.suffix == suffix]
    return found[0] if found else Format.MARKDOWN


def _side(path: Path) -> Side:
    text, client = read(path)
    logo = client.branding.logo
    hosted = HostedClient(client, load_logo(path.parent / logo) if logo else None)
    return Side(name=path.as_posix(), text=text, hosted=hosted)


def _screens(names: Sequence[str]) -> list[Reachable]:
    every = reachable()
    for name in names:
        if not any(name in {one.id, one.name} for one in every):
            raise ValueError(f"--screen {name}: there is no such screen (connect-studio screens)")
    return [one for one in every if {one.id, one.name} & set(names)]


def _tags(tags: Sequence[str]) -> list[str]:
    try:
        return [locale_of(tag).tag for tag in tags]
    except UnknownLocaleError as error:
        raise ValueError(f"--locale {error}") from None


def _tell(found: Difference, kind: Format, out: Path | None) -> None:
    """Write the report, and what it refers to, or print it."""
    text = _WRITERS[kind](found)
    if out is None:
        typer.echo(text, nl=False)
        return
    report = out if out.suffix in _SUFFIXES.values() else out / f"difference{_SUFFIXES[kind]}"
    files = {} if kind is Format.HTML else _files(found)
    for name, data in files.items():
        target = report.parent / PICTURES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        storage.write(target, data)
    report.parent.mkdir(parents=True, exist_ok=True)
    storage.write(report, text.encode())
    typer.echo(report)


def _files(found: Difference) -> dict[str, bytes]:
    changed = found.pictures or ()
    return {name: data for change in changed for name, data in change.files.items()}

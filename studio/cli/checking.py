"""`connect-studio check`: its options, and how its findings are told."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studio.checks.finding import Severity
from studio.checks.measuring import WIDTHS
from studio.cli import looking
from studio.cli.errors import Exit, fail, told_plainly
from studio.i18n.locales import LOCALES, Locale, UnknownLocaleError
from studio.i18n.locales import locale as locale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.checks.finding import Finding


_LEAST_WIDTH, _MOST_WIDTH = 100, 4096
_NOWHERE = "pages"

FilesOrFolder = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="Client files, or a folder of catalogues; without, the program's own texts and "
        "samples.",
    ),
]


def check(
    files: FilesOrFolder = None,
    locale: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="A language; all that are offered without."),
    ] = None,
    fail_on: Annotated[
        Severity, typer.Option(help="From which severity on the exit code is 1.")
    ] = Severity.ERROR,
    widths: Annotated[
        str, typer.Option(metavar="W,W", help="Widths of the pages in CSS pixels.")
    ] = ",".join(map(str, WIDTHS)),
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON for other programs.")] = False,
    accessibility: Annotated[
        bool, typer.Option("--accessibility", help="Try every page against axe-core too.")
    ] = False,
    pages: Annotated[
        bool, typer.Option("--pages/--no-pages", help="Lay out every page and measure it.")
    ] = True,
) -> None:
    """Look for mistakes in texts, client files and pages, and tell how to mend each.

    Texts: complete, in the right language and shape, with the playbook's terms. Client: contrast,
    logo, messages, settings that contradict each other. Pages: nothing cut off, one over the
    other, or left in English.
    """
    locales, sizes = _locales(locale or []), _sizes(widths)
    catalogues, clients = _parted(files or [])
    with told_plainly():
        plan = looking.Plan(
            folder=catalogues or looking.own_texts(),
            locales=locales or _all_of(catalogues, clients),
            clients=clients if files else looking.own_samples(),
            own=not files,
            pages=pages,
            widths=sizes,
            accessibility=accessibility,
        )
        findings = list(looking.look(plan))
    typer.echo(as_rows(findings) if as_json else "\n".join(lines(findings)))
    if any(one.severity in _failing(fail_on) for one in findings):
        raise typer.Exit(Exit.FINDINGS)


def _locales(tags: Sequence[str]) -> tuple[Locale, ...]:
    try:
        return tuple(map(locale_of, tags))
    except UnknownLocaleError as error:
        raise fail(f"--locale {error}") from None


def _parted(files: Sequence[Path]) -> tuple[Path | None, tuple[Path, ...]]:
    """Return the folder of catalogues, where one is asked for, or the client files."""
    folders = [path for path in files if path.is_dir()]
    if folders and len(files) > 1:
        raise fail(f"{folders[0]}: a folder of catalogues is looked at alone")
    return (folders[0], ()) if folders else (None, tuple(dict.fromkeys(files)))


def _all_of(catalogues: Path | None, clients: Sequence[Path]) -> tuple[Locale, ...]:
    """Return the languages where none is asked for; client files' own are found in them."""
    if catalogues is not None:
        return looking.languages_in(catalogues)
    return () if clients else LOCALES


def _sizes(text: str) -> tuple[int, ...]:
    widths = [part.strip() for part in text.split(",")]
    if not all(one.isdecimal() and _LEAST_WIDTH <= int(one) <= _MOST_WIDTH for one in widths):
        raise fail(
            f"--widths {text}: has to be numbers from {_LEAST_WIDTH} to {_MOST_WIDTH}, "
            "such as 320,768,1280"
        )
    return tuple(dict.fromkeys(map(int, widths)))


def _failing(least: Severity) -> set[Severity]:
    """Return the severities that make the command fail."""
    return {Severity.ERROR, least}


def as_rows(findings: Sequence[Finding]) -> str:
    """Write findings as JSON."""
    return json.dumps([one.as_row() for one in findings], ensure_ascii=False, indent=2)


def lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Write findings for people: one line each, below the name of their file; and how many."""
    by_file = sorted(findings, key=lambda one: one.file)
    for file, group in groupby(by_file, key=lambda one: one.file):
        yield file or _NOWHERE
        for one in sorted(group, key=lambda each: each.line):
            place = f"{one.place}: " if one.place else ""
            yield f"  {place}{one.severity}: {one.message}. {one.mend} [{one.check}]"
    errors = sum(one.severity is Severity.ERROR for one in findings)
    warnings = len(findings) - errors
    yield f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"

"""`connect-studio translate`: what goes to a translator without the program, and comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from studio import storage
from studio.checks.fonts import Fonts
from studio.checks.returned import take_back
from studio.cli import looking
from studio.cli.checking import lines
from studio.cli.errors import Exit, fail, told_plainly
from studio.exporters.translator import translator_files
from studio.i18n.locales import LOCALES, SOURCE, UnknownLocaleError
from studio.i18n.locales import locale as locale_of
from studio.resources import folder
from studio.web import runtime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.checks.returned import Returned

app = typer.Typer(
    help="Send texts to a translator, and take them back.",
    no_args_is_help=True,
    add_completion=False,
    epilog="Example: connect-studio translate export --locale sv --out swedish",
)


Folder = Annotated[Path, typer.Option("--out", metavar="DIR", help="Made where it is missing.")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Translated .po files.")]
Into = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="A folder of catalogues; the program's own without."),
]


@app.command("export", epilog="Example: connect-studio translate export --locale sv --out swedish")
def export(
    out: Folder,
    locale: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="A language; all but English without."),
    ] = None,
) -> None:
    """Write a folder for each language: the .po file, a picture for each message, the playbook."""
    tags = _tags(locale or [])
    with told_plainly():
        application = runtime.start(offscreen=True)
        # Qt only after its libraries have been looked for.
        from studio.web.renderer import QtRenderer  # noqa: PLC0415

        renderer = QtRenderer()
        try:
            for tag in tags:
                _write(translator_files(tag, renderer), out / tag)
                typer.echo(out / tag)
        finally:
            renderer.close()
            application.processEvents()


def _tags(wanted: Sequence[str]) -> list[str]:
    try:
        return [locale_of(tag).tag for tag in wanted] or [
            one.tag for one in LOCALES if one.tag != SOURCE
        ]
    except UnknownLocaleError as error:
        raise fail(f"--locale {error}") from None


def _write(files: dict[str, bytes], place: Path) -> None:
    for name, data in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        storage.write(place / name, data)


@app.command("import", epilog="Example: connect-studio translate import swedish/connect.po")
def take(
    file: Files,
    into: Into = None,
) -> None:
    """Check translated .po files and put them in the place of the program's own.

    With an error in any of them nothing is written, and the exit code is 1. Texts that are still
    empty, or marked fuzzy, do not keep the others from being taken.
    """
    place = into or looking.own_texts()
    with told_plainly():
        style = (folder("flow_templates") / "static" / "page.css").read_text("utf-8")
        fonts = Fonts(style, folder("assets") / "fonts")
        returned = [take_back(one, place, fonts) for one in file]
    findings = [finding for one in returned for finding in one.findings]
    if findings:
        typer.echo("\n".join(lines(findings)), err=True)
    if not all(one.good for one in returned):
        raise fail("Nothing was written.", Exit.FINDINGS)
    with told_plainly():
        _take_all(returned)


def _take_all(returned: Sequence[Returned]) -> None:
    for one in returned:
        for path, data in one.contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            storage.write(path, data)
        typer.echo(f"{one.locale.tag}: taken from {one.file}")

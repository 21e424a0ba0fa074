"""`connect-studio fmt`: client files in their canonical form."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from studio.cli.errors import Exit, fail, told_plainly
from studio.client.file import read, save
from studio.client.format import formatted


def fmt(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Client files.")],
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 where a file would change.")
    ] = False,
) -> None:
    """Write client files in their canonical form, with their comments, and name those that changed.

    Settings stand in the order of the documentation, with two spaces of indentation and quotes
    only where they are needed. Where a file has mistakes, nothing is written.
    """
    with told_plainly():
        changed = _changed(files)
        for path, text in changed.items():
            if not check:
                save(path, text)
            typer.echo(path)
    if check and changed:
        raise typer.Exit(Exit.FINDINGS)


def _changed(files: list[Path]) -> dict[Path, str]:
    """Return the files whose form is not the canonical one, with it."""
    changed: dict[Path, str] = {}
    mistakes: list[str] = []
    for path in dict.fromkeys(files):
        try:
            text, _client = read(path)
            new = formatted(text, path.name)
        except ValueError as error:  # ClientFileError and FormatError are.
            mistakes.append(str(error))
            continue
        if new != text:
            changed[path] = new
    if mistakes:
        raise fail("\n".join(mistakes))
    return changed

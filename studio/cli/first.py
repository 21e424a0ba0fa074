"""`connect-studio new`, `locales` and `schema`: what one needs to begin."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from studio.cli.errors import told_plainly
from studio.cli.rows import AsJson, tell
from studio.client import samples
from studio.client.schema import json_schema
from studio.i18n.catalogues import Catalogues
from studio.i18n.locales import LOCALES
from studio.resources import folder


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A client file, *.client.yaml.")],
    sample: Annotated[
        str, typer.Option("--from", metavar="SAMPLE", help="What to begin with.")
    ] = samples.SAMPLES[0],
) -> None:
    """Write a new client file from a sample, with its logo beside it."""
    with told_plainly():
        typer.echo(samples.create(file, sample))


def locales(*, as_json: AsJson = False) -> None:
    """List the languages, and how much of each is translated."""
    catalogues = Catalogues(folder("locales"))
    rows: list[dict[str, object]] = []
    for locale in LOCALES:
        done = catalogues.completeness(locale.tag)
        rows.append(
            {
                "tag": locale.tag,
                "name": locale.own_name,
                "direction": locale.direction,
                "messages": done.messages,
                "translated": done.translated,
            }
        )
    tell(rows, as_json=as_json)


def schema() -> None:
    """Write the JSON Schema of client files, for editors that check while typing."""
    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))

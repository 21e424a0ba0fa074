"""How a command tells rows: as JSON for other programs, or in columns for people."""

from __future__ import annotations

import json
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for other programs.")]


def tell(rows: list[dict[str, object]], *, as_json: bool) -> None:
    """Print rows as JSON, or in columns."""
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    widths = [max(len(str(row[key])) for row in rows) for key in rows[0]]
    for row in rows:
        cells = zip(row.values(), widths, strict=True)
        typer.echo("  ".join(f"{cell!s:<{width}}" for cell, width in cells).rstrip())

"""`connect-studio screens`, `journeys` and `play`: what can be reached, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from studio.cli import journeys
from studio.cli.errors import Exit, told_plainly
from studio.cli.rows import AsJson, tell
from studio.journeys.reach import reachable


def screens(*, as_json: AsJson = False) -> None:
    """List every screen in each of its states, and the journey that reaches it."""
    rows: list[dict[str, object]] = [
        {
            "id": one.id,
            "state": one.state,
            "group": one.group,
            "title": one.title,
            "journey": one.journey.id,
        }
        for one in reachable()
    ]
    tell(rows, as_json=as_json)


def list_journeys(*, as_json: AsJson = False) -> None:
    """List every journey: the scenarios, sessions and examples, and the ways to all screens."""
    tell(journeys.listed(), as_json=as_json)


def play(
    journey: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[JOURNEY]...", help="Ids, or files that end with .yaml; all without."
        ),
    ] = None,
    client: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A client file in the place of the first service."),
    ] = None,
    locale: Annotated[
        str, typer.Option(metavar="TAG", help="The language of the pages; without, each its own.")
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Play journeys without a window, and tell where each ends.

    One that fails is told with the file and line of its step; then the exit code is 1. A client
    given with --client asks people for what the first service of the journey asks for; on the way
    to a single screen (screens/...) it is met with its own settings.
    """
    with told_plainly():
        rows = []
        for row in journeys.played(journey or [], client=client, tag=locale):
            rows.append(row)
            if not as_json:
                typer.echo(journeys.line_of(row))
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    if not all(row["ok"] for row in rows):
        raise typer.Exit(Exit.FINDINGS)

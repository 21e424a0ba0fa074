"""`connect-studio journeys` and `play`: which journeys there are, and how they end."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from studio.device.fresh import fresh_pages
from studio.journeys.expecting import message_name
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.journeys.services import source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.journeys.journey import Journey
    from studio.journeys.walking import Point

    Row = dict[str, object]


def listed() -> list[Row]:
    """Return every shipped journey."""
    return [{"id": one.id, "title": one.title, "kind": one.kind} for one in shipped().all()]


def played(names: Sequence[str], *, client: Path | None, tag: str) -> Iterator[Row]:
    """Play journeys by id or file, all shipped ones where none is named, and yield how each ends.

    `client` is a client file in the place of the first service; `tag` a BCP 47 tag for the pages,
    empty for each journey's own language.

    Raises:
        ValueError: There is no such journey, or a file has mistakes.
        LogoError: The logo of the client cannot be used.
    """
    # A journey may let CONNECT fail on purpose: its log is not for whoever plays.
    logging.getLogger("studio").addHandler(logging.NullHandler())
    library = shipped()
    journeys = [library.get(name) for name in names] or list(library.all())
    run = Run(library, fresh_pages(), client=source(client) if client else None, tag=tag)
    for journey in journeys:
        yield _row(journey, run.play(journey))


def _row(journey: Journey, point: Point) -> Row:
    last = point.trail[-1] if point.trail else None
    reached = f"{last.screen}/{last.state}" if last else "nothing"
    return {
        "journey": journey.id,
        "ok": point.error is None,
        "steps": [
            {"screen": one.screen, "state": one.state, "url": one.url} for one in point.trail
        ],
        "messages": [
            {"kind": message_name(one), "to": one.recipient, "text": one.text}
            for one in point.messages
        ],
        "outcome": str(point.error) if point.error else reached,
    }


def line_of(row: Row) -> str:
    """Return a played journey as one line for people."""
    return f"{'ok' if row['ok'] else 'failed':6}  {row['journey']}  {row['outcome']}"

"""The scenarios of signing in as this client shows them: each journey as PNG and HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.client.tree import compose, data_of
from studio.device.fresh import fresh_pages
from studio.exporters.config import as_json
from studio.exporters.storyboard import as_html, as_png, illustrated
from studio.exporters.templates import rendered
from studio.journeys.library import shipped
from studio.journeys.playing import Run
from studio.journeys.reading import JourneyFileError
from studio.journeys.services import Source
from studio.journeys.storyboard import storyboard
from studio.journeys.walking import StepError

if TYPE_CHECKING:
    from studio.exporters.handover import Handover
    from studio.journeys.journey import Journey

SCENARIOS = "scenarios"
MANIFEST, INDEX = "manifest.json", "index.html"


def scenarios() -> tuple[Journey, ...]:
    """Return the journeys that are shown."""
    return tuple(one for one in shipped().all() if one.kind == SCENARIOS)


def files(handover: Handover) -> dict[str, bytes]:
    """Return each scenario that the client can be met in, in its own language.

    With them are a manifest, and a page that shows them.

    The client stands in the place of the first service, and asks people for what that one does.

    Raises:
        RenderError: A page cannot be drawn.
    """
    library, pages = shipped(), fresh_pages()
    tag = handover.hosted.client.language.default
    client = Source(hosted=handover.hosted, data=data_of(compose(handover.text).root))
    run = Run(library, pages, client=client, tag=tag)
    made: dict[str, bytes] = {}
    shown: list[dict[str, object]] = []
    left_out: list[dict[str, str]] = []
    for journey in scenarios():
        name = journey.id.rpartition("/")[2]
        try:
            board = storyboard(run, library, journey, tag)
        except (StepError, JourneyFileError) as error:
            left_out.append({"journey": journey.id, "why": str(error)})
            continue
        story = illustrated(board, handover.renderer())
        made[f"{name}.png"] = as_png(story, pages, handover.renderer())
        made[f"{name}.html"] = as_html(story, pages, handover.renderer())
        shown.append(_row(journey, name, len(board.panels)))
    own = handover.hosted.client.registration
    about = {"client": own.id, "locale": tag, "storyboards": shown, "left_out": left_out}
    index = rendered("storyboards.html", name=own.name, rows=shown, left_out=len(left_out))
    return {INDEX: index.encode(), MANIFEST: as_json(about), **made}


def _row(journey: Journey, name: str, screens: int) -> dict[str, object]:
    return {
        "journey": journey.id,
        "title": journey.title,
        "screens": screens,
        "picture": f"{name}.png",
        "page": f"{name}.html",
    }

"""The scenarios of signing in as this client shows them: each journey as PNG and HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.client.tree import compose, data_of
from studio.device.fresh import fresh_pages
from studio.exporters.config import as_json
from studio.exporters.storyboard import as_html, as_png, illustrated
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
MANIFEST = "manifest.json"


def scenarios() -> tuple[Journey, ...]:
    """Return the journeys that are shown."""
    return tuple(one for one in shipped().all() if one.kind == SCENARIOS)


def files(handover: Handover) -> dict[str, bytes]:
    """Return each scenario that the client can be met in, in its own language, and a manifest.

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
        shown.append({"journey": journey.id, "title": journey.title, "screens": len(board.panels)})
    about = {
        "client": handover.hosted.client.registration.id,
        "locale": tag,
        "storyboards": shown,
        "left_out": left_out,
    }
    return {MANIFEST: as_json(about), **made}

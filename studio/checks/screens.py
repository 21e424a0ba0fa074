"""Every screen in every state that clients' settings lead to, in the languages asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.measuring import ShownPage
from studio.journeys.reach import UnreachableError, reach_in, reachable, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.journeys.playing import Run
    from studio.journeys.reach import Reachable
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages


def shown_pages(
    clients: Sequence[HostedClient], pages: Pages, tags: Iterable[str]
) -> Iterator[ShownPage]:
    """Yield the pages that real steps lead to, each as its device shows it.

    Each screen is met with the first client whose settings lead to it; where no client's do, it is
    left out. Without clients it is met with the sample that its journey names.
    """
    for tag in tags:
        runs = runs_of(clients, pages, tag)
        for one in reachable():
            shown = _first(one, runs, tag)
            if shown:
                yield shown


def _first(one: Reachable, runs: Iterable[Run], tag: str) -> ShownPage | None:
    for run in runs:
        try:
            browser = reach_in(run, one)
        except UnreachableError:
            continue
        return ShownPage(screen=one.name, tag=tag, device=browser.device, url=browser.reply.url)
    return None

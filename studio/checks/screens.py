"""Every screen in every state that clients' settings lead to, in the languages asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.measuring import ShownPage
from studio.device.fresh import fresh_state
from studio.journeys.reach import REACHES, Reach, UnreachableError, reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.device.device import DeviceState
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages


def shown_pages(
    clients: Sequence[HostedClient], pages: Pages, tags: Iterable[str]
) -> Iterator[ShownPage]:
    """Yield the pages that real steps lead to, each as its device shows it.

    Each screen is met with the first client whose settings lead to it; where no client's do, it is
    left out.
    """
    state = fresh_state()
    for tag in tags:
        for one in REACHES:
            shown = _first(one, clients, pages, tag, state)
            if shown:
                yield shown


def _first(
    one: Reach, clients: Iterable[HostedClient], pages: Pages, tag: str, state: DeviceState
) -> ShownPage | None:
    for hosted in clients:
        try:
            browser = reach(one, hosted, pages, tag, state)
        except UnreachableError:
            continue
        return ShownPage(screen=one.name, tag=tag, device=browser.device, url=browser.reply.url)
    return None

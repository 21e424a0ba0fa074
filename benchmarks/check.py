"""All screens in all languages, measured at two widths and judged: how long, and what takes it.

What `connect-studio check` does with the pages of the samples. The parts are taken one by one in
the same run, so they sum up to more than the whole, in which pages are made while others are
measured. `CHECK_LANGUAGES` (how many) and `CHECK_ROUNDS` make it shorter; axe-core is tried on
`CHECK_AXE` screens of English.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from benchmarks.measure import Metric, metric
from studio.checks.catalogue import read_texts
from studio.checks.measuring import WIDTHS, InBatches, ShownPage
from studio.checks.pages import find_on_pages
from studio.checks.screens import shown_pages
from studio.device.fresh import fresh_pages
from studio.i18n.locales import LOCALES
from studio.resources import folder
from studio.web.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.checks.measuring import Layout
    from studio.device.renderer import Violation

    type Measured = tuple[ShownPage, int, Layout]

LANGUAGES = int(os.environ.get("CHECK_LANGUAGES", str(len(LOCALES))))
ROUNDS = int(os.environ.get("CHECK_ROUNDS", "3"))
AXE = int(os.environ.get("CHECK_AXE", "100"))
WARM = 28


def run() -> dict[str, Metric]:
    """Measure."""
    tags = [one.tag for one in LOCALES[:LANGUAGES]]
    warm = list(shown_pages([], fresh_pages(), ["en"]))
    with Pool() as pool:
        ruler = InBatches(pool)
        list(ruler.measure(warm[:WARM], WIDTHS))  # Nobody's start is counted.
        rounds = [_round(ruler, tags) for _ in range(ROUNDS)]
        axe = [_axe(ruler, warm[:AXE]) for _ in range(ROUNDS)]
    return {
        "pages": metric([one["pages"] for one in rounds], unit="pages"),
        **{
            name: metric([one[name] for one in rounds], unit="s")
            for name in ("whole", "making", "measuring", "judging")
        },
        "page": metric(
            [1000 * one["whole"] / one["pages"] / len(WIDTHS) for one in rounds],
            unit="ms a page and width",
        ),
        "axe": metric(axe, unit="ms a page"),
        "load": metric([os.getloadavg()[0]], unit="processes"),
    }


def _round(ruler: InBatches, tags: Sequence[str]) -> dict[str, float]:
    """Return the seconds of the whole, then of its parts one by one."""
    languages = {one.tag: read_texts(folder("locales"), one) for one in LOCALES if one.tag in tags}
    begun = time.perf_counter()
    for _finding in find_on_pages(ruler, shown_pages([], fresh_pages(), tags), languages, WIDTHS):
        pass
    ends = [time.perf_counter()]
    shown = list(shown_pages([], fresh_pages(), tags))
    ends.append(time.perf_counter())
    measured = list(ruler.measure(shown, WIDTHS))
    ends.append(time.perf_counter())
    for _finding in find_on_pages(_Known(measured), shown, languages, WIDTHS):
        pass
    ends.append(time.perf_counter())
    names = ("whole", "making", "measuring", "judging")
    spans = (end - start for start, end in zip([begun, *ends], ends, strict=False))
    return {"pages": len(shown), **dict(zip(names, spans, strict=True))}


def _axe(ruler: InBatches, pages: Sequence[ShownPage]) -> float:
    begun = time.perf_counter()
    count = sum(1 for _page in ruler.axe(pages))
    return 1000 * (time.perf_counter() - begun) / count


class _Known:
    """A ruler that has measured already."""

    def __init__(self, measured: Sequence[Measured]) -> None:
        self._measured = measured

    def measure(self, pages: Iterable[ShownPage], widths: Iterable[int]) -> Iterator[Measured]:
        """Yield what is known."""
        del pages, widths
        return iter(self._measured)

    def axe(self, pages: Iterable[ShownPage]) -> Iterator[tuple[ShownPage, tuple[Violation, ...]]]:
        """Nothing was tried."""
        del pages
        return iter(())

"""All screens in all languages at 360x640: how fast they are drawn, and how exactly.

Against Playwright with Debian's Chromium on the same pages, in one run, one after the other in
each round: its ordinary screenshots, and the same sheet trick at its best (`picture_peers`). The
screens that go on by themselves are left out: they may be gone before an ordinary picture is taken.
Needs the extra `bench`, and `apt install chromium chromium-headless-shell`. `PICTURES_ROUNDS` and
`PICTURES_EVERY` (every Nth page) make it shorter.
"""

from __future__ import annotations

import asyncio
import io
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.async_api import async_playwright

from benchmarks.measure import Metric, metric
from benchmarks.picture_peers import HEADLESS_SHELL, on_sheets, ordinary
from studio.device.fresh import fresh_pages
from studio.device.snapshot import Snapshots
from studio.device.tasks import Task
from studio.i18n.locales import LOCALES
from studio.journeys.reach import UnreachableError, reach_in, reachable, runs_of
from studio.web import runtime
from studio.web.cache import Cache, Cached
from studio.web.pool import Pool

# What draws a page alone is part of the tests, which draw pages against it too.
from tests.samples import fakebrand
from tests.web.pages import alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.device.tasks import BatchRenderer
    from studio.pages.hosting import HostedClient

ROUNDS = int(os.environ.get("PICTURES_ROUNDS", "5"))
EVERY = int(os.environ.get("PICTURES_EVERY", "1"))
GOING_ON = {("signing-in", "empty"), ("signing-in", "stale-form"), ("service", "splash")}
TWICE = 4
"""Of the pages at scale 2, every fourth is drawn."""


def run() -> dict[str, Metric]:
    """Measure."""
    tasks = list(_tasks(fakebrand()))[::EVERY]
    rates = [_round(tasks) for _ in range(ROUNDS)]
    twice = [replace(task, scale=2) for task in tasks[::TWICE]]
    doubled = [_round(twice, sheets=False) for _ in range(ROUNDS)]
    return {
        "pages": metric([len(tasks)], unit="pages"),
        "rate": metric([one["own"] for one in rates], unit="pages/s"),
        "ordinary": metric([one["ordinary"] for one in rates], unit="pages/s"),
        "sheets": metric([one["sheets"] for one in rates], unit="pages/s"),
        "against-ordinary": _ratio(rates, "ordinary", ">= 4"),
        "against-sheets": _ratio(rates, "sheets", ">= 1.3"),
        "against-ordinary-headless-shell": _ratio(rates, "ordinary-shell", ""),
        "scale-2-against-ordinary": _ratio(doubled, "ordinary", ">= 2"),
        **_cached(tasks),
        "differing-pages": metric([_differing(tasks)], unit="pages", target="0"),
        "load": metric([os.getloadavg()[0]], unit="processes"),
    }


def _round(tasks: Sequence[Task], *, sheets: bool = True) -> dict[str, float]:
    """Return the pages a second of each way, one after the other."""
    with Pool() as pool:
        _seconds(pool, tasks[:32])  # Nobody's start is counted.
        rates = {"own": len(tasks) / _seconds(pool, tasks)}
    return rates | asyncio.run(_peers(tasks, sheets=sheets))


async def _peers(tasks: Sequence[Task], *, sheets: bool) -> dict[str, float]:
    async with async_playwright() as playwright:
        rates = {"ordinary": len(tasks) / (await ordinary(playwright, tasks))[0]}
        if sheets:
            shell = await ordinary(playwright, tasks, HEADLESS_SHELL)
            rates["ordinary-shell"] = len(tasks) / shell[0]
            rates["sheets"] = len(tasks) / (await on_sheets(playwright, tasks))[0]
    return rates


def _seconds(renderer: BatchRenderer, tasks: Sequence[Task]) -> float:
    begun = time.perf_counter()
    for done in renderer.render(tasks):
        if done.error:
            raise RuntimeError(f"{done.key}: {done.error}")
    return time.perf_counter() - begun


def _ratio(rates: list[dict[str, float]], peer: str, target: str) -> Metric:
    return metric([one["own"] / one[peer] for one in rates], unit="times", target=target)


def _cached(tasks: Sequence[Task]) -> dict[str, Metric]:
    """Return how long pages take with a cold cache, a warm one, and after an edit of the brand."""
    edited = list(_tasks(fakebrand({"branding.header": "#0a7d34"})))[::EVERY]
    with tempfile.TemporaryDirectory() as place, Pool() as pool:
        renderer = Cached(pool, Cache(Path(place)))
        _seconds(pool, tasks[:32])
        seconds = {
            "cold": _seconds(renderer, tasks),
            "warm": _seconds(renderer, tasks),
            "after-a-colour": _seconds(renderer, edited),
        }
    return {f"cache-{name}": metric([one], unit="s") for name, one in seconds.items()}


def _differing(tasks: Sequence[Task]) -> int:
    """Return how many pictures are not those of pages loaded alone."""
    with Pool() as pool:
        drawn = {one.key: one.picture for one in pool.render(tasks)}
    application = runtime.start(offscreen=True)
    from studio.web.renderer import QtRenderer  # noqa: PLC0415 - Qt after its libraries

    window = QtRenderer()
    differing = 0
    for task in tasks:
        picture = drawn[task.key]
        if picture is None or _pixels(picture.png) != _pixels(alone(window, task.page).png):
            differing += 1
            print(f"{task.key} differs")
    window.close()
    application.processEvents()
    return differing


def _pixels(png: bytes) -> bytes:
    return Image.open(io.BytesIO(png)).convert("RGB").tobytes()


def _tasks(hosted: HostedClient) -> Iterator[Task]:
    pages, snapshots = fresh_pages(), Snapshots()
    for locale in LOCALES:
        (run,) = runs_of([hosted], pages, locale.tag)
        for one in reachable():
            if (one.id, one.state) in GOING_ON:
                continue
            try:
                browser = reach_in(run, one)
            except UnreachableError:
                continue
            page = snapshots.take(browser.device, browser.reply)
            yield Task(key=f"{one.name} {locale.tag}", page=page)

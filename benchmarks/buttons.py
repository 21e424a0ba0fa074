"""The whole kit of the sign-in button: how long it takes from nothing, and what takes it.

`whole` is a new Python that imports the program and makes every file. The parts are taken one by
one afterwards. `BUTTONS_ROUNDS` makes it shorter.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import NoReturn

from benchmarks.measure import Metric, metric
from studio.exporters.buttons import buttons, index, kit, manifest
from studio.exporters.buttons_pictures import SCALES, pictures
from studio.exporters.handover import Handover
from studio.i18n.locales import TAGS
from tests.samples import fakebrand

ROUNDS = int(os.environ.get("BUTTONS_ROUNDS", "3"))


def run() -> dict[str, Metric]:
    """Measure."""
    handover = _handover()
    files = kit(handover, TAGS)
    pngs = [data for name, data in files.items() if name.endswith(".png")]
    rounds = [_round(handover) for _ in range(ROUNDS)]
    return {
        "files": metric([len(files)], unit="files"),
        "png": metric([len(pngs)], unit="PNG files"),
        "size": metric([sum(map(len, files.values())) / 1e6], unit="MB"),
        "whole": metric([one["whole"] for one in rounds], unit="s", target="<= 10"),
        **{
            name: metric([one[name] for one in rounds], unit="s")
            for name in ("labels", "pictures", "lists")
        },
        "rate": metric([len(pngs) / one["pictures"] for one in rounds], unit="PNG files/s"),
        "load": metric([os.getloadavg()[0]], unit="processes"),
    }


def _round(handover: Handover) -> dict[str, float]:
    """Return the seconds of the whole, then of its parts one by one.

    The parts are `labels` (reading fonts, shaping, outlines), `pictures` (SVG, and PNG of it) and
    `lists` (manifest and index).
    """
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "benchmarks.buttons"], check=True)
    ends = [time.perf_counter()]
    made = list(buttons(TAGS))
    ends.append(time.perf_counter())
    pictures([one.svg(scale) for one in made for scale in SCALES])
    ends.append(time.perf_counter())
    manifest(made)
    index(handover, made)
    ends.append(time.perf_counter())
    names = ("whole", "labels", "pictures", "lists")
    spans = (end - start for start, end in zip([begun, *ends], ends, strict=False))
    return dict(zip(names, spans, strict=True))


def _handover() -> Handover:
    return Handover(hosted=fakebrand(), text="", renderer=_nobody)


def _nobody() -> NoReturn:
    raise RuntimeError("the kit needs no pages")


if __name__ == "__main__":
    kit(_handover(), TAGS)

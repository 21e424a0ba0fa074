"""From an edit of the header colour to the painted pixel, in the real window.

Counted until `grab()` shows the new colour, in frames of 60 Hz; the grabs are part of what is
counted. The window is drawn offscreen, so a display adds at most one frame of its own.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Metric, metric
from studio.web import runtime

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QApplication

    from studio.app.window import StudioWindow

EDITS = 60
WARM_UP = 5
FRAME = 1 / 60
PATIENCE = 10.0


def run() -> dict[str, Metric]:
    """Measure."""
    application = runtime.start(offscreen=True)
    from PySide6.QtCore import QSettings  # noqa: PLC0415 - Qt after its libraries were looked for

    from studio.app.document import Document  # noqa: PLC0415
    from studio.app.start import make_window  # noqa: PLC0415
    from studio.client.samples import SAMPLES  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = make_window(application, Document.new(SAMPLES[0]), settings)
        window.resize(1366, 768)
        window.show()
        _until(application, lambda: bool(window.session.steps) and not window.session.view.loading)
        frames = [_edit(application, window, number) for number in range(WARM_UP + EDITS)]
        window.session.close_down()
    return {"frames": metric(frames[WARM_UP:], unit="frames of 60 Hz", target="<= 2")}


def _edit(application: QApplication, window: StudioWindow, number: int) -> float:
    """Return how many frames one edit takes to be seen."""
    # Colours far apart, so that no shade of the one before is taken for the next.
    red, green = (0xE0, 0x20) if number % 2 else (0x20, 0xE0)
    colour = f"#{red:02x}{green:02x}{number:02x}"
    begun = time.perf_counter()
    window.document.apply(("branding", "header"), colour)
    _until(application, lambda: _header(window).name() == colour)
    return (time.perf_counter() - begun) / FRAME


def _header(window: StudioWindow) -> QColor:
    from PySide6.QtCore import QRect  # noqa: PLC0415 - as above

    return window.session.view.grab(QRect(8, 8, 2, 2)).toImage().pixelColor(0, 0)


def _until(application: QApplication, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the page was not painted")
        application.processEvents()

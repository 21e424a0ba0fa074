"""Start Qt with Chromium in it, in the one order that works."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from studio.libraries import explain_missing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
NO_NAMES = '--host-resolver-rules="MAP * ~NOTFOUND"'
"""No name or address is ever connected to, not even by a hint to connect early, which neither an
interceptor nor a content security policy sees."""

DRAWING = (
    # A page is one tile: of several, Skia filters each pixel once more (5.7 ms a page; so 0.2 ms).
    "--max-untiled-layer-width=4096",
    "--max-untiled-layer-height=4096",
    # Letters of all scripts are kept; Skia's 2 MB hold those of a few pages (2.9 ms a page; 1.4).
    "--skia-font-cache-limit-mb=64",
)
"""How Chromium draws without a GPU. Edges of shapes depend on the tiles in the last bits, so this
has to be the same wherever pictures are to be the same."""

_NO_GPU = ("QRhiGles2: Failed to create", "Failed to create RHI for backend", "GPUInfo not init")


class QtUnavailableError(RuntimeError):
    """Qt cannot start on this machine; the text says what is missing and how to get it."""


def start(arguments: list[str] | None = None, *, offscreen: bool = False) -> QApplication:
    """Return the application, with the scheme registered before it is made.

    `offscreen` is for pictures: it needs no display and no GPU.

    Raises:
        QtUnavailableError: System libraries are missing, or there is no display.
    """
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    trouble = explain_missing() or _no_display()
    if trouble:
        raise QtUnavailableError(trouble)
    set_chromium_flags()

    # Qt only now: without its system libraries the import itself would fail, in a loader's words.
    from PySide6.QtCore import Qt  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from studio.web.scheme import register_scheme  # noqa: PLC0415

    if offscreen:
        _silence_missing_gpu()
    register_scheme()
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    return QApplication(arguments if arguments is not None else sys.argv[:1])


def _no_display() -> str | None:
    """Return what to say where a window has nowhere to go; Qt itself would abort."""
    ways = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    if not sys.platform.startswith("linux") or any(os.environ.get(way) for way in ways):
        return None
    return "There is no display to open a window on: DISPLAY and WAYLAND_DISPLAY are not set."


def set_chromium_flags() -> None:
    """Tell Chromium, through its environment variable, what it cannot be told later.

    Flags that somebody has set already are kept.
    """
    flags = [NO_NAMES, *DRAWING]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's sandbox refuses to run as root.
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        # Without a GPU; Chromium would tell of it, and of the system bus that is not there.
        flags += ["--disable-gpu", "--log-level=3"]
    present = os.environ.get(FLAGS, "")
    added = [flag for flag in flags if flag.split("=")[0] not in present]
    os.environ[FLAGS] = " ".join([*filter(None, [present]), *added])


def _silence_missing_gpu() -> None:
    """Keep from standard error that there is no GPU, which pictures do not need."""
    from PySide6.QtCore import qInstallMessageHandler  # noqa: PLC0415 - see `start`

    def show(_kind: object, _context: object, message: str) -> None:
        if not message.startswith(_NO_GPU):
            sys.stderr.write(f"{message}\n")

    qInstallMessageHandler(show)

"""Pictures of pages, drawn by the same view that the window shows.

Rules kept here: a picture is taken only after fonts and images are there and two frames have been
drawn, and only after a mark in the corner has been seen to come and to go: so what is grabbed is
never a frame from before.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QIODevice,
    QRect,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QFocusEvent

from studio.device.renderer import MAX_SIDE, Picture, RenderError, Viewport
from studio.web import axe
from studio.web.view import PageView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QImage

    from studio.device.device import Device
    from studio.device.renderer import Violation

PATIENCE = 20.0
"""Seconds after which a page that is not ready is given up."""

_MARKS = ("#ff00ff", "#00ffff")


class QtRenderer:
    """Draws and measures pages one after the other (`studio.device.renderer.Renderer`).

    `close` has to be called before the application ends.
    """

    def __init__(self) -> None:
        self._view: PageView | None = None

    def shoot(
        self, device: Device, url: str, viewport: Viewport, *, full_page: bool = False
    ) -> Picture:
        """Draw the page at a device's address.

        Raises:
            RenderError: The page did not become ready in 20 seconds.
        """
        view = self._shown(device, url, viewport)
        if full_page:
            self._grow(view, viewport)
        return _picture(self._grab(view))

    def measure(
        self, device: Device, url: str, viewports: Iterable[Viewport], script: str
    ) -> list[object]:
        """Load the page once and return what a script evaluates to at each size.

        The script runs in the program's own world, where the page's policy does not reach.

        Raises:
            RenderError: The page did not become ready in 20 seconds.
        """
        first, *others = viewports
        view = self._shown(device, url, first)
        answers = [_ask(view, script)]
        for viewport in others:
            _resize(view, viewport)
            answers.append(_ask(view, script))
        return answers

    def axe(self, device: Device, url: str, viewport: Viewport) -> tuple[Violation, ...]:
        """Try the page against axe-core (`studio.web.axe`).

        Raises:
            RenderError: The page did not become ready in 20 seconds.
        """
        view = self._shown(device, url, viewport)
        view.run(axe.script())
        _until(lambda: _ask(view, axe.DONE) is True, f"axe-core did not finish on {view.address}")
        return axe.violations(str(_ask(view, axe.FOUND)))

    def close(self) -> None:
        """Delete the view and its profile."""
        if self._view:
            self._view.close_down()
            self._view = None

    def _prepared(self, device: Device, viewport: Viewport) -> PageView:
        if self._view is None:
            self._view = PageView(device)
            self._view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._view.use(device)
        self._view.resize(viewport.width, viewport.height)
        self._view.show()
        return self._view

    def _shown(self, device: Device, url: str, viewport: Viewport) -> PageView:
        view = self._prepared(device, viewport)
        view.open(url)
        _until(lambda: not view.loading, f"{url} did not load")
        _focus(view)
        self._settle(view)
        return view

    def _grow(self, view: PageView, viewport: Viewport) -> None:
        height = int(float(str(_ask(view, "document.documentElement.scrollHeight"))))
        view.resize(viewport.width, min(max(height, viewport.height), MAX_SIDE))
        self._settle(view)

    def _settle(self, view: PageView) -> None:
        _until(lambda: not view.loading, f"{view.address} did not load")
        view.run("preview.settle()")
        _until(lambda: _ask(view, "preview.ready") is True, f"{view.address} did not settle")

    def _grab(self, view: PageView) -> QImage:
        before = _corner(view)
        mark = next(one for one in _MARKS if QColor(one) != before)
        view.run(f"preview.mark('{mark}')")
        _until(lambda: _corner(view) == QColor(mark), "the page was not painted")
        view.run("preview.mark(null)")
        _until(lambda: _corner(view) != QColor(mark), "the page was not painted again")
        return view.grab().toImage()


def _focus(view: PageView) -> None:
    """Tell the page that it has the focus, so that what is focused in it looks so.

    A page of another host comes in a process of its own, which nobody has told.
    """
    event = QFocusEvent(QEvent.Type.FocusIn)
    QCoreApplication.sendEvent(view.focusProxy() or view, event)


def _resize(view: PageView, viewport: Viewport) -> None:
    """Resize the view and wait until the page knows."""
    view.resize(viewport.width, viewport.height)
    size = f"innerWidth === {viewport.width} && innerHeight === {viewport.height}"
    _until(lambda: _ask(view, size) is True, f"{view.address} did not become {viewport}")


def _corner(view: PageView) -> QColor:
    return view.grab(QRect(2, 2, 2, 2)).toImage().pixelColor(0, 0)


def _ask(view: PageView, script: str) -> object:
    """Return what a script evaluates to."""
    answers: list[object] = []
    loop = QEventLoop()
    QTimer.singleShot(int(PATIENCE * 1000), loop, loop.quit)

    def take(answer: object) -> None:
        answers.append(answer)
        loop.quit()

    view.run(script, take)
    loop.exec()
    if not answers:
        raise RenderError("the page does not answer")
    return answers[0]


def _until(holds: Callable[[], bool], otherwise: str) -> None:
    """Let Qt work until something holds.

    Raises:
        RenderError: It does not within 20 seconds.
    """
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise RenderError(otherwise)
        loop = QEventLoop()
        QTimer.singleShot(4, loop, loop.quit)
        loop.exec()


def _picture(image: QImage) -> Picture:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub lacks QIODevice
    return Picture(png=bytes(buffer.data().data()), width=image.width(), height=image.height())

"""Draws and measures the pages of a batch, all on one sheet.

Rules kept here:

* every step has a number, which the sheet shows as a colour above the pages when the step is done:
  a picture is taken only of a frame that has the colour of the last step, never of one before;
* nothing is asked again and again: the sheet tells when it is ready, Qt tells when it has drawn;
* a page is put into a frame as a body where the frame's page has the same head and no script that
  matters, and loaded otherwise.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, override

from PySide6.QtCore import QEventLoop, QRect, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtQuickWidgets import QQuickWidget
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript
from PySide6.QtWebEngineWidgets import QWebEngineView

from studio.device.renderer import MAX_SIDE
from studio.resources import folder
from studio.web.batches import MOST, boxes
from studio.web.page import DevicePage, delete_now
from studio.web.scheme import to_qt
from studio.web.shelf import SHEET, Shelf, marked

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QUrl, SignalInstance
    from PySide6.QtGui import QImage
    from PySide6.QtWebEngineCore import QWebEngineFrame

    from studio.device.tasks import Json, Script, Task
    from studio.web.batches import Batch, Kind

_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_STRIP = 8
_PLACE = QRect(2, 2, 2, 2)

_MOST_FRAMES = 3 * MOST
"""A sheet keeps frames whose pages have another head, so that bodies can be put there again."""

_TIDY = 40
"""Batches after which what pages have left is thrown away. Chromium, which never rests here, would
keep it: 4 MB of a batch. Throwing it away takes 0.1 s."""

type _Box = tuple[int, int, int, int]
type _Found = dict[str, Json]


class SheetError(RuntimeError):
    """A page on the sheet cannot be drawn or measured."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What came of one task, before it is written as a file."""

    image: QImage | None = None
    value: Json = None
    error: str = ""


class SheetPage(DevicePage):
    """The page that holds the others. Forms on them are never sent."""

    @override
    def acceptNavigationRequest(
        self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        """Let only the sheet load what it asks for."""
        return _kind in {
            QWebEnginePage.NavigationType.NavigationTypeTyped,
            QWebEnginePage.NavigationType.NavigationTypeOther,
            QWebEnginePage.NavigationType.NavigationTypeRedirect,
        }


class Sheet:
    """Draws batches of one origin. `close` has to be called before the application ends.

    `lost` is called when Chromium's process of the sheet has ended: nothing comes of it any more.
    """

    def __init__(self, origin: str, lost: Callable[[], None]) -> None:
        self._shelf = Shelf()
        self._page = SheetPage(self._shelf)
        self._page.scripts().insert(_script())
        self._page.renderProcessTerminated.connect(lambda *_how: lost())
        self._view = QWebEngineView()
        self._view.setPage(self._page)
        self._view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._view.resize(_STRIP, _STRIP)
        self._view.show()
        self._frames = _Frames()
        self._number = 0
        self._batches = 0
        with _Signal(self._page.loadFinished) as loaded:
            self._page.load(to_qt(origin + SHEET))
            loaded.wait()
        self._ask("sheet.begin()")

    def close(self) -> None:
        """Delete view, page and profile."""
        self._page.close_down()
        delete_now(self._view)

    def takes(self, batch: Batch) -> bool:
        """Whether the batch means the same files by their addresses as those before it."""
        return self._shelf.takes(batch.files)

    def draw(self, batch: Batch) -> list[Drawn]:
        """Do the tasks of a batch and return what came of each.

        Raises:
            SheetError: A page of the batch cannot be drawn.
        """
        painted = any(task.shot for task in batch.tasks)
        frames, places = self._show(batch, painted=painted)
        found = self._measure(batch.tasks, frames)
        if batch.kind.grows:
            places = self._grow(batch.kind, frames)
        image = self._grab() if painted else None
        rows = zip(batch.tasks, frames, places, strict=True)
        drawn = [
            self._drawn(task, found.get(frame), image, frame, place) for task, frame, place in rows
        ]
        self._batches += 1
        if self._batches % _TIDY == 0:
            self._ask("globalThis.gc?.()")
        return drawn

    # The steps

    def _show(self, batch: Batch, *, painted: bool) -> tuple[list[int], list[_Box]]:
        """Bring the pages into frames, and return which and where these are."""
        first = self._number + 1
        self._number += len(batch.tasks)
        self._shelf.fill(
            {first + at: task.page.document for at, task in enumerate(batch.tasks)}, batch.files
        )
        taken = self._frames.take([task.page.head for task in batch.tasks])
        pages = [
            {"frame": frame, "html": task.page.document.body.decode()}
            if there
            else {"frame": frame, "url": to_qt(marked(task.page.url, first + at)).toString()}
            for at, (task, (frame, there)) in enumerate(zip(batch.tasks, taken, strict=True))
        ]
        frames = [frame for frame, _there in taken]
        places = self._lay(batch.kind, [batch.kind.viewport.height] * len(pages))
        self._step("show", pages, dict(zip(frames, places, strict=True)), self._size, painted)
        if self._shelf.missed:
            raise SheetError(f"it asks for {self._shelf.missed[0]}, which is not part of it")
        return frames, places

    def _grow(self, kind: Kind, frames: list[int]) -> list[_Box]:
        """Make the frames as high as their pages, and return where they are then."""
        told = json.loads(str(self._ask(f"sheet.heights({frames})")))
        heights = [min(max(int(one), kind.viewport.height), MAX_SIDE) for one in told]
        places = self._lay(kind, heights)
        self._step("resize", dict(zip(frames, places, strict=True)), self._size)
        return places

    def _measure(self, tasks: list[Task], frames: list[int]) -> dict[int, _Found]:
        """Run the scripts of the tasks, and return what they found, by frame."""
        wanted = {at: task.script for at, task in zip(frames, tasks, strict=True) if task.script}
        if not wanted:
            return {}
        named = {one.name(): one for one in self._page.mainFrame().children()}

        def run() -> None:
            for at, script in wanted.items():
                self._run(at, named[f"page-{at}"], script)

        self._step("expect", len(wanted), then=run)
        found = json.loads(str(self._ask("JSON.stringify(sheet.found)")))
        return {int(at): one for at, one in found.items()}

    def _run(self, at: int, frame: QWebEngineFrame, script: Script) -> None:
        if script.library and self._frames.lacks(at, script.library):
            frame.runJavaScript(script.library, _WORLD)
        frame.runJavaScript(_measuring(at, script.source), _WORLD)

    def _drawn(
        self, task: Task, found: _Found | None, sheet: QImage | None, frame: int, place: _Box
    ) -> Drawn:
        value, error = (found.get("value"), str(found.get("error", ""))) if found else (None, "")
        if error or task.shot is None or sheet is None:
            return Drawn(value=value, error=error)
        selector = task.shot.element
        box = self._element(frame, place, selector) if selector else QRect(*place)
        if box is None:
            return Drawn(error=f"nothing that can be seen on the page is {selector!r}")
        return Drawn(image=sheet.copy(_scaled(box, task.scale)), value=value)

    def _element(self, at: int, place: _Box, selector: str) -> QRect | None:
        """Return where an element stands on the sheet, as far as its page shows it."""
        told = json.loads(str(self._ask(f"sheet.box({at}, {json.dumps(selector)})")))
        if told is None:
            return None
        left, top, width, height = told
        box = QRect(int(left), int(top), round(width + left % 1), round(height + top % 1))
        page = QRect(*place)
        inside = box.translated(page.topLeft()).intersected(page)
        return None if inside.isEmpty() else inside

    # Talking with the sheet

    @property
    def _size(self) -> tuple[int, int]:
        return self._view.width(), self._view.height()

    def _lay(self, kind: Kind, heights: list[int]) -> list[_Box]:
        """Return where pages of these heights stand, and give the view the room."""
        places = boxes(kind, heights, _STRIP)
        width = kind.columns * kind.viewport.width
        height = max(top + height for _left, top, _width, height in places)
        if self._view.width() != width or self._view.height() < height:
            self._view.resize(width, height)
        return places

    def _step(self, name: str, *values: object, then: Callable[[], None] | None = None) -> None:
        """Let the sheet take a step, and wait until it says that it is done.

        Raises:
            SheetError: Something in the sheet's script failed.
        """
        self._number += 1
        told = ", ".join(json.dumps(one) for one in (self._number, *values))
        with _Signal(self._page.titleChanged) as said:
            self._page.runJavaScript(f"sheet.{name}({told})", _WORLD)
            if then:
                then()
            while self._page.title().partition(" ")[0] != str(self._number):
                said.wait()
        trouble = self._page.title().partition(" ")[2]
        if trouble:
            raise SheetError(trouble)

    def _ask(self, script: str) -> object:
        answers: list[object] = []
        loop = QEventLoop()

        def take(answer: object) -> None:
            answers.append(answer)
            loop.quit()

        self._page.runJavaScript(script, _WORLD, take)
        if not answers:
            loop.exec()
        return answers[0]

    def _grab(self) -> QImage:
        """Return the sheet as it is painted after the last step."""
        drawn = self._view.findChild(QQuickWidget)
        if drawn is None:
            raise SheetError("Qt WebEngine draws in another way than it did")
        wanted = QColor.fromRgb(self._number)
        with _Signal(drawn.quickWindow().afterRendering) as painted:
            while self._view.grab(_PLACE).toImage().pixelColor(0, 0) != wanted:
                painted.wait()
        return self._view.grab().toImage()


class _Frames:
    """Which frames have pages with which heads, and which libraries are in them."""

    def __init__(self) -> None:
        self._heads: dict[int, str] = {}  # the one used longest ago first
        self._libraries: dict[int, set[str]] = {}
        self._made = 0

    def take(self, heads: list[str]) -> list[tuple[int, bool]]:
        """Return a frame for each head, and whether it has a page with that head."""
        matched = [self._match(head) for head in heads]
        taken = [self._other() if at is None else at for at in matched]
        self._heads.update(zip(taken, heads, strict=True))
        return [(at, found is not None) for at, found in zip(taken, matched, strict=True)]

    def _match(self, head: str) -> int | None:
        at = next((at for at, there in self._heads.items() if head and there == head), None)
        if at is not None:
            del self._heads[at]
        return at

    def _other(self) -> int:
        """Return a new frame, or, when there are enough, the one used longest ago."""
        if self._made < _MOST_FRAMES:
            self._made += 1
            return self._made - 1
        at = next(iter(self._heads))
        del self._heads[at]
        self._libraries.pop(at, None)
        return at

    def lacks(self, at: int, library: str) -> bool:
        """Whether a library has to be brought into a frame; afterwards it is there."""
        there = self._libraries.setdefault(at, set())
        lacks = library not in there
        there.add(library)
        return lacks


class _Signal:
    """Waits for a signal of Qt; one that comes before anybody waits is not lost."""

    def __init__(self, signal: SignalInstance) -> None:
        self._signal = signal
        self._loop = QEventLoop()
        self._come = False

    def __enter__(self) -> Self:
        self._signal.connect(self._take)
        return self

    def __exit__(self, *_error: object) -> None:
        self._signal.disconnect(self._take)

    def wait(self) -> None:
        """Return when the signal has come once more."""
        if not self._come:
            self._loop.exec()
        self._come = False

    def _take(self, *_values: object) -> None:
        self._come = True
        QTimer.singleShot(0, self._loop.quit)


def _script() -> QWebEngineScript:
    script = QWebEngineScript()
    script.setName("sheet")
    script.setSourceCode((folder("assets") / "scripts" / "sheet.js").read_text("utf-8"))
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(_WORLD)
    return script


def _measuring(at: int, source: str) -> str:
    """Return a script that gives the sheet what `source` finds on a page."""
    return (
        f"(async () => JSON.parse(JSON.stringify({{value: await ({source})()}})))()"
        f".catch((error) => ({{error: String(error)}}))"
        f".then((found) => parent.sheet.take({at}, found))"
    )


def _scaled(box: QRect, scale: int) -> QRect:
    return QRect(box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale)

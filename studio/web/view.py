"""The view of a device's page, and how an edit reaches it without losing what was typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, override
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWebEngineWidgets import QWebEngineView

from studio.resources import folder
from studio.web.cover import Cover
from studio.web.page import DevicePage, delete_now
from studio.web.scheme import to_device, to_qt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QChildEvent, QObject
    from PySide6.QtWidgets import QWidget

    from studio.device.device import Device, Reply

# Scripts of the program run in a world of their own: pages cannot see them, nor their policy them.
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value


class PageView(QWebEngineView):
    """Shows a device's page.

    Signals:
        answered: The `Reply` of each page that the view has asked for.
        loaded: A page has finished loading.
    """

    answered = Signal(object)
    loaded = Signal()

    def __init__(self, device: Device, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = DevicePage(device, self)
        self.setPage(self._page)
        self.cover = Cover(self)
        self.not_for_pages: frozenset[str] = frozenset()
        """Shortcuts of the program that a page's inputs would else take: Ctrl+K deletes in them."""
        self._forgets = False
        self._page.handler.answered.connect(self._cover)
        self._page.handler.answered.connect(self.answered)
        self._page.loadStarted.connect(lambda: self._set_loading(loading=True))
        self._page.loadFinished.connect(lambda _ok: self._set_loading(loading=False))
        self.loading = False
        """Whether a page has been asked for and is not there yet."""
        self._waiting: list[str] = []
        self._page.run_on_every_page(_preview_script())

    @property
    def address(self) -> str:
        """The device's address of the page that is shown, empty before the first."""
        url = self._page.url()
        return to_device(url) if url.isValid() and url.host() else ""

    def use(self, device: Device) -> None:
        """Go on with another device."""
        self._page.handler.device = device

    def open(self, url: str) -> None:
        """Load an address of the device, as the first page of a new window: none is before it."""
        self._forgets = True
        self._waiting.clear()
        self.loading = True
        self._page.load(to_qt(url))

    def neighbour(self, step: int) -> str:
        """Return the device's address of the page before (-1) or after (1), empty without one."""
        history = self._page.history()
        can = history.canGoBack() if step < 0 else history.canGoForward()
        item = history.backItem() if step < 0 else history.forwardItem()
        return to_device(item.url()) if can else ""

    def go(self, step: int) -> None:
        """Go to the page before (-1) or after (1), as a browser does."""
        history = self._page.history()
        if step < 0:
            history.back()
        else:
            history.forward()

    def paint(self, variables: Mapping[str, str]) -> None:
        """Set the custom properties of the brand on the page that is shown."""
        self.run(f"preview.paint({json.dumps(dict(variables))})")

    def swap(self, html: str) -> None:
        """Put another body into the page that is shown; typed text, focus and place stay.

        Not while a page is loading: the body would be of the page before.
        """
        self.run(f"preview.swap({json.dumps(html)})")

    def fill(self, values: Mapping[str, str]) -> None:
        """Type into the page's inputs by name, in place of what they hold."""
        self.run(f"preview.fill({json.dumps(dict(values))})")

    def run(self, script: str, then: Callable[[object], None] | None = None) -> None:
        """Run a script of the program on the page, after it has loaded.

        `then` gets what the script evaluates to; a script without it that comes while a page is
        loading waits for that page.
        """
        if self.loading and then is None:
            self._waiting.append(script)
            return
        self._page.runJavaScript(script, _WORLD, then or _ignore)

    @override
    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        # Each process of Chromium's brings a child of its own, which has the keyboard.
        if event.polished():
            event.child().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._is_programs(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _is_programs(self, event: QEvent) -> bool:
        pressed = event.keyCombination() if isinstance(event, QKeyEvent) else None
        return pressed is not None and QKeySequence(pressed).toString() in self.not_for_pages

    def close_down(self) -> None:
        """Delete page, profile and view. Has to be called before the application ends."""
        # Whoever listens would ask about a page that is gone.
        self.blockSignals(True)
        self._page.close_down()
        # A view without its page would make itself a new one, with a profile that outlives it.
        delete_now(self)

    def _cover(self, reply: Reply) -> None:
        """Cover the view while a page of another host comes."""
        if urlsplit(reply.url).netloc != urlsplit(self.address).netloc:
            self.cover.put()

    def _set_loading(self, *, loading: bool) -> None:
        self.loading = loading
        if not loading:
            self.cover.lift()
            if self._forgets:
                self._forgets = False
                self._page.history().clear()
            waiting, self._waiting = self._waiting, []
            for script in waiting:
                self.run(script)
            self.loaded.emit()


def _preview_script() -> QWebEngineScript:
    script = QWebEngineScript()
    script.setName("preview")
    script.setSourceCode((folder("assets") / "scripts" / "preview.js").read_text("utf-8"))
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(_WORLD)
    return script


def _ignore(_result: object) -> None:
    """Take a result that nobody asked for."""

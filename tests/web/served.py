"""Run as a program: pages that are served are opened by HTTP, and what the console says printed."""

from __future__ import annotations

import sys
from typing import override

from PySide6.QtCore import QEventLoop, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QApplication

from studio.web.page import delete_now
from tests.server.given import serving


class _Telling(QWebEnginePage):
    """A page that prints what its console says."""

    @override
    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        print(f"{self.url().path()}: {message}")


def main(*paths: str) -> None:
    application = QApplication([])
    waiting = QEventLoop(application)
    profile = QWebEngineProfile()
    page = _Telling(profile)
    page.loadFinished.connect(lambda is_good: waiting.exit(int(is_good)))
    with serving() as running:
        for path in paths:
            page.load(QUrl(f"{running.place.origin}{path}"))
            print(path, "loaded" if waiting.exec() else "failed")
    delete_now(page)
    delete_now(profile)


if __name__ == "__main__":
    main(*sys.argv[1:])

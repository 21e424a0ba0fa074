"""Run as a program: a page without any wall tries the same, and the connections are printed."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QHostAddress, QTcpServer
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QApplication

PATIENCE = 20_000


def main(attempts: str) -> None:
    application = QApplication([])
    server = QTcpServer()
    server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    server.newConnection.connect(application.quit)
    QTimer.singleShot(PATIENCE, application.quit)
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile)
    script = attempts.replace("PORT", str(server.serverPort()))
    page.loadFinished.connect(lambda _ok: page.runJavaScript(script))
    page.setHtml("<title>bare</title>")
    application.exec()
    print("reached" if server.hasPendingConnections() else "nothing")
    page.deleteLater()
    application.processEvents()


if __name__ == "__main__":
    main(sys.argv[1])

"""Nothing leaves the process: what a page tries, counted by a listener on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QHostAddress, QTcpServer
from PySide6.QtWebEngineCore import QWebEnginePage

from studio.web.page import delete_now
from studio.web.runtime import FLAGS, NO_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from studio.web.view import PageView

ATTEMPTS = """
const base = "http://127.0.0.1:PORT/";
const attempts = {
  fetch: () => fetch(base + "fetch", { mode: "no-cors" }).catch(() => {}),
  image: () => { new Image().src = base + "image.png"; },
  beacon: () => navigator.sendBeacon(base + "beacon", "x"),
  socket: () => new WebSocket("ws://127.0.0.1:PORT/socket"),
  events: () => new EventSource(base + "events"),
  style: () => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: base });
    document.head.append(link);
  },
  hint: () => {
    const link = Object.assign(document.createElement("link"), { rel: "preconnect", href: base });
    document.head.append(link);
  },
  frame: () => {
    document.body.append(Object.assign(document.createElement("iframe"), { src: base + "frame" }));
  },
  call: () => {
    const servers = [{ urls: "turn:127.0.0.1:PORT?transport=tcp", username: "u", credential: "c" }];
    const call = new RTCPeerConnection({ iceServers: servers, iceTransportPolicy: "relay" });
    call.createDataChannel("x");
    call.createOffer().then((offer) => call.setLocalDescription(offer));
  },
};
for (const attempt of Object.values(attempts)) {
  try { attempt(); } catch { /* that it may not is the point */ }
}
true
"""

LEAVE = 'location.href = "http://127.0.0.1:PORT/leave"; true'


@pytest.fixture
def listener(qapp: QApplication) -> Iterator[QTcpServer]:
    server = QTcpServer()
    assert qapp
    assert server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    yield server
    server.close()
    delete_now(server)


@pytest.fixture
def page(view: PageView) -> QWebEnginePage:
    return view.page()


def _try(qtbot: QtBot, page: QWebEnginePage, script: str, server: QTcpServer) -> None:
    answers: list[object] = []
    page.runJavaScript(script.replace("PORT", str(server.serverPort())), 0, answers.append)
    qtbot.waitUntil(lambda: bool(answers))


def _connections(server: QTcpServer) -> int:
    count = 0
    while server.nextPendingConnection():
        count += 1
    return count


@pytest.mark.page_errors
def test_a_page_of_the_studio_reaches_nothing(
    qtbot: QtBot, page: QWebEnginePage, listener: QTcpServer, caplog: pytest.LogCaptureFixture
) -> None:
    _try(qtbot, page, ATTEMPTS, listener)
    qtbot.wait(1500)  # what must not come has no signal to wait for
    assert _connections(listener) == 0
    assert "Content Security Policy" in caplog.text


def test_a_page_without_walls_reaches_the_listener() -> None:
    # A process of its own: one of the walls is a flag of the whole process.
    flags = os.environ[FLAGS].replace(NO_NAMES, "")
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.without_walls", ATTEMPTS],
        env=os.environ | {FLAGS: flags},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "reached", done.stderr


def test_leaving_leads_to_a_page_of_the_device(
    qtbot: QtBot, page: QWebEnginePage, listener: QTcpServer
) -> None:
    with qtbot.waitSignal(page.loadFinished):
        _try(qtbot, page, LEAVE, listener)
    qtbot.waitUntil(lambda: page.url().host() == "device.connect.example")
    assert _connections(listener) == 0


def test_a_link_to_the_outside_is_not_followed(qtbot: QtBot, page: QWebEnginePage) -> None:
    outside = QUrl("https://elsewhere.example/")
    kind = QWebEnginePage.NavigationType.NavigationTypeLinkClicked
    assert not page.acceptNavigationRequest(outside, kind, True)
    qtbot.waitUntil(lambda: page.title() == "Outside the preview")

"""The custom scheme under which the simulated web is shown, and its handler.

Rules kept here:

* `connect://HOST/PATH` stands for `https://HOST/PATH` of the simulated device, nothing else;
* every job is answered or failed, whatever happens: one left open would never finish loading;
* Chromium keeps no cookies for a custom scheme, so the device's jar is the only one.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol, override

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from studio.device.device import Reply

SCHEME = b"connect"

_log = logging.getLogger(__name__)


def register_scheme() -> None:
    """Make the scheme known to Chromium. Has to happen before there is a QApplication."""
    if QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name():
        return
    scheme = QWebEngineUrlScheme(QByteArray(SCHEME))
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


def to_qt(url: str) -> QUrl:
    """Return the URL under which the view loads an address of the device."""
    qt = QUrl(url)
    qt.setScheme(SCHEME.decode())
    return qt


def to_device(url: QUrl) -> str:
    """Return the address of the device that a URL of the view stands for."""
    address = QUrl(url)
    address.setScheme("https")
    return address.toString(QUrl.ComponentFormattingOption.FullyEncoded)


class Answers(Protocol):
    """What answers a view's requests: a device, or what stands in for one."""

    def request(self, method: str, url: str, *, body: bytes = b"", origin: str = "") -> Reply:
        """Answer one request, and follow nothing."""

    def destination(self, url: str) -> str:
        """Return where an address leads: to a page of the device where it is outside of CONNECT."""


class DeviceHandler(QWebEngineUrlSchemeHandler):
    """Answers the view's requests from a device. `answered` carries each page's `Reply`."""

    answered = Signal(object)

    def __init__(self, device: Answers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.device = device

    @override
    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer one request."""
        try:
            reply = self._request(job)
        except Exception:  # noqa: BLE001 - whatever it is, a job left open would hang the page
            _log.exception("%s could not be answered", job.requestUrl().toString())
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
            return
        if reply.location:
            job.redirect(to_qt(reply.location))
            return
        _send(job, reply)
        if reply.screen is not None:
            self.answered.emit(reply)

    def _request(self, job: QWebEngineUrlRequestJob) -> Reply:
        method = bytes(job.requestMethod().data()).decode()
        origin = job.initiator()
        return self.device.request(
            method,
            to_device(job.requestUrl()),
            body=_body(job) if method == "POST" else b"",
            origin=to_device(origin) if origin.isValid() else "",
        )


def _body(job: QWebEngineUrlRequestJob) -> bytes:
    body = job.requestBody()
    if not body.isOpen():
        body.open(QIODevice.OpenModeFlag.ReadOnly)
    return bytes(body.readAll().data())


def _send(job: QWebEngineUrlRequestJob, reply: Reply) -> None:
    # Values are lists: a bare value is split into one header for each of its bytes.
    headers = {
        QByteArray(name.encode()): [QByteArray(value.encode())]
        for name, value in _shown_headers(reply).items()
    }
    job.setAdditionalResponseHeaders(headers)  # type: ignore[arg-type]  # the stub says single
    buffer = QBuffer(job)
    buffer.setData(QByteArray(reply.body))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.reply(QByteArray(reply.headers.get("Content-Type", "text/plain").encode()), buffer)


def _shown_headers(reply: Reply) -> dict[str, str]:
    """Return the headers that mean something to the page.

    What is `https:` for the device is this scheme for the view, and so is wherever a form may end:
    redirect targets become pages of the device.
    """
    kept = {"Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Cache-Control"}
    headers = {name: value for name, value in reply.headers.items() if name in kept}
    policy = headers.get("Content-Security-Policy", "").replace("https:", "connect:")
    if policy:
        headers["Content-Security-Policy"] = policy.replace(
            "form-action 'self'", "form-action 'self' connect:"
        )
    return headers

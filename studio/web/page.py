"""A page that never leaves the process, and its profile.

Several walls, because each alone leaks: the interceptor blocks requests of every other scheme, the
pages' content security policy names no other source, WebRTC is taken away, and Chromium resolves
no name (`studio.web.runtime`), which stops early connections that nothing else sees.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, override

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from studio.web.scheme import SCHEME, DeviceHandler, to_qt

if TYPE_CHECKING:
    from studio.web.scheme import Answers

_LOCAL = {SCHEME.decode(), "data", "blob", "about", "devtools"}
_log = logging.getLogger(__name__)


class Interceptor(QWebEngineUrlRequestInterceptor):
    """Blocks every request that is not for the simulated device."""

    @override
    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Let through or block one request."""
        info.block(info.requestUrl().scheme() not in _LOCAL)


class DevicePage(QWebEnginePage):
    """A page of one device, with a profile, an interceptor and a handler of its own.

    `close_down` has to be called before the application ends.
    """

    def __init__(self, device: Answers, parent: QObject | None = None) -> None:
        profile = QWebEngineProfile(None)
        super().__init__(profile, parent)
        self.handler = DeviceHandler(device, self)
        self._profile = profile
        self._interceptor = Interceptor(self)
        profile.setUrlRequestInterceptor(self._interceptor)
        profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        profile.setPersistentCookiesPolicy(
            QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
        )
        profile.setHttpAcceptLanguage("en")
        profile.installUrlSchemeHandler(SCHEME, self.handler)
        _restrict(self.settings())
        self.run_on_every_page(_no_webrtc())

    def run_on_every_page(self, script: QWebEngineScript) -> None:
        """Let a script run on each page from now on.

        The profile gives it to a process before any page. A script of the page itself comes too
        late where a link leads to another host, whose page has a process of its own.
        """
        self._profile.scripts().insert(script)

    @override
    def acceptNavigationRequest(
        self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        """Let a link lead where it does on the device: outside is a page about the address.

        A page links to other hosts by `https`, which the device answers under the scheme.
        """
        target = QUrl(url)
        if target.scheme() in {SCHEME.decode(), "about", "data"}:
            return True
        if isMainFrame:
            # Later: Chromium stops the process when a page is loaded while it asks about another.
            address = target.toString(QUrl.ComponentFormattingOption.FullyEncoded)
            there = to_qt(self.handler.device.destination(address))
            QTimer.singleShot(0, self, lambda: self.load(there))
        return False

    @override
    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        """Open what asks for a new window in this one."""
        return self

    @override
    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """Log what a page complains about."""
        if level != QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel:
            _log.error("%s:%d %s", sourceID, lineNumber, message)

    def close_down(self) -> None:
        """Delete the page, then its profile: the other order makes Chromium complain."""
        profile = self._profile
        profile.removeAllUrlSchemeHandlers()
        delete_now(self)
        delete_now(profile)


def delete_now(thing: QObject) -> None:
    """Delete a Qt object before this returns, if it is there still."""
    if shiboken6.isValid(thing):
        thing.deleteLater()
        QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete.value)


def _no_webrtc() -> QWebEngineScript:
    """Return a script that runs before every other one and takes WebRTC away.

    Chromium 140 knows no policy for it ("Unrecognized Content-Security-Policy directive").
    """
    script = QWebEngineScript()
    script.setName("no-webrtc")
    script.setSourceCode(
        "delete globalThis.RTCPeerConnection; delete globalThis.webkitRTCPeerConnection;"
    )
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld.value)
    script.setRunsOnSubFrames(True)
    return script


def _restrict(settings: QWebEngineSettings) -> None:
    attribute = QWebEngineSettings.WebAttribute
    for name in (
        attribute.WebRTCPublicInterfacesOnly,
        attribute.LocalContentCanAccessFileUrls,
        attribute.LocalContentCanAccessRemoteUrls,
        attribute.PluginsEnabled,
        attribute.DnsPrefetchEnabled,
        attribute.HyperlinkAuditingEnabled,
        attribute.ScreenCaptureEnabled,
    ):
        settings.setAttribute(name, False)
    settings.setAttribute(attribute.FocusOnNavigationEnabled, True)
    settings.setAttribute(attribute.ShowScrollBars, False)

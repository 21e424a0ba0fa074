"""Serve the open client to a phone in one's own network, as it is edited, saved or not.

Rules kept here:

* nothing is served before the person asks for it, and it ends with the window at the latest;
* an edit reaches the phone with its next request; open pages follow by themselves;
* starting makes a key and takes a moment, so it happens beside the window.
"""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from PySide6.QtCore import QObject, Qt, Signal

from studio.app.settings_text import sentence
from studio.pages.hosting import HostedClient
from studio.server.hosting import service_home
from studio.server.serving import Serving, Settings, Told
from studio.site.service_request import CHOICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.app.document import Document
    from studio.app.session import Session

    Make = Callable[[HostedClient, Told], Serving]


class PhonePreview(QObject):
    """CONNECT with the open client at an address, or not.

    Signals:
        changed: It is served or not, is starting, has failed, or has another pass.
    """

    changed = Signal()
    _drawn = Signal()
    _started = Signal()

    def __init__(self, document: Document, make: Make | None = None) -> None:
        """Serve nothing yet.

        Args:
            document: Whose client is served.
            make: Returns what serves a client; for one's own network when left out.
        """
        super().__init__()
        self._document = document
        self._make = make or _in_network
        self._serving: Serving | None = None
        self._thread: Thread | None = None
        self._came: tuple[Serving | None, str] = (None, "")
        self.error = ""
        """Why it could not be started, empty where it could."""
        document.changed.connect(self._replace)
        document.opened.connect(self._replace)
        # They are emitted in other threads.
        self._drawn.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._started.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def starting(self) -> bool:
        """Whether it is about to be served."""
        return self._thread is not None

    @property
    def serves(self) -> bool:
        """Whether it is served."""
        return self._serving is not None

    @property
    def origin(self) -> str:
        """Where CONNECT is, without a slash at the end; empty while nothing is served."""
        return self._serving.place.origin if self._serving else ""

    @property
    def entrance(self) -> str:
        """The address that lets the next phone in, once; empty while nothing is served."""
        return (self._serving.pass_url or self._serving.url) if self._serving else ""

    @property
    def current_pass(self) -> str:
        """What the next phone is asked for, empty where nothing is asked."""
        return parse_qs(urlsplit(self.entrance).query).get("pass", [""])[0]

    def start(self) -> None:
        """Begin to serve; `changed` tells when that is done."""
        if self.serves or self.starting:
            return
        self.error = ""
        serving = self._make(self._hosted(), Told(new_pass=lambda _url: self._drawn.emit()))
        self._thread = Thread(target=self._begin, args=(serving,), daemon=True)
        self._thread.start()
        self.changed.emit()

    def stop(self) -> None:
        """End serving."""
        self._wait()
        serving, self._serving = self._serving, None
        if serving:
            serving.stop()
            self.changed.emit()

    def link(self, session: Session) -> str:
        """Return an address that asks CONNECT what the window asks.

        While the client is served it leads there: to its sample service, which makes the request
        with the same choices. Else it is the authorisation URL, which the window can play.
        """
        if self._serving is None or session.visited is not None:
            return session.url
        chosen = {name: getattr(session.fields, name) for name in sorted(CHOICES)}
        query = urlencode({name: value for name, value in chosen.items() if value})
        home = service_home(self._serving.place, self._hosted().policy.client_id)
        return f"{home}/sign-in?{query}".rstrip("?")

    def _hosted(self) -> HostedClient:
        return HostedClient(self._document.client, self._document.logo)

    def _begin(self, serving: Serving) -> None:
        """Start it, in a thread of its own."""
        try:
            serving.start()
        except OSError as error:
            self._came = None, sentence(error.strerror or str(error))
        else:
            self._came = serving, ""
        self._started.emit()

    def _wait(self) -> None:
        """Wait until it has started or failed, where it is about to."""
        if self._thread:
            self._thread.join()
            self._thread = None
            self._serving, self.error = self._came

    def _take(self) -> None:
        if self._thread:
            self._wait()
            self._replace()
            self.changed.emit()

    def _replace(self) -> None:
        if self._serving:
            self._serving.replace(self._hosted())


def _in_network(hosted: HostedClient, told: Told) -> Serving:
    return Serving((hosted,), Settings(lan=True), told=told)

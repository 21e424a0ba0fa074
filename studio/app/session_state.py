"""What can be told of a session without changing it? What panels show of it.

`Session` is what changes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject

from studio.device.device import Device, Outside
from studio.device.entry import AUTHORIZE, authorization_url, default_fields
from studio.device.expiries import expiries
from studio.device.fresh import fresh_pages
from studio.device.inspection import detection_facts, inspect
from studio.engine.policy import Prompt
from studio.pages.language import page_locale
from studio.site.service import AtService

if TYPE_CHECKING:
    from datetime import datetime

    from studio.app.step import Step
    from studio.client.model import Client
    from studio.device.device import DeviceState
    from studio.device.expiries import Expiry
    from studio.device.inspection import DetectionFacts, Inspection
    from studio.device.network import Connection
    from studio.device.passwords import Offer, Saved
    from studio.device.people import Person
    from studio.engine.screens import Screen
    from studio.pages.hosting import HostedClient
    from studio.site.messages import Message


class SessionState(QObject):
    """A device, the pages that were shown on it, and what is asked of CONNECT.

    Attributes:
        steps: The trail of pages.
        position: Which of them is shown, -1 before the first.
        fields: What is asked, as it is typed.
        mistakes: What is wrong with it, by parameter.
    """

    def __init__(self, hosted: HostedClient, state: DeviceState, parent: QObject | None) -> None:
        super().__init__(parent)
        self._hosted = hosted
        self._device = Device(state, fresh_pages(), [hosted])
        self.steps: tuple[Step, ...] = ()
        self.position = -1
        self.fields = default_fields(hosted.policy)
        self.mistakes: dict[str, str] = {}
        self._good_url = authorization_url(hosted.policy.client_id, self.fields)
        self._played = ""

    @property
    def inbox(self) -> tuple[Message, ...]:
        """The messages that have arrived, the oldest first."""
        return self._device.state.inbox

    @property
    def url(self) -> str:
        """The authorisation URL: of the fields as they are, or the last good one."""
        return self._good_url

    @property
    def visited(self) -> Client | None:
        """The other service that is visited, None at the client's own."""
        other = self._device.client(self._device.state.app)
        return other.client if other else None

    @property
    def app(self) -> str:
        """The id of the other service that is visited, empty at the client's own."""
        return self._device.state.app

    @property
    def _service(self) -> HostedClient:
        return self._device.client(self._device.state.app) or self._hosted

    @property
    def service_name(self) -> str:
        """The name of the service that is played."""
        return self._service.client.registration.name

    @property
    def locale(self) -> str:
        """The BCP 47 tag of the language that pages are in."""
        return page_locale(self._service.client, self.fields.ui_locales.split()).tag

    @property
    def person(self) -> Person:
        """Who holds the device."""
        return self._device.state.person

    @property
    def connection(self) -> Connection:
        """What the device is connected to, and in what it shows pages."""
        return self._device.state.connection

    @property
    def detection(self) -> DetectionFacts:
        """What the network tells CONNECT in a request like the one that is asked."""
        allowed = Prompt.NO_SEAM not in self.fields.prompt.split()
        return detection_facts(self._device.state, self._service.policy.sdk, allowed=allowed)

    @property
    def screen(self) -> Screen | AtService | Outside | None:
        """What is shown, None before the first page."""
        return self.steps[self.position].screen if self.steps else None

    @property
    def at_service(self) -> bool:
        """Whether the page that is shown is the service's own."""
        return isinstance(self.screen, AtService)

    @property
    def address(self) -> str:
        """What an address bar shows: a host, or an address that is no part of the preview."""
        if isinstance(self.screen, Outside):
            return self.screen.address
        return urlsplit(self.steps[self.position].url if self.steps else AUTHORIZE).netloc

    @property
    def saved_passwords(self) -> Saved:
        """What the password manager of the browser keeps."""
        return self._device.saved_passwords

    @property
    def offer(self) -> Offer | None:
        """What the password manager offers to fill in on this page, None for nothing."""
        return self._device.offer(self.screen)

    @property
    def readable_code(self) -> str:
        """The code that the SDK can read from the newest SMS, empty where it cannot."""
        return self._device.read_code(self._service.policy.client_id) or ""

    @property
    def now(self) -> datetime:
        """The time in the world."""
        return self._device.world.now

    @property
    def expiries(self) -> tuple[Expiry, ...]:
        """What ends after this moment, the next first."""
        return expiries(self._device.state, self.steps[self.position].url if self.steps else "")

    def inspection(self) -> Inspection | None:
        """Tell everything about the page that is shown, None before the first one."""
        if not self.steps:
            return None
        step = self.steps[self.position]
        return inspect(self._device, step.screen, step.url, asked=self._played)

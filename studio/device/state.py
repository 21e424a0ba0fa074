"""What a device and the world around it know at one moment, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from immutables import Map

from studio.device.jar import Jar
from studio.device.network import Connection
from studio.device.people import PEOPLE, Person
from studio.engine.detection import BrowserKind

if TYPE_CHECKING:
    from studio.device.passwords import Saved
    from studio.engine.world import World
    from studio.site.messages import Message
    from studio.site.service import ServiceSession

_JARS = {BrowserKind.WEB_VIEW: "web view", BrowserKind.DESKTOP: "desktop"}
"""Which cookies a browser keeps for itself; all others of a phone share one jar."""


@dataclass(frozen=True, kw_only=True)
class DeviceState:
    """All that a device and the world around it know at one moment.

    `jars` are the cookies by whoever keeps them, `passwords` what their password managers have
    kept, `services` the sessions of the services themselves, `person` is who holds the device.
    `app` is the id of the service that is in use, empty for the first one hosted: a web view's
    cookies are those of its app alone. `failing` tells that CONNECT can read what it knows and keep
    nothing new.
    """

    world: World
    connection: Connection = field(default_factory=Connection)
    person: Person = PEOPLE[0]
    jars: Map[str, Jar] = field(default_factory=Map)
    passwords: Map[str, Saved] = field(default_factory=Map)
    inbox: tuple[Message, ...] = ()
    services: Map[str, ServiceSession] = field(default_factory=Map)
    app: str = ""
    failing: bool = False

    @property
    def jar(self) -> Jar:
        """The cookies of the browser in use."""
        return self.jars.get(self._jar_name, Jar())

    def with_jar(self, jar: Jar) -> DeviceState:
        """Let the browser in use keep other cookies."""
        return replace(self, jars=self.jars.set(self._jar_name, jar))

    @property
    def saved_passwords(self) -> Saved:
        """What the password manager of the browser in use keeps; a web view has none."""
        return self.passwords.get(self._jar_name, ())

    def with_saved_passwords(self, saved: Saved) -> DeviceState:
        """Let the password manager of the browser in use keep these, if there is one."""
        if saved == self.saved_passwords or self.connection.browser is BrowserKind.WEB_VIEW:
            return self
        return replace(self, passwords=self.passwords.set(self._jar_name, saved))

    @property
    def _jar_name(self) -> str:
        name = _JARS.get(self.connection.browser, "phone")
        alone = self.app and self.connection.browser is BrowserKind.WEB_VIEW
        return f"{name} of {self.app}" if alone else name

"""What is the simulated device connected to, and what does CONNECT meet because of it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.client.choices import Browser
from studio.client.choices import Platform as ServicePlatform
from studio.engine.detection import BrowserKind, Circumstances, Network, Platform
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.client.model import Client

HOTSPOT_HOST = Identifier(IdentifierKind.PHONE, "+4799900777")
"""The number of the subscriber whose hotspot there is: nobody who signs in on the device."""


class Presentation(StrEnum):
    """Where a browser shows the pages; an in-app tab and a web view are windows of their own."""

    SAME_TAB = "same-tab"
    NEW_TAB = "new-tab"
    POP_UP = "pop-up"


@dataclass(frozen=True, kw_only=True)
class Connection:
    """What can be chosen of a device: its network, in what it shows pages, its platform."""

    network: Network = Network.WIFI
    browser: BrowserKind = BrowserKind.IN_APP_TAB
    platform: Platform = Platform.ANDROID
    presentation: Presentation = Presentation.SAME_TAB

    @property
    def shown_in(self) -> Browser:
        """What the pages open in, as a client file names it."""
        if self.browser in {BrowserKind.IN_APP_TAB, BrowserKind.WEB_VIEW}:
            return Browser(str(self.browser))
        return Browser(str(self.presentation))

    def showing_in(self, platform: Platform, browser: Browser) -> Connection:
        """Return the same connection with its pages in a browser of a platform.

        A browser that the platform does not have is replaced by its first one, a pop-up on a phone
        by a new tab; a network that it does not have by Wi-Fi.
        """
        known = BROWSERS[platform]
        stands_in = Browser.NEW_TAB if browser is Browser.POP_UP else known[0]
        chosen = browser if browser in known else stands_in
        own_window = chosen in {Browser.IN_APP_TAB, Browser.WEB_VIEW}
        plain = BrowserKind.MOBILE_BROWSER if is_phone(platform) else BrowserKind.DESKTOP
        return replace(
            self,
            network=self.network if self.network in NETWORKS[platform] else Network.WIFI,
            platform=platform,
            browser=BrowserKind(str(chosen)) if own_window else plain,
            presentation=Presentation.SAME_TAB if own_window else Presentation(str(chosen)),
        )


_ON_PHONE = (Browser.IN_APP_TAB, Browser.WEB_VIEW, Browser.SAME_TAB, Browser.NEW_TAB)
BROWSERS: Mapping[Platform, tuple[Browser, ...]] = MappingProxyType(
    {
        Platform.ANDROID: _ON_PHONE,
        Platform.IOS: _ON_PHONE,
        Platform.OTHER: (Browser.SAME_TAB, Browser.NEW_TAB, Browser.POP_UP),
    }
)
"""What pages can open in on each platform; `OTHER` is a computer."""

_WITHOUT_MOBILE_DATA = (Network.WIFI, Network.HOTSPOT)
NETWORKS: Mapping[Platform, tuple[Network, ...]] = MappingProxyType(
    {
        Platform.ANDROID: tuple(Network),
        Platform.IOS: tuple(Network),
        Platform.OTHER: _WITHOUT_MOBILE_DATA,
    }
)
"""How each platform can be connected: a computer has no mobile data of its own."""

_PLATFORMS = MappingProxyType(
    {
        ServicePlatform.ANDROID: Platform.ANDROID,
        ServicePlatform.IOS: Platform.IOS,
        ServicePlatform.WINDOWS: Platform.OTHER,
        ServicePlatform.MACOS: Platform.OTHER,
    }
)


def is_phone(platform: Platform) -> bool:
    """Tell whether a platform is that of a phone."""
    return platform is not Platform.OTHER


def clients_own(client: Client, connection: Connection) -> Connection:
    """Return a connection with its pages in what the client's open in, where it runs.

    What runs on the web is on a phone where it opens in a window of an app, else on a computer.
    """
    browser = client.entry.browser
    in_app = browser in {Browser.IN_APP_TAB, Browser.WEB_VIEW}
    on_the_web = Platform.ANDROID if in_app else Platform.OTHER
    platform = _PLATFORMS.get(client.registration.platform, on_the_web)
    return connection.showing_in(platform, browser)


def circumstances(connection: Connection, *, phone: str | None, subscriber: bool) -> Circumstances:
    """Return what CONNECT meets when a person uses the device.

    `phone` is the person's number (E.164), None for somebody without; `subscriber` tells whether
    an operator of the telecom group has it. The mobile data of anybody else is another operator's.
    """
    sim = Identifier(IdentifierKind.PHONE, phone) if phone and subscriber else None
    foreign = connection.network is Network.MOBILE_DATA and sim is None
    hosted = connection.network is Network.HOTSPOT
    return Circumstances(
        network=Network.OTHER_OPERATOR if foreign else connection.network,
        browser=connection.browser,
        platform=connection.platform,
        sim=sim,
        host_sim=HOTSPOT_HOST if hosted else None,
    )

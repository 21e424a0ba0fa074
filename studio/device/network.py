"""What is the simulated device connected to, and what does CONNECT meet because of it?"""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.detection import BrowserKind, Circumstances, Network, Platform
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind

HOTSPOT_HOST = Identifier(IdentifierKind.PHONE, "+4799900777")
"""The number of the subscriber whose hotspot there is: nobody who signs in on the device."""


@dataclass(frozen=True, kw_only=True)
class Connection:
    """What can be chosen of a device: its network, in what it shows pages, its platform."""

    network: Network = Network.WIFI
    browser: BrowserKind = BrowserKind.IN_APP_TAB
    platform: Platform = Platform.ANDROID


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

"""What can be chosen of the device, and in which words? One table for the panel and the menus."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.client.choices import Browser, EntryPoint
from studio.device.network import BROWSERS, NETWORKS, is_phone
from studio.engine.detection import Network, Platform
from studio.i18n import formats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.app.document import Document
    from studio.app.session import Session
    from studio.client.model import Client

PLATFORMS: Mapping[Platform, str] = MappingProxyType(
    {Platform.ANDROID: "Android", Platform.IOS: "iOS", Platform.OTHER: "Desktop"}
)
NETWORK_TITLES: Mapping[Network, str] = MappingProxyType(
    {
        Network.MOBILE_DATA: "Mobile data",
        Network.OTHER_OPERATOR: "Another operator's mobile data",
        Network.WIFI: "Wi-Fi",
        Network.WIFI_AND_MOBILE_DATA: "Wi-Fi and mobile data",
        Network.HOTSPOT: "Another phone's hotspot",
    }
)
ENTRIES: Mapping[EntryPoint, str] = MappingProxyType(
    {EntryPoint.BUTTON: "Button", EntryPoint.STARTUP: "Startup", EntryPoint.LINK: "Link"}
)
SIMS: Mapping[bool, str] = MappingProxyType({True: "Subscriber's", False: "Another's"})
SDK: Mapping[str, str] = MappingProxyType(
    {
        "prevent_hotspot_detection": "No number from a hotspot",
        "detect_on_wifi": "Detect the number on Wi-Fi",
        "read_code": "Read the code from the SMS",
        "prompt_mobile_data": "Offer mobile data",
    }
)
"""The SDK's options in the client file, with what stands beside their switches."""

NO_MOBILE_DATA = "a computer has no mobile data of its own."

OPENS_IN: Mapping[Browser, str] = MappingProxyType(
    {
        Browser.IN_APP_TAB: "In-app tab",
        Browser.WEB_VIEW: "Web view",
        Browser.SAME_TAB: "Same tab",
        Browser.NEW_TAB: "New tab",
        Browser.POP_UP: "Pop-up",
    }
)
_POINT = ("entry", "point")


def browser_titles(platform: Platform) -> dict[Browser, str]:
    """Return what pages can open in on a platform."""
    prefix = "Browser, " if is_phone(platform) else ""
    return {browser: _title(browser, prefix) for browser in BROWSERS[platform]}


def network_titles(platform: Platform) -> dict[Network, str]:
    """Return how a device of a platform can be connected."""
    return {network: NETWORK_TITLES[network] for network in NETWORKS[platform]}


def played(document: Document, session: Session) -> Client:
    """Return the client whose service the person is at: another one's, or the open one."""
    return session.visited or document.client


def another_service(session: Session) -> str:
    """Return why settings of the service cannot be edited, empty when they can."""
    if session.visited is None:
        return ""
    return f"this is of {session.service_name}, a sample that is visited; it is shown as it is."


def _title(browser: Browser, prefix: str) -> str:
    title = OPENS_IN[browser]
    tab = browser in {Browser.SAME_TAB, Browser.NEW_TAB}
    return f"{prefix}{title.lower()}" if prefix and tab else title


def choose_platform(session: Session, platform: Platform) -> None:
    """Go on with another platform, in the browser that is like the one in use."""
    connection = session.connection
    if platform is not connection.platform:
        session.connect_by(connection.showing_in(platform, connection.shown_in))


def choose_browser(session: Session, browser: Browser) -> None:
    """Open the pages in another browser of the platform."""
    connection = session.connection
    if browser is not connection.shown_in:
        session.connect_by(connection.showing_in(connection.platform, browser))


def choose_entry(document: Document, session: Session, point: EntryPoint) -> None:
    """Let people come from the service in another way, and begin there."""
    if document.client.entry.point is not point:
        document.apply(_POINT, str(point))
    session.begin_at_service()


def choose_network(session: Session, network: Network) -> None:
    """Let the device be connected in another way."""
    session.connect_by(replace(session.connection, network=network))


def detection_text(session: Session) -> str:
    """Return which number the network tells, and why."""
    facts = session.detection
    if facts.number is None:
        return f"Not detected. {facts.why}"
    return f"Number detected: {formats.phone(facts.number)}. {facts.why}"


def sim_blocked(session: Session) -> str:
    """Return why the SIM cannot be chosen, empty when it can."""
    if session.person.phone is None:
        return "this person has no phone number."
    return "" if is_phone(session.connection.platform) else "a computer has no SIM."

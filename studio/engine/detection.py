"""What can CONNECT tell of a connection: whose phone number is it, and what can the SDK do there?

On mobile data the operator adds the number to the request (header enrichment), so it is the number
of the phone whose mobile data is used: on a hotspot, the host's. `detected` has one case for each
network, in the order of the table "Which authentication (level of assurance)".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from studio.engine.identifiers import Identifier


class Network(StrEnum):
    """How a device is connected. Mobile data is that of an operator of the telecom group."""

    MOBILE_DATA = "mobile-data"
    OTHER_OPERATOR = "other-operator"
    WIFI = "wifi"
    WIFI_AND_MOBILE_DATA = "wifi-and-mobile-data"
    HOTSPOT = "hotspot"


class BrowserKind(StrEnum):
    """In what the pages are shown. Same tab, new tab and pop-up are presentation, not kinds."""

    IN_APP_TAB = "in-app-tab"
    WEB_VIEW = "web-view"
    MOBILE_BROWSER = "mobile-browser"
    DESKTOP = "desktop"


class Platform(StrEnum):
    """What the device runs on."""

    ANDROID = "android"
    IOS = "ios"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """How somebody comes to CONNECT.

    `sim` is the phone's own number and `host_sim` that of the hotspot's host; each is None where
    its operator is not one of the telecom group's, or where there is no such phone.
    """

    network: Network = Network.WIFI
    browser: BrowserKind = BrowserKind.IN_APP_TAB
    platform: Platform = Platform.ANDROID
    sim: Identifier | None = None
    host_sim: Identifier | None = None

    @property
    def shares_cookies(self) -> bool:
        """Whether other services meet the same cookies: what single sign-on needs."""
        return self.browser is not BrowserKind.WEB_VIEW

    @property
    def is_desktop(self) -> bool:
        """Whether the device is a computer, which others may use."""
        return self.browser is BrowserKind.DESKTOP

    @property
    def mobile(self) -> bool:
        """Whether the device is a phone, which is taken for personal."""
        return not self.is_desktop

    @property
    def android_web_view(self) -> bool:
        """Whether the SDK has the page to itself: what it can do on Android only there."""
        return self.platform is Platform.ANDROID and self.browser is BrowserKind.WEB_VIEW


@dataclass(frozen=True, kw_only=True)
class SdkOptions:
    """What a service owner has switched on in the SDK; everything works on Android only."""

    prevent_hotspot_detection: bool = False
    detect_on_wifi: bool = False
    read_code: bool = False
    prompt_mobile_data: bool = False


def detected(circumstances: Circumstances, sdk: SdkOptions, *, allowed: bool) -> Identifier | None:
    """Return the phone number the network tells; `allowed` is False for `prompt=no_seam`."""
    if not allowed:
        return None
    match circumstances.network:
        case Network.MOBILE_DATA:
            return circumstances.sim
        case Network.OTHER_OPERATOR | Network.WIFI:
            return None
        case Network.WIFI_AND_MOBILE_DATA:
            asks = sdk.detect_on_wifi and circumstances.android_web_view
            return circumstances.sim if asks else None
        case Network.HOTSPOT:
            android = circumstances.platform is Platform.ANDROID
            prevented = sdk.prevent_hotspot_detection and android
            return None if prevented else circumstances.host_sim
    assert_never(circumstances.network)


def reads_code(circumstances: Circumstances, sdk: SdkOptions) -> bool:
    """Tell whether the SDK fills in the code of an SMS; the device asks the person before."""
    return sdk.read_code and circumstances.android_web_view


def offers_mobile_data(circumstances: Circumstances, sdk: SdkOptions) -> bool:
    """Tell whether the SDK offers to switch mobile data on, for signing in without typing."""
    on_wifi_only = circumstances.network is Network.WIFI
    android_phone = circumstances.platform is Platform.ANDROID and circumstances.mobile
    return sdk.prompt_mobile_data and on_wifi_only and android_phone

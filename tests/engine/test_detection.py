"""The network's part of the table "Which authentication (level of assurance)", row for row.

The row "any network, e-mail typed" is about what is typed, not about what is detected.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.engine.detection import (
    BrowserKind,
    Circumstances,
    Network,
    Platform,
    SdkOptions,
    detected,
    offers_mobile_data,
    reads_code,
)
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind

PHONE = Identifier(IdentifierKind.PHONE, "+4799912345")
NEW_PHONE = Identifier(IdentifierKind.PHONE, "+4740612345")
HOST = Identifier(IdentifierKind.PHONE, "+4799900777")
OFF = SdkOptions()
ON_WIFI = SdkOptions(detect_on_wifi=True)
PREVENTED = SdkOptions(prevent_hotspot_detection=True)
EVERYTHING = SdkOptions(
    prevent_hotspot_detection=True, detect_on_wifi=True, read_code=True, prompt_mobile_data=True
)


def on(
    network: Network,
    browser: BrowserKind = BrowserKind.IN_APP_TAB,
    platform: Platform = Platform.ANDROID,
    sim: Identifier | None = PHONE,
) -> Circumstances:
    """Return circumstances; there is a host only on a hotspot."""
    host = HOST if network is Network.HOTSPOT else None
    return Circumstances(
        network=network, browser=browser, platform=platform, sim=sim, host_sim=host
    )


ROWS = {
    "mobile data, subscriber; existing": (on(Network.MOBILE_DATA), OFF, PHONE),
    "mobile data, subscriber; new": (on(Network.MOBILE_DATA, sim=NEW_PHONE), OFF, NEW_PHONE),
    "mobile data, other operator; existing, phone typed": (
        on(Network.OTHER_OPERATOR, sim=None),
        OFF,
        None,
    ),
    "Wi-Fi; existing, phone typed": (on(Network.WIFI), OFF, None),
    "mobile data, other operator; new, phone typed": (
        on(Network.OTHER_OPERATOR, sim=None),
        OFF,
        None,
    ),
    "Wi-Fi; new, phone typed": (on(Network.WIFI, sim=NEW_PHONE), OFF, None),
    "Wi-Fi + mobile data, Android SDK option on, web view; subscriber": (
        on(Network.WIFI_AND_MOBILE_DATA, BrowserKind.WEB_VIEW),
        ON_WIFI,
        PHONE,
    ),
    "Wi-Fi + mobile data, option off; subscriber": (
        on(Network.WIFI_AND_MOBILE_DATA, BrowserKind.WEB_VIEW),
        OFF,
        None,
    ),
    "Wi-Fi + mobile data, not a web view; subscriber": (
        on(Network.WIFI_AND_MOBILE_DATA, BrowserKind.IN_APP_TAB),
        ON_WIFI,
        None,
    ),
    "on another phone's hotspot, SDK option off; anyone": (on(Network.HOTSPOT), OFF, HOST),
    "on another phone's hotspot, SDK option on (Android); anyone": (
        on(Network.HOTSPOT),
        PREVENTED,
        None,
    ),
}


@pytest.mark.parametrize(("circumstances", "sdk", "number"), ROWS.values(), ids=ROWS)
def test_the_number_detected_is_the_tables(
    circumstances: Circumstances, sdk: SdkOptions, number: Identifier | None
) -> None:
    assert detected(circumstances, sdk, allowed=True) == number


@pytest.mark.parametrize(("circumstances", "sdk"), [row[:2] for row in ROWS.values()], ids=ROWS)
def test_prompt_no_seam_anyone_detection_off(circumstances: Circumstances, sdk: SdkOptions) -> None:
    assert detected(circumstances, sdk, allowed=False) is None


@pytest.mark.parametrize("sim", [PHONE, None], ids=["subscriber", "not a subscriber"])
def test_on_a_hotspot_anyone_is_taken_for_its_host(sim: Identifier | None) -> None:
    assert detected(on(Network.HOTSPOT, sim=sim), OFF, allowed=True) == HOST


@pytest.mark.parametrize("platform", [Platform.IOS, Platform.OTHER])
def test_the_sdk_prevents_detection_on_a_hotspot_on_android_only(platform: Platform) -> None:
    hotspot = on(Network.HOTSPOT, platform=platform)
    assert detected(hotspot, EVERYTHING, allowed=True) == HOST


def test_a_hotspot_of_another_operators_host_tells_no_number() -> None:
    hotspot = replace(on(Network.HOTSPOT), host_sim=None)
    assert detected(hotspot, OFF, allowed=True) is None


@pytest.mark.parametrize("network", [Network.MOBILE_DATA, Network.WIFI_AND_MOBILE_DATA])
def test_without_a_subscriber_mobile_data_tells_no_number(network: Network) -> None:
    assert detected(on(network, BrowserKind.WEB_VIEW, sim=None), EVERYTHING, allowed=True) is None


@pytest.mark.parametrize("browser", BrowserKind)
def test_on_mobile_data_any_browser_is_detected(browser: BrowserKind) -> None:
    assert detected(on(Network.MOBILE_DATA, browser), OFF, allowed=True) == PHONE


@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("browser", BrowserKind)
def test_beside_wifi_only_an_android_web_view_is_detected(
    browser: BrowserKind, platform: Platform
) -> None:
    both = on(Network.WIFI_AND_MOBILE_DATA, browser, platform)
    expected = browser is BrowserKind.WEB_VIEW and platform is Platform.ANDROID
    assert (detected(both, ON_WIFI, allowed=True) == PHONE) == expected


@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("browser", BrowserKind)
def test_codes_are_read_in_an_android_web_view_with_the_option(
    browser: BrowserKind, platform: Platform
) -> None:
    there = on(Network.WIFI, browser, platform)
    expected = browser is BrowserKind.WEB_VIEW and platform is Platform.ANDROID
    assert reads_code(there, SdkOptions(read_code=True)) == expected
    assert not reads_code(there, replace(EVERYTHING, read_code=False))


@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("network", Network)
def test_mobile_data_is_offered_on_wifi_only_on_android_with_the_option(
    network: Network, platform: Platform
) -> None:
    there = on(network, platform=platform)
    expected = network is Network.WIFI and platform is Platform.ANDROID
    assert offers_mobile_data(there, SdkOptions(prompt_mobile_data=True)) == expected
    assert not offers_mobile_data(there, replace(EVERYTHING, prompt_mobile_data=False))


@pytest.mark.parametrize(
    ("browser", "shares", "mobile"),
    [
        (BrowserKind.DESKTOP, True, False),
        (BrowserKind.MOBILE_BROWSER, True, True),
        (BrowserKind.IN_APP_TAB, True, True),
        (BrowserKind.WEB_VIEW, False, True),
    ],
)
def test_a_plain_web_view_alone_shares_no_cookies(
    browser: BrowserKind, *, shares: bool, mobile: bool
) -> None:
    there = on(Network.WIFI, browser)
    assert (there.shares_cookies, there.mobile, there.is_desktop) == (shares, mobile, not mobile)

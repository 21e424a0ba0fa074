from __future__ import annotations

import pytest

from studio.client.choices import Browser
from studio.device.network import (
    BROWSERS,
    HOTSPOT_HOST,
    Connection,
    circumstances,
    clients_own,
    is_phone,
)
from studio.device.people import PEOPLE
from studio.engine.detection import (
    BrowserKind,
    Circumstances,
    Network,
    Platform,
    SdkOptions,
    detected,
)
from studio.engine.identifiers import Identifier, parse_phone
from studio.engine.policy import IdentifierKind
from tests.samples import fakebrand

NUMBER = "+4799912345"
SIM = Identifier(IdentifierKind.PHONE, NUMBER)


def test_a_device_begins_on_wifi_in_an_in_app_tab_on_android() -> None:
    assert circumstances(Connection(), phone=NUMBER, subscriber=True) == Circumstances(
        network=Network.WIFI,
        browser=BrowserKind.IN_APP_TAB,
        platform=Platform.ANDROID,
        sim=SIM,
    )


@pytest.mark.parametrize("browser", BrowserKind)
@pytest.mark.parametrize("platform", Platform)
def test_browser_and_platform_are_the_connections(browser: BrowserKind, platform: Platform) -> None:
    met = circumstances(
        Connection(browser=browser, platform=platform), phone=None, subscriber=False
    )
    assert (met.browser, met.platform) == (browser, platform)


@pytest.mark.parametrize(
    ("phone", "subscriber", "sim"),
    [(NUMBER, True, SIM), (NUMBER, False, None), (None, True, None), (None, False, None)],
)
def test_only_a_subscribers_number_can_be_known(
    phone: str | None, *, subscriber: bool, sim: Identifier | None
) -> None:
    assert circumstances(Connection(), phone=phone, subscriber=subscriber).sim == sim


@pytest.mark.parametrize(
    ("network", "subscriber", "met"),
    [
        (Network.MOBILE_DATA, True, Network.MOBILE_DATA),
        (Network.MOBILE_DATA, False, Network.OTHER_OPERATOR),
        (Network.OTHER_OPERATOR, True, Network.OTHER_OPERATOR),
        (Network.OTHER_OPERATOR, False, Network.OTHER_OPERATOR),
        (Network.WIFI, False, Network.WIFI),
        (Network.WIFI_AND_MOBILE_DATA, False, Network.WIFI_AND_MOBILE_DATA),
        (Network.HOTSPOT, False, Network.HOTSPOT),
    ],
)
def test_mobile_data_of_somebody_else_is_another_operators(
    network: Network, *, subscriber: bool, met: Network
) -> None:
    connection = Connection(network=network)
    assert circumstances(connection, phone=NUMBER, subscriber=subscriber).network == met


@pytest.mark.parametrize("network", Network)
def test_only_a_hotspot_has_a_host(network: Network) -> None:
    met = circumstances(Connection(network=network), phone=NUMBER, subscriber=True)
    assert met.host_sim == (HOTSPOT_HOST if network is Network.HOTSPOT else None)


@pytest.mark.parametrize(
    ("network", "number"),
    [
        (Network.MOBILE_DATA, SIM),
        (Network.OTHER_OPERATOR, None),
        (Network.WIFI, None),
        (Network.WIFI_AND_MOBILE_DATA, None),
        (Network.HOTSPOT, HOTSPOT_HOST),
    ],
)
def test_a_subscribers_number_is_detected_where_the_network_tells_it(
    network: Network, number: Identifier | None
) -> None:
    met = circumstances(Connection(network=network), phone=NUMBER, subscriber=True)
    assert detected(met, SdkOptions(), allowed=True) == number


def test_the_host_is_a_possible_number_of_nobody_on_the_device() -> None:
    assert parse_phone(HOTSPOT_HOST.value, "NO") == HOTSPOT_HOST
    assert HOTSPOT_HOST.value not in {person.phone for person in PEOPLE}


@pytest.mark.parametrize("platform", Platform)
@pytest.mark.parametrize("browser", Browser)
def test_pages_open_in_what_the_platform_has(platform: Platform, browser: Browser) -> None:
    shown = Connection(network=Network.HOTSPOT).showing_in(platform, browser)
    assert (shown.platform, shown.network) == (platform, Network.HOTSPOT)
    assert shown.shown_in in BROWSERS[platform]
    assert (shown.shown_in is browser) == (browser in BROWSERS[platform])
    assert (shown.browser is BrowserKind.DESKTOP) != is_phone(platform)


@pytest.mark.parametrize(
    ("runs_on", "opens_in", "platform", "shown_in"),
    [
        ("android", "in-app-tab", Platform.ANDROID, Browser.IN_APP_TAB),
        ("android", "web-view", Platform.ANDROID, Browser.WEB_VIEW),
        ("ios", "in-app-tab", Platform.IOS, Browser.IN_APP_TAB),
        ("ios", "new-tab", Platform.IOS, Browser.NEW_TAB),
        ("ios", "pop-up", Platform.IOS, Browser.NEW_TAB),
        ("windows", "pop-up", Platform.OTHER, Browser.POP_UP),
        ("macos", "in-app-tab", Platform.OTHER, Browser.SAME_TAB),
        ("web", "same-tab", Platform.OTHER, Browser.SAME_TAB),
        ("web", "pop-up", Platform.OTHER, Browser.POP_UP),
        ("web", "in-app-tab", Platform.ANDROID, Browser.IN_APP_TAB),
        ("javascript", "new-tab", Platform.OTHER, Browser.NEW_TAB),
    ],
)
def test_the_client_says_where_it_runs_and_what_its_pages_open_in(
    runs_on: str, opens_in: str, platform: Platform, shown_in: Browser
) -> None:
    settings = {"registration.platform": runs_on, "entry.browser": opens_in}
    own = clients_own(fakebrand(settings).client, Connection(network=Network.HOTSPOT))
    assert (own.platform, own.shown_in) == (platform, shown_in)
    assert own.network is Network.HOTSPOT

from __future__ import annotations

import pytest

from studio.device.network import HOTSPOT_HOST, Connection, circumstances
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

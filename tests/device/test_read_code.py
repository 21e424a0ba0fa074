from __future__ import annotations

import pytest

from studio.device.browser import Browser
from studio.device.network import Connection
from studio.engine.detection import BrowserKind, Platform
from tests.device.given import authorize, code_of, new_device, typed
from tests.pages.given import REGISTRATION, hosted

READS = "sdk: {read_code: true}\n"


@pytest.mark.parametrize(
    ("settings", "connection", "read"),
    [
        (READS, Connection(browser=BrowserKind.WEB_VIEW), True),
        ("", Connection(browser=BrowserKind.WEB_VIEW), False),
        (READS, Connection(browser=BrowserKind.IN_APP_TAB), False),
        (READS, Connection(browser=BrowserKind.WEB_VIEW, platform=Platform.IOS), False),
    ],
)
def test_the_code_is_read_in_an_android_web_view_where_the_client_wants_it(
    settings: str, connection: Connection, *, read: bool
) -> None:
    browser = Browser(new_device(hosted(settings, REGISTRATION)))
    browser.device.connect_by(connection)
    browser.open(authorize())
    assert browser.device.read_code("fakebrand") is None
    typed(browser, "identifier", "99912345")
    assert browser.device.read_code("fakebrand") == (code_of(browser) if read else None)


def test_nothing_is_read_for_a_client_that_is_not_there() -> None:
    assert new_device().read_code("somebody") is None

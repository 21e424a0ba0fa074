"""Which browser is around the page: by platform, browser and presentation, and whose page it is?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app.chrome_desktop import PopUp, Tabs
from studio.app.chrome_phone import AndroidBrowser, AndroidTab, Bare, IosBrowser, IosTab
from studio.client.choices import Browser
from studio.device.network import is_phone
from studio.engine.detection import Platform

if TYPE_CHECKING:
    from studio.app.chrome import Chrome
    from studio.device.network import Connection


def chrome_for(connection: Connection, *, at_service: bool) -> Chrome:
    """Return what is around a page.

    `at_service` tells that it is the service's own: an app shows that without a browser, and a
    pop-up is closed.
    """
    ios = connection.platform is Platform.IOS
    match connection.shown_in:
        case Browser.WEB_VIEW:
            return Bare()
        case Browser.IN_APP_TAB:
            if at_service:
                return Bare()
            return IosTab() if ios else AndroidTab()
        case Browser.POP_UP if not at_service:
            return PopUp()
        case _ if is_phone(connection.platform):
            return IosBrowser() if ios else AndroidBrowser()
        case _:
            return Tabs()


def tabs_of(connection: Connection, *, at_service: bool) -> int:
    """Return how many tabs are open: a second one while CONNECT has a tab of its own."""
    return 2 if connection.shown_in is Browser.NEW_TAB and not at_service else 1

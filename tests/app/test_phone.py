"""The open client at an address, its sheet, and the link to the request."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from PySide6.QtGui import QGuiApplication

from studio.app.phone import PhonePreview
from studio.app.phone_sheet import PhoneSheet
from studio.server.serving import NoNetworkError, Serving, Settings, Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from studio.app.document import Document
    from studio.app.theme import Theme
    from studio.app.window import StudioWindow
    from studio.pages.hosting import HostedClient
    from tests.app.fakes import FakeSession

LOOPBACK = "127.0.0.1"


def at_loopback(hosted: HostedClient, told: Told) -> Serving:
    settings = Settings(lan=True, address=LOOPBACK, hash_cost=16)
    return Serving((hosted,), settings, told=told)


class Unplugged(Serving):
    def start(self) -> None:
        raise NoNetworkError("this machine is in no network; connect it to one")


def unplugged(hosted: HostedClient, told: Told) -> Serving:
    return Unplugged((hosted,), told=told)


@pytest.fixture
def preview(document: Document) -> Iterator[PhonePreview]:
    made = PhonePreview(document, at_loopback)
    yield made
    made.stop()


@pytest.fixture
def sheet(preview: PhonePreview, theme: Theme, window: StudioWindow) -> PhoneSheet:
    assert theme
    return PhoneSheet(preview, window)


def begin(qtbot: QtBot, preview: PhonePreview) -> None:
    preview.start()
    assert preview.starting
    qtbot.waitUntil(lambda: preview.serves, timeout=30_000)


def page(url: str) -> str:
    with build_opener(HTTPCookieProcessor()).open(url) as answer:
        text: str = answer.read().decode()
    return text


def test_the_client_is_served_as_it_is_edited(
    qtbot: QtBot, preview: PhonePreview, document: Document
) -> None:
    begin(qtbot, preview)
    home = f"{preview.origin}/services/fakebrand/"
    assert "Welcome to FakeBrand" in page(home)
    document.apply(("registration", "name"), "Renamed")
    assert "Welcome to Renamed" in page(home)
    preview.stop()
    with pytest.raises(OSError, match="refused"):
        page(home)


def test_the_sheet_shows_the_way_in_and_the_pass_changes(
    qtbot: QtBot, preview: PhonePreview, sheet: PhoneSheet
) -> None:
    begin(qtbot, preview)
    assert sheet.address.text() == f"{preview.origin}/"
    assert not sheet.code.pixmap().isNull()
    first = sheet.entry.text()
    assert first
    assert first in preview.entrance
    page(preview.entrance)
    qtbot.waitUntil(lambda: sheet.entry.text() not in {"", first})
    sheet.copy_button.click()
    assert QGuiApplication.clipboard().text() == sheet.address.text()
    sheet.stop.click()
    assert not preview.serves


def test_without_a_network_the_sheet_says_so(
    qtbot: QtBot, document: Document, window: StudioWindow
) -> None:
    preview = PhonePreview(document, unplugged)
    sheet = PhoneSheet(preview, window)
    preview.start()
    qtbot.waitUntil(lambda: bool(preview.error))
    told = "The pages cannot be served. This machine is in no network; connect it to one."
    assert sheet.trouble.text() == told
    assert not preview.starting


def test_stopping_while_it_starts_ends_it(preview: PhonePreview) -> None:
    preview.start()
    preview.stop()
    assert not preview.starting
    assert not preview.serves
    assert preview.origin == ""


def test_a_link_asks_the_same_where_it_is_served(
    qtbot: QtBot, preview: PhonePreview, fake: FakeSession, window: StudioWindow
) -> None:
    session = window.session
    assert preview.link(session) == session.url
    window.commands.action("journey.copy_link").trigger()
    assert QGuiApplication.clipboard().text() == session.url
    begin(qtbot, preview)
    sign_in = f"{preview.origin}/services/fakebrand/sign-in"
    assert preview.link(session) == sign_in
    fake.fields = type(fake.fields)(acr_values="2", ui_locales="nb", login_hint="+4799912345")
    asked = "acr_values=2&login_hint=%2B4799912345&ui_locales=nb"
    assert preview.link(session) == f"{sign_in}?{asked}"
    assert "<html" in page(preview.link(session))


def test_the_window_tells_that_it_is_served(window: StudioWindow) -> None:
    window.status.show_phone("http://192.0.2.7:8400")
    assert window.status.phone.text() == "Served at http://192.0.2.7:8400"
    assert not window.status.phone.isHidden()
    assert not window.commands.action("journey.stop_phone").isEnabled()
    window.status.show_phone("")
    assert window.status.phone.isHidden()

"""What is drawn around the page, and what of it can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.app.chrome import Look, new_pen
from studio.app.chrome_desktop import PopUp, Tabs
from studio.app.chrome_phone import AndroidBrowser, AndroidTab, Bare, IosBrowser, IosTab
from studio.app.chromes import chrome_for, tabs_of
from studio.client.choices import Browser
from studio.client.colour import parse_paint
from studio.device.network import BROWSERS, Connection
from studio.device.passwords import Offer, SavedPassword
from studio.engine.detection import Platform
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind

if TYPE_CHECKING:
    from studio.app.chrome import Chrome
    from studio.app.frame import Frame
    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeSession

LOOK = Look(
    header=parse_paint("orange").main(),
    service="FakeBrand",
    title="Sign in",
    host="id.connect.example",
    tabs=2,
    saved="+47 99 91 23 45",
)
CHROMES: tuple[Chrome, ...] = (
    AndroidTab(),
    IosTab(),
    AndroidBrowser(),
    IosBrowser(),
    Tabs(),
    PopUp(),
)
NUMBER = Identifier(IdentifierKind.PHONE, "+4799912345")


def connection(platform: Platform, browser: Browser) -> Connection:
    return Connection().showing_in(platform, browser)


@pytest.mark.parametrize(
    ("platform", "browser", "at_connect", "at_service"),
    [
        (Platform.ANDROID, Browser.IN_APP_TAB, AndroidTab, Bare),
        (Platform.ANDROID, Browser.WEB_VIEW, Bare, Bare),
        (Platform.ANDROID, Browser.SAME_TAB, AndroidBrowser, AndroidBrowser),
        (Platform.ANDROID, Browser.NEW_TAB, AndroidBrowser, AndroidBrowser),
        (Platform.IOS, Browser.IN_APP_TAB, IosTab, Bare),
        (Platform.IOS, Browser.WEB_VIEW, Bare, Bare),
        (Platform.IOS, Browser.SAME_TAB, IosBrowser, IosBrowser),
        (Platform.IOS, Browser.NEW_TAB, IosBrowser, IosBrowser),
        (Platform.OTHER, Browser.SAME_TAB, Tabs, Tabs),
        (Platform.OTHER, Browser.NEW_TAB, Tabs, Tabs),
        (Platform.OTHER, Browser.POP_UP, PopUp, Tabs),
    ],
)
def test_each_browser_has_its_chrome(
    platform: Platform, browser: Browser, at_connect: type[Chrome], at_service: type[Chrome]
) -> None:
    around = connection(platform, browser)
    assert type(chrome_for(around, at_service=False)) is at_connect
    assert type(chrome_for(around, at_service=True)) is at_service


@pytest.mark.parametrize("platform", Platform)
def test_only_a_new_tab_is_a_second_one(platform: Platform) -> None:
    for browser in BROWSERS[platform]:
        around = connection(platform, browser)
        new = browser is Browser.NEW_TAB
        assert tabs_of(around, at_service=False) == (2 if new else 1)
        assert tabs_of(around, at_service=True) == 1


def drawn(chrome: Chrome, look: Look = LOOK) -> QImage:
    size = whole(chrome)
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    chrome.draw(new_pen(painter), look, size)
    painter.end()
    return image


def whole(chrome: Chrome) -> QSizeF:
    return QSizeF(480 + 2 * chrome.insets.side, 640 + chrome.insets.top + chrome.insets.bottom)


@pytest.mark.parametrize("chrome", CHROMES, ids=lambda one: type(one).__name__)
def test_a_chrome_covers_all_around_the_page(chrome: Chrome, qapp: object) -> None:
    assert qapp
    image, bare = drawn(chrome), QColor("magenta")
    insets, width, height = chrome.insets, image.width(), image.height()
    rows = [*range(1, insets.top - 1, 5), *range(height - insets.bottom + 2, height, 5)]
    assert all(image.pixelColor(x, y) != bare for y in rows for x in range(0, width, 7))
    columns = [*range(0, insets.side, 5), *range(width - insets.side, width, 5)]
    assert all(image.pixelColor(x, y) != bare for x in columns for y in range(0, height, 7))


@pytest.mark.parametrize("chrome", CHROMES, ids=lambda one: type(one).__name__)
def test_what_can_be_pressed_is_in_the_chrome_and_apart(chrome: Chrome) -> None:
    size, insets = whole(chrome), chrome.insets
    page = QRectF(insets.side, insets.top, 480, 640)
    spots = chrome.spots(LOOK, size)
    assert {spot.command for spot in spots} >= {"journey.leave", "journey.fill_saved"}
    for spot in spots:
        assert QRectF(QPointF(), size).contains(spot.rect)
        assert not page.intersects(spot.rect)
        assert min(spot.rect.width(), spot.rect.height()) >= 28
        others = [each for each in spots if each is not spot]
        assert not any(spot.rect.intersects(other.rect) for other in others)


@pytest.mark.parametrize("chrome", CHROMES, ids=lambda one: type(one).__name__)
def test_there_is_no_key_where_nothing_is_saved(chrome: Chrome) -> None:
    look = Look(header=LOOK.header, host=LOOK.host)
    commands = {spot.command for spot in chrome.spots(look, whole(chrome))}
    assert "journey.fill_saved" not in commands


def test_an_apps_tab_is_a_darker_shade_of_the_header(qapp: object) -> None:
    assert qapp
    bar = drawn(AndroidTab()).pixelColor(4, 4)
    header = QColor("orange")
    assert bar.lightness() < header.lightness()
    assert abs(bar.hslHue() - header.hslHue()) <= 6


def move(frame: Frame, place: QPoint) -> None:
    none = Qt.MouseButton.NoButton
    plain = Qt.KeyboardModifier.NoModifier
    at = QPointF(place)
    kind = QEvent.Type.MouseMove
    moved = QMouseEvent(kind, at, frame.mapToGlobal(at), none, none, plain)
    QApplication.sendEvent(frame, moved)


def press(window: StudioWindow, command: str) -> None:
    frame = window.stage.frame
    spot = next(spot for spot in frame.spots() if spot.command == command)
    middle = spot.rect.center() * frame.zoom
    place = frame.screen_rect().topLeft() + QPoint(round(middle.x()), round(middle.y()))
    move(frame, place)
    assert frame.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(frame, Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("zoom", [0.5, 1.0, 1.25])
def test_the_cross_leads_back_to_the_service(
    window: StudioWindow, fake: FakeSession, zoom: float
) -> None:
    window.stage.choose_zoom(zoom)
    press(window, "journey.leave")
    assert fake.done == ["leave"]


def test_the_key_fills_in_what_is_saved(window: StudioWindow, fake: FakeSession) -> None:
    fake.saved_passwords = (SavedPassword(identifier=NUMBER, password="x" * 8),)
    fake.offer = Offer(identifier=NUMBER, values={"password": "x" * 8})
    fake.stepped.emit(fake.steps[0])
    press(window, "journey.fill_saved")
    assert fake.filled == [{"password": "x" * 8}]


def test_beside_the_cross_nothing_happens(window: StudioWindow, fake: FakeSession) -> None:
    frame = window.stage.frame
    place = frame.screen_rect().topLeft() + QPoint(frame.screen_rect().width() // 2, 8)
    move(frame, place)
    QTest.mouseClick(frame, Qt.MouseButton.LeftButton, pos=place)
    assert fake.done == []
    assert frame.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_the_chrome_tells_where_and_what_the_page_is(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.connect_by(connection(Platform.OTHER, Browser.NEW_TAB))
    look = window.stage.frame.look
    assert (look.title, look.host, look.service) == ("Sign in", "id.connect.example", "FakeBrand")
    assert look.tabs == 2


AT_CONNECT = "https://id.connect.example/id/signin/one"
AT_SERVICE = "https://fakebrand.service.example/"
ARROWS = {"journey.browser_back", "journey.browser_forward"}


def arrows(window: StudioWindow, fake: FakeSession) -> set[str]:
    fake.stepped.emit(fake.steps[0])
    window.commands.refresh()
    spots = {spot.command for spot in window.stage.frame.spots()} & ARROWS
    assert spots == {name for name in ARROWS if window.commands.action(name).isEnabled()}
    return spots


@pytest.mark.parametrize(
    ("platform", "browser"),
    [
        (Platform.IOS, Browser.IN_APP_TAB),
        (Platform.IOS, Browser.SAME_TAB),
        (Platform.OTHER, Browser.SAME_TAB),
    ],
)
def test_the_arrows_lead_where_the_browser_has_a_page(
    window: StudioWindow, fake: FakeSession, platform: Platform, browser: Browser
) -> None:
    fake.connect_by(connection(platform, browser))
    assert arrows(window, fake) == set()
    fake.view.neighbours = {-1: AT_CONNECT, 1: AT_CONNECT}
    assert arrows(window, fake) == ARROWS
    press(window, "journey.browser_back")
    press(window, "journey.browser_forward")
    assert fake.view.gone == [-1, 1]


def test_an_apps_tab_begins_with_the_first_page_of_connect(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.view.neighbours = {-1: AT_SERVICE, 1: AT_CONNECT}
    fake.connect_by(connection(Platform.IOS, Browser.IN_APP_TAB))
    assert arrows(window, fake) == {"journey.browser_forward"}
    fake.connect_by(connection(Platform.IOS, Browser.SAME_TAB))
    assert arrows(window, fake) == ARROWS

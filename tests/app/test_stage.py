from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.app.devices import (
    DESKTOP,
    DEVICES,
    PHONE,
    POP_UP,
    SMALL_PHONE,
    Device,
    fit,
    nearest_zoom,
    percentage,
)
from studio.app.frame import outer_size
from studio.client.choices import Browser
from studio.device.network import BROWSERS, Connection
from studio.engine.detection import Platform

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.app.choices import Chooser
    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeSession


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.id)
@pytest.mark.parametrize("room", [(300, 300), (700, 600), (740, 640), (1300, 900), (3000, 2000)])
def test_fit_keeps_whole_pixels_and_shows_the_whole(device: Device, room: tuple[int, int]) -> None:
    whole = outer_size(device, QSizeF(device.width, device.height))
    zoom = fit(whole, *room)
    for length in (device.width * zoom, device.height * zoom):
        assert length == pytest.approx(round(length))
    assert zoom <= 1 or zoom == 1.25
    assert zoom == 0.25 or whole.height() * zoom <= room[1]
    assert zoom == 0.25 or whole.width() * zoom <= room[0]


def test_zoom_steps() -> None:
    assert nearest_zoom(0.85, 1) == 1.0
    assert nearest_zoom(0.85, -1) == 0.75
    assert nearest_zoom(2.0, 1) == 2.0
    assert nearest_zoom(0.5, -1) == 0.5


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 700), (960, 540)])
@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.id)
def test_a_device_is_shown_whole(
    window: StudioWindow, qtbot: QtBot, size: tuple[int, int], device: Device
) -> None:
    window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    window.stage.choose_device(device)
    assert (window.width(), window.height()) == size
    frame = window.stage.frame
    qtbot.waitUntil(lambda: frame.visibleRegion().boundingRect() == frame.rect())


def test_the_viewport_stays_the_devices(window: StudioWindow, fake: FakeSession) -> None:
    for device in (PHONE, SMALL_PHONE, DESKTOP, POP_UP):
        window.stage.choose_device(device)
        for zoom in (0.5, 1.0, 1.25):
            window.stage.choose_zoom(zoom)
            size = fake.view.size()
            assert (size.width() / fake.view.zoom, size.height() / fake.view.zoom) == (
                device.width,
                device.height,
            )


EVERYWHERE = [
    Connection().showing_in(platform, browser)
    for platform, browsers in BROWSERS.items()
    for browser in browsers
]


@pytest.mark.parametrize("connection", EVERYWHERE, ids=lambda one: f"{one.platform}-{one.shown_in}")
def test_a_screen_has_the_same_size_with_and_without_its_browser(
    window: StudioWindow, fake: FakeSession, connection: Connection
) -> None:
    fake.connect_by(connection)
    page, whole = fake.view.size(), window.stage.frame.size()
    fake.at_service = True
    fake.stepped.emit(fake.steps[0])
    frame = window.stage.frame
    assert frame.screen_rect().contains(fake.view.geometry())
    if window.stage.device is not POP_UP:
        assert frame.size() == whole
    if connection.shown_in is Browser.WEB_VIEW:
        assert fake.view.size() == page


def test_a_device_goes_with_a_browser_that_it_has(window: StudioWindow, fake: FakeSession) -> None:
    stage = window.stage
    stage.choose_device(SMALL_PHONE)
    assert (fake.connected, stage.device) == (0, SMALL_PHONE)
    stage.choose_device(DESKTOP)
    assert fake.connection.shown_in is Browser.SAME_TAB
    stage.choose_device(POP_UP)
    assert (fake.connection.shown_in, stage.device) == (Browser.POP_UP, POP_UP)
    stage.choose_device(PHONE)
    assert (fake.connection, stage.device) == (Connection(), PHONE)
    assert fake.connected == 3


def test_the_devices_box_follows_the_browser(window: StudioWindow, fake: FakeSession) -> None:
    fake.connect_by(Connection().showing_in(*DESKTOP_POP_UP))
    assert window.stage.device_box.currentData() == "pop-up"


DESKTOP_POP_UP = (Platform.OTHER, Browser.POP_UP)


def test_zoom_commands(window: StudioWindow) -> None:
    window.stage.choose_zoom(1.0)
    window.commands.action("view.zoom_in").trigger()
    assert window.stage.frame.zoom == 1.25
    assert not window.commands.action("view.fit").isChecked()
    window.commands.action("view.zoom_out").trigger()
    assert window.stage.frame.zoom == 1.0
    window.commands.action("view.fit").trigger()
    assert window.stage.fits
    assert window.stage.zoom_box.currentText().startswith("Fit  ")


def test_the_language_is_chosen(window: StudioWindow, fake: FakeSession) -> None:
    box = window.stage.language_box
    assert box.itemText(2) == "اردو  ur-PK  97 %"
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert fake.locale == "ur-PK"
    assert window.status.language.text() == "ur-PK  97 %"


def test_a_language_that_is_not_offered_cannot_be_chosen(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    window.show()
    qtbot.waitExposed(window)
    window.document.apply(("language", "offered"), ["en", "ur-PK"])
    box = window.stage.language_box
    assert box.itemText(1) == "norsk bokmål  nb  not offered"
    tip = str(box.itemData(1, Qt.ItemDataRole.ToolTipRole))
    assert tip.endswith("Not now: FakeBrand does not offer norsk bokmål.")
    box.showPopup()
    rows = box.view()
    place = rows.visualRect(box.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (fake.fields.ui_locales, fake.locale) == ("", "en")
    box.hidePopup()
    assert not window.commands.action("journey.language.nb").isEnabled()
    assert window.commands.action("journey.language.en").isChecked()


def test_the_language_that_is_shown_is_not_asked_for_again(
    window: StudioWindow, fake: FakeSession
) -> None:
    box = window.stage.language_box
    box.activated.emit(0)
    assert fake.fields.ui_locales == ""


def test_the_wheel_chooses_nothing(window: StudioWindow, fake: FakeSession) -> None:
    box = window.stage.language_box
    at, none = QPointF(5, 5), Qt.MouseButton.NoButton
    turn = QWheelEvent(
        at,
        box.mapToGlobal(at),
        QPoint(),
        QPoint(0, -240),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert (box.currentIndex(), fake.fields.ui_locales) == (0, "")


def test_a_request_for_a_language_that_is_not_offered_is_explained(
    window: StudioWindow, fake: FakeSession
) -> None:
    fake.offered = {"en", "ur-PK"}
    window.document.apply(("language", "offered"), ["en", "ur-PK"])
    box, notice = window.stage.language_box, window.stage.notice
    assert notice.isHidden()
    fake.set_locale("nb")
    assert box.currentData() == "en"
    assert notice.text == "FakeBrand does not offer norsk bokmål: English is shown."
    assert not notice.isHidden()
    box.activated.emit(0)
    assert fake.fields.ui_locales == "en"
    assert notice.isHidden()


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: device.id)
def test_the_boxes_of_the_tool_row_show_their_whole_text(
    window: StudioWindow, qtbot: QtBot, device: Device
) -> None:
    window.resize(1024, 700)
    window.show()
    qtbot.waitExposed(window)
    window.stage.choose_device(device)
    boxes = (window.stage.device_box, window.stage.zoom_box, window.stage.language_box)
    qtbot.waitUntil(lambda: all(map(_shows_its_text, boxes)))


def _shows_its_text(box: Chooser) -> bool:
    return box.width() >= box.fontMetrics().horizontalAdvance(box.shown_text) + 36


@pytest.mark.parametrize(("zoom", "text"), [(0.525, "52 %"), (0.55, "55 %"), (1.25, "125 %")])
def test_a_zoom_has_no_decimals(zoom: float, text: str) -> None:
    assert percentage(zoom) == text


def test_zooming_keeps_the_middle(window: StudioWindow, qtbot: QtBot) -> None:
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.stage.choose_device(DESKTOP)
    across = window.stage._desk.horizontalScrollBar()

    def middle() -> float:
        return (across.value() + across.pageStep() / 2) / window.stage.frame.width()

    window.stage.choose_zoom(1.0)
    assert middle() == pytest.approx(0.5, abs=0.01)
    across.setValue(across.maximum() - 40)
    before = middle()
    window.stage.zoom_by(1)
    assert middle() == pytest.approx(before, abs=0.01)


def test_a_language_without_texts_is_explained(window: StudioWindow, fake: FakeSession) -> None:
    window.document.remove(("language", "offered"))
    assert window.stage.language_box.itemText(1) == "norsk bokmål  nb  0 %"
    fake.set_locale("nb")
    assert window.stage.notice.text.startswith("norsk bokmål: 0 of 40 texts are translated;")
    fake.set_locale("ur-PK")
    assert window.stage.notice.text == ""


def test_the_device_makes_room_for_the_notice(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.document.remove(("language", "offered"))
    fake.set_locale("nb")
    desk, frame = window.stage._desk, window.stage.frame
    assert window.stage.notice.isVisible()
    assert desk.viewport().height() >= frame.height()
    fake.set_locale("en")
    assert desk.viewport().height() >= frame.height()


def test_the_bar_is_a_darker_shade_of_the_header(window: StudioWindow) -> None:
    window.document.apply(("branding", "header"), "#3366cc")
    window.stage.choose_zoom(1.0)
    frame = window.stage.frame
    screen = frame.screen_rect()
    bar = frame.grab().toImage().pixelColor(screen.center().x(), screen.top() + 4)
    assert (bar.red(), bar.green(), bar.blue()) < (0x33, 0x66, 0xCC)
    assert bar.blue() > bar.green() > bar.red()


def test_device_and_zoom_are_remembered(window: StudioWindow) -> None:
    window.stage.choose_device(SMALL_PHONE)
    window.stage.choose_zoom(0.75)
    assert window.stage._settings.value("stage/device") == "small-phone"
    assert window.stage._settings.value("stage/zoom") == 0.75


def test_a_large_page_is_opened_at_its_top(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    down = window.stage._desk.verticalScrollBar()
    window.stage.choose_zoom(2.0)
    assert down.maximum() > 0
    assert down.value() == 0
    down.setValue(300)
    fake.stepped.emit(fake.steps[0])
    assert down.value() == 300, "the same page drawn anew stays where it is"
    fake.walk("verify-phone")
    assert down.value() == 0

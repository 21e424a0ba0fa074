"""The section about the device, its commands, and what the password manager keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studio.app import device_choices
from studio.app.visiting import others
from studio.client.choices import Browser, EntryPoint
from studio.device.network import BROWSERS, Connection
from studio.device.passwords import Offer, SavedPassword
from studio.engine.detection import Network, Platform
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind
from studio.journeys.services import sample
from tests.app.fakes import NOT_DETECTED

if TYPE_CHECKING:
    from studio.app.device_panel import DevicePanel
    from studio.app.document import Document
    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeSession

NUMBER = Identifier(IdentifierKind.PHONE, "+4799912345")
SAVED = SavedPassword(identifier=NUMBER, password="x" * 8)


@pytest.fixture
def panel(window: StudioWindow) -> DevicePanel:
    return window.session_panel.device


def titles(panel: DevicePanel) -> list[str]:
    return [panel.browser.itemText(row) for row in range(panel.browser.count())]


def test_the_panel_shows_the_device(panel: DevicePanel, fake: FakeSession) -> None:
    assert panel.platform.value == "android"
    assert panel.browser.currentText() == "In-app tab"
    assert panel.network.currentText() == "Wi-Fi"
    assert panel.detected.text() == "Not detected. Wi-Fi tells no number."
    fake.connection = Connection(network=Network.HOTSPOT).showing_in(Platform.OTHER, Browser.POP_UP)
    fake.stepped.emit(fake.steps[0])
    assert panel.platform.value == "other"
    assert panel.browser.currentText() == "Pop-up"
    assert panel.network.currentText() == "Another phone's hotspot"


def test_each_platform_has_browsers_of_its_own(panel: DevicePanel) -> None:
    assert titles(panel) == ["In-app tab", "Web view", "Browser, same tab", "Browser, new tab"]
    panel.platform.segment("other").click()
    assert titles(panel) == ["Same tab", "New tab", "Pop-up"]


@pytest.mark.parametrize("platform", Platform)
def test_another_platform_and_browser_are_chosen(
    panel: DevicePanel, fake: FakeSession, platform: Platform
) -> None:
    panel.platform.segment(str(platform)).click()
    for row, browser in enumerate(BROWSERS[platform]):
        panel.browser.setCurrentIndex(row)
        panel.browser.activated.emit(row)
        assert (fake.connection.platform, fake.connection.shown_in) == (platform, browser)


def test_what_is_in_use_already_is_not_begun_again(panel: DevicePanel, fake: FakeSession) -> None:
    panel.platform.segment("android").click()
    panel.browser.activated.emit(0)
    assert fake.connected == 0


def test_another_network_is_chosen(panel: DevicePanel, fake: FakeSession) -> None:
    row = panel.network.findData("hotspot")
    panel.network.activated.emit(row)
    assert fake.connection == Connection(network=Network.HOTSPOT)
    assert panel.network.currentText() == "Another phone's hotspot"


def test_another_sim_is_put_in(panel: DevicePanel, fake: FakeSession) -> None:
    panel.sim.segment("False").click()
    assert fake.person.subscriber is False
    assert panel.sim.value == "False"


def test_a_computer_has_no_sim(panel: DevicePanel) -> None:
    panel.platform.segment("other").click()
    assert not panel.sim.isEnabled()
    assert "Not now: a computer has no SIM." in panel.sim.toolTip()


def test_a_number_that_is_detected_is_shown(panel: DevicePanel, fake: FakeSession) -> None:
    fake.detection = replace(NOT_DETECTED, number=NUMBER.value, why="Mobile data tell it.")
    fake.stepped.emit(fake.steps[0])
    assert panel.detected.text() == "Number detected: +47 99 91 23 45. Mobile data tell it."


def test_the_entry_is_an_edit_that_begins_at_the_service(
    window: StudioWindow, panel: DevicePanel, fake: FakeSession
) -> None:
    panel.entry.segment("startup").click()
    assert window.document.client.entry.point is EntryPoint.STARTUP
    assert fake.done == ["begin at the service"]
    window.document.undo()
    assert panel.entry.value == "button"


def test_the_sdk_options_are_those_of_the_client_file(
    window: StudioWindow, panel: DevicePanel
) -> None:
    assert list(panel.sdk) == list(type(window.document.client.sdk).model_fields)
    for name, switch in panel.sdk.items():
        before = switch.isChecked()
        switch.click()
        assert getattr(window.document.client.sdk, name) is not before
        window.document.undo()
        assert switch.isChecked() is before


def test_every_choice_is_a_command(window: StudioWindow, fake: FakeSession) -> None:
    commands = window.commands
    commands.action("journey.platform.ios").trigger()
    assert commands.action("journey.platform.ios").isChecked()
    assert not commands.action("journey.browser.pop-up").isEnabled()
    commands.action("journey.browser.new-tab").trigger()
    commands.action("journey.network.mobile-data").trigger()
    commands.action("journey.sim.another").trigger()
    assert fake.connection.shown_in is Browser.NEW_TAB
    assert fake.connection.network is Network.MOBILE_DATA
    assert fake.person.subscriber is False
    assert commands.action("journey.sim.another").isChecked()
    commands.action("journey.entry.link").trigger()
    assert window.document.client.entry.point is EntryPoint.LINK
    every = {command.id for command in commands.all}
    assert {f"journey.network.{one}" for one in device_choices.NETWORK_TITLES} <= every


def test_ways_to_the_service_and_away(window: StudioWindow, fake: FakeSession) -> None:
    for name in ("service", "reload", "leave", "close_window"):
        window.commands.action(f"journey.{name}").trigger()
    assert fake.done == ["begin at the service", "reload", "leave", "close the window"]
    fake.at_service = True
    window.commands.refresh()
    assert not window.commands.action("journey.leave").isEnabled()


def test_what_is_saved_is_filled_in(window: StudioWindow, fake: FakeSession) -> None:
    row = window.session_panel.scenario.saved
    assert not row.fill_button.isEnabled()
    assert "no password is saved" in row.fill_button.toolTip()
    fake.saved_passwords = (SAVED,)
    fake.stepped.emit(fake.steps[0])
    assert row.names.text() == "+47 99 91 23 45"
    assert "asks for nothing that is saved" in row.fill_button.toolTip()
    fake.offer = Offer(identifier=NUMBER, values={"identifier": NUMBER.value})
    fake.stepped.emit(fake.steps[0])
    assert row.fill_button.toolTip() == "Fill in what is saved for +47 99 91 23 45."
    row.fill_button.click()
    window.commands.action("journey.fill_saved").trigger()
    assert fake.filled == [{"identifier": NUMBER.value}] * 2


def test_a_web_view_has_no_password_manager(window: StudioWindow, fake: FakeSession) -> None:
    fake.connect_by(Connection().showing_in(Platform.ANDROID, Browser.WEB_VIEW))
    tip = window.session_panel.scenario.saved.fill_button.toolTip()
    assert tip.endswith("Not now: a web view has no password manager.")


def test_another_service_is_visited(
    panel: DevicePanel, window: StudioWindow, fake: FakeSession
) -> None:
    rows = [panel.service.itemText(row) for row in range(panel.service.count())]
    assert rows == ["FakeBrand", *others("fakebrand").values()]
    panel.service.activated.emit(1)
    assert fake.done == ["visit hipstagram"]
    assert panel.service.currentData() == "hipstagram"
    assert window.commands.action("journey.visit.hipstagram").isChecked()
    assert not window.commands.action("journey.visit.fakebrand").isVisible()
    window.commands.action("journey.visit.own").trigger()
    assert fake.done == ["visit hipstagram", "visit "]


def test_the_list_of_services_follows_the_client(panel: DevicePanel, document: Document) -> None:
    document.apply(("registration", "name"), "Another")
    document.apply(("registration", "id"), "strusic")
    assert panel.service.itemText(0) == "Another"
    assert panel.service.findData("strusic") == -1
    assert panel.service.findData("fakebrand") > 0
    assert panel.service.currentText() == "Another"


def test_a_computer_has_no_mobile_data(
    panel: DevicePanel, window: StudioWindow, fake: FakeSession
) -> None:
    assert panel.network.findData("mobile-data") >= 0
    panel.network.activated.emit(panel.network.findData("mobile-data"))
    panel.platform.segment("other").click()
    offered = [panel.network.itemText(row) for row in range(panel.network.count())]
    assert offered == ["Wi-Fi", "Another phone's hotspot"]
    assert panel.network.currentText() == "Wi-Fi"
    assert fake.connection.network is Network.WIFI
    assert "Mobile data are a phone's" in panel.network.toolTip()
    mobile = window.commands.action("journey.network.mobile-data")
    assert not mobile.isEnabled()
    assert "Not now: a computer has no mobile data" in mobile.toolTip()


def test_the_settings_of_a_visited_service_are_shown_and_not_edited(
    panel: DevicePanel, window: StudioWindow, fake: FakeSession
) -> None:
    before = window.document.text
    fake.visited = sample("strusic").hosted.client
    fake.service_name = "Strusic"
    fake.stepped.emit(fake.steps[0])
    assert panel.entry.value == str(fake.visited.entry.point)
    for name, switch in panel.sdk.items():
        assert switch.isChecked() is getattr(fake.visited.sdk, name)
        assert "this is of Strusic" in switch.toolTip()
        switch.click()
        assert not window.commands.action(f"journey.sdk.{name}").isEnabled()
    panel.entry.segment("link").click()
    assert window.document.text == before
    assert fake.done == []


def test_each_sdk_option_is_a_command(window: StudioWindow, panel: DevicePanel) -> None:
    for name, switch in panel.sdk.items():
        before = switch.isChecked()
        action = window.commands.action(f"journey.sdk.{name}")
        action.trigger()
        assert getattr(window.document.client.sdk, name) is not before
        assert action.isChecked() is switch.isChecked() is not before

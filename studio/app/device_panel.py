"""On what does the person sign in? Platform, browser, network and SIM, and how the person comes.

What is chosen of the device is the session's; how the person comes and the SDK's options stand in
the client file, so choosing them is an edit of the document that can be undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from studio.app import device_choices, settings_text, tokens
from studio.app.choices import Choice, Chooser
from studio.app.controls import allow, label
from studio.app.rows import Row
from studio.app.sections import Section
from studio.app.toggle import Toggle
from studio.app.visiting import OWN, others
from studio.client.choices import Browser, EntryPoint
from studio.device.network import is_phone
from studio.engine.detection import Network, Platform

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from studio.app.document import Document
    from studio.app.session import Session

_AGAIN = "The journey begins again in that browser, which has cookies of its own."
_PLATFORM = f"What the person uses. {_AGAIN}"
_BROWSER = f"What the pages open in. {_AGAIN}"
_NETWORK = "How the device is connected. The next step meets it."
_COMPUTERS = (
    f"{_NETWORK}\nMobile data are a phone's: a computer is on Wi-Fi, or on a phone's hotspot."
)
_SIM = "Whether an operator of the group has the person's number. The next step meets it."
_SERVICE = (
    "Which service the person is at. Another one is visited with the same device, and what has "
    "happened stays: so single sign-on can be seen."
)
_ENTRY = "How the person comes from the service: entry.point in the client file. Begins there."


class DevicePanel(Section):
    """The section about the device."""

    def __init__(self, document: Document, session: Session, settings: QSettings) -> None:
        super().__init__("Device", settings)
        self._document = document
        self._session = session
        platforms = {str(one): title for one, title in device_choices.PLATFORMS.items()}
        entries = {str(one): title for one, title in device_choices.ENTRIES.items()}
        sims = {str(own): title for own, title in device_choices.SIMS.items()}
        self.platform = Choice(platforms, "Platform", _PLATFORM)
        self.browser = Chooser("Browser", _BROWSER)
        self.network = Chooser("Network", _NETWORK)
        self.sim = Choice(sims, "SIM", _SIM)
        self.service = Chooser("Service", _SERVICE)
        self.entry = Choice(entries, "Entry", _ENTRY)
        self.detected = label("", "small", wrap=True)
        self.sdk = {name: Toggle(title, _description(name)) for name, title in _SDK_TITLES}
        self._sim_row = Row("SIM", self.sim, _SIM)
        self._entry_row = Row("Entry", self.entry, _ENTRY)
        self._lay_out(settings)
        self._listen()
        self.show_device()
        self._show_client()

    def _lay_out(self, settings: QSettings) -> None:
        for row in (
            Row("Platform", self.platform, _PLATFORM),
            Row("Browser", self.browser, _BROWSER),
            Row("Network", self.network, _NETWORK),
            self._sim_row,
            self.detected,
            Row("Service", self.service, _SERVICE),
            self._entry_row,
        ):
            self.add(row)
        options = Section("SDK options", settings, inside=True, opened=False)
        for name, title in _SDK_TITLES:
            options.add_layout(_switch_row(title, self.sdk[name]))
        self.add(options)

    def _listen(self) -> None:
        session, document = self._session, self._document
        self.platform.chosen.connect(
            lambda value: device_choices.choose_platform(session, Platform(value))
        )
        self.browser.activated.connect(
            lambda row: device_choices.choose_browser(
                session, Browser(str(self.browser.itemData(row)))
            )
        )
        self.network.activated.connect(
            lambda row: device_choices.choose_network(
                session, Network(str(self.network.itemData(row)))
            )
        )
        self.sim.chosen.connect(lambda own: session.set_subscriber(subscriber=own == str(True)))
        self.service.activated.connect(lambda row: session.visit(str(self.service.itemData(row))))
        self.entry.chosen.connect(
            lambda value: device_choices.choose_entry(document, session, EntryPoint(value))
        )
        for name, switch in self.sdk.items():
            switch.clicked.connect(lambda on, name=name: document.apply(("sdk", name), on))
        session.stepped.connect(self.show_device)
        session.request_changed.connect(self._show_detected)
        document.changed.connect(self._show_client)
        document.opened.connect(self._show_client)

    def show_device(self) -> None:
        """Show the device as it is now."""
        connection = self._session.connection
        self.platform.show_value(str(connection.platform))
        self._show_browsers(connection.platform)
        self._show_networks(connection.platform)
        self.browser.setCurrentIndex(self.browser.findData(str(connection.shown_in)))
        self.network.setCurrentIndex(self.network.findData(str(connection.network)))
        self.sim.show_value(str(self._session.person.subscriber))
        self._sim_row.allow(device_choices.sim_blocked(self._session))
        self.service.setCurrentIndex(self.service.findData(self._session.app))
        self._show_settings()
        self._show_detected()

    def _show_networks(self, platform: Platform) -> None:
        titles = device_choices.network_titles(platform)
        _offer(self.network, {str(one): title for one, title in titles.items()})
        self.network.setToolTip(_NETWORK if is_phone(platform) else _COMPUTERS)

    def _show_browsers(self, platform: Platform) -> None:
        titles = device_choices.browser_titles(platform)
        _offer(self.browser, {str(one): title for one, title in titles.items()})

    def _show_services(self) -> None:
        own = self._document.client.registration
        _offer(self.service, {OWN: own.name, **others(own.id)})
        self.service.setCurrentIndex(self.service.findData(self._session.app))

    def _show_detected(self) -> None:
        self.detected.setText(device_choices.detection_text(self._session))

    def _show_client(self) -> None:
        self._show_services()
        self._show_settings()
        self._show_detected()

    def _show_settings(self) -> None:
        """Show the settings of the service the person is at; another one's cannot be edited."""
        client = device_choices.played(self._document, self._session)
        reason = device_choices.another_service(self._session)
        self.entry.show_value(str(client.entry.point))
        self._entry_row.allow(reason)
        for name, switch in self.sdk.items():
            switch.setChecked(bool(getattr(client.sdk, name)))
            allow(switch, _description(name), reason)


def _offer(box: Chooser, wanted: dict[str, str]) -> None:
    """Let a list offer values with their titles."""
    rows = range(box.count())
    if {str(box.itemData(row)): box.itemText(row) for row in rows} != wanted:
        box.clear()
        for value, title in wanted.items():
            box.addItem(title, value)
        box.fit_list()


def _switch_row(title: str, switch: Toggle) -> QHBoxLayout:
    """Return a switch after its name, which has the width there is."""
    name = label(title)
    name.setBuddy(switch)
    name.setToolTip(switch.toolTip())
    row = QHBoxLayout()
    row.setSpacing(tokens.S)
    row.addWidget(name, 1)
    row.addWidget(switch)
    return row


_SDK_TITLES = tuple(device_choices.SDK.items())


def _description(name: str) -> str:
    return settings_text.description(("sdk", name))

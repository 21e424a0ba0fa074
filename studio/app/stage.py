"""Where is the page shown? On a quiet desk: the device, what it is, and the trail of screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QSignalBlocker, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from studio.app import browsing, tokens
from studio.app.choices import SHORT, Chooser
from studio.app.chrome import Look
from studio.app.chromes import chrome_for, tabs_of
from studio.app.commands import tool_button
from studio.app.devices import (
    DESKTOP,
    DEVICES,
    PHONE,
    POP_UP,
    ZOOMS,
    Browsers,
    Device,
    browsers_of,
    fit,
    nearest_zoom,
    on_device,
    percentage,
)
from studio.app.frame import SHADOW, Frame, outer_size
from studio.app.languages import by_tag, not_offered, stands_in
from studio.app.notice import Notice
from studio.app.read_sheet import ReadSheet
from studio.app.saved import saved_name
from studio.app.trail import Trail
from studio.i18n.locales import match

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings, QSize

    from studio.app.chrome import Chrome
    from studio.app.commands import Commands
    from studio.app.document import Document
    from studio.app.languages import Language
    from studio.app.session import Session

_FIT = 0.0
_AROUND = 2 * SHADOW + 2
"""What of the desk is not for the device: its shadow, and what rounding to pixels may add."""
_DEVICE_KEY = "stage/device"
_ZOOM_KEY = "stage/zoom"


class Stage(QWidget):
    """The middle of the window: chooses device, zoom and language, and shows the page."""

    def __init__(
        self,
        document: Document,
        session: Session,
        languages: tuple[Language, ...],
        settings: QSettings,
    ) -> None:
        super().__init__()
        self._document = document
        self._session = session
        self.languages = languages
        self._settings = settings
        self._offered: object = None
        self._page: object = None
        self._phone = _remembered_phone(settings)
        self._wanted = float(str(settings.value(_ZOOM_KEY, _FIT)))
        self.device_box = Chooser(
            "Device",
            "The device the page is shown on. Going from a phone to a computer, or back, starts "
            "again in the other browser.",
        )
        self.zoom_box = Chooser("Zoom", "How large the device is drawn; Fit shows it whole.")
        self.language_box = Chooser(
            "Language of the page",
            "The language of the page; the percentage is how much of it is translated.",
        )
        self.notice = Notice("languages")
        self.frame = Frame(session.view)
        self.sheet = ReadSheet(session, self.frame)
        self.trail = Trail(session)
        self._layout = QVBoxLayout(self)
        self._tools = QHBoxLayout()
        self._desk = _desk(self.frame)
        self._lay_out()
        self._fill_boxes()
        self._listen()
        self._show_brand()
        self._show_step()
        self._show_zoom()

    def _lay_out(self) -> None:
        self._tools.setContentsMargins(tokens.M, tokens.S, tokens.M, 0)
        self._tools.setSpacing(tokens.S)
        for box in (self.device_box, self.zoom_box, self.language_box):
            self._tools.addWidget(box)
        layout = self._layout
        layout.setContentsMargins(0, 0, 0, tokens.XS)
        layout.setSpacing(0)
        layout.addLayout(self._tools)
        layout.addWidget(self.notice)
        layout.addWidget(self._desk, 1)
        layout.addWidget(self.trail)

    def add_tools(self, commands: Commands, ids: tuple[str, ...]) -> None:
        """Put buttons for commands at the end of the tool row."""
        self._tools.addStretch(1)
        for command_id in ids:
            self._tools.addWidget(tool_button(commands, command_id, role="desk"))

    def _fill_boxes(self) -> None:
        for device in DEVICES:
            self.device_box.addItem(device.summary, device.id)
            self.device_box.setItemData(self.device_box.count() - 1, device.title, SHORT)
        self.zoom_box.addItem("Fit", _FIT)
        for zoom in ZOOMS:
            self.zoom_box.addItem(percentage(zoom), zoom)
            self.zoom_box.setItemData(self.zoom_box.count() - 1, percentage(zoom), SHORT)
        for language in self.languages:
            self.language_box.addItem(language.own_name, language.tag)
            self.language_box.setItemData(self.language_box.count() - 1, language.own_name, SHORT)
        for box in (self.device_box, self.zoom_box):
            box.fit_list()

    def _listen(self) -> None:
        self.device_box.activated.connect(lambda row: self.choose_device(DEVICES[row]))
        self.zoom_box.activated.connect(
            lambda row: self.choose_zoom(float(self.zoom_box.itemData(row)))
        )
        self.language_box.activated.connect(
            lambda row: self.choose_language(str(self.language_box.itemData(row)))
        )
        self._document.changed.connect(self._show_brand)
        self._document.opened.connect(self._show_brand)
        self._session.stepped.connect(self._show_step)
        self._session.view.titleChanged.connect(self._show_look)
        self._session.view.loaded.connect(self._show_look)

    # Device and zoom

    @property
    def device(self) -> Device:
        """The device shown."""
        browsers = browsers_of(self._session.connection)
        if browsers is Browsers.PHONE:
            return self._phone
        return POP_UP if browsers is Browsers.POP_UP else DESKTOP

    @property
    def fits(self) -> bool:
        """Whether the zoom follows the room there is."""
        return self._wanted == _FIT

    def choose_device(self, device: Device) -> None:
        """Show the page on another device, in a browser that it has."""
        if device.browsers is Browsers.PHONE:
            self._phone = device
            self._settings.setValue(_DEVICE_KEY, device.id)
        connection = self._session.connection
        other = on_device(connection, device)
        if other != connection:
            self._session.connect_by(other)
        self._show_device()

    def _show_device(self) -> None:
        self.device_box.setCurrentIndex(DEVICES.index(self.device))
        self._show_zoom()

    def _around(self) -> tuple[Device, Chrome, QSizeF]:
        """Return the device, the chrome around the page, and what both have together.

        The service's page has the whole screen of a phone; behind a pop-up it is on a computer.
        """
        connection, at_service, device = (
            self._session.connection,
            self._session.at_service,
            self.device,
        )
        if device is POP_UP and at_service:
            device = DESKTOP
        chrome = chrome_for(connection, at_service=at_service)
        alone = at_service and device is DESKTOP
        insets = chrome_for(connection, at_service=alone).insets
        width = device.width + 2 * insets.side
        return device, chrome, QSizeF(width, device.height + insets.top + insets.bottom)

    def choose_zoom(self, zoom: float) -> None:
        """Draw at another scale; 0 fits."""
        self._wanted = zoom
        self._settings.setValue(_ZOOM_KEY, zoom)
        self._show_zoom()

    def zoom_by(self, direction: int) -> None:
        """Draw one step larger (1) or smaller (-1)."""
        self.choose_zoom(nearest_zoom(self.frame.zoom, direction))

    def zoom_to_fit(self) -> None:
        """Draw as large as the whole device fits."""
        self.choose_zoom(_FIT)

    def _show_zoom(self) -> None:
        room = self._desk.size()
        device, chrome, screen = self._around()
        zoom = fit(outer_size(device, screen), *_within(room)) if self.fits else self._wanted
        middle = _middle(self._desk)
        self.frame.show_device(device, chrome, screen, zoom)
        self.sheet.place()
        _show_middle(self._desk, *middle)
        self._session.view.setZoomFactor(zoom)
        text = f"Fit  {percentage(zoom)}" if self.fits else "Fit"
        self.zoom_box.setItemText(0, text)
        self.zoom_box.setItemData(0, text, SHORT)
        self.zoom_box.setCurrentIndex(self.zoom_box.findData(self._wanted))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()

    def _refit(self) -> None:
        """Draw the device for the room there is now."""
        self._layout.activate()
        self._show_zoom()

    # Page

    def why_not(self, tag: str) -> str:
        """Return why the page cannot be shown in a language; empty when it can."""
        language = by_tag(self.languages, tag)
        return not_offered(self._document.client, language) if language else ""

    def choose_language(self, tag: str) -> None:
        """Ask for the page in another language; what is asked for already is not asked again."""
        asked = match([self._wanted_language()])
        if tag != self._session.locale or (asked and asked.tag != tag):
            self._session.set_locale(tag)

    def _wanted_language(self) -> str:
        return next(iter(self._session.fields.ui_locales.split()), "")

    def _show_brand(self) -> None:
        client = self._document.client
        self._show_look()
        if (client.registration.name, client.language) != self._offered:
            self._offered = (client.registration.name, client.language)
            self._show_languages()
        self._show_notice()

    def _show_languages(self) -> None:
        """Show which languages the client offers, and how much of each is translated."""
        for row, language in enumerate(self.languages):
            reason = self.why_not(language.tag)
            state = "not offered" if reason else f"{language.percentage} %"
            self.language_box.setItemText(row, f"{language.own_name}  {language.tag}  {state}")
            tip = f"{language.english_name}\nNot now: {reason}" if reason else language.english_name
            self.language_box.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
            self.language_box.allow_row(row, allowed=not reason)
        self.language_box.fit_list()

    def _show_notice(self) -> None:
        """Say why the page is not in the language that the request wants."""
        wanted = self._wanted_language()
        shown = by_tag(self.languages, self._session.locale)
        text = stands_in(self._document.client, wanted, shown) if shown else ""
        if text != self.notice.text:
            self.notice.show_text(text)
            self._refit()

    def _show_look(self) -> None:
        """Show the page's and the service's names and colours in the chrome."""
        session = self._session
        client = session.visited or self._document.client
        look = Look(
            header=client.branding.header.main(),
            service=client.registration.name,
            title=session.view.title() or session.address,
            host=session.address,
            tabs=tabs_of(session.connection, at_service=self._session.at_service),
            saved=saved_name(session),
            back=not browsing.blocked(session, -1),
            forward=not browsing.blocked(session, 1),
        )
        self.frame.show_look(look)

    def _show_step(self) -> None:
        self._show_look()
        self._show_device()
        self._show_top()
        with QSignalBlocker(self.language_box):
            self.language_box.setCurrentIndex(self.language_box.findData(self._session.locale))
        self._show_notice()

    def _show_top(self) -> None:
        """Begin at the top of a page that is another one than before."""
        screen = self._session.screen
        page = (self._session.position, screen.id if screen else "")
        if page != self._page:
            self._page = page
            self._desk.verticalScrollBar().setValue(0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        desk = tokens.paint_colour(tokens.colours().desk)
        QPainter(self).fillRect(self.rect(), desk)


class _Desk(QScrollArea):
    """Scrolls a device that is larger than the room."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave the desk's colour to the stage."""


def _desk(frame: Frame) -> QScrollArea:
    desk = _Desk()
    desk.setFrameShape(QFrame.Shape.NoFrame)
    desk.setAlignment(Qt.AlignmentFlag.AlignCenter)
    desk.setWidget(frame)
    frame.setAutoFillBackground(False)
    desk.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    desk.viewport().setAutoFillBackground(False)
    return desk


def _middle(desk: QScrollArea) -> tuple[float, float]:
    """Return which place of the device is in the middle of the desk, as shares of its size.

    Where the top is in sight it stays there: a page is read from its top.
    """
    across, down = desk.horizontalScrollBar(), desk.verticalScrollBar()
    return _share(across), _share(down) if down.value() else 0


def _share(bar: QScrollBar) -> float:
    whole = bar.maximum() + bar.pageStep()
    return (bar.value() + bar.pageStep() / 2) / whole if bar.maximum() else 0.5


def _show_middle(desk: QScrollArea, across: float, down: float) -> None:
    for bar, share in ((desk.horizontalScrollBar(), across), (desk.verticalScrollBar(), down)):
        whole = bar.maximum() + bar.pageStep()
        bar.setValue(max(round(share * whole - bar.pageStep() / 2), 0))


def _within(room: QSize) -> tuple[int, int]:
    """Return the width and height that a device can have on a desk."""
    return room.width() - _AROUND, room.height() - _AROUND


def _remembered_phone(settings: QSettings) -> Device:
    name = settings.value(_DEVICE_KEY, PHONE.id)
    phones = (device for device in DEVICES if device.browsers is Browsers.PHONE)
    return next((device for device in phones if device.id == name), PHONE)

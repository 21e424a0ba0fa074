from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from studio.app.dialogs import Answer
from studio.app.sections import Panel
from studio.app.theme import Scheme, Theme
from studio.app.views import View
from studio.app.window import StudioWindow
from tests.app.fakes import LANGUAGES, SMS, FakeDialogs

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from pytestqt.qtbot import QtBot

    from studio.app.document import Document
    from studio.app.session import Session
    from tests.app.fakes import FakeSession


def _controls(window: StudioWindow) -> list[QWidget]:
    """What the keyboard reaches, but for parts of Qt's own composite widgets and the page."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and widget.focusProxy() is None
    ]


def test_every_control_has_a_name_and_a_tool_tip(window: StudioWindow, fake: FakeSession) -> None:
    fake.walk("verify-phone")
    fake.receive(SMS)
    controls = _controls(window)
    assert len(controls) > 30
    nameless = [f"{type(each).__name__}" for each in controls if not each.accessibleName()]
    silent = [each.accessibleName() for each in controls if not each.toolTip()]
    assert nameless == []
    assert silent == []


def test_tab_goes_through_the_panels_from_left_to_right(window: StudioWindow, qtbot: QtBot) -> None:
    window.show()
    qtbot.waitExposed(window)
    seen: list[int] = []
    widget: QWidget = window.brand.header.text
    for _ in range(800):
        following = widget.nextInFocusChain()
        assert following is not None
        widget = following
        for index, panel in enumerate((window.brand, window.stage, window.session_panel.request)):
            inside = panel.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if inside and (not seen or seen[-1] != index):
                seen.append(index)
    assert seen[:3] == [0, 1, 2]


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("size", [(1366, 768), (960, 540)])
def test_nothing_is_wider_than_its_panel(
    window: StudioWindow, theme: Theme, qtbot: QtBot, scheme: Scheme, size: tuple[int, int]
) -> None:
    theme.choose(scheme)
    window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    panels = window.findChildren(Panel)
    assert len(panels) == 2
    for panel in panels:
        inner = panel.widget()
        assert inner is not None
        assert inner.minimumSizeHint().width() <= panel.viewport().width()


def test_a_narrow_window_keeps_the_page_and_one_panel(window: StudioWindow) -> None:
    window.show()
    window.resize(760, 500)
    assert [window.panel_shown(0), window.panel_shown(1)] == [True, False]
    window.commands.action("view.session_panel").trigger()
    assert [window.panel_shown(0), window.panel_shown(1)] == [False, True]
    window.resize(1366, 768)
    assert [window.panel_shown(0), window.panel_shown(1)] == [True, True]


def test_a_hidden_panel_stays_hidden(window: StudioWindow, settings: QSettings) -> None:
    window.show()
    window.commands.action("view.brand_panel").trigger()
    window.resize(1400, 800)
    assert not window.panel_shown(0)
    assert settings.value("window/brand panel") == "hidden"


def test_sections_fold_and_remember(window: StudioWindow, settings: QSettings) -> None:
    window.session_panel.inbox.head.click()
    assert not window.session_panel.inbox.opened
    assert settings.value("sections/Inbox") == "folded"
    assert window.session_panel.inbox.head.accessibleDescription() == "Folded"


def test_the_title_names_the_client_and_the_program(
    window: StudioWindow, document: Document
) -> None:
    assert window.windowTitle() == "FakeBrand[*] — CONNECT Studio"
    document.apply(("registration", "name"), "Other")
    assert window.windowTitle() == "Other[*] — CONNECT Studio"
    assert window.isWindowModified()


def test_the_theme_is_chosen(window: StudioWindow, theme: Theme) -> None:
    window.commands.action("view.theme.dark").trigger()
    assert theme.scheme is Scheme.DARK
    assert QApplication.palette().window().color().lightness() < 128
    assert window.commands.action("view.theme.dark").isChecked()
    assert not window.commands.action("view.theme.light").isChecked()


def test_the_status_bar_tells_the_contrast(window: StudioWindow, document: Document) -> None:
    document.apply(("branding", "header"), "black")
    assert window.status.contrast.text() == "Contrast  Logo 21.0:1"


def test_more_views_get_a_rail_and_commands(
    document: Document, session: Session, settings: QSettings, theme: Theme, qtbot: QtBot
) -> None:
    wall = View(id="wall", title="Wall", icon="scan", widget=QWidget(), shortcut="Ctrl+2")
    window = StudioWindow(
        document,
        session,
        settings,
        theme=theme,
        languages=LANGUAGES,
        dialogs=FakeDialogs(),
        more_views=(wall,),
    )
    qtbot.addWidget(window)
    assert window.current_view.id == "preview"
    window.commands.action("view.show.wall").trigger()
    assert window.current_view is wall
    assert window.commands.action("view.show.wall").isChecked()


def test_the_first_window_fits_the_screen(window: StudioWindow, qtbot: QtBot) -> None:
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.screen().availableGeometry().contains(window.frameGeometry())


def test_panels_show_another_file(
    window: StudioWindow, saved: Document, home: Path, dialogs: FakeDialogs
) -> None:
    text = saved.text.replace("name: FakeBrand", "name: Other").replace("level: 1", "level: 2")
    dialogs.path = home / "other.client.yaml"
    dialogs.path.write_text(text, encoding="utf-8")
    saved.apply(("branding", "header"), "black")
    dialogs.answer = Answer.DISCARD
    window.brand.phone.setText("+47 9")
    window.brand.phone.typed.emit("+47 9")
    assert window.brand.row(("start", "prefill", "phone")).error
    window.commands.action("file.open").trigger()
    assert window.brand.level.value == "2"
    assert window.brand.phone.text() == ""
    assert window.brand.row(("start", "prefill", "phone")).error == ""
    assert window.status.contrast.text() != "Contrast  Logo 21.0:1"
    assert window.stage.frame.look.service == "Other"


def test_the_size_is_remembered(window: StudioWindow, settings: QSettings) -> None:
    window.resize(1111, 777)
    window.close()
    assert settings.value("window/geometry") == window.saveGeometry()


def test_a_code_that_comes_is_brought_into_sight(
    window: StudioWindow, fake: FakeSession, qtbot: QtBot
) -> None:
    window.resize(1024, 640)
    with qtbot.waitExposed(window):
        window.show()
    fake.walk("verify-phone")
    fake.receive(SMS)
    panel = window.session_panel

    def seen() -> bool:
        uses = [one for one in panel.findChildren(QPushButton) if one.text() == "Use code"]
        return any(not one.visibleRegion().isEmpty() for one in uses)

    qtbot.waitUntil(seen)

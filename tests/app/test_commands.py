from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from studio.app.lists import ShortcutsDialog
from studio.resources import folder

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from studio.app.document import Document
    from studio.app.window import StudioWindow
    from tests.app.fakes import FakeDialogs, FakeSession


def test_every_command_explains_itself(window: StudioWindow) -> None:
    for command in window.commands.all:
        assert command.title
        assert command.tip.endswith("."), command.id
        assert window.commands.action(command.id).toolTip().startswith(command.tip)


def test_ids_and_shortcuts_are_unique_and_valid(window: StudioWindow) -> None:
    commands = window.commands.all
    assert len({command.id for command in commands}) == len(commands)
    keys = [each for command in commands for each in (command.shortcut, command.also) if each]
    sequences = [QKeySequence(each) for each in keys]
    texts = [sequence.toString() for sequence in sequences]
    assert all(texts)
    assert len(set(texts)) == len(texts)


def test_every_icon_is_there(window: StudioWindow) -> None:
    names = {command.icon for command in window.commands.all if command.icon}
    missing = {name for name in names if not (folder("assets") / "icons" / f"{name}.svg").exists()}
    assert not missing


def test_every_shown_command_is_in_a_menu(window: StudioWindow) -> None:
    in_menus = {
        action.objectName()
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
    }
    assert {command.id for command in window.commands.all} <= in_menus


def test_menus_have_a_letter_of_their_own(window: StudioWindow) -> None:
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == ["&File", "&Edit", "&View", "&Journey", "&Help"]


def test_an_empty_menu_of_recent_files_is_hidden(
    window: StudioWindow, saved: Document, dialogs: FakeDialogs
) -> None:
    menu = next(
        each for each in window.menuBar().findChildren(QMenu) if each.title() == "Open Recent"
    )
    assert not menu.menuAction().isVisible()
    dialogs.path = saved.path
    window.commands.action("file.open").trigger()
    assert menu.menuAction().isVisible()


def test_redo_has_two_shortcuts(window: StudioWindow, document: Document, qtbot: QtBot) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    document.apply(("branding", "header"), "seagreen")
    for field in (window.brand.header.text, window.brand.message.text):
        document.undo()
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert document.undo_title == "header colour"


def test_f6_goes_round_the_window(window: StudioWindow, fake: FakeSession, qtbot: QtBot) -> None:
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.resize(1366, 768)
    fake.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.brand.header.text.setFocus()
    parts = (fake.view, window.session_panel, window.brand)
    for part in (*parts, *parts):
        window.commands.action("view.next_part").trigger()
        focused = window.focusWidget()
        assert focused is not None
        assert part is focused or part.isAncestorOf(focused)
    window.commands.action("view.previous_part").trigger()
    assert window.session_panel.isAncestorOf(window.focusWidget() or window)


def test_every_shortcut_is_listed(window: StudioWindow, qtbot: QtBot) -> None:
    dialog = ShortcutsDialog(window, window.commands.all)
    qtbot.addWidget(dialog)
    menus = [dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount())]
    items = [menu.child(row) for menu in menus if menu for row in range(menu.childCount())]
    listed = {item.text(0): item.text(1) for item in items if item}
    commands = [command for command in window.commands.all if command.shortcut]
    assert listed == {command.title: command.keys for command in commands}
    assert listed["Redo"] == "Ctrl+Shift+Z or Ctrl+Y"


def test_a_command_that_cannot_run_says_why(window: StudioWindow) -> None:
    undo = window.commands.action("edit.undo")
    assert not undo.isEnabled()
    assert "Not now: nothing was edited." in undo.toolTip()
    window.document.apply(("branding", "header"), "seagreen")
    assert undo.isEnabled()
    assert undo.text() == "Undo header colour"
    undo.trigger()
    assert not window.document.dirty
    assert window.commands.action("edit.redo").text() == "Redo header colour"

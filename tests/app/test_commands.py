from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from studio.resources import folder

if TYPE_CHECKING:
    from studio.app.window import StudioWindow


def test_every_command_explains_itself(window: StudioWindow) -> None:
    for command in window.commands.all:
        assert command.title
        assert command.tip.endswith("."), command.id
        assert window.commands.action(command.id).toolTip().startswith(command.tip)


def test_ids_and_shortcuts_are_unique_and_valid(window: StudioWindow) -> None:
    commands = window.commands.all
    assert len({command.id for command in commands}) == len(commands)
    sequences = [QKeySequence(command.shortcut) for command in commands if command.shortcut]
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

"""Dialogs that only show a list: the mistakes of a file, the keys of the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.app import tokens
from studio.app.controls import button, label, name_control
from studio.app.texts import TextArea

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studio.app.commands import Command

_WIDTH = 640
_KEYS_SIZE = (480, 560)
_LINES = (2, 12)


class MistakesDialog(QDialog):
    """The mistakes of a client file, one a line, to scroll through and to copy."""

    def __init__(self, parent: QWidget | None, title: str, mistakes: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mistakes in the file")
        self.setMinimumWidth(_WIDTH)
        self.list = TextArea(*_LINES)
        self.list.setReadOnly(True)
        self.list.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.list.show_text("\n".join(mistakes))
        name_control(self.list, "Mistakes", "Line, column and setting of each mistake.")
        self.copy_button = button("Copy", "Copy the whole list.", "copy")
        self.copy_button.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.list.toPlainText())
        )
        count = len(mistakes)
        heading = f"{title} It has {count} mistake{'' if count == 1 else 's'}:"
        buttons = _close_button(self)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        _lay_out(self, label(heading, wrap=True), self.list, buttons)


class ShortcutsDialog(QDialog):
    """Every command that has keys, by menu."""

    def __init__(self, parent: QWidget | None, commands: Iterable[Command]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(*_KEYS_SIZE)
        self.tree = _tree()
        menus: dict[str, QTreeWidgetItem] = {}
        for command in commands:
            if command.keys and command.shown():
                menu = menus.get(command.menu) or _heading(self.tree, command.menu)
                menus[command.menu] = menu
                QTreeWidgetItem(menu, [command.title, command.keys])
        self.tree.expandAll()
        _lay_out(self, self.tree, _close_button(self))


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    name_control(tree, "Keyboard shortcuts", "Commands and their keys.")
    tree.setHeaderLabels(["Command", "Keys"])
    tree.setRootIsDecorated(False)
    tree.setItemsExpandable(False)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return tree


def _heading(tree: QTreeWidget, menu: str) -> QTreeWidgetItem:
    heading = QTreeWidgetItem(tree, [menu])
    heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
    heading.setFirstColumnSpanned(True)
    font = heading.font(0)
    font.setBold(True)
    heading.setFont(0, font)
    return heading


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    close.setDefault(True)
    name_control(close, "Close", "Close this list.")
    buttons.rejected.connect(dialog.reject)
    return buttons


def _lay_out(dialog: QDialog, *widgets: QWidget) -> None:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.L)
    layout.setSpacing(tokens.M)
    for widget in widgets:
        layout.addWidget(widget)

"""What can the person do? Commands are data; menus, buttons, shortcuts and palette come from it.

A command that cannot run now says why in `blocked`; the reason is the end of its tool tip.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton

from studio.app import tokens
from studio.app.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QMenuBar, QWidget


def always() -> str:
    """Say that nothing keeps a command from running."""
    return ""


@dataclass(frozen=True)
class Command:
    """One thing the person can do.

    Attributes:
        id: Stable name such as `file.save`.
        title: What menus and palette show; `label` replaces it while the program runs.
        tip: One sentence for the tool tip.
        run: What it does.
        blocked: Why it cannot run now, or an empty text.
        checked: For a command that switches something: whether it is on.
        shown: Whether menus and palette list it now.
        menu: Title of the menu it stands in.
        submenu: Title of the menu inside of that one, if any.
        also: A second shortcut, for those used to another program.
        group: Commands of one group stand together, with a line to the next group.
    """

    id: str
    title: str
    tip: str
    _: KW_ONLY
    run: Callable[[], object]
    icon: str = ""
    shortcut: str = ""
    also: str = ""
    blocked: Callable[[], str] = always
    label: Callable[[], str] | None = None
    checked: Callable[[], bool] | None = None
    shown: Callable[[], bool] = lambda: True
    menu: str = ""
    submenu: str = ""
    group: int = 0

    @property
    def text(self) -> str:
        """The title of this moment, such as `Undo header colour`."""
        return self.label() if self.label else self.title

    @property
    def full_text(self) -> str:
        """The title where no menu is around it, such as `Language: English`."""
        return f"{self.submenu}: {self.text}" if self.submenu else self.text

    @property
    def keys(self) -> str:
        """Its shortcuts as the system writes them, empty without any."""
        shown = QKeySequence.SequenceFormat.NativeText
        texts = (QKeySequence(keys).toString(shown) for keys in (self.shortcut, self.also))
        return " or ".join(text for text in texts if text)


type Group = tuple[Command, ...]


def unless(condition: object, reason: str) -> str:
    """Return a reason for `blocked`, empty when the condition holds."""
    return "" if condition else reason


class Commands(QObject):
    """The commands as Qt actions, whose state `refresh` brings up to date."""

    def __init__(self, window: QWidget, commands: Iterable[Command]) -> None:
        super().__init__(window)
        self._commands = tuple(commands)
        self._actions = {command.id: self._action(window, command) for command in self._commands}
        self._submenus: list[QMenu] = []
        self.refresh()

    @property
    def all(self) -> tuple[Command, ...]:
        """Every command, in the order of the menus."""
        return self._commands

    def action(self, command_id: str) -> QAction:
        """Return the action of a command.

        Raises:
            KeyError: There is no such command.
        """
        return self._actions[command_id]

    def refresh(self) -> None:
        """Bring texts, ticks, tool tips and enablement up to date."""
        for command in self._commands:
            action, reason = self._actions[command.id], command.blocked()
            action.setText(command.text.replace("&", "&&"))
            action.setEnabled(not reason)
            action.setToolTip(_tool_tip(command, reason))
            action.setVisible(command.shown())
            if command.checked:
                action.setChecked(command.checked())
        for menu in self._submenus:
            menu.menuAction().setVisible(any(each.isVisible() for each in menu.actions()))

    def fill(self, bar: QMenuBar) -> None:
        """Make one menu for each menu title, in the order the commands name them."""
        for title in dict.fromkeys(command.menu for command in self._commands):
            menu = bar.addMenu(f"&{title}")
            menu.setToolTipsVisible(True)
            commands = [command for command in self._commands if command.menu == title]
            self._fill_menu(menu, commands)
        self.refresh()

    def _fill_menu(self, menu: QMenu, commands: list[Command]) -> None:
        inner: dict[str, QMenu] = {}
        group = None
        for command in commands:
            if group not in {None, command.group}:
                menu.addSeparator()
            group = command.group
            if command.submenu and command.submenu not in inner:
                inner[command.submenu] = self._submenu(menu, command.submenu)
            inner.get(command.submenu, menu).addAction(self.action(command.id))

    def _submenu(self, menu: QMenu, title: str) -> QMenu:
        submenu = menu.addMenu(title)
        submenu.setToolTipsVisible(True)
        self._submenus.append(submenu)
        return submenu

    def _action(self, window: QWidget, command: Command) -> QAction:
        action = QAction(command.title, window)
        action.setObjectName(command.id)
        action.setCheckable(command.checked is not None)
        if command.icon:
            action.setIcon(icon(command.icon))
            action.setIconVisibleInMenu(command.checked is None)
        if command.shortcut:
            keys = (command.shortcut, command.also)
            action.setShortcuts([QKeySequence(each) for each in keys if each])
        action.triggered.connect(lambda: self._run(command))
        window.addAction(action)
        return action

    def _run(self, command: Command) -> None:
        command.run()
        self.refresh()


def _tool_tip(command: Command, reason: str) -> str:
    tip = f"{command.tip} ({command.keys})" if command.keys else command.tip
    return f"{tip}\nNot now: {reason}" if reason else tip


def tool_button(commands: Commands, command_id: str, *, role: str = "") -> QToolButton:
    """Return a button for a command, with its icon, tool tip and enablement."""
    action = commands.action(command_id)
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(tokens.ICON, tokens.ICON))
    button.setProperty("role", role)
    button.setAccessibleName(action.text())
    button.setFocusPolicy(button.focusPolicy().StrongFocus)
    action.changed.connect(lambda: button.setAccessibleName(action.text()))
    return button

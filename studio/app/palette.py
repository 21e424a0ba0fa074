"""Which command does the person look for? Ctrl+K lists all of them and finds by letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio.app import tokens
from studio.app.icons import icon

if TYPE_CHECKING:
    from studio.app.commands import Command, Commands

_ID = Qt.ItemDataRole.UserRole
_HINT = Qt.ItemDataRole.UserRole + 1
_WIDTH = 480
_HEIGHT = 360


def score(wanted: str, title: str) -> int | None:
    """Tell how well a title fits: 0 is best, None is not at all.

    All letters of `wanted` must occur in order; letters side by side and at the start of words
    fit better.
    """
    text, cost, start = title.casefold(), 0, 0
    for letter in wanted.casefold().replace(" ", ""):
        found = text.find(letter, start)
        if found < 0:
            return None
        cost += 0 if found == 0 or text[found - 1] == " " else found - start
        start = found + 1
    return cost


def ranked(wanted: str, commands: tuple[Command, ...]) -> list[Command]:
    """Return the commands that fit, best first; ties keep the order of the menus."""
    scored = [
        (score(wanted, f"{each.text} {each.menu}"), each) for each in commands if each.shown()
    ]
    fitting = [(cost, each) for cost, each in scored if cost is not None]
    return [each for _, each in sorted(fitting, key=lambda pair: pair[0])]


class CommandPalette(QDialog):
    """A field to type into above a list of commands."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._commands = commands
        self._field = QLineEdit(placeholderText="Find a command")
        self._field.setAccessibleName("Find a command")
        self._field.setToolTip("Type some letters of a command. Enter runs it, Esc closes.")
        self._model = QStandardItemModel(self)
        self._list = self._make_list()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.S, tokens.S, tokens.S, tokens.S)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self._field.textChanged.connect(self._show_fitting)
        self._field.installEventFilter(self)
        self.setWindowTitle("Commands")
        self.resize(_WIDTH, _HEIGHT)

    def _make_list(self) -> QListView:
        view = QListView()
        view.setProperty("role", "palette")
        view.setAccessibleName("Commands")
        view.setToolTip("Commands that fit what was typed.")
        view.setModel(self._model)
        view.setItemDelegate(_Delegate(view))
        view.setUniformItemSizes(True)
        view.setIconSize(QSize(tokens.ICON, tokens.ICON))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.clicked.connect(self._run)
        return view

    def open_over(self, window: QWidget) -> None:
        """Show it, empty, at the top middle of the window."""
        self._field.clear()
        self._show_fitting("")
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + 2 * tokens.BAR)
        self.show()
        self._field.setFocus()

    def _show_fitting(self, wanted: str) -> None:
        self._model.clear()
        for command in ranked(wanted, self._commands.all):
            self._model.appendRow(_item(command))
        self._list.setCurrentIndex(self._model.index(0, 0))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run(self._list.currentIndex())
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
        rows = self._model.rowCount()
        if step is None or not rows:
            return False
        row = (self._list.currentIndex().row() + step) % rows
        self._list.setCurrentIndex(self._model.index(row, 0))
        return True

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        self.close()
        self._commands.action(str(index.data(_ID))).trigger()


def _item(command: Command) -> QStandardItem:
    reason = command.blocked()
    item = QStandardItem(command.text)
    if command.icon:
        item.setIcon(icon(command.icon))
    shortcut = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    item.setData(command.id, _ID)
    item.setData(reason or shortcut or command.menu, _HINT)
    item.setToolTip(command.tip)
    item.setEnabled(not reason)
    return item


class _Delegate(QStyledItemDelegate):
    """Draws the shortcut, or why the command cannot run, at the end of the row."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        rect = option.rect.adjusted(0, 0, -tokens.M, 0)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.PlaceholderText
        painter.setPen(QColor(palette.color(role)))
        painter.drawText(
            rect,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            str(index.data(_HINT)),
        )

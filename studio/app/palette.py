"""Which command does the person look for? Ctrl+K lists all of them and finds by letters.

A command that cannot run now is listed with the reason; it can be chosen, but does nothing.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, override

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio.app import tokens
from studio.app.controls import label
from studio.app.finding import ranked
from studio.app.icons import icon

if TYPE_CHECKING:
    from studio.app.commands import Command, Commands

_ID = Qt.ItemDataRole.UserRole
_HINT = Qt.ItemDataRole.UserRole + 1
_BLOCKED = Qt.ItemDataRole.UserRole + 2
_WIDTH = 520
_BEFORE_TITLE = tokens.S + tokens.ICON + tokens.XS
_MOST_ROWS = 10
_STEPS = MappingProxyType(
    {
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_PageDown: _MOST_ROWS - 1,
        Qt.Key.Key_PageUp: 1 - _MOST_ROWS,
    }
)


class CommandPalette(QDialog):
    """A field to type into above a list of commands."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._commands = commands
        self._field = QLineEdit(placeholderText="Find a command")
        self._field.setAccessibleName("Find a command")
        self._field.setToolTip("Type some letters of a command. Enter runs it, Esc closes.")
        self._most = _MOST_ROWS
        self._model = QStandardItemModel(self)
        self._list = self._make_list()
        self._nothing = label("Nothing found.", "muted")
        self._nothing.setContentsMargins(tokens.S, 0, tokens.S, 0)
        self._nothing.setFixedHeight(tokens.ROW)
        self._lay_out()
        self._field.textChanged.connect(self._show_fitting)
        self._field.installEventFilter(self)
        self.setWindowTitle("Commands")
        self.setFixedWidth(_WIDTH)

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setProperty("role", "popover")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(tokens.S, tokens.S, tokens.S, tokens.S)
        inner.setSpacing(tokens.S)
        for widget in (self._field, self._list, self._nothing):
            inner.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

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
        # On a low screen it shows fewer rows, so that it does not go beyond the window.
        self._most = max(min((window.height() - 4 * tokens.BAR) // tokens.ROW, _MOST_ROWS), 1)
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
        rows = self._model.rowCount()
        self._list.setFixedHeight(min(rows, self._most) * tokens.ROW)
        self._list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        self.setFixedHeight(self.sizeHint().height())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run(self._list.currentIndex())
            return True
        last = self._model.rowCount() - 1
        row = self._list.currentIndex().row()
        if last < 0:
            return False
        if key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            return self._choose(last if key == Qt.Key.Key_End else 0)
        step = _STEPS.get(key)
        if step is None:
            return False
        if abs(step) == 1:
            return self._choose((row + step) % (last + 1))
        return self._choose(min(max(row + step, 0), last))

    def _choose(self, row: int) -> bool:
        self._list.setCurrentIndex(self._model.index(row, 0))
        return True

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid() or index.data(_BLOCKED):
            return
        self.close()
        self._commands.action(str(index.data(_ID))).trigger()


def _item(command: Command) -> QStandardItem:
    reason = command.blocked()
    item = QStandardItem(command.full_text)
    if command.icon:
        item.setIcon(icon(command.icon))
    item.setData(command.id, _ID)
    item.setData(reason or command.keys or command.menu, _HINT)
    item.setData(bool(reason), _BLOCKED)
    said = f"{command.full_text}. Not now: {reason}" if reason else command.full_text
    item.setAccessibleText(said)
    item.setToolTip(command.tip)
    return item


class _Delegate(QStyledItemDelegate):
    """Draws the shortcut, or why the command cannot run, at the end of the row."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(super().sizeHint(option, index).width(), tokens.ROW)

    @override
    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.data(_BLOCKED):
            option.state &= ~QStyle.StateFlag.State_Enabled

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        state: QStyle.StateFlag = option.state
        colours = tokens.colours()
        chosen = bool(state & QStyle.StateFlag.State_Selected) and not index.data(_BLOCKED)
        painter.setPen(tokens.paint_colour(colours.on_accent if chosen else colours.muted))
        rect = option.rect.adjusted(_BEFORE_TITLE, 0, -tokens.M, 0)
        metrics = painter.fontMetrics()
        room = rect.width() - metrics.horizontalAdvance(str(index.data())) - tokens.L
        hint = metrics.elidedText(str(index.data(_HINT)), Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, hint)

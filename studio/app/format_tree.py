"""Which formats are wanted, and what is in them? A tree: formats with a tick, below them files."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from studio.app import tokens
from studio.app.export_files import State, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtCore import QAbstractItemModel, QEvent
    from PySide6.QtGui import QPainter

    from studio.app.export_files import Made
    from studio.exporters import Exporter

_NAME = Qt.ItemDataRole.UserRole
_PATH = Qt.ItemDataRole.UserRole + 1
_ABOUT = Qt.ItemDataRole.UserRole + 2
_SUMMARY = Qt.ItemDataRole.UserRole + 3
_LINES = 2


class FormatTree(QTreeView):
    """The formats and their files.

    Signals:
        ticked: (name, whether it is wanted) when the person has ticked a format.
        chosen: (name, path of the file or nothing for the format) when the row is another one.
    """

    ticked = Signal(str, bool)
    chosen = Signal(str, str)

    def __init__(self, exporters: Iterable[Exporter], wanted: Iterable[str]) -> None:
        super().__init__()
        self._model = QStandardItemModel(self)
        self._formats: dict[str, QStandardItem] = {}
        self._ticked = set(wanted)
        for exporter in exporters:
            self._add(exporter, ticked=exporter.name in self._ticked)
        self.setModel(self._model)
        self.setHeaderHidden(True)
        self.setItemDelegate(_Delegate(self))
        # By rows it would not scroll as far as rows of several heights need.
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setIndentation(tokens.L)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName("Formats and their files")
        self.setToolTip("Space ticks a format, the arrow keys open it and go to its files.")
        self._model.itemChanged.connect(self._on_change)
        self.selectionModel().currentChanged.connect(self._on_current)

    def _add(self, exporter: Exporter, *, ticked: bool) -> None:
        item = QStandardItem(exporter.title)
        item.setCheckable(True)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setData(exporter.name, _NAME)
        item.setData("", _PATH)
        item.setData(exporter.about, _ABOUT)
        item.setAccessibleDescription(exporter.about)
        item.setEditable(False)
        self._formats[exporter.name] = item
        self._model.appendRow([item, _plain("")])

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        for row in range(self._model.rowCount()):
            self.setFirstColumnSpanned(row, QModelIndex(), True)

    @property
    def current(self) -> tuple[str, str]:
        """The chosen row: name of the format and path of the file, both empty without one."""
        index = self.currentIndex().siblingAtColumn(0)
        return (str(index.data(_NAME)), str(index.data(_PATH))) if index.isValid() else ("", "")

    def show_made(self, name: str, made: Made | None) -> None:
        """Show what there is of a format; None where it is not wanted."""
        name_before, path_before = self.current
        item = self._formats[name]
        item.setData(_summary(made), _SUMMARY)
        opened = [
            str(one.data(_PATH)) for one in self._indexes(item.index()) if self.isExpanded(one)
        ]
        item.removeRows(0, item.rowCount())
        if made and made.files is not None:
            self._add_files(item, name, made)
        for index in self._indexes(item.index()):
            self.setExpanded(index, str(index.data(_PATH)) in opened)
        if name_before == name:
            self._choose(name, path_before)

    def _add_files(self, top: QStandardItem, name: str, made: Made) -> None:
        folders = {"": top}
        for path in made.paths:
            folder, _, file = path.rpartition("/")
            item, said = _row(file, name, path), _told(made, path)
            item.setAccessibleDescription(said)
            _folder(folders, folder, name).appendRow([item, _plain(said)])

    def _choose(self, name: str, path: str) -> None:
        for index in self._indexes(self._formats[name].index()):
            if str(index.data(_PATH)) == path:
                self.setCurrentIndex(index)
                return

    def _indexes(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        yield parent
        for row in range(self._model.rowCount(parent)):
            yield from self._indexes(self._model.index(row, 0, parent))

    def _on_change(self, item: QStandardItem) -> None:
        name, ticked = str(item.data(_NAME)), item.checkState() is Qt.CheckState.Checked
        if item is self._formats.get(name) and ticked is not (name in self._ticked):
            self._ticked ^= {name}
            self.ticked.emit(name, ticked)

    def _on_current(self) -> None:
        self.chosen.emit(*self.current)

    def expand_format(self, name: str) -> None:
        """Show the files of a format."""
        self.expand(self._formats[name].index())


def _row(text: str, name: str, path: str) -> QStandardItem:
    item = _plain(text)
    item.setData(name, _NAME)
    item.setData(path, _PATH)
    return item


def _told(made: Made, path: str) -> str:
    """Return what is new of a file, and its size."""
    state = made.state(path)
    if made.files is None or state is State.GONE:
        return state
    return f"{state}  {size(made.files[path])}".strip()


def _plain(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setEditable(False)
    return item


def _folder(folders: dict[str, QStandardItem], path: str, name: str) -> QStandardItem:
    """Return the row of a folder, made with those above it where it is missing."""
    if path not in folders:
        above, _, own = path.rpartition("/")
        item = _row(f"{own}/", name, f"{path}/")
        _folder(folders, above, name).appendRow([item, _plain("")])
        folders[path] = item
    return folders[path]


def _summary(made: Made | None) -> str:
    if made is None:
        return ""
    if made.error:
        return "failed"
    if made.files is None:
        return f"{made.drawn} drawn" if made.drawn else "…"
    files = f"{len(made.files)} file{'' if len(made.files) == 1 else 's'}"
    return f"{made.news} differ, {files}" if made.news else files


class _Delegate(QStyledItemDelegate):
    """Draws the sentence about a format below its title, and the second column muted."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        one = super().sizeHint(option, index)
        if not index.data(_ABOUT):
            return QSize(one.width(), tokens.XL)
        line = QFontMetrics(_small(option.font)).lineSpacing()
        return QSize(one.width(), tokens.XL + _LINES * line + tokens.S)

    @override
    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.data(_ABOUT):
            option.font.setWeight(option.font.Weight.DemiBold)
        if index.column():
            end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            option.displayAlignment = end

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        # The box is where it is painted: beside the title, not in the middle of the row.
        if index.data(_ABOUT):
            option.rect = _title_of(option.rect)
        return super().editorEvent(event, model, option, index)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        about = index.data(_ABOUT)
        if not about:
            super().paint(painter, option, index)
            return
        whole = QRect(option.rect)
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter)
        option.rect = _title_of(whole)
        super().paint(painter, option, index)
        full = QStyleOptionViewItem(option)
        self.initStyleOption(full, index)
        text = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, full, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        colours = tokens.colours()
        painter.save()
        painter.setFont(_small(option.font))
        painter.setPen(tokens.paint_colour(colours.on_accent if chosen else colours.muted))
        below = QRect(whole)
        below.setTop(option.rect.bottom())
        below.setLeft(text.left() + tokens.XS)
        painter.drawText(below, Qt.TextFlag.TextWordWrap.value, str(about))
        end = option.rect.adjusted(0, 0, -tokens.S, 0)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(end, side, str(index.data(_SUMMARY) or ""))
        painter.restore()


def _title_of(row: QRect) -> QRect:
    return QRect(row.left(), row.top(), row.width(), tokens.XL + tokens.XS)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(tokens.TITLE + 1)
    small.setWeight(QFont.Weight.Normal)
    return small

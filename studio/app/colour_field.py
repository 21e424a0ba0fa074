"""How is a colour or gradient set? By text, or by a popover behind a button that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from studio.app import tokens
from studio.app.controls import name_control
from studio.app.paint import brush
from studio.app.paint_editor import PaintEditor
from studio.app.sections import Panel
from studio.app.texts import TextField
from studio.client.colour import parse_paint

if TYPE_CHECKING:
    from studio.client.colour import Paint

_SWATCH = 40


class _Swatch(QAbstractButton):
    """A button that shows a paint."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._paint: Paint = parse_paint("white")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(tokens.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}: pick")
        self.setToolTip("Pick a colour, or make a gradient.")

    def show_paint(self, paint: Paint) -> None:
        """Show another paint."""
        self._paint = paint
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SWATCH, tokens.CONTROL)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens.colours()
        inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(inner, tokens.XS, tokens.XS)
        painter.fillPath(shape, brush(self._paint, inner))
        colour, width = (colours.accent, 2) if self.hasFocus() else (colours.edge, 1)
        painter.setPen(QPen(tokens.paint_colour(colour), width))
        painter.drawPath(shape)


class ColourField(QWidget):
    """A paint as a swatch, and as CSS text; `edited(text)` while it changes, `finished` after.

    `text`, the line with the CSS text, is laid out by whoever uses the field: it needs a line of
    its own, because gradients are long.
    """

    edited = Signal(str)
    finished = Signal()

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        name_control(self, name, tip)
        self._tip = tip
        self._typing = False
        self._swatch = _Swatch(name)
        self.text = TextField("Any CSS colour or gradient")
        name_control(self.text, name, tip)
        self._editor = PaintEditor(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._swatch)
        self._swatch.clicked.connect(self._open)
        self.text.typed.connect(self._type)
        self.text.textChanged.connect(self._show_tip)
        self.text.finished.connect(self.finished)
        self._editor.edited.connect(lambda paint: self.edited.emit(paint.css()))
        self._editor.released.connect(self.finished)

    def show_paint(self, paint: Paint, text: str) -> None:
        """Show a paint with the text its author wrote; what is being typed stays."""
        self._swatch.show_paint(paint)
        self._editor.show_paint(paint)
        if not self._typing:
            self.text.show_text(text)

    def _type(self, text: str) -> None:
        self._typing = True
        self.edited.emit(text)
        self._typing = False

    def _show_tip(self, text: str) -> None:
        self.text.setToolTip(f"{text}\n{self._tip}" if text else self._tip)

    def _open(self) -> None:
        self._editor.open_beside(self._swatch, _panel_of(self))


def _panel_of(widget: QWidget) -> QWidget:
    """Return the panel that a widget stands in, else the widget itself."""
    around = widget.parentWidget()
    while around and not isinstance(around, Panel):
        around = around.parentWidget()
    return around or widget

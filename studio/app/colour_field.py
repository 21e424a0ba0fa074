"""How is a colour or gradient set? By text, or by a popover behind a button that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from studio.app import tokens
from studio.app.controls import name_control
from studio.app.paint import brush
from studio.app.paint_editor import PaintEditor
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
        self.setFixedSize(_SWATCH, tokens.CONTROL)
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
    """A paint as CSS text with a swatch; `edited(text)` while it changes, `finished` after."""

    edited = Signal(str)
    finished = Signal()

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        name_control(self, name, tip)
        self._swatch = _Swatch(name)
        self._text = TextField("Any CSS colour or gradient")
        name_control(self._text, name, tip)
        self._editor = PaintEditor(self)
        self.setFocusProxy(self._text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.XS)
        layout.addWidget(self._swatch)
        layout.addWidget(self._text, 1)
        self._swatch.clicked.connect(self._open)
        self._text.typed.connect(self.edited)
        self._text.finished.connect(self.finished)
        self._editor.edited.connect(lambda paint: self.edited.emit(paint.css()))
        self._editor.released.connect(self.finished)

    @property
    def text(self) -> TextField:
        """The line with the CSS text."""
        return self._text

    def show_paint(self, paint: Paint) -> None:
        """Show a paint; a text that means the same stays as it was typed."""
        self._swatch.show_paint(paint)
        self._editor.show_paint(paint)
        if _meaning(self._text.text()) != paint:
            self._text.show_text(paint.css())

    def _open(self) -> None:
        self._editor.open_below(self._swatch)


def _meaning(text: str) -> Paint | None:
    try:
        return parse_paint(text)
    except ValueError:
        return None

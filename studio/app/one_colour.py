"""How is one colour set by text and numbers? As CSS, and its opacity in per cent."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from studio.app import paint, tokens
from studio.app.controls import label, name_control, restyle
from studio.app.settings_text import sentence
from studio.app.texts import TextField
from studio.client.colour import Solid, parse_paint

_WHOLE = 100
_TIP = "A CSS colour: a name, #rrggbb, rgb(), hsl() and so on."
_OPACITY = "How opaque the colour is, in per cent; what is missing shows white."


class OneColour(QWidget):
    """A colour as CSS text with its opacity; `picked(QColor)` while typing, `released` after."""

    picked = Signal(QColor)
    released = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._colour = QColor()
        self._typing = False
        self.text = TextField("#rrggbb or a name")
        name_control(self.text, "Colour as CSS", _TIP)
        self.opacity = _opacity_box()
        self._error = label("", "error", wrap=True)
        self._error.hide()
        row = QHBoxLayout()
        row.setSpacing(tokens.XS)
        row.addWidget(self.text, 1)
        row.addWidget(self.opacity)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.XS)
        layout.addLayout(row)
        layout.addWidget(self._error)
        self.text.typed.connect(self._type)
        self.text.finished.connect(self.released)
        self.opacity.valueChanged.connect(self._fade)
        self.opacity.editingFinished.connect(self.released)

    @property
    def error(self) -> str:
        """Why the text is no colour, empty when it is one."""
        return self._error.text()

    def show_colour(self, colour: QColor) -> None:
        """Show another colour, without telling; what is being typed stays."""
        self._colour = QColor(colour)
        with QSignalBlocker(self.opacity):
            self.opacity.setValue(round(colour.alphaF() * _WHOLE))
        if not self._typing:
            self.text.show_text(paint.colour(colour).hex())
            self._show_error("")

    def _type(self, text: str) -> None:
        try:
            colour = _one_colour(text)
        except ValueError as error:
            self._show_error(sentence(str(error)))
            return
        self._show_error("")
        self._typing = True
        self.picked.emit(colour)
        self._typing = False

    def _fade(self, percentage: int) -> None:
        colour = QColor(self._colour)
        colour.setAlphaF(percentage / _WHOLE)
        self.picked.emit(colour)

    def _show_error(self, reason: str) -> None:
        self._error.setText(reason)
        self._error.setVisible(bool(reason))
        self.text.setAccessibleDescription(f"Error: {reason}" if reason else _TIP)
        restyle(self.text, "invalid", "true" if reason else "false")


def _one_colour(text: str) -> QColor:
    """Read one CSS colour.

    Raises:
        ValueError: It is none, or a gradient.
    """
    found = parse_paint(text)
    if not isinstance(found, Solid):
        raise ValueError("one colour is wanted here; Linear and Radial above make a gradient")  # noqa: TRY004 - wrong text
    return paint.qcolor(found.colour)


def _opacity_box() -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, _WHOLE)
    box.setSingleStep(5)
    box.setSuffix(" %")
    box.setFixedWidth(3 * tokens.XL)
    box.setKeyboardTracking(False)
    name_control(box, "Opacity", _OPACITY)
    return box

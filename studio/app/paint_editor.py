"""How is a header painted by hand? One colour or a gradient, in a popover beside the panel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, override

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from studio.app import paint, tokens
from studio.app.choices import Choice
from studio.app.controls import icon_button, label, name_control
from studio.app.gradient_bar import GradientBar, Handle
from studio.app.one_colour import OneColour
from studio.app.picker import ColourPicker
from studio.client.colour import Gradient, Solid, parse_paint
from studio.client.gradient import Length, Linear, Radial, Stop
from studio.client.stops import positions

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QHideEvent, QKeyEvent

    from studio.client.colour import Colour, Paint

_WIDTH = 288
_LINE = 360.0
_START = 100.0


class PaintEditor(QFrame):
    """Edits a paint; `edited` at each move, `released` at the end of one."""

    edited = Signal(object)
    released = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popover")
        self._paint: Paint = parse_paint("white")
        self._kind = Choice(
            {"solid": "Solid", "linear": "Linear", "radial": "Radial"},
            "Kind of paint",
            "One colour, or a gradient along a line or from a middle.",
        )
        self._picker = ColourPicker()
        self._one = OneColour()
        self._bar = GradientBar()
        self._add = icon_button("plus", "Add a colour", "Add a colour beside the chosen one.")
        self._remove = icon_button("minus", "Remove the colour", "Remove the chosen colour.")
        self._angle = _angle_box()
        self._stops = self._stop_tools()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.M)
        layout.setSpacing(tokens.S)
        for widget in (self._kind, self._stops, self._picker, self._one):
            layout.addWidget(widget)
        self.setFixedWidth(_WIDTH)

    def _stop_tools(self) -> QWidget:
        tools = QWidget()
        layout = QVBoxLayout(tools)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.S)
        layout.addWidget(self._bar)
        row = QHBoxLayout()
        row.setSpacing(tokens.XS)
        row.addWidget(self._add)
        row.addWidget(self._remove)
        row.addStretch(1)
        row.addWidget(label("Angle", "muted"))
        row.addWidget(self._angle)
        layout.addLayout(row)
        return tools

    def _connect(self) -> None:
        self._kind.chosen.connect(self._change_kind)
        self._picker.picked.connect(self._paint_colour)
        self._one.picked.connect(self._paint_colour)
        self._one.picked.connect(self._picker.show_colour)
        self._bar.changed.connect(self._tell_gradient)
        self._bar.chosen.connect(self._show_current)
        self._angle.valueChanged.connect(self._turn)
        self._add.clicked.connect(lambda: self._bar.add(self._bar.middle()))
        self._remove.clicked.connect(self._bar.remove_current)
        for source in (self._picker, self._one, self._bar):
            source.released.connect(self.released)

    def open_beside(self, button: QWidget, panel: QWidget) -> None:
        """Show it level with a button and right of its panel, so that it covers neither."""
        self.adjustSize()
        right = panel.mapToGlobal(QPoint(panel.width() + tokens.XS, 0)).x()
        at = QPoint(right, button.mapToGlobal(QPoint(0, 0)).y())
        screen = button.screen().availableGeometry()
        at.setX(max(min(at.x(), screen.right() - self.width()), screen.left()))
        at.setY(max(min(at.y(), screen.bottom() - self.height()), screen.top()))
        self.move(at)
        self.show()
        self._kind.focus()

    @property
    def paint(self) -> Paint:
        """What is edited, as it is now."""
        return self._paint

    def show_paint(self, new: Paint) -> None:
        """Show another paint, without telling."""
        if new == self._paint:
            return
        self._paint = new
        self._show_parts()

    def _show_parts(self) -> None:
        self._kind.show_value(_kind(self._paint))
        self._stops.setVisible(isinstance(self._paint, Gradient))
        if isinstance(self._paint, Gradient):
            self._bar.show_handles(_handles(self._paint))
            self._show_angle(self._paint)
        self._show_current()
        self.adjustSize()

    def _show_angle(self, gradient: Gradient) -> None:
        linear = isinstance(gradient.shape, Linear)
        self._angle.setEnabled(linear)
        if isinstance(gradient.shape, Linear):
            self._angle.blockSignals(True)
            self._angle.setValue(round(paint.angle(gradient.shape)))
            self._angle.blockSignals(False)
        reason = "" if linear else "\nNot now: a radial gradient has no direction."
        self._angle.setToolTip(f"Direction in degrees; 0 is up, 90 is right.{reason}")

    def _show_current(self) -> None:
        solid = isinstance(self._paint, Solid)
        here = paint.qcolor(self._paint.colour) if isinstance(self._paint, Solid) else None
        colour = here or self._bar.current.colour
        self._picker.show_colour(colour)
        self._one.show_colour(colour)
        self._remove.setEnabled(not solid and self._bar.can_remove)
        reason = "" if self._bar.can_remove else "\nNot now: a gradient has at least two colours."
        self._remove.setToolTip(f"Remove the chosen colour.{reason}")

    def _change_kind(self, kind: str) -> None:
        self._paint = _as_kind(self._paint, kind)
        self._show_parts()
        self.edited.emit(self._paint)
        self.released.emit()

    def _paint_colour(self, colour: QColor) -> None:
        if isinstance(self._paint, Gradient):
            self._bar.paint_current(colour)
        else:
            self._paint = Solid(colour=paint.colour(colour))
            self.edited.emit(self._paint)
        self._one.show_colour(colour)

    def _tell_gradient(self) -> None:
        if isinstance(self._paint, Gradient):
            stops = tuple(_stop(handle) for handle in self._bar.handles)
            self._paint = replace(self._paint, stops=stops)
            self.edited.emit(self._paint)

    def _turn(self, degrees: int) -> None:
        if isinstance(self._paint, Gradient):
            self._paint = replace(self._paint, shape=Linear(direction=float(degrees % 360)))
            self.edited.emit(self._paint)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.released.emit()
        super().hideEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def _angle_box() -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, 360)
    box.setSingleStep(5)
    box.setWrapping(True)
    box.setSuffix("°")
    box.setFixedWidth(3 * tokens.XL)
    name_control(box, "Angle", "Direction in degrees; 0 is up, 90 is right.")
    return box


def _kind(value: Paint) -> str:
    if isinstance(value, Solid):
        return "solid"
    return "linear" if isinstance(value.shape, Linear) else "radial"


def _as_kind(value: Paint, kind: str) -> Paint:
    if kind == "solid":
        return Solid(colour=value.main())
    shape: Linear | Radial = Linear(direction=_START) if kind == "linear" else _round()
    if isinstance(value, Gradient):
        return replace(value, shape=shape)
    return Gradient(shape=shape, stops=_two(value.colour))


def _two(colour: Colour) -> tuple[Stop, ...]:
    darker = colour.mix(parse_paint("black").main(), 0.25)
    return (_place(colour, 0.0), _place(darker, 100.0))


def _round() -> Linear | Radial:
    pattern = parse_paint("radial-gradient(circle, white, black)")
    assert isinstance(pattern, Gradient)  # noqa: S101 - what the line above says
    return pattern.shape


def _place(colour: Colour, place: float) -> Stop:
    return Stop(colour=colour, position=Length(value=place, unit="%"))


def _stop(handle: Handle) -> Stop:
    return _place(paint.colour(handle.colour), handle.place)


def _handles(gradient: Gradient) -> tuple[Handle, ...]:
    """Return the colours with places in per cent; px are taken on a phone's width."""
    stops = (each for each in gradient.stops if isinstance(each, Stop))
    places = positions(gradient, _LINE)
    return tuple(
        Handle(colour=paint.qcolor(stop.colour), place=round(place * 100, 1))
        for stop, place in zip(stops, places, strict=True)
    )

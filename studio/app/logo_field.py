"""How is a logo chosen? By a button or by dropping a file; it is shown on the header's paint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, override

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.controls import allow, button, icon_button, label, restyle
from studio.app.paint import brush, draw_logo
from studio.client.colour import parse_paint

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from studio.client.colour import Paint
    from studio.client.logo import Logo

_HEIGHT = 40
_KILO = 1000
_REMOVE = "Show the service's name instead of a logo."


class _Preview(QWidget):
    """The logo on the header's paint, as wide as the panel."""

    def __init__(self) -> None:
        super().__init__()
        self._logo: Logo | None = None
        self._paint: Paint = parse_paint("white")
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_logo(self, logo: Logo | None, paint: Paint) -> None:
        """Show a logo on a paint."""
        self._logo, self._paint = logo, paint
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._logo:
            return
        painter, inner = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(inner, tokens.XS, tokens.XS)
        painter.fillPath(shape, brush(self._paint, inner))
        draw_logo(painter, self._logo, inner.adjusted(tokens.M, tokens.S, -tokens.M, -tokens.S))


class LogoField(QFrame):
    """A logo with its facts; `picked(Path)` for a dropped file, `choose` and `removed` as asked."""

    picked = Signal(object)
    choose = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAccessibleName("Logo")
        self.setAcceptDrops(True)
        self._preview = _Preview()
        self._empty = label("Drop a logo here,\nor choose one.", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setFixedHeight(_HEIGHT)
        self._facts = label("", "small", wrap=True)
        self._report = label("", "warning", wrap=True)
        self.choose_button = button("Choose…", "Choose a PNG, JPEG, WebP or SVG file.")
        self.remove_button = icon_button("trash-2", "Remove the logo", _REMOVE)
        self._lay_out()
        self.choose_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(self.removed)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.XS)
        buttons.addWidget(self.choose_button, 1)
        buttons.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.S, tokens.S, tokens.S, tokens.S)
        layout.setSpacing(tokens.XS)
        for widget in (self._preview, self._empty, self._facts, self._report):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def show_logo(self, logo: Logo | None, name: str, paint: Paint) -> None:
        """Show a logo, its facts and what was taken out of it.

        Args:
            logo: The logo, None when there is none.
            name: Its file's name.
            paint: The header's paint.
        """
        self._preview.show_logo(logo, paint)
        self._preview.setVisible(logo is not None)
        self._empty.setVisible(logo is None)
        self._facts.setText(_facts(logo, name) if logo else "")
        self._facts.setVisible(logo is not None)
        removed = ", ".join(logo.removed) if logo else ""
        self._report.setText(f"Left out for safety: {removed}" if removed else "")
        self._report.setVisible(bool(removed))
        allow(self.remove_button, _REMOVE, "" if name else "there is no logo.")

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event.mimeData()):
            restyle(self, "over", "true")
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        restyle(self, "over", "false")

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, "over", "false")
        if path := _dropped_file(event.mimeData()):
            event.acceptProposedAction()
            self.picked.emit(path)


def _dropped_file(data: QMimeData) -> Path | None:
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else None


def _facts(logo: Logo, name: str) -> str:
    kind = logo.media_type.removeprefix("image/").removesuffix("+xml").upper()
    size = len(logo.data)
    amount = f"{size / _KILO:.0f} kB" if size >= _KILO else f"{size} bytes"
    return f"{name}\n{kind}, {logo.width} × {logo.height}, {amount}"

"""What may the service ask for? A box for each scope that CONNECT knows, and for others it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from studio.app import tokens
from studio.app.controls import allow, clear, name_control
from studio.site.discovery import SCOPES

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEEDED = "openid"
_COLUMNS = 2


class Scopes(QWidget):
    """Boxes of scopes; `chosen(list of names)` tells what the person ticked."""

    chosen = Signal(list)

    def __init__(self, tip: str) -> None:
        super().__init__()
        name_control(self, "Scopes", tip)
        self._tip = tip
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._offer(SCOPES)

    def show_scopes(self, scopes: Sequence[str]) -> None:
        """Tick the scopes of a client, in a row of boxes that has them all."""
        names = tuple(dict.fromkeys((*SCOPES, *scopes)))
        if names != tuple(self._boxes):
            self._offer(names)
        for name, box in self._boxes.items():
            box.setChecked(name in scopes)

    def box(self, name: str) -> QCheckBox:
        """Return the box of a scope."""
        return self._boxes[name]

    def _offer(self, names: Sequence[str]) -> None:
        clear(self._grid)
        self._boxes = {name: self._box(name) for name in names}
        for place, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, *divmod(place, _COLUMNS))

    def _box(self, name: str) -> QCheckBox:
        box = QCheckBox(name)
        name_control(box, f"Scope {name}", self._tip)
        box.setMinimumHeight(tokens.CONTROL)
        needed = "sign-in is not possible without it." if name == _NEEDED else ""
        allow(box, self._tip, needed)
        box.clicked.connect(self._tell)
        return box

    def _tell(self) -> None:
        self.chosen.emit([name for name, box in self._boxes.items() if box.isChecked()])

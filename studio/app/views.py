"""Which views can stand in the middle of the window? They are data; the rail is made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.app import tokens
from studio.app.commands import tool_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.app.commands import Commands


@dataclass(frozen=True, kw_only=True)
class View:
    """Something to show in the middle, such as the page or all pages at once."""

    id: str
    title: str
    icon: str
    widget: QWidget
    shortcut: str


class Rail(QWidget):
    """A column of buttons, one for each view; hidden while there is only one view."""

    def __init__(self, views: Sequence[View], commands: Commands) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.XS, tokens.S, tokens.XS, tokens.S)
        layout.setSpacing(tokens.XS)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setVisible(len(views) > 1)
        for view in views if len(views) > 1 else ():
            button = tool_button(commands, f"view.show.{view.id}")
            button.setIconSize(QSize(20, 20))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            layout.addWidget(button)

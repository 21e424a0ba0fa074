"""How is a panel laid out? As a scrolling column of sections that fold and remember it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.app import tokens
from studio.app.controls import label, widgets_in
from studio.app.icons import icon

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QLayout


_STATES = ("folded", "open")


class Section(QWidget):
    """A title that folds what is below it."""

    def __init__(
        self, title: str, settings: QSettings, *, inside: bool = False, opened: bool = True
    ) -> None:
        """Make an empty section.

        Args:
            title: What stands above it.
            settings: Where it is remembered whether it is folded.
            inside: Whether it stands inside of another section.
            opened: Whether it is unfolded the first time.
        """
        super().__init__()
        self.title = title
        self._key = f"sections/{title}"
        self._settings = settings
        self._count = label("", "small")
        self._head = _head(title)
        self._head.setProperty("inside", inside)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        if inside:
            self._rows.setContentsMargins(0, 0, 0, 0)
        else:
            self._rows.setContentsMargins(tokens.L, 0, tokens.M, tokens.S)
        self._rows.setSpacing(tokens.XS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, tokens.XS, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._title_row(inside=inside))
        layout.addWidget(self._body)
        self._head.clicked.connect(self._toggle)
        self._show(opened=settings.value(self._key, _STATES[opened]) == _STATES[True])

    def _title_row(self, *, inside: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0 if inside else tokens.S, 0, 0 if inside else tokens.M, 0)
        row.addWidget(self._head, 1)
        row.addWidget(self._count)
        return row

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the section."""
        self._rows.addWidget(widget)

    def add_layout(self, layout: QLayout) -> None:
        """Put a row of widgets at the end of the section."""
        self._rows.addLayout(layout)

    def show_count(self, count: int) -> None:
        """Show a number after the title, or nothing for zero."""
        self._count.setText(str(count) if count else "")

    @property
    def opened(self) -> bool:
        """Whether the section is unfolded."""
        return not self._body.isHidden()

    @property
    def head(self) -> QToolButton:
        """The button that folds."""
        return self._head

    @property
    def first_control(self) -> QWidget | None:
        """The first control that the keyboard can reach, None when there is none."""
        widget = self._head.nextInFocusChain()
        while widget and widget is not self._head:
            reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
            if reached and self._body.isAncestorOf(widget) and widget.isVisibleTo(self):
                return widget
            widget = widget.nextInFocusChain()
        return None

    def unfold(self) -> None:
        """Show what is below the title now, without remembering it."""
        if not self.opened:
            self._show(opened=True)

    def _toggle(self) -> None:
        self._show(opened=not self.opened)
        self._settings.setValue(self._key, _STATES[self.opened])

    def _show(self, *, opened: bool) -> None:
        self._body.setVisible(opened)
        self._head.setIcon(icon("chevron-down" if opened else "chevron-right"))
        self._head.setAccessibleDescription("Unfolded" if opened else "Folded")


def _head(title: str) -> QToolButton:
    head = QToolButton()
    head.setText(title.upper())
    head.setProperty("role", "section")
    head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    head.setIconSize(QSize(tokens.M, tokens.M))
    head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    head.setAccessibleName(title)
    head.setToolTip(f"Show or fold {title}.")
    font = QFont(head.font())
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.8)
    head.setFont(font)
    return head


class Panel(QScrollArea):
    """A column of widgets that scrolls when the window is low."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(tokens.PANEL_MIN)
        self.setMaximumWidth(tokens.PANEL_MAX)
        column = QWidget()
        column.setProperty("role", "column")
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, 0, tokens.S)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(column)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end, with a line before it unless it is the first."""
        if self._column.count() > 1:
            self._insert(_rule())
        self._insert(widget)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its sections from top to bottom."""
        return tuple(each for each in widgets_in(self._column) if isinstance(each, Section))

    def _insert(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule

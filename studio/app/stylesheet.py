"""What does the style sheet say?

One text made from tokens. Fusion draws what is not named here. Controls opt in to a look by a
dynamic property (`role`), never by a style sheet of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app import tokens as t

if TYPE_CHECKING:
    from pathlib import Path


def stylesheet(c: t.Colours, glyphs: Path) -> str:
    """Return the application's style sheet.

    Args:
        c: The colours of the scheme.
        glyphs: A folder with `down.svg` and `check.svg`, which style sheets can only name as files.
    """
    return "\n".join(
        (
            _surfaces(c),
            _inputs(c, glyphs),
            _push_buttons(c),
            _tool_buttons(c),
            _segments(c),
            _lists(c, glyphs),
            _roles(c),
        )
    )


def _surfaces(c: t.Colours) -> str:
    return f"""
QMainWindow, QDialog {{ background: {c.surface}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QToolTip {{ background: {c.text}; color: {c.surface}; border: 0; padding: {t.XS}px {t.S}px; }}
QSplitter::handle {{ background: {c.line}; }}
QSplitter::handle:hover {{ background: {c.accent}; }}
QWidget[role="column"] {{ background: {c.surface}; }}
QScrollBar:vertical {{ background: transparent; width: {t.S}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {t.S}px; margin: 0; }}
QScrollBar::handle {{ background: {c.edge}; border-radius: 2px; margin: 2px;
  min-height: {t.ROW}px; min-width: {t.ROW}px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenuBar {{ background: {c.surface}; padding: 2px {t.S}px; border-bottom: 1px solid {c.line}; }}
QMenuBar::item {{ padding: {t.XS}px {t.S}px; border-radius: {t.XS}px; background: transparent; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {c.pressed}; }}
QStatusBar {{ background: {c.surface}; border-top: 1px solid {c.line}; }}
QStatusBar::item {{ border: 0; }}
"""


def _inputs(c: t.Colours, glyphs: Path) -> str:
    inner = t.S - 1
    return f"""
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {{
  background: {c.base}; color: {c.text}; border: 1px solid {c.edge};
  border-radius: {t.RADIUS}px; padding: 0 {t.S}px;
  selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: {t.CONTROL - 2}px; max-height: {t.CONTROL - 2}px; }}
QPlainTextEdit {{ padding: {t.XS}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QComboBox:on, QSpinBox:focus {{
  border: 2px solid {c.accent}; padding: 0 {inner}px; }}
QLineEdit:focus, QComboBox:focus, QComboBox:on, QSpinBox:focus {{
  min-height: {t.CONTROL - 4}px; max-height: {t.CONTROL - 4}px; }}
QPlainTextEdit:focus {{ padding: {t.XS - 1}px; }}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] {{
  border-color: {c.danger}; }}
QLineEdit[readOnly="true"] {{ background: {c.surface}; color: {c.muted}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{
  background: {c.surface}; color: {c.disabled}; border-color: {c.line}; }}
QSpinBox QLineEdit, QSpinBox QLineEdit:focus {{ border: 0; padding: 0 {t.S}px; min-height: 0;
  background: transparent; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; height: 0; border: 0; }}
QComboBox::drop-down {{ border: 0; width: {t.L}px; right: {t.XS}px; }}
QComboBox::down-arrow {{ image: url("{(glyphs / "down.svg").as_posix()}");
  width: {t.M}px; height: {t.M}px; }}
QComboBox QAbstractItemView {{ background: {c.base}; border: 1px solid {c.edge};
  padding: {t.XS}px; outline: 0; }}
QComboBox QAbstractItemView::item {{ min-height: {t.CONTROL}px; padding: 0 {t.XS}px;
  border-radius: {t.XS}px; }}
QPlainTextEdit[role="code"] {{ background: {c.surface}; border-color: {c.line}; }}
"""


def _push_buttons(c: t.Colours) -> str:
    inner = t.M - 1
    return f"""
QPushButton {{ background: {c.base}; color: {c.text}; border: 1px solid {c.edge}; outline: 0;
  border-radius: {t.RADIUS}px; padding: 0 {t.M}px;
  min-height: {t.CONTROL - 2}px; max-height: {t.CONTROL - 2}px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.pressed}; }}
QPushButton:disabled {{ color: {c.disabled}; border-color: {c.line}; background: {c.surface}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 0 {inner}px;
  min-height: {t.CONTROL - 4}px; max-height: {t.CONTROL - 4}px; }}
QPushButton:default {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
QPushButton:default:focus {{ border-color: {c.text}; }}
QPushButton[role="status"] {{ background: transparent; color: {c.accent}; border-color: transparent;
  min-height: {t.XL - 4}px; max-height: {t.XL - 4}px; padding: 0 {t.S}px; }}
QPushButton[role="status"]:hover {{ background: {c.hover}; }}
QPushButton[role="status"]:focus {{ border-color: {c.accent}; }}
"""


def _tool_buttons(c: t.Colours) -> str:
    return f"""
QToolButton {{ background: transparent; color: {c.text}; border: 2px solid transparent;
  border-radius: {t.RADIUS}px; padding: 0 {t.XS}px;
  min-height: {t.CONTROL - 4}px; max-height: {t.CONTROL - 4}px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {c.pressed}; }}
QToolButton:focus {{ border-color: {c.accent}; }}
QToolButton:disabled {{ color: {c.disabled}; }}
QToolButton[role="desk"]:hover {{ background: {c.pressed}; }}
QToolButton[role="section"] {{ color: {c.muted}; text-align: left; padding: 0 {t.XS}px;
  font-size: {t.TITLE}px; font-weight: 600; min-height: 20px; max-height: 20px; }}
QToolButton[role="section"][inside="true"] {{ margin-left: -{t.S}px; }}
QToolButton[role="section"]:hover {{ color: {c.text}; background: transparent; }}
QToolButton[role="crumb"]:checked {{ background: transparent; }}
QToolButton[role="crumb"]:hover {{ background: {c.pressed}; }}
QToolButton[role="search"] {{ color: {c.muted}; background: {c.base};
  border: 1px solid {c.line}; padding: 0 {t.S}px; min-height: {t.XL - 2}px;
  max-height: {t.XL - 2}px; }}
QToolButton[role="search"]:focus {{ border-color: {c.accent}; }}
"""


def _segments(c: t.Colours) -> str:
    return f"""
QFrame[role="segments"] {{ background: {c.pressed}; border-radius: {t.RADIUS}px; }}
QPushButton[role="segment"] {{ background: transparent; color: {c.muted};
  border: 2px solid transparent; padding: 0 {t.XS - 1}px; border-radius: {t.XS + 1}px;
  min-height: {t.CONTROL - 8}px; max-height: {t.CONTROL - 8}px; }}
QPushButton[role="segment"]:hover {{ color: {c.text}; }}
QPushButton[role="segment"]:checked {{ background: {c.raised}; color: {c.text}; }}
QPushButton[role="segment"]:focus {{ border-color: {c.accent}; }}
QPushButton[role="segment"]:disabled {{ color: {c.disabled}; }}
"""


def _lists(c: t.Colours, glyphs: Path) -> str:
    return f"""
QListView[role="palette"] {{ background: transparent; border: 0; outline: 0; }}
QListView[role="palette"]::item {{ min-height: {t.ROW}px; border-radius: {t.RADIUS}px;
  padding: 0 {t.S}px; }}
QListView[role="palette"]::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
QListView[role="palette"]::item:disabled {{ color: {c.disabled}; }}
QListView[role="palette"]::item:selected:disabled {{ background: {c.pressed};
  color: {c.disabled}; }}
QTreeView {{ background: {c.base}; border: 1px solid {c.line}; border-radius: {t.RADIUS}px;
  outline: 0; }}
QTreeView:focus {{ border-color: {c.accent}; }}
QTreeView::item {{ min-height: {t.XL}px; }}
QTreeView::indicator, QCheckBox::indicator {{ width: {t.M}px; height: {t.M}px;
  background: {c.base}; border: 1px solid {c.outline}; border-radius: 3px; }}
QTreeView::indicator:checked, QCheckBox::indicator:checked {{ background: {c.accent};
  border-color: {c.on_accent}; image: url("{(glyphs / "check.svg").as_posix()}"); }}
QCheckBox {{ spacing: {t.S}px; }}
QCheckBox::indicator:focus {{ border: 2px solid {c.accent}; }}
QCheckBox::indicator:checked:focus {{ border-color: {c.text}; }}
QCheckBox::indicator:checked:disabled {{ background: {c.edge}; border-color: {c.edge}; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: 0;
  padding: {t.XS}px {t.S}px; }}
QMenu {{ background: {c.base}; border: 1px solid {c.edge}; padding: {t.XS}px;
  selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {t.XS}px {t.S}px; }}
"""


def _roles(c: t.Colours) -> str:
    return f"""
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="small"] {{ color: {c.muted}; font-size: {t.TITLE + 1}px; }}
QLabel[role="error"] {{ color: {c.danger}; font-size: {t.TITLE + 1}px; }}
QLabel[role="warning"] {{ color: {c.warning}; font-size: {t.TITLE + 1}px; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="title"] {{ font-size: 15px; font-weight: 600; }}
QLabel:disabled {{ color: {c.disabled}; }}
QFrame[role="sheet"] {{ background: {c.surface}; border: 1px solid {c.edge};
    border-radius: {t.M}px; }}
QFrame[role="card"] {{ background: {c.base}; border: 1px solid {c.line};
  border-radius: {t.RADIUS}px; }}
QFrame[role="notice"] {{ background: {c.hover}; border: 0; border-radius: {t.RADIUS}px; }}
QFrame[role="rule"] {{ background: {c.line}; border: 0; max-height: 1px; min-height: 1px; }}
QFrame[role="popover"] {{ background: {c.surface}; border: 1px solid {c.outline}; }}
QFrame[role="drop"] {{ background: transparent; border: 1px dashed {c.edge};
  border-radius: {t.RADIUS}px; }}
QFrame[role="drop"][over="true"] {{ background: {c.tint}; border: 2px dashed {c.accent}; }}
"""

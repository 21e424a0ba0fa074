"""How does the window follow the system's colour scheme, or the person's choice?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QStyleFactory

from studio.app import tokens
from studio.app.icons import svg
from studio.app.stylesheet import stylesheet

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

_KEY = "window/theme"


class Scheme(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Dresses the application, again whenever the system or the person changes the scheme."""

    def __init__(self, application: QApplication, settings: QSettings) -> None:
        super().__init__(application)
        self._application = application
        self._settings = settings
        self._glyphs = QTemporaryDir()
        self._worn: tokens.Colours | None = None
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(_font(application.font()))
        application.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()

    @property
    def scheme(self) -> Scheme:
        """The person's choice, kept in the settings."""
        text = str(self._settings.value(_KEY, Scheme.SYSTEM))
        return Scheme(text) if text in set(Scheme) else Scheme.SYSTEM

    def choose(self, scheme: Scheme) -> None:
        """Keep a choice and dress accordingly."""
        self._settings.setValue(_KEY, str(scheme))
        self._dress()

    @property
    def colours(self) -> tokens.Colours:
        """The colours in use."""
        return tokens.DARK if self._is_dark() else tokens.LIGHT

    def _is_dark(self) -> bool:
        if self.scheme is Scheme.SYSTEM:
            return self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self.scheme is Scheme.DARK

    def _dress(self) -> None:
        colours = self.colours
        if colours == self._worn:
            return
        self._worn = colours
        folder = Path(self._glyphs.path()) / ("dark" if self._is_dark() else "light")
        folder.mkdir(exist_ok=True)
        (folder / "down.svg").write_bytes(svg("chevron-down", QColor(colours.muted)))
        (folder / "check.svg").write_bytes(svg("check", QColor(colours.on_accent)))
        self._application.setPalette(palette(colours))
        self._application.setStyleSheet(stylesheet(colours, folder))


def palette(colours: tokens.Colours) -> QPalette:
    """Return the palette of a scheme, for what the style sheet does not name."""
    role = QPalette.ColorRole
    result = QPalette()
    for name, colour in {
        role.Window: colours.surface,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.hover,
        role.Text: colours.text,
        role.Button: colours.base,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.PlaceholderText: colours.muted,
        role.ToolTipBase: colours.text,
        role.ToolTipText: colours.surface,
        role.Light: colours.base,
        role.Midlight: colours.hover,
        role.Mid: colours.edge,
        role.Dark: colours.edge,
        role.Shadow: colours.edge,
    }.items():
        result.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.disabled))
    return result


def _font(system: QFont) -> QFont:
    font = QFont(system)
    font.setPixelSize(tokens.TEXT)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font

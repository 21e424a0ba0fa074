"""How is the window laid out? Panels left and right of a view, commands above, status below."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QWidget

from studio.app import command_list, settings_text, tokens
from studio.app.brand_panel import BrandPanel
from studio.app.commands import Commands, tool_button
from studio.app.dialogs import Dialogs
from studio.app.export_view import ExportView
from studio.app.files import Files
from studio.app.going import Going
from studio.app.icons import icon
from studio.app.palette import CommandPalette
from studio.app.parts import Parts
from studio.app.phone import PhonePreview
from studio.app.phone_sheet import PhoneSheet
from studio.app.placing import Placing
from studio.app.session_panel import SessionPanel
from studio.app.sides import Sides
from studio.app.stage import Stage
from studio.app.status import Status
from studio.app.views import Rail, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSettings

    from studio.app.document import Document
    from studio.app.languages import Language
    from studio.app.last_export import LastExports
    from studio.app.session import Session
    from studio.app.theme import Theme

_SMALLEST_SIZE = QSize(640, 400)
_STAGE_MIN = 384
_EXPORT_MIN = 600


class StudioWindow(QMainWindow):
    """The window of one document and one session."""

    def __init__(
        self,
        document: Document,
        session: Session,
        settings: QSettings,
        *,
        theme: Theme,
        languages: tuple[Language, ...],
        dialogs: Dialogs | None = None,
        more_views: Sequence[View] = (),
        last_exports: LastExports | None = None,
        phone: PhonePreview | None = None,
    ) -> None:
        """Lay the window out.

        Args:
            document: The client file.
            session: Who signs in and how far they have come.
            settings: Where sizes, folded sections and recent files are remembered.
            theme: Dresses the application.
            languages: The languages to choose from.
            dialogs: The questions; native ones when left out.
            more_views: What can stand in the middle beside the preview.
            last_exports: What was exported last; the person's own when left out.
            phone: Serves the client to a phone; in the machine's network when left out.
        """
        super().__init__()
        self.document, self.session, self.theme = document, session, theme
        self.dialogs = dialogs or Dialogs()
        self.dialogs.belong_to(self)
        self.files = Files(document, self.dialogs, settings)
        self.stage = Stage(document, session, languages, settings)
        self.export_view = ExportView(document, self.dialogs, settings, last_exports)
        self.views = (_preview(self.stage), *more_views, _export(self.export_view))
        self._stack = QStackedWidget()
        self._make_panels(languages, settings)
        self._placing = Placing(self, settings)
        self._asks_about_disk = False
        self.phone = phone or PhonePreview(document)
        self.phone_sheet = PhoneSheet(self.phone, self)
        page = (session.view, self.stage.sheet, self.export_view.formats)
        self.parts = Parts(self.brand, page, self.session_panel, self.toggle_panel)
        self._going = Going(document, self.brand, self.session_panel.device, self.parts)
        self.commands = Commands(self, command_list.commands(self))
        self._palette = CommandPalette(self.commands, self)
        session.view.not_for_pages = frozenset({"Ctrl+K"})
        self._lay_out()
        self._listen()
        self._show_title()

    def _make_panels(self, languages: tuple[Language, ...], settings: QSettings) -> None:
        document, session = self.document, self.session
        self.brand = BrandPanel(
            document,
            session,
            languages,
            settings,
            lambda: self.dialogs.picture(document.folder),
        )
        self.session_panel = SessionPanel(document, session, settings, self.play_url)
        self.status = Status(document, session, languages)
        self._sides = Sides(self.brand, self.session_panel, settings)

    def _lay_out(self) -> None:
        self.setMinimumSize(_SMALLEST_SIZE)
        self.setStatusBar(self.status)
        self.commands.fill(self.menuBar())
        self.menuBar().setCornerWidget(_search_button(self.commands))
        self.stage.add_tools(self.commands, ("journey.back", "journey.restart"))
        for view in self.views:
            self._stack.addWidget(view.widget)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for widget in (self.brand, self._stack, self.session_panel):
            splitter.addWidget(widget)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([tokens.PANEL, _STAGE_MIN, tokens.PANEL])
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Rail(self.views, self.commands))
        row.addWidget(splitter, 1)
        self.setCentralWidget(middle)
        self._placing.begin()
        self.session.view.setFocus()

    def _listen(self) -> None:
        refresh = self.commands.refresh
        self.document.state_changed.connect(refresh)
        self.document.state_changed.connect(self._show_title)
        self.document.disk_changed.connect(self._disk_changed)
        self.session.stepped.connect(refresh)
        self.session.inbox_changed.connect(refresh)
        self.files.said.connect(self.status.say)
        self.session_panel.request.said.connect(self.status.say)
        self.session_panel.inspector.said.connect(self.status.say)
        self.export_view.said.connect(self.status.say)
        self.phone_sheet.said.connect(self.status.say)
        self.status.phone.clicked.connect(self.phone_sheet.open_beside)
        self.phone.changed.connect(lambda: self.status.show_phone(self.phone.origin))
        self.phone.changed.connect(refresh)
        self.export_view.wanted.connect(self.go_to_setting)
        self.stage.frame.pressed.connect(lambda name: self.commands.action(name).trigger())

    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.document.client.registration.name}[*] — CONNECT Studio")
        self.setWindowModified(self.document.dirty)
        self.setWindowFilePath(str(self.document.path or ""))

    # Views, palette, URL

    @property
    def current_view(self) -> View:
        """The view in the middle."""
        return self.views[self._stack.currentIndex()]

    def show_view(self, view_id: str) -> None:
        """Put a view into the middle."""
        ids = [view.id for view in self.views]
        self._stack.setCurrentIndex(ids.index(view_id))
        exports = self.current_view.widget is self.export_view
        self._sides.give_way(1, self._room, away=exports)
        if exports:
            self.export_view.formats.setFocus()
        self.commands.refresh()

    def show_palette(self) -> None:
        """Let the person find a command."""
        self.commands.refresh()
        self._palette.open_over(self)

    def show_shortcuts(self) -> None:
        """Show the keys of every command."""
        self.dialogs.shortcuts(self.commands.all)

    def go_to_setting(self, path: settings_text.Path, locale: str) -> None:
        """Move the keyboard to a setting: to its control, or to its line in the file."""
        if self._room < tokens.PANEL_MIN:
            self.show_view(self.views[0].id)
        if said := self._going.go(path, locale, self.dialogs):
            self.status.say(said)

    def copy_link(self) -> None:
        """Put an address that asks the same again onto the clipboard."""
        QGuiApplication.clipboard().setText(self.phone.link(self.session))
        self.status.say("A link to this request is on the clipboard.")

    def play_url(self) -> None:
        """Let the person paste a URL and play it."""
        self.dialogs.url_to_play(self.session.play)

    # Panels

    @property
    def _room(self) -> int:
        """The width that is left for panels beside the view."""
        exports = self.current_view.widget is self.export_view
        return self.width() - (_EXPORT_MIN if exports else _STAGE_MIN)

    def panel_shown(self, index: int) -> bool:
        """Tell whether the left (0) or the right (1) panel is shown."""
        return self._sides.shown(index)

    def toggle_panel(self, index: int) -> None:
        """Show or hide the left (0) or the right (1) panel."""
        self._sides.toggle(index, self._room)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sides.fit(self._room)
        self.commands.refresh()

    # Coming back and leaving

    def _disk_changed(self) -> None:
        self._asks_about_disk = True
        if self.isActiveWindow():
            self._ask_about_disk()

    def _ask_about_disk(self) -> None:
        self._asks_about_disk = False
        self.files.ask_about_disk()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._placing.settle()
            self.document.check_disk()
            if self._asks_about_disk:
                self._ask_about_disk()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_leave():
            event.ignore()
            return
        self._placing.remember()
        self.export_view.close_down()
        self.phone.stop()
        super().closeEvent(event)


def _preview(stage: Stage) -> View:
    return View(id="preview", title="Preview", icon="smartphone", widget=stage, shortcut="Ctrl+1")


def _export(view: ExportView) -> View:
    return View(id="export", title="Export", icon="package", widget=view, shortcut="Ctrl+8")


def _search_button(commands: Commands) -> QWidget:
    button = tool_button(commands, "help.commands", role="search")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIcon(QIcon(icon("search")))
    return button

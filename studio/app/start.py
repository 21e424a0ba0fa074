"""Put the window together: document, session, theme, and what connects them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from studio.app.document import Document
from studio.app.languages import installed
from studio.app.session import Session
from studio.app.theme import Theme
from studio.app.window import StudioWindow
from studio.client.samples import SAMPLES
from studio.pages.hosting import HostedClient
from studio.resources import folder

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from studio.app.dialogs import Dialogs


NAME = "CONNECT Studio"


def make_window(
    application: QApplication,
    document: Document,
    settings: QSettings,
    dialogs: Dialogs | None = None,
) -> StudioWindow:
    """Return a window on a document, with a fresh session that shows each of its edits.

    `dialogs` are the questions it asks; native ones when left out.
    """
    session = Session(HostedClient(document.client, document.logo))
    document.changed.connect(
        lambda client, fields: session.host(HostedClient(client, document.logo), fields)
    )
    document.opened.connect(
        lambda: session.host_another(HostedClient(document.client, document.logo))
    )
    window = StudioWindow(
        document,
        session,
        settings,
        theme=Theme(application, settings),
        languages=installed(folder("locales")),
        dialogs=dialogs,
    )
    session.restart()
    return window


def run(application: QApplication, file: Path | None) -> int:
    """Show the window until it is closed, and return the exit code.

    Raises:
        ClientFileError: The file cannot be read, or has mistakes.
    """
    application.setApplicationName(NAME)
    application.setOrganizationName(NAME)
    application.setDesktopFileName("connect-studio")
    document = Document.open(file) if file else Document.new(SAMPLES[0])
    window = make_window(application, document, QSettings())
    window.show()
    code = application.exec()
    window.session.close_down()
    return code

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings

from studio.app.dialogs import Answer
from studio.app.document import Document
from studio.app.last_export import LastExports
from studio.app.theme import Scheme, Theme
from studio.app.window import StudioWindow
from tests.app.fakes import LANGUAGES, FakeDialogs, FakeSession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from studio.app.session import Session


# What the offscreen platform says about every window; it is about the platform, not about us.
OFFSCREEN = "This plugin does not support"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN, extend=True))


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Theme:
    """One theme for all tests: the application has one style sheet."""
    path = tmp_path_factory.mktemp("theme") / "settings.ini"
    theme = Theme(qapp, QSettings(str(path), QSettings.Format.IniFormat))
    theme.choose(Scheme.LIGHT)
    return theme


@pytest.fixture
def theme(dressed: Theme) -> Iterator[Theme]:
    yield dressed
    dressed.choose(Scheme.LIGHT)


@pytest.fixture
def document(qapp: QApplication) -> Document:  # noqa: ARG001 - signals need an application
    return Document.new("fakebrand")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of the saved document."""
    path = tmp_path / "home"
    path.mkdir()
    return path


@pytest.fixture
def saved(document: Document, home: Path) -> Document:
    """A document that is on disk."""
    document.save_as(home / "mine.client.yaml")
    return document


@pytest.fixture
def fake(qapp: QApplication) -> FakeSession:  # noqa: ARG001 - widgets need an application
    return FakeSession()


@pytest.fixture
def session(fake: FakeSession) -> Session:
    """The fake where a session is asked for."""
    return cast("Session", fake)


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def window(
    document: Document,
    session: Session,
    settings: QSettings,
    theme: Theme,
    dialogs: FakeDialogs,
) -> Iterator[StudioWindow]:
    result = StudioWindow(
        document,
        session,
        settings,
        theme=theme,
        languages=LANGUAGES,
        dialogs=dialogs,
        last_exports=LastExports(Path(settings.fileName()).with_name("exports")),
    )
    yield result
    dialogs.answer = Answer.DISCARD
    result.close()
    result.deleteLater()
    QCoreApplication.sendPostedEvents(result, QEvent.Type.DeferredDelete.value)

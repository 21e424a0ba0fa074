"""What every test needs: a display that is none, and a Chromium that starts as root."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import pytest

from studio.web.runtime import set_chromium_flags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
set_chromium_flags()


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Qt's application; the scheme of the web view has to be registered before it is made."""
    # Only where a test asks for Qt: the tests below `studio.web` run without it.
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from studio.web.scheme import register_scheme  # noqa: PLC0415

    register_scheme()
    return QApplication


@pytest.fixture(autouse=True)
def _no_page_errors(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail a test in which a page complained, unless it is about that (mark `page_errors`)."""
    yield
    if request.node.get_closest_marker("page_errors"):
        return
    records = caplog.get_records("call")
    errors = [one.getMessage() for one in records if one.levelno >= logging.ERROR]
    assert not errors

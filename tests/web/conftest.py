from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.device.entry import authorization_url, default_fields
from studio.device.fresh import fresh_device
from studio.web.renderer import QtRenderer
from studio.web.view import PageView
from tests.samples import fakebrand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from studio.device.device import Device
    from studio.pages.hosting import HostedClient


@pytest.fixture(scope="session")
def hosted() -> HostedClient:
    return fakebrand()


@pytest.fixture
def device(hosted: HostedClient) -> Device:
    return fresh_device(hosted)


@pytest.fixture
def url(hosted: HostedClient) -> str:
    return authorization_url("fakebrand", default_fields(hosted.policy))


@pytest.fixture(scope="module")
def renderer(qapp: QApplication) -> Iterator[QtRenderer]:
    """One page for a whole module; each load takes the place of the one before."""
    made = QtRenderer()
    yield made
    made.close()
    qapp.processEvents()


@pytest.fixture
def view(qtbot: QtBot, device: Device, url: str) -> Iterator[PageView]:
    """The start screen, shown."""
    made = PageView(device)
    made.resize(360, 640)
    with qtbot.waitExposed(made):
        made.show()
    with qtbot.waitSignal(made.page().loadFinished):
        made.open(url)
    yield made
    made.close_down()

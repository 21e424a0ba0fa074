from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMargins, QSettings, QSize
from PySide6.QtWidgets import QWidget

from studio.app.placing import Placing, first_size

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("available", "frame", "expected"),
    [
        ((1366, 768), (0, 37, 0, 0), (1366, 731)),
        ((1366, 728), (1, 30, 1, 1), (1364, 697)),
        ((1920, 1080), (0, 37, 0, 0), (1366, 768)),
    ],
)
def test_the_first_size_leaves_room_for_the_frame(
    available: tuple[int, int], frame: tuple[int, int, int, int], expected: tuple[int, int]
) -> None:
    assert first_size(QSize(*available), QMargins(*frame)) == QSize(*expected)


def test_a_size_that_was_chosen_is_not_corrected(qtbot: QtBot, settings: QSettings) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    placing = Placing(window, settings)
    placing.begin()
    window.resize(1200, 1000)
    window.show()
    placing.settle()
    assert window.size() == QSize(1200, 1000)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.app.settings_text import sentence
from studio.app.texts import TextArea

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_an_area_grows_with_its_text_up_to_a_number_of_lines(qtbot: QtBot) -> None:
    area = TextArea(2, 6)
    qtbot.addWidget(area)
    area.resize(200, 400)
    area.show()
    line, heights = area.fontMetrics().lineSpacing(), []
    for lines in (1, 2, 4, 6, 20):
        area.show_text("\n".join(["x"] * lines))
        heights.append(area.sizeHint().height())
    least = heights[0]
    assert [height - least for height in heights] == [0, 0, 2 * line, 4 * line, 4 * line]


def test_a_long_line_counts_as_often_as_it_is_wrapped(qtbot: QtBot) -> None:
    area = TextArea(1, 6)
    qtbot.addWidget(area)
    area.resize(100, 400)
    area.show()
    area.show_text("word " * 20)
    narrow = area.sizeHint().height()
    area.resize(400, 400)
    assert area.sizeHint().height() < narrow


def test_there_is_room_for_the_whole_hint(qtbot: QtBot) -> None:
    area = TextArea(1, 6)
    qtbot.addWidget(area)
    area.resize(100, 400)
    area.show()
    empty = area.sizeHint().height()
    area.show_hint("word " * 12)
    assert area.sizeHint().height() >= empty + 2 * area.fontMetrics().lineSpacing()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("must be a number", "Must be a number."),
        (
            '"gren" is not a colour; did you mean "green"?',
            '"gren" is not a colour; did you mean "green"?',
        ),
        ("logo.svg is too large", "logo.svg is too large."),
        ("max_age: not a number", "max_age: not a number."),
        ("", ""),
    ],
)
def test_a_reason_is_a_sentence(reason: str, said: str) -> None:
    assert sentence(reason) == said

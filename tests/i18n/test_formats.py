from __future__ import annotations

import pytest

from studio.i18n.formats import duration_minutes, phone, phone_parts
from studio.i18n.locales import locale


@pytest.mark.parametrize(
    ("e164", "code", "national"),
    [
        ("+4799912345", "47", "99912345"),
        ("+390612345678", "39", "0612345678"),
        ("+923001234567", "92", "3001234567"),
    ],
)
def test_a_number_in_parts_and_for_reading(e164: str, code: str, national: str) -> None:
    assert phone_parts(e164) == (code, national)
    shown = phone(e164)
    assert shown.startswith(f"+{code} ")
    assert "".join(char for char in shown if char.isdigit()) == code + national
    assert " " in shown.removeprefix(f"+{code} ")


@pytest.mark.parametrize("text", ["", "+", "99912345", "nora@example.com", "+9999"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not an E\.164 telephone number"):
        phone(text)
    with pytest.raises(ValueError, match=r"is not an E\.164 telephone number"):
        phone_parts(text)


@pytest.mark.parametrize(
    ("seconds", "tag", "words"),
    [
        (600, "en", "10 minutes"),
        (60, "en", "1 minute"),
        (61, "en", "2 minutes"),
        (1, "en", "1 minute"),
        (0, "en", "0 minutes"),
        (-5, "en", "0 minutes"),
        (5400, "en", "90 minutes"),
        (600, "ur-PK", "10 منٹ"),
        (600, "bn", "10 মিনিট"),
        (600, "my", "10 မိနစ်"),
        (600, "th", "10 นาที"),
        (600, "zh-Hans", "10分钟"),
        (1260, "sr-Latn", "21 minut"),
        (120, "sr-Latn-ME", "2 minuta"),
        (60, "nb", "1 minutt"),
    ],
)
def test_waiting_times_in_words(seconds: int, tag: str, words: str) -> None:
    assert duration_minutes(seconds, locale(tag)) == words

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from studio.i18n.formats import date, duration_minutes, money, phone, phone_parts, recurrence
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


@pytest.mark.parametrize(
    ("tag", "written"),
    [("en", "January 19, 2026"), ("nb", "19. januar 2026"), ("ur-PK", "19 جنوری، 2026")],
)
def test_a_day_is_written_in_words(tag: str, written: str) -> None:
    assert date(dt.date(2026, 1, 19), locale(tag)) == written


@pytest.mark.parametrize(
    ("tag", "currency", "written"),
    [
        ("en", "NOK", "NOK 49.00"),
        ("en", "USD", "$49.00"),
        ("nb", "NOK", "49,00 kr"),
        ("id", "NOK", "NOK 49,00"),
    ],
)
def test_money_is_written_with_a_space_beside_letters(
    tag: str, currency: str, written: str
) -> None:
    text = money(Decimal("49.00"), currency, locale(tag))
    assert text.replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(
    ("duration", "written"),
    [("P1M", "1 month"), ("P3M", "3 months"), ("P2W", "2 weeks"), ("P1Y", "1 year")],
)
def test_how_long_a_period_lasts_is_written_in_words(duration: str, written: str) -> None:
    assert recurrence(duration, locale("en")) == written


@pytest.mark.parametrize("duration", ["", "P", "P1", "P0M", "P1M2D", "PT1H", "month"])
def test_a_period_of_another_kind_is_refused(duration: str) -> None:
    with pytest.raises(ValueError, match="is not a duration of one unit"):
        recurrence(duration, locale("en"))


def test_montenegrin_months_are_ijekavian() -> None:
    assert recurrence("P3M", locale("sr-Latn-ME")) == "3 mjeseca"
    assert recurrence("P3M", locale("sr-Latn")) == "3 meseca"

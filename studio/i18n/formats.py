"""How are telephone numbers, spans of time, dates and amounts of money written?

Everything is formatted here, by Babel, because Babel, Qt and a page's own Intl disagree for
Bengali, Burmese and Thai. Telephone numbers and codes show ASCII digits in every language.
"""

from __future__ import annotations

import math
import re
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import phonenumbers
from babel.dates import format_date, format_timedelta
from babel.numbers import format_currency

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

    from studio.i18n.locales import Locale


def phone(e164: str) -> str:
    """Write an E.164 number for reading, in international format: `+47 99 91 23 45`.

    Raises:
        ValueError: The text is not an E.164 number.
    """
    return phonenumbers.format_number(_parse(e164), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def phone_parts(e164: str) -> tuple[str, str]:
    """Split an E.164 number into calling code and national number: `("47", "99912345")`.

    Raises:
        ValueError: The text is not an E.164 number.
    """
    number = _parse(e164)
    return str(number.country_code), phonenumbers.national_significant_number(number)


def duration_minutes(seconds: int, locale: Locale) -> str:
    """Write a waiting time as whole minutes, rounded up, in words: `10 minutes`.

    Args:
        seconds: The span, in seconds; a negative span counts as none.
        locale: The language to write in.
    """
    whole = timedelta(minutes=max(0, math.ceil(seconds / 60)))
    # No threshold, or 90 minutes would become 2 hours. `babel.units.format_unit` lacks the long
    # forms of Bengali, Burmese, Chinese, Thai and Urdu.
    return format_timedelta(whole, granularity="minute", threshold=math.inf, locale=locale.babel_id)


def date(day: dt.date, locale: Locale) -> str:
    """Write a day, in words where the language does so: `19 January 2026`.

    Args:
        day: A date, or a moment whose date is meant as it stands.
        locale: The language to write in.
    """
    return format_date(day, format="long", locale=locale.babel_id)


def money(amount: Decimal, currency: str, locale: Locale) -> str:
    """Write an amount in units of a currency (ISO 4217): `NOK 49.00`."""
    written = format_currency(amount, currency, locale=locale.babel_id)
    return _CURRENCY_SPACING.sub("\N{NO-BREAK SPACE}", written)


def recurrence(duration: str, locale: Locale) -> str:
    """Write how long a period lasts, in words: `P1M` is `1 month`.

    Args:
        duration: An ISO 8601 duration of one unit: days, weeks, months or years.
        locale: The language to write in.

    Raises:
        ValueError: The text is no such duration.
    """
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(f'{duration!r} is not a duration of one unit such as "P1M"')
    unit, days = _UNITS[found[2]]
    span = timedelta(days=int(found[1]) * days)
    return format_timedelta(span, granularity=unit, threshold=math.inf, locale=_ijekavian(locale))


def _ijekavian(locale: Locale) -> str:
    """Return what Babel knows a language by; its Montenegrin has the Serbian "3 meseca"."""
    return "sr_Latn_BA" if locale.tag == "sr-Latn-ME" else locale.babel_id


# What Babel leaves out: a space between the letters of a currency and digits (UTS #35 part 3, 2.3).
_CURRENCY_SPACING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_DURATION = re.compile(r"P([1-9][0-9]?)([DWMY])")
# Babel counts a month as 30 days and a year as 365, here and back.
_UNITS: Mapping[str, tuple[Literal["day", "week", "month", "year"], int]] = MappingProxyType(
    {"D": ("day", 1), "W": ("week", 7), "M": ("month", 30), "Y": ("year", 365)}
)


def _parse(e164: str) -> phonenumbers.PhoneNumber:
    try:
        return phonenumbers.parse(e164)
    except phonenumbers.NumberParseException as error:
        raise ValueError(
            f'{e164!r} is not an E.164 telephone number such as "+4799912345": {error}'
        ) from None

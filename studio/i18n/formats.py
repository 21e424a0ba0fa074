"""How are telephone numbers and spans of time written?

Everything is formatted here, by Babel, because Babel, Qt and a page's own Intl disagree for
Bengali, Burmese and Thai. Telephone numbers and codes show ASCII digits in every language.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

import phonenumbers
from babel.dates import format_timedelta

if TYPE_CHECKING:
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


def _parse(e164: str) -> phonenumbers.PhoneNumber:
    try:
        return phonenumbers.parse(e164)
    except phonenumbers.NumberParseException as error:
        raise ValueError(
            f'{e164!r} is not an E.164 telephone number such as "+4799912345": {error}'
        ) from None

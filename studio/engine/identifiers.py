"""Phone numbers and e-mail addresses: what a person signs in with.

Rules kept here: a phone number is stored as E.164, an address in lower case; what
a person types may hold spaces, signs and the digits of any script.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from studio.engine.policy import IdentifierKind


@dataclass(frozen=True)
class Identifier:
    """A phone number (E.164) or an e-mail address, in the one form it is stored in."""

    kind: IdentifierKind
    value: str


def fold_digits(text: str) -> str:
    """Replace the decimal digits of every script by ASCII ones, and leave the rest."""
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def parse_phone(text: str, country: str | None) -> Identifier | None:
    """Read a typed phone number; `country` (ISO 3166) is for one without a calling code.

    Without a country only a number with its calling code is read.

    Returns None where it cannot be a number that exists (ITU-T E.164 with the numbering plans of
    the phonenumbers library). Letters are refused: the library would dial them, drop them as an
    extension, or obey them (`;phone-context=`), and the code would go to another phone.
    """
    if any(char.isalpha() for char in text):
        return None
    try:
        number = phonenumbers.parse(fold_digits(text), country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return Identifier(
        IdentifierKind.PHONE,
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
    )


def parse_email(text: str) -> Identifier | None:
    """Read a typed e-mail address (RFC 5322 as email-validator reads it); no DNS is asked.

    Returns None where it is not an address. Names reserved for documentation and tests are
    accepted: nothing is ever delivered.
    """
    try:
        checked = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return Identifier(IdentifierKind.EMAIL, checked.normalized.lower())


def parse_identifier(text: str, kind: IdentifierKind, country: str) -> Identifier | None:
    """Read what was typed into the field for `kind`."""
    match kind:
        case IdentifierKind.PHONE:
            return parse_phone(text, country)
        case IdentifierKind.EMAIL:
            return parse_email(text)


def guess_identifier(text: str, country: str) -> Identifier | None:
    """Read a `login_hint`, which does not say which of the two it is."""
    return parse_email(text) if "@" in text else parse_phone(text, country)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.identifiers import (
    Identifier,
    fold_digits,
    guess_identifier,
    parse_email,
    parse_identifier,
    parse_phone,
)
from studio.engine.policy import IdentifierKind

NUMBER = "+4799912345"


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("99912345", "NO", NUMBER),
        ("  999 12 345 ", "NO", NUMBER),
        ("999-12-345", "NO", NUMBER),
        ("(+47) 999 12 345", "NO", NUMBER),
        ("+47 999.12.345", "BD", NUMBER),
        ("0047 99912345", "NO", NUMBER),
        ("\u200e+47 999 12 345", "NO", NUMBER),
        # Digits of other scripts, as keyboards of these languages type them.
        ("٩٩٩١٢٣٤٥", "NO", NUMBER),
        ("۹۹۹۱۲۳۴۵", "NO", NUMBER),
        ("৯৯৯১২৩৪৫", "NO", NUMBER),
        ("၉၉၉၁၂၃၄၅", "NO", NUMBER),
        ("๙๙๙๑๒๓๔๕", "NO", NUMBER),
        ("९९९१२३४५", "NO", NUMBER),
        ("＋４７９９９１２３４５", "NO", NUMBER),
        # The trunk prefix 0 belongs to national numbers only.
        ("01712-345678", "BD", "+8801712345678"),
        ("0301 2345678", "PK", "+923012345678"),
        ("+880 1712 345678", "NO", "+8801712345678"),
    ],
)
def test_a_phone_number_is_read_as_people_type_it(text: str, country: str, expected: str) -> None:
    assert parse_phone(text, country) == Identifier(IdentifierKind.PHONE, expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "+",
        "12",
        "1234567890123456",
        "9" * 300,
        "+999 12 345 678",
        "hello",
        "user@example.com",
        "\x00",
        # The library would dial the letters, drop the extension, or take another country.
        "999ABCDE",
        "99912345 ext 5",
        "99912345x5",
        "99912345;phone-context=+44",
    ],
)
def test_what_cannot_be_a_phone_number_is_none(text: str) -> None:
    assert parse_phone(text, "NO") is None


def test_an_unknown_country_leaves_only_numbers_with_a_calling_code() -> None:
    assert parse_phone("99912345", "XX") is None
    assert parse_phone(NUMBER, "XX") == Identifier(IdentifierKind.PHONE, NUMBER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("user@example.com", "user@example.com"),
        ("  user@example.com\n", "user@example.com"),
        ("User@EXAMPLE.Com", "user@example.com"),
        ("user+tag@example.org", "user+tag@example.org"),
        ("user@fakebrand.example", "user@fakebrand.example"),
        ("user@fakebrand.test", "user@fakebrand.test"),
        ("blåbær@example.com", "blåbær@example.com"),
        ("user@xn--bcher-kva.example", "user@bücher.example"),
    ],
)
def test_an_address_is_read_in_lower_case(text: str, expected: str) -> None:
    assert parse_email(text) == Identifier(IdentifierKind.EMAIL, expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "user",
        "user@",
        "user@example",
        "@example.com",
        "user @example.com",
        "user@example..com",
        "user@example.com, other@example.com",
        "<user@example.com>",
        "user@[127.0.0.1]",
        "user@example.com\r\nBcc: other@example.com",
        "a" * 300 + "@example.com",
        "99912345",
    ],
)
def test_what_is_not_an_address_is_none(text: str) -> None:
    assert parse_email(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("99912345", IdentifierKind.PHONE, NUMBER),
        ("99912345", IdentifierKind.EMAIL, None),
        ("user@example.com", IdentifierKind.EMAIL, "user@example.com"),
        ("user@example.com", IdentifierKind.PHONE, None),
    ],
)
def test_the_field_says_what_is_read(text: str, kind: IdentifierKind, expected: str | None) -> None:
    found = parse_identifier(text, kind, "NO")
    assert found == (Identifier(kind, expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("99912345", IdentifierKind.PHONE),
        ("+4799912345", IdentifierKind.PHONE),
        ("user@example.com", IdentifierKind.EMAIL),
    ],
)
def test_a_hint_says_itself_what_it_is(text: str, kind: IdentifierKind) -> None:
    found = guess_identifier(text, "NO")
    assert found is not None
    assert found.kind is kind


def test_a_hint_that_is_neither_is_none() -> None:
    assert guess_identifier("somebody", "NO") is None
    assert guess_identifier("somebody@", "NO") is None


def test_only_decimal_digits_are_folded() -> None:
    assert fold_digits("۱٢３ ½ Ⅳ ² x") == "123 ½ Ⅳ ² x"


@given(st.text(max_size=40), st.sampled_from(["NO", "BD", "PK", "XX"]))
def test_whatever_is_typed_is_an_identifier_in_its_stored_form_or_none(
    text: str, country: str
) -> None:
    for kind in IdentifierKind:
        found = parse_identifier(text, kind, country)
        assert found is None or parse_identifier(found.value, kind, country) == found


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("4821", "4821"),
        ("۴۸۲۱", "4821"),
        ("٤٨٢١", "4821"),
        ("৪৮২১", "4821"),
        ("၄၈၂၁", "4821"),
        ("๔๘๒๑", "4821"),
        ("４８２１", "4821"),
        ("+৪৭ 99 x", "+47 99 x"),
        ("½ ² 四", "½ ² 四"),
        ("", ""),
    ],
)
def test_decimal_digits_of_every_script_become_ascii(text: str, folded: str) -> None:
    assert fold_digits(text) == folded

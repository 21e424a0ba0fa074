from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zxcvbn import matching

from studio.engine.passwords import (
    MIN_LENGTH,
    STRONGEST,
    Judgement,
    PasswordProblem,
    judge,
)

OWN = ("+4799912345", "+923012345678", "user@example.com")
# Every sign that zxcvbn can read as a letter, in turn: its slowest text.
AMBIGUOUS = "a4@8b({[<c3e6g9g1i!|l0o$s5t+7%x2z"
TEXTS = st.one_of(
    st.text(max_size=100),
    st.text(st.characters(), max_size=100),
    st.text("12/-. \n\r\t\u0661\u2028", max_size=20),
    st.text(AMBIGUOUS, max_size=100),
    st.sampled_from(OWN),
)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "a",
        "kX9!b",
        # Five letters with accents, each typed as two code points, and one letter short.
        "e\u0301" * 5,
    ],
)
def test_fewer_than_six_characters_are_too_short(password: str) -> None:
    assert judge(password).problem is PasswordProblem.TOO_SHORT


@pytest.mark.parametrize("password", ["kX9!bq", "éàüñçø", "e\u0301" * 6, "密码安全好长"])
def test_six_characters_are_enough_in_any_script(password: str) -> None:
    assert judge(password).problem is None


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "PassWord",
        " password ",
        "pass word",
        "p\u00a0a\u2009s\u200bsword",
        "ｐａｓｓｗｏｒｄ",
        "123456",
        "12 34 56",
        "١٢٣٤٥٦",
        "i love you",
        "000000",
        "      ",
    ],
)
def test_a_common_password_is_refused_in_any_disguise_of_case_and_blanks(password: str) -> None:
    assert judge(password).problem is PasswordProblem.COMMON


@pytest.mark.parametrize(
    "password",
    [
        "+4799912345",
        "4799912345",
        "004799912345",
        "99912345",
        "999 12 345",
        "(+47) 999-12-345",
        "٩٩٩١٢٣٤٥",
        "912345",
        "03012345678",
        "user@example.com",
        " User@Example.COM ",
    ],
)
def test_ones_own_number_or_address_is_refused_as_people_type_it(password: str) -> None:
    assert judge(password, OWN).problem is PasswordProblem.OWN
    assert judge(password).problem is None


@pytest.mark.parametrize(
    "password", ["99912346", "999123450", "00000000000000000000", "user@example.org", "x99912345"]
)
def test_what_only_resembles_ones_own_is_not_refused(password: str) -> None:
    assert judge(password, OWN).problem is None


def test_nothing_of_ones_own_refuses_nothing() -> None:
    assert judge("99912345", ["", " "]).problem is None


@pytest.mark.parametrize(
    ("password", "strength"),
    [
        ("qwerty", 0),
        ("aaaaaaaaaaaa", 0),
        ("hunter-2", 1),
        ("fjk29dkw", 2),
        ("correct horse", 3),
        ("correct horse battery staple", 4),
    ],
)
def test_the_strength_grows_with_the_guesses_needed(password: str, strength: int) -> None:
    assert judge(password).strength == strength


@pytest.mark.parametrize("password", ["user@example.com1", "99912345!", "example.com1"])
def test_ones_own_words_make_a_password_weaker(password: str) -> None:
    assert judge(password, OWN).strength < judge(password).strength


@pytest.mark.parametrize("password", ["kX9!b", "password", "99912345"])
def test_what_is_refused_has_no_strength(password: str) -> None:
    assert judge(password, OWN).strength == 0


def test_nothing_of_the_person_is_left_behind() -> None:
    before = {name: len(words) for name, words in matching.RANKED_DICTIONARIES.items()}
    told = judge("user@example.com and more", OWN)
    assert {name: len(words) for name, words in matching.RANKED_DICTIONARIES.items()} == before
    assert "user" not in repr(told)


# No deadline: the slowest texts take a third of a second, and more on a busy machine.
@settings(deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_whatever_is_typed_is_judged(password: str, own: list[str]) -> None:
    told = judge(password, own)
    assert 0 <= told.strength <= STRONGEST
    assert told == judge(password, own)
    if len(password) < MIN_LENGTH:
        assert told.problem is PasswordProblem.TOO_SHORT
    if told.problem:
        assert told.strength == 0


@pytest.mark.parametrize("password", ["kq54321\n", "x1991 199105\n12", "\n\nkq11111991\n"])
def test_a_line_break_after_a_date_is_weighed_too(password: str) -> None:
    # zxcvbn itself raises ValueError for these.
    assert judge(password).problem is None


def test_a_long_password_is_weighed_by_its_beginning() -> None:
    assert judge("a" * 72 + "correct horse battery staple") == judge("a" * 72)
    assert judge("correct horse battery staple" * 400) == Judgement(problem=None, strength=4)


def test_a_longer_text_than_anything_common_is_compared_with_nothing() -> None:
    assert judge("password" + " " * 100).problem is PasswordProblem.COMMON
    assert judge("password" + " " * 10_000).problem is None


@pytest.mark.parametrize(
    "password",
    [AMBIGUOUS * 400, "I" * 10_000, "ab" * 5_000],
    ids=["ambiguous", "numerals", "repeated"],
)
def test_the_slowest_texts_are_judged_at_once(
    password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Counted, not timed: how often zxcvbn looks for words, and in how long a text.
    looked: list[int] = []
    search = matching.dictionary_match

    def counting(
        text: str, _ranked_dictionaries: dict[str, dict[str, int]]
    ) -> list[matching._Match]:
        looked.append(len(text) ** 2)
        return search(text, _ranked_dictionaries)

    monkeypatch.setattr(matching, "dictionary_match", counting)
    judge(password)
    assert 0 < sum(looked) < 150_000


def test_only_the_beginning_of_a_long_text_is_normalised(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    normalize = unicodedata.normalize

    def measuring(form: Literal["NFC", "NFKC"], text: str) -> str:
        lengths.append(len(text))
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", measuring)
    judge("a" + "\u0301" * 5_000 + "\u0327" * 5_000, OWN)
    assert max(lengths) == 1_000

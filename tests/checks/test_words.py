from __future__ import annotations

import pytest

from studio.checks.words import occurrences, visible, words


@pytest.mark.parametrize(
    ("term", "text", "script", "found"),
    [
        ("log in", "please log in", "Latn", True),
        ("log in", "please log\n in now", "Latn", True),
        ("log in", "blog ink", "Latn", False),
        ("لاگ", "لاگن", "Arab", False),
        ("কর", "করুন", "Beng", False),
        ("কর", "এখন কর", "Beng", True),
        ("登录", "请登录到服务", "Hans", True),
        ("sms", "จากsmsของ", "Thai", False),
        ("รหัส", "กรอกรหัสผ่าน", "Thai", True),
        ("t&c", "our t&c here", "Latn", True),
    ],
)
def test_a_term_is_found_as_a_word(term: str, text: str, script: str, *, found: bool) -> None:
    assert bool(list(occurrences(term, text, script))) is found


def test_words_keep_their_marks() -> None:
    assert list(words("করুন, اِن! a-b 12")) == ["করুন", "اِن", "a", "b", "12"]


def test_placeholders_and_markup_are_not_visible() -> None:
    assert visible("%(login)s <b>now</b>&nbsp;%%").split() == ["now"]

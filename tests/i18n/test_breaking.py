"""Word joiners stand where a line must not break, and can be taken out again."""

from __future__ import annotations

import pytest

from studio.i18n.breaking import breakable, unbroken


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("အကောင့်", "အ\u2060ကော\u2060င့်"),
        ("အီးမေးလ်", "အီးမေး\u2060လ်"),
        ("အတည်ပြုပါ", "အ\u2060တ\u2060ည်\u2060ပြု\u2060ပါ"),
        ("e-postadress", "e-\u2060postadress"),
        ("E-mel anda", "E-\u2060mel anda"),
        ("CONNECT-konto", "CONNECT-\u2060konto"),
        ("sign-in", "sign-in"),
        ("verkefni e- og", "verkefni e- og"),
        ("Sign in", "Sign in"),
    ],
)
def test_a_word_keeps_together(text: str, shown: str) -> None:
    assert unbroken(text) == shown
    assert breakable(shown) == text

from __future__ import annotations

import pytest

from studio.i18n.catalogues import Catalogues
from studio.i18n.marking import MarkingCatalogues, Numbers, TooManyMessagesError
from studio.resources import folder

NUMBERS = Numbers((("action", "Sign in"), ("action", "Back")))


def test_each_text_says_which_message_it_is() -> None:
    catalogues = MarkingCatalogues(Catalogues(folder("locales")), NUMBERS)
    english = catalogues.load("en")
    texts = [english.pgettext("action", one) for one in ("Back", "Sign in", "Continue")]
    assert texts == ["\ue000\ue101Back\ue001", "\ue000\ue100Sign in\ue001", "Continue"]
    assert NUMBERS.found_in(" ".join(texts + texts)) == [1, 0]


def test_marked_catalogues_are_as_complete_as_plain_ones() -> None:
    plain = Catalogues(folder("locales"))
    marked = MarkingCatalogues(plain, NUMBERS)
    assert marked.completeness("ur-PK") == plain.completeness("ur-PK")
    assert marked.load("ur-PK").missing("action", "Sign in") is False
    assert marked.load("ur-PK").locale.tag == "ur-PK"


def test_there_are_signs_for_six_thousand_messages() -> None:
    with pytest.raises(TooManyMessagesError, match="at most 6144 can be marked"):
        Numbers((("", "text"),) * 6145)

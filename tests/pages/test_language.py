from __future__ import annotations

import pytest

from studio.i18n.locales import TAGS, locale
from studio.pages.language import LocalText, page_locale, page_message
from tests.pages.given import hosted

URDU_AND_ENGLISH = "{default: en, offered: [en, ur-PK]}"

LOCALES = [
    # language section, wanted, shown
    (URDU_AND_ENGLISH, [], "en"),
    (URDU_AND_ENGLISH, ["ur-PK"], "ur-PK"),
    (URDU_AND_ENGLISH, ["ur"], "ur-PK"),
    (URDU_AND_ENGLISH, ["UR_pk"], "ur-PK"),
    (URDU_AND_ENGLISH, ["nb", "ur"], "ur-PK"),
    (URDU_AND_ENGLISH, ["nb"], "en"),
    (URDU_AND_ENGLISH, ["xx", "", "-"], "en"),
    ("{default: ur-PK, offered: [en, ur-PK]}", ["nb"], "ur-PK"),
    ("{default: ur-PK, offered: [en, ur-PK]}", ["en"], "en"),
    ("{default: ur-PK, offered: [en, ur-PK], by_request: false}", ["en"], "ur-PK"),
    ("{default: nb}", ["bn", "en"], "bn"),
    ("{default: nb}", [], "nb"),
]


@pytest.mark.parametrize(("section", "wanted", "shown"), LOCALES)
def test_the_page_is_in_the_first_wanted_language_that_is_offered(
    section: str, wanted: list[str], shown: str
) -> None:
    client = hosted(f"language: {section}").client
    assert page_locale(client, wanted).tag == shown


@pytest.mark.parametrize("tag", TAGS)
def test_where_nothing_is_said_every_language_is_offered(tag: str) -> None:
    assert page_locale(hosted("").client, [tag]).tag == tag


BOTH = "{en: Hello, ur-PK: خوش آمدید}"
URDU = LocalText(text="خوش آمدید", lang="ur-PK", direction="rtl")
ENGLISH = LocalText(text="Hello", lang="en", direction="ltr")

MESSAGES = [
    # message section, default language, the page's language, what is shown
    (BOTH, "en", "ur-PK", URDU),
    (BOTH, "en", "en", ENGLISH),
    (BOTH, "en", "nb", ENGLISH),
    (BOTH, "ur-PK", "nb", URDU),
    ("{en: Hello}", "nb", "ur-PK", ENGLISH),
    ("{ur-PK: خوش آمدید}", "en", "ur-PK", URDU),
    ("{ur-PK: خوش آمدید}", "en", "en", None),
    ("{}", "en", "en", None),
]


@pytest.mark.parametrize(("messages", "default", "shown", "expected"), MESSAGES)
def test_the_message_is_in_the_pages_language_or_says_which_it_is_in(
    messages: str, default: str, shown: str, expected: LocalText | None
) -> None:
    client = hosted(f"language: {{default: {default}}}\nbranding: {{message: {messages}}}").client
    assert page_message(client, locale(shown)) == expected

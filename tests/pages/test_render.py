"""Every screen has its template, every problem and notice its sentence, and nothing is pasted."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import get_args

import jinja2
import pytest

from studio.engine.effects import News
from studio.engine.flow import Notice, Problem
from studio.engine.screens import (
    CodePage,
    Consent,
    NotFound,
    Password,
    ReauthVerifyPhone,
    RequestRefused,
    Screen,
    Start,
    VerifyPhone,
)
from studio.i18n.catalogues import Catalogues
from studio.i18n.locales import LOCALES, TAGS, Locale, locale
from studio.pages.language import LocalText
from studio.pages.render import Page, Pages, fixed
from studio.resources import folder
from tests.pages import given_account
from tests.pages.given import (
    EMAIL,
    NOTICES,
    PHONE,
    PROBLEMS,
    SCREENS,
    P,
    document,
    html,
    name_of,
    pages,
)

NASTY = """<b>&"'</b><script>x</script>{{ 7*7 }}"""


def test_every_screen_has_a_template_and_every_template_a_screen() -> None:
    templates = {path.stem for path in folder("flow_templates").glob("*.html")}
    own = {name for name in templates if not name.startswith("account")}
    assert own - {"base", "components", "icons", "text-base"} == {
        screen.id for screen in get_args(Screen)
    }


def test_the_samples_hold_every_screen_problem_and_notice() -> None:
    assert {type(screen) for screen in SCREENS} == set(get_args(Screen))
    assert set(PROBLEMS) == set(Problem)
    assert set(NOTICES) | set(given_account.NOTICES) == set(Notice)


@pytest.mark.parametrize("tag", TAGS)
def test_every_screen_says_which_language_it_is_in(tag: str) -> None:
    written = Catalogues(folder("locales")).completeness(tag).translated > 0
    for screen in SCREENS:
        root = document(html(screen, tag))
        assert root.get("lang") == (tag if written else "en")
        assert root.get("dir") == ("rtl" if tag == "ur-PK" else "ltr")
        assert (root.findtext(".//h1") or "").strip()


def test_only_urdu_is_written_from_right_to_left() -> None:
    assert [each.tag for each in LOCALES if each.direction == "rtl"] == ["ur-PK"]


def sentence(text: str, path: str) -> str:
    """Return the visible text of the one element at a path."""
    (element,) = document(text).xpath(path)
    return " ".join(element.text_content().split())


def test_every_problem_has_a_sentence_of_its_own() -> None:
    sentences = {
        sentence(html(screen), "//p[@class='problem']")
        for screens in PROBLEMS.values()
        for screen in screens
    }
    # Wrong credentials are told apart by phone and address; a missing password is not.
    assert len(sentences) == len(Problem) + 1
    assert all(text.endswith(".") and len(text) > 15 for text in sentences)


def test_every_notice_has_a_sentence_of_its_own() -> None:
    sentences = {
        notice: {sentence(html(screen), "//div[@class='notice']/p") for screen in screens}
        for notice, screens in NOTICES.items()
    }
    assert sentences[Notice.CODE_SENT] == {
        "We've sent a verification code to +47 99 91 23 45. Wrong number? Go back.",
        "We've sent a verification code to user@example.com. Wrong address? Go back.",
    }
    assert sentences[Notice.CODE_RESENT] == {
        "We've sent a new code to +47 99 91 23 45. The one before no longer works.",
        "We've sent a new code to user@example.com. The one before no longer works.",
    }
    (stale,) = sentences[Notice.STALE_FORM]
    assert stale == "That page was out of date. Please go on from here."


def test_a_number_that_cannot_be_changed_has_no_way_back_in_its_notice() -> None:
    screen = VerifyPhone(identifier=PHONE, change=False, notice=Notice.CODE_SENT)
    assert sentence(html(screen), "//div[@class='notice']/p") == (
        "We've sent a verification code to +47 99 91 23 45."
    )


def test_the_time_to_wait_is_told_in_whole_minutes_rounded_up() -> None:
    told = [
        sentence(html(one), "//p[@class='problem']") for one in PROBLEMS[Problem.TOO_MANY_TRIES]
    ]
    assert set(told) == {"Too many tries. Try again in 15 minutes."}


SCOPES = ("profile", "email", "phone", "calendar <b>")


def test_consent_names_what_is_asked_for_and_a_scope_of_its_own_as_it_is() -> None:
    items = document(html(Consent(scopes=SCOPES))).xpath("//ul[@class='scopes']/li")
    assert [item.text_content().strip() for item in items] == [
        "Your name and language",
        "Your email address",
        "Your phone number",
        "calendar <b>",
    ]


def test_a_code_to_copy_stands_on_its_page_as_text() -> None:
    assert sentence(html(CodePage(code="<b>1")), "//p[@class='code-to-copy']") == "<b>1"


@pytest.mark.parametrize("news", News)
def test_every_piece_of_news_has_a_text_of_its_own(news: News) -> None:
    about = "Brand & <Sons>"
    text = pages().text("news", "en", news=news, about=about)
    others = {pages().text("news", "en", news=one, about=about) for one in News if one is not news}
    assert text
    assert text not in others
    assert "\n" not in text
    named = {News.IDENTIFIER_ADDED, News.IDENTIFIER_REMOVED, News.SERVICE_CONNECTED}
    assert (about in text) is (news in named)


def test_without_a_problem_and_a_notice_there_is_neither() -> None:
    text = html(VerifyPhone(identifier=PHONE))
    assert 'class="problem"' not in text
    assert 'class="notice"' not in text
    assert "aria-invalid" not in text


@pytest.mark.parametrize("screen", SCREENS, ids=name_of)
def test_a_client_and_its_texts_are_never_markup(screen: Screen) -> None:
    page = Page(
        locale=locale("en"),
        client_name=NASTY,
        action=f"/id/signin/{NASTY}",
        token=NASTY,
        message=LocalText(text=NASTY, lang="en", direction="ltr"),
        terms_uri=f"https://fakebrand.example/{NASTY}",
        privacy_uri=f"https://fakebrand.example/{NASTY}",
        again=f"/oauth/authorize?{NASTY}",
        brand_href=f"/brand/{NASTY}",
    )
    root = document(pages().html(screen, page))
    assert root.xpath("//b") == []
    assert [script.get("src") for script in root.iter("script")] == ["/static/page.js"]
    assert NASTY in (root.findtext(".//title") or "")
    assert root.xpath("string(//header/span)") == NASTY
    assert all(form.get("action") == f"/id/signin/{NASTY}" for form in root.iter("form"))
    if isinstance(screen, Start):
        assert root.xpath("string(//p[@class='message'])") == NASTY


def test_a_logo_is_named_after_the_client() -> None:
    page = Page(locale=locale("en"), client_name=NASTY, logo_href=f"/logo?{NASTY}", symbol=True)
    root = document(pages().html(NotFound(), page))
    (logo,) = root.iter("img")
    assert (logo.get("alt"), logo.get("src")) == (NASTY, f"/logo?{NASTY}")
    assert root.xpath("string(//header/@class)") == "header header-symbol"


def test_what_was_typed_comes_back_as_it_was() -> None:
    typed = """ "> <img src=x onerror=alert(1)>'&amp; """
    text = html(Start(kind=P, typed=typed, alone=False, problem=Problem.PHONE_INVALID))
    (field,) = document(text).xpath("//input[@id='identifier']")
    assert field.get("value") == typed
    assert "<img" not in text


def test_the_refused_value_is_shown_as_text() -> None:
    text = html(RequestRefused(parameter="redirect_uri", value=NASTY))
    assert sentence(text, "//code") == f"redirect_uri={NASTY}"


def test_a_password_and_a_code_are_never_filled_in() -> None:
    for screen in (Password(identifier=EMAIL), VerifyPhone(identifier=PHONE)):
        (field,) = document(html(screen)).xpath("//input[@name='password' or @name='code']")
        assert field.get("value") == ""


def test_terms_are_shown_to_everybody_who_may_get_an_account() -> None:
    root = document(html(VerifyPhone(identifier=PHONE)))
    links = root.xpath("//p[@class='terms']/a/@href")
    assert links == ["https://fakebrand.example/terms", "https://fakebrand.example/privacy"]


@pytest.mark.parametrize(
    "page",
    [
        Page(locale=locale("en"), terms_uri="https://fakebrand.example/"),
        Page(locale=locale("en"), privacy_uri="https://fakebrand.example/"),
    ],
)
def test_where_the_client_has_none_the_terms_are_connects_own(page: Page) -> None:
    root = document(pages().html(VerifyPhone(identifier=PHONE), page))
    links = root.xpath("//p[@class='terms']/a/@href")
    expected = [
        page.terms_uri or "/id/terms?ui_locales=en",
        page.privacy_uri or "/id/privacy?ui_locales=en",
    ]
    assert links == expected


def test_whoever_has_an_account_already_is_shown_no_terms() -> None:
    root = document(html(ReauthVerifyPhone(identifier=PHONE)))
    assert root.xpath("//p[@class='terms']") == []


def test_an_undefined_name_in_a_template_is_an_error() -> None:
    loader = jinja2.DictLoader({"not-found.html": "{{ page.logo }}{{ page.colour.nothing }}"})
    strict = Pages(folder("flow_templates"), Catalogues(folder("locales")))
    environment = strict._make("en")
    environment.loader = loader
    with pytest.raises(jinja2.UndefinedError, match="logo"):
        environment.get_template("not-found.html").render(page=Page(locale=locale("en")))


def test_a_message_is_plain_text_in_one_line() -> None:
    text = pages().text("code", "en", client="Brand & <Sons> 100%", code="0042")
    assert text == "Brand & <Sons> 100%: 0042 is your verification code for CONNECT"


@pytest.mark.parametrize("each", LOCALES, ids=lambda each: each.tag)
def test_a_message_has_the_code_and_the_client_in_every_language(each: Locale) -> None:
    text = pages().text("code", each.tag, client="FakeBrand", code="0042")
    assert "FakeBrand" in text
    assert "0042" in text
    assert "\n" not in text


@pytest.mark.parametrize(
    ("value", "expected"),
    [("+4799912345", "(+47) 99912345"), ("+8801712345678", "(+880) 1712345678")],
)
def test_a_fixed_phone_shows_its_calling_code_apart(value: str, expected: str) -> None:
    assert fixed(replace(PHONE, value=value)) == expected


def test_a_fixed_address_is_shown_as_it_is() -> None:
    assert fixed(EMAIL) == "user@example.com"


def test_a_page_without_a_client_is_connects_own() -> None:
    page = Page(locale=locale("en"))
    assert {field.name for field in fields(Page) if getattr(page, field.name)} == {
        "locale",
        "client_name",
    }
    root = document(pages().html(NotFound(), page))
    assert root.xpath("//link/@href") == ["/static/page.css"]
    assert root.findtext(".//title") == "There is no such page – CONNECT"

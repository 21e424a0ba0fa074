"""The pages of My CONNECT account: every screen a page, every notice a sentence, no markup."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from studio.engine.account_screens import (
    Account,
    AccountPassword,
    AccountPhones,
    AccountProfile,
    AccountScreen,
    AccountServices,
    AccountSubscriptions,
)
from studio.engine.flow import Notice, Problem
from studio.i18n.locales import LOCALES, Locale
from studio.resources import folder
from tests.pages.given import PHONE, document
from tests.pages.given_account import (
    CHANGE,
    LIST,
    NOTICES,
    PROBLEMS,
    SCREENS,
    SERVICE,
    html,
    line,
    subscription,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from studio.engine.account_screens import IdentifierLine

NASTY = """<b>&"'</b><script>x</script>{{ 7*7 }}"""
PARTS = {"account-base", "account-parts"}


def said(root: HtmlElement, path: str) -> str:
    (element,) = root.xpath(path)
    return " ".join(element.text_content().split())


def test_every_screen_has_a_template_and_every_template_a_screen() -> None:
    templates = {path.stem for path in folder("flow_templates").glob("account*.html")}
    assert templates - PARTS == {screen.id for screen in get_args(AccountScreen)}
    assert {type(screen) for screen in SCREENS} == set(get_args(AccountScreen))


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: f"{one.id}:{one.state}")
def test_every_page_has_one_title_one_way_on_and_no_id_twice(screen: AccountScreen) -> None:
    root = document(html(screen))
    assert said(root, "//h1")
    assert root.xpath("//main//a | //main//button")
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    forms = set(root.xpath("//form/@id"))
    assert set(root.xpath("//button/@form")) <= forms


@pytest.mark.parametrize("shown", LOCALES, ids=lambda one: one.tag)
def test_every_page_can_be_written_in_every_language(shown: Locale) -> None:
    for screen in SCREENS:
        assert document(html(screen, shown.tag)).get("dir") == shown.direction


def test_every_notice_has_a_sentence_of_its_own() -> None:
    texts = {said(document(html(one)), "//div[@class='notice']/p") for one in NOTICES.values()}
    assert len(texts) == len(NOTICES)
    assert "" not in texts


@pytest.mark.parametrize("screen", PROBLEMS, ids=lambda one: f"{one.id}:{one.state}")
def test_a_problem_is_told_at_its_field(screen: AccountScreen) -> None:
    root = document(html(screen))
    (name,) = root.xpath("//input[@aria-invalid]/@name")
    assert said(root, f"//p[@id='{name}-problem']")
    wrong = {"current": "current", "new": "password"}
    if isinstance(screen, AccountPassword):
        assert name == wrong[screen.wrong]


def test_a_wrong_current_password_is_told_without_a_number() -> None:
    refused = replace(CHANGE, problem=Problem.CREDENTIALS_WRONG, wrong="current")
    text = said(document(html(refused)), "//p[@class='problem']")
    assert text == "This is not your current password. Try again."


def test_the_name_of_a_service_or_a_person_is_never_markup() -> None:
    screens: tuple[AccountScreen, ...] = (
        Account(name=NASTY, used=PHONE),
        AccountProfile(name=NASTY, locale=None),
        AccountServices(lines=(replace(SERVICE, name=NASTY, client_id=NASTY),)),
        AccountServices(lines=(), about=NASTY, notice=Notice.WITHDRAWN),
        AccountSubscriptions(lines=(replace(subscription("P1M"), title=NASTY, service=NASTY),)),
    )
    for screen in screens:
        root = document(html(screen, back_href=f"https://x.example/{NASTY}", back_name=NASTY))
        assert not root.xpath("//b")
        assert len(list(root.iter("script"))) == 1
        assert NASTY in root.text_content()


def test_the_bar_back_is_there_only_with_a_way_back() -> None:
    bar = "//nav[@class='back-bar']"
    assert not document(html(LIST)).xpath(bar)
    shown = document(html(LIST, back_href="https://x.example/", back_name="FakeBrand"))
    assert said(shown, bar) == "Back to FakeBrand"


def test_a_badge_marks_the_preferred_of_several_and_one_that_is_not_confirmed() -> None:
    def badges(*lines: IdentifierLine) -> list[str]:
        shown = document(html(AccountPhones(lines=lines)))
        found = shown.xpath("//span[starts-with(@class, 'badge')]")
        return [one.text_content() for one in found]

    assert badges(line(PHONE)) == []
    assert badges(line(PHONE), line(PHONE, preferred=False)) == ["Preferred"]
    assert badges(line(PHONE, preferred=False, proven=False)) == ["Not confirmed"]


def test_the_last_one_has_no_button_to_remove_it() -> None:
    shown = document(html(AccountPhones(lines=(line(PHONE, removable=False),))))
    assert [str(one) for one in shown.xpath("//button/@value")] == ["add"]


def test_how_often_something_is_paid_for_is_said_in_words() -> None:
    every = [
        said(
            document(html(AccountSubscriptions(lines=(subscription(one),)))),
            "//span[@class='price']",
        )
        for one in ("P1W", "P1M", "P1Y", "P3M")
    ]
    assert every == [
        "NOK 109.00every week",
        "NOK 109.00every month",
        "NOK 109.00every year",
        "NOK 109.00every 3 months",
    ]

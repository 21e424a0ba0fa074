from __future__ import annotations

import pytest

from studio.engine.effects import News, SendCode, Tell
from studio.engine.world import FIRST_MOMENT
from studio.site.messages import Message, code_message, news_message
from tests.pages.given import EMAIL, PHONE, REGISTRATION, hosted, pages

NAMED = f"{REGISTRATION}  sms_sender: FB-SMS\n"


def code(*locales: str) -> SendCode:
    return SendCode(
        to=PHONE, code="0042", client_id="fakebrand", locales=locales, when=FIRST_MOMENT
    )


def code_by_email(*locales: str) -> SendCode:
    return SendCode(
        to=EMAIL, code="0042", client_id="fakebrand", locales=locales, when=FIRST_MOMENT
    )


def news(*locales: str, about: str = "") -> Tell:
    return Tell(
        to=EMAIL,
        news=News.IDENTIFIER_ADDED if about else News.PASSWORD_CHANGED,
        about=about,
        client_id="fakebrand",
        locales=locales,
        when=FIRST_MOMENT,
    )


def test_the_sms_says_whose_code_it_is() -> None:
    assert code_message(code("en"), hosted(), pages()) == Message(
        kind="sms",
        sender="CONNECT",
        recipient="+4799912345",
        text="FakeBrand: 0042 is your verification code for CONNECT",
        code="0042",
        when=FIRST_MOMENT,
    )


def test_a_code_for_an_address_comes_by_e_mail() -> None:
    message = code_message(code_by_email("en"), hosted(), pages())
    assert (message.kind, message.recipient, message.code) == ("email", EMAIL.value, "0042")


def test_the_sender_is_the_clients_in_an_sms_and_connect_in_an_e_mail() -> None:
    client = hosted("", NAMED)
    assert code_message(code(), client, pages()).sender == "FB-SMS"
    assert code_message(code_by_email(), client, pages()).sender == "CONNECT"
    assert news_message(news(), client, pages()).sender == "CONNECT"


def test_news_tell_what_has_changed_and_have_no_code() -> None:
    assert news_message(news("en", about="<+47> 1"), hosted(), pages()) == Message(
        kind="email",
        sender="CONNECT",
        recipient="user@example.com",
        text="<+47> 1 has been added to your CONNECT account.",
        code=None,
        when=FIRST_MOMENT,
        news=News.IDENTIFIER_ADDED,
    )


def test_messages_are_in_the_language_of_the_page() -> None:
    only = hosted("language: {offered: [en]}")
    english, urdu = (code_message(code(tag), hosted(), pages()).text for tag in ("en", "ur-PK"))
    assert urdu != english
    assert code_message(code("ur-PK"), only, pages()).text == english
    assert news_message(news("ur-PK"), only, pages()) == news_message(news("en"), only, pages())


@pytest.mark.parametrize("tag", ["en", "ur-PK", "th"])
def test_news_are_one_line_in_every_language(tag: str) -> None:
    text = news_message(news(tag), hosted(), pages()).text
    assert text
    assert "\n" not in text

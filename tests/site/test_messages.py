from __future__ import annotations

from studio.engine.effects import SendCodeBySms
from studio.engine.world import FIRST_MOMENT
from studio.site.messages import Message, code_by_sms
from tests.pages.given import PHONE, REGISTRATION, hosted, pages


def effect(*locales: str) -> SendCodeBySms:
    return SendCodeBySms(
        phone=PHONE, code="0042", client_id="fakebrand", locales=locales, when=FIRST_MOMENT
    )


def test_the_sms_says_whose_code_it_is() -> None:
    assert code_by_sms(effect("en"), hosted(), pages()) == Message(
        kind="sms",
        sender="CONNECT",
        recipient="+4799912345",
        text="FakeBrand: 0042 is your verification code for CONNECT",
        code="0042",
        when=FIRST_MOMENT,
    )


def test_the_sender_is_the_clients() -> None:
    client = hosted("", f"{REGISTRATION}  sms_sender: FakeBrand\n")
    assert code_by_sms(effect(), client, pages()).sender == "FakeBrand"


def test_the_sms_is_in_the_language_of_the_page() -> None:
    english = code_by_sms(effect("en"), hosted(), pages()).text
    assert code_by_sms(effect("ur-PK"), hosted(), pages()).text != english
    only = hosted("language: {offered: [en]}")
    assert code_by_sms(effect("ur-PK"), only, pages()).text == english

"""The table "Which authentication (level of assurance)", row for row, at both levels."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from studio.device.network import HOTSPOT_HOST, Connection
from studio.engine.detection import BrowserKind, Network, Platform
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind
from tests.rules.given import (
    CHURNED,
    FOREIGN_NEW,
    FULL,
    MOBILE,
    NEW,
    WIFI,
    Visitor,
    account_of,
    new_device,
    phone_of,
    service,
)

if TYPE_CHECKING:
    from studio.device.people import Person

DETECTED = ["signing-in"]
BY_CODE = ["start", "verify-phone"]
BY_PASSWORD = ["start", "password"]
BY_LINK = ["start", "password", "forgot-password", "forgot-password-code", "create-password"]
ON_WIFI = "sdk: {detect_on_wifi: true}\n"
NO_HOTSPOT = "sdk: {prevent_hotspot_detection: true}\n"
NO_SEAM = {"prompt": "no_seam"}
BOTH_NETWORKS = Connection(network=Network.WIFI_AND_MOBILE_DATA, browser=BrowserKind.WEB_VIEW)
OTHER_OPERATOR = Connection(network=Network.OTHER_OPERATOR)
HOTSPOT = Connection(network=Network.HOTSPOT)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: where somebody comes from, and what is met at each level."""

    words: str
    connection: Connection
    person: Person
    level_1: tuple[list[str], str, list[str]]
    level_2: tuple[list[str], str, list[str]]
    created: bool = False
    email: bool = False
    settings: str = ""
    choices: dict[str, str] = field(default_factory=dict)


HDR = (DETECTED, "1", ["HDR"])
OTP = (BY_CODE, "1", ["OTP"])
PASSWORD = (BY_PASSWORD, "2", ["UID_PWD"])
LINK = (BY_LINK, "2", ["OTP", "UID_PWD"])
ONLY_PASSWORD = (["password"], "2", ["UID_PWD"])
CREATE = (["create-password"], "2", ["HDR", "UID_PWD"])


def _undetected(words: str, connection: Connection, settings: str = "") -> list[Row]:
    """Return the rows of an existing and a new person where no number is detected."""
    return [
        Row(
            words=f"{words}, existing, phone typed",
            connection=connection,
            person=FULL,
            settings=settings,
            level_1=OTP,
            level_2=PASSWORD,
        ),
        Row(
            words=f"{words}, new, phone typed",
            connection=connection,
            person=NEW,
            settings=settings,
            level_1=OTP,
            level_2=LINK,
            created=True,
        ),
    ]


def _by_email(words: str, connection: Connection, **choices: str) -> list[Row]:
    return [
        Row(
            words=f"any ({words}), e-mail typed",
            connection=connection,
            person=FULL,
            email=True,
            choices=choices,
            level_1=PASSWORD,
            level_2=PASSWORD,
        ),
        Row(
            words=f"any ({words}), e-mail typed, new",
            connection=connection,
            person=NEW,
            email=True,
            choices=choices,
            level_1=LINK,
            level_2=LINK,
            created=True,
        ),
    ]


ROWS = [
    Row(
        words="mobile data, subscriber, existing",
        connection=MOBILE,
        person=FULL,
        level_1=HDR,
        level_2=ONLY_PASSWORD,
    ),
    Row(
        words="mobile data, subscriber, new",
        connection=MOBILE,
        person=NEW,
        level_1=HDR,
        level_2=CREATE,
        created=True,
    ),
    *_undetected("mobile data, other operator", OTHER_OPERATOR),
    Row(
        words="mobile data of somebody who is no subscriber, existing, phone typed",
        connection=MOBILE,
        person=CHURNED,
        level_1=OTP,
        level_2=PASSWORD,
    ),
    Row(
        words="mobile data of somebody who is no subscriber, new, phone typed",
        connection=MOBILE,
        person=FOREIGN_NEW,
        level_1=OTP,
        level_2=LINK,
        created=True,
    ),
    *_undetected("Wi-Fi", WIFI),
    *_by_email("Wi-Fi", WIFI),
    *_by_email("other operator", OTHER_OPERATOR),
    *_by_email("mobile data, detection off", MOBILE, prompt="no_seam"),
    Row(
        words="Wi-Fi + mobile data, Android SDK option on, web view, subscriber, existing",
        connection=BOTH_NETWORKS,
        person=FULL,
        settings=ON_WIFI,
        level_1=HDR,
        level_2=ONLY_PASSWORD,
    ),
    Row(
        words="Wi-Fi + mobile data, Android SDK option on, web view, subscriber, new",
        connection=BOTH_NETWORKS,
        person=NEW,
        settings=ON_WIFI,
        level_1=HDR,
        level_2=CREATE,
        created=True,
    ),
    *_undetected("Wi-Fi + mobile data, option off", BOTH_NETWORKS),
    *_undetected(
        "Wi-Fi + mobile data, not a web view",
        replace(BOTH_NETWORKS, browser=BrowserKind.IN_APP_TAB),
        ON_WIFI,
    ),
    *_undetected(
        "Wi-Fi + mobile data, not Android", replace(BOTH_NETWORKS, platform=Platform.IOS), ON_WIFI
    ),
    *_undetected("hotspot, SDK option on (Android)", HOTSPOT, NO_HOTSPOT),
    Row(
        words="prompt=no_seam, existing",
        connection=MOBILE,
        person=FULL,
        choices=NO_SEAM,
        level_1=OTP,
        level_2=PASSWORD,
    ),
    Row(
        words="prompt=no_seam, new",
        connection=MOBILE,
        person=NEW,
        choices=NO_SEAM,
        level_1=OTP,
        level_2=LINK,
        created=True,
    ),
]


@pytest.mark.parametrize("level", ["1", "2"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.words)
def test_which_authentication(row: Row, level: str) -> None:
    visitor = Visitor(
        new_device(service(row.settings), person=row.person, connection=row.connection)
    )
    accounts = len(visitor.device.world.accounts)
    identifier = row.person.email if row.email else row.person.phone
    screens, acr, amr = row.level_1 if level == "1" else row.level_2
    assert visitor.sign_in(identifier, asking=row.choices, acr_values=level) == screens
    assert (visitor.claims["acr"], visitor.claims["amr"]) == (acr, amr)
    assert len(visitor.device.world.accounts) == accounts + row.created
    kind = IdentifierKind.EMAIL if row.email else IdentifierKind.PHONE
    account = account_of(visitor.device, Identifier(kind, identifier or ""))
    assert visitor.claims["sub"] == account.id


@pytest.mark.parametrize("person", [FULL, NEW], ids=["existing", "new"])
@pytest.mark.parametrize(
    ("level", "screens", "amr"),
    [("1", DETECTED, ["HDR"]), ("2", ["create-password"], ["HDR", "UID_PWD"])],
)
def test_on_another_phones_hotspot_with_the_option_off_the_hosts_number_is_detected(
    person: Person, level: str, screens: list[str], amr: list[str]
) -> None:
    visitor = Visitor(new_device(person=person, connection=HOTSPOT))
    assert visitor.sign_in(acr_values=level) == screens
    assert visitor.claims["sub"] == account_of(visitor.device, HOTSPOT_HOST).id
    assert visitor.claims["amr"] == amr


def test_the_hotspot_option_is_one_of_android() -> None:
    ios = replace(HOTSPOT, platform=Platform.IOS)
    visitor = Visitor(new_device(service(NO_HOTSPOT), connection=ios))
    assert visitor.sign_in() == DETECTED


def test_with_prompt_no_seam_sso_is_unaffected() -> None:
    visitor = Visitor(new_device(connection=MOBILE))
    visitor.sign_in()
    assert visitor.sign_in(prompt="no_seam") == []
    assert visitor.claims["amr"] == ["SSO"]


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.level_2 == CREATE], ids=lambda r: r.words
)
def test_a_detected_number_needs_no_code_to_create_a_password(row: Row) -> None:
    visitor = Visitor(
        new_device(service(row.settings), person=row.person, connection=row.connection)
    )
    visitor.sign_in(acr_values="2")
    assert visitor.codes_sent == 0


def test_somebody_without_a_password_is_detected_and_creates_one() -> None:
    person = replace(FULL, id="none", password=None)
    visitor = Visitor(new_device(person=person, connection=MOBILE, people=[person]))
    assert visitor.sign_in(acr_values="2") == ["create-password"]
    assert account_of(visitor.device, phone_of(person)).password is not None


def test_an_answer_that_satisfies_level_2_satisfies_level_1() -> None:
    visitor = Visitor(new_device())
    visitor.sign_in(acr_values="2")
    assert visitor.sign_in(acr_values="1") == []
    assert visitor.claims["acr"] == "2"


def test_the_link_for_new_people_stands_on_the_page_of_everybody() -> None:
    pages = []
    for person in (FULL, NEW):
        visitor = Visitor(new_device(person=person))
        visitor.ask(acr_values="2")
        visitor.identify(person.phone)
        pages.append(visitor.text)
        assert "New here, or forgotten your password?" in visitor.text
    assert pages[0] == pages[1]

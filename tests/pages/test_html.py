"""What every page keeps: nothing inline, names for everything, one focus, forms of plain HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest

from studio.engine.screens import Password, Screen, Start, VerifyPhone
from tests.pages.given import SCREENS, html, name_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

pytestmark = [
    pytest.mark.parametrize("screen", SCREENS, ids=name_of),
    pytest.mark.parametrize("tag", ["en", "ur-PK"]),
]


def root_of(screen: Screen, tag: str) -> HtmlElement:
    return lxml.html.document_fromstring(html(screen, tag))


def test_no_script_and_no_style_stands_in_the_page(screen: Screen, tag: str) -> None:
    root = root_of(screen, tag)
    assert root.xpath("//style | //iframe | //object | //embed | //base") == []
    assert [(each.get("src"), each.text) for each in root.iter("script")] == [
        ("/static/page.js", None)
    ]
    for element in root.iter(lxml.etree.Element):
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]


def test_nothing_is_loaded_from_elsewhere(screen: Screen, tag: str) -> None:
    sources = root_of(screen, tag).xpath(
        "//link/@href | //script/@src | //img/@src | //form/@action"
    )
    assert sources
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)


def test_ids_are_unique_and_references_lead_to_them(screen: Screen, tag: str) -> None:
    root = root_of(screen, tag)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = root.xpath("//@for | //@aria-describedby | //@aria-controls | //@form")
    assert {name for value in named for name in value.split()} <= set(ids)


def test_every_input_has_a_label_and_every_button_a_name(screen: Screen, tag: str) -> None:
    root = root_of(screen, tag)
    for field in root.xpath("//input[not(@type='hidden')]"):
        labels = root.xpath("//label[@for=$id]", id=field.get("id"))
        assert [label.text_content().strip() != "" for label in labels] == [True]
    for button in root.iter("button"):
        assert button.get("aria-label") or button.text_content().strip()
        assert button.get("name") == "action" or button.get("type") == "button"
    assert all(image.get("alt") for image in root.iter("img"))
    assert all(picture.get("aria-hidden") == "true" for picture in root.iter("svg"))


def test_an_error_is_tied_to_its_field_which_has_the_focus(screen: Screen, tag: str) -> None:
    root = root_of(screen, tag)
    focused = root.xpath("//*[@autofocus]")
    assert len(focused) <= 1
    wrong = root.xpath("//*[@aria-invalid='true']")
    assert bool(wrong) == bool(getattr(screen, "problem", None))
    for field in wrong:
        assert focused == [field]
        (problem,) = root.xpath("//*[@id=$id]", id=field.get("aria-describedby"))
        assert problem.text_content().strip()


def test_the_first_page_is_read_before_it_is_typed_on(screen: Screen, tag: str) -> None:
    """A focus there would open a phone's keyboard over the client's message."""
    focused = root_of(screen, tag).xpath("//*[@autofocus]")
    typing = isinstance(screen, VerifyPhone | Password) or bool(getattr(screen, "problem", None))
    assert bool(focused) is typing


def test_forms_say_where_they_belong(screen: Screen, tag: str) -> None:
    forms = list(root_of(screen, tag).iter("form"))
    assert bool(forms) == isinstance(screen, Start | VerifyPhone | Password)
    for form in forms:
        assert (form.get("method"), form.get("action")) == ("post", "/id/signin/f")
        assert (form.fields["screen"], form.fields["token"]) == (screen.id, "t")


def test_enter_sends_the_main_form_and_only_its_own_button(screen: Screen, tag: str) -> None:
    root = root_of(screen, tag)
    for form in root.iter("form"):
        sending = [
            button.get("value")
            for button in root.iter("button")
            if button.get("type") != "button" and form in _owners(root, button)
        ]
        expected = form.get("id") is None
        assert (sending == ["submit"]) is expected


def _owners(root: HtmlElement, button: HtmlElement) -> list[HtmlElement]:
    """Return the form a button sends."""
    named = button.get("form")
    found: list[HtmlElement] = (
        root.xpath("//form[@id=$id]", id=named) if named else button.xpath("ancestor::form")
    )
    return found


def test_the_page_has_one_heading_one_main_and_a_title(screen: Screen, tag: str) -> None:
    root = root_of(screen, tag)
    assert len(root.xpath("//h1")) == len(root.xpath("//main")) == 1
    title = root.findtext(".//title") or ""
    assert title.startswith(root.xpath("string(//h1)").strip())
    assert title.endswith(" – FakeBrand")


def test_text_within_another_direction_says_so(screen: Screen, tag: str) -> None:
    """Numbers, addresses and codes run from left to right on every page."""
    root = root_of(screen, tag)
    for field in root.xpath("//input[@type='tel' or @type='email' or @name='code']"):
        assert field.get("dir") == "ltr"


# What a field tells a password manager and a keyboard (HTML, 4.10.18.7 and 6.8.7).
HINTS = {
    "phone": ("tel", "tel", "tel"),
    "email": ("email", "email", "email"),
    "code": ("text", "numeric", "one-time-code"),
    "password": ("password", "text", "current-password"),
}


def _kind_of_field(screen: Screen) -> tuple[str, str]:
    """Return what is typed on a screen, and the name of its field."""
    match screen:
        case Start():
            return str(screen.kind), "identifier"
        case VerifyPhone():
            return "code", "code"
        case Password():
            return "password", "password"
        case _:
            return "", ""


def test_fields_tell_password_managers_and_keyboards_what_they_are(
    screen: Screen, tag: str
) -> None:
    root = root_of(screen, tag)
    kind, name = _kind_of_field(screen)
    if not kind:
        assert root.xpath("//input") == []
        return
    (field,) = root.xpath("//input[@name=$name]", name=name)
    told = (field.get("type"), field.get("inputmode"), field.get("autocomplete"))
    assert told == HINTS[kind]


def test_a_fixed_identifier_can_be_read_but_not_changed(screen: Screen, tag: str) -> None:
    fixed = root_of(screen, tag).xpath("//input[@readonly]")
    assert len(fixed) == isinstance(screen, VerifyPhone | Password)
    for field in fixed:
        assert field.get("name") is None
        assert field.get("autocomplete") == "username"
        assert field.get("value") in {"(+47) 99912345", "user@example.com"}

"""What every page keeps: nothing inline, names for everything, one focus, forms of plain HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest

from studio.engine.screens import (
    AddEmail,
    AddPhone,
    Asking,
    CodeAsked,
    CreatePassword,
    Fixed,
    ForgotPassword,
    NewPassword,
    Password,
    ReauthPassword,
    Screen,
    Start,
    StepUp,
)
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


def _problem(screen: Screen) -> bool:
    return isinstance(screen, Asking) and screen.problem is not None


def test_an_error_is_tied_to_its_field_which_has_the_focus(screen: Screen, tag: str) -> None:
    root = root_of(screen, tag)
    focused = root.xpath("//*[@autofocus]")
    assert len(focused) <= 1
    wrong = root.xpath("//*[@aria-invalid='true']")
    without_a_field = isinstance(screen, ForgotPassword)
    assert bool(wrong) == (_problem(screen) and not without_a_field)
    assert bool(root.xpath("//*[@role='alert']")) == (_problem(screen) and without_a_field)
    for field in wrong:
        assert focused == [field]
        (problem,) = root.xpath("//*[@id=$id]", id=field.get("aria-describedby"))
        assert problem.text_content().strip()


def test_the_first_page_is_read_before_it_is_typed_on(screen: Screen, tag: str) -> None:
    """A focus there would open a phone's keyboard over the client's message."""
    focused = root_of(screen, tag).xpath("//*[@autofocus]")
    has_field = bool(_kind_of_field(screen)[0])
    first = isinstance(screen, Start) and not _problem(screen)
    assert bool(focused) is (has_field and not first)


def test_forms_say_where_they_belong(screen: Screen, tag: str) -> None:
    forms = list(root_of(screen, tag).iter("form"))
    assert bool(forms) == isinstance(screen, Asking)
    for form in forms:
        assert (form.get("method"), form.get("action")) == ("post", "/id/signin/f")
        assert (form.fields["screen"], form.fields["token"]) == (screen.id, "t")


def test_enter_sends_the_main_form_and_only_its_own_button(screen: Screen, tag: str) -> None:
    root = root_of(screen, tag)
    main = "submit" if _kind_of_field(screen)[0] else "continue"
    for form in root.iter("form"):
        sending = [
            button.get("value")
            for button in root.iter("button")
            if button.get("type") != "button" and form in _owners(root, button)
        ]
        expected = form.get("id") is None
        # Enter presses the first button (HTML, 4.10.21.2); only a look at the password comes after.
        assert (sending[:1] == [main]) is expected
        assert not expected or set(sending) <= {main, "check-password"}


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
    "new password": ("password", "text", "new-password"),
}


def _kind_of_field(screen: Screen) -> tuple[str, str]:
    """Return what is typed on a screen, and the name of its field."""
    match screen:
        case Start() | AddEmail() | AddPhone():
            return str(screen.kind), "identifier"
        case CodeAsked():
            return "code", "code"
        case Password() | ReauthPassword() | StepUp():
            return "password", "password"
        case CreatePassword() | NewPassword():
            return "new password", "password"
        case _:
            return "", ""


def test_fields_tell_password_managers_and_keyboards_what_they_are(
    screen: Screen, tag: str
) -> None:
    root = root_of(screen, tag)
    kind, name = _kind_of_field(screen)
    if not kind:
        assert root.xpath("//input[not(@type='hidden' or @readonly)]") == []
        return
    (field,) = root.xpath("//input[@name=$name]", name=name)
    told = (field.get("type"), field.get("inputmode"), field.get("autocomplete"))
    assert told == HINTS[kind]


def test_a_fixed_identifier_can_be_read_but_not_changed(screen: Screen, tag: str) -> None:
    fixed = root_of(screen, tag).xpath("//input[@readonly]")
    added_to = isinstance(screen, AddEmail | AddPhone) and screen.fixed is not None
    assert len(fixed) == (isinstance(screen, Fixed) or added_to)
    for field in fixed:
        assert field.get("name") is None
        assert field.get("autocomplete") == "username"
        assert field.get("value") in {"(+47) 99912345", "user@example.com"}


def test_what_is_fixed_has_a_link_to_change_it_only_where_that_can_be(
    screen: Screen, tag: str
) -> None:
    links = root_of(screen, tag).xpath("//div[@class='label-row']/button[@value='change']")
    assert len(links) == (isinstance(screen, Fixed) and screen.change)


def test_staying_signed_in_is_asked_where_the_screen_says_so(screen: Screen, tag: str) -> None:
    boxes = root_of(screen, tag).xpath("//input[@name='stay']")
    staying = screen.staying if isinstance(screen, Fixed) else None
    assert [box.get("checked") is not None for box in boxes] == (
        [] if staying is None else [staying]
    )

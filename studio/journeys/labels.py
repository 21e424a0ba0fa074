"""What do people read on a button, a link or an input? The label that is seen, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = "ancestor-or-self::*[self::script or self::style or self::template or @hidden]"
_SEEN_TEXT = f".//text()[not(parent::*[{_UNSEEN}])]"


def text_of(element: HtmlElement) -> str:
    """Return the label of a button or a link: its text, or what screen readers say of it."""
    said = " ".join("".join(map(str, element.xpath(_SEEN_TEXT))).split())
    return said or str(element.get("aria-label") or "")


def input_of(document: HtmlElement, name: str) -> HtmlElement | None:
    """Return the first input of a name, None where the page has none."""
    kinds = "self::input or self::select or self::textarea"
    found: list[HtmlElement] = document.xpath(f"//form//*[{kinds}][@name=$name]", name=name)
    return found[0] if found else None


def label_of(document: HtmlElement, field: HtmlElement) -> str:
    """Return the label of an input: that beside it, else what it says itself."""
    labels: list[HtmlElement] = document.xpath("//label[@for=$id]", id=field.get("id", ""))
    beside = " ".join(map(text_of, labels[:1]))
    own = (field.get(name) for name in ("aria-label", "placeholder", "name"))
    return beside or next((str(one) for one in own if one), "")


def chosen_of(field: HtmlElement, value: str) -> str:
    """Return how a value of an input is read: that of a choice by its text."""
    options: list[HtmlElement] = field.xpath("self::select//option[@value=$value]", value=value)
    return text_of(options[0]) if options else value

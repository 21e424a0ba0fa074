from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studio.i18n.extraction import ExtractionError, extracted
from studio.i18n.pofiles import messages, po_bytes
from tests.i18n import checkout

if TYPE_CHECKING:
    from pathlib import Path


def test_texts_with_their_contexts_in_the_order_of_files(tmp_path: Path) -> None:
    found = messages(extracted(checkout.make(tmp_path)))
    assert [(message.context, message.id) for message in found] == [
        ("sms", "%(code)s is your code"),
        ("title", "Sign in"),
        ("hello", "Welcome to %(client)s"),
        ("wait", ("%(num)s minute", "%(num)s minutes")),
        (None, "Back"),
        ("title", "Sign out"),
    ]


def test_comments_for_translators_go_along_and_others_do_not(tmp_path: Path) -> None:
    found = messages(extracted(checkout.make(tmp_path)))
    comments = {message.id: message.auto_comments for message in found if message.auto_comments}
    assert comments == {
        "Welcome to %(client)s": ["the client's name comes first"],
        "Sign out": ["a button"],
    }


def test_places_are_files_without_lines(tmp_path: Path) -> None:
    text = po_bytes(extracted(checkout.make(tmp_path))).decode()
    assert '#: flow_templates/start.html studio/labels.py\nmsgctxt "title"\nmsgid "Sign in"' in text
    moved = tmp_path / "flow_templates" / "start.html"
    moved.write_text("\n\n\n" + checkout.START, "utf-8")
    assert po_bytes(extracted(tmp_path)).decode() == text


def test_the_header_tells_nothing_that_changes(tmp_path: Path) -> None:
    text = po_bytes(extracted(checkout.make(tmp_path))).decode()
    for word in ("Date", "Generated", "Translator:", "fuzzy", "Babel"):
        assert word not in text


def test_a_mistake_in_a_template_is_told_with_its_place(tmp_path: Path) -> None:
    checkout.make(tmp_path)
    (tmp_path / "flow_templates" / "start.html").write_text("<p>\n{% if %}", "utf-8")
    with pytest.raises(ExtractionError, match=r"^flow_templates/start\.html:2: "):
        extracted(tmp_path)


def test_a_mistake_in_a_program_is_told_with_its_place(tmp_path: Path) -> None:
    checkout.make(tmp_path)
    (tmp_path / "studio" / "labels.py").write_text('LABEL = pgettext("title', "utf-8")
    with pytest.raises(ExtractionError, match=r"^studio/labels\.py: "):
        extracted(tmp_path)

from __future__ import annotations

import pytest

from studio.app.settings_text import description, reason, title
from studio.client.model import Client


def test_titles_stand_inside_a_sentence() -> None:
    assert title(("branding", "header")) == "header colour"
    assert title(("branding", "message", "nb")) == "message (nb)"
    assert title(("language", "default_country")) == "default country"


def test_descriptions_are_the_models() -> None:
    field = Client.model_fields["start"]
    assert description(("start",)) == field.description
    assert description(("session", "stay_signed_in", "shown")) == (
        "Whether the box is on the screen."
    )


def test_an_unknown_setting_has_no_description() -> None:
    with pytest.raises(KeyError):
        description(("branding", "header", "deeper"))


def test_a_reason_is_one_line() -> None:
    assert reason(ValueError("first\nsecond")) == "first"

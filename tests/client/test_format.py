from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.client.file import ClientFileError, parse
from studio.client.format import formatted
from studio.client.samples import SAMPLES, sample_path

TOP = """\
version: 1

registration:
  id: a
  name: A
  redirect_uris: {staging: [https://a.example/]}
"""


def form(text: str) -> str:
    once = formatted(text, "f.yaml")
    assert formatted(once, "f.yaml") == once
    assert parse(once, "f.yaml") == parse(text, "f.yaml")
    return once


def below(text: str) -> str:
    """Format what follows the registration, and return what became of it."""
    once = form(TOP + text)
    assert once.startswith(TOP)
    return once.removeprefix(TOP).removeprefix("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Order: sections and keys as in docs/client-file.md, languages as the author has them.
        (
            (
                "flow:\n  level: 2\n  require_email: true\nbranding:\n  message:\n    sv: b\n"
                "    en: a\n  header: red\n"
            ),
            (
                "branding:\n  header: red\n  message:\n    sv: b\n    en: a\n\n"
                "flow:\n  require_email: true\n  level: 2\n"
            ),
        ),
        ("session: {sso: true, prompt: [login]}\n", "session: {sso: true, prompt: [login]}\n"),
        ("session: {prompt: [login], max_age: 1}\n", "session: {max_age: 1, prompt: [login]}\n"),
        # Indentation and blank lines.
        (
            "start:\n      fields: phone\n\n\n      prefill:\n          phone: '+4799912345'\n\n\n",
            'start:\n  fields: phone\n\n  prefill:\n    phone: "+4799912345"\n',
        ),
        ("language:\n  offered:\n  - en\n  -   sv", "language:\n  offered:\n    - en\n    - sv\n"),
        # Quotes only where they are needed.
        ("branding: {header: 'red'}\n", "branding: {header: red}\n"),
        ("branding:\n  header: '#f00'\n", 'branding:\n  header: "#f00"\n'),
        ("branding:\n  message:\n    \"en\": 'it''s'\n", "branding:\n  message:\n    en: it's\n"),
        ("branding:\n  message: {en: 'a, b'}\n", 'branding:\n  message: {en: "a, b"}\n'),
        ("branding:\n  message:\n    en: 'a: b'\n", 'branding:\n  message:\n    en: "a: b"\n'),
        ("branding:\n  message:\n    en: 'true'\n", 'branding:\n  message:\n    en: "true"\n'),
        ("session:\n  sso: true\n", "session:\n  sso: true\n"),
        ("session:\n  sso: TRUE\n", "session:\n  sso: TRUE\n"),
        (
            "branding:\n  message:\n    en: one\n     two\n",
            "branding:\n  message:\n    en: one two\n",
        ),
        # Blocks of text stay blocks.
        (
            "branding:\n  message:\n    en: | # c\n         one\n\n\n           two\n    sv: x\n",
            "branding:\n  message:\n    en: |  # c\n      one\n\n\n        two\n    sv: x\n",
        ),
        (
            "branding:\n  message:\n    en: >-\n      one\n      two\n",
            "branding:\n  message:\n    en: |-\n      one two\n",
        ),
        (
            "branding:\n  message:\n    en: |+\n      one\n\nflow:\n",
            'branding:\n  message:\n    en: "one\\n\\n"\n\nflow:\n',
        ),
        # Nothing is said: the same in one spelling.
        ("start: ~\nflow:   \n", "start:\n\nflow:\n"),
        ("start: {fields: , first: ~}\n", "start: {fields: null, first: null}\n"),
        ("language: {}\n", "language: {}\n"),
        # Brackets stay where they fit and hold no comment.
        ("session: {\n  sso: true,\n }\n", "session: {sso: true}\n"),
        (
            "language:\n  offered: [en, # c\n    # d\n    sv\n    # e\n  ] # f\n",
            "language:\n  offered:  # f\n    - en        # c\n    # d\n    - sv\n    # e\n",
        ),
        (
            "sdk: {\n  read_code: true}  # c\n",
            "sdk: {read_code: true}  # c\n",
        ),
        (
            f"branding: {{message: {{en: {'a' * 60}, sv: {'b' * 60}}}}}\n",
            f"branding:\n  message:\n    en: {'a' * 60}\n    sv: {'b' * 60}\n",
        ),
        # Comments keep their entry, those behind a value their column.
        (
            "flow: # f\n    # l\n    level: 1     # x\n\n    # e\n    require_email: true # y\n",
            "flow:  # f\n  # e\n  require_email: true   # y\n  # l\n  level: 1       # x\n",
        ),
        (
            "flow:\n  level: 1\n  # consent: asked\nsdk:\n  # read_code: true\n# about\nentry:\n",
            (
                "flow:\n  level: 1\n  # consent: asked\n\nsdk:\n  # read_code: true\n\n"
                "# about\nentry:\n"
            ),
        ),
        (
            "sdk:\n  detect_on_wifi: true\n    # more\n  read_code: true\n",
            "sdk:\n  detect_on_wifi: true\n  # more\n  read_code: true\n",
        ),
        (
            "branding:\n  header:  # c\n    # d\n    red\n",
            "branding:\n  # d\n  header: red  # c\n",
        ),
        ("sdk:\n\n# end\n...\n# after\n", "sdk:\n\n# end\n# after\n"),
    ],
)
def test_one_spelling(text: str, expected: str) -> None:
    assert below(text) == expected


def test_a_comment_about_the_file_stays_at_its_top() -> None:
    registration = TOP.removeprefix("version: 1\n\n")
    text = f"\n\n# About this file.\n\n# Who.\n{registration}# One.\nversion: 1\n"
    assert form(text) == f"# About this file.\n\n# One.\nversion: 1\n\n# Who.\n{registration}"


def test_the_outermost_brackets_go() -> None:
    text = "--- # begin\n{version: 1, # one\n branding: {header: 'red'}, registration: {id: a,\n"
    text += " name: A, redirect_uris: {staging: ['https://a.example/']}}} # end\n"
    assert form(text) == (
        "# begin\nversion: 1   # one\n\n"
        "registration: {id: a, name: A, redirect_uris: {staging: [https://a.example/]}}\n\n"
        "branding: {header: red}\n\n# end\n"
    )


def test_line_ends_stay_and_a_byte_order_mark_goes() -> None:
    text = "\ufeff" + TOP.replace("\n", "\r\n").replace("  id", "   id").replace(
        "  name", "   name"
    )
    text = text.replace("  redirect", "   redirect")
    assert form(text) == TOP.replace("\n", "\r\n")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_lose_no_more_than_quotes(name: str) -> None:
    text = sample_path(name).read_text("utf-8")
    assert form(text).replace('"', "") == text.replace('"', "")


def test_a_file_with_mistakes_is_refused() -> None:
    with pytest.raises(ClientFileError, match=r"f\.yaml:1:10 version"):
        formatted("version: 2\n", "f.yaml")


def test_a_long_file_with_many_comments_takes_no_time() -> None:
    uris = "".join(f"      - https://a.example/{n} # {n}\n      # {n}\n" for n in range(1000))
    text = TOP.replace("{staging: [https://a.example/]}", f"\n    staging:\n{uris}")
    assert form(text).count("#") == 2000


COMMENTS = st.sampled_from(["# c", "#", "#: {x", "# 'é", "## - a: b"])
VALUES = st.sampled_from(["x", "it's", "a: b", "#f", "two words", "true", "- y", "[z", "ک", "a, b"])
FIXED = {"1", "a", "en", "sv", "true", "false"}


class _Writer:
    """Writes a client file as no two people would."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def text(self) -> str:
        values: dict[str, object] = {
            "version": "1",
            "registration": {
                "id": "a",
                "name": self.draw(VALUES),
                "redirect_uris": {"staging": ["https://a.example/", "a://b"]},
            },
            "branding": {"message": {"sv": self.draw(VALUES), "en": self.draw(VALUES)}},
            "language": {"offered": ["en", "sv"], "default": "en"},
            "session": {"stay_signed_in": {"shown": "true"}, "sso": "false"},
            "flow": None,
        }
        return self.noise(0) + self.mapping(values, 0) + self.noise(0)

    def noise(self, indent: int) -> str:
        lines = self.draw(st.lists(COMMENTS | st.just(""), max_size=2))
        extra = self.draw(st.sampled_from([0, 0, 1, 2, -indent]))
        return "".join(" " * (indent + extra) * bool(line) + line + "\n" for line in lines)

    def end(self) -> str:
        return self.draw(st.sampled_from(["\n", "  \n", " # end\n", "      # far\n", "\n\n"]))

    def mapping(self, values: dict[str, object], indent: int) -> str:
        order = self.draw(st.permutations(list(values.items())))
        parts = [self.entry(f"{key}:", value, indent) for key, value in order]
        return "".join(parts)

    def entry(self, head: str, value: object, indent: int) -> str:
        start = self.noise(indent) + " " * indent + head
        deeper = indent + self.draw(st.integers(1, 4))
        if value is None:
            return start + self.end()
        if isinstance(value, str):
            return start + " " + self.scalar(value, deeper)
        if self.draw(st.integers(0, 2)) == 0:
            return start + " " + self.flow(value, deeper) + self.end()
        if isinstance(value, dict):
            return start + self.end() + self.mapping(value, deeper)
        assert isinstance(value, list)
        items = [self.entry("-", item, deeper) for item in value]
        return start + self.end() + "".join(items)

    def flow(self, value: object, indent: int) -> str:
        gap = self.draw(st.sampled_from([" ", " ", "\n" + " " * indent, f" # in\n{' ' * indent}"]))
        if isinstance(value, dict):
            parts = [f"{key}: {self.flow(inner, indent)}" for key, inner in value.items()]
            return "{" + gap + f",{gap}".join(parts) + gap + "}"
        if isinstance(value, list):
            return "[" + gap + f",{gap}".join(self.flow(each, indent) for each in value) + gap + "]"
        return self.quoted(str(value))

    def quoted(self, value: str) -> str:
        if re.fullmatch(r"[a-z0-9]+", value) and self.draw(st.booleans()):
            return value
        if self.draw(st.booleans()):
            return "'" + value.replace("'", "''") + "'"
        return f'"{value}"'

    def scalar(self, value: str, indent: int) -> str:
        if value in FIXED or "://" in value or self.draw(st.integers(0, 4)):
            return self.quoted(value) + self.end()
        sign = self.draw(st.sampled_from(["|-", ">-", ">- # b"]))
        return f"{sign}\n{' ' * indent}{value}\n"


@st.composite
def written(draw: st.DrawFn) -> str:
    return _Writer(draw).text()


@settings(deadline=None, max_examples=60)
@given(written())
def test_any_layout_has_one_form_that_says_the_same(text: str) -> None:
    once = form(text)
    assert once.count("#") == text.count("#")
    assert not re.search(r"[ \t]\n|\n\n\n|\A\n|\n\n\Z|\t", once)
    sections = re.findall(r"^(\w+):", once, re.MULTILINE)
    order = ["version", "registration", "branding", "language", "flow", "session"]
    assert sections == order

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.client.edit import EditError, remove, set_value
from studio.client.samples import sample_path

if TYPE_CHECKING:
    from studio.client.edit import Value


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        # A value that is there: only its characters change, its quotes stay.
        ("a: x  # why\n", "a", "y", "a: y  # why\n"),
        ("a:   'x'\n", "a", "it's", "a:   'it''s'\n"),
        ("a: 'x'\n", "a", "two\nlines", 'a: "two\\nlines"\n'),
        ('a: "x"\n', "a", 'say "hi"', 'a: "say \\"hi\\""\n'),
        ('"a": x\n', "a", "y", '"a": y\n'),
        ("a: x\r\nb: y\r\n", "a", "z", "a: z\r\nb: y\r\n"),
        ("\ufeffa: x\n", "a", "y", "\ufeffa: y\n"),
        ("a: 🦊 # æ\nb: ø\n", "b", "خوش", "a: 🦊 # æ\nb: خوش\n"),
        ("a: {b: x, c: y}\n", "a.b", "z", "a: {b: z, c: y}\n"),
        ("a: {b: x, c: y}\n", "a.b", "p, q", 'a: {b: "p, q", c: y}\n'),
        ("a: one\n  two\n  three # c\nb: x\n", "a", "y", "a: y # c\nb: x\n"),
        ('a: "one\n  two"\nb: x\n', "a", "y", 'a: "y"\nb: x\n'),
        ("a: |  # c\n  one\n  two\n\nb: x\n", "a", "p\nq\n", "a: | # c\n  p\n  q\n\nb: x\n"),
        ("a: |-\n    one\nb: x\n", "a", "p\n\nq", "a: |-\n    p\n\n    q\nb: x\n"),
        ("a: |+\n  one\n\nb: x\n", "a", " p", 'a: " p"\n\nb: x\n'),
        ("a: >  # c\n  one\n  two\nb: x\n", "a", "p", "a: p # c\nb: x\n"),
        ("a: x\n", "a", True, "a: true\n"),
        ("a: 'x'\n", "a", 2, "a: 2\n"),
        # Text that would read as something else is quoted.
        ("a: x\n", "a", "", 'a: ""\n'),
        ("a: x\n", "a", "~", 'a: "~"\n'),
        ("a: x\n", "a", "null", 'a: "null"\n'),
        ("a: x\n", "a", "true", 'a: "true"\n'),
        ("a: x\n", "a", "+4799912345", 'a: "+4799912345"\n'),
        ("a: x\n", "a", "#f36", 'a: "#f36"\n'),
        ("a: x\n", "a", "f(#f36,#fff)", "a: f(#f36,#fff)\n"),
        ("a: x\n", "a", "f(1, #fff)", 'a: "f(1, #fff)"\n'),
        ("a: x\n", "a", "- y", 'a: "- y"\n'),
        ("a: x\n", "a", "y: z", 'a: "y: z"\n'),
        ("a: x\n", "a", "y ", 'a: "y "\n'),
        ("a: x\n", "a", "&y", 'a: "&y"\n'),
        ("a: x\n", "a", "\u2028\x07", 'a: "\\u2028\\u0007"\n'),
        ("a: x\n", "a", "NO", "a: NO\n"),
        ("a: x\n", "a", "https://a.example/?b=c#d", "a: https://a.example/?b=c#d\n"),
        # Nothing there yet.
        ("a:\nb: x\n", "a", "y", "a: y\nb: x\n"),
        ("a:   # c\n", "a", "y", "a: y   # c\n"),
        ("a: ~\n", "a", "y", "a: y\n"),
        ("a: {b: , c: }\n", "a.b", "y", "a: {b: y, c: }\n"),
        ("a: {b: , c: }\n", "a.c", "y", "a: {b: , c: y}\n"),
        # A missing key goes to the end of its section.
        ("", "a", "y", "a: y\n"),
        ("# c\n", "a.b", "y", "# c\na:\n  b: y\n"),
        ("# c", "a", "y", "# c\na: y"),
        ("a: x\n", "b", "y", "a: x\nb: y\n"),
        ("a: x", "b", "y", "a: x\nb: y"),
        ("a: x\r\n", "b.c", "y", "a: x\r\nb:\r\n  c: y\r\n"),
        ("a:\n    b: x  # c\n    # d\n\ne: f\n", "a.g", "y",
         "a:\n    b: x  # c\n    g: y\n    # d\n\ne: f\n"),
        ("a:\n  b: |\n    x\n\nc: d\n", "a.e", "y", "a:\n  b: |\n    x\n  e: y\n\nc: d\n"),
        ("a:\n  b: |+\n    x\n\nc: d\n", "a.e", "y", "a:\n  b: |+\n    x\n\n  e: y\nc: d\n"),
        ("a:\n  b: x\n   y\nc: d\n", "a.e", "z", "a:\n  b: x\n   y\n  e: z\nc: d\n"),
        ("a:\n  b:\n    - x\n    - y # c\nc: d\n", "a.e", "z",
         "a:\n  b:\n    - x\n    - y # c\n  e: z\nc: d\n"),
        ("a:\n  b:   # c\nd: e\n", "a.f", "z", "a:\n  b:   # c\n  f: z\nd: e\n"),
        ("a:  # c\nb: x\n", "a.d.e", "y", "a:  # c\n  d:\n    e: y\nb: x\n"),
        ("a: {}\n", "a.b", "y", "a: {b: y}\n"),
        ("a: {b: x}  # c\n", "a.d", "y", "a: {b: x, d: y}  # c\n"),
        ("a: {b: x,}\n", "a.d", "y", "a: {b: x, d: y,}\n"),
        ("a: {b: }\n", "a.d", "y", "a: {b: , d: y }\n"),
        ("a: {\n  b: x # c\n}\n", "a.d", "y", "a: {\n  b: x, d: y # c\n}\n"),
        ("a: {b: x}\n", "a.d.e", "y", "a: {b: x, d: {e: y}}\n"),
        ("a: {b: }\n", "a.b.c", "y", "a: {b: {c: y}}\n"),
        ("a: x\n", "b", ["p", "q, r"], 'a: x\nb: [p, "q, r"]\n'),
        ("a: x\n...\n", "b", "y", "a: x\nb: y\n...\n"),
        # Lists: items that stay keep their comments.
        ("a: [x, y] # c\n", "a", ["x", "z", "y"], "a: [x, z, y] # c\n"),
        ("a: [x, y, z]\n", "a", ["x", "z"], "a: [x, z]\n"),
        ("a: [x, y, z]\n", "a", ["x"], "a: [x]\n"),
        ("a: [x, y, z]\n", "a", ["z"], "a: [z]\n"),
        ("a: [x, y]\n", "a", [], "a: []\n"),
        ("a: []\n", "a", ["x", "y"], "a: [x, y]\n"),
        ("a: [y]\n", "a", ["x", "y"], "a: [x, y]\n"),
        ("a: [\n  x, # c\n  y # d\n]\n", "a", ["x"], "a: [\n  x # c\n   # d\n]\n"),
        ("a:\n- x # c\n- y # d\nb: z\n", "a", ["y"], "a:\n- y # d\nb: z\n"),
        ("a:\n  - x # c\n  # e\n  - y # d\n", "a", ["x", "y", "w"],
         "a:\n  - x # c\n  # e\n  - y # d\n  - w\n"),
        ("a:\n  - y # d\n", "a", ["x", "y"], "a:\n  - x\n  - y # d\n"),
        ("a:\n  - x # c\n  - y\n", "a", ["z", "y"], "a:\n  - z # c\n  - y\n"),
        ("a:  # c\n  - x\nb: z\n", "a", [], "a: []  # c\nb: z\n"),
        ("a:\n  - x", "a", ["x", "y"], "a:\n  - x\n  - y"),
        ("a:\n", "a", ["x"], "a: [x]\n"),
    ],
)  # fmt: skip
def test_only_the_wanted_characters_change(
    text: str, path: str, value: Value, expected: str
) -> None:
    assert set_value(text, tuple(path.split(".")), value) == expected


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a: x # c\nb: y\n", "a", "b: y\n"),
        ("# c\na: x\n\n# d\nb: y\n", "a", "# c\n\n# d\nb: y\n"),
        ("a:\n  b: |\n    x\n\n  c: y\n", "a.b", "a:\n\n  c: y\n"),
        ("a:\n  b: x\nc: y\n", "a.b", "a:\nc: y\n"),
        ("a:\n  b:\n    - x\n  # c\nd: y\n", "a.b", "a:\n  # c\nd: y\n"),
        ("a: {b: x, c: y}\n", "a.b", "a: {c: y}\n"),
        ("a: {b: x, c: y}\n", "a.c", "a: {b: x}\n"),
        ("a: {b: x}\n", "a.b", "a: {}\n"),
        ("a: {b: x, c: , d: y}\n", "a.c", "a: {b: x, d: y}\n"),
        ("a: {\n  b: x, # c\n  d: y # e\n}\n", "a.d", "a: {\n  b: x # c\n   # e\n}\n"),
        ("\ufeffa: x\r\nb: y\r\n", "a", "\ufeffb: y\r\n"),
        ("a: x", "a", ""),
        ("a: x\n", "b", "a: x\n"),
        ("a: x\n", "b.c", "a: x\n"),
    ],
)
def test_an_entry_is_removed_whole(text: str, path: str, expected: str) -> None:
    assert remove(text, tuple(path.split("."))) == expected
    assert set_value(text, tuple(path.split(".")), None) == expected


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("a: {b: x}\n", ("a",), "y"),
        ("a:\n  b: x\n", ("a",), ["y"]),
        ("a: x\n", ("a", "b"), "y"),
        ("a: [x]\n", ("a", "0"), "y"),
        ("a: x\n", (), "y"),
        ("a: [\n", ("a",), "y"),
        ("a: x\na: y\n", ("a",), "z"),
        ("a: &b x\n", ("a",), "z"),
        ("? a\n: b\n? c\n", ("d",), "z"),
    ],
)
def test_an_edit_that_has_no_place_is_refused(
    text: str, path: tuple[str, ...], value: Value
) -> None:
    with pytest.raises(EditError):
        set_value(text, path, value)


def test_an_item_of_a_list_is_no_entry() -> None:
    with pytest.raises(EditError, match=r"a\.0 is no entry"):
        remove("a: [x]\n", ("a", "0"))


def test_setting_what_is_there_changes_nothing() -> None:
    text = "a: >-\n  one\n  two # no comment\n"
    assert set_value(text, ("a",), "one two # no comment") == text


# Random documents: sections, lists and texts, written by hand in many ways.

_words = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"]), min_size=0, max_size=12
)
_keys = st.sampled_from(["a", "b", "c", "NO", "ur-PK"])
_styles = st.sampled_from(["plain", "'", '"'])
_comments = st.sampled_from(["", "  # note", " # ä: {x}", " #f00"])
type Tree = dict[str, Tree] | list[str] | str | None

_leaves = st.one_of(_words, st.lists(_words, max_size=3), st.none())
_trees: st.SearchStrategy[dict[str, Tree]] = st.recursive(
    st.dictionaries(_keys, _leaves, max_size=4),
    lambda inner: st.dictionaries(_keys, st.one_of(inner, _leaves), max_size=4),
    max_leaves=12,
)


class Writer:
    """Write data as YAML with comments, blank lines and styles that are drawn at random."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.number = 0

    def document(self, tree: dict[str, Tree]) -> str:
        lines = [*self.aside(0), *self.section(tree, 0)] if tree else self.aside(0)
        newline = self.draw(st.sampled_from(["\n", "\r\n"]))
        end = self.draw(st.sampled_from(["", newline]))
        return self.draw(st.sampled_from(["", "\ufeff"])) + newline.join(lines) + end

    def aside(self, indent: int) -> list[str]:
        kind = self.draw(st.integers(0, 5))
        if kind > 1:
            return []
        self.number += 1
        return [""] if kind else [" " * indent + f"# comment {self.number}"]

    def comment(self) -> str:
        self.number += 1
        return self.draw(_comments)

    def section(self, tree: dict[str, Tree], indent: int) -> list[str]:
        lines = []
        for key, value in tree.items():
            lines += [*self.entry(key, value, indent), *self.aside(indent)]
        return lines

    def entry(self, key: str, value: Tree, indent: int) -> list[str]:
        head = " " * indent + key + ":"
        if value is None:
            return [head + self.comment()]
        flow = not value or self.draw(st.booleans())
        if isinstance(value, str):
            return [f"{head} {self.text(value)}{self.comment()}"]
        if flow:
            return [f"{head} {self.flow(value)}{self.comment()}"]
        step = indent + self.draw(st.integers(1, 3))
        if isinstance(value, list):
            dash = " " * self.draw(st.sampled_from([indent, step])) + "- "
            items = [dash + self.text(item) + self.comment() for item in value]
            return [head + self.comment(), *items]
        return [head + self.comment(), *self.section(value, step)]

    def flow(self, value: Tree) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k}: {self.flow(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.text(item) for item in value) + "]"
        return "" if value is None else self.text(value)

    def text(self, value: str) -> str:
        style = self.draw(_styles)
        if style == "plain" and value.isalnum() and value not in {"null", "Null", "NULL"}:
            return value
        if style == "'" and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        return yaml.dump(value, default_style='"', width=10_000).rstrip("\n")


@st.composite
def documents(draw: st.DrawFn) -> str:
    return Writer(draw).document(draw(_trees))


def _data(text: str) -> Tree:
    return _plain(yaml.compose(text, yaml.BaseLoader))


def _plain(node: yaml.Node | None) -> Tree:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [str(item.value) for item in node.value]
    if not isinstance(node, yaml.ScalarNode) or (not node.style and node.value == ""):
        return None
    return str(node.value)


def _without_empty(tree: Tree) -> Tree:
    if not isinstance(tree, dict):
        return tree
    kept = {key: _without_empty(value) for key, value in tree.items()}
    return {key: value for key, value in kept.items() if value is not None} or None


def _with(tree: Tree, path: tuple[str, ...], value: Tree) -> Tree:
    if not path:
        return value
    entries = tree if isinstance(tree, dict) else {}
    return {**entries, path[0]: _with(entries.get(path[0]), path[1:], value)}


def _comments_on_own_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line.startswith("# comment")]


def _notes(text: str) -> int:
    return sum(text.count(note) for note in ("  # note", " # ä: {x}", " #f00"))


def _has_place(tree: Tree, path: tuple[str, ...]) -> bool:
    for name in path:
        if tree is None:
            return True
        if not isinstance(tree, dict):
            return False
        tree = tree.get(name)
    return not isinstance(tree, dict)


_paths = st.lists(_keys, min_size=1, max_size=3).map(tuple)
_values = st.one_of(_words, st.booleans(), st.integers(0, 99), st.lists(_words, max_size=4))


@settings(deadline=None, max_examples=60)
@given(documents(), _paths, _values)
def test_an_edit_keeps_every_other_value_and_every_comment(
    text: str, path: tuple[str, ...], value: Value
) -> None:
    before = _data(text)
    wanted: Tree = str(value).lower() if isinstance(value, bool | int) else value
    old = before
    for name in path:
        old = old.get(name) if isinstance(old, dict) else None
    if not _has_place(before, path) or (isinstance(old, list) and not isinstance(value, list)):
        return
    after = set_value(text, path, value)
    assert _without_empty(_data(after)) == _without_empty(_with(before, path, wanted))
    assert _comments_on_own_lines(after) == _comments_on_own_lines(text)
    if not isinstance(old, list):
        assert _notes(after) >= _notes(text)
    assert after.count("\r\n") >= text.count("\r\n") or isinstance(old, list)


@settings(deadline=None, max_examples=60)
@given(documents(), _paths)
def test_a_removal_keeps_every_other_value(text: str, path: tuple[str, ...]) -> None:
    before = _data(text)
    after = remove(text, path)
    assert _without_empty(_data(after)) == _without_empty(_with(before, path, None)) or (
        after == text
    )


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30))
def test_any_text_can_be_a_value_in_the_sample(value: str) -> None:
    text = sample_path("fakebrand").read_text(encoding="utf-8")
    for path in (
        ("branding", "message", "en"),
        ("branding", "logo"),
        ("start", "prefill", "email"),
    ):
        after = set_value(text, path, value)
        node = _data(after)
        for name in path:
            assert isinstance(node, dict)
            node = node[name]
        assert node == value

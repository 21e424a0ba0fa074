"""A text is the same text for whoever reads the literal again."""

from __future__ import annotations

import json
import re

import pytest

from studio.exporters.literals import android, kotlin, localizable, markdown, swift
from tests.exporters.given import HOSTILE


def read_android(text: str) -> str:
    """Read a string resource as Android's tools do: white space collapses, escapes are undone."""
    collapsed = " ".join(part for part in re.split(r"[ \n\t]+", text) if part)
    codes = {"n": "\n", "t": "\t"}

    def plain(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if code.startswith("u") else codes.get(code, code)

    return re.sub(r"\\(u[0-9a-f]{4}|.)", plain, collapsed, flags=re.DOTALL)


def read_swift(text: str) -> str:
    units = re.sub(
        r"\\u\{([0-9a-f]+)\}", lambda code: json.dumps(chr(int(code[1], 16)))[1:-1], text
    )
    return str(json.loads(units))


@pytest.mark.parametrize("text", HOSTILE)
def test_android_reads_the_text_again(text: str) -> None:
    written = android(text)
    assert read_android(written) == text
    assert not re.search(r"(?<!\\)['\"]|^[@?]", written)


@pytest.mark.parametrize("text", HOSTILE)
def test_kotlin_reads_the_text_again_and_puts_nothing_in(text: str) -> None:
    written = kotlin(text)
    assert not re.search(r"(?<!\\)\$", written)
    assert json.loads(written.replace(r"\$", "$")) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_swift_reads_the_text_again_and_puts_nothing_in(text: str) -> None:
    written = swift(text)
    assert not re.search(r"(?<!\\)(\\\\)*\\\(", written)
    assert read_swift(written) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_strings_files_read_the_text_again(text: str) -> None:
    assert json.loads(localizable(text).replace(r"\U", r"\u")) == text


@pytest.mark.parametrize("write", [kotlin, swift, localizable])
def test_no_character_that_is_not_seen_gets_into_code(write: object) -> None:
    assert callable(write)
    assert all(write(text).isprintable() for text in HOSTILE)


def test_characters_beyond_the_basic_plane_are_written_as_each_language_has_them() -> None:
    tag = "\U000e0067"
    assert kotlin(tag) == r'"\udb40\udc67"'
    assert swift(tag) == r'"\u{e0067}"'
    assert android(tag) == tag


def test_markdown_is_one_line_of_text() -> None:
    assert markdown("a | <b>\n[x](y) *z*") == r"a \| \<b\> \[x\]\(y\) \*z\*"

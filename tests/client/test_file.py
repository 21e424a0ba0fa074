from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.client.file import ClientFileError, parse, read, save
from studio.client.samples import sample_path

if TYPE_CHECKING:
    from pathlib import Path

SMALLEST = """\
version: 1
registration:
  id: fakebrand
  name: FakeBrand
  redirect_uris: {production: [https://fakebrand.example/callback]}
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(ClientFileError) as caught:
        parse(text, "f.yaml")
    assert str(caught.value) == "\n".join(map(str, caught.value.mistakes))
    return str(caught.value).split("\n")


def test_the_smallest_client_file_has_defaults_for_everything_else() -> None:
    client = parse(SMALLEST, "f.yaml")
    assert client.branding.header.css() == "#007cb0"
    assert len(client.language.offered) == 14
    assert client.flow.level == 1
    assert client.start.prefill.phone is None


def test_every_mistake_is_told_at_once_and_in_order() -> None:
    text = """\
version: 2
registration:
  id: [a]
  nmae: x
  redirect_uris:
    staging: [http://a.example/c]
    production:
      -
      - https://a.example/x#y
  scopes: [profile]
  scopes: openid
branding:
  header: gren
  message:
    xx: hi
    en: ""
language: x
session: {prompt: [none, login], sso: no, max_age: 1x}
start:
  prefill: {phone: 12, email: }
  fields: ~
  first: phon
flow: {level: 3, force: {phone: "+4799912345", email: a@example.com}}
sdk:
"""
    assert mistakes(text) == [
        'f.yaml:1:10 version: must be 1, not "2"',
        "f.yaml:2:1 registration.name: is missing; it has no default",
        "f.yaml:3:7 registration.id: must be one value, not a list",
        (
            'f.yaml:4:3 registration.nmae: unknown key; did you mean "name"? allowed: id, name, '
            "organisation, product, description, contact, platform, application_type, "
            "confidential, scopes, redirect_uris, post_logout_redirect_uris, "
            "backchannel_logout_uri, terms_uri, privacy_uri, sms_sender"
        ),
        (
            'f.yaml:6:15 registration.redirect_uris.staging.0: "http://a.example/c" must begin '
            "with https:// (or http://localhost)"
        ),
        "f.yaml:8:8 registration.redirect_uris.production.0: is empty; write a value or remove it",
        (
            'f.yaml:9:9 registration.redirect_uris.production.1: "https://a.example/x#y" has a '
            "fragment (#...); remove it"
        ),
        'f.yaml:10:11 registration.scopes: "openid" is missing; sign-in is not possible without it',
        "f.yaml:11:3 registration.scopes: the key is there twice; it is on line 10 too; remove one",
        'f.yaml:13:11 branding.header: "gren" is not a colour; did you mean "green"?',
        (
            'f.yaml:15:5 branding.message.xx: "xx" is not allowed; allowed: bn, bg, my, zh-Hans, '
            "da, en, id, ms, sr-Latn-ME, nb, sr-Latn, sv, th, ur-PK"
        ),
        "f.yaml:16:9 branding.message.en: is empty; leave the key out, or write a text",
        'f.yaml:17:11 language: must be a section of keys and values, not "x"',
        'f.yaml:18:19 session.prompt: "none" stands alone; remove it or the others',
        'f.yaml:18:39 session.sso: must be true or false, not "no"',
        'f.yaml:18:52 session.max_age: must be a whole number from 0 to 999999999, not "1x"',
        (
            'f.yaml:20:20 start.prefill.phone: "12" is not a phone number with its calling code, '
            'such as "+47 999 12 345"'
        ),
        (
            'f.yaml:22:10 start.first: "phon" is not allowed; did you mean "phone"? '
            "allowed: phone, email"
        ),
        'f.yaml:23:15 flow.level: "3" is not allowed; allowed: 1, 2',
        (
            "f.yaml:23:55 flow.force.email: only one of phone and email can be forced; "
            "remove one of them"
        ),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "f.yaml:1:1 version: is missing; it has no default"),
        ("- a", 'f.yaml:1:1 a client file is a mapping that begins with "version: 1"'),
        ("word", 'f.yaml:1:1 a client file is a mapping that begins with "version: 1"'),
        ("a: b: c", "f.yaml:1:5 this is not YAML: mapping values are not allowed here"),
        ("a: 1\n b: 2", "f.yaml:2:3 this is not YAML: mapping values are not allowed here"),
        ("a: &x 1", "f.yaml:1:4 an anchor (&name) is not allowed; remove it"),
        ("a: &x 1\nb: *x", "f.yaml:2:4 an alias (*name) is not allowed; write the value again"),
        ("a: !!python/object:os.system x", "f.yaml:1:4 a tag (!name) is not allowed; remove it"),
        ("a: 1\n---\nb: 1", "f.yaml:2:1 a second document begins here; a client file has one"),
        ("a: \x00", "f.yaml:1:4 the character U+0000 is not allowed; remove it"),
        ("a: 1\nb: \ud800", "f.yaml:2:4 the character U+D800 is not allowed; remove it"),
        ("[" * 100_000, "f.yaml:1:21 the nesting is deeper than 20 levels"),
        (
            "a" * 1_000_001,
            "f.yaml:1:1 the file has 1000001 characters; at most 1000000 are allowed",
        ),
        ("a: [" + "1," * 100_000 + "]", "f.yaml:1:9995 the file holds too many values"),
        ("? [a]\n: b", "f.yaml:1:3 a key must be one word"),
    ],
)
def test_text_that_is_no_client_file_has_one_clear_mistake(text: str, expected: str) -> None:
    assert expected in mistakes(text)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("#f36f2d", 'f.yaml:7:11 branding.header: "#f36f2d" is a comment here'),
        ("red #fff", 'f.yaml:7:15 branding.header: "#fff" is a comment here'),
        ("linear-gradient(1deg, #fff, #000)", 'f.yaml:7:33 branding.header: "#fff" is a comment'),
    ],
)
def test_a_colour_that_yaml_takes_for_a_comment_is_noticed(header: str, expected: str) -> None:
    (line,) = mistakes(f"{SMALLEST}branding:\n  header: {header}\n")
    assert line.startswith(expected)
    assert line.endswith("put the whole colour in quotes")


@pytest.mark.parametrize("header", ["red # fine", "  # any colour", "'#f00'", '"red" #fff'])
def test_a_comment_beside_a_colour_is_no_mistake(header: str) -> None:
    parse(f"{SMALLEST}branding:\n  header: {header}\n", "f.yaml")


def test_country_no_is_norway_and_not_false() -> None:
    client = parse(SMALLEST + "language: {default_country: NO}\n", "f.yaml")
    assert client.language.default_country == "NO"


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("abc:-#[]{}&*!|>'\"%@ \n\t,?~é\ufeff\u2028"), max_size=40))
def test_no_text_brings_anything_but_a_client_file_error(text: str) -> None:
    with pytest.raises(ClientFileError):
        parse(text, "f.yaml")


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_load_and_save_gives_the_same_bytes(tmp_path: Path, before: bytes, newline: str) -> None:
    sample = sample_path("fakebrand").read_text(encoding="utf-8").replace("\n", newline)
    data = before + sample.encode("utf-8")
    path = tmp_path / "a.client.yaml"
    path.write_bytes(data)
    text, client = read(path)
    save(path, text)
    assert path.read_bytes() == data
    assert client == parse(sample.replace(newline, "\n"), "a")
    assert [item.name for item in tmp_path.iterdir()] == ["a.client.yaml"]


def test_a_file_that_is_not_utf8_has_the_place(tmp_path: Path) -> None:
    path = tmp_path / "a.client.yaml"
    path.write_bytes("version: 1\n# å b\xe9d".encode()[:-2] + b"\xe9")
    with pytest.raises(ClientFileError, match=r"a\.client\.yaml:2:6 is not UTF-8 here"):
        read(path)


def test_a_missing_file_is_a_client_file_error(tmp_path: Path) -> None:
    with pytest.raises(ClientFileError, match=r"none\.yaml: cannot be read: No such file"):
        read(tmp_path / "none.yaml")


def test_saving_keeps_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    save(path, "new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    save(tmp_path / "new", "text")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_saving_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.yaml", tmp_path / "link.yaml"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    save(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_a_failed_save_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old", encoding="utf-8")

    def broken(_handle: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="full"):
        save(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_connects_own_client_id_is_refused() -> None:
    text = "version: 1\nregistration:\n  id: my-connect-account\n  name: Mine\n"
    told = [one for one in mistakes(text) if "id:" in one]
    wanted = "is CONNECT's own client; choose another id"
    assert told == [f'f.yaml:3:7 registration.id: "my-connect-account" {wanted}']

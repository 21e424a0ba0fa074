from __future__ import annotations

from studio.app.differences import differences, flat
from studio.client.file import parse

TEXT = """
version: 1
registration: {id: a, name: A, redirect_uris: {staging: [http://localhost:8081/a]}}
branding: {message: {en: Hello}}
"""


def test_leaves_have_dotted_paths() -> None:
    leaves = flat(parse(TEXT, "a.yaml"))
    assert leaves["registration.name"] == "A"
    assert leaves["branding.message.en"] == "Hello"
    assert leaves["session.stay_signed_in.default"] is False


def test_differences_name_what_is_new_gone_or_other() -> None:
    old = parse(TEXT, "a.yaml")
    new = parse(TEXT.replace("en: Hello", "nb: Hei").replace("name: A", "name: B"), "a.yaml")
    assert differences(old, new) == {
        "registration.name",
        "branding.message.en",
        "branding.message.nb",
    }
    assert differences(old, old) == frozenset()

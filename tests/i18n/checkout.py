"""A small checkout with texts of every kind, for the tests to extract, translate and break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.i18n import maintenance, pofiles
from studio.i18n.locales import locale

if TYPE_CHECKING:
    from pathlib import Path

START = """\
<h1>{{ pgettext("title", "Sign in") }}</h1>
{# Translators: the client's name comes first #}
<p>{{ pgettext("hello", "Welcome to %(client)s", client=client) }}</p>
{# not for translators #}
<p>{{ npgettext("wait", "%(num)s minute", "%(num)s minutes", minutes) }}</p>
<p>{{ gettext("Back") }}</p>
"""
SMS = """{{ pgettext("sms", "%(code)s is your code", code=code) }}"""
PROGRAM = """\
from studio.i18n.catalogues import pgettext_noop

# Translators: a button
LABEL = pgettext_noop("title", "Sign out")


def pgettext(context: str, message: str) -> str:
    return message


def again(name: str) -> str:
    return pgettext("title", "Sign in") + pgettext("title", name)
"""


def make(root: Path) -> Path:
    """Write the sources below `root`, and every file that follows from them."""
    _write(root / "flow_templates" / "start.html", START)
    _write(root / "flow_templates" / "messages" / "sms.txt", SMS)
    _write(root / "flow_templates" / "static" / "pages.css", 'pgettext("no", "text")')
    _write(root / "studio" / "labels.py", PROGRAM)
    return bring_up_to_date(root)


def bring_up_to_date(root: Path) -> Path:
    """Run all the steps."""
    for step in maintenance.STEPS.values():
        maintenance.write(step(root))
    return root


def translate(root: Path, tag: str, source: str, translation: str) -> None:
    """Write the translation of a text into its `.po` file, as a translator does."""
    edit(root, tag, f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{translation}"')


def edit(root: Path, tag: str, old: str, new: str) -> None:
    """Replace a part of a language's `.po` file that occurs once."""
    file = pofiles.path(root / "locales", locale(tag))
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")

"""Which texts are there to translate.

Templates (`flow_templates/**/*.html` and `*.txt`) and Python (`studio/**/*.py`) state their texts
in English with gettext's function names: `pgettext("context", "text")` and so on, and in Python
tables `pgettext_noop`. A comment before a text that begins with `Translators:` goes with it.
"""

from __future__ import annotations

from tokenize import TokenError
from typing import TYPE_CHECKING, Final

from babel.messages.extract import extract
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract

from studio.i18n.pofiles import StableCatalog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEYWORDS: Final = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext_noop": ((1, "c"), 2),
}
_COMMENT_TAG: Final = "Translators:"
_TEMPLATE_OPTIONS: Final = {"encoding": "utf-8", "newstyle_gettext": "true", "silent": "false"}


class ExtractionError(ValueError):
    """A file with texts cannot be read."""


def extracted(root: Path) -> StableCatalog:
    """Return the template catalogue of a checkout, in the order of files and their texts.

    Raises:
        ExtractionError: A template or program has a mistake in its syntax.
    """
    catalogue = StableCatalog(None)
    for file in _sources(root):
        _add_texts(catalogue, file, file.relative_to(root).as_posix())
    return catalogue


def _sources(root: Path) -> Iterator[Path]:
    templates = root / "flow_templates"
    yield from sorted([*templates.rglob("*.html"), *templates.rglob("*.txt")])
    yield from sorted((root / "studio").rglob("*.py"))


def _add_texts(catalogue: StableCatalog, file: Path, name: str) -> None:
    method = "python" if file.suffix == ".py" else babel_extract
    options = {} if file.suffix == ".py" else _TEMPLATE_OPTIONS
    with file.open("rb") as source:
        found = extract(method, source, _KEYWORDS, [_COMMENT_TAG], options, strip_comment_tags=True)
        try:
            for line, text, comments, context in found:
                place = [(name, line)]
                catalogue.add(text, "", place, auto_comments=comments, context=context)
        except TemplateSyntaxError as error:
            raise ExtractionError(f"{name}:{error.lineno}: {error.message}") from None
        except (SyntaxError, TokenError) as error:
            raise ExtractionError(f"{name}: {error}") from None

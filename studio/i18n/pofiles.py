"""How catalogues are read, merged with the template, and written as the same bytes every time.

Rules kept here:

- A file says nothing of when, by whom or with what it was written, and gives no line numbers, so
  that it changes only when its texts do.
- A translation whose source text is gone is kept at the end of its file, and comes back with it.
- Nothing is guessed: a changed source text is a new text without translation.
- The English catalogue says what its sources say.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from studio.i18n.locales import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.i18n.locales import Locale

_UPDATED_BY = "python -m studio.i18n update"


class CatalogueError(ValueError):
    """A file of messages cannot be read."""


class StableCatalog(Catalog):
    """A catalogue whose header holds only what follows from its language.

    Args:
        locale: The language; None for the template.
    """

    def __init__(self, locale: Locale | None) -> None:
        super().__init__(
            locale=locale.babel_id if locale else None,
            header_comment=_title(locale),
            charset="utf-8",
            fuzzy=False,
        )
        self._plural_count = locale.plural_count if locale else 2
        self._header = "".join(f"{name}: {value}\n" for name, value in _header(locale))

    @property
    def num_plurals(self) -> int:
        """How many forms a countable text has."""
        return self._plural_count

    def __iter__(self) -> Iterator[Message]:
        """Yield the header as a message with an empty id, as Babel does, and the messages."""
        yield Message("", self._header)
        for message in super().__iter__():
            if message.id:
                yield message


def _title(locale: Locale | None) -> str:
    if locale is None:
        return "# The texts of the CONNECT pages. Made by python -m studio.i18n extract."
    return f"# The texts of the CONNECT pages in {locale.english_name}. Kept by {_UPDATED_BY}."


def _header(locale: Locale | None) -> list[tuple[str, str]]:
    language = [
        ("Language", locale.babel_id if locale else ""),
        ("X-Text-Direction", locale.direction if locale else ""),
        ("Plural-Forms", locale.plural_forms if locale else ""),
    ]
    return [
        ("Project-Id-Version", "connect-studio"),
        *(row for row in language if row[1]),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]


def template_path(folder: Path) -> Path:
    """Return where the template lies in a folder `locales/`."""
    return folder / "connect.pot"


def path(folder: Path, locale: Locale) -> Path:
    """Return where a language's `.po` file lies in a folder `locales/`; the `.mo` is beside it."""
    return folder / locale.tag / "LC_MESSAGES" / "connect.po"


def read(file: Path) -> Catalog:
    """Read a `.po` or `.pot` file; a file that is not there is an empty catalogue.

    Raises:
        CatalogueError: The file is not in gettext's format.
    """
    if not file.is_file():
        return Catalog(charset="utf-8")
    try:
        return read_po(BytesIO(file.read_bytes()), charset="utf-8", abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError(f"{file}:{error.lineno + 1}: {error}") from None
    except ValueError as error:
        raise CatalogueError(f"{file}: {error}") from None


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages without the header."""
    return (message for message in catalogue if message.id)


def key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    """Return what tells a message from all others: its context and its source texts."""
    return message.context, _texts(message.id)


def is_translated(message: Message) -> bool:
    """Tell whether every form of a message has a text that nobody has put in doubt."""
    return not message.fuzzy and all(_texts(message.string))


def merged(template: Catalog, old: Catalog, locale: Locale) -> StableCatalog:
    """Return the template's messages with the translations that a language has for them."""
    known = {key(message): message for message in (*old.obsolete.values(), *messages(old))}
    catalogue = StableCatalog(locale)
    for message in messages(template):
        before = known.pop(key(message), None)
        catalogue[message.id] = _carried(message, before, locale)
    if locale.tag != SOURCE:
        for number, message in enumerate(filter(is_translated, known.values())):
            catalogue.obsolete[str(number)] = message
    return catalogue


def _carried(message: Message, before: Message | None, locale: Locale) -> Message:
    carried = message.clone()
    if locale.tag == SOURCE:
        carried.string = message.id
    elif before is not None:
        carried.string = before.string
        carried.user_comments = before.user_comments
        carried.flags |= before.flags & {"fuzzy"}
    return carried


def po_bytes(catalogue: StableCatalog) -> bytes:
    """Return the text of a `.po` or `.pot` file."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, include_lineno=False)
    return buffer.getvalue().rstrip() + b"\n"


def mo_bytes(catalogue: Catalog, locale: Locale) -> bytes:
    """Return a `.mo` file of the messages that are translated.

    Babel alone would write the English text where a countable one has no translation, and
    nobody could tell any more that it is missing.
    """
    translated = StableCatalog(locale)
    for message in filter(is_translated, messages(catalogue)):
        translated.add(message.id, message.string, context=message.context)
    buffer = BytesIO()
    write_mo(buffer, translated)
    return buffer.getvalue()


def faults(catalogue: Catalog, locale: Locale) -> list[str]:
    """Return one line for each translation that would break its page or lose a value."""
    translated = filter(is_translated, messages(catalogue))
    return [
        f"{_texts(message.id)[0]!r}: {fault}"
        for message in translated
        if (fault := _fault(message, locale))
    ]


def placeholder_fault(sources: Sequence[str], text: str) -> str | None:
    """Tell what is wrong with the placeholders of a translation, None where nothing is.

    One that every source text has is needed; one that only the plural has may be left out.
    """
    allowed = set().union(*map(_placeholders, sources))
    needed = allowed.intersection(*map(_placeholders, sources))
    if not needed <= _placeholders(text) <= allowed:
        return f"its placeholders are {sorted(allowed)}, the translation's others: {text!r}"
    if not _can_be_filled(text, allowed):
        return f"a per cent sign is written %% here: {text!r}"
    return None


def _fault(message: Message, locale: Locale) -> str | None:
    sources, texts = _texts(message.id), _texts(message.string)
    if message.pluralizable and len(texts) != locale.plural_count:
        return f"has {len(texts)} plural forms instead of {locale.plural_count}"
    return next((fault for text in texts if (fault := placeholder_fault(sources, text))), None)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", text))


def _can_be_filled(text: str, names: set[str]) -> bool:
    try:
        text % dict.fromkeys(names, 0)
    except (KeyError, TypeError, ValueError):
        return False
    return True


def _texts(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)

"""Which languages are there, and which one suits a person.

Rules kept here:

- One literal table names the languages. A tag is at once the value of the `lang` attribute, what
  a client file says and the name of the folder in `locales/`.
- Plural forms are CLDR's. A test holds the table to Babel's `babel.plural.to_gettext`, because
  Babel's own gettext table is wrong for Bengali, Burmese, Indonesian and Malay.
- Matching never fails: a preference that says nothing we know is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ONE_FORM: Final = "nplurals=1; plural=0;"
_ONE_OTHER: Final = "nplurals=2; plural=(n != 1);"
_ZERO_OR_ONE_OTHER: Final = "nplurals=2; plural=(n > 1);"
_ONE_FEW_OTHER: Final = (
    "nplurals=3; plural=(n % 10 == 1 && n % 100 != 11 ? 0 : "
    "n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2);"
)


class UnknownLocaleError(LookupError):
    """A tag names none of the languages."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"{tag!r} is not one of the languages; allowed are {', '.join(TAGS)}")
        self.tag = tag


@dataclass(frozen=True, kw_only=True, slots=True)
class Locale:
    """A language as the pages speak it.

    Attributes:
        tag: BCP 47 tag, such as `sr-Latn-ME`.
        own_name: The language's name in itself, for a language switch.
        english_name: The language's name in English.
        script: ISO 15924 code, such as `Latn`.
        plural_forms: Value of gettext's `Plural-Forms` header.
    """

    tag: str
    own_name: str
    english_name: str
    script: str
    plural_forms: str

    @property
    def babel_id(self) -> str:
        """The identifier that Babel and gettext use, such as `sr_Latn_ME`."""
        return self.tag.replace("-", "_")

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The value of the `dir` attribute."""
        return "rtl" if self.script == "Arab" else "ltr"

    @property
    def plural_count(self) -> int:
        """How many forms a countable text has: `nplurals` of `plural_forms`."""
        return int(self.plural_forms.removeprefix("nplurals=")[0])


def _row(tag: str, own_name: str, english_name: str, script: str, plural_forms: str) -> Locale:
    return Locale(
        tag=tag,
        own_name=own_name,
        english_name=english_name,
        script=script,
        plural_forms=plural_forms,
    )


LOCALES: Final[tuple[Locale, ...]] = (
    _row("bg", "български", "Bulgarian", "Cyrl", _ONE_OTHER),
    _row("bn", "বাংলা", "Bengali", "Beng", _ZERO_OR_ONE_OTHER),
    _row("da", "dansk", "Danish", "Latn", _ONE_OTHER),
    _row("en", "English", "English", "Latn", _ONE_OTHER),
    _row("id", "Bahasa Indonesia", "Indonesian", "Latn", _ONE_FORM),
    _row("ms", "Bahasa Melayu", "Malay", "Latn", _ONE_FORM),
    _row("my", "မြန်မာ", "Burmese", "Mymr", _ONE_FORM),
    _row("nb", "norsk bokmål", "Norwegian Bokmål", "Latn", _ONE_OTHER),
    _row("sr-Latn", "srpski (latinica)", "Serbian (Latin)", "Latn", _ONE_FEW_OTHER),
    _row("sr-Latn-ME", "crnogorski", "Montenegrin", "Latn", _ONE_FEW_OTHER),
    _row("sv", "svenska", "Swedish", "Latn", _ONE_OTHER),
    _row("th", "ไทย", "Thai", "Thai", _ONE_FORM),
    _row("ur-PK", "اردو", "Urdu", "Arab", _ONE_OTHER),
    _row("zh-Hans", "简体中文", "Chinese (Simplified)", "Hans", _ONE_FORM),
)
"""The languages in alphabetical order of their tags."""

TAGS: Final[tuple[str, ...]] = tuple(each.tag for each in LOCALES)

SOURCE: Final = "en"
"""The tag of the language in which templates and programs state their texts."""

_BY_TAG: Final[Mapping[str, Locale]] = {each.tag: each for each in LOCALES}

# A language subtag that is asked for, and the tags that serve it, best first. Serbian and
# Montenegrin readers understand each other; nynorsk readers read bokmål.
_SERVED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "bg": ("bg",),
    "bn": ("bn",),
    "cmn": ("zh-Hans",),
    "cnr": ("sr-Latn-ME", "sr-Latn"),
    "da": ("da",),
    "en": ("en",),
    "id": ("id",),
    "in": ("id",),
    "ms": ("ms",),
    "my": ("my",),
    "nb": ("nb",),
    "nn": ("nb",),
    "no": ("nb",),
    "sh": ("sr-Latn", "sr-Latn-ME"),
    "sr": ("sr-Latn", "sr-Latn-ME"),
    "sv": ("sv",),
    "th": ("th",),
    "ur": ("ur-PK",),
    "zh": ("zh-Hans",),
    "zsm": ("ms",),
}

_TRADITIONAL_CHINESE_REGIONS: Final = frozenset({"tw", "hk", "mo"})


def locale(tag: str) -> Locale:
    """Return the language with exactly this tag.

    Raises:
        UnknownLocaleError: There is none; the error names the allowed tags.
    """
    try:
        return _BY_TAG[tag]
    except KeyError:
        raise UnknownLocaleError(tag) from None


def match(preferences: Sequence[str], offered: Sequence[str] = TAGS) -> Locale | None:
    """Return the language that suits a person best, or None when no preference is served.

    Args:
        preferences: BCP 47 tags as people and programs write them, best first: any case,
            hyphens or underscores. What cannot be understood is passed over.
        offered: Tags to choose among, in any order.

    The lookup is RFC 4647 section 3.4 with a table of equivalent languages in place of plain
    truncation; extensions and private use subtags are dropped.
    """
    for preference in preferences:
        for tag in _serving(_subtags(preference)):
            if tag in offered:
                return _BY_TAG[tag]
    return None


def _subtags(preference: str) -> list[str]:
    """Split a tag, lower case, up to its first extension (`-u-`) or private use (`-x-`)."""
    subtags = re.split("[-_]", preference.strip().lower())
    lengths = [len(subtag) for subtag in subtags]
    return subtags[: lengths.index(1)] if 1 in lengths else subtags


def _serving(subtags: list[str]) -> tuple[str, ...]:
    language, *rest = subtags or [""]
    if language in {"zh", "cmn"} and _is_traditional(rest):
        return ()
    if language in {"sr", "sh"} and "me" in rest:
        language = "cnr"
    return _SERVED_BY.get(language, ())


def _is_traditional(rest: list[str]) -> bool:
    if "hans" in rest:
        return False
    return "hant" in rest or not _TRADITIONAL_CHINESE_REGIONS.isdisjoint(rest)

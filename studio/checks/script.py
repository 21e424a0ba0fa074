"""Is a text written in its language's script, and in the encoding that all programs read?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.checks.catalogue import Entry, LanguageTexts, TextCheck
from studio.checks.completeness import SAME
from studio.checks.finding import Fault
from studio.checks.words import visible, words
from studio.client.hints import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LEAST_SHARE = 0.5
"""Of the letters outside of names: what is in the language's script, at least."""

_LEAST_SHARE_OF_CHARACTERS = 0.2  # One Chinese character says as much as several letters.

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "Arab": "ARABIC",
        "Beng": "BENGALI",
        "Cyrl": "CYRILLIC",
        "Hans": "CJK",
        "Latn": "LATIN",
        "Mymr": "MYANMAR",
        "Thai": "THAI",
    }
)

_ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "Arab": "Urdu letters",
        "Beng": "Bengali letters",
        "Cyrl": "Cyrillic letters",
        "Hans": "Chinese characters",
        "Latn": "Latin letters",
        "Mymr": "Burmese letters",
        "Thai": "Thai letters",
    }
)

# Simplified characters are used; these are common in signing in and have another, simplified form.
_TRADITIONAL = frozenset(
    "個們會來對時沒說過還這無與請發電話號碼證驗錄設帳戶頁網關開認為動機選擇變確續傳訊資條權隱務訂閱購買"
    "輸處點應從當語連聯絡數據錯誤試聲簡間後進離類單項總額區國際門問題級離實現體經練習標準檢視讓覺讀寫聽"
)
_WRONG_LETTERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "bg": dict.fromkeys("ыэёіїєґјљњћђџў", "is not a letter of Bulgarian"),
        "ur-PK": {
            "ي": "is the Arabic letter; in Urdu it is ی",
            "ى": "is the Arabic letter; in Urdu it is ی",
            "ك": "is the Arabic letter; in Urdu it is ک",
            "ه": "is the Arabic letter; in Urdu it is ہ",
            "ة": "is the Arabic letter; in Urdu it is ۃ or ت",
        },
        "zh-Hans": dict.fromkeys(_TRADITIONAL, "is a traditional character"),
    }
)


class Script(TextCheck):
    """At least half of the letters outside of names are of the language's own script."""

    name = "script"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield a text in another script."""
        del source
        own = texts.locale.script
        if not in_script(visible(text), own):
            yield Fault(
                message=f"{entry.name}: the translation {quoted(text)} is not in {_ENGLISH[own]}",
                mend="Translate it, in the script of the language.",
            )


class MixedWords(TextCheck):
    """No word mixes Latin, Cyrillic and Greek letters, which look alike."""

    name = "mixed-script"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield a word of several scripts."""
        del texts, source
        for word in words(visible(text)):
            scripts = {script_of(char) for char in word if char.isalpha()} & _ALIKE
            if len(scripts) > 1:
                names = " and ".join(sorted(script.capitalize() for script in scripts))
                yield Fault(
                    message=f"{entry.name}: {quoted(word)} has letters that are {names}",
                    mend="Type the word again, all in one script.",
                )


_ALIKE = {"LATIN", "CYRILLIC", "GREEK"}


class WrongLetters(TextCheck):
    """No letter is of a neighbour: Arabic in Urdu, Russian in Bulgarian, traditional Chinese."""

    name = "wrong-letters"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield each letter that the language does not have."""
        del source
        wrong = _WRONG_LETTERS.get(texts.locale.tag, {})
        for letter in dict.fromkeys(text.casefold()):
            if letter in wrong:
                yield Fault(
                    message=f"{entry.name}: {letter} (U+{ord(letter):04X}) {wrong[letter]}",
                    mend="Type the letter of this language.",
                )


class Zawgyi(TextCheck):
    """Burmese is in Unicode, not in the older Zawgyi encoding, which reads as wrong letters.

    Three signs tell Zawgyi: code points that Unicode gives to other languages (U+1050 to U+109F)
    and that Zawgyi uses for shapes of Burmese letters; the vowel sign U+1031 before its consonant;
    U+1039, in Unicode a stacker, with no consonant behind it.
    """

    name = "zawgyi"
    _SIGNS = re.compile(
        "[\u1050-\u109f]"
        "|(?:^|[^\u1000-\u1021\u1025\u1027\u1029\u103b-\u103e\u103f\u104e])\u1031"
        "|\u1039(?![\u1000-\u1021\u103f])"
    )

    def applies(self, texts: LanguageTexts, entry: Entry) -> bool:
        """Only Burmese has two encodings."""
        del entry
        return texts.locale.script == "Mymr"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield a text in Zawgyi."""
        del texts, source
        found = self._SIGNS.search(text)
        if found:
            points = " ".join(f"U+{ord(char):04X}" for char in found[0])
            yield Fault(
                message=f"{entry.name}: {points} is Zawgyi, not Unicode",
                mend="Convert the text to Unicode, or type it with a Unicode keyboard.",
            )


def in_script(text: str, script: str) -> bool:
    """Tell whether enough letters of a text are in a script (ISO 15924), names left aside."""
    letters = "".join(word for word in words(text) if word not in SAME)
    scripts = [script_of(char) for char in letters if char.isalpha()]
    least = _LEAST_SHARE_OF_CHARACTERS if script == "Hans" else LEAST_SHARE
    return not scripts or scripts.count(_NAMES[script]) >= least * len(scripts)


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """Return the script of a letter, as the first word of its Unicode name."""
    return unicodedata.name(char, "UNKNOWN").partition(" ")[0]

"""Is a text in its own language, or in the one next door?

Danish, Norwegian and Swedish, Indonesian and Malay, Serbian and Montenegrin are told apart by words
and letters that one has and the other cannot have. Each word here is wrong in its column whatever
stands around it; words that both languages have are left out, however much commoner in one.
Serbian and Montenegrin differ by the old vowel yat: `vreme` and `vrijeme`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.checks.catalogue import Entry, LanguageTexts, TextCheck
from studio.checks.finding import Fault
from studio.checks.words import folded, visible, words
from studio.client.hints import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A language that is taken for another, and what gives it away.

    `words` are whole words, `stems` beginnings of words, `letters` single letters.
    """

    name: str
    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    letters: str = ""

    def found_in(self, text: str) -> str | None:
        """Return the first word that only the neighbour has."""
        return next((word for word in words(folded(text)) if self._has(word)), None)

    def _has(self, word: str) -> bool:
        return (
            word in self.words
            or word.startswith(self.stems)
            or any(letter in word for letter in self.letters)
        )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SWEDISH = Neighbour(name="Swedish", words=_words("och inte är för från lösenord"), letters="äö")
_NORWEGIAN = Neighbour(
    name="Norwegian",
    words=_words(
        "av deg meg seg nei noe noen hva passord passordet utløpt bekreft fortsett velg endre "
        "endret feil etter opplysninger lukk inn ditt nytt kjøp legg innlogging"
    ),
)
_DANISH = Neighbour(
    name="Danish",
    words=_words(
        "af dig mig nej noget nogen hvad adgangskode adgangskoden adgangskoder udløbet bekræft "
        "tilføj fortsæt vælg ændre ændret fejl forkert forkerte blev efter oplysninger luk anmod"
    ),
)
_MONTENEGRIN = Neighbour(
    name="Montenegrin",
    words=_words("prije gdje ovdje uvijek nijesam nijesu riječ dvije"),
    stems=(
        "vrijem", "mjesec", "sljedeć", "promijen", "promjen", "izmijen", "izmjen", "primijen",
        "primjen", "zamijen", "zamjen", "zahtjev", "uspjeh", "uspješ", "obavješt", "bezbjed",
        "povjer", "mjest", "vidjet", "poslij", "cijen", "podijel", "lijep", "vrijed", "riješ",
        "rješ", "posljed", "provjer", "razumij", "sjed", "unijet",
    ),
)  # fmt: skip
_SERBIAN = Neighbour(
    name="Serbian",
    words=_words("vreme pre gde ovde uvek nisam napred posle reč dve lepo unet"),
    stems=(
        "mesec", "sledeć", "promen", "izmen", "primen", "zamen", "zahtev", "uspeh", "uspeš",
        "obavešt", "bezbed", "povere", "mesto", "mesta", "videt", "cena", "cenu", "podel", "vredn",
        "rešen", "rešit", "posled", "prover", "razume",
    ),
)  # fmt: skip
_MALAY = Neighbour(
    name="Malay",
    words=_words("nombor akaun telefon mel kerana bahawa cuba kod perkhidmatan laluan sahaja"),
)
_INDONESIAN = Neighbour(
    name="Indonesian",
    words=_words("nomor akun telepon ponsel sandi karena bahwa coba kode surel bisa kedaluwarsa"),
)

NEIGHBOURS: Mapping[str, tuple[Neighbour, ...]] = MappingProxyType(
    {
        "da": (_NORWEGIAN, _SWEDISH),
        "nb": (_DANISH, _SWEDISH),
        "sv": (
            Neighbour(
                name="Danish or Norwegian", words=_words("og ikke jeg hvis fra"), letters="æø"
            ),
        ),
        "id": (_MALAY,),
        "ms": (_INDONESIAN,),
        "sr-Latn": (_MONTENEGRIN,),
        "sr-Latn-ME": (_SERBIAN,),
    }
)
"""By the language of a text: whom it is taken for."""


class WrongLanguage(TextCheck):
    """No word is one that only a neighbouring language has (`NEIGHBOURS`)."""

    name = "wrong-language"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield the first word of each neighbour."""
        del source
        for neighbour in NEIGHBOURS.get(texts.locale.tag, ()):
            word = neighbour.found_in(visible(text))
            if word:
                language = texts.locale.english_name
                yield Fault(
                    message=f"{entry.name}: {quoted(word)} is {neighbour.name}, not {language}",
                    mend=f"Write the text in {language}.",
                )

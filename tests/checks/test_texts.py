"""Each check of a text: a good sample, one it leaves alone, and one that it finds."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from studio.checks.catalogue import CatalogueCheck, TextCheck
from studio.checks.catalogues import CATALOGUE_CHECKS
from studio.checks.completeness import Fuzzy, Missing, Obsolete, SameAsSource
from studio.checks.finding import Severity
from studio.checks.fonts import Glyphs
from studio.checks.neighbours import NEIGHBOURS, WrongLanguage
from studio.checks.script import MixedWords, Script, WrongLetters, Zawgyi
from studio.checks.shape import (
    ENDS,
    DoubledWords,
    FinalPunctuation,
    Markup,
    Placeholders,
    PluralForms,
    Spaces,
)
from studio.checks.sms import SmsLength, length
from studio.checks.terms import Terms
from studio.i18n.locales import LOCALES
from tests.checks.given import PLAYBOOK, entry, fonts, language, told

CODE = ("flow_templates/messages/code.txt",)
SMS = "%(client)s: %(code)s is your code"


class Sample(NamedTuple):
    """A message in a language, and what is said of it; nothing where `says` is empty."""

    check: CatalogueCheck
    tag: str
    source: str
    text: str
    says: str = ""
    references: tuple[str, ...] = ("flow_templates/start.html",)


SAMPLES = [
    Sample(SameAsSource(), "sv", "Sign in", "Logga in"),
    Sample(SameAsSource(), "sv", "SMS", "SMS"),
    Sample(SameAsSource(), "id", "Email", "Email"),
    Sample(SameAsSource(), "da", "Cookies", "Cookies"),
    Sample(SameAsSource(), "sv", "Cookies", "Cookies", '"Cookies" is the English text'),
    Sample(SameAsSource(), "sv", "%(client)s: %(code)s", "%(client)s: %(code)s"),
    Sample(SameAsSource(), "en", "Sign in", "Sign in"),
    Sample(SameAsSource(), "sv", "Email", "Email", '"Email" is the English text'),
    Sample(SameAsSource(), "bg", "Sign in", "Sign in", '"Sign in" is the English text'),
    Sample(Script(), "bg", "Sign in", "Влезте"),
    Sample(Script(), "bg", "CONNECT", "CONNECT"),
    Sample(Script(), "zh-Hans", "Cookies", "Cookie"),
    Sample(Script(), "zh-Hans", "IPv4 or not", "IPv4 或不"),
    Sample(Script(), "th", "Sign in", "Sign in now", "is not in Thai letters"),
    Sample(Script(), "sv", "Sign in", "Влезте", "is not in Latin letters"),
    Sample(MixedWords(), "bg", "Code", "Код от CONNECT"),
    Sample(MixedWords(), "bg", "Code", "Kод", '"Kод" has letters that are Cyrillic and Latin'),
    Sample(WrongLetters(), "ur-PK", "Email", "ای میل کے لیے"),
    Sample(WrongLetters(), "ur-PK", "Email", "اي ميل", "U+064A"),
    Sample(WrongLetters(), "bg", "You", "вы", "is not a letter of Bulgarian"),
    Sample(WrongLetters(), "zh-Hans", "Password", "密码"),
    Sample(WrongLetters(), "zh-Hans", "Password", "密碼", "is a traditional character"),
    Sample(WrongLanguage(), "nb", "Of your account", "Av kontoen din"),
    Sample(WrongLanguage(), "nb", "Of your account", "Af kontoen din", '"af" is Danish'),
    Sample(WrongLanguage(), "nb", "For you", "För deg", "is Swedish, not Norwegian"),
    Sample(WrongLanguage(), "da", "Password", "Passord", "is Norwegian, not Danish"),
    Sample(WrongLanguage(), "sv", "Not now", "Ikke nu", "is Danish or Norwegian"),
    Sample(WrongLanguage(), "ms", "Account number", "Nombor akaun"),
    Sample(WrongLanguage(), "ms", "Account number", "Nomor akaun", '"nomor" is Indonesian'),
    Sample(WrongLanguage(), "id", "Account number", "Nomor akaun", '"akaun" is Malay'),
    Sample(WrongLanguage(), "sr-Latn-ME", "Time", "Vrijeme i vremena"),
    Sample(WrongLanguage(), "sr-Latn-ME", "Time", "Vreme", '"vreme" is Serbian'),
    Sample(WrongLanguage(), "sr-Latn", "Next month", "Sljedeći mjesec", "is Montenegrin"),
    Sample(WrongLanguage(), "th", "Of", "af"),
    Sample(Zawgyi(), "my", "Password", "စကားဝှက်"),
    Sample(Zawgyi(), "my", "Hello", "မင်္ဂလာပါ နေကောင်းလား"),
    Sample(Zawgyi(), "th", "Password", "စကား၀ွက္"),
    Sample(Zawgyi(), "my", "Hello", "မဂၤလာပါ", "U+1064 is Zawgyi"),
    Sample(Zawgyi(), "my", "Are you well?", "ေနေကာင္းလား", "is Zawgyi"),
    Sample(Zawgyi(), "my", "Account", "အကောင့္", "U+1039 is Zawgyi"),
    Sample(Placeholders(), "sv", "To %(client)s", "Till %(client)s"),
    Sample(Placeholders(), "sv", "To %(client)s", "Till %(clint)s", "its placeholders are"),
    Sample(Placeholders(), "sv", "To %(client)s", "Till tjänsten", "its placeholders are"),
    Sample(Placeholders(), "sv", "To %(client)s", "Till %(client)s 5 %", "per cent sign"),
    Sample(Markup(), "sv", "<b>Now</b>", "<b>Nu</b>"),
    Sample(Markup(), "sv", "Now", "<b>Nu</b>", "the translation's </b>, <b>"),
    Sample(Markup(), "sv", "A&nbsp;b", "A b", "its markup is &nbsp;"),
    Sample(Spaces(), "sv", "Now ", "Nu "),
    Sample(Spaces(), "sv", "Now", "Nu ", "the translation with white space (1)"),
    Sample(Spaces(), "sv", " Now", "Nu", "begins with white space (1)"),
    Sample(Spaces(), "sv", "Not now", "Inte  nu", "two spaces in a row"),
    Sample(FinalPunctuation(), "sv", "Sign in", "Logga in"),
    Sample(FinalPunctuation(), "sv", "Wrong number?", "Fel nummer?"),
    Sample(FinalPunctuation(), "sv", "Try again.", "Försök igen", "ends with no sign"),
    Sample(FinalPunctuation(), "sv", "Sign in", "Logga in.", 'ends with "."'),
    Sample(FinalPunctuation(), "bn", "Try again.", "আবার চেষ্টা করুন।"),
    Sample(FinalPunctuation(), "bn", "Try again.", "আবার চেষ্টা করুন.", 'ends with "."'),
    Sample(FinalPunctuation(), "ur-PK", "Wrong?", "غلط ہے?", 'ends with "?"'),
    Sample(FinalPunctuation(), "my", "Wrong?", "မှားနေသလား။"),
    Sample(FinalPunctuation(), "th", "Try again.", "ลองอีกครั้ง"),
    Sample(FinalPunctuation(), "th", "Try again.", "ลองอีกครั้ง.", 'ends with "."'),
    Sample(FinalPunctuation(), "zh-Hans", "Try again.", "请重试。"),
    Sample(FinalPunctuation(), "zh-Hans", "Try again.", "请重试.", 'ends with "."'),
    Sample(DoubledWords(), "sv", "Not now", "Inte nu, nu inte"),
    Sample(DoubledWords(), "bn", "Each", "আলাদা আলাদা"),
    Sample(DoubledWords(), "sv", "The code", "Koden koden", 'has "koden" twice'),
    Sample(SmsLength(), "sv", SMS, "%(client)s: %(code)s är din kod", "", CODE),
    Sample(SmsLength(), "sv", SMS, "%(code)s " + "x" * 200),
    Sample(SmsLength(), "sv", SMS, "%(client)s %(code)s " + "x" * 135, "2 parts", CODE),
    Sample(SmsLength(), "th", SMS, "%(client)s %(code)s " + "ก" * 45, "2 parts", CODE),
    Sample(SmsLength(), "sv", SMS, "%(client)s %(code)s ✓" + "x" * 60, "; ✓ leave room", CODE),
    Sample(Glyphs(), "ur-PK", "Sign in", "سائن اِن کریں"),
    Sample(Glyphs(), "sr-Latn", "Code", "Šifra Č Ć Đ Ž"),
    Sample(Glyphs(), "sv", "Code", "Kod 🔑", "no glyph for 🔑 (U+1F511)"),
    Sample(Glyphs(), "sv", "Code", "Kod 🔑", "", CODE),
    Sample(Terms(), "en", "Sign in", "Sign in to your CONNECT account"),
    Sample(Terms(), "en", "Blogin", "Blogin logins"),
    Sample(Terms(), "en", "Log in", "%(login)s Log  IN now", '"log in" is not the term'),
    Sample(Terms(), "en", "Account", "Your account", '"account" is not the term'),
]


@pytest.mark.parametrize(
    "sample", SAMPLES, ids=lambda one: f"{one.check.name}-{one.tag}-{one.text}"
)
def test_samples(sample: Sample) -> None:
    playbook = PLAYBOOK if isinstance(sample.check, Terms) else ""
    one = entry(sample.source, sample.text, references=sample.references)
    texts = replace(language(sample.tag, [one], playbook), fonts=fonts())
    found = told(sample.check, texts)
    assert len(found) == bool(sample.says)
    assert sample.says in " ".join(found)


def test_every_check_has_a_good_and_a_failing_sample() -> None:
    for check in CATALOGUE_CHECKS:
        if isinstance(check, TextCheck):
            says = {bool(one.says) for one in SAMPLES if isinstance(one.check, type(check))}
            assert says == {True, False}, check.name


def test_a_finding_says_where_it_is() -> None:
    (finding,) = Placeholders().find(language("sv", [entry("To %(a)s", "Till")]))
    assert (finding.check, finding.severity) == ("placeholders", Severity.ERROR)
    assert (finding.file, finding.line) == ("connect.po", 12)
    assert (finding.locale, finding.screen) == ("sv", "start")
    assert finding.mend


def test_missing_in_the_file_and_missing_its_translation() -> None:
    texts = language("sv", [entry("Sign in", "Logga in"), entry("Back", "")])
    assert told(Missing(), texts) == ['"Back" has no translation; people read it in English']
    gone = replace(texts, entries=texts.entries[:1])
    assert told(Missing(), gone) == ['"Back" is not in the file']
    assert told(Missing(), language("sv", [entry("Sign in", "Logga in")])) == []


def test_fuzzy() -> None:
    good = entry("Sign in", "Logga in")
    doubted = replace(good, fuzzy=True)
    assert told(Fuzzy(), language("sv", [good, replace(doubted, obsolete=True)])) == []
    assert len(told(Fuzzy(), language("sv", [doubted]))) == 1


def test_obsolete_is_a_warning() -> None:
    old = replace(entry("Gone", "Borta"), obsolete=True)
    texts = language("sv", [entry("Sign in", "Logga in"), old])
    (finding,) = Obsolete().find(texts)
    assert finding.severity is Severity.WARNING
    unknown = replace(texts, entries=(*texts.entries, entry("Nobody asks", "Ingen frågar")))
    assert len(list(Obsolete().find(unknown))) == 2


def test_plural_forms_of_header_and_message() -> None:
    few = entry("%(n)s minute", "%(n)s minut", "", "", plural="%(n)s minutes")
    texts = language("sr-Latn", [few])
    assert told(PluralForms(), texts) == ['"%(n)s minute" has 1 plural forms']
    all_three = entry("%(n)s minute", "%(n)s minut", "%(n)s minuta", "%(n)s minuta", plural="x")
    assert told(PluralForms(), language("sr-Latn", [all_three, entry("Back", "Nazad")])) == []
    wrong = replace(language("my", [entry("Back", "x")]), plural_forms="nplurals=2; plural=(n!=1);")
    assert "Plural-Forms is" in told(PluralForms(), wrong)[0]
    lacking = replace(wrong, plural_forms=None)
    assert told(PluralForms(), lacking) == ["the header Plural-Forms is not there"]
    spaced = replace(wrong, plural_forms="nplurals=1;  plural=0")
    assert told(PluralForms(), spaced) == []


def test_each_form_of_a_countable_text_is_looked_at() -> None:
    one = entry("One minute.", "En minut.", "%(n)s minuter", plural="%(n)s minutes.")
    assert told(FinalPunctuation(), language("sv", [one])) == [
        '"One minute.": the translation ends with no sign'
    ]
    without_number = entry("One minute", "En minut", "Minuter", plural="%(n)s minutes")
    assert told(Placeholders(), language("sv", [without_number])) == []


@pytest.mark.parametrize(
    ("text", "characters", "parts"),
    [
        ("x" * 160, 160, 1),
        ("x" * 161, 161, 2),
        ("x" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("å" * 160, 160, 1),
        ("č" * 70, 70, 1),
        ("č" * 71, 71, 2),
        ("😀" * 36, 72, 2),
    ],
)
def test_the_length_of_an_sms(text: str, characters: int, parts: int) -> None:
    found = length(text)
    assert (found.characters, found.parts) == (characters, parts)


def test_every_script_has_its_punctuation_and_every_neighbour_is_a_language() -> None:
    assert {one.script for one in LOCALES} == set(ENDS)
    assert set(NEIGHBOURS) < {one.tag for one in LOCALES}

"""Where must a line not break? Word joiners go where Chromium would break inside of a word.

Its dictionary splits Burmese loanwords inside of a syllable, before a consonant that has lost its
vowel; and any hyphen lets a line end, also the one of "e-post". A word joiner (U+2060) forbids it
(Unicode Standard Annex 14, LB11). It is put in where pages are made, not into the catalogues: there
it would cost characters of an SMS, and hide words from whoever searches.
"""

from __future__ import annotations

import re
from functools import lru_cache

JOINER = "\N{WORD JOINER}"

# A Burmese letter, then a consonant with asat (U+103A), perhaps with the dot below between them.
# The letter that only begins words (U+1021) does not end one either.
_INSIDE_WORD = re.compile(
    "(?<=[\u1000-\u109f])(?=[\u1000-\u1021]\u1037?\u103a)|(?<=\u1021)(?=[\u1000-\u1021])"
)
# Before the endings of a polite sentence, and inside of the words these pages are full of.
_BEFORE_ENDING = re.compile("(?<=[\u1000-\u109f])(?=ပါ|သည်)")
_WORDS = re.compile("ဆိုင်းအင်ဝင်|ဆိုင်းအောက်ထွက်|အတည်ပြု|စကားဝှက်|သို့မဟုတ်|အချိန်မရွေး|ခွင့်ပြုချက်")
_LETTER = re.compile("(?<=.)(?=[\u1000-\u1021])")
_SEVERAL = re.compile(f"{JOINER}+")
_SHORT_HYPHEN = re.compile(r"(?<=\b[eE]-)(?=\w)|(?<=CONNECT-)(?=\w)")


@lru_cache(maxsize=8192)
def unbroken(text: str) -> str:
    """Return a text of a page with word joiners where a line must not break."""
    joined = _WORDS.sub(lambda word: _LETTER.sub(JOINER, word[0]), text)
    for place in (_INSIDE_WORD, _BEFORE_ENDING, _SHORT_HYPHEN):
        joined = place.sub(JOINER, joined)
    return _SEVERAL.sub(JOINER, joined)


def breakable(text: str) -> str:
    """Return a text without word joiners."""
    return text.replace(JOINER, "")

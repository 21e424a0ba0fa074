"""Is this password good enough, and how good is it?

Rules kept here:

* a password is looked at and forgotten: it is in no result and no message, and zxcvbn is called by
  its parts, because its front door keeps the person's own words in a module-level dictionary and
  returns the password;
* a character is a code point of the composed form (Unicode NFC), so that a letter with its accent
  is one however it was typed; a sign that Unicode has only in parts counts as its parts;
* what is refused has strength 0, so that an indicator never praises what the form refuses;
* the time is bounded for any text: normalising takes quadratic time for a long run of accents, and
  zxcvbn reads every mixture of signs that look like letters (`4@` as `aa`).
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from zxcvbn.matching import (
    L33T_TABLE,
    RANKED_DICTIONARIES,
    build_ranked_dict,
    omnimatch,
    relevant_l33t_subtable,
)
from zxcvbn.scoring import most_guessable_match_sequence
from zxcvbn.time_estimates import guesses_to_score

from studio.engine.identifiers import fold_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MIN_LENGTH = 6
"""Characters a password has at least (best practices, "Security features")."""

STRONGEST = 4
"""The highest strength; zxcvbn's scale begins at 0."""

_LOOKED_AT = 1000
_WEIGHED = 72
# Readings times the square of the length. The slowest text takes a third of a second instead of
# four; twenty characters drawn from all of a keyboard are far below it.
_EFFORT = 50_000
_NUMBER_SIGNS = str.maketrans("", "", "+-()./")


class PasswordProblem(StrEnum):
    """Why a new password is not taken. Each has one sentence, in `flow_templates/`."""

    TOO_SHORT = "password-too-short"
    COMMON = "password-common"
    OWN = "password-own"


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What is to be said of a password; `strength` is from 0 (guessed at once) to 4 (strong)."""

    problem: PasswordProblem | None
    strength: int


def judge(password: str, own: Sequence[str] = ()) -> Judgement:
    """Judge a new password; `own` are the person's numbers (E.164) and addresses.

    Takes any text of any length and raises nothing. The strength is zxcvbn's score
    (https://github.com/dropbox/zxcvbn) of the beginning, at most 72 characters: a lower bound.
    """
    begun = unicodedata.normalize("NFC", password[:_LOOKED_AT])
    # Longer than anything it could be compared with.
    problem = None if len(password) > _LOOKED_AT else _problem(begun, own)
    strength = 0 if problem else _strength(begun, own)
    return Judgement(problem=problem, strength=strength)


def _problem(password: str, own: Iterable[str]) -> PasswordProblem | None:
    if len(password) < MIN_LENGTH:
        return PasswordProblem.TOO_SHORT
    squeezed = _squeezed(password)
    if not squeezed or squeezed in RANKED_DICTIONARIES["passwords"]:
        return PasswordProblem.COMMON
    number = squeezed.translate(_NUMBER_SIGNS)
    # The trunk prefix 0 and the international one 00 are no part of E.164.
    typed = {squeezed, number, number.lstrip("0")}
    is_own = any(typed & _spellings(identifier) for identifier in own)
    return PasswordProblem.OWN if is_own else None


def _squeezed(text: str) -> str:
    """Take away what makes a text only look different: case, width, script, and what is blank."""
    folded = fold_digits(unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in folded if char.isprintable() and char != " ")


def _spellings(identifier: str) -> set[str]:
    """Return how an own address or number may be typed, squeezed.

    A number may lack its calling code; of how many digits that one is does not matter, because a
    shorter end of the number is as easy to guess.
    """
    squeezed = _squeezed(identifier)
    if "@" in squeezed:
        return {squeezed}
    digits = squeezed.translate(_NUMBER_SIGNS)
    return {digits[start:] for start in range(len(digits) - MIN_LENGTH + 1)}


def _strength(password: str, own: Iterable[str]) -> int:
    known = build_ranked_dict(sorted(_own_words(own)))
    weighed = _weighed(password)
    matches = omnimatch(weighed, RANKED_DICTIONARIES | {"own": known})
    return guesses_to_score(Decimal(most_guessable_match_sequence(weighed, matches)["guesses"]))


def _own_words(own: Iterable[str]) -> set[str]:
    """Return the words that somebody who knows the person tries first."""
    words: set[str] = set()
    for identifier in own:
        words |= _spellings(identifier) | set(_squeezed(identifier).split("@"))
    return words


def _weighed(password: str) -> str:
    """Return the longest beginning that zxcvbn takes, and weighs in bounded time.

    It fails at a date before a line break, so every blank is a space to it.
    """
    begun = "".join(" " if char.isspace() else char for char in password[:_WEIGHED])
    ends = range(len(begun), 0, -1)
    return next(begun[:end] for end in ends if _effort(begun[:end]) <= _EFFORT)


def _effort(password: str) -> int:
    subtable = relevant_l33t_subtable(password, L33T_TABLE)
    readings = math.prod(len(signs) for signs in subtable.values())
    return readings * len(password) ** 2

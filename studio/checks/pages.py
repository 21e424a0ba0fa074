"""The checks of pages, in the order in which their findings are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.finding import Finding, Severity
from studio.checks.layout import Clipping, Overflow, Overlap, Wrapping
from studio.checks.shown_text import RawKeys, Untranslated
from studio.checks.words import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studio.checks.catalogue import LanguageTexts
    from studio.checks.finding import Fault
    from studio.checks.layout import LayoutCheck
    from studio.checks.measuring import Layout, Ruler, ShownPage
    from studio.device.renderer import Violation

PAGE_CHECKS: tuple[LayoutCheck, ...] = (
    Overflow(),
    Clipping(),
    Overlap(),
    Wrapping(),
    RawKeys(),
    Untranslated(),
)

ACCESSIBILITY = "accessibility"
"""The name of the findings of axe-core."""


def find_on_pages(
    ruler: Ruler,
    pages: Iterable[ShownPage],
    languages: Mapping[str, LanguageTexts],
    widths: Iterable[int],
) -> Iterator[Finding]:
    """Yield what is wrong on pages: a text's fault once, with its first screen and its widths.

    Args:
        ruler: Who lays the pages out.
        pages: The screens.
        languages: What is written in each language, by its tag.
        widths: In CSS pixels.
    """
    wanted = tuple(widths)
    gathered: dict[tuple[str, LayoutCheck, str, Fault], list[tuple[str, int]]] = {}
    for page, width, layout in ruler.measure(pages, wanted):
        for check, text, fault in _faults(layout, languages[page.tag]):
            gathered.setdefault((page.tag, check, text, fault), []).append((page.screen, width))
    for (tag, check, text, fault), seen in gathered.items():
        file, line = _source(languages[tag], text)
        yield Finding(
            check=check.name,
            severity=check.severity,
            message=f"{fault.message}{_where(seen, wanted)}",
            mend=fault.mend,
            file=file,
            line=line,
            locale=tag,
            screen=seen[0][0],
        )


def find_violations(ruler: Ruler, pages: Iterable[ShownPage]) -> Iterator[Finding]:
    """Yield the rules of axe-core that pages break."""
    for page, violations in ruler.axe(pages):
        for violation in violations:
            yield _violation(page, violation)


def _faults(layout: Layout, texts: LanguageTexts) -> Iterator[tuple[LayoutCheck, str, Fault]]:
    for check in PAGE_CHECKS:
        for text, fault in dict.fromkeys(check.faults(layout, texts)):
            yield check, text, fault


def _where(seen: Sequence[tuple[str, int]], widths: Sequence[int]) -> str:
    """Say at which widths something is seen, and on how many more screens than the first."""
    at = sorted({width for _screen, width in seen})
    others = len({screen for screen, _width in seen}) - 1
    wide = "" if len(at) == len(widths) > 1 else f" at {' and '.join(map(str, at))}"
    more = f", and on {others} more screen{'s' * (others > 1)}" if others else ""
    return f"{wide}{more}"


def _source(texts: LanguageTexts, text: str) -> tuple[str, int]:
    """Return where the catalogue has a text that is seen on a page: file and line."""
    for entry in texts.entries:
        if not entry.obsolete and text in entry.texts:
            return texts.file, entry.line
    for entry in texts.entries:
        bare = [PLACEHOLDER.sub("", each).strip() for each in entry.texts]
        if not entry.obsolete and any(each and text.startswith(each) for each in bare):
            return texts.file, entry.line
    return "", 0


def _violation(page: ShownPage, violation: Violation) -> Finding:
    return Finding(
        check=ACCESSIBILITY,
        severity=Severity.ERROR,
        message=f"{violation.rule}: {violation.help}",
        mend=f"Mend {'; '.join(violation.elements)}.",
        locale=page.tag,
        screen=page.screen,
    )

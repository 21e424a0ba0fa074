"""Each check of a page, on layouts as `measure.js` returns them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from studio.checks.finding import Severity
from studio.checks.measuring import InBatches, ShownPage
from studio.checks.pages import PAGE_CHECKS, find_on_pages, find_violations
from studio.checks.screens import shown_pages
from studio.device.fresh import fresh_device, fresh_pages
from studio.device.renderer import RenderError, Violation
from studio.device.tasks import Done
from tests.checks.given import entry, language
from tests.samples import fakebrand

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from studio.checks.finding import Finding
    from studio.checks.measuring import Box, Layout, Thing
    from studio.device.tasks import Task

SWEDISH = language(
    "sv",
    [
        entry("Sign in", "Logga in"),
        entry("To %(client)s", "Till %(client)s"),
        entry("SMS", "SMS"),
    ],
)


def box(left: float, top: float, right: float, bottom: float) -> Box:
    return {"left": left, "top": top, "right": right, "bottom": bottom}


def thing(
    text: str,
    *lines: Box,
    kind: str = "text",
    number: int = 1,
    parents: tuple[int, ...] = (),
    input_: int = -1,
    value: bool = False,
    lang: str = "sv",
    holder: Box | None = None,
    cut: Box | None = None,
) -> Thing:
    return {
        "number": number, "parents": list(parents), "input": input_, "kind": kind, "text": text,
        "lines": list(lines or (box(20, 20, 120, 40),)), "lang": lang, "value": value,
        "holder": holder, "cut": cut,
    }  # fmt: skip


def layout(
    *things: Thing,
    window: float = 320,
    content: float = 320,
    inputs: tuple[tuple[str, float, float], ...] = (),
) -> Layout:
    return {
        "lang": "sv", "window": window, "content": content, "title": "", "things": list(things),
        "inputs": [{"text": text, "wide": wide, "room": room} for text, wide, room in inputs],
        "attributes": [],
    }  # fmt: skip


@dataclass
class FakeRuler:
    """Answers with the same layout at every width, and with rules that are broken."""

    shown: Layout
    violations: tuple[Violation, ...] = ()
    widths: list[int] = field(default_factory=list)

    def measure(
        self, pages: Iterable[ShownPage], widths: Iterable[int]
    ) -> Iterator[tuple[ShownPage, int, Layout]]:
        self.widths = list(widths)
        for page in pages:
            for width in self.widths:
                yield page, width, self.shown

    def axe(self, pages: Iterable[ShownPage]) -> Iterator[tuple[ShownPage, tuple[Violation, ...]]]:
        for page in pages:
            yield page, self.violations


BELOW = box(20, 60, 120, 80)
TWO_LINES = (box(20, 20, 99, 40), box(20, 44, 60, 64))
PAGE = ShownPage(screen="start/phone", tag="sv", device=fresh_device(fakebrand()), url="")
OTHER = ShownPage(screen="start/email", tag="sv", device=PAGE.device, url="")


def found(shown: Layout, pages: tuple[ShownPage, ...] = (PAGE,)) -> list[Finding]:
    return list(find_on_pages(FakeRuler(shown), pages, {"sv": SWEDISH}, (320, 1280)))


FAULTS = [
    ("overflow", layout(thing("Logga in", box(20, 20, 340, 40))), "sticks out of the window"),
    ("overflow", layout(content=340), "the page scrolls sideways"),
    (
        "clipping",
        layout(thing("Logga in", box(20, 20, 120, 40), holder=box(20, 20, 100, 40))),
        "does not fit its box",
    ),
    (
        "clipping",
        layout(thing("Logga in", box(20, 20, 120, 60), cut=box(0, 0, 320, 40))),
        "does not fit its box",
    ),
    ("clipping", layout(inputs=(("Logga in", 120, 100),)), "is longer than its field"),
    (
        "overlap",
        layout(thing("One"), thing("Other", box(100, 30, 200, 50), number=2)),
        '"One" and "Other" overlap',
    ),
    (
        "wrapping",
        layout(thing("Logga in", box(20, 20, 99, 40), box(20, 44, 60, 64), kind="button")),
        "is the label of a button and takes 2 lines",
    ),
    (
        "wrapping",
        layout(thing("Till FakeBrand", *TWO_LINES, kind="button"), window=360),
        "is the label of a button and takes 2 lines",
    ),
    (
        "wrapping",
        layout(thing("Till FakeBrand", *TWO_LINES, box(20, 68, 60, 88), kind="button")),
        "takes 3 lines",
    ),
    (
        "wrapping",
        layout(thing("Till FakeBrand", *TWO_LINES, kind="link")),
        "is a link and takes 2 lines",
    ),
    ("raw-key", layout(thing("start.title")), "is no text for people"),
    ("raw-key", layout(thing("Till %(client)s")), "is no text for people"),
    ("raw-key", layout(thing("None")), "is no text for people"),
    ("untranslated", layout(thing("Sign in")), '"Sign in" is not in Swedish'),
    ("untranslated", layout(thing("To FakeBrand")), '"To FakeBrand" is not in Swedish'),
    ("untranslated", layout(thing("Изберете нова парола сега")), "is not in Swedish"),
    (
        "untranslated",
        layout(
            thing("Ny адрес эл", value=True),
            thing("Изберете нова парола: Ny адрес эл", BELOW, number=2),
        ),
        "is not in Swedish",
    ),
]
FINE = [
    layout(thing("Logga in")),
    layout(thing("FakeBrand.example", value=True)),
    layout(thing("SMS")),
    layout(thing("Sign in", lang="en")),
    layout(thing("Till МТС Сервис и приятели")),
    layout(thing("Till\u2060 МТС\u00a0Сервис и приятели")),
    layout(thing("МТС Сервис и", value=True), thing("Ta bort: МТС Сервис и", BELOW, number=2)),
    layout(thing("Till FakeBrand", *TWO_LINES, kind="button")),
    layout(thing("Mitt CONNECT-konto", *TWO_LINES, kind="button")),
    layout(thing("Många ord", box(20, 20, 99, 40), box(20, 44, 60, 64))),
    layout(thing("Två skrifter", box(20, 20, 99, 40), box(99, 22, 150, 42), kind="button")),
    layout(thing("One"), thing("In it", box(20, 20, 60, 40), number=2, parents=(1,))),
    layout(thing("One", input_=7), thing("Show", box(90, 20, 130, 40), number=2, input_=7)),
    layout(thing("One"), thing("Beside", box(121, 20, 200, 40), number=2)),
    layout(inputs=(("Logga in", 100, 100),)),
]


@pytest.mark.parametrize(("check", "shown", "says"), FAULTS)
def test_what_is_wrong_with_a_page(check: str, shown: Layout, says: str) -> None:
    (finding,) = found(shown)
    assert finding.check == check
    assert says in finding.message
    assert (finding.locale, finding.screen) == ("sv", "start/phone")


@pytest.mark.parametrize("shown", FINE)
def test_what_is_right(shown: Layout) -> None:
    assert found(shown) == []


def test_every_check_of_pages_has_a_failing_sample() -> None:
    assert {check for check, _shown, _says in FAULTS} == {one.name for one in PAGE_CHECKS}


def test_a_finding_leads_to_the_text_in_the_catalogue_and_counts_screens() -> None:
    wrapped = thing("Logga in", box(20, 20, 99, 40), box(20, 44, 60, 64), kind="link")
    (finding,) = found(layout(wrapped), (PAGE, OTHER))
    assert (finding.file, finding.line, finding.severity) == ("connect.po", 12, Severity.WARNING)
    assert finding.message == '"Logga in" is a link and takes 2 lines, and on 1 more screen'


def test_a_fault_at_one_of_two_widths_names_it() -> None:
    class Narrow(FakeRuler):
        def measure(
            self, pages: Iterable[ShownPage], widths: Iterable[int]
        ) -> Iterator[tuple[ShownPage, int, Layout]]:
            for page, width, shown in super().measure(pages, widths):
                yield page, width, shown if width == 320 else layout()

    ruler = Narrow(layout(content=340))
    (finding,) = find_on_pages(ruler, [PAGE], {"sv": SWEDISH}, (320, 1280))
    assert finding.message == "the page scrolls sideways at 320"


def test_rules_of_axe_are_findings() -> None:
    broken = Violation(rule="label", help="Fields have labels", elements=("#a", "#b"))
    (finding,) = find_violations(FakeRuler(layout(), (broken,)), [PAGE])
    assert (finding.check, finding.message) == ("accessibility", "label: Fields have labels")
    assert finding.mend == "Mend #a; #b."


def test_every_screen_that_a_client_leads_to_is_shown_once() -> None:
    clients = [fakebrand({"start.fields": "phone"}), fakebrand()]
    shown = list(shown_pages(clients, fresh_pages(), ["en"]))
    names = [page.screen for page in shown]
    assert len(set(names)) == len(names) > 30
    assert {"start/phone-only", "start/email"} <= set(names)


def test_batches_ask_for_each_page_once_as_it_is_needed_and_tell_each_width() -> None:
    asked: list[Task] = []

    class Fake:
        def render(self, tasks: Iterable[Task]) -> Generator[Done]:
            for one in tasks:
                asked.append(one)
                yield Done(key=one.key, value=[{"window": 320}, {"window": 1280}])

    pages = list(shown_pages([fakebrand()], fresh_pages(), ["en"]))[:2]
    measured = InBatches(Fake()).measure(iter(pages), [320, 1280])
    first = [next(measured), next(measured)]
    assert len(asked) == 1
    told = [(page, width, shown["window"]) for page, width, shown in [*first, *measured]]
    assert told == [(page, width, width) for page in pages for width in (320, 1280)]
    assert len(asked) == 2


def test_a_page_that_cannot_be_laid_out_is_named() -> None:
    class Fake:
        def render(self, tasks: Iterable[Task]) -> Generator[Done]:
            yield from (Done(key=one.key, error="the worker died") for one in tasks)

    (page, *_) = shown_pages([fakebrand()], fresh_pages(), ["en"])
    with pytest.raises(RenderError, match=f"{page.screen} in en: the worker died"):
        list(InBatches(Fake()).measure([page], [320]))

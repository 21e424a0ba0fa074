from __future__ import annotations

import pytest

from studio.device.renderer import DESKTOP, PHONE, Viewport
from studio.device.tasks import Shot, Task
from studio.web.batches import AREA, MOST, Kind, alone, batches, boxes
from tests.web.pages import ORIGIN, file, made


def numbered(count: int, **options: object) -> list[Task]:
    return [Task(key=str(at), page=made("<body>"), **options) for at in range(count)]  # type: ignore[arg-type]  # any option


def kind(viewport: Viewport = PHONE, *, scale: int = 1, grows: bool = False) -> Kind:
    return Kind(origin=ORIGIN, viewport=viewport, scale=scale, grows=grows)


def test_a_batch_is_given_away_as_soon_as_it_is_full() -> None:
    taken = []

    def endless() -> object:
        for task in numbered(100):
            taken.append(task)
            yield task

    first = next(batches(endless()))  # type: ignore[arg-type]  # a generator
    assert len(first.tasks) == MOST == len(taken)


def test_every_task_is_in_one_batch() -> None:
    wanted = [*numbered(20), *numbered(3, viewport=DESKTOP), *numbered(5, scale=2)]
    found = list(batches(wanted))
    assert sum(len(batch.tasks) for batch in found) == 28
    assert all(len({task.viewport for task in batch.tasks}) == 1 for batch in found)
    assert all(len({task.scale for task in batch.tasks}) == 1 for batch in found)


def test_pages_that_mean_different_files_are_not_on_one_sheet() -> None:
    red, blue = (
        made("<body>", assets={f"{ORIGIN}/a.css": file(text, "text/css")})
        for text in ("body {color: red}", "body {color: blue}")
    )
    wanted = [Task(key=str(at), page=page) for at, page in enumerate((red, blue, red))]
    assert [[task.key for task in batch.tasks] for batch in batches(wanted)] == [["0", "2"], ["1"]]


@pytest.mark.parametrize(
    "one",
    [
        kind(),
        kind(scale=3),
        kind(DESKTOP),
        kind(DESKTOP, scale=3),
        kind(grows=True),
        kind(Viewport(width=4096, height=4096)),
        kind(Viewport(width=100, height=100)),
    ],
)
def test_a_sheet_is_bounded(one: Kind) -> None:
    area = one.viewport.width * one.viewport.height * one.scale**2 * one.most
    assert 1 <= one.columns <= one.most <= MOST
    assert area <= AREA or one.most == 1


def test_a_row_is_as_high_as_its_highest_page() -> None:
    one = kind(Viewport(width=1000, height=200))
    assert one.columns == 2
    assert boxes(one, [200, 300, 250], 8) == [
        (0, 8, 1000, 200),
        (1000, 8, 1000, 300),
        (0, 308, 1000, 250),
    ]


def test_what_grows_is_not_beside_what_does_not() -> None:
    page = made("<body>")
    whole = Task(key="whole", page=page, shot=Shot(full_page=True))
    element = Task(key="element", page=page, shot=Shot(element="p"))
    plain = Task(key="plain", page=page)
    assert alone(whole).kind == alone(element).kind != alone(plain).kind

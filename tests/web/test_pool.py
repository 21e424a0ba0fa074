from __future__ import annotations

import io
import os
import signal
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from studio.device.axe import axe, violations
from studio.device.renderer import PHONE, Picture, RenderError, Viewport
from studio.device.tasks import Script, Shot, Task, measure, shoot
from studio.web.pool import Pool
from studio.web.renderer import QtRenderer
from tests.web.pages import ORIGIN, alone, file, made, snapshots, tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from studio.device.snapshot import Snapshot
    from studio.pages.hosting import HostedClient

SCREENS = (
    "start/phone",
    "start/phone-invalid",
    "verify-phone/code-sent",
    "password/phone",
    "consent/empty",
    "signing-in/empty",
    "not-found/empty",
    "account-profile-edit/empty",
    "service/signed-in",
)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(jobs=1) as made_pool:
        yield made_pool


@pytest.fixture(scope="module")
def pages(hosted: HostedClient) -> dict[str, Snapshot]:
    return snapshots(hosted, SCREENS, ("en", "ur-PK", "th"))


def pixels(picture: Picture | None) -> Image.Image:
    assert picture is not None
    return Image.open(io.BytesIO(picture.png)).convert("RGB")


def coloured(colour: str, path: str = "/page") -> Snapshot:
    style = {f"{ORIGIN}/a.css": file(f"body {{background: {colour}}}", "text/css")}
    return made("<body>", path=path, assets=style)


@pytest.mark.parametrize(
    ("viewport", "full_page"),
    [(PHONE, False), (Viewport(width=320, height=300), True)],
    ids=["window", "whole page"],
)
def test_each_page_is_drawn_as_if_it_were_alone(
    pool: Pool,
    pages: dict[str, Snapshot],
    qapp: QApplication,
    viewport: Viewport,
    full_page: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    drawn = {
        one.key: pixels(one.picture)
        for one in pool.render(tasks(pages, viewport, shot=Shot(full_page=full_page)))
    }
    assert drawn.keys() == pages.keys()
    window = QtRenderer()
    try:
        for key, page in pages.items():
            one = pixels(alone(window, page, viewport, full_page=full_page))
            assert drawn[key].size == one.size, key
            assert drawn[key].tobytes() == one.tobytes(), key
    finally:
        window.close()
        qapp.processEvents()


def test_a_body_in_the_place_of_another_is_drawn_like_one_that_was_loaded(
    pool: Pool, pages: dict[str, Snapshot]
) -> None:
    first = {one.key: one.picture for one in pool.render(tasks(pages))}
    backwards = list(reversed(tasks(pages)))
    again = {one.key: one.picture for one in pool.render(backwards)}
    assert first == again


def test_the_same_address_with_other_files_is_another_page(pool: Pool) -> None:
    for colour, rgb in (("red", (255, 0, 0)), ("lime", (0, 255, 0))):
        picture = shoot(pool, Task(key="page", page=coloured(colour)))
        assert pixels(picture).getpixel((5, 5)) == rgb
    both = [Task(key=name, page=coloured(name)) for name in ("blue", "white")]
    drawn = {one.key: pixels(one.picture).getpixel((5, 5)) for one in pool.render(both)}
    assert drawn == {"blue": (0, 0, 255), "white": (255, 255, 255)}


def test_a_page_whose_script_draws_is_loaded_with_it(pool: Pool) -> None:
    script = file("document.body.style.background = 'rgb(1, 2, 3)'", "text/javascript")
    page = made("<body>", assets={f"{ORIGIN}/a.js": script}, still=False)
    both = [Task(key=key, page=page) for key in "ab"]
    for done in pool.render(both):
        assert pixels(done.picture).getpixel((5, 5)) == (1, 2, 3)


def test_what_can_be_seen_and_wants_it_looks_as_if_it_had_the_focus(pool: Pool) -> None:
    css = "body, input {margin: 0} input {background: red} input:focus {background: lime}"
    css += "p {margin: 0; height: 50px; background: red} p:focus-within {background: lime}"
    style = {f"{ORIGIN}/a.css": file(css, "text/css")}
    hidden = "<p><input hidden autofocus></p><p style='padding-left:99px'><input autofocus></p>"
    disabled = "<p><input hidden autofocus></p><p><input disabled autofocus></p>"
    bodies = {"hidden": hidden, "disabled": disabled}
    wanted = [Task(key=key, page=made(f"<body>{one}", assets=style)) for key, one in bodies.items()]
    red, lime = (255, 0, 0), (0, 255, 0)
    for _loaded_then_put_there in range(2):
        drawn = {
            one.key: [pixels(one.picture).getpixel((5, y)) for y in (45, 95)]
            for one in pool.render(wanted)
        }
        assert drawn == {"hidden": [red, lime], "disabled": [red, red]}


def test_an_element_of_a_page_is_cut_out(pool: Pool) -> None:
    body = "<body style='margin:0'><p style='margin:700px 10px 0;height:40px;background:red'>"
    page = made(body)
    picture = pixels(shoot(pool, Task(key="p", page=page, shot=Shot(element="p"))))
    assert picture.size == (340, 40)
    assert picture.getcolors() == [(340 * 40, (255, 0, 0))]
    with pytest.raises(RenderError, match="p: nothing that can be seen on the page is 'h1'"):
        shoot(pool, Task(key="p", page=page, shot=Shot(element="h1")))


def test_smaller_files_have_the_same_pixels(pool: Pool, pages: dict[str, Snapshot]) -> None:
    page = pages["start/phone en"]
    fast = shoot(pool, Task(key="a", page=page))
    small = shoot(pool, Task(key="a", page=page, shot=Shot(compress=True)))
    assert len(small.png) < len(fast.png)
    assert pixels(small).tobytes() == pixels(fast).tobytes()


def test_two_pixels_for_each(pages: dict[str, Snapshot]) -> None:
    page = pages["start/phone en"]
    with Pool(jobs=1) as pool:
        sizes = [
            pixels(shoot(pool, Task(key="a", page=page, scale=scale))).size for scale in (2, 1)
        ]
    assert sizes == [(720, 1280), (360, 640)]


def test_a_script_measures_many_pages(pool: Pool) -> None:
    source = "async () => ({wide: innerWidth, text: document.querySelector('p').textContent})"
    wanted = [
        Task(key=key, page=made(f"<body><p>{key}</p>"), shot=None, script=Script(source=source))
        for key in ("one", "two", "three")
    ]
    found = {one.key: one.value for one in pool.render(wanted)}
    assert found == {key: {"wide": 360, "text": key} for key in ("one", "two", "three")}


def test_a_script_that_fails_is_told_with_its_page(pool: Pool) -> None:
    task = Task(key="page", page=made("<body>"), shot=None, script=Script(source="() => nothing"))
    with pytest.raises(RenderError, match="page: ReferenceError: nothing is not defined"):
        measure(pool, task)


def test_axe_core_finds_what_is_wrong(pool: Pool) -> None:
    page = made("<body><main><h1>Title</h1><img src='data:,'></main>")
    found = measure(pool, Task(key="page", page=page, shot=None, script=axe()))
    assert "image-alt" in {one.rule for one in violations(found)}


def test_what_is_not_part_of_a_page_is_missed(pool: Pool) -> None:
    page = made("<body><img src='/elsewhere.png'>")
    (done,) = pool.render([Task(key="page", page=page)])
    assert done.error == f"it asks for {ORIGIN}/elsewhere.png, which is not part of it"


def test_pages_of_a_worker_that_was_killed_are_drawn_by_another(
    pool: Pool, pages: dict[str, Snapshot]
) -> None:
    before = {one.key: one for one in pool.render(tasks(pages))}
    (killed,) = pool.processes
    results = pool.render(tasks(pages))
    drawn = [next(results)]
    os.kill(killed, signal.SIGKILL)
    drawn += results
    assert {one.key: one for one in drawn} == before
    assert len(drawn) == len(before)
    assert killed not in pool.processes


def test_a_page_that_hangs_is_told_and_all_others_are_drawn() -> None:
    endless = {f"{ORIGIN}/a.js": file("for (;;) {}", "text/javascript")}
    wanted = [
        Task(key="good", page=coloured("lime", "/good")),
        Task(key="hangs", page=made("<body>", path="/hangs", assets=endless, still=False)),
        Task(key="good too", page=coloured("lime", "/too")),
    ]
    with Pool(jobs=1, patience=8) as pool:
        done = {one.key: one for one in pool.render(wanted)}
    assert done["hangs"].error == "the browser crashed or hung on this page"
    assert done["good"].picture
    assert done["good"].picture == done["good too"].picture


def test_closing_the_iterator_cancels_the_rest(pool: Pool, pages: dict[str, Snapshot]) -> None:
    asked: list[int] = []

    def endless() -> Iterator[Task]:
        while True:
            asked.append(len(asked))
            yield Task(key=str(len(asked)), page=pages["start/phone en"])

    results = pool.render(endless())
    next(results)
    with pytest.raises(RuntimeError, match="drawing already"):
        next(pool.render([]))
    results.close()
    assert len(asked) < 100
    assert [one.key for one in pool.render(tasks(pages))]


def test_a_worker_that_holds_too_much_is_replaced(pages: dict[str, Snapshot]) -> None:
    with Pool(jobs=1, memory=1) as pool:
        first = [one.picture for one in pool.render(tasks(pages)[:2])]
        assert pool.processes == []
        assert first == [one.picture for one in pool.render(tasks(pages)[:2])]


def test_a_worker_that_cannot_start_is_told(
    monkeypatch: pytest.MonkeyPatch, pages: dict[str, Snapshot]
) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    with Pool(jobs=1) as pool, pytest.raises(RenderError, match="a worker did not start: "):
        list(pool.render(tasks(pages)))

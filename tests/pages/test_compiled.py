from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, FileSystemLoader

from studio.pages.compiled import CompiledTemplates

if TYPE_CHECKING:
    from pathlib import Path


def test_a_second_environment_finds_what_the_first_compiled(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    for _ in range(2):
        environment = Environment(
            loader=DictLoader({"a.txt": "{{ 1 + 1 }}"}),
            bytecode_cache=CompiledTemplates(place),
            autoescape=True,
        )
        assert environment.get_template("a.txt").render() == "2"
        assert len(list(place.iterdir())) == 1


def test_another_text_is_compiled_anew(tmp_path: Path) -> None:
    template = tmp_path / "a.txt"
    for text in ("one", "two"):
        template.write_text(text, encoding="utf-8")
        environment = Environment(
            loader=FileSystemLoader(tmp_path),
            bytecode_cache=CompiledTemplates(tmp_path / "kept"),
            autoescape=True,
        )
        assert environment.get_template("a.txt").render() == text


def test_templates_are_rendered_where_nothing_can_be_kept(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way", encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"a.txt": "fine"}),
        bytecode_cache=CompiledTemplates(file / "kept"),
        autoescape=True,
    )
    assert environment.get_template("a.txt").render() == "fine"
    assert file.read_text(encoding="utf-8") == "in the way"


def test_what_was_damaged_is_compiled_again(tmp_path: Path) -> None:
    for _ in range(2):
        environment = Environment(
            loader=DictLoader({"a.txt": "fine"}),
            bytecode_cache=CompiledTemplates(tmp_path),
            autoescape=True,
        )
        assert environment.get_template("a.txt").render() == "fine"
        (kept,) = tmp_path.iterdir()
        kept.write_bytes(kept.read_bytes()[:-20])

"""Files that are mostly text, made from templates in `flow_templates/export/`."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from studio.resources import folder


def rendered(name: str, /, **values: object) -> str:
    """Return a template filled in; in HTML, XML and SVG values are escaped.

    Args:
        name: The file below `flow_templates/export/`.
        values: What the template may use; a name it does not find is an error.
    """
    return _environment().get_template(name).render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(folder("flow_templates") / "export"),
        autoescape=select_autoescape(["html", "xml", "svg"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )

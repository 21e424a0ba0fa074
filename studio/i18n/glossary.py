"""How does a playbook leave the program? As Markdown, CSV or TBX, for people and their tools."""

from __future__ import annotations

import csv
import io
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from studio.i18n.playbook import Playbook, Term

_TBX = "urn:iso:std:iso:30042:ed-2"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED, _DEPRECATED = "preferredTerm-admn-sts", "deprecatedTerm-admn-sts"
_PUBLISHER = "The chosen terms of the CONNECT pages."


def markdown(playbooks: Sequence[Playbook]) -> str:
    """Write a table for each language."""
    return "\n".join(_section(each) for each in playbooks)


def _section(playbook: Playbook) -> str:
    locale = playbook.locale
    rows = [
        f"| {_cell(term.name)} | {_cell(term.use)} | {_cell(', '.join(term.avoid))} "
        f"| {_cell(term.reason)} |\n"
        for term in playbook.terms
    ]
    head = "| term | use | avoid | reason |\n|---|---|---|---|\n"
    table = f"{head}{''.join(rows)}" if rows else "No terms are chosen yet.\n"
    return f"# {locale.english_name} ({locale.tag})\n\n{table}"


def _cell(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())


def comma_separated(playbooks: Sequence[Playbook]) -> str:
    """Write one row a term (RFC 4180); spellings to avoid are separated by `; `."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("locale", "term", "use", "avoid", "reason"))
    for playbook in playbooks:
        for term in playbook.terms:
            avoid = "; ".join(term.avoid)
            rows.writerow((playbook.locale.tag, term.name, term.use, avoid, term.reason))
    return text.getvalue()


def tbx(playbooks: Sequence[Playbook]) -> str:
    """Write a terminology base: TBX-Basic, DCA style (ISO 30042:2019)."""
    root = ET.Element("tbx", {"type": "TBX-Basic", "style": "dca", _XML_LANG: "en", "xmlns": _TBX})
    _header(root)
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    for number, (name, spoken) in enumerate(_concepts(playbooks).items(), 1):
        concept = ET.SubElement(body, "conceptEntry", id=f"c{number}")
        ET.SubElement(concept, "descrip", type="subjectField").text = "Signing in"
        ET.SubElement(concept, "note").text = name
        for playbook, term in spoken:
            _language(concept, playbook.locale.tag, term)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _header(root: ET.Element) -> None:
    header = ET.SubElement(root, "tbxHeader")
    description = ET.SubElement(header, "fileDesc")
    title = ET.SubElement(ET.SubElement(description, "titleStmt"), "title")
    title.text = "CONNECT playbook"
    source = ET.SubElement(ET.SubElement(description, "sourceDesc"), "p")
    source.text = _PUBLISHER
    encoding = ET.SubElement(ET.SubElement(header, "encodingDesc"), "p", type="XCSURI")
    encoding.text = "TBXBasicXCSV02.xcs"


def _concepts(playbooks: Sequence[Playbook]) -> dict[str, list[tuple[Playbook, Term]]]:
    concepts: dict[str, list[tuple[Playbook, Term]]] = {}
    for playbook in playbooks:
        for term in playbook.terms:
            concepts.setdefault(term.name, []).append((playbook, term))
    return concepts


def _language(concept: ET.Element, tag: str, term: Term) -> None:
    section = ET.SubElement(concept, "langSec", {_XML_LANG: tag})
    for text, status in _spellings(term):
        spelling = ET.SubElement(section, "termSec")
        ET.SubElement(spelling, "term").text = text
        ET.SubElement(spelling, "termNote", type="administrativeStatus").text = status
        if status == _PREFERRED:
            ET.SubElement(spelling, "note").text = term.reason


def _spellings(term: Term) -> Iterator[tuple[str, str]]:
    yield term.use, _PREFERRED
    for text in term.avoid:
        yield text, _DEPRECATED


FORMATS: Mapping[str, Callable[[Sequence[Playbook]], str]] = MappingProxyType(
    {"md": markdown, "csv": comma_separated, "tbx": tbx}
)
"""The formats by the names that the command line takes."""

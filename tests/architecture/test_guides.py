"""The guides name files and things that are there, and the words we agreed on are the words we use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.test_sentences import UNTRANSLATED, name_of, templates

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
A_FILE = re.compile(r"`((?:api|clinic|config|docs|tests|tracking|web|templates)/[\w./-]+\.\w+)`")
WALKED = "resistance"

A_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")

NEVER_SAID = re.compile(
    r"\b(patients?|kids?|missed|forgot|forgotten|overdue|streaks?)\b|!(?![=\[-])", re.IGNORECASE
)
"""Words of no page: ours for people are others, and nobody is blamed (docs/glossary.md)."""


def guides() -> list[Path]:
    return [
        DOCS / "access.md",
        DOCS / "glossary.md",
        DOCS / "how-to-add-a-channel.md",
        DOCS / "how-to-add-a-field.md",
        DOCS / "operations.md",
        DOCS / "api" / "README.md",
        DOCS / "api" / "client" / "README.md",
        *sorted((DOCS / "adr").glob("*.md")),
        *sorted((DOCS / "clinical").glob("*.md")),
        DOCS / "design-language.md",
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    ]


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.name)
def test_every_file_a_guide_names_is_there(guide: Path) -> None:
    named = set(A_FILE.findall(guide.read_text(encoding="utf-8")))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.name)
def test_every_link_within_the_guides_leads_somewhere(guide: Path) -> None:
    links = {link for link in A_LINK.findall(guide.read_text(encoding="utf-8")) if "://" not in link}
    assert [link for link in sorted(links) if not (guide.parent / link).exists()] == []


@pytest.mark.parametrize("road", ["how-to-add-a-channel.md", "how-to-add-a-field.md"])
def test_every_quoted_line_stands_in_its_file(road: str) -> None:
    text = (DOCS / road).read_text(encoding="utf-8")
    quoted = 0
    for block in re.findall(r"```\w+\n(.*?)```", text, re.DOTALL):
        source = ""
        for line in filter(None, map(str.strip, block.splitlines())):
            if line.startswith("# "):
                source = (ROOT / line[2:]).read_text(encoding="utf-8")
                continue
            assert line in source, line
            quoted += 1
    assert quoted >= 7


def test_every_word_of_the_glossary_that_is_a_class_is_there() -> None:
    """A name in code letters is a class or module of ours: `MassageSession`, never a wish."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([A-Z]\w+)`", text))
    written = "\n".join(
        path.read_text(encoding="utf-8")
        for floor in ("clinic", "tracking")
        for path in (ROOT / floor).rglob("*.py")
        if "migrations" not in path.parts
    )
    assert [name for name in sorted(named) if not re.search(rf"^class {name}\b", written, re.MULTILINE)] == []


def test_the_walked_field_is_found_at_every_stop() -> None:
    text = (DOCS / "how-to-add-a-field.md").read_text(encoding="utf-8")
    stops = set(re.findall(rf"`{WALKED}`[^.]*? in\s+`([\w./]+)`", text))
    assert len(stops) >= 4
    for name in stops:
        assert WALKED in (ROOT / name).read_text(encoding="utf-8"), name


def test_every_decision_is_listed_once_and_in_order() -> None:
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (DOCS / "adr" / "README.md").read_text(encoding="utf-8"))
    written = sorted(path.name for path in (DOCS / "adr").glob("0*.md"))
    assert listed == written
    assert [int(name[:4]) for name in written] == list(range(1, len(written) + 1))


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_no_page_blames_or_shouts(path: Path) -> None:
    if name_of(path) in UNTRANSLATED:
        return
    said = re.findall(
        r'{%\s*trans(?:late)?\s+"([^"]*)"|{%\s*blocktrans(?:late)?[^%]*%}(.*?){%\s*(?:plural|endblocktrans)',
        path.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    sentences = [one or other for one, other in said]
    assert [sentence for sentence in sentences if NEVER_SAID.search(sentence)] == []

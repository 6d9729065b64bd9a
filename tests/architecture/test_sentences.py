"""Every sentence a person reads goes through gettext: no letters stand in a template outside its tags."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"

UNTRANSLATED = {
    "styleguide.html": "for developers, shown with DEBUG alone",
    "styleguide_family.html": "for developers, shown with DEBUG alone",
}

NAMES = {"Littlefoot", "PDF", "QR", "API"}
"""The same in every language."""

SAID_IN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "aria-roledescription"}

ENDS = {"blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans", "comment": "endcomment"}


def templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def bare(source: str) -> str:
    """The template without tags, variables, comments and what stands inside translation blocks."""
    kept, waiting_for = [], ""
    for token in Lexer(source).tokenize():
        words = token.contents.split()
        if token.token_type == TokenType.BLOCK:
            if not waiting_for:
                waiting_for = _end_of(words)
            elif words[0] == waiting_for:
                waiting_for = ""
        elif token.token_type == TokenType.TEXT and not waiting_for:
            kept.append(token.contents)
    return "".join(kept)


def _end_of(words: list[str]) -> str:
    """The tag that ends what is not read: a translation, a comment, a block that holds a class."""
    if words[0] == "block" and words[1].endswith("_class"):
        return "endblock"
    return ENDS.get(words[0], "")


class Reader(HTMLParser):
    """Gathers what a person would read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self.silent += 1
        given = dict(attrs)
        self.said += [value for name, value in attrs if name in SAID_IN_ATTRIBUTES and value]
        if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
            self.said.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(data)


def letters(path: Path) -> list[str]:
    """Words of a template that no translator would see."""
    source = bare(path.read_text(encoding="utf-8"))
    if path.suffix == ".txt":
        said = [source]
    else:
        reader = Reader()
        reader.feed(source)
        reader.close()
        said = reader.said
    words = [word for text in said for word in re.findall(r"[^\W\d_]{2,}", text)]
    return [word for word in words if word not in NAMES]


def test_the_reader_finds_what_nobody_would_translate() -> None:
    source = (
        '<p title="Hers">{% translate "Not this" %} but this {# not this #}<b alt="">{{ nor.this }}</b></p>'
    )
    reader = Reader()
    reader.feed(bare(source))
    assert " ".join(" ".join(reader.said).split()) == "Hers but this"


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_sentence_of_a_template_is_translated(path: Path) -> None:
    if name_of(path) not in UNTRANSLATED:
        assert letters(path) == []


def test_what_needs_no_translation_still_does_not() -> None:
    for name in UNTRANSLATED:
        assert letters(TEMPLATES / name), f"{name} has nothing untranslated any more"


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_template_compiles(path: Path) -> None:
    engines["django"].get_template(name_of(path))


# ---- sentences in code ----------------------------------------------------------------------------------

TOLD = {"label", "help_text", "empty_label", "initial_label", "legend", "heading", "message"}
TELLING = {"success", "info", "warning", "error", "add_message", "ValidationError"}


TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
FOR_DEVELOPERS = {"extend_schema", "extend_schema_field", "ImproperlyConfigured", "cast", "execute"}
NOT_READ = {"help_text"}
"""Of the API's description, which is in English."""

WORDED = ("tracking/wording", "tracking/readings", "tracking/outcomes", "tracking/reports", "tracking/policy")
FACES = ("web", "api/sentences.py", "api/errors.py", "api/fields.py", "api/parsers.py", "clinic/mail.py")
"""The rest of the API describes itself, in English; its refusals are read in test_pseudo_locale."""

FOR_NO_READERS = {"styleguide.py", "checks.py", "metrics.py"}
"""For who builds and who operates Littlefoot; a monitor reads English."""

THE_SAME_EVERYWHERE = {
    "BCP 47 language tag": "what an API's field takes, by the standard's name",
    "IANA zone name": "the same",
    "Mac OS X": "a system's name",
    "Noto Sans": "a font",
    "letters about ": "what a lock is called",
    "Samsung Internet": "a browser's name",
    "private, no-store": "a header",
}


def untranslated_constants(path: Path) -> Iterator[tuple[int, str]]:
    """Literals of two words and more that reach people past gettext: what is left of a module without
    docstrings, what gettext takes, what only developers read, markup, SQL and headers.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call):
            called = node.func
            function = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            is_log = isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "logger"
            if is_log or function in TRANSLATING | FOR_DEVELOPERS:
                continue
        if isinstance(node, ast.keyword) and node.arg in NOT_READ:
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_code = re.search(r"[<=]|^\s*SELECT ", node.value)
            if not is_code and re.search(r"[^\W\d_]{2,}[,;:]? [^\W\d_]{2,}", node.value):
                yield node.lineno, node.value
        waiting += ast.iter_child_nodes(node)


def test_no_module_that_words_things_says_a_sentence_of_its_own() -> None:
    modules = [module for place in (*WORDED, *FACES) for module in python_files(ROOT / place)]
    assert len(modules) > 100
    left = [
        f"{module.relative_to(ROOT)}:{line}: {said}"
        for module in modules
        if module.name not in FOR_NO_READERS
        for line, said in untranslated_constants(module)
        if said not in THE_SAME_EVERYWHERE
    ]
    assert left == []


def python_files(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def test_the_reader_of_modules_finds_a_sentence_and_leaves_the_rest(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        '"""Not this here."""\nA = _("nor this one")\nB = [f"{A} but this one"]\nC = "code"\n', "utf-8"
    )
    assert [said.strip() for _line, said in untranslated_constants(module)] == ["but this one"]


def plain_sentences(path: Path) -> Iterator[str]:
    """Literals that a form or a message would show as they stand."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        told = [keyword.value for keyword in node.keywords if keyword.arg in TOLD]
        if function in TELLING:
            is_log = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "logger"
            told += [] if is_log else node.args
        for value in told:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value:
                yield f"{path.relative_to(ROOT)}:{value.lineno}: {value.value[:60]}"


def test_no_page_or_form_says_a_sentence_of_its_own() -> None:
    pages = [path for path in (ROOT / "web").rglob("*.py") if path.name != "styleguide.py"]
    assert [found for path in pages for found in plain_sentences(path)] == []

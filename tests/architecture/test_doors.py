"""Faces reach rows through one door, know each other's rules, and list nothing that is gone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

WITHOUT_VISIBLE_TO = {
    "web/home/corner.py": "the asker's own grant, by which the family's door is opened",
}
"""Faces that may ask a manager something else than what a person sees, and why."""

QUESTIONS = {
    "visible_to",
    "heard_by",
    "cared_for_by",
    "guarded_by",
    "on_team_of",
    "seen_by_staff",
    "of_child",
    "none",
}
"""What a manager is asked first: all narrower than `visible_to`, or about a child whose door is open."""


def modules(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def escapes(tree: ast.Module) -> list[str]:
    """Managers and querysets a module uses otherwise than by `visible_to` or as the door's argument."""
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}):
            continue
        chain, above = [], parents.get(node)
        while isinstance(above, ast.Attribute | ast.Call) and not _is_argument(node, above):
            if isinstance(above, ast.Attribute):
                chain.append(above.attr)
            node, above = above, parents.get(above)  # noqa: PLW2901
        goes_through_the_door = (
            isinstance(above, ast.Call)
            and isinstance(above.func, ast.Attribute)
            and above.func.attr == "fetch"
            and node in above.args
        )
        if isinstance(
            above, ast.Lambda
        ):  # a field of the door's own, which asks `visible_to` of what it is given
            asked_by = parents[above]
            goes_through_the_door = isinstance(asked_by, ast.Call) and _is_door_of_a_field(asked_by)
        if not goes_through_the_door and not (chain and chain[0] in QUESTIONS):
            found.append(f"line {node.lineno}: .objects.{chain[0] if chain else ''}")
    return found


def _is_door_of_a_field(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "VisibleRelatedField"


def _is_argument(node: ast.AST, call: ast.AST) -> bool:
    return isinstance(call, ast.Call) and node in [*call.args, *(k.value for k in call.keywords)]


def test_no_question_of_a_face_escapes_visible_to() -> None:
    found = {name: escapes(tree) for name, tree in modules("api", "web")}
    assert {name: lines for name, lines in found.items() if lines and name not in WITHOUT_VISIBLE_TO} == {}
    assert not [name for name in WITHOUT_VISIBLE_TO if not found.get(name)], "these ask nothing else any more"


def test_the_reader_tells_the_door_from_the_way_around_it() -> None:
    through = "access.fetch(Child.objects.select_related('clinic'), user, pk=pk)"
    around = "Child.objects.get(pk=pk)\nget(Child.objects)\nlist(Child.objects.filter(pk=1).visible_to(user))"
    assert escapes(ast.parse(through)) == []
    assert escapes(ast.parse("Child.objects.visible_to(user).filter(pk=1)")) == []
    assert len(escapes(ast.parse(around))) == 3


def test_no_face_takes_the_frameworks_shortcut() -> None:
    shortcut = re.compile(r"\bget_(?:object|list)_or_404\b")
    for package in ("api", "web", "clinic", "tracking"):
        for path in (ROOT / package).rglob("*.py"):
            assert not shortcut.search(path.read_text(encoding="utf-8")), path


def test_nobody_connects_to_signals_of_models() -> None:
    """Ours are none (docs/architecture.md, rule 13); Celery's hooks live in config/celery.py."""
    named = re.compile(r"django\.db\.models\.signals|django\.dispatch|allauth\.account\.signals")
    for package in ("api", "web", "clinic", "tracking", "config"):
        for path in (ROOT / package).rglob("*.py"):
            assert not named.search(path.read_text(encoding="utf-8")), path


def test_no_module_is_called_by_no_name() -> None:
    nameless = {"core", "common", "utils", "util", "helpers", "misc", "base"}
    allowed = {"config/database/base.py": "Django's name for a database engine"}
    found = [
        name
        for name, _ in modules("api", "web", "clinic", "tracking", "config")
        if Path(name).stem in nameless
    ]
    assert set(found) == set(allowed)

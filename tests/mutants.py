"""Rules made wrong on purpose, one place at a time, to see that something notices.

A rule is a function of `clinic.policy` or `tracking.policy`, what a person's `Places` say of them, or a
queryset's `visible_to` and what it asks. A mutant of it drops one side of an `or`, an `and`, a `|` or a `&`,
a `not` or a `~`, one condition of a filter, one narrowing call such as `.valid()`, takes one place for its
neighbor, or says yes to everybody. It is put in force by exchanging the function's code, so that whoever
holds the function asks the mutant.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import importlib
import inspect
import pkgutil
import random
import textwrap
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps

import clinic.policy
import tracking.policy
from clinic import prepared
from clinic.policy import Places

NEIGHBORS = {
    "is_treating": "is_team",
    "is_supervised": "is_team",
    "is_team": "is_staff",
    "is_on_team": "is_staff",
    "is_guardian": "is_caregiver",
    "is_owner": "is_staff",
    "is_office": "is_staff",
    "OWNER": "THERAPIST",
    "OFFICE": "THERAPIST",
}
"""Whom each place is taken for: whoever stands nearest and may do less or more."""

NARROWING = frozenset({"valid", "active", "guardians", "open", "with_role", "exclude", "team"})
"""Calls that leave rows out; a mutant leaves the call out."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A function that says who may."""

    name: str
    function: types.FunctionType


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one thing changed, told as a line of its source: what it says now, and what it said."""

    rule: Rule
    was: str
    says: str
    code: types.CodeType

    def __str__(self) -> str:
        return f"{self.rule.name}: {self.was}  ->  {self.says}"

    @contextlib.contextmanager
    def in_force(self) -> Iterator[None]:
        true = self.rule.function.__code__
        self.rule.function.__code__ = self.code
        try:
            with prepared.written_each_time():
                yield
        finally:
            self.rule.function.__code__ = true


# ---- the rules --------------------------------------------------------------------------------------------


def rules() -> list[Rule]:
    """Every rule, by name."""
    found = {rule.name: rule for rule in (*_predicates(), *_places(), *_querysets())}
    return [found[name] for name in sorted(found)]


def _predicates() -> Iterator[Rule]:
    for module in (clinic.policy, *_modules_of(tracking.policy)):
        for name, value in vars(module).items():
            if (
                inspect.isfunction(value)
                and value.__module__ == module.__name__
                and name.startswith(("may_", "is_"))
            ):
                yield Rule(f"{module.__name__}.{name}", value)


def _modules_of(package: types.ModuleType) -> Iterator[types.ModuleType]:
    for info in pkgutil.iter_modules(package.__path__):
        yield importlib.import_module(f"{package.__name__}.{info.name}")


def _places() -> Iterator[Rule]:
    for name, value in vars(Places).items():
        if isinstance(value, property) and isinstance(value.fget, types.FunctionType):
            yield Rule(f"clinic.policy.Places.{name}", value.fget)


def _querysets() -> Iterator[Rule]:
    """Methods of querysets that are asked about a person, static ones too."""
    for label in ("clinic", "tracking"):
        for model in apps.get_app_config(label).get_models():
            for kind in type(model._default_manager.all()).__mro__:
                if not kind.__module__.startswith(("clinic.models", "tracking.models")):
                    continue
                for name, value in vars(kind).items():
                    function = value.__func__ if isinstance(value, staticmethod) else value
                    if inspect.isfunction(function) and "user" in inspect.signature(function).parameters:
                        yield Rule(f"{kind.__module__}.{kind.__name__}.{name}", function)


# ---- mutants of a rule ------------------------------------------------------------------------------------


def mutants(chosen: Iterable[Rule]) -> list[Mutant]:
    """Every mutant of these rules, in order of their lines."""
    return [mutant for rule in chosen for mutant in _mutants(rule)]


def draw(every: list[Mutant], count: int, *, seed: int) -> list[Mutant]:
    """`count` of them, by lot, no rule twice before every rule was drawn once."""
    lots = random.Random(seed)
    waiting: dict[str, list[Mutant]] = {}
    for mutant in every:
        waiting.setdefault(mutant.rule.name, []).append(mutant)
    for of_rule in waiting.values():
        lots.shuffle(of_rule)
    drawn: list[Mutant] = []
    while waiting and len(drawn) < count:
        names = sorted(waiting)
        lots.shuffle(names)
        for name in names[: count - len(drawn)]:
            drawn.append(waiting[name].pop())
            if not waiting[name]:
                del waiting[name]
    return drawn


def _mutants(rule: Rule) -> Iterator[Mutant]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule.function)))
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    _strip(function)
    for number, node in enumerate(ast.walk(function)):
        for changed in _changes(node):
            mutated = copy.deepcopy(function)
            _put(mutated, number, changed)
            code = _compiled(mutated, rule.function)
            if code is not None:
                yield Mutant(rule, _line(node), _line(changed), code)
    if rule.name.rpartition(".")[2].startswith(("may_", "is_")):
        mutated = copy.deepcopy(function)
        mutated.body = [ast.Return(ast.Constant(value=True))]
        code = _compiled(mutated, rule.function)
        if code is not None:
            yield Mutant(rule, "its answer", "True", code)


def _strip(function: ast.FunctionDef) -> None:
    """Leave only what runs: no decorators, no annotations."""
    function.decorator_list = []
    function.returns = None
    for argument in (*function.args.args, *function.args.kwonlyargs):
        argument.annotation = None


def _changes(node: ast.AST) -> Iterator[ast.expr]:
    """What one place of a rule may be made."""
    if isinstance(node, ast.BoolOp):
        for left_out in range(len(node.values)):
            kept = [value for index, value in enumerate(node.values) if index != left_out]
            yield kept[0] if len(kept) == 1 else ast.BoolOp(op=node.op, values=kept)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd):
        yield node.left
        yield node.right
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield node.operand
    elif isinstance(node, ast.Attribute) and node.attr in NEIGHBORS:
        yield ast.Attribute(value=node.value, attr=NEIGHBORS[node.attr], ctx=node.ctx)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in NARROWING:
            yield node.func.value
        if node.func.attr in ("filter", "exclude") and len(node.keywords) + len(node.args) > 1:
            for left_out in node.keywords:
                kept_keywords = [keyword for keyword in node.keywords if keyword is not left_out]
                yield ast.Call(func=node.func, args=node.args, keywords=kept_keywords)


def _put(function: ast.FunctionDef, number: int, changed: ast.expr) -> None:
    """Put `changed` where the node of that number in walking order stands."""
    wanted = list(ast.walk(function))[number]
    for parent in ast.walk(function):
        for name, value in ast.iter_fields(parent):
            if value is wanted:
                setattr(parent, name, changed)
                return
            if isinstance(value, list) and any(item is wanted for item in value):
                value[[item is wanted for item in value].index(True)] = changed
                return


def _compiled(function: ast.FunctionDef, like: types.FunctionType) -> types.CodeType | None:
    """The function's code; None if it cannot stand in for the function's own."""
    module = ast.Module(body=[function], type_ignores=[])
    made: dict[str, Any] = {}
    exec(  # our own source, changed in one place
        compile(ast.fix_missing_locations(module), "<mutant>", "exec", flags=0x1000000, dont_inherit=True),
        like.__globals__,
        made,
    )
    code: types.CodeType = made[function.name].__code__
    return code if code.co_freevars == like.__code__.co_freevars else None


def _line(node: ast.AST) -> str:
    return textwrap.shorten(ast.unparse(node), 90, placeholder=" …")


# ---- who asks which rule ----------------------------------------------------------------------------------


@contextlib.contextmanager
def noting(chosen: Iterable[Rule], note: Callable[[Rule], None]) -> Iterator[None]:
    """Every rule answers as always, and is noted each time it is asked."""
    with contextlib.ExitStack() as undo:
        for number, rule in enumerate(chosen):
            undo.enter_context(_noting(rule, note, number))
        undo.enter_context(prepared.written_each_time())
        yield


@contextlib.contextmanager
def _noting(rule: Rule, note: Callable[[Rule], None], number: int) -> Iterator[None]:
    function = rule.function
    true, defaults, keyword_defaults = function.__code__, function.__defaults__, function.__kwdefaults__
    if true.co_freevars:
        yield
        return
    same = types.FunctionType(true, function.__globals__, function.__name__, defaults)
    same.__kwdefaults__ = keyword_defaults

    def asked(*given: Any, **named: Any) -> Any:
        note(rule)
        return same(*given, **named)

    name = f"__asked_{number}__"
    function.__globals__[name] = asked
    made: dict[str, Any] = {}
    exec(f"def noted(*given, **named): return {name}(*given, **named)", made)  # three words of ours
    function.__code__ = made["noted"].__code__
    function.__defaults__ = function.__kwdefaults__ = None
    try:
        yield
    finally:
        function.__code__, function.__defaults__, function.__kwdefaults__ = true, defaults, keyword_defaults
        del function.__globals__[name]

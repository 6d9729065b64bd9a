"""Advice to a family about a concern: rules as data, read in order; the first that fits decides.

Server and phone use the same rules, the phone without a network, so they are a document (`concerns.json`,
which says how it is read), and this is one reader of it. Fever thresholds follow NICE NG143, bruises NICE
CG89; rules without a source are our own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clinic.ages import Age
from tracking.vocabulary.concerns import (
    AdviceLevel,
    ConcernAnswer,
    ConcernKind,
    ConcernQuestion,
    FlagCode,
    Severity,
    TemperatureUnit,
)

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told. `temperature` None: not measured; codes not known here fit no rule of their own."""

    kind: str
    temperature: Decimal | None = None
    unit: str = TemperatureUnit.CELSIUS
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """The child on the day it happened: the younger of both ages, and whether the record says that the child
    moves about (None: not known).
    """

    younger: Age
    is_moving_about: bool | None


@dataclass(frozen=True, slots=True)
class PrecautionProposed:
    """A precaution that the advice asks for; `days` after the day of the concern it still applies, None where
    it is open until somebody lifts it.
    """

    code: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """One rule's advice. `key` names its texts; `flag` and `severity` are both None where none is raised."""

    key: str
    level: AdviceLevel
    flag: FlagCode | None = None
    severity: Severity | None = None
    is_massage_stopped: bool = False
    is_product_stopped: bool = False
    precaution: PrecautionProposed | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions that all have to hold, by name, and the advice then given."""

    when: Mapping[str, Any]
    advice: Advice


@dataclass(frozen=True, slots=True)
class Rules:
    """A version of the rules. `questions` are those asked along with each kind of concern."""

    version: str
    believed_celsius: tuple[Decimal, Decimal]
    questions: Mapping[ConcernKind, tuple[ConcernQuestion, ...]]
    rules: tuple[Rule, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rules":
        """The rules of a document of the shape of `concerns.json`. Raises KeyError or ValueError for
        others.
        """
        lowest, highest = data["believed_celsius"]
        return cls(
            version=data["version"],
            believed_celsius=(Decimal(lowest), Decimal(highest)),
            questions={
                ConcernKind(kind): tuple(ConcernQuestion(code) for code in codes)
                for kind, codes in data["questions"].items()
            },
            rules=tuple(Rule(row["when"], _advice(row)) for row in data["rules"]),
        )

    def celsius(self, told: Told) -> Decimal | None:
        """The temperature in degrees Celsius to two decimals; None: not measured, or not to be believed."""
        if told.temperature is None:
            return None
        exact = told.temperature
        if told.unit == TemperatureUnit.FAHRENHEIT:
            exact = (told.temperature - 32) * 5 / 9
        celsius = exact.quantize(HUNDREDTH, ROUND_HALF_UP)
        lowest, highest = self.believed_celsius
        return celsius if lowest <= celsius <= highest else None

    def of_key(self, key: str) -> Advice | None:
        """The advice of this key; None where these rules do not have it (any more)."""
        return next((rule.advice for rule in self.rules if rule.advice.key == key), None)

    def of_kind(self, kind: ConcernKind) -> tuple[Advice, ...]:
        """Every advice that a concern of this kind may lead to, most urgent first."""
        return tuple(rule.advice for rule in self.rules if rule.when.get("kind") == kind)


@dataclass(frozen=True, slots=True)
class _Facts:
    told: Told
    celsius: Decimal | None
    months: int
    moving_about: ConcernAnswer

    def answer(self, question: str) -> str:
        return self.told.answers.get(question, ConcernAnswer.NOT_KNOWN)


def advise(rules: Rules, told: Told, about: About) -> Advice:
    """The advice of the first rule that fits. Raises ValueError where none does, which the last one
    prevents.
    """
    facts = _Facts(told, rules.celsius(told), about.younger.months, moving_about(told, about))
    for rule in rules.rules:
        if all(_holds(name, expected, facts) for name, expected in rule.when.items()):
            return rule.advice
    raise ValueError("the last rule fits everything")


def moving_about(told: Told, about: About) -> ConcernAnswer:
    """No where either says no, so that nobody's yes alone makes a bruise an everyday one."""
    said = told.answers.get(ConcernQuestion.MOVES_ABOUT)
    if about.is_moving_about is False or said == ConcernAnswer.NO:
        return ConcernAnswer.NO
    if about.is_moving_about or said == ConcernAnswer.YES:
        return ConcernAnswer.YES
    return ConcernAnswer.NOT_KNOWN


def _holds(name: str, expected: Any, facts: _Facts) -> bool:
    condition = _CONDITIONS.get(name)
    return condition is None or condition(facts, expected)


_CONDITIONS: dict[str, Callable[[_Facts, Any], bool]] = {
    "kind": lambda facts, kind: facts.told.kind == kind,
    "celsius_at_least": lambda facts, least: facts.celsius is not None and facts.celsius >= least,
    "celsius_known": lambda facts, is_known: (facts.celsius is not None) == is_known,
    "age_months_under": lambda facts, limit: facts.months < limit,
    "moving_about": lambda facts, answers: facts.moving_about in answers,
    "answers": lambda facts, wanted: all(
        facts.answer(question) in answers for question, answers in wanted.items()
    ),
}


def _advice(row: Mapping[str, Any]) -> Advice:
    proposed = row.get("precaution")
    return Advice(
        key=row["key"],
        level=AdviceLevel(row["level"]),
        flag=FlagCode(row["flag"]) if "flag" in row else None,
        severity=Severity(row["severity"]) if "flag" in row else None,
        is_massage_stopped=row.get("stop_massage", False),
        is_product_stopped=row.get("stop_product", False),
        precaution=PrecautionProposed(proposed["code"], proposed.get("days")) if proposed else None,
    )

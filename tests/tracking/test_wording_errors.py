"""Every refusal names what is at fault and says what is allowed."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest

import clinic
import tracking
from clinic.errors import Conflict, DomainError, Invalid, Stale
from tracking.services.drafts import BlockedByConflict
from tracking.services.publishing import Incomplete, NeedsAcknowledgement
from tracking.wording import errors
from tracking.wording.fields import field_name

HUG = {
    "stroke": "deep-squeeze-and-hug",
    "stroke_name": "Squeeze-down and big hug",
    "conflict": "under_minimum_age",
    "how": "block",
    "why": "under_minimum_age",
    "region": "",
    "minimum_age_weeks": 104,
    "age_weeks": 30,
    "is_corrected": True,
}
FOREHEAD = HUG | {
    "stroke": "forehead-smooth",
    "stroke_name": "Forehead smoothing",
    "conflict": "face_aversion",
    "how": "acknowledge",
    "why": "listed",
}


def every_error() -> list[type[DomainError]]:
    for package in (clinic, tracking):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    found, waiting = [], [DomainError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(("clinic.", "tracking.")):
            found.append(kind)
    return found


def test_every_refusal_of_the_record_has_a_sentence() -> None:
    without = {kind.code for kind in every_error()} - errors.worded_codes()
    assert without <= {"invalid"}, "give each a sentence in tracking/wording/errors.py"


def test_no_sentence_without_values_waits_for_one() -> None:
    assert [code for code, said in errors._PLAIN.items() if "%" in str(said)] == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            BlockedByConflict(field="steps.1", **HUG, conflicts=[HUG]),
            (
                "Squeeze-down and big hug is for children from 24 months on;"
                " this child is 30 weeks corrected. It cannot be prescribed for this child now."
            ),
        ),
        (
            NeedsAcknowledgement(field="steps.6", **FOREHEAD, conflicts=[FOREHEAD]),
            (
                "Forehead smoothing: Dislikes touch on the face, or had tubes, suction or tape there."
                " To prescribe it all the same, give your reason."
            ),
        ),
        (
            Invalid(field="schedules.0.count", allowed="range", least=1, most=28),
            "Schedule 1: how many times has to be a number from 1 to 28.",
        ),
        (
            Invalid(field="steps.7.side", allowed=["left", "right", "both"]),
            "Step 8: side has to be one of: left, right, both.",
        ),
        (Invalid(field="steps.0.side", allowed=["both"]), "Step 1: side can only be both here."),
        (
            Invalid(field="reason", allowed="length", least=1, most=500),
            "Reason has to have 1 to 500 characters.",
        ),
        (Invalid(field="note", allowed="length", most=4000), "Note is too long: 4000 at most."),
        (
            Invalid(field="starts_on", allowed="as_published"),
            "First day stays as published once the program has begun.",
        ),
        (
            Invalid(field="steps.2.stroke", allowed="stroke_of_the_library"),
            "Step 3: stroke has to be one that your clinic’s library offers.",
        ),
        (Invalid(field="zone", allowed="a_rule_of_the_future"), "Time zone cannot be what was sent."),
        (
            Incomplete(field="schedules", needs="schedule"),
            "A program needs a schedule: say how often it is to be done.",
        ),
        (
            Stale(current=3),
            "Somebody else has changed this meanwhile. Look at it again before you change it.",
        ),
    ],
)
def test_a_refusal_is_a_sentence(error: DomainError, expected: str) -> None:
    assert errors.sentence(error) == expected


def test_more_conflicts_than_fit_are_counted() -> None:
    several = [HUG] * 5
    said = errors.sentence(BlockedByConflict(field="steps.0", **HUG, conflicts=several))
    assert said.endswith("And 2 more.")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("title", "Title"),
        ("steps.0", "Step 1"),
        ("schedules.1.slots.0.anchor", "Schedule 2: Time of day 1: time of day"),
        ("cues.2.code", "Cue 3: code"),
        ("night_waking_count", "Times awake at night"),
        ("not_named_yet", "Not named yet"),
    ],
)
def test_a_field_is_called_as_people_call_it(path: str, expected: str) -> None:
    assert field_name(path) == expected


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_no_refusal_is_without_words_or_shouts(kind: type[DomainError]) -> None:
    parameters: dict[str, Any] = {"conflicts": [HUG], "count": 2, "megabytes": 10, "precaution": "fever"}
    parameters |= {"row": 3, "grant": None}  # of a file that repeats, of what is revoked
    said = errors.sentence(kind(field="title", **parameters))
    assert said
    assert "!" not in said


def test_an_error_nobody_worded_still_says_something() -> None:
    class FromTheFuture(Conflict):
        code = "from_the_future"

    assert errors.sentence(FromTheFuture()) == "This cannot be done."

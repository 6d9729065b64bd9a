"""What the demo tells of a clinic: staff, homes, children, and how each child's record develops."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from clinic.vocabulary import Role


class Course(StrEnum):
    """How a child's record develops; the shapes are those of published studies; none is promised."""

    STEP = "step"  # most change in the first nights, then level (Mindell 2018)
    GRADUAL = "gradual"
    NONE = "none"
    DROPS_OUT = "drops_out"


class Plan(StrEnum):
    """What was prescribed."""

    BEDTIME = "bedtime"  # every evening after the bath
    MINDELL = "mindell"  # bath, massage, quiet, lights out within 30 minutes
    MENICI = "menici"  # at least 20 minutes, at least 5 days a week, 8 weeks
    QIGONG = "qigong"  # parents daily, therapist weekly, 5 months
    FIELD = "field"  # three times a day for 10 days
    PRESCHOOL = "preschool"  # deep pressure at bedtime
    COLIC = "colic"  # tummy ease, three named days
    WAITLIST = "waitlist"  # diary only


class Logging(StrEnum):
    """How a family keeps its diary."""

    PROMPT = "prompt"
    LATE = "late"  # writes up two or three days at once
    UNTIMED = "untimed"  # "done, didn't time it"
    SPARSE = "sparse"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of a clinic: name, sign-in, roles, credentials."""

    name: str
    login: str
    roles: tuple[Role, ...]
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """A household and its caregivers (name, relationship, whether a guardian, whether access ended)."""

    name: str
    caregivers: tuple[Caregiver, ...]
    zone: str = ""
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Caregiver:
    name: str
    login: str
    relationship: str
    is_guardian: bool = True
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Worry:
    """Something that worried somebody, `hours_ago`; `told` is what a concern says beside its kind."""

    login: str
    kind: str
    hours_ago: int
    told: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class ChildStory:
    """One child. Ages are in weeks yesterday; the program began `weeks_in` weeks ago."""

    first_name: str
    last_name: str
    age_weeks: int
    plan: Plan
    therapist: str
    homes: tuple[Home, ...]
    gestation: tuple[int, int] | None = (39, 0)
    course: Course = Course.STEP
    logging: Logging = Logging.PROMPT
    weeks_in: int = 8
    baseline_days: int = 10
    start_latency: float = 42.0
    start_intensity: float = 2.6
    stimulus: str = "cloth_tag"
    precautions: tuple[str, ...] = ()
    paused_in_week: int | None = None
    changed_in_week: int | None = None
    neonatal_care: bool = False
    messages: tuple[tuple[str, str], ...] = ()
    worries: tuple[Worry, ...] = ()
    own_plan: tuple[str, str] | None = None
    goal: tuple[str, ...] = field(default=())
    tells_on_paper: bool = False


@dataclass(frozen=True, slots=True)
class ClinicStory:
    name: str
    slug: str
    zone: str
    address: str
    phone: str
    staff: tuple[Staff, ...]
    children: tuple[ChildStory, ...]


def one_home(surname: str, mother: str, *more: Caregiver, zone: str = "") -> tuple[Home, ...]:
    """The usual household: one mother, and whoever else."""
    login = mother.lower()
    return (Home(f"{surname} family", (Caregiver(f"{mother} {surname}", login, "mother"), *more), zone=zone),)


TAG_GOAL = (
    "Wear any shirt in the morning",
    "Mornings without a fight about clothes",
    "cries and removes every shirt with a tag",
    "wears it under 5 minutes with help",
    "wears it 30 minutes with one reminder",
    "a morning without reminder",
    "all day, any shirt",
)
FACE_GOAL = (
    "Face washing without tears",
    "I want to wipe her face without her crying",
    "turns away and cries before the cloth touches",
    "allows one wipe of the chin, fusses",
    "allows the whole face with a song",
    "allows the whole face without help",
    "holds the cloth and wipes too",
)
SLEEP_GOAL = (
    "Falling asleep calmly in the own bed",
    "Bedtime that does not take an hour",
    "cries in bed, needs carrying most evenings",
    "settles with an adult's hand, over half an hour",
    "settles with an adult in the room",
    "settles alone most evenings",
    "asks for bed and settles alone",
)

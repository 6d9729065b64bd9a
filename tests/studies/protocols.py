"""Four published protocols: how each is prescribed, what is named before it starts, what an evening holds.

Doses and schedules are the sources'. Values that families tell are ours, drawn by lot: no mean of a study is
imitated but the dose of Menici 2021, whose diaries are built to have it.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean, stdev
from typing import Any

from tests.studies.homes import Home, at
from tests.tracking.prescribing import strokes
from tracking.services.prescribing import DraftChanges
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.sleep import AtLeast
from tracking.vocabulary.outcomes import Outcome

LADDER = ("never", "now and then, with help", "every other day", "most days", "every day, unasked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A protocol. `days` are those of the program, `baseline_days` of the diary before it.

    `said` is what the prescription says. `evening` tells a day of one family, its number counted from 0
    at the start of the program, negative in the diary. `assessed` are totals before and after by instrument.
    `minutes_asked` is the dose of the whole program at the least.
    """

    name: str
    source: str
    weeks_old: int
    gestation_weeks: int
    preset: str = ""
    title: str = ""
    draft: DraftChanges
    days: int
    baseline_days: int = 0
    said: str
    minutes_asked: float | None
    outcome: Outcome
    goal: str
    evening: Callable[[Home, dt.date, int], None]
    visits_every: int | None = None
    assessed: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    plan: Callable[[Sequence[Home], random.Random], None] | None = None


# ---- Menici 2021 (G.1) -------------------------------------------------------------------------------------

WEEKS = 8
FEWEST_A_WEEK = 5
SESSION_MINUTES, SESSION_SPREAD = 27.79, 7.88
TOTAL_HUNDREDTHS = 126_240
"""21.04 hours, the mean total, in hundredths of a minute."""
SESSIONS = 45.4


def menici_plan(homes: Sequence[Home], lots: random.Random) -> None:
    """Diaries with the published dose: mean total 21.04 h, mean session 27.79 (SD 7.88) minutes a mother.

    Every mother has five sessions a week or more. Lots are drawn until how often and how long go together as
    little as the ratio of both means asks for; then hundredths of a minute make the total exact.
    """
    count = len(homes)
    while True:
        lengths = _drawn(count, lots)
        numbers = _numbers(count, lots)
        told = sum(length * number for length, number in zip(lengths, numbers, strict=True))
        shift = (count * TOTAL_HUNDREDTHS / 100 - told) / sum(numbers)
        if abs(shift) < 0.02 and min(lengths) > 8:
            break
    left = count * TOTAL_HUNDREDTHS
    for place, (home, length, number) in enumerate(zip(homes, lengths, numbers, strict=True)):
        total = left if place == count - 1 else round((length + shift) * number * 100)
        left -= total
        home.plan = dict(zip(_days_of(number, lots), _parts(total, number, lots), strict=True))


def _drawn(count: int, lots: random.Random) -> list[float]:
    """So many mothers' session lengths with the published mean and spread."""
    drawn = [lots.gauss(0, 1) for _ in range(count)]
    middle, spread = mean(drawn), stdev(drawn)
    return [SESSION_MINUTES + SESSION_SPREAD * (one - middle) / spread for one in drawn]


def _numbers(count: int, lots: random.Random) -> list[int]:
    """Sessions of each mother: 40 at the least, 45.4 in the mean."""
    numbers = [WEEKS * FEWEST_A_WEEK] * count
    for _ in range(round(count * SESSIONS) - sum(numbers)):
        numbers[lots.choice([place for place, one in enumerate(numbers) if one < WEEKS * 7])] += 1
    return numbers


def _days_of(number: int, lots: random.Random) -> list[int]:
    """Days with a session: five of each week, and further ones by lot."""
    days = [7 * week + day for week in range(WEEKS) for day in lots.sample(range(7), FEWEST_A_WEEK)]
    rest = [day for day in range(7 * WEEKS) if day not in days]
    return sorted(days + lots.sample(rest, number - len(days)))


def _parts(total: int, number: int, lots: random.Random) -> list[int]:
    """A total in so many parts that differ by up to a quarter, in hundredths."""
    middle = total // number
    while True:
        parts = [middle + lots.randint(-middle // 4, middle // 4) for _ in range(number - 1)]
        last = total - sum(parts)
        if 0 < last < 2 * middle:
            return [*parts, last]


def _menici_evening(home: Home, on: dt.date, number: int) -> None:
    hundredths = home.plan.get(number)
    if hundredths is None:
        home.not_today(on)
        return
    after = home.lots.choice(["quiet_alert", "drowsy", "active_alert"])
    home.massage(on, "18:40", minutes=hundredths / 100, state_before="active_alert", state_after=after)
    if number >= 0:
        home.told.append((on, float(after != "active_alert")))


MENICI = Study(
    name="Menici 2021",
    source="doi 10.3389/fped.2021.673956",
    weeks_old=21,
    gestation_weeks=40,
    preset="full-body",
    draft={
        "schedules": [
            ScheduleInput(per="week", count=5, count_kind="minimum", minutes=20, minutes_kind="minimum")
        ],
        "weeks": WEEKS,
        "target_states": ["quiet_alert", "drowsy"],
    },
    days=7 * WEEKS,
    said="At least 5 times a week, at least 20 minutes each time, for 8 weeks.",
    minutes_asked=800,
    outcome=Outcome.TARGET_STATE,
    goal="Calm after a massage",
    evening=_menici_evening,
    visits_every=14,
    plan=menici_plan,
)


# ---- Qigong Sensory Training (G.2) -------------------------------------------------------------------------


def _qigong_evening(home: Home, on: dt.date, number: int) -> None:
    lots = home.lots
    if number >= 0:
        if lots.random() < 0.85:
            home.massage(on, "19:10", minutes=15.0, state_after=lots.choice(["settled", "high"]))
        elif lots.random() < 0.5:
            home.not_today(on, "not_up_to_it")
    if lots.random() < 0.6:
        middle = 3.0 if number < 0 or not home.has_change else max(1.0, 3.0 - number / 40)
        intensity = min(4, max(0, round(lots.gauss(middle, 0.8))))
        home.told.append((on, float(intensity)))
        home.tell(
            "observation",
            occurred_at=at(on, "07:30"),
            stimulus="groom_hair_brush",
            intensity=intensity,
            responses=["cry"] if intensity > 2 else [],
        )


QIGONG = Study(
    name="Qigong (Silva 2015)",
    source="doi 10.1155/2015/904585",
    weeks_old=220,
    gestation_weeks=40,
    preset="preschool-deep-pressure",
    draft={
        "schedules": [
            ScheduleInput(phase="baseline", slots=[SlotInput(anchor="bedtime")]),
            ScheduleInput(per="day", count=1, minutes=15),
            ScheduleInput(provider="therapist", per="week", count=1),
        ],
        "weeks": 22,
    },
    days=7 * 22,
    baseline_days=14,
    said=(
        "At home every day, 15 minutes, and with the therapist once a week, for 22 weeks."
        " Before that, a diary for 2 weeks."
    ),
    minutes_asked=15.0 * 7 * 22,
    outcome=Outcome.TOUCH_INTENSITY,
    goal="Hair brushed without a fight",
    evening=_qigong_evening,
    visits_every=7,
    assessed={
        "ssc": (
            {"tactile and oral": {"value": 30, "least": 0, "most": 60}},
            {"tactile and oral": {"value": 22, "least": 0, "most": 60}},
        )
    },
)


# ---- the bedtime routine of Mindell 2009 (G.3) -------------------------------------------------------------


def _mindell_evening(home: Home, on: dt.date, number: int) -> None:
    lots = home.lots
    if number >= 0 and lots.random() < 0.9:
        home.massage(on, "19:25", minutes=float(lots.randint(3, 8)))
    if lots.random() < 0.08:
        return  # an evening that nobody told
    middle = 18 if number >= 0 and home.has_change else 32
    latency = min(120, max(3, round(lots.lognormvariate(0, 0.3) * middle)))
    lights_out = dt.datetime.combine(on, dt.time(19, 45))
    told: dict[str, Any] = {
        "routine_started_at": at(on, "19:18") if number >= 0 else None,
        "massage_ended_at": at(on, "19:33") if number >= 0 else None,
        "lights_out_at": at(on, "19:45"),
        "night_waking_count": lots.randint(0, 3),
        "resistance": lots.randint(0, 3),
        "accuracy": "watched",
    }
    if lots.random() < 0.05:
        last_seen = lights_out + dt.timedelta(minutes=15)
        home.tell("bedtime", **told, still_awake_at=at(on, last_seen.time().isoformat()))
        home.told.append((on, AtLeast(15.0)))
        return
    asleep = lights_out + dt.timedelta(minutes=latency)
    home.tell("bedtime", **told, asleep_at=at(on, asleep.time().isoformat()))
    home.told.append((on, float(latency)))


MINDELL = Study(
    name="Bedtime routine (Mindell 2009)",
    source="Sleep 32:599",
    weeks_old=56,
    gestation_weeks=40,
    title="Bedtime routine",
    draft={
        "steps": [
            StepInput(kind="bath", seconds=300),
            *strokes("hello-hands", "leg-long-glide", "arm-long-glide", "palm-and-finger-rolls"),
            StepInput(kind="quiet_activity"),
            StepInput(kind="lights_out"),
        ],
        "schedules": [
            ScheduleInput(phase="baseline", slots=[SlotInput(anchor="bedtime")]),
            ScheduleInput(minutes=3, minutes_kind="minimum", slots=[SlotInput(anchor="bedtime")]),
        ],
        "lights_out_within_minutes": 30,
        "weeks": 2,
    },
    days=14,
    baseline_days=7,
    said=(
        "Every evening at bedtime, at least 3 minutes, for 2 weeks. Before that, a diary for 1 week."
        " In this order: bath, massage, quiet activity and lights out. Lights out within 30 minutes of the"
        " bath."
    ),
    minutes_asked=3.0 * 14,
    outcome=Outcome.SLEEP_LATENCY,
    goal="Falls asleep sooner",
    evening=_mindell_evening,
)


# ---- three times a day (Field 1986, G.4) -------------------------------------------------------------------


def _field_day(home: Home, on: dt.date, number: int) -> None:
    for slot, clock in enumerate(("08:30", "13:00", "19:00"), start=1):
        if home.lots.random() < 0.93:
            cue = home.lots.choice(["ep_gaze", "ep_offer"])
            home.massage(
                on,
                clock,
                minutes=15.0,
                slot=slot,
                cues=[{"code": cue, "moment": "during", "at_seconds": 60}],
            )
            home.told.append((on, float(cue == "ep_offer")))
        else:
            home.tell("session", occurred_at=at(on, clock), outcome="declined", slot=slot)


FIELD = Study(
    name="Three times a day (Field 1986)",
    source="Pediatrics 77:654",
    weeks_old=11,
    gestation_weeks=31,
    title="Stroking and moving",
    draft={
        "steps": [
            *strokes("hello-hands", "leg-long-glide", "arm-long-glide"),
            StepInput(kind="passive_movement", seconds=300),
        ],
        "schedules": [
            ScheduleInput(
                count=3,
                minutes=15,
                slots=[SlotInput(anchor=anchor) for anchor in ("morning", "midday", "bedtime")],
            )
        ],
    },
    days=10,
    said=(
        "3 times a day, in the morning, at midday and at bedtime, 15 minutes each time, for 10 days."
        " In this order: massage and gentle movement of arms and legs."
    ),
    minutes_asked=450,
    outcome=Outcome.OWN_REQUESTS,
    goal="Asks for the next turn",
    evening=_field_day,
)

STUDIES = (MENICI, QIGONG, MINDELL, FIELD)

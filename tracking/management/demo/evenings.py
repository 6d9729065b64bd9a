"""What happened at home, day by day, as plain values drawn from one seed.

Latency and intensity begin at the story's values and go their course: a step within the first nights, a
gradual fall, or no change at all. Families skip days, some write them up late, children decline or end a
massage, nights are ill or on holiday. Nothing here knows of rows.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracking.management.demo.stories import ChildStory, Course, Logging, Plan

ENGAGED = ("ep_gaze", "ep_smile", "ep_coo", "ep_offer", "es_relax", "es_bright", "es_still", "es_deep_breath")
QUIET_ENOUGH = ("ds_look_away", "ds_stiff", "ds_yawn", "ds_hand_face", "ds_grimace")
CLEAR_ENOUGH = ("dp_push", "dp_arch", "dp_pull_away", "dp_fuss", "dp_cry")


@dataclass(frozen=True, slots=True)
class Massage:
    """One massage as told: wall time, outcome, and what was seen. `minutes` None: nobody timed it."""

    at: dt.time
    slot: int | None
    outcome: str
    ended_by: str
    minutes: float | None
    state_before: str
    state_after: str
    cues: tuple[tuple[str, str], ...] = ()
    not_today_reason: str = ""
    share_of_steps: float = 1.0
    is_therapists: bool = False


@dataclass(frozen=True, slots=True)
class Night:
    """One bedtime as told: minutes after midnight of the evening's day, latency, and what disturbed it."""

    lights_out: dt.time
    latency_minutes: float
    is_still_awake: bool = False
    resistance: int | None = None
    method: str = "parent_present"
    confounders: tuple[str, ...] = ()
    wakings: int | None = None


@dataclass(frozen=True, slots=True)
class Touch:
    """One observation of touch."""

    at: dt.time
    stimulus: str
    intensity: int
    responses: tuple[str, ...]
    recovery_minutes: int | None
    accommodation: str = ""
    helped: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """What a family told about one day, and how many hours after the evening they told it."""

    on: dt.date
    home: int
    massages: tuple[Massage, ...] = ()
    night: Night | None = None
    touches: tuple[Touch, ...] = ()
    came_up: bool | None = None
    told_after_hours: float = 0.2
    tags: tuple[str, ...] = field(default=())


def days(story: ChildStory, *, yesterday: dt.date, seed: int) -> Iterator[Day]:
    """Every day from the baseline's first to yesterday on which the family told anything."""
    draw = random.Random(f"{seed}:{story.first_name}:{story.last_name}")  # noqa: S311  # a story, not a secret
    start = program_start(story, yesterday=yesterday)
    first = start - dt.timedelta(days=story.baseline_days)
    for offset in range((yesterday - first).days + 1):
        on = first + dt.timedelta(days=offset)
        week = (on - start).days // 7 + 1 if on >= start else 0
        if _told(story, week, draw):
            yield _day(story, on, week, start, draw)


def program_start(story: ChildStory, *, yesterday: dt.date) -> dt.date:
    return yesterday - dt.timedelta(days=7 * story.weeks_in - 1)


def pause_days(story: ChildStory, *, yesterday: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last day of the story's pause: five days of illness."""
    if story.paused_in_week is None:
        return None
    first = program_start(story, yesterday=yesterday) + dt.timedelta(days=7 * (story.paused_in_week - 1) + 2)
    return first, first + dt.timedelta(days=4)


def _told(story: ChildStory, week: int, draw: random.Random) -> bool:
    share = {Logging.PROMPT: 0.9, Logging.LATE: 0.8, Logging.UNTIMED: 0.86, Logging.SPARSE: 0.5}[
        story.logging
    ]
    if story.course == Course.DROPS_OUT and week > 3:
        share *= max(0.0, 1 - 0.35 * (week - 3))
    return draw.random() < share


def _day(story: ChildStory, on: dt.date, week: int, start: dt.date, draw: random.Random) -> Day:
    progress = _progress(story, (on - start).days)
    is_ill = draw.random() < 0.03
    home = next(
        (
            index
            for index, home in enumerate(story.homes)
            if not home.weekdays or on.weekday() in home.weekdays
        ),
        0,
    )
    told_after = {Logging.LATE: draw.choice((0.3, 20.0, 44.0, 66.0))}.get(
        story.logging, draw.choice((0.1, 0.3, 11.0))
    )
    return Day(
        on=on,
        home=home,
        massages=tuple(_massages(story, on, week, progress, is_ill, draw)),
        night=_night(story, progress, is_ill, draw),
        touches=tuple(_touches(story, progress, draw)),
        came_up=draw.random() < 0.6,
        told_after_hours=told_after,
    )


def _progress(story: ChildStory, day: int) -> float:
    """0 before the program, towards 1 as far as the story's course goes."""
    if day < 0 or story.plan == Plan.WAITLIST or story.course == Course.NONE:
        return 0.0
    if story.course == Course.GRADUAL:
        return 1 - math.exp(-day / 45)
    return 1 - math.exp(-day / 2.5)


def _massages(
    story: ChildStory, on: dt.date, week: int, progress: float, is_ill: bool, draw: random.Random
) -> Iterator[Massage]:
    if week == 0 or story.plan == Plan.WAITLIST:
        return
    slots = {Plan.FIELD: 3}.get(story.plan, 1)
    if story.plan == Plan.MENICI and draw.random() > 0.8:
        return
    if story.plan == Plan.COLIC and on.weekday() not in (0, 2, 4):
        return
    for slot in range(1, slots + 1):
        hour = {1: 8, 2: 13, 3: 18}[slot] if slots > 1 else 18
        yield _massage(story, dt.time(hour, draw.randrange(20, 58)), slot, progress, is_ill, draw)
    if story.plan == Plan.QIGONG and on.weekday() == 2:
        yield _massage(story, dt.time(10, 5), None, progress, False, draw, is_therapists=True)


def _massage(
    story: ChildStory,
    at: dt.time,
    slot: int | None,
    progress: float,
    is_ill: bool,
    draw: random.Random,
    *,
    is_therapists: bool = False,
) -> Massage:
    prescribed = {Plan.MENICI: 20, Plan.QIGONG: 15, Plan.FIELD: 15, Plan.PRESCHOOL: 6, Plan.MINDELL: 3}.get(
        story.plan, 5
    )
    preschool = story.age_weeks >= 104
    before = draw.choice(
        ("settled", "high", "high", "low") if preschool else ("quiet_alert", "quiet_alert", "active_alert")
    )
    calm = "sleepy_calm" if preschool else "drowsy"
    if is_ill and not is_therapists:
        return Massage(at, slot, "not_today", "", None, "", "", not_today_reason="child_unwell")
    fate = draw.random()
    had_enough = 0.22 - 0.14 * progress
    engaged = tuple((code, "during") for code in draw.sample(ENGAGED, draw.randrange(1, 4)))
    if fate < had_enough * 0.35:
        return Massage(
            at, slot, "declined", "child", 0, before, before, ((draw.choice(CLEAR_ENOUGH), "during"),), "", 0
        )
    if fate < had_enough:
        share = draw.uniform(0.3, 0.8)
        enough = tuple((code, "during") for code in draw.sample(QUIET_ENOUGH, 2))
        minutes = None if story.logging == Logging.UNTIMED else round(prescribed * share, 1)
        return Massage(at, slot, "stopped", "child", minutes, before, before, engaged + enough, "", share)
    minutes = (
        None if story.logging == Logging.UNTIMED else round(max(2.0, draw.gauss(prescribed * 1.1, 1.2)), 1)
    )
    after = calm if draw.random() < 0.45 + 0.35 * progress else before
    ended_by = "fell_asleep" if after == calm and draw.random() < 0.1 and not preschool else "completed"
    return Massage(at, slot, "done", ended_by, minutes, before, after, engaged, is_therapists=is_therapists)


def _night(story: ChildStory, progress: float, is_ill: bool, draw: random.Random) -> Night | None:
    if story.plan == Plan.FIELD or draw.random() > 0.93:
        return None
    settled = story.start_latency * (1 - 0.5 * progress)
    latency = max(2.0, draw.lognormvariate(math.log(settled), 0.28)) * (1.4 if is_ill else 1)
    still_awake = latency > 50 and draw.random() < 0.3
    if draw.random() < 0.4:
        latency = 5 * round(latency / 5) or 5.0
    resistance = min(4, max(0, round(draw.gauss(2.4 - 1.5 * progress, 0.8))))
    confounders = tuple(
        code
        for code, share in (("teething", 0.06), ("travel", 0.03), ("late_nap", 0.07))
        if draw.random() < share
    )
    return Night(
        lights_out=dt.time(19, draw.randrange(20, 59)),
        latency_minutes=round(latency, 0),
        is_still_awake=still_awake,
        resistance=resistance if draw.random() < 0.8 else None,
        method=draw.choice(
            ("parent_present", "alone", "held", "fed")
            if story.age_weeks < 104
            else ("alone", "parent_present")
        ),
        confounders=("ill", *confounders) if is_ill else confounders,
        wakings=draw.randrange(0, 4) if draw.random() < 0.5 else None,
    )


def _touches(story: ChildStory, progress: float, draw: random.Random) -> Iterator[Touch]:
    while draw.random() < 0.34:
        intensity = min(4, max(0, round(draw.gauss(story.start_intensity * (1 - 0.45 * progress), 0.8))))
        responses = {
            0: ("tolerated",),
            1: ("grimace_stiffen",),
            2: ("withdraw", "verbal_protest") if story.age_weeks > 100 else ("withdraw",),
            3: ("withdraw", "cry"),
            4: ("scream", "escape_run") if story.age_weeks > 60 else ("scream",),
        }[intensity]
        yield Touch(
            at=dt.time(draw.choice((7, 8, 12, 17)), draw.randrange(0, 60)),
            stimulus=story.stimulus,
            intensity=intensity,
            responses=responses,
            recovery_minutes=None
            if intensity == 0
            else draw.choice((1, 2, 3, 4, 6, 10, 15)) * max(1, intensity - 1),
            accommodation=draw.choice(("", "", "warned_first", "firm_instead_of_light", "choice_given")),
            helped=draw.choice(("yes", "partly", "partly", "no", "")),
        )

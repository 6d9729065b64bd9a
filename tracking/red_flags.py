"""When the record should speak up: the rules that follow from entries alone.

Every number is a default of our own and a clinic setting (`tracking.thresholds`). Flags about one reported
event (fever, skin, seizure, lost skill, strain) follow from the concern itself and are not computed here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median as plain_median

from tracking.precautions import Conflict
from tracking.schedule import Pause, days_from, is_paused
from tracking.sleep import AtLeast, Minutes, at_face, median
from tracking.thresholds import DEFAULTS, Thresholds
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.cues import Cue, CueMoment
from tracking.vocabulary.reasons import ConflictHow
from tracking.vocabulary.states import ArousalLevel, EndedBy, InfantState
from tracking.vocabulary.touch import Intensity

SEVERITIES: dict[FlagCode, Severity] = {
    FlagCode.FEVER_YOUNG: Severity.EMERGENCY,
    FlagCode.FEVER_3_6: Severity.URGENT,
    FlagCode.FEVER_ANY: Severity.PAUSE,
    FlagCode.SKIN_REACTION: Severity.URGENT,
    FlagCode.DISTRESS_RUN: Severity.REVIEW,
    FlagCode.DISTRESS_REGION: Severity.REVIEW,
    FlagCode.PAIN_OR_SWELLING: Severity.URGENT,
    FlagCode.COLOUR_BREATHING: Severity.EMERGENCY,
    FlagCode.SEIZURE: Severity.EMERGENCY,
    FlagCode.TACTILE_REGRESSION: Severity.REVIEW,
    FlagCode.SKILL_LOSS: Severity.URGENT,
    FlagCode.FEEDING_WEIGHT: Severity.URGENT,
    FlagCode.SLEEP_WORSE: Severity.REVIEW,
    FlagCode.NO_LOGS: Severity.FOLLOW_UP,
    FlagCode.LOW_DOSE: Severity.FOLLOW_UP,
    FlagCode.PARENT_STRAIN: Severity.URGENT,
    FlagCode.CONTRA_CONFLICT: Severity.REVIEW,
}
"""How soon somebody has to look. Facial swelling or trouble breathing makes a skin reaction an emergency."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag to raise, and the figures and codes it stands on, by name, for the sentence that explains it.

    `graver` is the severity where what was seen makes it worse than its code alone; None: the code's own.
    """

    code: FlagCode
    figures: tuple[tuple[str, float | str], ...] = ()
    graver: Severity | None = None

    @property
    def severity(self) -> Severity:
        return self.graver or SEVERITIES[self.code]


@dataclass(frozen=True, slots=True)
class Silence:
    """Days without any entry on an active plan, and what they ask for."""

    days: int
    is_reminder_due: bool
    flag: Raised | None


def silence(
    *,
    last_entry_on: date | None,
    started_on: date,
    today: date,
    pauses: Collection[Pause] = (),
    thresholds: Thresholds = DEFAULTS,
) -> Silence:
    """Whole local days since the last entry (or the start), today and paused days left out."""
    since = started_on if last_entry_on is None else max(started_on, last_entry_on + timedelta(days=1))
    quiet = sum(not is_paused(day, pauses) for day in days_from(since, today - timedelta(days=1)))
    is_flag = quiet >= thresholds.no_logs_flag_after_days
    return Silence(
        days=quiet,
        is_reminder_due=quiet >= thresholds.no_logs_remind_after_days,
        flag=Raised(FlagCode.NO_LOGS, (("days", quiet),)) if is_flag else None,
    )


def low_dose(weekly_offered: Sequence[float | None], *, thresholds: Thresholds = DEFAULTS) -> Raised | None:
    """Offered adherence under half in the last two weeks running.

    `weekly_offered` are complete program weeks in order, 0-1; None was not prescribed (paused) and is passed
    over.
    """
    prescribed = [ratio for ratio in weekly_offered if ratio is not None]
    last = prescribed[-thresholds.low_dose_weeks :]
    if len(last) < thresholds.low_dose_weeks or max(last) >= thresholds.low_dose_below_ratio:
        return None
    return Raised(FlagCode.LOW_DOSE, tuple((f"week_{place}", ratio) for place, ratio in enumerate(last, 1)))


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """How a session that was begun ended."""

    ended_by: EndedBy | None
    cried_afterwards: bool


def cried_afterwards(*, state_after: str, cues: Iterable[tuple[str, str]]) -> bool:
    """Whether a child was crying after a session: the state noted, or a cry noted after it.

    `cues` are (cue, moment) codes. The fifth step of the arousal scale is crying or out of reach.
    """
    in_distress = state_after in {InfantState.CRYING.value, ArousalLevel.VERY_HIGH.value}
    return in_distress or (Cue.CRIES.value, CueMoment.AFTER.value) in cues


def distress_run(ends: Sequence[SessionEnd], *, thresholds: Thresholds = DEFAULTS) -> Raised | None:
    """Ended by the child or crying afterwards in 3 of the last 5 sessions begun, `ends` in order of time."""
    last = ends[-thresholds.distress_of_last :]
    distressed = sum(end.ended_by is EndedBy.CHILD or end.cried_afterwards for end in last)
    if distressed < thresholds.distress_sessions:
        return None
    return Raised(FlagCode.DISTRESS_RUN, (("sessions", distressed), ("of_last", len(last))))


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step of a session, in the order given: a region of the body, done or not."""

    region: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class SessionSteps:
    """The steps of a session that was begun, and who ended it."""

    ended_by: EndedBy | None
    steps: tuple[StepTold, ...]


def regions_reached(session: SessionSteps) -> dict[str, bool]:
    """The regions a session came to, each with whether it was refused.

    Refused: passed over while the massage went on, or the place at which the child ended it. What comes
    after a massage was ended was never offered.
    """
    done = [place for place, step in enumerate(session.steps) if step.is_done]
    ended_at = done[-1] + 1 if done else 0
    reached = list(session.steps[:ended_at])
    if session.ended_by is EndedBy.CHILD:
        reached += session.steps[ended_at : ended_at + 1]
    answers: dict[str, bool] = {}
    for step in reached:
        answers[step.region] = answers.get(step.region, False) or not step.is_done
    return answers


def distress_region(sessions: Sequence[SessionSteps], *, thresholds: Thresholds = DEFAULTS) -> Raised | None:
    """The same region refused in 3 of the last 4 sessions that came to it, `sessions` in order of time.

    Of several, the one refused most often. Only sessions that tell their steps say anything.
    """
    by_region: dict[str, list[bool]] = {}
    for session in sessions:
        for region, is_refused in regions_reached(session).items():
            by_region.setdefault(region, []).append(is_refused)
    refused = {region: sum(answers[-thresholds.region_of_last :]) for region, answers in by_region.items()}
    most = max(refused, key=lambda region: refused[region], default="")
    if not most or refused[most] < thresholds.region_refused:
        return None
    of_last = min(len(by_region[most]), thresholds.region_of_last)
    return Raised(
        FlagCode.DISTRESS_REGION,
        (("region", most), ("sessions", refused[most]), ("of_last", of_last)),
    )


def withdrawn_product(*, is_used: bool, is_withdrawn: bool) -> Raised | None:
    """A massage with a product while one is withdrawn: a skin reaction nobody has reviewed yet."""
    if not (is_used and is_withdrawn):
        return None
    return Raised(FlagCode.CONTRA_CONFLICT, (("product_withdrawn", 1),))


def contra_conflict(
    conflicts: Iterable[Conflict], *, acknowledged: Collection[tuple[str, str]] = ()
) -> Raised | None:
    """A session logged although something stood in its way that day.

    `conflicts` are those of the session's strokes on its day; `acknowledged` (stroke slug, code) pairs a
    therapist has given a reason for, an empty slug for the whole program. A block cannot be acknowledged;
    what only adapts a stroke is no conflict.
    """
    standing = [
        one
        for one in conflicts
        if one.how is ConflictHow.BLOCK
        or (
            one.how is ConflictHow.ACKNOWLEDGE
            and not {(one.stroke, one.code), ("", one.code)} & set(acknowledged)
        )
    ]
    if not standing:
        return None
    return Raised(FlagCode.CONTRA_CONFLICT, (("conflicts", len({one.code for one in standing})),))


def sleep_worse(
    *, baseline: Sequence[Minutes], nights: Sequence[Minutes], thresholds: Thresholds = DEFAULTS
) -> Raised | None:
    """Median latency of the last 7 nights at least 1.5 times the baseline's and at least 20 minutes longer.

    Nights are in order of time. A median that is only known to be more than x counts with x now, and not at
    all in the baseline. Fewer than 7 nights, or 3 of baseline, say nothing.
    """
    last = nights[-thresholds.sleep_nights :]
    if len(last) < thresholds.sleep_nights or len(baseline) < thresholds.sleep_baseline_nights:
        return None
    before, now = median(baseline), median(last)
    if before is None or now is None or isinstance(before, AtLeast):
        return None
    at_least = at_face(now)
    if (
        at_least < before * thresholds.sleep_worse_factor
        or at_least - before < thresholds.sleep_worse_minutes
    ):
        return None
    return Raised(FlagCode.SLEEP_WORSE, (("before_minutes", before), ("now_minutes", at_least)))


@dataclass(frozen=True, slots=True)
class TouchEvent:
    """How strong the answer to one touch was, on its local day."""

    on: date
    intensity: int


def tactile_regression(
    events: Sequence[TouchEvent], *, today: date, thresholds: Thresholds = DEFAULTS
) -> Raised | None:
    """Median intensity of the last 5 at least 1 point above the best median of 5, or two events at 4 in 7
    days.

    `events` are one reporter's, in order of time; the best median is of any 5 in a row so far.
    """
    week = timedelta(days=thresholds.touch_extreme_within_days)
    extreme = sum(
        event.intensity == Intensity.EXTREME and today - week < event.on <= today for event in events
    )
    if extreme >= thresholds.touch_extreme_events:
        return Raised(FlagCode.TACTILE_REGRESSION, (("extreme_events", extreme),))
    window = thresholds.touch_window
    medians = [
        plain_median(event.intensity for event in events[end - window : end])
        for end in range(window, len(events) + 1)
    ]
    if not medians or medians[-1] - min(medians) < thresholds.touch_worse_points:
        return None
    return Raised(FlagCode.TACTILE_REGRESSION, (("best_median", min(medians)), ("now_median", medians[-1])))


# ---- how it is for a caregiver -----------------------------------------------------------------------------

STRAIN_FROM = 4
STRAIN_CHECK_INS = 2
STRAIN_WITHIN = timedelta(days=28)
"""Two answers further apart than this are not running. Our own."""


def parent_strain(answers: Sequence[tuple[date, int]]) -> Raised | None:
    """4 or 5 of 5 to "how was it for you" in two weekly check-ins running.

    `answers` are one caregiver's: (Monday of the week, 1 easy to 5 too much), one a week, in order of weeks.
    A week that was left out breaks nothing: it is not an answer. What was written is never looked at.
    """
    last = answers[-STRAIN_CHECK_INS:]
    if len(last) < STRAIN_CHECK_INS or last[-1][0] - last[0][0] > STRAIN_WITHIN:
        return None
    if min(how for _, how in last) < STRAIN_FROM:
        return None
    return Raised(FlagCode.PARENT_STRAIN, (("check_ins", len(last)),))

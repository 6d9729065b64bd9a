"""Home programs: who does what, how often, when in the day; and what became of each entry.

The shapes are those the published protocols need: Menici 2021 (at least 20 minutes, at least 5 days a week),
Qigong Sensory Training (parents daily, therapist weekly), Mindell 2009 (bath, massage, quiet, lights out
within 30 minutes), Field 1986 (three times a day).
"""

from enum import StrEnum, unique


@unique
class Provider(StrEnum):
    """Who gives it. One program may hold a schedule for each."""

    CAREGIVER = "caregiver"
    THERAPIST = "therapist"


@unique
class FrequencyPer(StrEnum):
    """What a frequency counts: times a day ("every evening" is one), times a week, or named days of the
    week.
    """

    DAY = "day"
    WEEK = "week"
    NAMED_DAYS = "named_days"


@unique
class Weekday(StrEnum):
    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"

    @property
    def number(self) -> int:
        """0 Monday to 6 Sunday, as `date.weekday()` counts."""
        return list(Weekday).index(self)


@unique
class AmountKind(StrEnum):
    """Whether minutes (or times) are the least wanted or what is aimed at."""

    MINIMUM = "minimum"
    TARGET = "target"


@unique
class Anchor(StrEnum):
    """The household's routine a slot hangs on. Its clock time belongs to each household."""

    AFTER_BATH = "after_bath"
    BEFORE_BATH = "before_bath"
    BEDTIME = "bedtime"
    AFTER_WAKING = "after_waking"
    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    AFTER_NAP = "after_nap"
    DIAPER_CHANGE = "diaper_change"
    BEFORE_DRESSING = "before_dressing"
    OTHER = "other"


@unique
class StepKind(StrEnum):
    """What a step of a program is; only `stroke` names a stroke of the library."""

    STROKE = "stroke"
    BATH = "bath"
    LOTION = "lotion"
    QUIET_ACTIVITY = "quiet_activity"
    STORY = "story"
    SONG = "song"
    LIGHTS_OUT = "lights_out"
    PASSIVE_MOVEMENT = "passive_movement"
    OTHER = "other"


OTHER_ACTIVITIES = frozenset(
    {StepKind.BATH, StepKind.QUIET_ACTIVITY, StepKind.STORY, StepKind.SONG, StepKind.LIGHTS_OUT}
)
"""A routine of these alone has no touch in it, so massage can be compared with it."""


@unique
class Phase(StrEnum):
    """Of a single-case record: the diary before the program starts, and the program."""

    BASELINE = "baseline"
    PROGRAM = "program"


@unique
class ChangeKind(StrEnum):
    """What a published version is to the one before: the first; a correction (same phase); a change (new
    phase).
    """

    FIRST = "first"
    CORRECTION = "correction"
    CHANGE = "change"


@unique
class SessionOutcome(StrEnum):
    """What became of a massage. `stopped` and `declined` were offered; `not_today` carries a reason."""

    DONE = "done"
    STOPPED = "stopped"
    DECLINED = "declined"
    NOT_TODAY = "not_today"


@unique
class Precision(StrEnum):
    """How exactly it is known when something happened."""

    MINUTE = "minute"
    PART_OF_DAY = "part_of_day"
    DAY = "day"


@unique
class PartOfDay(StrEnum):
    """What people say who looked at no clock. Where each begins is our own (`tracking.slots`)."""

    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


@unique
class EntrySource(StrEnum):
    """How the family told it. Through which door it then came in is `EntryDoor`."""

    APP = "app"
    PAPER = "paper"
    PHONE_CALL = "phone_call"
    IN_PERSON = "in_person"


@unique
class EntryState(StrEnum):
    """A withdrawn entry counts nowhere and stays in the record."""

    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"


@unique
class EntryFlag(StrEnum):
    """What is odd about an entry that was kept as it came. Nothing a parent logged is refused for being
    odd.
    """

    NEEDS_REVIEW = "needs_review"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    CLOCK_OFF = "clock_off"
    LOGGED_LATE = "logged_late"
    UNKNOWN_CODE = "unknown_code"
    CONTRA_CONFLICT = "contra_conflict"
    BEFORE_PROGRAM = "before_program"
    ADVICE_DIFFERS = "advice_differs"
    AFTER_DISCHARGE = "after_discharge"


@unique
class ProductKind(StrEnum):
    """What was on the hands. No oil is recommended by the software (OBSeRvE trial, Cooke 2016: caution)."""

    NONE = "none"
    EMOLLIENT = "emollient"
    OIL = "oil"
    OTHER = "other"


@unique
class Instrument(StrEnum):
    """Standard instruments of which totals and bands are stored; their items are copyrighted and never held.

    The DeGangi-Berk Test of Sensory Integration is not here: it is not a tactile test.
    """

    SP2_INFANT = "sp2_infant"
    SP2_TODDLER = "sp2_toddler"
    SP2_CHILD = "sp2_child"
    SP2_SHORT = "sp2_short"
    SP2_SCHOOL_COMPANION = "sp2_school_companion"
    ITSP_2002 = "itsp_2002"
    SPM_2 = "spm_2"
    TIE = "tie"
    TSFI = "tsfi"
    SSC = "ssc"
    COPM = "copm"

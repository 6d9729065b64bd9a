"""What can change about a child, as the change feed names it. Our own."""

from enum import StrEnum, unique


@unique
class ChangeKind(StrEnum):
    """A kind of thing a family's device keeps a copy of.

    The first stand for one thing each, told with its id; the others for a list or an answer of the child that
    is to be fetched again.
    """

    SESSION = "session"
    BEDTIME = "bedtime"
    OBSERVATION = "observation"
    STIMULUS_DAY = "stimulus_day"
    CONCERN = "concern"
    MESSAGE = "message"

    ASK_PLAN = "ask_plan"
    CARE = "care"
    CHECK_INS = "check_ins"
    CHILD = "child"
    CONCERN_BUNDLE = "concern_bundle"
    CONSENTS = "consents"
    CONTACTS = "contacts"
    DEMONSTRATIONS = "demonstrations"
    GOALS = "goals"
    HOME_DAYS = "home_days"
    NOTES = "notes"
    PRECAUTIONS = "precautions"
    PROGRAMS = "programs"
    ROUTINE_TIMES = "routine_times"
    SIGNS = "signs"
    STRATEGIES = "strategies"
    TRACKED_STIMULI = "tracked_stimuli"
    WORDS = "words"


FOR_GUARDIANS = frozenset(
    {
        ChangeKind.CONSENTS,
        ChangeKind.DEMONSTRATIONS,
        ChangeKind.GOALS,
        ChangeKind.NOTES,
        ChangeKind.PRECAUTIONS,
    }
)
"""Of these a caregiver who only logs sees nothing, nor that they changed (trust, section 1)."""

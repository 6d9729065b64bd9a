"""The groups in which a clinic's children are counted. Our own; numbers have equal widths."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Stage(StrEnum):
    """How far a child's family has come; each holds those of the next."""

    INVITED = "invited"
    JOINED = "joined"
    FIRST_ENTRY = "first_entry"
    ACTIVE = "active"


@unique
class Standing(StrEnum):
    """What may be said of a child's primary outcome. The first three are findings, by the same codes."""

    AS_WISHED = "as_wished"
    NO_CLEAR_CHANGE = "no_clear_change"
    OTHERWISE = "otherwise"
    TOO_FEW = "too_few"
    WITHHELD = "withheld"
    NOTHING_NAMED = "nothing_named"


@unique
class AdherenceBand(StrEnum):
    """Done of what was prescribed in the last four program weeks. No cut-off is validated."""

    UNDER_25 = "under_25"
    UNDER_50 = "under_50"
    UNDER_75 = "under_75"
    FROM_75 = "from_75"
    NOTHING_ASKED = "nothing_asked"


@unique
class DoseBand(StrEnum):
    """Minutes of massage a week, of the last four weeks."""

    NONE = "none"
    UNDER_30 = "under_30"
    UNDER_60 = "under_60"
    UNDER_120 = "under_120"
    FROM_120 = "from_120"
    NOT_TIMED = "not_timed"

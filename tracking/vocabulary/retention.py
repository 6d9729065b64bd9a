"""What is kept for a time that the clinic chooses. Our own codes."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Kept(StrEnum):
    """What a period is about. A record goes once both of its periods are over."""

    RECORD = "record"
    RECORD_OF_AGE = "record_of_age"
    UNSIGNED_REPORT = "unsigned_report"
    REMINDER = "reminder"
    INVITATION = "invitation"
    ERASURE_WAIT = "erasure_wait"


@unique
class PeriodUnit(StrEnum):
    YEARS = "years"
    DAYS = "days"

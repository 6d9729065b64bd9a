"""Contacts between the clinic and a family: visits, calls, classes. No billing codes, ever; all our own."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class ContactKind(StrEnum):
    """How clinic and family meet."""

    VISIT = "visit"
    HOME_VISIT = "home_visit"
    GROUP_CLASS = "group_class"
    VIDEO = "video"
    CALL = "call"
    MESSAGE = "message"


@unique
class ContactState(StrEnum):
    """Where a contact stands: before it, and what became of it."""

    PLANNED = "planned"
    HAPPENED = "happened"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


@unique
class CancelledBy(StrEnum):
    """Who called a contact off."""

    FAMILY = "family"
    CLINIC = "clinic"

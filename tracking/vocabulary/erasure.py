"""Codes of erasure and retention. Our own."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class ErasureOf(StrEnum):
    """What is erased: the whole record of a child, or what a person is to a clinic."""

    CHILD = "child"
    PERSON = "person"


@unique
class ErasureBecause(StrEnum):
    """Why something is erased."""

    GUARDIAN_ASKED = "guardian_asked"
    PERSON_ASKED = "person_asked"
    BY_MISTAKE = "by_mistake"
    NO_LONGER_NEEDED = "no_longer_needed"
    TIME_IS_OVER = "time_is_over"


@unique
class ErasureState(StrEnum):
    """How far an erasure has got."""

    ASKED = "asked"
    WAITING = "waiting"
    DONE = "done"
    CALLED_OFF = "called_off"


@unique
class RequestAbout(StrEnum):
    """What a caregiver asks to have erased."""

    CHILD = "child"
    ME = "me"


@unique
class RequestState(StrEnum):
    """What became of a caregiver's request."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@unique
class DeclinedBecause(StrEnum):
    """Why a clinic does not erase though somebody asked (GDPR, articles 17(3), 12(4))."""

    MUST_BE_KEPT = "must_be_kept"
    OTHER_GUARDIAN = "other_guardian"
    TALKED_ABOUT = "talked_about"

"""Kinds of messages, and their results. Our own."""

from enum import StrEnum


class ReminderKind(StrEnum):
    """Told to channels beside the kinds of notices."""

    REMINDER = "reminder"
    """It is the time of a massage."""
    DIARY = "diary"
    """It is the time of the diary, before a program begins."""
    GENTLE = "gentle"
    """The last one for a while: nobody answered for some days."""


class ReminderFate(StrEnum):
    """What became of a slot's reminder on a day, as the care team may know it."""

    PLANNED = "planned"
    SENT = "sent"
    LOGGED = "logged"
    """Nobody was written to: it was told already."""
    PAUSED = "paused"
    """Nothing was asked for: a pause, a stay in hospital, a day at the other home, the end of the care."""
    BACKED_OFF = "backed_off"
    NOT_DELIVERED = "not_delivered"
    NOT_SENT = "not_sent"
    """The household's own reasons, which stay its own."""

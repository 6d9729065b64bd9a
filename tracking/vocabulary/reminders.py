"""What a reminder says. Our own."""

from enum import StrEnum


class ReminderKind(StrEnum):
    """Told to channels beside the kinds of notices."""

    REMINDER = "reminder"
    """It is the time of a massage."""
    DIARY = "diary"
    """It is the time of the diary, before a program begins."""
    GENTLE = "gentle"
    """The last one for a while: nobody answered for some days."""

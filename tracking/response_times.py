"""When a flag must have been looked at: minutes counted while the clinic is open.

The app is not an emergency channel: nobody watches at night, and a time that ran at night would promise it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from clinic.localtime import local_day, to_instant
from tracking.vocabulary.concerns import Severity
from tracking.vocabulary.flags import ReaderKind

FARTHEST_DAYS = 400


@dataclass(frozen=True, slots=True)
class OpenHours:
    """The clinic is open on a weekday (Monday is 0) from a wall time until a later one."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the clinic is closed, both ends included."""

    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Response:
    """How soon a severity is looked at, in minutes of clinic hours, and by whom, in order.

    A flag goes to the next of the order when it is unread at its time. `owner_id` is the owner who reads,
    None: every owner.
    """

    within_minutes: int
    readers: tuple[ReaderKind, ...] = tuple(ReaderKind)
    owner_id: UUID | None = None


USUAL_HOURS = tuple(OpenHours(weekday, time(9), time(17)) for weekday in range(5))
"""Our own, until a clinic sets its own: Monday to Friday, 9 to 17."""

RESPONSES: dict[Severity, Response] = {
    Severity.EMERGENCY: Response(30),
    Severity.URGENT: Response(2 * 60),
    Severity.PAUSE: Response(8 * 60),
    Severity.REVIEW: Response(3 * 8 * 60),
    Severity.FOLLOW_UP: Response(5 * 8 * 60),
}
"""Our own, until a clinic sets its own: minutes of clinic hours."""

MOST_MINUTES = {
    Severity.EMERGENCY: 60,
    Severity.URGENT: 8 * 60,
    Severity.PAUSE: 5 * 8 * 60,
    Severity.REVIEW: 10 * 8 * 60,
    Severity.FOLLOW_UP: 20 * 8 * 60,
}
"""The longest a clinic may allow itself. Our own: an urgent flag is looked at on the same day it is open."""


def due_at(
    asked_at: datetime,
    *,
    minutes: float,
    hours: Collection[OpenHours],
    closures: Iterable[Closure] = (),
    zone: str,
) -> datetime | None:
    """The instant at which `minutes` of clinic hours have passed since `asked_at`.

    Minutes are those that really pass: an hour the clocks skip is not counted, one they show twice counts
    twice. None where the clinic is closed for the next 400 days.
    """
    left = timedelta(minutes=minutes)
    for opens, closes in _open_from(asked_at, hours, tuple(closures), zone):
        begins = max(opens, asked_at)
        if begins >= closes:
            continue
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    return None


def next_opening(
    after: datetime,
    *,
    hours: Collection[OpenHours],
    closures: Iterable[Closure] = (),
    zone: str,
) -> datetime | None:
    """The instant after `after` at which the clinic first opens on a day; None as for `due_at`.

    What begins again after a break is no opening.
    """
    opened_on: date | None = None
    for opens, _ in _open_from(after, hours, tuple(closures), zone):
        if opened_on == (opened_on := local_day(opens, zone)):
            continue
        if opens > after:
            return opens
    return None


def _open_from(
    asked_at: datetime, hours: Collection[OpenHours], closures: Collection[Closure], zone: str
) -> Iterator[tuple[datetime, datetime]]:
    """The hours the clinic is open, as instants in order, from the local day of `asked_at` on."""
    first = local_day(asked_at, zone)
    in_order = sorted(hours, key=lambda one: one.opens)
    for day in (first + timedelta(days=ahead) for ahead in range(FARTHEST_DAYS)):
        if any(closure.from_on <= day <= closure.until_on for closure in closures):
            continue
        for one in in_order:
            if one.weekday == day.weekday():
                yield (
                    to_instant(datetime.combine(day, one.opens), zone),
                    to_instant(datetime.combine(day, one.closes), zone, second=True),
                )

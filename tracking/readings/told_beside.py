"""What a letter reports besides the outcome: number of reporters, concerns, illness and medicines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from clinic.models import Child, User
from tracking.models import Bedtime, Concern, MassageSession, TactileObservation
from tracking.readings.progress import Progress
from tracking.red_flags import cried_afterwards
from tracking.schedule import days_from
from tracking.vocabulary.asking import Question
from tracking.vocabulary.concerns import ConcernKind
from tracking.vocabulary.programs import SessionOutcome
from tracking.vocabulary.sleep import SleepConfounder


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that was asked of massages or nights: on `yes_count` of `told_count` it was so.

    `is_asked`: whether anybody was asked on any day at all; none told of what nobody was asked is no none.
    """

    yes_count: int
    told_count: int
    is_asked: bool


@dataclass(frozen=True, slots=True)
class ToldBeside:
    """`concerns` are those about the child, by kind; they are told unasked, at any time."""

    teller_count: int
    concerns: Mapping[ConcernKind | str, int]
    distress: Asked
    illness: Asked
    medicines: Asked


def told_beside(user: User, child: Child, read: Progress) -> ToldBeside:
    """Of the days that `read` is about, as `user`, of the care team, may know it; five statements."""
    days = {"child": child, "local_day__range": (read.first, read.last)}
    tellers: set[tuple[object, str]] = set()
    for kind in (MassageSession, Bedtime, TactileObservation):
        tellers |= set(kind.objects.counted().filter(**days).values_list("reported_by", "told_by_name"))
    told = Concern.objects.visible_to(user).filter(**days).exclude(kind=ConcernKind.PARENT_STRAIN)
    concerns = dict(told.values_list("kind").annotate(count=Count("pk")).order_by("kind"))
    nights = list(Bedtime.objects.counted().filter(**days).values_list("confounders", flat=True))
    return ToldBeside(
        teller_count=len(tellers),
        concerns=concerns,
        distress=_distress(read),
        illness=_of_nights(read, nights, SleepConfounder.ILL),
        medicines=_of_nights(read, nights, SleepConfounder.MEDICINE, SleepConfounder.MEDICINE_CHANGE),
    )


def _distress(read: Progress) -> Asked:
    """Crying after a massage, of those given whose state afterwards somebody told."""
    given = [one for one in read.sessions if one.outcome in (SessionOutcome.DONE, SessionOutcome.STOPPED)]
    told = [one for one in given if one.state_after]
    cried = [
        one
        for one in told
        if cried_afterwards(
            state_after=one.state_after, cues=[(str(cue["code"]), str(cue["moment"])) for cue in one.cues]
        )
    ]
    is_asked = bool(told) or any(Question.STATE_AFTER not in one.not_asked for one in given)
    return Asked(len(cried), len(told), is_asked)


def _of_nights(read: Progress, nights: Sequence[Sequence[str]], *codes: str) -> Asked:
    days = list(days_from(read.first, read.last))
    is_asked = bool(nights) or len(read.asking.days_without(Question.BEDTIME, days)) < len(days)
    return Asked(sum(not set(codes).isdisjoint(night) for night in nights), len(nights), is_asked)

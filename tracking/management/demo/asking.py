"""What the demo's families are asked, and how it was for some of them."""

from __future__ import annotations

import datetime as dt

from clinic import localtime
from clinic.models import Child, User
from tracking.ask_plan import asked_by_default
from tracking.management.demo.people import story_id
from tracking.models import AskPlan
from tracking.services import checking_in
from tracking.services.checking_in import CheckInBody
from tracking.vocabulary.asking import Question

CHECK_INS: dict[str, tuple[tuple[int, int, str], ...]] = {
    "Cleo": (
        (3, 2, "I am never sure whether I press too hard."),
        (2, 3, ""),
        (2, 4, "It has become our quiet quarter of an hour."),
    ),
    "Milo": ((3, 3, ""), (4, 2, "Everybody cries at bedtime, me too."), (5, 2, "I dread the evenings.")),
    "Sami": ((1, 5, ""), (2, 5, "He asks for it himself.")),
}
"""By child, of the last weeks: how it was, how sure, and in what words."""


def choose_what_is_asked(child: Child, *, by: User, from_on: dt.date) -> None:
    """A choice from the beginning of the diary, where the child's age alone would not ask for bedtimes."""
    if asked_by_default(child.ages_on(from_on).used.months).asks(Question.BEDTIME):
        return
    AskPlan.objects.create(
        id=story_id("ask plan", child.id),
        clinic_id=child.clinic_id,
        child=child,
        from_on=from_on,
        questions=[str(one) for one in Question],
        chosen_by=by,
        chosen_at=localtime.to_instant(dt.datetime.combine(from_on, dt.time(0)), child.clinic.zone),
    )


def check_in_weekly(child: Child, *, by: User, zone: str, yesterday: dt.date) -> None:
    """The check-ins of this child's story, the last one in the week before this one."""
    told = CHECK_INS.get(child.first_name, ())
    last_friday = localtime.monday_of(yesterday) - dt.timedelta(days=3)
    for weeks_ago, (how_it_was, how_sure, words) in zip(reversed(range(len(told))), told, strict=True):
        evening = dt.datetime.combine(last_friday - dt.timedelta(weeks=weeks_ago), dt.time(20, 40))
        at = localtime.to_instant(evening, zone)
        checking_in.check_in(
            by=by,
            child=child,
            client_id=story_id("check-in", child.id, weeks_ago),
            told=CheckInBody(occurred_at=at, how_it_was=how_it_was, how_sure=how_sure, words=words),
            now=at,
        )

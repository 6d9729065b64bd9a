"""What one statement decides about reminders, held to what the careful look decides: over families to whom
everything happened that can, at hours that differ.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import (
    CaregiverGrant,
    Child,
    ChildHome,
    ChildHomeException,
    Family,
    RoutineTime,
    User,
)
from clinic.models.clinics import new_id
from clinic.vocabulary import GrantKind
from tests import factories, families
from tests.cast import Cast
from tests.tracking.reminding import NEW_YORK, TUESDAY, at, claim, coming, keep, log, plan
from tracking.models import (
    ExcusedDay,
    HomeProgram,
    ProgramPause,
    ReachWishes,
    ReminderDelivery,
    ReminderMute,
    ReminderOccurrence,
    ReminderRule,
)
from tracking.models.programs import ProgramState
from tracking.models.reminders import Channel, DeliveryState
from tracking.reminders import checking, claiming, plain, planning
from tracking.reminders.candidates import candidates
from tracking.vocabulary.programs import FrequencyPer, SessionOutcome

FAMILIES = 80
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Home:
    """A family of one child, reminded at 18:30 of a day to come."""

    cast: Cast
    family: Family
    child: Child
    user: User
    program: HomeProgram
    day: dt.date

    @property
    def rules(self) -> Any:
        return ReminderRule.objects.filter(program=self.program)

    @property
    def grants(self) -> Any:
        return CaregiverGrant.objects.filter(child=self.child)

    @property
    def deliveries(self) -> Any:
        return ReminderDelivery.objects.filter(child=self.child)

    def children(self) -> Any:
        return Child.objects.filter(pk=self.child.pk)

    def log(self, wall: str = "17:45", **fields: Any) -> None:
        log(self.child, self.day, wall, by=self.user, family=self.family, **fields)


def home(cast: Cast, number: int, day: dt.date, **program: Any) -> Home:
    now = rls.now() - dt.timedelta(days=100)
    family = Family.objects.create(clinic=cast.harbor, name=str(number), zone=NEW_YORK, created_at=now)
    RoutineTime.objects.create(clinic=cast.harbor, family=family, anchor="after_bath", at=dt.time(18, 30))
    RoutineTime.objects.create(clinic=cast.harbor, family=family, anchor="bedtime", at=dt.time(19, 0))
    child = Child.objects.create(
        clinic=cast.harbor, first_name="", born_on=now.date() - dt.timedelta(days=300), created_at=now
    )
    ChildHome.objects.create(clinic=cast.harbor, child=child, family=family)
    user = User.objects.create_user(
        email=f"home-{number}@example.org", email_verified_at=now, name="", joined_at=now
    )
    CaregiverGrant.objects.create(
        clinic=cast.harbor, child=child, family=family, user=user, kind=GrantKind.GUARDIAN, valid_from=now
    )
    made = factories.prescribed(child, by=cast.theo, **program)
    return Home(cast, family, child, user, made, day)


# ---- what may happen after it was planned ------------------------------------------------------------------


def nothing(home: Home) -> None:
    """Most evenings."""


def other_records(home: Home) -> None:
    factories.bedtime(home.child, by=home.user, family=home.family)


def sister_due_soon(home: Home) -> None:
    """Another message to the same person within minutes, about another child."""
    sister = factories.sibling(home.child, grants=home.grants)
    ChildHome.objects.create(clinic=home.cast.harbor, child=sister, family=home.family)
    keep(factories.prescribed(sister, by=home.cast.theo, anchors=("bedtime",)), now=at(home.day, "00:30"))


def just_sent(home: Home) -> None:
    moved_to(home, DeliveryState.SENT, ended_at=at(home.day, "18:10"))


def sent_at_noon(home: Home) -> None:
    moved_to(home, DeliveryState.SENT, ended_at=at(home.day, "12:10"))


def moved_to(home: Home, state: str, **fields: Any) -> None:
    """Another occurrence of the same child, whose delivery is in another state."""
    one = home.deliveries.select_related("occurrence").first()
    if one is None:
        return
    due, number = at(home.day, "12:00"), 9 + home.deliveries.count()
    occurrence = one.occurrence
    occurrence.pk, occurrence.slot_number, occurrence.due_at = new_id(), number, due
    occurrence.save(force_insert=True)
    one.pk, one.idempotency_key, one.occurrence = new_id(), new_id(), occurrence
    one.state, one.due_at, one.next_try_at = state, due, at(home.day, "23:00")
    for name, value in fields.items():
        setattr(one, name, value)
    one.save(force_insert=True)


def on_its_way(home: Home) -> None:
    moved_to(home, DeliveryState.LEASED, attempt=1, leased_until=at(home.day, "23:00"))


def retried(home: Home) -> None:
    home.deliveries.update(state=DeliveryState.RETRY, attempt=1, provider_codes=["smtp_451"])


def asked_again(home: Home) -> None:
    home.deliveries.update(round=1)


def other_home(home: Home) -> None:
    family = home.cast.gregs_home
    ChildHome.objects.create(clinic=home.cast.harbor, child=home.child, family=family, weekdays=[5])
    ChildHomeException.objects.create(clinic=home.cast.harbor, child=home.child, family=family, on=home.day)


def excused(home: Home) -> None:
    ExcusedDay.objects.create(
        clinic=home.cast.harbor,
        child=home.child,
        on=home.day,
        excused_by=home.cast.theo,
        excused_at=rls.now(),
    )


def paused(home: Home) -> None:
    ProgramPause.objects.create(
        clinic=home.cast.harbor,
        program=home.program,
        from_on=home.day,
        reason="ill",
        by=home.user,
        at=rls.now(),
    )


def muted(home: Home) -> None:
    ReminderMute.objects.create(clinic=home.cast.harbor, rule=home.rules.get(), user=home.user, at=rls.now())


def wishes(**told: Any) -> Callable[[Home], None]:
    def wish(home: Home) -> None:
        ReachWishes.objects.create(user=home.user, updated_at=rls.now(), **told)

    return wish


def of_rules(**fields: Any) -> Callable[[Home], None]:
    return lambda home: home.rules.update(**fields)


def of_child(**fields: Any) -> Callable[[Home], None]:
    def happen(home: Home) -> None:
        with rls.acting_as(home.cast.theo, system="seeding"):
            home.children().update(**{name: value(home) for name, value in fields.items()})

    return happen


def of_user(**fields: Any) -> Callable[[Home], None]:
    return lambda home: User.objects.filter(pk=home.user.pk).update(**fields) and None


def moved_house(home: Home) -> None:
    Family.objects.filter(pk=home.family.pk).update(zone="Europe/Berlin")
    with rls.acting_as(system="reminders"):
        planning.keep_rules_of_household(family=home.family, now=at(home.day, "15:30"))


HAPPENINGS: dict[str, Callable[[Home], None]] = {
    "nothing": nothing,
    "a bedtime": other_records,
    "revoked": lambda home: home.grants.update(revoked_at=rls.now()),
    "granted until yesterday": lambda home: home.grants.update(valid_until=rls.now() - 60 * MINUTE),
    "granted for another home": lambda home: home.grants.update(family=home.cast.gregs_home),
    "left": of_user(is_active=False),
    "no address": of_user(email=None, email_verified_at=None),
    "not known to read it": of_user(email_verified_at=None),
    "abroad": of_user(zone="Europe/Berlin"),
    "reads German": of_user(locale="de"),
    "died": of_child(died_on=lambda home: home.day),
    "in hospital": of_child(in_hospital_since=lambda home: home.day),
    "archived": of_child(archived_at=lambda home: at(home.day, "16:00")),
    "ended": lambda home: HomeProgram.objects.filter(pk=home.program.pk).update(
        state=ProgramState.ENDED, ended_on=home.day - dt.timedelta(days=1)
    ),
    "paused": paused,
    "muted": muted,
    "off": of_rules(is_on=False),
    "not on Tuesdays": of_rules(weekdays=[2, 3]),
    "the family's own pause": lambda home: home.rules.update(paused_through=home.day),
    "excused": excused,
    "at the other home": other_home,
    "logged": lambda home: home.log(),
    "declined": lambda home: home.log(outcome=SessionOutcome.DECLINED),
    "not up to it": lambda home: home.log(outcome=SessionOutcome.NOT_TODAY, not_today_reason="not_up_to_it"),
    "logged and withdrawn": lambda home: home.log(state="withdrawn"),
    "no time of day": lambda home: home.family.routine_times.filter(anchor="after_bath").delete() and None,
    "moved house": moved_house,
    "wants no night": wishes(quiet_from=dt.time(18), quiet_until=dt.time(12)),
    "as everybody": wishes(),
    "by text": wishes(reminders_by=Channel.SMS),
    "not at all": wishes(reminders_by=""),
    "just sent": just_sent,
    "sent at noon": sent_at_noon,
    "on its way": on_its_way,
    "a sister": sister_due_soon,
    "retried": retried,
    "asked again": asked_again,
}

BEFORE: dict[str, tuple[dict[str, Any], Callable[[Home], None]]] = {
    "every evening": ({}, nothing),
    "weekly": ({"per": FrequencyPer.WEEK, "count": 3}, nothing),
    "weekly, some done": ({"per": FrequencyPer.WEEK, "count": 2}, lambda home: home.log("07:00")),
    "logged in the morning": ({}, lambda home: home.log("08:00")),
    "until that day": ({}, nothing),
}


@pytest.fixture
def homes(live_cast: Cast) -> list[tuple[Home, list[str]]]:
    """Every happening by itself, and others by lot two at a time, after all was planned."""
    day, dice, made = coming(TUESDAY), random.Random(20261126), []
    for number in range(FAMILIES):
        before = dice.choice(list(BEFORE)) if number >= len(HAPPENINGS) else "every evening"
        fields, happen = BEFORE[before]
        with transaction.atomic():
            ends_on = day if before == "until that day" else None
            one = home(live_cast, number, day, ends_on=ends_on, **fields)
            happen(one)
        keep(one.program, now=at(day, "00:30"))
        after = list(HAPPENINGS)[number : number + 1] or dice.choices(list(HAPPENINGS), k=2)
        made.append((one, list(dict.fromkeys(after))))
    plan(at(day, "15:00"))
    for one, names in made:
        for name in names:
            with transaction.atomic():
                HAPPENINGS[name](one)
    plan(at(day, "15:30"))
    return made


Decided = dict[Any, tuple[Any, ...]]


def decided(now: dt.datetime) -> tuple[Decided, list[claiming.Claimed], set[Any]]:
    """What a claim makes of every delivery, what it takes, and which of them one statement decided.

    Nothing of it stays.
    """
    plainly: set[Any] = set()

    def watched(ids: Collection[Any], **asked: Any) -> plain.Plain:
        answer = decide(ids, **asked)
        plainly.update(answer.ids)
        return answer

    decide = plain.decide
    with rls.acting_as(system="reminders"), transaction.atomic(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain, "decide", watched)
        taken = claiming.claim(now=now, limit=1000).taken
        columns = ("state", "reason", "attempt", "next_try_at", "leased_until", "ended_at", "carried_by_id")
        rows = {row[0]: row[1:] for row in ReminderDelivery.objects.values_list("pk", *columns)}
        transaction.set_rollback(True)
    return rows, sorted(taken, key=lambda one: one.row.id), plainly


def with_care(now: dt.datetime) -> tuple[Decided, list[claiming.Claimed], set[Any]]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain, "decide", lambda *_, **__: plain.Plain(frozenset(), []))
        return decided(now)


def test_one_statement_decides_as_the_careful_look_does(homes: list[tuple[Home, list[str]]]) -> None:
    day = homes[0][0].day
    happened = {one.child.pk: " and ".join(names) for one, names in homes}
    of = dict(ReminderDelivery.objects.values_list("pk", "child_id"))
    plain_ones: dict[str, set[Any]] = {}
    for wall in ("18:30", "21:29", "21:30", "22:00"):
        rows, taken, plainly = decided(at(day, wall))
        careful_rows, careful_taken, _ = with_care(at(day, wall))
        unlike = {
            (happened.get(of[pk], "a sister"), rows[pk], careful_rows[pk])
            for pk in rows
            if rows[pk] != careful_rows[pk]
        }
        assert not unlike, wall
        assert taken == careful_taken
        plain_ones[wall] = {rows[pk][:2] for pk in plainly}
    assert plain_ones["18:30"] == {
        *(("leased", ""), ("quiet", ""), ("dead", "no_address")),
        *(("suppressed", "revoked"), ("suppressed", "muted")),
    }
    assert {("expired", "")} < plain_ones["21:30"]

    _, _, plainly = decided(at(day, "18:30"))
    alone = {names[0]: of for one, names in homes[: len(HAPPENINGS)] for of in [one.child.pk]}
    children = {of[pk] for pk in plainly}
    assert {name for name, child in alone.items() if child in children} == {
        *("nothing", "revoked", "granted until yesterday", "granted for another home", "left"),
        *(
            "no address",
            "not known to read it",
            "muted",
            "abroad",
            "reads German",
            "as everybody",
            "sent at noon",
        ),
    }


# ---- what the planner's word rests on ----------------------------------------------------------------------

ANOTHER_WAY = {
    "clinic_clinic": "it places no reminder of a household that has a zone",
    "clinic_family": "a household that moved is planned anew (`planning.follow`)",
    "clinic_user": "asked of again",
    "clinic_caregivergrant": "asked of again",
    "tracking_apartanswer": "of days with an entry alone, which are never plain",
    "tracking_flagthreshold": "a clinic's days without an entry count from the next planning",
    "tracking_notice": "of other messages",
    "tracking_programversion": "stays as published; publishing another changes the program",
    "tracking_programschedule": "stays as published",
    "tracking_programslot": "stays as published",
    "tracking_programstep": "stays as published",
    "tracking_phonenumber": "of whoever wishes for something else than e-mail, and is looked at with care",
    "tracking_pushsubscription": "as numbers",
    "tracking_reachwishes": "asked of again",
    "tracking_reminderdelivery": "asked of again",
    "tracking_remindermute": "asked of again",
    "tracking_reminderoccurrence": "whose word it is",
}
"""Tables that are looked at with care, leave no change, and why that does not matter."""


def test_whatever_is_looked_at_with_care_leaves_a_change_or_is_asked_again(live_cast: Cast) -> None:
    made = families.pattern(live_cast)
    made.add(range(1, 3))
    made.plan_anew(2)
    plan(made.planned_from)
    with rls.acting_as(system="reminders"), transaction.atomic(), CaptureQueriesContext(connection) as asked:
        looked = checking.look_at(
            candidates(ReminderDelivery.objects.filter(state=DeliveryState.DUE).values_list("pk", flat=True)),
            now=made.due_at,
        )
    assert len(looked.kinds) == 2
    read = {table for query in asked for table in re.findall(r'"((?:clinic|tracking)_\w+)"', query["sql"])}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname LIKE '%\\_tells' OR tgname = 'tracking_reminderrule_is_wished_otherwise'"
        )
        telling = {table for (table,) in cursor.fetchall()}
    assert read & set(connection.introspection.table_names()) - telling == set(ANOTHER_WAY)


def test_a_wish_makes_what_is_planned_no_longer_plain(live_cast: Cast) -> None:
    made = families.pattern(live_cast)
    made.add(range(1, 3))
    made.plan_anew(2)
    plan(made.planned_from)
    planned = ReminderOccurrence.objects.filter(due_at=made.due_at).order_by("id")
    assert [one.planned_from is not None for one in planned] == [True, True]
    ReminderRule.objects.filter(pk=planned[0].rule_id).update(paused_through=made.day)
    assert [one.planned_from is not None for one in planned.all()] == [False, True]
    call_command("renew_feed")
    assert [one.planned_from is not None for one in planned.all()] == [False, False]


def test_few_and_many_take_the_same_statements(live_cast: Cast) -> None:
    made = families.pattern(live_cast)
    made.add(range(1, 101))
    counts = []
    for due in (10, 100):
        made.plan_anew(due)
        with CaptureQueriesContext(connection) as planned:
            assert plan_once(made.planned_from) == due
        with CaptureQueriesContext(connection) as claimed:
            assert len(claim(made.due_at, limit=200).taken) == due
        counts.append((len(planned), len(claimed)))
    assert counts[0] == counts[1]
    assert counts[0][1] <= 5


def plan_once(now: dt.datetime) -> int:
    with rls.acting_as(system="reminders"):
        return planning.plan_due(now=now, limit=500).deliveries

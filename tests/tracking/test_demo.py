"""The demo: one seed, one story, written by the builders the services use."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinic import rls
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Child, ChildHomeException
from tests.cast import Cast
from tracking.management.demo import evenings, programs
from tracking.management.demo.clinics import CLINICS
from tracking.management.demo.clinics.riverside import RIVERSIDE
from tracking.management.demo.diaries import DiaryRows
from tracking.management.demo.planting import plant
from tracking.management.demo.reports import plant_reports
from tracking.management.demo.stories import Caregiver, ChildStory, Home, Plan
from tracking.models import (
    Bedtime,
    Entry,
    ExcusedDay,
    HomeProgram,
    MassageSession,
    ReminderRule,
    Report,
    TactileObservation,
    WriteReceipt,
)
from tracking.readings.asking import ask_plans_of
from tracking.readings.homes import days_at_odds
from tracking.reminders.resting import Rests, Standing
from tracking.services import recording
from tracking.sync.rereading import body_of

RECORD: dict[type[Entry], Any] = {
    MassageSession: recording.record_session,
    Bedtime: recording.record_bedtime,
    TactileObservation: recording.record_observation,
}


def test_the_demo_is_three_clinics_whose_history_ends_yesterday_evening(cast: Cast) -> None:
    with rls.acting_as(system="seeding"):
        now = rls.now()
        planted = plant(now=now, seed=1, passwords={}, say=[].append)
        yesterday = local_day(now, CLINICS[0].zone) - dt.timedelta(days=1)
        children = Child.objects.filter(clinic__is_demo=True)
        assert planted.clinics == 3
        assert 28 <= planted.children == len(children) <= 32
        assert planted.entries > 2000
        for kind in (MassageSession, Bedtime, TactileObservation):
            assert kind.objects.filter(door="seed").order_by("-local_day", "id")[0].local_day == yesterday
        assert HomeProgram.objects.filter(child__in=children, state="active").count() == len(children) - 1
        planned = ReminderRule.objects.filter(next_plan_at__isnull=False)
        assert planned.exists()
        assert not planned.filter(next_on__lt=local_day(now, CLINICS[0].zone)).exists()
        assert _at_rest(now) >= {"Bea"}
        assert "Cleo" not in _at_rest(now)
        cleo = children.get(first_name="Cleo")
        assert [
            said.is_here for said in ChildHomeException.objects.filter(child=cleo).order_by("on", "id")
        ] == [
            False,
            True,
            True,
        ]
        assert len(days_at_odds(cleo, today=local_day(now, CLINICS[0].zone))) == 1
        assert ExcusedDay.objects.filter(child=cleo, on__lte=yesterday).count() == 1
        on_paper = MassageSession.objects.filter(source="paper", told_by_grant__isnull=False)
        assert {row.child.first_name for row in on_paper.select_related("child")} == {"Jonah"}
    plant_reports(planted.first, now=now)
    with rls.acting_as(planted.first.staff["tess"]):
        signed = {"signed_at__isnull": False, "state": "ready"}
        told = Report.objects.filter(child=cleo)
        assert told.count() == 3
        assert told.get(kind="progress", shared_at__isnull=False, **signed).addenda.count() == 1
        assert told.get(kind="letter", **signed).addressee
        assert told.get(signed_at=None, state="ready").schedule.next_on > local_day(now, CLINICS[0].zone)


def _at_rest(now: dt.datetime) -> set[str]:
    """Children whose reminders rest in some home, by the engine's own word."""
    rules = ReminderRule.objects.filter(clinic__is_demo=True).in_bulk()
    rests = Rests(list(rules), now=now)
    return {
        rule.child.first_name
        for pk, rule in rules.items()
        if rests.standing(pk, is_diary=False) is Standing.RESTS
    }


def test_the_same_seed_tells_the_same_story() -> None:
    yesterday = dt.date(2026, 3, 1)
    cleo = RIVERSIDE.children[0]
    once = list(evenings.days(cleo, yesterday=yesterday, seed=7))
    assert once == list(evenings.days(cleo, yesterday=yesterday, seed=7))
    assert once != list(evenings.days(cleo, yesterday=yesterday, seed=8))


@pytest.mark.parametrize("is_on_paper", [False, True])
def test_rows_of_the_demo_are_those_the_services_write(cast: Cast, is_on_paper: bool) -> None:
    """One child's fortnight, planted in bulk and recorded one by one: every column of every row agrees."""
    fays = CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay)
    by = cast.tess if is_on_paper else cast.fay
    home = Home("Fay's home", (Caregiver("Fay", "fay", "mother"),))
    story = ChildStory("Cleo", "Morgan", 39, Plan.BEDTIME, "tess", (home,), weeks_in=2, baseline_days=3)
    with rls.acting_as(system="seeding"):
        now = rls.now()
        yesterday = local_day(now, cast.fays_home.zone) - dt.timedelta(days=1)
        published = programs.prescribe(story, child=cast.cleo, therapist=cast.tess, yesterday=yesterday)
    diaries = DiaryRows()
    for day in evenings.days(story, yesterday=yesterday, seed=1):
        diaries.add_day(
            day,
            child=cast.cleo,
            home=cast.fays_home,
            told_by=cast.fay,
            therapist=cast.tess,
            published=published,
            tracked=None,
            plans=ask_plans_of(cast.cleo),
            latest=now,
            paper=fays if is_on_paper else None,
        )
    planted = [row for kind in RECORD for row in diaries.rows[kind]]
    assert len(planted) > 20
    with rls.acting_as(by):
        for row in planted:
            kept = RECORD[type(row)](
                by=by,
                child=cast.cleo,
                client_id=row.client_id,
                entry=body_of(row),  # type: ignore[call-overload]  # one of the three kinds
                door=row.door,
                now=row.received_at,
            ).row
            assert columns(kept) == columns(row)
        receipts = WriteReceipt.objects.filter(child=cast.cleo)
        assert {columns_of_receipt(one) for one in receipts} == {
            columns_of_receipt(one) for one in diaries.receipts if one.kind != "stimulus_day"
        }


def columns(row: Entry) -> dict[str, Any]:
    """Every column but the row's own key."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name != "id"}


def columns_of_receipt(receipt: WriteReceipt) -> tuple[Any, ...]:
    return (receipt.kind, receipt.client_id, receipt.base_revision, receipt.body_hash, receipt.revision)

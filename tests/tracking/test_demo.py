"""The demo: one seed, one story, written by the builders the services use."""

from __future__ import annotations

import datetime as dt

import pytest

from clinic import rls
from clinic.localtime import local_day
from clinic.models import Child
from tests.cast import Cast
from tracking.management.demo import evenings
from tracking.management.demo.planting import Planting, plant
from tracking.management.demo.stories import CLINICS, RIVERSIDE
from tracking.models import Bedtime, HomeProgram, MassageSession, ReminderRule, TactileObservation

NOW_ZONE = CLINICS[0].zone


@pytest.fixture
def planted(cast: Cast) -> Planting:
    with rls.acting_as(system="seeding"):
        return plant(now=rls.now(), seed=1, passwords={}, say=[].append)


def test_the_demo_is_three_clinics_and_about_thirty_children(planted: Planting) -> None:
    assert planted.clinics == 3
    assert 28 <= planted.children <= 32
    assert planted.entries > 2000


def test_history_ends_yesterday_evening(planted: Planting) -> None:
    with rls.acting_as(system="seeding"):
        yesterday = local_day(rls.now(), NOW_ZONE) - dt.timedelta(days=1)
        for kind in (MassageSession, Bedtime, TactileObservation):
            days = kind.objects.filter(source="seed").order_by("-local_day", "id")
            assert days[0].local_day == yesterday


def test_every_child_has_a_program_or_waits_for_one(planted: Planting) -> None:
    with rls.acting_as(system="seeding"):
        children = Child.objects.filter(clinic__is_demo=True)
        assert HomeProgram.objects.filter(child__in=children, state="active").count() == len(children)


def test_reminders_look_ahead_from_the_day_of_seeding(planted: Planting) -> None:
    with rls.acting_as(system="seeding"):
        planned = ReminderRule.objects.filter(next_plan_at__isnull=False)
        assert planned.exists()
        assert not planned.filter(next_on__lt=local_day(rls.now(), NOW_ZONE)).exists()


def test_the_same_seed_tells_the_same_story() -> None:
    yesterday = dt.date(2026, 3, 1)
    cleo = RIVERSIDE.children[0]
    once = list(evenings.days(cleo, yesterday=yesterday, seed=7))
    assert once == list(evenings.days(cleo, yesterday=yesterday, seed=7))
    assert once != list(evenings.days(cleo, yesterday=yesterday, seed=8))

"""Two providers with schedules of their own: the therapist's massages beside the family's, each n of n."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from clinic import rls
from clinic.models import User
from tests.cast import Cast
from tests.tracking import reporting
from tests.tracking.prescribing import EVERY_EVENING, changed, published, started, strokes
from tests.tracking.records import at, log_session
from tests.web.test_change import main_of
from tracking.models import ReportKind
from tracking.services.program_parts import ScheduleInput
from tracking.vocabulary.programs import Provider

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
WEEKLY = ScheduleInput(provider="therapist", per="week", count=1, minutes=15)
SAID = "With the therapist: 2 of 3 prescribed sessions so far. 30 minutes in 2 timed sessions."


def three_weeks(cast: Cast, *schedules: ScheduleInput) -> None:
    """A program that ends its third week today; the therapist came in the first week and the second."""
    with rls.acting_as(cast.tess, system="seeding"):
        begins = reporting.days_ago(cast, 20)
        program = started(cast.tess, cast.cleo, title="Sensory training")
        published(
            cast.tess,
            changed(
                cast.tess,
                program,
                steps=strokes("leg-long-glide"),
                schedules=schedules,
                starts_on=begins,
                ends_on=begins + dt.timedelta(days=40),
            ),
        )
        for week in range(2):
            on = begins + dt.timedelta(weeks=week, days=1)
            told = {"outcome": "done", "minutes": Decimal(15), "provider": Provider.THERAPIST}
            log_session(cast.tess, cast.cleo, occurred_at=at("10:00", on=on), **told)
        log_session(cast.fay, cast.cleo, occurred_at=at("19:00", on=begins))


def test_the_therapists_massages_stand_beside_the_familys_on_the_page_and_in_the_report(
    cast: Cast, sign_in: SignIn
) -> None:
    three_weeks(cast, EVERY_EVENING, WEEKLY)
    page = " ".join(main_of(sign_in(cast.tess), f"/children/{cast.cleo.pk}/").split())
    assert "<dt>with the therapist</dt><dd>2 <small>of 3, 30 minutes</small></dd>" in page
    for kind in (ReportKind.PROGRESS, ReportKind.LETTER):
        told = reporting.written(cast, reporting.asked(cast, kind))
        assert SAID in told.data["done"]
        # The family's own are counted apart.
        assert any("1 timed session." in sentence for sentence in told.data["done"])
    _, paper = reporting.paper_of(cast, ReportKind.PROGRESS)
    assert SAID in paper
    assert "%" not in paper


def test_a_program_without_a_schedule_of_the_therapists_says_nothing_of_one(
    cast: Cast, sign_in: SignIn
) -> None:
    three_weeks(cast, EVERY_EVENING)
    assert "with the therapist" not in main_of(sign_in(cast.tess), f"/children/{cast.cleo.pk}/")
    _, paper = reporting.paper_of(cast, ReportKind.PROGRESS)
    assert "With the therapist" not in paper


def test_the_family_reads_nothing_of_the_therapists_schedule_in_its_corner(
    cast: Cast, sign_in: SignIn
) -> None:
    three_weeks(cast, EVERY_EVENING, WEEKLY)
    for page in ("", "so-far/"):
        assert "With the therapist" not in main_of(sign_in(cast.fay), f"/family/{cast.cleo.pk}/{page}")

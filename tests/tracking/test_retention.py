"""How long things are kept: adopted by an owner, looked at before, carried out at night."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from clinic import jobs, rls
from clinic.errors import Forbidden, Invalid
from clinic.models import Child, Episode
from clinic.vocabulary import DischargeReason, EpisodeState
from tests import factories
from tests.cast import Cast
from tests.tracking import noticing
from tests.tracking.erasures import carry_out
from tracking.models import (
    Erasure,
    Notice,
    RecordHold,
    ReminderDelivery,
    Report,
    ReportState,
    RetentionRun,
)
from tracking.readings.retention import amount_of, periods_of, would_remove
from tracking.retention import PROPOSALS, record_goes_on
from tracking.services import retention
from tracking.tasks import remove_what_is_over
from tracking.vocabulary.erasure import ErasureBecause, ErasureState
from tracking.vocabulary.retention import Kept


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    """A night also removes files that no row names: of these tests alone."""
    settings.MEDIA_ROOT = str(tmp_path)


def adopt(cast: Cast, kept: Kept, amount: int | None) -> None:
    with rls.acting_as(cast.otto):
        retention.set_period(by=cast.otto, clinic=cast.harbor, kept=kept, amount=amount, now=rls.now())


def an_old_report(cast: Cast, child: Child, *, days: int = 400, **fields: object) -> Report:
    asked = rls.now() - dt.timedelta(days=days)
    return factories.report(child, by=cast.tess, **fields | {"asked_at": asked})


def grown_up(child: Child, *, years: int, ended_years_ago: int) -> None:
    """Make a child one whose last care ended long ago."""
    today = rls.now().date()
    with rls.acting_as(system="seeding"):
        Child.objects.filter(pk=child.pk).update(born_on=today - dt.timedelta(days=366 * years))
        Episode.objects.filter(child=child).update(
            state=EpisodeState.DISCHARGED,
            discharge_reason=DischargeReason.GOALS_MET,
            ended_on=today - dt.timedelta(days=366 * ended_years_ago),
        )


@pytest.mark.parametrize(
    ("born_on", "ended_on", "goes_on"),
    [
        (dt.date(2020, 5, 1), dt.date(2022, 3, 1), dt.date(2045, 5, 1)),  # 18 and 7 years
        (dt.date(2020, 5, 1), dt.date(2036, 3, 1), dt.date(2046, 3, 1)),  # ten years after care
        (dt.date(2020, 2, 29), dt.date(2022, 3, 1), dt.date(2045, 3, 1)),
    ],
)
def test_a_record_goes_at_the_later_of_its_two_ends(
    born_on: dt.date, ended_on: dt.date, goes_on: dt.date
) -> None:
    after_care, of_age = PROPOSALS[Kept.RECORD].amount, PROPOSALS[Kept.RECORD_OF_AGE].amount
    assert goes_on == record_goes_on(
        born_on=born_on, ended_on=ended_on, after_care_years=after_care, after_coming_of_age_years=of_age
    )


def test_nothing_is_removed_before_an_owner_has_adopted_a_period(cast: Cast) -> None:
    kept = an_old_report(cast, cast.cleo)
    assert not any(one.is_in_force for one in periods_of(cast.harbor).values() if one.kept != "erasure_wait")
    remove_what_is_over()
    assert Report.objects.filter(pk=kept.pk).exists()
    adopt(cast, Kept.UNSIGNED_REPORT, 365)
    assert would_remove(cast.harbor, Kept.UNSIGNED_REPORT, 365, now=rls.now()) == 1
    remove_what_is_over()
    assert not Report.objects.filter(pk=kept.pk).exists()
    [night] = RetentionRun.objects.all()
    assert (night.kept, night.removed_count, night.held_count) == (Kept.UNSIGNED_REPORT, 1, 0)


def test_a_night_removes_in_batches_with_files_and_leaves_what_is_signed_or_young(cast: Cast) -> None:
    adopt(cast, Kept.UNSIGNED_REPORT, 365)
    name = default_storage.save("report/old.pdf", ContentFile(b"%PDF-"))
    for _ in range(5):
        an_old_report(cast, cast.cleo)
    an_old_report(
        cast,
        cast.cleo,
        file_name=name,
        content_sha256="0" * 64,
        state=ReportState.READY,
        finished_at=rls.now(),
    )
    young = factories.report(cast.cleo, by=cast.tess)
    signed = an_old_report(cast, cast.cleo, signed_by=cast.tess, signed_at=rls.now())
    removed = []
    while not removed or removed[-1]:
        with jobs.as_system(rls.ERASING) as now:
            removed.append(
                retention.remove_some(clinic_id=cast.harbor.pk, kept=Kept.UNSIGNED_REPORT, now=now, limit=4)
            )
    assert removed == [4, 2, 0]
    assert set(Report.objects.all()) == {young, signed}
    assert not default_storage.exists(name)
    assert RetentionRun.objects.get().removed_count == 6


def test_a_held_record_keeps_what_is_over_and_the_report_says_so(cast: Cast) -> None:
    adopt(cast, Kept.UNSIGNED_REPORT, 365)
    kept = an_old_report(cast, cast.cleo)
    gone = an_old_report(cast, cast.fern)
    with rls.acting_as(system="seeding"):
        RecordHold.objects.create(
            clinic=cast.harbor, child=cast.cleo, reason="a claim", set_by=cast.otto, set_at=rls.now()
        )
    remove_what_is_over()
    assert set(Report.objects.all()) == {kept}
    assert gone.pk != kept.pk
    night = RetentionRun.objects.get()
    assert (night.removed_count, night.held_count) == (1, 1)


def test_a_record_whose_time_is_over_waits_where_an_owner_can_call_it_off(cast: Cast) -> None:
    grown_up(cast.cleo, years=30, ended_years_ago=12)
    adopt(cast, Kept.RECORD, 10)
    remove_what_is_over()
    assert not Erasure.objects.exists()
    adopt(cast, Kept.RECORD_OF_AGE, 7)
    assert would_remove(cast.harbor, Kept.RECORD, 10, now=rls.now()) == 1
    assert would_remove(cast.harbor, Kept.RECORD, 20, now=rls.now()) == 0
    remove_what_is_over()
    remove_what_is_over()
    waiting = Erasure.objects.get()
    assert (waiting.because, waiting.state) == (ErasureBecause.TIME_IS_OVER, ErasureState.WAITING)
    assert waiting.due_at == waiting.asked_at + dt.timedelta(days=7)
    assert carry_out() == []
    Erasure.objects.filter(pk=waiting.pk).update(called_off_at=rls.now(), called_off_by=cast.otto)
    remove_what_is_over()
    assert Erasure.objects.count() == 1
    assert Child.objects.filter(pk=cast.cleo.pk).exists()


def test_a_record_whose_wait_is_over_is_erased_by_the_same_door(cast: Cast) -> None:
    grown_up(cast.cleo, years=30, ended_years_ago=12)
    adopt(cast, Kept.RECORD, 10)
    adopt(cast, Kept.RECORD_OF_AGE, 7)
    remove_what_is_over()
    long_ago = rls.now() - dt.timedelta(days=20)
    Erasure.objects.update(asked_at=long_ago, confirmed_at=long_ago, due_at=rls.now())
    [done] = carry_out()
    assert done.counts["clinic_child"] == 1
    assert not Child.objects.filter(pk=cast.cleo.pk).exists()


def test_an_owner_alone_adopts_a_period_within_its_bounds(cast: Cast) -> None:
    with rls.acting_as(cast.tess), pytest.raises(Forbidden):
        retention.set_period(by=cast.tess, clinic=cast.harbor, kept=Kept.INVITATION, amount=90, now=rls.now())
    for kept, amount in ((Kept.INVITATION, 5), (Kept.RECORD, 0), (Kept.ERASURE_WAIT, None)):
        with pytest.raises(Invalid):
            adopt(cast, kept, amount)
    adopt(cast, Kept.INVITATION, None)
    assert amount_of(cast.harbor, Kept.INVITATION) is None
    adopt(cast, Kept.INVITATION, 60)
    assert amount_of(cast.harbor, Kept.INVITATION) == 60
    assert amount_of(cast.elsewhere, Kept.INVITATION) is None


def test_what_was_told_long_ago_goes_with_what_was_reminded(cast: Cast) -> None:
    adopt(cast, Kept.REMINDER, 365)
    long_ago = rls.now() - dt.timedelta(days=400)
    for child, by, sent_at in (
        (cast.cleo, cast.fay, long_ago),
        (cast.cleo, cast.fay, rls.now()),
        (cast.fern, cast.finn, long_ago),
    ):
        noticing.send(child, by=by, now=sent_at)
    noticing.plan(rls.now())
    with rls.acting_as(system="seeding"):
        RecordHold.objects.create(
            clinic=cast.harbor, child=cast.fern, reason="a claim", set_by=cast.otto, set_at=rls.now()
        )
    remove_what_is_over()
    assert set(Notice.objects.values_list("child", "made_at")) == {
        (cast.cleo.pk, rls.now()),
        (cast.fern.pk, long_ago),
    }
    assert ReminderDelivery.objects.count() == 3
    night = RetentionRun.objects.get()
    assert (night.removed_count, night.held_count) == (1, 1)

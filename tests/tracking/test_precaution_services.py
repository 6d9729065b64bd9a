"""Precautions as families and therapists record them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import Precaution
from tests.cast import Cast
from tracking.services.precautions import (
    RECORDABLE,
    PrecautionNeedsMore,
    change_precaution,
    end_precaution,
    record_precaution,
)
from tracking.wording.errors import sentence

DAY = dt.timedelta(days=1)


def day(cast: Cast) -> dt.date:
    return local_day(rls.now(), cast.fays_home.zone)


def test_a_guardian_tells_of_a_fever_and_it_holds_from_today(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        fever = record_precaution(
            by=cast.fay, child=cast.cleo, code="fever", until_on=day(cast) + DAY, now=rls.now()
        )
    assert (fever.from_on, fever.source, fever.recorded_by) == (day(cast), "guardian", cast.fay)


@pytest.mark.parametrize(
    ("code", "told", "field"),
    [
        ("fever", {}, "until_on"),
        ("skin_open", {}, "region"),
        ("allergy", {}, "substance"),
        ("recent_vaccination", {}, "region"),
    ],
)
def test_a_precaution_carries_what_the_library_needs(
    cast: Cast, code: str, told: dict[str, str], field: str
) -> None:
    with rls.acting_as(cast.tess), pytest.raises(PrecautionNeedsMore) as refused:
        record_precaution(by=cast.tess, child=cast.cleo, code=code, now=rls.now(), **told)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_what_is_missing_is_said_by_name(cast: Cast) -> None:
    with rls.acting_as(cast.tess), pytest.raises(PrecautionNeedsMore) as refused:
        record_precaution(by=cast.tess, child=cast.cleo, code="allergy", now=rls.now())
    assert sentence(refused.value) == "Allergy: please also give this: substance."


def test_a_vaccination_waits_as_long_as_the_clinic_has_set(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        row = record_precaution(
            by=cast.fay, child=cast.cleo, code="recent_vaccination", region="legs", now=rls.now()
        )
    assert row.until_on == day(cast) + 2 * DAY  # 48 hours


def test_a_matter_of_the_moment_is_no_precaution_of_the_child(cast: Cast) -> None:
    assert "just_fed" not in RECORDABLE
    for code in ("just_fed", "before_due_date", "homesick"):
        with rls.acting_as(cast.tess), pytest.raises(Invalid), transaction.atomic():
            record_precaution(by=cast.tess, child=cast.cleo, code=code, now=rls.now())


def test_a_caregiver_who_logs_records_none(cast: Cast) -> None:
    with rls.acting_as(cast.nan), pytest.raises(Forbidden):
        record_precaution(by=cast.nan, child=cast.cleo, code="hip", now=rls.now())


def test_what_stands_is_lifted_by_whoever_treats_the_child(cast: Cast) -> None:
    aversion = Precaution.objects.get(child=cast.cleo)
    with rls.acting_as(cast.fay), pytest.raises(Forbidden), transaction.atomic():
        end_precaution(by=cast.fay, precaution=aversion, now=rls.now())
    with rls.acting_as(cast.tess):
        ended = end_precaution(by=cast.tess, precaution=aversion, now=rls.now())
    assert ended is not None
    assert ended.until_on is not None
    assert ended.until_on < local_day(rls.now(), cast.harbor.zone)


def test_a_precaution_is_told_more_exactly(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        rash = record_precaution(
            by=cast.tess, child=cast.cleo, code="skin_open", region="legs", now=rls.now()
        )
        rash = change_precaution(by=cast.tess, precaution=rash, region="feet", now=rls.now())
        assert rash.region == "feet"
        with pytest.raises(PrecautionNeedsMore):
            change_precaution(by=cast.tess, precaution=rash, region="", now=rls.now())

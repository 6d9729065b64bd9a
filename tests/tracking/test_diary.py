"""The diary, and what one household reads of another's."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import Child
from tests.cast import Cast, make_id
from tests.tracking.records import MONDAY, at, cleos_bedtime, cleos_lotion, log_session, publish_program
from tracking.readings.diary import Diary, diary
from tracking.readings.entries import page_of_entries
from tracking.readings.entry_details import BedtimeDetails
from tracking.readings.sight import AuthorRole, ShownAs
from tracking.services import recording
from tracking.services.revising import annotate_entry, withdraw_entry
from tracking.sync.bodies import EntryKind

ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def evening(cast: Cast) -> Cast:
    """Fay's Monday evening: lotion, session, bedtime."""
    cast.cleo.born_on = MONDAY - dt.timedelta(days=300)
    with rls.acting_as(cast.fay):
        mine: dict[str, Any] = {"by": cast.fay, "child": cast.cleo, "door": "api"}
        publish_program(cast.cleo, cast.tess)
        log_session(cast.fay, cast.cleo)
        recording.record_bedtime(client_id=make_id(), entry=cleos_bedtime(), now=at("20:05"), **mine)
        recording.record_observation(client_id=make_id(), entry=cleos_lotion(), now=at("20:06"), **mine)
    return cast


def read(cast: Cast, name: str) -> Diary:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return diary(user, cast.cleo, first=MONDAY - ONE_DAY, last=MONDAY, now=at("21:00"))


def test_a_day_reads_in_the_order_it_went(evening: Cast) -> None:
    (day,) = read(evening, "tess").days
    assert (day.on, day.week) == (MONDAY, 3)
    assert [one.entry.kind for one in day.entries] == ["observation", "session", "bedtime"]
    session = day.entries[1].entry
    assert (session.by.shown_as, session.by.name) == (ShownAs.NAME, evening.fay.name)
    bedtime = day.entries[2].entry.details
    assert isinstance(bedtime, BedtimeDetails)
    assert bedtime.latency is not None
    assert (bedtime.latency.minutes, bedtime.is_in_progress) == (19.0, False)


def test_the_author_reads_you_and_may_revise(evening: Cast) -> None:
    (day,) = read(evening, "fay").days
    assert {(one.entry.by.shown_as, one.entry.may_revise) for one in day.entries} == {(ShownAs.YOU, True)}


def test_the_other_household_reads_walls_and_a_role_but_no_place_and_no_name(evening: Cast) -> None:
    seen = read(evening, "greg")
    for one in seen.days[0].entries:
        entry = one.entry
        assert (entry.zone, entry.received_at, entry.occurred.at) == (None, None, None)
        assert (entry.by.shown_as, entry.by.role, entry.by.name) == (ShownAs.ROLE, AuthorRole.GUARDIAN, "")
        assert not entry.may_revise
    bedtime = seen.days[0].entries[2].entry.details
    assert isinstance(bedtime, BedtimeDetails)
    assert bedtime.lights_out is not None
    assert (bedtime.lights_out.wall, bedtime.lights_out.at) == (dt.datetime(2026, 11, 16, 19, 42), None)  # noqa: DTZ001
    everything = list(values_in(dataclasses.asdict(seen)))
    assert "America/New_York" not in everything
    assert not [value for value in everything if isinstance(value, dt.datetime) and value.tzinfo]
    assert not [value for value in everything if isinstance(value, str) and "planted-fay" in value]


def test_a_household_reads_its_own_names_and_a_logger_only_their_own_entries(
    evening: Cast,
) -> None:
    with rls.acting_as(evening.nan):
        log_session(evening.nan, evening.cleo, occurred_at=at("09:00"))
    (day,) = read(evening, "nan").days
    assert [one.entry.by.shown_as for one in day.entries] == [ShownAs.YOU]
    nans = next(one.entry for one in read(evening, "fay").days[0].entries if not one.entry.is_mine)
    assert (nans.by.shown_as, nans.by.name, nans.zone) == (
        ShownAs.NAME,
        evening.nan.name,
        "America/New_York",
    )


def test_own_entries_only_shows_a_guardian_their_own(evening: Cast) -> None:
    with rls.acting_as(evening.tess):
        Child.objects.filter(pk=evening.cleo.pk).update(sharing_mode="own_only")
    evening.cleo.sharing_mode = "own_only"
    assert read(evening, "greg").entry_count == 0
    assert read(evening, "fay").entry_count == 3


def test_staff_who_are_not_on_the_team_read_nothing(evening: Cast) -> None:
    for name in ("otto", "theo", "opal", "tara", "rex", "tova"):
        assert read(evening, name).entry_count == 0, name


def test_a_withdrawn_entry_leaves_the_page_and_a_remark_stands_beside_its_entry(evening: Cast) -> None:
    lotion, session, _ = (one.entry for one in read(evening, "fay").days[0].entries)
    with rls.acting_as(evening.fay):
        withdraw_entry(
            by=evening.fay,
            child=evening.cleo,
            kind=EntryKind.OBSERVATION,
            client_id=lotion.client_id,
            now=at("20:10"),
        )
    with rls.acting_as(evening.tess):
        annotate_entry(
            by=evening.tess,
            child=evening.cleo,
            kind=EntryKind.SESSION,
            client_id=session.client_id,
            body="Feet first next time",
            now=at("21:00"),
        )
    (day,) = read(evening, "fay").days
    assert [one.entry.kind for one in day.entries] == ["session", "bedtime"]
    (remark,) = day.entries[0].remarks
    assert (remark.body, remark.by.role) == ("Feet first next time", AuthorRole.CARE_TEAM)


def test_an_entry_told_late_says_so(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo, now=at("19:20") + 3 * ONE_DAY)
    assert [one.entry.is_late for one in read(cast, "tess").days[0].entries] == [True]


def test_the_diary_asks_as_many_questions_of_ten_times_the_entries(evening: Cast) -> None:
    counts = []
    for more in (0, 30):
        with rls.acting_as(evening.fay):
            for back in range(more):
                log_session(evening.fay, evening.cleo, occurred_at=at("12:00", on=MONDAY - back * ONE_DAY))
        with rls.acting_as(evening.tess), CaptureQueriesContext(connection) as asked:
            diary(
                evening.tess,
                evening.cleo,
                first=MONDAY - 60 * ONE_DAY,
                last=MONDAY,
                now=at("21:00"),
            )
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_pages_of_entries_meet_without_gap_or_double(evening: Cast) -> None:
    with rls.acting_as(evening.fay):
        for back in range(7):
            log_session(evening.fay, evening.cleo, occurred_at=at("09:00", on=MONDAY - back * ONE_DAY))
        ids, before = [], None
        while True:
            page = page_of_entries(
                evening.fay, evening.cleo, EntryKind.SESSION, now=at("21:00"), limit=3, before=before
            )
            ids += [entry.client_id for entry in page.entries]
            before = page.next_before
            if before is None:
                break
    assert len(ids) == len(set(ids)) == 8


def values_in(told: Any) -> Iterator[Any]:
    if isinstance(told, dict):
        for value in told.values():
            yield from values_in(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from values_in(value)
    else:
        yield told

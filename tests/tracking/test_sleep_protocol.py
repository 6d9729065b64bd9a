"""Fourteen nights on paper: what was told and what was not; what is typical with and without marked ones."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import Child, User
from clinic.vocabulary import SharingMode
from tests import factories
from tests.cast import Cast, make_id, planted
from tests.tracking.records import NEW_YORK
from tests.tracking.reporting import asked, days_ago, paper_of, written
from tracking.models import ReportKind
from tracking.readings.nights import Nights, nights_of
from tracking.services import recording
from tracking.sleep import AtLeast
from tracking.sync.bodies import BedtimeBody

pytestmark = pytest.mark.django_db


def night(
    cast: Cast,
    back: int,
    minutes: int | None,
    *,
    by: User | None = None,
    seen_awake: int | None = None,
    days_later: int = 0,
    **told: Any,
) -> None:
    """In bed at 19:30 so many evenings ago, asleep `minutes` after or still awake when last seen."""
    teller = by or cast.fay
    lights_out = dt.datetime.combine(days_ago(cast, back), dt.time(19, 30), ZoneInfo(NEW_YORK))
    entry = BedtimeBody(
        lights_out_at=lights_out,
        asleep_at=None if minutes is None else lights_out + dt.timedelta(minutes=minutes),
        still_awake_at=None if seen_awake is None else lights_out + dt.timedelta(minutes=seen_awake),
        **told,
    )
    with rls.acting_as(teller, system="seeding"):
        recording.record_bedtime(
            by=teller,
            child=cast.cleo,
            client_id=make_id(),
            entry=entry,
            door="family_pages",
            now=lights_out + dt.timedelta(hours=10, days=days_later),
        )


def read(cast: Cast, *, home: str = "") -> Nights:
    with rls.acting_as(cast.tess):
        family = getattr(cast, home) if home else None
        return nights_of(cast.tess, cast.cleo, family=family, last=days_ago(cast, 0), now=rls.now())


def test_medians_are_told_with_and_without_the_nights_of_illness_and_travel(cast: Cast) -> None:
    for back, minutes in ((13, 50), (12, 60), (11, 20), (10, 30), (9, 40)):
        night(cast, back, minutes, confounders=("ill",) if back > 11 else ())
    nights = read(cast)
    assert (nights.all_nights.count, nights.all_nights.of) == (5, 14)
    assert (nights.without_marked.count, nights.without_marked.of) == (3, 12)
    assert nights.all_nights.latency is not None
    assert nights.without_marked.latency is not None
    assert (nights.all_nights.latency.median, nights.without_marked.latency.median) == (40, 30)
    _, text = paper_of(cast, ReportKind.SLEEP_PROTOCOL)
    assert "Median 40 minutes from lights out to sleep" in text
    assert "Without the 2 nights of illness or travel: median 30 minutes" in text
    assert "(3 of 12 nights)" in text
    assert "worked" not in text
    assert "%" not in text


def test_a_child_still_awake_when_last_seen_is_more_than_and_never_a_number(cast: Cast) -> None:
    night(cast, 9, None, seen_awake=60)
    night(cast, 8, None, seen_awake=60)
    night(cast, 7, 20)
    nights = read(cast)
    assert nights.all_nights.latency is not None
    assert nights.all_nights.latency.median == AtLeast(60)
    _, text = paper_of(cast, ReportKind.SLEEP_PROTOCOL)
    assert "Median > 60 minutes" in text
    assert "awake at 8:30 p.m. > 60" in text
    assert "there the counting stopped" in text


def test_a_night_nobody_told_of_is_missing_and_says_so(cast: Cast) -> None:
    night(cast, 3, 20)
    _, text = paper_of(cast, ReportKind.SLEEP_PROTOCOL)
    assert text.count("No record") == 13
    assert "1 night of 14 tells how long falling asleep took: too few to say anything." in text


def test_nights_nobody_was_asked_about_are_no_gap(cast: Cast) -> None:
    long_ago = rls.now() - dt.timedelta(days=40)
    factories.ask_plan(cast.cleo, by=cast.tess, questions=("state_after",), at=long_ago)
    night(cast, 3, 20)
    nights = read(cast)
    assert (nights.all_nights.count, nights.all_nights.of) == (1, 1)
    _, text = paper_of(cast, ReportKind.SLEEP_PROTOCOL)
    assert text.count("Not asked about") == 13


def test_who_told_it_and_that_it_was_late_is_beside_each_night(cast: Cast) -> None:
    night(cast, 5, 20)
    night(cast, 4, 25, by=cast.greg, days_later=3)
    _, text = paper_of(cast, ReportKind.SLEEP_PROTOCOL)
    assert f"{cast.fay.name} 1" in text
    assert "1 of 2 was logged more than two days late." in text
    assert text.replace("- ", "-").count("logged late") == 1


def test_the_night_of_today_is_no_missing_one(cast: Cast) -> None:
    night(cast, 1, 20)
    assert read(cast).last == days_ago(cast, 1)


def test_of_two_who_told_of_one_night_the_first_told_is_in_the_figures(cast: Cast) -> None:
    night(cast, 2, 30)
    night(cast, 2, 50, by=cast.greg, days_later=1)
    told = [one.minutes for one in read(cast).nights[-2].told]
    assert sorted(told, key=str) == [30, None]


@pytest.mark.parametrize(
    ("mode", "sees", "name"),
    [
        (SharingMode.FULL, 2, "greg-name"),
        (SharingMode.ROLE_LABEL, 2, "a guardian"),
        (SharingMode.OWN_ONLY, 1, ""),
    ],
)
def test_a_home_reads_of_the_other_what_the_child_sharing_mode_says(
    cast: Cast, mode: SharingMode, sees: int, name: str
) -> None:
    night(cast, 5, 20)
    night(cast, 4, 25, by=cast.greg)
    with rls.acting_as(system="seeding"):
        Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=mode)
    cast.cleo.sharing_mode = mode
    assert len(read(cast, home="fays_home").told) == sees
    assert len(read(cast).told) == 2
    _, text = paper_of(cast, ReportKind.SLEEP_PROTOCOL, home=cast.fays_home)
    seen = planted(name) if name.endswith("-name") else name
    assert seen in text.replace("- ", "-")
    assert (planted("greg-name") in text.replace("- ", "-")) == (mode == SharingMode.FULL)
    assert ("At the other home" in text) == (mode == SharingMode.OWN_ONLY)


def test_a_child_of_whom_no_night_was_told_gets_a_sentence_and_no_empty_table(cast: Cast) -> None:
    paper, text = paper_of(cast, ReportKind.SLEEP_PROTOCOL, home=cast.fays_home)
    assert "No night has been told here in these fourteen days." in text
    assert "Lights out" not in text
    assert len(paper.pages) == 1


def test_a_protocol_holds_no_note_and_no_other_word_of_the_record(cast: Cast) -> None:
    factories.record(cast)
    night(cast, 3, 20, note="A word of hers alone.")
    for home in (None, cast.fays_home):
        _, text = paper_of(cast, ReportKind.SLEEP_PROTOCOL, home=home)
        assert "A word of hers alone." not in text
        for secret in ("entry-note", "note-body", "fays-home-phone", "fay-check-in", "gregs-home"):
            assert planted(secret) not in text


def test_more_nights_ask_no_more(cast: Cast) -> None:
    night(cast, 2, 20)
    report = asked(cast, ReportKind.SLEEP_PROTOCOL, home=cast.fays_home)
    with CaptureQueriesContext(connection) as few:
        written(cast, report)
    for back in range(3, 13):
        night(cast, back, 20 + back)
    with CaptureQueriesContext(connection) as many:
        written(cast, report)
    assert len(many) == len(few)

"""A week on paper: the sheet of each home, and the grid it is typed into, a day at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from clinic import rls
from clinic.localtime import local_day
from clinic.models import CaregiverGrant
from tests import factories
from tests.cast import Cast, planted
from tests.web.sending import fields_of
from tracking.models import Bedtime, MassageSession, StimulusDay, TrackedStimulus

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(cast: Cast) -> list[dt.date]:
    """The last seven days where the clinic is."""
    today = local_day(rls.now(), cast.harbor.zone)
    return [today - dt.timedelta(days=back) for back in reversed(range(7))]


@pytest.fixture
def opal(cast: Cast, sign_in: Any) -> Client:
    factories.prescribed(cast.cleo, by=cast.tess)
    client: Client = sign_in(cast.opal)
    return client


def typing(cast: Cast) -> str:
    return f"/children/{cast.cleo.pk}/paper/typing/"


def words(page: Any) -> str:
    text: str = page.content.decode()
    return text


def evening(
    day: dt.date, *, minutes: str = "5", in_bed: str = "1942", asleep: str = "0005"
) -> dict[str, Any]:
    told = {"outcome-0": "d", "minutes-0": minutes, "in_bed": in_bed, "asleep": asleep}
    return {f"{day}-{name}": value for name, value in told.items()}


def test_a_sheet_has_a_row_a_day_in_the_words_of_its_home_and_no_last_name(cast: Cast, sign_in: Any) -> None:
    factories.prescribed(cast.cleo, by=cast.tess, anchors=("after_bath", "bedtime"))
    fay, greg = sign_in(cast.fay), sign_in(cast.greg)
    sheet = words(fay.get(f"/family/{cast.cleo.pk}/paper/?first=2031-05-01"))
    assert sheet.count('<tr class="paper-away">') == 2
    assert sheet.count("After bath, 6:30 p.m.") == 5
    assert sheet.count("At the other home") == 2
    assert "May 1, 2031" in sheet
    assert planted("cleo-last-name") not in sheet
    other = words(greg.get(f"/family/{cast.cleo.pk}/paper/?first=2031-05-01"))
    assert other.count('<tr class="paper-away">') == 5
    for place in ("America/New_York", planted("fays-home"), planted("fays-home-address"), cast.fay.name):
        assert place not in other


def test_the_team_prints_either_home_and_no_other(cast: Cast, sign_in: Any) -> None:
    tess = sign_in(cast.tess)
    address = f"/children/{cast.cleo.pk}/paper/"
    assert words(tess.get(address, {"home": cast.gregs_home.pk})).count('<tr class="paper-away">') == 5
    assert tess.get(address, {"home": cast.finns_home.pk}).status_code == 404


def test_typed_days_are_kept_as_paper_and_once(cast: Cast, opal: Client, week: list[dt.date]) -> None:
    fays = CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay)
    told = fields_of(opal.get(typing(cast))) | {"told_by_grant": str(fays.pk)}
    told |= evening(week[0]) | {f"{week[1]}-outcome-0": "n"}
    for _send in range(2):
        assert opal.post(typing(cast), told).status_code == 302
    first, second = MassageSession.objects.filter(child=cast.cleo).order_by("local_day")
    assert (first.local_day, first.outcome, first.minutes, first.source) == (week[0], "done", 5, "paper")
    assert (first.precision, first.part_of_day, first.slot_number) == ("part_of_day", "evening", 1)
    assert (first.reported_by, first.told_by_grant, first.is_on_behalf) == (cast.opal, fays, True)
    assert (second.local_day, second.outcome) == (week[1], "not_today")
    bedtime = Bedtime.objects.get(child=cast.cleo)
    assert (bedtime.local_day, bedtime.precision) == (week[0], "minute")
    assert bedtime.asleep_at - bedtime.lights_out_at == dt.timedelta(hours=4, minutes=23)


def test_a_wrong_day_costs_no_other_and_says_what_is_wrong(
    cast: Cast, opal: Client, week: list[dt.date]
) -> None:
    told = fields_of(opal.get(typing(cast)))
    wrong = evening(week[1], in_bed="2561") | {f"{week[2]}-minutes-0": "4"}
    page = opal.post(typing(cast), told | evening(week[0]) | wrong)
    assert page.status_code == 200
    assert MassageSession.objects.get(child=cast.cleo).local_day == week[0]
    assert "Type a time with four digits" in words(page)
    assert "Type what became of the massage too." in words(page)
    assert "1 day was written down." in words(page)
    right = fields_of(page) | {f"{week[1]}-in_bed": "1950", f"{week[2]}-outcome-0": "s"}
    assert opal.post(typing(cast), right).status_code == 302
    assert sorted(MassageSession.objects.values_list("local_day", flat=True)) == week[:3]


def test_touches_are_typed_yes_or_no(cast: Cast, opal: Client, week: list[dt.date]) -> None:
    with rls.acting_as(cast.tess):
        tag = TrackedStimulus.objects.create(
            clinic=cast.harbor, child=cast.cleo, stimulus="cloth_tag", from_on=week[0], created_by=cast.tess
        )
    told = fields_of(opal.get(typing(cast)))
    opal.post(typing(cast), told | {f"{week[0]}-touch-{tag.pk}": "y", f"{week[3]}-touch-{tag.pk}": "N"})
    answers = StimulusDay.objects.order_by("local_day").values_list("local_day", "came_up", "source")
    assert list(answers) == [(week[0], True, "paper"), (week[3], False, "paper")]


def test_a_caregiver_who_is_nobody_to_the_child_told_nothing(
    cast: Cast, opal: Client, week: list[dt.date]
) -> None:
    finns = CaregiverGrant.objects.get(child=cast.fern, user=cast.finn)
    told = fields_of(opal.get(typing(cast))) | evening(week[0]) | {"told_by_grant": str(finns.pk)}
    assert opal.post(typing(cast), told).status_code == 200
    assert not MassageSession.objects.exists()

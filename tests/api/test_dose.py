"""How much was given, over HTTP: for the care team, by each schedule; families are told of no share."""

from __future__ import annotations

from collections.abc import Callable

from clinic.models import User
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.prescribing import EVERY_EVENING
from tests.web.test_therapists_schedule import WEEKLY, three_weeks

AppOf = Callable[[User], App]


def test_the_team_reads_what_each_schedule_asked_for_and_what_was_given(app_of: AppOf, cast: Cast) -> None:
    three_weeks(cast, EVERY_EVENING, WEEKLY)
    at = f"/api/v1/children/{cast.cleo.pk}/dose"
    told = app_of(cast.tess).get(at)
    at_home, with_tess = told["given"]
    assert (at_home["provider"], with_tess["provider"]) == ("caregiver", "therapist")
    assert (at_home["prescribed_sessions"], at_home["offered_count"]) == (21, 1)
    assert (with_tess["prescribed_sessions"], with_tess["offered_count"], with_tess["minutes"]) == (3, 2, 30)
    assert [week["offered"] for week in with_tess["weeks"]] == [1, 1, 0]
    assert told["days_offered"]["of"] == 21
    assert app_of(cast.asha).get(at).body == told.body
    for other in (cast.fay, cast.greg, cast.nan, cast.otto, cast.theo):
        assert app_of(other).get(at).status == 404


def test_without_a_program_there_is_nothing_to_count(app_of: AppOf, cast: Cast) -> None:
    told = app_of(cast.tess).get(f"/api/v1/children/{cast.cleo.pk}/dose")
    assert (told["program"], told["given"], told["days_offered"]["of"]) == (None, [], 0)

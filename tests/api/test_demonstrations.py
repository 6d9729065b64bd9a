"""What was shown, over the API; and the steps that open for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clinic import rls
from clinic.models import CaregiverGrant, User
from tests.api.client import App
from tests.cast import Cast, make_id
from tests.tracking.prescribing import changed, published, started
from tracking.models import Demonstration, HomeProgram
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput

AppOf = Callable[[User], App]


def at(cast: Cast, rest: str = "demonstrations") -> str:
    return f"/api/v1/children/{cast.cleo.pk}/{rest}"


def shown_to(cast: Cast, user: User, **how: Any) -> dict[str, Any]:
    grant = CaregiverGrant.objects.get(user=user, child__in=[cast.cleo, cast.fern])
    return {"what": "stroke", "stroke": "toe-rolls", "grant": str(grant.pk)} | how


@pytest.fixture
def program(cast: Cast) -> HomeProgram:
    with rls.acting_as(cast.tess):
        made = changed(
            cast.tess,
            started(cast.tess, cast.cleo, title="Feet"),
            steps=[StepInput(stroke="toe-rolls", opens_when_taught=True)],
            schedules=[ScheduleInput(slots=[SlotInput(anchor="after_bath")], minutes=5)],
        )
        published(cast.tess, made)
        return made


def test_a_step_opens_over_the_api_for_the_household_that_was_taught(
    cast: Cast, app_of: AppOf, program: HomeProgram
) -> None:
    fays, gregs, nans = app_of(cast.fay), app_of(cast.greg), app_of(cast.nan)

    def is_open(app: App) -> bool:
        return app.get(at(cast, f"programs/{program.pk}"))["current"]["steps"][0]["is_open"]

    assert [is_open(app) for app in (fays, gregs, nans)] == [False, False, False]
    made = app_of(cast.tess).post(at(cast), {"shown": [shown_to(cast, cast.fay)]})
    assert made.status == 201
    assert (made["items"][0]["name"], made["items"][0]["level"]) == ("Toe rolls", "shown")
    assert [is_open(app) for app in (fays, gregs, nans)] == [True, False, True]


def test_one_thing_that_cannot_be_keeps_all_from_being_kept(cast: Cast, app_of: AppOf) -> None:
    tesss = app_of(cast.tess)
    foreign, random = shown_to(cast, cast.finn), shown_to(cast, cast.fay) | {"grant": str(make_id())}
    answers = [tesss.post(at(cast), {"shown": [shown_to(cast, cast.fay), bad]}) for bad in (foreign, random)]
    assert answers[0].body == answers[1].body
    assert answers[0].fields == {"shown.1.grant": "invalid"}
    assert not Demonstration.objects.exists()


def test_each_guardian_reads_of_their_own_household(cast: Cast, app_of: AppOf) -> None:
    both = [shown_to(cast, cast.fay), shown_to(cast, cast.greg)]
    app_of(cast.tess).post(at(cast), {"shown": both})
    for user in (cast.fay, cast.greg):
        [one] = app_of(user).get(at(cast))["items"]
        assert (one["to"], one["is_mine"]) == (user.name, True)
    assert app_of(cast.nan).get(at(cast)).status == 404


def test_what_was_shown_comes_in_pages(cast: Cast, app_of: AppOf) -> None:
    tesss = app_of(cast.tess)
    levels = ("shown", "alone", "again")
    tesss.post(at(cast), {"shown": [shown_to(cast, cast.fay, level=level) for level in levels]})
    first = tesss.get(at(cast), limit=2)
    second = tesss.get(at(cast), limit=2, cursor=first["next_cursor"])
    assert len({one["id"] for one in (*first["items"], *second["items"])}) == 3
    assert second["next_cursor"] is None

"""What an app is told of a household's reminders, and what it may wish for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clinic import rls
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, User
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.reminding import NEW_YORK, keep
from tracking.models import ReminderMute, ReminderRule

AppOf = Callable[[User], App]


@pytest.fixture
def rule(cast: Cast) -> ReminderRule:
    """Cleo's evening program at Fay's."""
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=rls.now())
    return ReminderRule.objects.get(family=cast.fays_home)


def reminders(cast: Cast, more: str = "") -> str:
    return f"/api/v1/children/{cast.cleo.pk}/reminders{more}"


def test_a_guardian_reads_their_own_households_reminders(
    cast: Cast, app_of: AppOf, rule: ReminderRule
) -> None:
    [one] = app_of(cast.fay).get(reminders(cast)).body["items"]
    assert (one["id"], one["slot"], one["anchor"], one["at"]) == (str(rule.pk), 1, "after_bath", "18:30:00")
    assert one["next_at"] is not None
    assert {each["name"] for each in one["recipients"]} == {cast.fay.name, cast.nan.name}
    [gregs] = app_of(cast.greg).get(reminders(cast)).body["items"]
    assert gregs["id"] != one["id"]
    assert [each["name"] for each in gregs["recipients"]] == [cast.greg.name]


def test_a_change_is_made_from_the_state_one_saw(cast: Cast, app_of: AppOf, rule: ReminderRule) -> None:
    fay, address = app_of(cast.fay), reminders(cast, f"/{rule.pk}")
    changed = fay.patch(address, {"weekdays": [0, 2]}, **{"If-Match": '"1"'})
    assert (changed.status, changed.body["weekdays"], changed.body["lock_version"]) == (200, [0, 2], 2)
    assert changed.headers["ETag"] == '"2"'
    assert fay.patch(address, {"is_on": False}, **{"If-Match": '"1"'}).status == 412
    off = fay.patch(address, {"is_on": False}, **{"If-Match": '"2"'})
    assert (off.body["is_on"], off.body["next_at"]) == (False, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weekdays": [7]}, "weekdays"),
        ({"paused_through": "2020-01-01"}, "paused_through"),
        ({"recipients": ["01980000-0000-7000-8000-00000000000a"]}, "recipients"),
        ({"at": "18:00"}, "at"),
    ],
)
def test_a_wish_that_cannot_be_names_its_field(
    cast: Cast, app_of: AppOf, rule: ReminderRule, change: dict[str, Any], field: str
) -> None:
    refused = app_of(cast.fay).patch(reminders(cast, f"/{rule.pk}"), change, **{"If-Match": '"1"'})
    assert refused.status == 400
    assert field in refused.body["errors"][0]["field"]
    rule.refresh_from_db()
    assert rule.lock_version == 1


def test_a_recipient_of_another_home_is_as_unknown_as_nobody(
    cast: Cast, app_of: AppOf, rule: ReminderRule
) -> None:
    greg = CaregiverGrant.objects.get(user=cast.greg, child=cast.cleo)
    asked = [
        app_of(cast.fay)
        .patch(reminders(cast, f"/{rule.pk}"), {"recipients": [pk]}, **{"If-Match": '"1"'})
        .body
        for pk in (str(greg.pk), "01980000-0000-7000-8000-00000000000a")
    ]
    assert asked[0] == asked[1]


def test_a_log_only_caregiver_mutes_their_own_and_changes_nothing_else(
    cast: Cast, app_of: AppOf, rule: ReminderRule
) -> None:
    nan = app_of(cast.nan)
    muted = nan.put(reminders(cast, f"/{rule.pk}/mine"), {"is_reminded": False})
    assert (muted.status, muted.body["next_at"]) == (200, None)
    assert [mute.user for mute in ReminderMute.objects.all()] == [cast.nan]
    assert nan.patch(reminders(cast, f"/{rule.pk}"), {"is_on": False}, **{"If-Match": '"1"'}).status == 403
    assert nan.put(reminders(cast, "/pause"), {"through": None}).status == 403
    assert nan.post(reminders(cast, "/back")).status == 403


def test_a_pause_is_for_all_reminders_of_the_home(cast: Cast, app_of: AppOf, rule: ReminderRule) -> None:
    fay = app_of(cast.fay)
    today = local_day(rls.now(), NEW_YORK)
    paused = fay.put(reminders(cast, "/pause"), {"through": today.isoformat()})
    assert (paused.status, paused.body["paused_through"]) == (200, today.isoformat())
    on_again = fay.put(reminders(cast, "/pause"), {"through": None})
    assert on_again.body["paused_through"] is None


def test_bringing_back_answers_with_what_comes_next(cast: Cast, app_of: AppOf, rule: ReminderRule) -> None:
    back = app_of(cast.fay).post(reminders(cast, "/back"))
    assert (back.status, back.body["rests"]) == (200, False)
    rule.refresh_from_db()
    assert rule.counts_from is not None


def test_nothing_that_came_is_nothing_to_put_off(cast: Cast, app_of: AppOf, rule: ReminderRule) -> None:
    refused = app_of(cast.fay).post(reminders(cast, f"/{rule.pk}/again"))
    assert (refused.status, refused.code) == (409, "nothing_to_put_off")

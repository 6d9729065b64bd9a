"""What the care team is told of reminders, and nothing of how a household is reached."""

from __future__ import annotations

import json
from collections.abc import Callable

from clinic.models import User
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.reminding import at, log, sent_evening
from tracking.models import ReminderDelivery

AppOf = Callable[[User], App]


def test_the_team_reads_what_was_sent_and_whether_it_was_answered(app_of: AppOf, cast: Cast) -> None:
    day = sent_evening(cast)
    address = f"/api/v1/children/{cast.cleo.pk}/reminders-sent"
    tesss = app_of(cast.tess)
    (home,) = tesss.get(address)["items"]
    (told,) = home["reminders"]
    assert (home["household"], told["on"], told["anchor"]) == (
        str(cast.fays_home.pk),
        day.isoformat(),
        "after_bath",
    )
    assert (told["fate"], told["is_answered"]) == ("sent", False)
    log(cast.cleo, day, "17:00", by=cast.fay, received_at=at(day, "17:05"))
    assert not tesss.get(address)["items"][0]["reminders"][0]["is_answered"], "told before it"
    log(cast.cleo, day, "18:45", by=cast.greg, received_at=at(day, "19:00"))
    assert tesss.get(address)["items"][0]["reminders"][0]["is_answered"], "by anyone"


def test_a_massage_told_of_a_slot_that_is_gone_answers_too(app_of: AppOf, cast: Cast) -> None:
    day = sent_evening(cast)
    log(cast.cleo, day, "18:45", by=cast.fay, received_at=at(day, "19:00"), slot_number=9)
    (home,) = app_of(cast.tess).get(f"/api/v1/children/{cast.cleo.pk}/reminders-sent")["items"]
    assert home["reminders"][0]["is_answered"]


def test_neither_whom_it_reached_nor_how_nor_when_is_told(app_of: AppOf, cast: Cast) -> None:
    day = sent_evening(cast)
    answer = app_of(cast.tess).get(f"/api/v1/children/{cast.cleo.pk}/reminders-sent")
    text = json.dumps(answer["items"][0]["reminders"])
    assert ReminderDelivery.objects.count() == 2
    for secret in (str(cast.fay.pk), str(cast.nan.pk), "email", "18:30", at(day, "18:30").isoformat()[11:16]):
        assert secret not in text
    for other in (cast.asha, cast.fay, cast.theo, cast.otto):
        assert app_of(other).get(f"/api/v1/children/{cast.cleo.pk}/reminders-sent").status == 404

"""Flags over the API: the list, what is done about one, and the head an owner reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from clinic import rls
from clinic.models import User
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.flags import raise_flag, set_readers
from tracking.models import Flag
from tracking.vocabulary.concerns import FlagCode
from tracking.vocabulary.flags import ReaderKind

AppOf = Callable[[User], App]
FLAGS = "/api/v1/clinics/harbor/flags"


def test_a_flag_is_taken_put_off_and_closed_with_words_in_their_language(cast: Cast, app_of: AppOf) -> None:
    flag = raise_flag(cast.cleo, FlagCode.NO_LOGS, days=7)
    tesss, one = app_of(cast.tess), f"{FLAGS}/{flag.pk}"
    [listed] = tesss.get(FLAGS)["items"]
    assert (listed["code"], listed["child"], listed["detail"]) == ("no_logs", str(cast.cleo.pk), {"days": 7})
    taken = tesss.put(f"{one}/acknowledgement", {"will_do": "أتصل بهم", "language": "ar"})
    assert (taken.status, taken["taken_by"]) == (200, cast.tess.name)
    assert [line["language"] for line in taken["history"] if line["words"]] == ["ar"]
    until = (rls.now() + dt.timedelta(days=2)).isoformat()
    assert tesss.post(f"{one}/snoozes", {"until_at": until, "reason": "On holiday"}).status == 201
    assert tesss.get(FLAGS, shown="put_off")["counts"] == {
        "needs_somebody": 0,
        "taken": 0,
        "put_off": 1,
        "closed": 0,
    }
    closed = tesss.put(f"{one}/closing", {"reason": "Back on Friday"})
    assert (closed["closed_at"] is not None, closed["history"][-1]["words"]) == (True, "Back on Friday")
    again = tesss.put(f"{one}/closing", {"reason": "Again"})
    assert (again.status, again.code) == (409, "already_closed")


def test_a_medical_flag_is_put_off_for_hours_alone(cast: Cast, app_of: AppOf) -> None:
    flag = raise_flag(cast.cleo, FlagCode.SKILL_LOSS)
    until = (rls.now() + dt.timedelta(days=2)).isoformat()
    refused = app_of(cast.tess).post(f"{FLAGS}/{flag.pk}/snoozes", {"until_at": until, "reason": "Later"})
    assert (refused.status, set(refused.fields)) == (400, {"until_at"})
    with rls.acting_as(cast.tess):
        assert Flag.objects.get(pk=flag.pk).snoozed_until is None


def test_an_owner_reads_the_head_alone(cast: Cast, app_of: AppOf) -> None:
    set_readers(cast, ReaderKind.OWNER)
    flag = raise_flag(cast.cleo, FlagCode.SKILL_LOSS)
    head = app_of(cast.otto).get(f"{FLAGS}/{flag.pk}")
    assert (head["code"], head["detail"], head["for_family"]) == (None, {}, None)
    assert app_of(cast.tess).get(f"{FLAGS}/{flag.pk}")["code"] == "skill_loss"
    for user in (cast.theo, cast.fay):
        assert app_of(user).get(f"{FLAGS}/{flag.pk}").status == 404

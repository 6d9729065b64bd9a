"""Goals, assessments, notes, messages and what is asked about daily."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid, Stale
from tests.cast import Cast, make_id
from tests.tracking.records import MONDAY, at
from tracking.models import Goal, Note
from tracking.readings.messages import thread
from tracking.readings.sight import ShownAs
from tracking.services import goals, messaging, notes

NOW = at("12:00")
# The example ladder of the clinical notes (E.1).
LADDER = (
    "cries and removes every shirt with a tag",
    "wears it under 5 min with help",
    "wears it 30 min with one reminder",
    "a morning without reminder",
    "all day, any shirt",
)


def a_goal(cast: Cast, **changes: Any) -> Goal:
    told: dict[str, Any] = {"title": "Wear any shirt", "ladder": LADDER, "set_on": MONDAY, "now": NOW}
    return goals.set_goal(by=cast.tess, child=cast.cleo, **(told | changes))


def test_a_therapist_sets_a_goal_and_rates_it(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        goal = a_goal(cast, own_words="Mornings without a fight", primary_outcome="touch_intensity")
        rating = goals.rate_goal(by=cast.tess, goal=goal, level=1, on=MONDAY, now=NOW)
    assert (goal.baseline_level, tuple(goal.ladder), rating.level) == (-1, LADDER, 1)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"ladder": LADDER[:4]}, "ladder"),
        ({"ladder": (*LADDER[:4], " ")}, "ladder"),
        ({"baseline_level": 0}, "baseline_level"),
        ({"importance": 4}, "importance"),
        ({"title": ""}, "title"),
        ({"primary_outcome": "adherence"}, "primary_outcome"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_by_its_field(cast: Cast, told: dict[str, Any], field: str) -> None:
    with rls.acting_as(cast.tess), pytest.raises(Invalid) as refused:
        a_goal(cast, **told)
    assert refused.value.field == field


def test_a_guardian_and_an_owner_off_the_team_set_no_goal(cast: Cast) -> None:
    for name in ("fay", "otto"):
        with rls.acting_as(getattr(cast, name)), pytest.raises(Forbidden):
            goals.set_goal(
                by=getattr(cast, name), child=cast.cleo, title="x", ladder=LADDER, set_on=MONDAY, now=NOW
            )


def test_a_goal_changed_by_somebody_else_meanwhile_is_stale(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        goal = a_goal(cast)
        changed = goals.change_goal(by=cast.tess, goal=goal, lock_version=1, is_open=False, now=NOW)
        assert (changed.is_open, changed.lock_version) == (False, 2)
        with pytest.raises(Stale):
            goals.change_goal(by=cast.tess, goal=goal, lock_version=1, title="Other", now=NOW)


def test_an_instrument_keeps_totals_and_never_items(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        kept = goals.record_assessment(
            by=cast.tess,
            child=cast.cleo,
            instrument="sp2_infant",
            on=MONDAY,
            totals={"total": {"value": 61, "band": "more than others"}},
            now=NOW,
        )
        assert kept.totals["total"]["value"] == 61
        for total in (
            {"value": "61"},
            {"value": 61, "items": [1, 2]},
            {"value": 61, "most": 60},
            {"least": 1},
        ):
            with pytest.raises(Invalid):
                goals.record_assessment(
                    by=cast.tess,
                    child=cast.cleo,
                    instrument="sp2_infant",
                    on=MONDAY,
                    totals={"total": total},
                    now=NOW,
                )


def test_a_note_is_its_authors_to_rewrite_and_a_private_one_theirs_to_read(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        note = notes.write_note(
            by=cast.tess, child=cast.cleo, body="Ask about tags", is_private=True, now=NOW
        )
        changed = notes.rewrite_note(
            by=cast.tess, note=note, lock_version=1, body="Asked about tags", now=NOW
        )
        assert (changed.body, changed.lock_version) == ("Asked about tags", 2)
        with pytest.raises(Stale):
            notes.rewrite_note(by=cast.tess, note=note, lock_version=1, body="Older", now=NOW)
    with rls.acting_as(cast.asha):
        assert not Note.objects.visible_to(cast.asha).exists()
        with pytest.raises(Forbidden):
            notes.rewrite_note(by=cast.asha, note=changed, lock_version=2, body="Mine", now=NOW)


def test_a_message_is_sent_once_however_often_it_comes(cast: Cast) -> None:
    mine: dict[str, Any] = {"by": cast.fay, "child": cast.cleo, "client_id": make_id(), "now": NOW}
    with rls.acting_as(cast.fay):
        first = messaging.send_message(body="She asked for the other foot", **mine)
        again = messaging.send_message(body="She asked for the other foot", **mine)
        assert (first.is_replay, again.is_replay, again.message.pk) == (False, True, first.message.pk)
        with pytest.raises(IdAlreadyUsed):
            messaging.send_message(body="Other words", **mine)
        with pytest.raises(Invalid):
            messaging.send_message(body="  ", **(mine | {"client_id": make_id()}))
    assert not first.message.is_from_staff


def test_who_is_no_guardian_and_not_on_the_team_sends_nothing(cast: Cast) -> None:
    for name in ("nan", "rex", "otto", "theo", "opal"):
        with rls.acting_as(getattr(cast, name)), pytest.raises(Forbidden):
            messaging.send_message(
                by=getattr(cast, name), child=cast.cleo, client_id=make_id(), body="Hello", now=NOW
            )


def test_a_thread_tells_what_is_unread_and_names_guardians_by_the_sharing_mode(cast: Cast) -> None:
    for name in ("fay", "tess"):
        user = getattr(cast, name)
        with rls.acting_as(user):
            messaging.send_message(by=user, child=cast.cleo, client_id=make_id(), body="Hello", now=NOW)
    with rls.acting_as(cast.greg):
        seen = thread(cast.greg, cast.cleo)
        assert [(one.by.shown_as, one.by.name) for one in seen.messages] == [
            (ShownAs.ROLE, ""),
            (ShownAs.NAME, cast.tess.name),
        ]
        assert seen.unread_count == 2
        messaging.mark_thread_read(by=cast.greg, child=cast.cleo, until=NOW)
        messaging.mark_thread_read(by=cast.greg, child=cast.cleo, until=NOW - dt.timedelta(days=1))
        assert thread(cast.greg, cast.cleo).unread_count == 0
    with rls.acting_as(cast.tess):
        assert thread(cast.tess, cast.cleo).unread_count == 0


def test_a_long_thread_reads_in_pages(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        for minute in range(5):
            messaging.send_message(
                by=cast.fay,
                child=cast.cleo,
                client_id=make_id(),
                body=str(minute),
                now=NOW + dt.timedelta(minutes=minute),
            )
        latest = thread(cast.fay, cast.cleo, limit=3)
        earlier = thread(cast.fay, cast.cleo, limit=3, before=latest.before)
    assert [one.body for one in (*earlier.messages, *latest.messages)] == ["0", "1", "2", "3", "4"]
    assert earlier.before is None

"""After a discharge a family goes on reading, and nothing it logs is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.services import episodes
from clinic.vocabulary import DischargeReason
from tests import database, factories
from tests.cast import Cast
from tests.tracking.records import log_session, publish_program
from tracking.models import AfterCare
from tracking.readings.caseload import caseload
from tracking.readings.today import Today, today
from tracking.services import archiving
from tracking.services.archiving import Given, NothingToFollowUp

DAY = dt.timedelta(days=1)


def read(cast: Cast, name: str) -> Today:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return today(user, cast.cleo, now=rls.now())


def test_the_family_reads_what_it_takes_along_and_is_asked_nothing(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        program = publish_program(cast.cleo, cast.tess, starts_on=rls.now().date() - 20 * DAY)
    factories.after_care(cast)
    seen = read(cast, "fay")
    assert seen.ended is not None
    assert seen.ended.words == "planted-after-care-words-word"
    assert seen.ended.program == program.pk
    assert (seen.is_resting, seen.programs, seen.asked) == (True, (), ())
    only_logs = read(cast, "nan").ended
    assert only_logs is not None
    assert (only_logs.words != "", only_logs.summary) == (True, "")


def test_a_new_episode_ends_the_end(cast: Cast) -> None:
    factories.after_care(cast)
    with rls.acting_as(cast.tess):
        episodes.open_episode(by=cast.tess, child=cast.cleo, now=rls.now())
    assert read(cast, "fay").ended is None
    with rls.acting_as(cast.tess):
        assert cast.cleo.episodes.count() == 2


@pytest.mark.parametrize(("days_ago", "flags"), [(3, False), (0, False), (-1, True)])
def test_what_is_logged_is_kept_and_flagged_for_days_after_the_discharge(
    cast: Cast, clock: database.Clock, days_ago: int, flags: bool
) -> None:
    factories.after_care(cast)
    with rls.acting_as(cast.fay):
        then = rls.now() - days_ago * DAY
        recorded = log_session(cast.fay, cast.cleo, occurred_at=then, now=max(then, rls.now()))
    assert ("after_discharge" in recorded.row.flags) is flags


def test_somebody_who_does_not_treat_the_child_gives_no_words(cast: Cast) -> None:
    told: dict[str, Any] = {"by": cast.otto, "child": cast.cleo, "reason": DischargeReason.OTHER}
    with rls.acting_as(cast.otto):
        with pytest.raises(Forbidden):
            archiving.discharge_child(**told, given=Given(words="Go on."), now=rls.now())
        cast.cleo.episodes.update(state="active", ended_on=None, discharge_reason="")
        archiving.discharge_child(**told, given=Given(), now=rls.now())
        assert not AfterCare.objects.exists()


def test_a_day_to_look_again_lies_ahead_and_is_shown_when_it_has_come(
    cast: Cast, clock: database.Clock
) -> None:
    with rls.acting_as(cast.tess), pytest.raises(Invalid) as refused:
        archiving.discharge_child(
            by=cast.tess,
            child=cast.cleo,
            reason=DischargeReason.GOALS_MET,
            given=Given(follow_up_on=rls.now().date() - DAY),
            now=rls.now(),
        )
    assert refused.value.field == "follow_up_on"
    with rls.acting_as(cast.tess):
        cast.cleo.episodes.update(state="active", ended_on=None, discharge_reason="")
    after = factories.after_care(cast)

    def is_due(now: dt.datetime) -> bool:
        with rls.acting_as(cast.tess):
            (row,) = [row for row in caseload(cast.tess, cast.harbor, now=now).rows if row.is_on_team]
            return row.is_follow_up_due

    now = rls.now()
    assert [is_due(now), is_due(now + 91 * DAY)] == [False, True]
    with rls.acting_as(cast.tess):
        archiving.follow_up(by=cast.tess, after=after, now=now)
        with pytest.raises(NothingToFollowUp):
            archiving.follow_up(by=cast.tess, after=after, now=now)
    assert not is_due(now + 91 * DAY)
    with rls.acting_as(cast.otto), pytest.raises(Forbidden):
        archiving.follow_up(by=cast.otto, after=after, now=now)

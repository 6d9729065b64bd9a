"""Changes older than any cursor that holds are dropped by a nightly job; an older cursor begins anew."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection, transaction

from clinic import rls
from clinic.jobs import as_system
from tests import factories
from tests.cast import Cast
from tracking import tasks
from tracking.models import Change, FeedMark
from tracking.readings.changes import ChangePage, Cursor, page_of_changes
from tracking.services import pruning_feed
from tracking.services.renewing_feed import renew_feed
from tracking.sync.changes import FeedRenewed

KEPT_FOR = dt.timedelta(days=90)
A_MOMENT = dt.timedelta(minutes=1)
BATCH = 3


def read(cast: Cast, since: Cursor | None = None) -> ChangePage:
    with rls.acting_as(cast.fay), transaction.atomic():
        return page_of_changes(cast.fay, since=since, limit=50, now=rls.now())


def write(cast: Cast) -> uuid.UUID:
    return factories.observation(cast.cleo, by=cast.fay).client_id


def mark(*, age: dt.timedelta) -> None:
    """What the job did on a night so long ago."""
    with as_system("feed") as now:
        pruning_feed.mark_feed(now=now - age)


def tonight() -> list[int]:
    """What the job does: how much it drops in each batch."""
    mark(age=dt.timedelta())
    batches = [BATCH]
    while batches[-1] == BATCH:
        with as_system("feed"):
            batches.append(pruning_feed.prune_feed(limit=BATCH))
    return batches[1:]


@pytest.fixture
def moments(live_cast: Cast) -> dict[str, Cursor]:
    """Where a device stood before a change that is old by now, and where one stood after it."""
    begun = read(live_cast).cursor
    with transaction.atomic():
        old = write(live_cast)
    page = read(live_cast, begun)
    assert [change.thing for change in page.changes] == [old]
    return {"before": begun, "after": page.cursor}


def told(cast: Cast, since: Cursor) -> list[uuid.UUID | None]:
    return [change.thing for change in read(cast, since).changes]


def test_what_is_older_than_any_cursor_goes_and_who_missed_it_begins_anew(
    live_cast: Cast, moments: dict[str, Cursor]
) -> None:
    mark(age=KEPT_FOR + A_MOMENT)
    with transaction.atomic():
        new = write(live_cast)
    first, *more = tonight()
    assert (first, len(more) > 0) == (BATCH, True)
    with transaction.atomic():
        assert list(Change.objects.values_list("thing", flat=True)) == [new]
    with pytest.raises(FeedRenewed):
        read(live_cast, moments["before"])
    assert told(live_cast, moments["after"]) == [new]
    assert tonight() == [0]
    assert told(live_cast, moments["after"]) == [new]


def test_what_is_younger_stays_and_so_does_every_cursor(live_cast: Cast, moments: dict[str, Cursor]) -> None:
    mark(age=KEPT_FOR - A_MOMENT)
    assert tonight() == [0]
    assert len(told(live_cast, moments["before"])) == 1


def test_a_cursor_is_told_before_anything_is_gone(live_cast: Cast, moments: dict[str, Cursor]) -> None:
    mark(age=KEPT_FOR + A_MOMENT)
    mark(age=dt.timedelta())
    with transaction.atomic():
        assert Change.objects.exists()
    with pytest.raises(FeedRenewed):
        read(live_cast, moments["before"])


def test_after_a_restore_no_mark_holds(live_cast: Cast, moments: dict[str, Cursor]) -> None:
    mark(age=KEPT_FOR + A_MOMENT)
    tonight()
    with transaction.atomic():
        renew_feed(now=rls.now())
    assert not FeedMark.objects.exists()
    assert told(live_cast, read(live_cast).cursor) == []


def test_the_task_marks_and_prunes(live_cast: Cast, moments: dict[str, Cursor]) -> None:
    mark(age=KEPT_FOR + A_MOMENT)
    tasks.prune_feed()
    with transaction.atomic():
        assert not Change.objects.exists()
    assert FeedMark.objects.count() == 2
    assert told(live_cast, moments["after"]) == []


def test_nobody_but_the_job_drops_a_change(live_cast: Cast, moments: dict[str, Cursor]) -> None:
    for stamp in ({"user": live_cast.fay}, {"user": live_cast.tess}, {"system": "reminders"}):
        with rls.acting_as(**stamp), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM tracking_change")
            assert cursor.rowcount == 0
    with as_system("feed"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM tracking_change")
        assert cursor.rowcount > 0

"""What is done to an entry afterwards; nothing ever leaves the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import Error

from clinic import rls
from clinic.errors import Forbidden, Unseen
from tests.cast import Cast, make_id
from tests.tracking.records import at, log_session
from tracking.models import MassageSession
from tracking.outcomes.sessions import sessions_of
from tracking.services.recording import Answer, NotYoursToRevise, TooLateToRevise
from tracking.services.revising import (
    annotate_entry,
    confirm_entry,
    restore_entry,
    tell_apart,
    withdraw_entry,
)
from tracking.sync.bodies import EntryKind
from tracking.vocabulary.programs import EntryFlag, EntryState

SESSION = EntryKind.SESSION
NOW = at("20:00")


@pytest.fixture
def fay(cast: Cast) -> Iterator[Cast]:
    with rls.acting_as(cast.fay):
        yield cast


def counted(cast: Cast) -> int:
    day = at("19:20").date()
    found = sessions_of([cast.cleo.pk], first=day - dt.timedelta(days=2), last=day + dt.timedelta(days=2))
    return len(found.get(cast.cleo.pk, []))


def test_a_withdrawn_entry_counts_nowhere_and_can_be_restored(fay: Cast) -> None:
    made = log_session(fay.fay, fay.cleo).row
    mine = {"by": fay.fay, "child": fay.cleo, "kind": SESSION, "client_id": made.client_id, "now": NOW}
    gone = withdraw_entry(**mine)
    assert (gone.answer, gone.row.revision, gone.row.state) == (Answer.APPLIED, 2, EntryState.WITHDRAWN)
    assert counted(fay) == 0
    assert withdraw_entry(**mine).answer == Answer.REPLAYED
    back = restore_entry(**mine)
    assert (back.row.revision, back.row.minutes, back.row.cues) == (3, made.minutes, made.cues)
    assert counted(fay) == 1


def test_a_withdrawal_that_comes_again_after_it_was_undone_changes_nothing(fay: Cast) -> None:
    made = log_session(fay.fay, fay.cleo).row
    mine = {"by": fay.fay, "child": fay.cleo, "kind": SESSION, "client_id": made.client_id, "now": NOW}
    withdraw_entry(**mine, base_revision=1)
    restore_entry(**mine)
    again = withdraw_entry(**mine, base_revision=1)
    assert (again.answer, again.row.revision) == (Answer.REPLAYED, 2)
    assert counted(fay) == 1


def test_withdrawing_an_older_revision_is_kept_and_flagged(fay: Cast) -> None:
    made = log_session(fay.fay, fay.cleo).row
    log_session(fay.fay, fay.cleo, client_id=made.client_id, base_revision=1, minutes=Decimal(6))
    gone = withdraw_entry(
        by=fay.fay, child=fay.cleo, kind=SESSION, client_id=made.client_id, base_revision=1, now=NOW
    )
    assert (gone.answer, gone.row.flags) == (Answer.CONFLICT_KEPT, [EntryFlag.NEEDS_REVIEW])


def test_only_the_author_withdraws_and_only_in_time(cast: Cast) -> None:
    with rls.acting_as(cast.nan):
        nans = log_session(cast.nan, cast.cleo).row
        late = nans.first_received_at + dt.timedelta(hours=48, seconds=1)
        with pytest.raises(TooLateToRevise):
            withdraw_entry(by=cast.nan, child=cast.cleo, kind=SESSION, client_id=nans.client_id, now=late)
    with rls.acting_as(cast.fay), pytest.raises(NotYoursToRevise):
        withdraw_entry(by=cast.fay, child=cast.cleo, kind=SESSION, client_id=nans.client_id, now=NOW)


def test_an_entry_out_of_sight_cannot_be_withdrawn(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        made = log_session(cast.fay, cast.cleo).row
    for client_id, name in ((made.client_id, "nan"), (make_id(), "fay")):
        with rls.acting_as(getattr(cast, name)), pytest.raises(Unseen):
            withdraw_entry(
                by=getattr(cast, name), child=cast.cleo, kind=SESSION, client_id=client_id, now=NOW
            )


def test_a_withdrawn_double_is_no_double(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
    with rls.acting_as(cast.nan):
        nans = log_session(cast.nan, cast.cleo).row
        withdraw_entry(by=cast.nan, child=cast.cleo, kind=SESSION, client_id=nans.client_id, now=NOW)
    with rls.acting_as(cast.tess):
        assert [row.flags for row in MassageSession.objects.filter(is_latest=True)] == [[], []]


def test_what_was_odd_counts_once_somebody_has_confirmed_it(fay: Cast) -> None:
    ahead = at("19:20") + dt.timedelta(days=90)
    made = log_session(fay.fay, fay.cleo, occurred_at=ahead, now=NOW).row
    assert counted(fay) == 0
    confirmed = confirm_entry(by=fay.fay, child=fay.cleo, kind=SESSION, client_id=made.client_id, now=NOW)
    assert (confirmed.flags, counted(fay)) == ([], 1)


def test_another_guardian_does_not_confirm_but_a_therapist_does(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        made = log_session(cast.fay, cast.cleo, minutes=Decimal(300)).row
    mine = {"child": cast.cleo, "kind": SESSION, "client_id": made.client_id, "now": NOW}
    with rls.acting_as(cast.greg), pytest.raises(Forbidden):
        confirm_entry(by=cast.greg, **mine)
    with rls.acting_as(cast.tess):
        assert confirm_entry(by=cast.tess, **mine).flags == []


def test_two_sessions_told_apart_both_count(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        fays = log_session(cast.fay, cast.cleo).row
    with rls.acting_as(cast.nan):
        nans = log_session(cast.nan, cast.cleo).row
    with rls.acting_as(cast.tess):
        assert counted(cast) == 1
    pair = {"child": cast.cleo, "one": fays.client_id, "other": nans.client_id, "now": NOW}
    with rls.acting_as(cast.nan), pytest.raises(Forbidden):
        tell_apart(by=cast.nan, **pair)
    with rls.acting_as(cast.greg):
        tell_apart(by=cast.greg, **pair)
        tell_apart(by=cast.greg, **pair)
    with rls.acting_as(cast.tess):
        assert counted(cast) == 2
        assert [row.flags for row in MassageSession.objects.order_by("id")] == [[], []]


def test_staff_remark_on_an_entry_and_never_edit_it(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        made = log_session(cast.fay, cast.cleo).row
    told = {"child": cast.cleo, "kind": SESSION, "client_id": made.client_id, "now": NOW}
    with rls.acting_as(cast.tess):
        note = annotate_entry(by=cast.tess, body="Lovely", **told)
        assert (note.about_entry, note.is_private) == (made.client_id, False)
    with rls.acting_as(cast.fay), pytest.raises(Forbidden):
        annotate_entry(by=cast.fay, body="Mine", **told)


def test_the_row_itself_refuses_to_be_changed(fay: Cast) -> None:
    made = log_session(fay.fay, fay.cleo).row
    with pytest.raises(Error, match="revised by a new row"), transaction.atomic():
        MassageSession.objects.filter(pk=made.pk).update(minutes=9)

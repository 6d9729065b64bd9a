"""Two people, or two sends, at the very same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from clinic import rls
from clinic.errors import IdAlreadyUsed
from clinic.models import User
from tests.cast import Cast, make_id
from tests.tracking.records import log_session
from tracking.models import MassageSession, WriteReceipt
from tracking.services.recording import Answer
from tracking.vocabulary.programs import EntryFlag


def at_once(*jobs: tuple[User, Callable[[], Any]]) -> list[Any]:
    """What each job gave, or the refusal it met, all begun together in transactions of their own."""
    ready = threading.Barrier(len(jobs))
    answers: list[Any] = [None] * len(jobs)

    def run(place: int, user: User, job: Callable[[], Any]) -> None:
        try:
            with rls.acting_as(user), transaction.atomic():
                ready.wait(timeout=10)
                answers[place] = job()
        except IdAlreadyUsed as refused:
            answers[place] = refused
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(place, user, job)) for place, (user, job) in enumerate(jobs)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def test_two_caregivers_who_log_one_massage_at_the_same_moment_are_both_marked(live_cast: Cast) -> None:
    fay, nan, cleo = live_cast.fay, live_cast.nan, live_cast.cleo
    at_once((fay, lambda: log_session(fay, cleo)), (nan, lambda: log_session(nan, cleo)))
    with rls.acting_as(live_cast.tess):
        flags = list(MassageSession.objects.values_list("flags", flat=True))
    assert flags == [[EntryFlag.POSSIBLE_DUPLICATE]] * 2


def test_one_write_sent_twice_at_the_same_moment_is_applied_once_and_replayed_once(live_cast: Cast) -> None:
    fay, cleo, client_id = live_cast.fay, live_cast.cleo, make_id()
    answers = at_once(*[(fay, lambda: log_session(fay, cleo, client_id=client_id))] * 3)
    assert sorted(one.answer for one in answers) == [Answer.APPLIED, Answer.REPLAYED, Answer.REPLAYED]
    assert len({one.row.pk for one in answers}) == WriteReceipt.objects.count() == 1


def test_two_bodies_of_one_id_at_the_same_moment_leave_one_and_one_refusal(live_cast: Cast) -> None:
    fay, cleo, client_id = live_cast.fay, live_cast.cleo, make_id()

    def log(minutes: int) -> Any:
        return log_session(fay, cleo, client_id=client_id, minutes=Decimal(minutes))

    answers = at_once((fay, lambda: log(5)), (fay, lambda: log(6)))
    assert sum(isinstance(one, IdAlreadyUsed) for one in answers) == 1
    assert MassageSession.objects.count() == 1


def test_two_devices_that_revise_one_entry_at_the_same_moment_keep_both(live_cast: Cast) -> None:
    fay, cleo, client_id = live_cast.fay, live_cast.cleo, make_id()
    at_once((fay, lambda: log_session(fay, cleo, client_id=client_id)))

    def revise(minutes: int) -> Any:
        return log_session(fay, cleo, client_id=client_id, base_revision=1, minutes=Decimal(minutes))

    answers = at_once((fay, lambda: revise(5)), (fay, lambda: revise(6)))
    assert sorted(one.answer for one in answers) == [Answer.APPLIED, Answer.CONFLICT_KEPT]
    kept = MassageSession.objects.filter(client_id=client_id).order_by("revision")
    assert [(row.revision, row.is_latest) for row in kept] == [(1, False), (2, False), (3, True)]

"""A write that arrives while a child is erased: it is in, and goes too, or it finds no child."""

from __future__ import annotations

import threading

from django.db import Error, connection, transaction

from clinic import rls
from clinic.models import Child
from tests import factories, processes
from tests.cast import Cast
from tests.tracking.erasures import carry_out, due_erasure
from tracking.models import MassageSession
from tracking.vocabulary.erasure import ErasureOf

ROUNDS = 30


def test_nothing_that_is_written_meanwhile_outlives_the_child(live_cast: Cast) -> None:
    cast = live_cast
    with transaction.atomic():
        factories.record(cast)
        due_erasure(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.theo)
    go, written, refused = threading.Event(), [], []

    def write() -> None:
        try:
            go.wait()
            for _ in range(ROUNDS):
                try:
                    with rls.acting_as(cast.fay), transaction.atomic():
                        key = factories.session(cast.cleo, by=cast.fay).pk
                    written.append(key)
                except Error as error:
                    refused.append(error)
        finally:
            connection.close()

    phones = [threading.Thread(target=write) for _ in range(4)]
    for phone in phones:
        phone.start()
    go.set()
    processes.wait_until(lambda: len(written) > 4, what="the phones write")
    assert len(carry_out()) == 1
    for phone in phones:
        phone.join()
    with rls.acting_as(system="seeding"), transaction.atomic():
        assert not Child.objects.filter(pk=cast.cleo.pk).exists()
        assert not MassageSession.objects.filter(pk__in=written).exists()
        assert not MassageSession.objects.filter(child=cast.cleo.pk).exists()
    assert len(written) + len(refused) == 4 * ROUNDS
    assert written, "nobody wrote before it"
    assert refused, "the writers were over before the erasure began"

"""What became of reminders, on the child's pages."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from tests.cast import Cast
from tests.signing_in import sign_in
from tests.tracking.reminding import sent_evening
from tracking.models import HomeProgram, ReminderDelivery, ReminderOccurrence


def again(occurrence: ReminderOccurrence, *, days: int) -> None:
    """The same some days later, with its first message."""
    delivery = ReminderDelivery.objects.filter(occurrence=occurrence).first()
    occurrence = ReminderOccurrence.objects.get(pk=occurrence.pk)
    occurrence.pk, occurrence.local_day = uuid.uuid4(), occurrence.local_day + dt.timedelta(days=days)
    occurrence.save(force_insert=True)
    delivery.pk, delivery.idempotency_key, delivery.occurrence = uuid.uuid4(), uuid.uuid4(), occurrence
    delivery.save(force_insert=True)


def test_the_page_says_it_in_words_with_as_many_statements_for_ten(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.tess)
    address = f"/children/{cast.cleo.pk}/reminders/"
    assert "No reminders in these two weeks" in client.get(address).content.decode()
    sent_evening(cast)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address).content.decode()
        assert "After bath" in page
        assert "Nothing logged" in page
        assert page.count(title) == 1, "a program is named once, over its rows"
        return len(captured)

    title = HomeProgram.objects.get(child=cast.cleo).title
    few = statements()
    first = ReminderOccurrence.objects.get()
    with rls.acting_as(system="seeding"):
        for days in range(1, 10):
            again(first, days=days)
    assert statements() == few

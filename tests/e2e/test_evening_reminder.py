"""An evening with the real worker, beat, broker and mail server, by the product's own clock."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from tests import database, factories
from tests.cast import Cast
from tests.processes import Mailbox, Product, wait_until
from tests.tracking.reminding import TUESDAY, at, coming, endings, keep, log
from tracking.models import ReminderDelivery

pytestmark = pytest.mark.e2e


def test_a_reminder_comes_at_half_past_six_unless_somebody_has_logged(
    live_cast: Cast,
    clock: database.Clock,
    mailbox: Mailbox,
    running_product: Product,
) -> None:
    tuesday = coming(TUESDAY)
    clock.move_to(at(tuesday, "18:29"))
    with transaction.atomic():
        keep(factories.prescribed(live_cast.cleo, by=live_cast.tess), now=clock.now())
    wait_until(lambda: ReminderDelivery.objects.count() == 2, what="the evening is planned")
    assert mailbox.letters == []

    clock.move_to(at(tuesday, "18:30"))
    wait_until(lambda: endings() == {("sent", ""): 2}, what="both caregivers are written to")
    assert all(f"{running_product.url}/" in source.decode() for source in mailbox.sources)
    assert sorted(mailbox.recipients) == sorted([str(live_cast.fay.email), str(live_cast.nan.email)])

    wednesday = tuesday + dt.timedelta(days=1)
    with transaction.atomic():
        log(live_cast.cleo, wednesday, "18:10", by=live_cast.fay)
    clock.move_to(at(wednesday, "18:31"))
    wait_until(
        lambda: endings() == {("sent", ""): 2, ("suppressed", "logged"): 2}, what="the next evening is silent"
    )
    assert len(mailbox.letters) == 2
    for words in live_cast.planted_words():
        assert words not in running_product.output()

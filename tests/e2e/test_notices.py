"""A night and a morning of a clinic with the real worker, beat, broker and mail server."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest
from django.db import transaction

from clinic import rls
from tests import database
from tests.cast import Cast
from tests.processes import Mailbox, Product, wait_until
from tests.tracking.flags import raise_flag
from tests.tracking.noticing import send
from tests.tracking.reminding import TUESDAY, at, coming, endings
from tracking.models import Notice
from tracking.services import messaging
from tracking.vocabulary.concerns import FlagCode

pytestmark = pytest.mark.e2e


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_what_is_urgent_comes_at_night_and_all_else_is_one_mail_when_the_clinic_opens(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox, running_product: Product
) -> None:
    cast = live_cast
    tess, asha, otto = (str(user.email) for user in (cast.tess, cast.asha, cast.otto))
    tuesday = coming(TUESDAY)
    wednesday = tuesday + dt.timedelta(days=1)

    clock.move_to(at(tuesday, "23:30"))
    with transaction.atomic():
        for author in (cast.fay, cast.greg, cast.fay):
            send(cast.cleo, by=author, now=clock.now())
        for code in (FlagCode.LOW_DOSE, FlagCode.SKILL_LOSS):
            raise_flag(cast.cleo, code, now=clock.now())
    wait_until(lambda: mailbox.letters, what="the reader of the urgent flag is written to")
    wait_until(lambda: not Notice.objects.filter(planned_at=None).exists(), what="everything is planned")
    assert mailbox.recipients == [tess]
    assert mailbox.letters[0]["Subject"] == "Something needs your eyes today"
    assert f"{running_product.url}/?to=flags" in text_of(mailbox.letters[0]).splitlines()

    clock.move_to(at(wednesday, "08:00"))
    with rls.acting_as(cast.asha), transaction.atomic():
        messaging.mark_thread_read(by=cast.asha, child=cast.cleo, until=clock.now())
    clock.move_to(at(wednesday, "09:00"))
    wait_until(lambda: endings()["due", ""] == 0, what="the clinic has opened")
    wait_until(lambda: len(mailbox.letters) == 2, what="the digest is sent")
    digest = mailbox.to(tess)[1]
    assert digest["Subject"] == "What waits for you today"
    assert "What waits for you today: 3 messages, 1 flag to look at." in text_of(digest)
    assert f"{running_product.url}/" in text_of(digest).splitlines()
    assert mailbox.to(asha) == []

    clock.move_to(at(wednesday, "11:00"))
    wait_until(lambda: len(mailbox.letters) == 3, what="the unread flag has gone on")
    assert mailbox.to(otto)[0]["Subject"] == "Something has come to you"
    wait_until(
        lambda: endings() == {("sent", ""): 3, ("merged", ""): 3, ("suppressed", "seen"): 3},
        what="every row has ended",
    )
    for words in live_cast.planted_words():
        assert words not in running_product.output()

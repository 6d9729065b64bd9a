"""The supervision log: both read what was discussed, an owner the days and minutes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clinic import rls
from clinic.errors import Forbidden
from clinic.models import AuditEvent
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast
from tracking.services import supervising

pytestmark = pytest.mark.django_db

DISCUSSED = "How to hold the pause after the glide."


def test_both_read_what_was_discussed_and_the_owner_how_long(cast: Cast, sign_in: Any) -> None:
    page = f"/c/{cast.harbor.slug}/supervision/"
    tesss: Client = sign_in(cast.tess)
    told = {"person": str(cast.asha.pk), "on": "2026-11-02", "minutes": "35", "discussed": DISCUSSED}
    assert "aria-invalid" in tesss.post(page, {**told, "minutes": "0"}).content.decode()
    assert tesss.post(page, told).status_code == 302

    def read(user: Any) -> str:
        return str(sign_in(user).get(page).content.decode())

    for user in (cast.tess, cast.asha):
        assert DISCUSSED in read(user)
    assert DISCUSSED not in read(cast.otto)
    assert "35 minutes" in read(cast.otto)
    assert "35 minutes" not in read(cast.theo)


def test_that_somebody_was_supervised_is_in_the_audit_without_a_word_of_it(cast: Cast) -> None:
    talk = factories.supervision(cast)
    with rls.acting_as(cast.otto):
        event = AuditEvent.objects.get(subject_id=talk.pk)
    assert (event.code, event.detail) == (AuditCode.WROTE_NOTE, "supervision")
    assert (event.actor_id, event.child_id) == (cast.tess.pk, None)


def test_only_whoever_supervises_somebody_writes_of_it(cast: Cast) -> None:
    for by in (cast.theo, cast.otto, cast.asha):
        with rls.acting_as(by), pytest.raises(Forbidden):
            supervising.log_supervision(
                by=by, clinic=cast.harbor, person=cast.asha, on=rls.now().date(), minutes=5, now=rls.now()
            )

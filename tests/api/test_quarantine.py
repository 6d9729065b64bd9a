"""A caregiver whose access ended while their phone was offline: what it still sends, and who decides."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden
from clinic.models import AuditEvent, CaregiverGrant, User
from clinic.vocabulary import AuditCode
from tests import factories
from tests.api.client import App
from tests.cast import Cast, planted
from tracking.models import MassageSession, QuarantinedEntry
from tracking.services.ending_access import end_access
from tracking.services.quarantining import AlreadyDecided, accept_quarantined, discard_quarantined
from tracking.sync import quarantine, receipts
from tracking.sync.bodies import (
    BedtimeBody,
    CueNoted,
    EntryKind,
    ObservationBody,
    SessionBody,
    StepDone,
    Tried,
)

AppOf = Callable[[User], App]
DAY = dt.timedelta(days=1)


@pytest.fixture
def ended_at(cast: Cast) -> dt.datetime:
    """When Rex's access to Cleo ended: a week ago."""
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.rex)
    assert grant.revoked_at is not None
    return grant.revoked_at


def massage(at: dt.datetime, **more: Any) -> dict[str, Any]:
    return {"outcome": "done", "occurred_at": at.isoformat(), "minutes": 7, "note": "Giggled.", **more}


def sent(app: App, cast: Cast, body: dict[str, Any], session: uuid.UUID | None = None) -> Any:
    return app.put(f"/api/v1/children/{cast.cleo.pk}/sessions/{session or uuid.uuid4()}", body)


def test_what_happened_before_the_end_waits_for_the_team_and_is_sent_once(
    app_of: AppOf, cast: Cast, ended_at: dt.datetime
) -> None:
    rex, session = app_of(cast.rex), uuid.uuid4()
    told = massage(ended_at - dt.timedelta(hours=3))
    for _ in range(2):
        answer = sent(rex, cast, told, session)
        assert (answer.status, answer.body) == (202, {"result": "quarantined", "code": "grant_revoked"})
    kept = QuarantinedEntry.objects.get()
    assert (kept.sent_by, kept.client_id, kept.decision) == (cast.rex, session, "")
    assert not MassageSession.objects.filter(client_id=session).exists()
    assert AuditEvent.objects.filter(code=AuditCode.QUARANTINED_ENTRY).count() == 1


def test_what_was_recorded_while_access_lasted_and_is_sent_again_does_not_wait(
    app_of: AppOf, cast: Cast
) -> None:
    greg, session = app_of(cast.greg), uuid.uuid4()
    told = massage(rls.now() - dt.timedelta(hours=3))
    assert sent(greg, cast, told, session).status == 201
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.greg)
    end_access(by=cast.tess, grant=grant, now=rls.now())
    for body, waiting in ((told, 0), (told | {"minutes": 8}, 1)):
        answer = sent(greg, cast, body, session)
        assert (answer.status, answer.body) == (202, {"result": "quarantined", "code": "grant_revoked"})
        assert QuarantinedEntry.objects.count() == waiting


def test_what_happened_after_the_end_or_came_too_late_is_refused(
    app_of: AppOf, cast: Cast, ended_at: dt.datetime
) -> None:
    rex = app_of(cast.rex)
    after = sent(rex, cast, massage(ended_at + dt.timedelta(hours=1)))
    assert (after.status, after.code) == (403, "grant_revoked")
    CaregiverGrant.objects.filter(user=cast.rex).update(revoked_at=rls.now() - 15 * DAY)
    late = sent(rex, cast, massage(ended_at - 20 * DAY))
    assert (late.status, late.code) == (403, "grant_revoked")
    assert cast.cleo.first_name not in after.content.decode() + late.content.decode()
    assert not QuarantinedEntry.objects.exists()


def test_a_clock_that_is_off_does_not_bring_it_before_the_end(
    app_of: AppOf, cast: Cast, ended_at: dt.datetime
) -> None:
    """What cannot have been is placed by its arrival, which is after the end."""
    future = rls.now() + 900 * DAY
    answer = sent(app_of(cast.rex), cast, massage(future, sent_at=future.isoformat()))
    assert (answer.status, answer.code) == (403, "grant_revoked")


def test_a_batch_tells_each_operation_the_same(app_of: AppOf, cast: Cast, ended_at: dt.datetime) -> None:
    child = str(cast.cleo.pk)
    before = {"kind": "session", "child": child, "id": str(uuid.uuid4())}
    operations = [
        before | {"body": massage(ended_at - DAY)},
        before | {"id": str(uuid.uuid4()), "body": massage(ended_at + DAY)},
        before | {"do": "withdraw"},
        {"kind": "message", "child": child, "id": str(uuid.uuid4()), "body": {"body": "Hello"}},
    ]
    answer = app_of(cast.rex).post("/api/v1/batch", {"operations": operations})
    assert [one["result"] for one in answer["results"]] == ["quarantined", "rejected", "rejected", "rejected"]
    assert {one["problem"]["code"] for one in answer["results"][1:]} == {"grant_revoked"}
    finns = app_of(cast.finn).post("/api/v1/batch", {"operations": operations})
    assert {one["problem"]["code"] for one in finns["results"]} == {"not_found"}, (
        "who never cared is told less"
    )


def test_nobody_of_the_family_reads_it_until_it_is_taken_in(
    app_of: AppOf, cast: Cast, ended_at: dt.datetime
) -> None:
    late = factories.late_entry(cast)
    fay, tess = app_of(cast.fay), app_of(cast.tess)
    room, waiting = f"/api/v1/children/{cast.cleo.pk}/sessions", "/api/v1/clinics/harbor/quarantine"
    assert fay.get(room)["items"] == []
    assert fay.get(waiting).status == 404
    with rls.acting_as(cast.fay):
        assert not QuarantinedEntry.objects.exists(), "nor does a query that forgets to ask"
    (seen,) = tess.get(waiting)["items"]
    assert (seen["id"], seen["told"]["note"], seen["sent_as"]) == (
        str(late.pk),
        planted("late-note"),
        "caregiver",
    )
    assert tess.put(f"{waiting}/{late.pk}/acceptance", {}).status == 204
    (taken,) = fay.get(room)["items"]
    assert taken["note"] == planted("late-note")
    assert taken["by"]["role"] == "caregiver"
    assert tess.get(waiting)["items"] == []
    row = MassageSession.objects.get(client_id=late.client_id)
    assert (row.reported_by, row.is_on_behalf, row.family) == (cast.rex, False, cast.fays_home)
    assert row.occurred_at == late.happened_at
    assert row.first_received_at == late.received_at
    late.refresh_from_db()
    assert (late.body, late.decision, late.decided_by) == ({}, "accepted", cast.tess)
    assert AuditEvent.objects.filter(code=AuditCode.DECIDED_QUARANTINED, actor_id=cast.tess.pk).count() == 1


def test_what_is_left_out_has_a_reason_and_is_decided_once(app_of: AppOf, cast: Cast) -> None:
    late = factories.late_entry(cast)
    tess, address = app_of(cast.tess), f"/api/v1/clinics/harbor/quarantine/{late.pk}"
    assert tess.put(f"{address}/discarding", {"reason": " "}).fields == {"reason": "blank"}
    assert tess.put(f"{address}/discarding", {"reason": "Told twice."}).status == 204
    again = tess.put(f"{address}/acceptance", {})
    assert (again.status, again.code) == (409, "already_decided")
    assert not MassageSession.objects.filter(client_id=late.client_id).exists()


def test_only_who_treats_the_child_decides(cast: Cast) -> None:
    late = factories.late_entry(cast)
    for name in ("asha", "fay", "otto", "theo"):
        user = getattr(cast, name)
        with rls.acting_as(user, system="seeding"):
            with pytest.raises(Forbidden):
                accept_quarantined(by=user, kept=late, now=rls.now())
            with pytest.raises(Forbidden):
                discard_quarantined(by=user, kept=late, reason="No.", now=rls.now())
    with rls.acting_as(cast.tess):
        discard_quarantined(by=cast.tess, kept=late, reason="No.", now=rls.now())
        with pytest.raises(AlreadyDecided):
            discard_quarantined(by=cast.tess, kept=late, reason="No.", now=rls.now())


def test_a_body_is_kept_as_it_was_told(ended_at: dt.datetime) -> None:
    some = uuid.uuid4()
    bodies = {
        "session": SessionBody(
            outcome="done",
            occurred_at=ended_at,
            minutes=Decimal("7.5"),
            program_version=some,
            steps=(StepDone(step=some, seconds=30),),
            cues=(CueNoted(code="ep_gaze", at_seconds=20),),
            not_asked=("mood",),
        ),
        "bedtime": BedtimeBody(lights_out_at=ended_at, asleep_at=ended_at + DAY, resistance=2),
        "observation": ObservationBody(
            occurred_at=ended_at,
            stimulus="grass",
            responses=("cry",),
            tried=(Tried(code="song", helped="yes"),),
        ),
    }
    for kind, body in bodies.items():
        assert quarantine.unpacked(kind, quarantine.packed(body)) == body


def test_a_late_correction_of_ones_own_entry_becomes_its_next_revision(
    app_of: AppOf, cast: Cast, ended_at: dt.datetime
) -> None:
    own = factories.session(cast.cleo, by=cast.rex, at=ended_at - DAY, family=cast.fays_home)
    receipts.keep_receipt(
        child=cast.cleo,
        kind=EntryKind.SESSION,
        client_id=own.client_id,
        base_revision=0,
        body_hash=own.body_hash,
        revision=1,
        now=ended_at,
    )
    body = massage(ended_at - DAY, minutes=9, base_revision=1)
    assert sent(app_of(cast.rex), cast, body, own.client_id).status == 202
    with rls.acting_as(cast.tess):
        accept_quarantined(by=cast.tess, kept=QuarantinedEntry.objects.get(), now=rls.now())
    latest = MassageSession.objects.get(client_id=own.client_id, is_latest=True)
    assert (latest.revision, latest.minutes, latest.reported_by) == (2, 9, cast.rex)

"""Co-signing: what supervised staff write is visible to the team only until a treating therapist signs it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden
from clinic.models import CareTeam, Child, User
from clinic.policy import places
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Cosigning
from tracking.services.allowed import short_text

LONGEST_REMARK = 1000


class DraftChanged(Conflict):
    """The draft was rewritten, signed or withdrawn since it was read."""

    code = "draft_changed"


@transaction.atomic
def ask_for_cosigning(*, by: User, child: Child, subject: Any, now: dt.datetime) -> Cosigning | None:
    """A draft waiting for its signature where `by` is supervised for this child; None for everybody else.

    Every service that writes what the supervised only draft calls it right after writing `subject`, also
    when the row is written anew: what was asked before is then replaced.
    """
    if not places(by, child).is_supervised:
        return None
    take_back_draft(subject=subject, now=now)
    place = CareTeam.objects.active().filter(child=child, therapist=by).order_by("from_at", "id").first()
    return Cosigning.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        subject_kind=subject._meta.model_name,
        subject_id=subject.pk,
        drafted_by=by,
        supervisor_id=place.supervisor_id if place else None,
        asked_at=now,
    )


@transaction.atomic
def cosign(*, by: User, drafts: Sequence[Cosigning], now: dt.datetime) -> None:
    """The drafts signed, all or none of them: from now on the family reads what it may read.

    Raises Forbidden, DraftChanged (409) where one of them is not as it was read.
    """
    for draft in _held(by, drafts):
        draft.signed_by, draft.signed_at = by, now
        draft.save(update_fields=["signed_by", "signed_at"])
        _tell(AuditCode.COSIGNED, draft, by, now)


@transaction.atomic
def return_draft(*, by: User, draft: Cosigning, remark: str, now: dt.datetime) -> Cosigning:
    """The draft given back with what is asked for; it stays the team's alone.

    Raises Invalid for a missing remark, Forbidden, DraftChanged (409).
    """
    remark = short_text("remark", remark, most=LONGEST_REMARK, least=1)
    (held,) = _held(by, [draft])
    held.returned_by, held.returned_at, held.remark, held.language = by, now, remark, by.writes_in
    held.save(update_fields=["returned_by", "returned_at", "remark", "language"])
    _tell(AuditCode.RETURNED_DRAFT, held, by, now)
    return held


def take_back_draft(*, subject: Any, now: dt.datetime) -> None:
    """Nobody is asked about this row any more: it is written anew, or gone."""
    unsigned = Cosigning.objects.unsigned()
    unsigned.filter(subject_kind=subject._meta.model_name, subject_id=subject.pk).update(replaced_at=now)


def _held(by: User, drafts: Sequence[Cosigning]) -> list[Cosigning]:
    """The drafts as they are, held until the transaction ends, in an order that cannot deadlock."""
    asked = {(draft.child_id, draft.drafted_by_id): draft for draft in drafts}
    if not all(policy.may_cosign(by, draft) for draft in asked.values()):
        raise Forbidden
    keys: set[uuid.UUID] = {draft.pk for draft in drafts}
    held = list(Cosigning.objects.unsigned().select_for_update().filter(pk__in=keys).order_by("id"))
    if len(held) != len(keys):
        raise DraftChanged
    return held


def _tell(code: AuditCode, draft: Cosigning, by: User, now: dt.datetime) -> None:
    audit.record(
        code,
        by=by,
        now=now,
        clinic_id=draft.clinic_id,
        child_id=draft.child_id,
        subject=draft,
        detail=draft.subject_kind,
    )

"""What is done to an entry afterwards: withdrawn, restored, confirmed, told apart, annotated.

Nothing is ever removed from the record: a withdrawal is a further revision that counts nowhere.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TypeVar

from django.db import transaction

from clinic import access, audit
from clinic.errors import Forbidden, Invalid, Unseen
from clinic.models import Child, User
from clinic.models.clinics import new_id
from clinic.policy import places
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ApartAnswer, Entry, MassageSession, Note
from tracking.services.entry_authors import author_of
from tracking.services.locks import one_at_a_time
from tracking.services.notes import write_note
from tracking.services.recording import Answer, Recorded, keep, refuse_to_revise, revision_of
from tracking.sync import doubles, receipts
from tracking.sync.bodies import EntryKind
from tracking.sync.building import ROWS
from tracking.vocabulary.programs import EntryFlag, EntryState

RowT = TypeVar("RowT", bound=Entry)

UNTIL_CONFIRMED = frozenset({EntryFlag.NEEDS_REVIEW, EntryFlag.CLOCK_OFF})


def withdraw_entry(
    *,
    by: User,
    child: Child,
    kind: EntryKind,
    client_id: uuid.UUID,
    now: dt.datetime,
    base_revision: int | None = None,
) -> Recorded[Entry]:
    """The withdrawn revision: it counts nowhere, stays in the record, and can be restored.

    Withdrawing what is withdrawn, or the same revision again, is a replay. Raises Unseen where `by` sees no
    such entry, NotYoursToRevise or TooLateToRevise (403).
    """
    return _set_state(EntryState.WITHDRAWN, by, child, kind, client_id, base_revision, now)


def restore_entry(
    *,
    by: User,
    child: Child,
    kind: EntryKind,
    client_id: uuid.UUID,
    now: dt.datetime,
    base_revision: int | None = None,
) -> Recorded[Entry]:
    """The entry as it was before it was withdrawn, as a further revision. Raises as `withdraw_entry`."""
    return _set_state(EntryState.RECORDED, by, child, kind, client_id, base_revision, now)


@transaction.atomic
def _set_state(
    state: EntryState,
    by: User,
    child: Child,
    kind: EntryKind,
    client_id: uuid.UUID,
    base_revision: int | None,
    now: dt.datetime,
) -> Recorded[Entry]:
    one_at_a_time(child)
    latest = _seen(by, child, kind, client_id)
    refuse_to_revise(author_of(by, child), latest, now=now)
    digest = receipts.verb_hash(state)
    if latest.state == state:
        return Recorded(latest, Answer.REPLAYED)
    if base_revision is not None:
        known = receipts.receipts_of(child, client_id)
        before = known.of(body_hash=digest, base_revision=base_revision)
        if before is not None:
            return Recorded(revision_of(latest, before.revision), Answer.REPLAYED)
    is_stale = base_revision is not None and base_revision != latest.revision
    told = {
        field.attname: getattr(latest, field.attname)
        for field in latest._meta.concrete_fields
        if field.attname != "id"
    }
    told |= {
        "revision": latest.revision + 1,
        "state": state,
        "received_at": now,
        "body_hash": digest,
        "flags": [flag for flag in latest.flags if flag != EntryFlag.POSSIBLE_DUPLICATE],
    }
    row = ROWS[kind](**told)
    row.child = child
    if is_stale and EntryFlag.NEEDS_REVIEW not in row.flags:
        row.flags.append(str(EntryFlag.NEEDS_REVIEW))
    keep(row, replacing=latest, kind=kind, base_revision=base_revision or latest.revision, now=now)
    code = AuditCode.WITHDREW_ENTRY if state == EntryState.WITHDRAWN else AuditCode.REVISED_ENTRY
    audit.record(code, by=by, now=now, clinic_id=child.clinic_id, child=child, subject=row, detail=kind)
    return Recorded(row, Answer.CONFLICT_KEPT if is_stale else Answer.APPLIED)


@transaction.atomic
def confirm_entry(
    *, by: User, child: Child, kind: EntryKind, client_id: uuid.UUID, now: dt.datetime
) -> Entry:
    """The entry without `needs_review` and `clock_off`: somebody has said it is right, so figures may use it.

    Its author or a member of the care team may say so. Raises Unseen, Forbidden.
    """
    one_at_a_time(child)
    entry = _seen(by, child, kind, client_id)
    if entry.reported_by_id != by.pk and not policy.may_annotate_entry(by, entry):
        raise Forbidden
    entry.flags = [flag for flag in entry.flags if flag not in UNTIL_CONFIRMED]
    type(entry).objects.filter(pk=entry.pk).update(flags=entry.flags)
    if isinstance(entry, MassageSession):
        doubles.mark_possible_duplicates(entry)
    audit.record(
        AuditCode.REVISED_ENTRY,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        subject=entry,
        detail="confirmed",
    )
    return entry


@transaction.atomic
def tell_apart(*, by: User, child: Child, one: uuid.UUID, other: uuid.UUID, now: dt.datetime) -> None:
    """Keep the answer that two possible duplicates were two sessions: both count from now on.

    A guardian or a member of the care team may say so, of sessions they see. Raises Unseen, Forbidden,
    Invalid (field `other`) for one session told apart from itself.
    """
    p = places(by, child)
    if not (p.is_guardian or p.is_team):
        raise Forbidden
    if one == other:
        raise Invalid(field="other", allowed="another_session")
    first = _seen(by, child, EntryKind.SESSION, min(one, other))
    second = _seen(by, child, EntryKind.SESSION, max(one, other))
    assert isinstance(first, MassageSession)
    assert isinstance(second, MassageSession)
    ApartAnswer.objects.bulk_create(
        [
            ApartAnswer(
                id=new_id(),
                clinic_id=child.clinic_id,
                child=child,
                one=first.client_id,
                other=second.client_id,
                by=by,
                at=now,
            )
        ],
        ignore_conflicts=True,
    )
    doubles.mark_possible_duplicates(first, second)


def annotate_entry(
    *,
    by: User,
    child: Child,
    kind: EntryKind,
    client_id: uuid.UUID,
    body: str,
    is_private: bool = False,
    now: dt.datetime,
) -> Note:
    """A clinician's remark beside an entry, never into it. Raises Unseen, Forbidden."""
    entry = _seen(by, child, kind, client_id)
    if not policy.may_annotate_entry(by, entry):
        raise Forbidden
    return write_note(
        by=by, child=child, body=body, is_private=is_private, about_entry=entry.client_id, now=now
    )


def _seen(by: User, child: Child, kind: EntryKind, client_id: uuid.UUID) -> Entry:
    rows = ROWS[kind].objects.current().select_related("family")
    entry = access.fetch(rows, by, child=child, client_id=client_id)
    if not isinstance(entry, Entry):
        raise Unseen
    entry.child = child
    return entry

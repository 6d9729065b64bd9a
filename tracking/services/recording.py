"""Recording entries: sessions, bedtimes, touch observations, and whether a tracked touch came up.

Every entry is kept as it came, and flagged if it is odd. A repeated write changes nothing and gets the same
answer (docs/adr/0005).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any, Generic, TypeVar

from django.db import transaction

from clinic import audit, rls
from clinic.errors import Forbidden, IdAlreadyUsed
from clinic.models import Child, User
from clinic.vocabulary import AuditCode, GrantKind, SharingMode
from tracking import policy
from tracking.models import (
    Bedtime,
    ChildSign,
    ChildStrategy,
    Entry,
    MassageSession,
    StimulusDay,
    TactileObservation,
)
from tracking.readings.asking import asked_on
from tracking.services import entry_references, flagging
from tracking.services.entry_authors import Author, author_of, teller_of
from tracking.services.locks import one_at_a_time
from tracking.sync import building, doubles, receipts
from tracking.sync.bodies import (
    BedtimeBody,
    EntryBody,
    EntryKind,
    ObservationBody,
    SessionBody,
    StimulusDayBody,
)
from tracking.vocabulary.programs import EntryFlag

RowT = TypeVar("RowT", bound=Entry)


class NotYoursToRevise(Forbidden):
    """Only the author of an entry may revise or withdraw it."""

    code = "not_yours_to_revise"


class TooLateToRevise(Forbidden):
    """The time in which the author may revise an entry is over; they can write to the care team instead."""

    code = "too_late_to_revise"


@unique
class Answer(StrEnum):
    """The result of a write. `conflict_kept`: kept as a further revision and flagged, because another came in
    between.
    """

    APPLIED = "applied"
    REPLAYED = "replayed"
    CONFLICT_KEPT = "conflict_kept"


@dataclass(frozen=True, slots=True)
class Recorded(Generic[RowT]):
    """The revision that this write made, now or when it first arrived; and its result."""

    row: RowT
    answer: Answer


def record_session(
    *,
    by: User,
    child: Child,
    client_id: uuid.UUID,
    entry: SessionBody,
    door: str,
    now: dt.datetime,
    base_revision: int | None = None,
) -> Recorded[MassageSession]:
    """Record a massage: done, stopped, declined by the child, or "not today".

    `base_revision` is the revision the sender changed, None for a new entry. Raises IdAlreadyUsed (409),
    NotYoursToRevise or TooLateToRevise (403), Invalid (400, naming the field) for an impossible zone,
    outcome, number or program version, Forbidden if `by` may not log for the child.
    """
    return _record(MassageSession, by, child, client_id, entry, door, now, base_revision)


def record_bedtime(
    *,
    by: User,
    child: Child,
    client_id: uuid.UUID,
    entry: BedtimeBody,
    door: str,
    now: dt.datetime,
    base_revision: int | None = None,
) -> Recorded[Bedtime]:
    """Record an evening, at once or in several calls with the same id. Raises as `record_session`."""
    return _record(Bedtime, by, child, client_id, entry, door, now, base_revision)


def record_observation(
    *,
    by: User,
    child: Child,
    client_id: uuid.UUID,
    entry: ObservationBody,
    door: str,
    now: dt.datetime,
    base_revision: int | None = None,
) -> Recorded[TactileObservation]:
    """Record a touch and the child's response. Raises as `record_session`."""
    return _record(TactileObservation, by, child, client_id, entry, door, now, base_revision)


def record_stimulus_day(
    *,
    by: User,
    child: Child,
    client_id: uuid.UUID,
    entry: StimulusDayBody,
    door: str,
    now: dt.datetime,
    base_revision: int | None = None,
) -> Recorded[StimulusDay]:
    """Record whether a tracked stimulus came up that day. Raises as `record_session`; a stimulus that is not
    tracked for this child is Invalid (field `tracked_stimulus`).
    """
    return _record(StimulusDay, by, child, client_id, entry, door, now, base_revision)


@transaction.atomic
def record_of_another(
    *,
    author: Author,
    child: Child,
    client_id: uuid.UUID,
    entry: EntryBody,
    door: str,
    now: dt.datetime,
    base_revision: int | None,
) -> Recorded[Any]:
    """Record an entry as its author's when somebody else accepts it. Raises as `record_session`, but does not
    check a right to log.
    """
    row_class = building.ROWS[building.kind_of(entry)]
    return _kept(row_class, author, child, client_id, entry, door, now, base_revision)


def _record(
    row_class: type[RowT],
    by: User,
    child: Child,
    client_id: uuid.UUID,
    entry: EntryBody,
    door: str,
    now: dt.datetime,
    base_revision: int | None,
) -> Recorded[RowT]:
    with rls.in_transaction():
        author = author_of(by, child)
        # The office, logging for a family, writes into a record that it may not read.
        with rls.helped_by("recording") if author.is_on_behalf else contextlib.nullcontext():
            return _kept(row_class, author, child, client_id, entry, door, now, base_revision)


def _kept(
    row_class: type[RowT],
    author: Author,
    child: Child,
    client_id: uuid.UUID,
    entry: EntryBody,
    door: str,
    now: dt.datetime,
    base_revision: int | None,
) -> Recorded[RowT]:
    by = author.user
    kind = building.kind_of(entry)
    entry = building.settled(entry)
    digest = receipts.body_hash(kind, entry)
    one_at_a_time(child)
    known = receipts.receipts_of(child, client_id)
    if known.is_of_another_kind(kind):
        raise IdAlreadyUsed(field="id")
    replayed = known.of(body_hash=digest, base_revision=base_revision or 0)
    latest: RowT | None = None
    if known.kept:
        latest = latest_of(row_class, child, client_id)
        if replayed is not None and latest.reported_by_id == by.pk:
            return Recorded(revision_of(latest, replayed.revision), Answer.REPLAYED)
        if not base_revision:
            raise IdAlreadyUsed(field="id")
        refuse_to_revise(author, latest, now=now)
    is_stale = latest is not None and latest.revision != base_revision
    row = _built(row_class, entry, author, child, client_id, latest, digest, door=door, now=now)
    if is_stale:
        row.flags.append(str(EntryFlag.NEEDS_REVIEW))
    keep(row, replacing=latest, kind=kind, base_revision=base_revision or 0, now=now)
    code = AuditCode.REVISED_ENTRY if latest else AuditCode.RECORDED_ENTRY
    audit.record(code, by=by, now=now, clinic_id=child.clinic_id, child=child, subject=row, detail=kind)
    if isinstance(row, MassageSession):
        flagging.on_arrival(child=child, session=row, now=now)
    return Recorded(row, Answer.CONFLICT_KEPT if is_stale else Answer.APPLIED)


def _built(
    row_class: type[RowT],
    entry: EntryBody,
    author: Author,
    child: Child,
    client_id: uuid.UUID,
    latest: RowT | None,
    digest: str,
    *,
    door: str,
    now: dt.datetime,
) -> RowT:
    teller = teller_of(author, child, entry)
    told_from = author.family or (teller.family if teller else None) or (latest.family if latest else None)
    home = told_from or entry_references.home_of(child, entry, now)
    first_received_at = latest.first_received_at if latest else now
    at = building.placed(
        entry,
        zone=home.zone if home else child.clinic.zone,
        now=now,
        first_received_at=first_received_at,
        born_on=child.born_on,
    )
    references: dict[str, Any] = {"told_by_grant": teller}
    version = None
    signs: dict[uuid.UUID, ChildSign] = {}
    strategies: dict[uuid.UUID, ChildStrategy] = {}
    if isinstance(entry, ObservationBody):
        strategies = entry_references.strategies_named(child, entry)
    if isinstance(entry, SessionBody):
        signs = entry_references.signs_named(child, entry)
        answered = getattr(latest, "program_version_id", None)
        version = entry_references.version_answered(child, entry.program_version or answered, at.local_day)
        if entry.contact is not None:
            references["contact"] = entry_references.contact_named(child, entry.contact)
    if isinstance(entry, StimulusDayBody):
        references["tracked_stimulus"] = entry_references.stimulus_named(child, entry.tracked_stimulus)
    write = building.Write(
        child=child,
        by=author.user,
        client_id=client_id,
        revision=latest.revision + 1 if latest else 1,
        door=door,
        body_hash=digest,
        is_on_behalf=author.is_on_behalf,
        family=home,
        now=now,
        first_received_at=first_received_at,
    )
    asked = asked_on(child, at.local_day)
    row = building.build(
        entry,
        write=write,
        at=at,
        asked=asked,
        version=version,
        signs=signs,
        strategies=strategies,
        **references,
    )
    assert isinstance(row, row_class)
    if author.care_ended_on is not None and at.local_day > author.care_ended_on:
        row.flags.append(str(EntryFlag.AFTER_DISCHARGE))
    return row


def keep(
    row: Entry, *, replacing: Entry | None, kind: EntryKind, base_revision: int, now: dt.datetime
) -> None:
    """Insert a revision with its receipt, and mark possible duplicates again."""
    if replacing is not None:
        type(row).objects.filter(pk=replacing.pk).update(is_latest=False)
    row.save(force_insert=True)
    receipts.keep_receipt(
        child=row.child,
        kind=kind,
        client_id=row.client_id,
        base_revision=base_revision,
        body_hash=row.body_hash,
        revision=row.revision,
        now=now,
    )
    if isinstance(row, MassageSession):
        before = [replacing] if isinstance(replacing, MassageSession) else []
        doubles.mark_possible_duplicates(row, *before)


def latest_of(row_class: type[RowT], child: Child, client_id: uuid.UUID) -> RowT:
    row: RowT = row_class.objects.current().select_related("family").get(child=child, client_id=client_id)
    row.child = child
    return row


def revision_of(latest: RowT, revision: int) -> RowT:
    """The row of this revision, which may be the latest itself."""
    if latest.revision == revision:
        return latest
    row: RowT = type(latest).objects.get(child=latest.child_id, client_id=latest.client_id, revision=revision)
    return row


def refuse_to_revise(author: Author, entry: Entry, *, now: dt.datetime) -> None:
    """Raise unless the author may revise the entry; for an entry they cannot see, its id is merely in use."""
    if author.has_ended and entry.reported_by_id == author.user.pk:
        return
    if policy.may_revise_entry(author.user, entry, now):
        return
    if entry.reported_by_id == author.user.pk:
        raise TooLateToRevise
    is_in_sight = author.kind is None or (
        author.kind == GrantKind.GUARDIAN and entry.child.sharing_mode != SharingMode.OWN_ONLY
    )
    if not is_in_sight:
        raise IdAlreadyUsed(field="id")
    raise NotYoursToRevise

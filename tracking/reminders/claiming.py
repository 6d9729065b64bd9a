"""Taking due deliveries: by lease and fence, after one last look at whether each may still go out.

One transaction locks a batch, decides, and commits; whoever holds `(id, attempt)` may send and mark. A lease
that ran out is taken again. The rows of one recipient are taken by one claim at a time, so that two messages
about one child never leave together.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, Func, OuterRef, Value

from clinic.models import CaregiverGrant
from tracking.models import ReminderDelivery, ReminderMute
from tracking.models.reminders import OPEN_DELIVERY_STATES, DeliveryState, SuppressedBecause
from tracking.reminders import moments
from tracking.reminders.asking import Asking, Place
from tracking.reminders.logged import Logbook

LEASE = timedelta(seconds=60)
MOST_LEASES = 20
"""A delivery whose senders died this often ends as unknown."""

CARRIED_WITHIN = timedelta(minutes=45)
"""A message sent this recently about the same child carries the next one too. Our own rule."""

STEP_BACK = timedelta(seconds=10)
"""How long a delivery waits for one about the same child that is on its way."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that is ours until `leased_until`, if nobody claims it after; `attempt` is the fence."""

    id: uuid.UUID
    attempt: int
    leased_until: datetime
    expires_at: datetime
    idempotency_key: uuid.UUID
    child_id: uuid.UUID
    channel: str
    address: str
    locale: str
    is_tonight: bool
    tries: int = 0


@dataclass(slots=True)
class Claim:
    """What one claim took: `found` rows were looked at, `taken` are to be sent, the others were decided."""

    found: int = 0
    taken: list[Claimed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    id: uuid.UUID
    state: str
    attempt: int
    codes: Sequence[str]
    place: Place
    day: date
    due_at: datetime
    expires_at: datetime
    key: uuid.UUID
    channel: str
    recipient_id: uuid.UUID
    address: str | None
    locale: str
    zone: str
    is_recipient_active: bool
    is_granted: bool
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class _Ending:
    state: DeliveryState
    reason: str = ""
    carried_by: uuid.UUID | None = None


# The recipient's row is locked too (against other claims only): see above.
PICK = """
SELECT d.id FROM tracking_reminderdelivery d JOIN clinic_user u ON u.id = d.recipient_id
WHERE d.state = ANY (%s) AND d.next_try_at <= %s
ORDER BY d.next_try_at, d.id LIMIT %s
FOR NO KEY UPDATE OF d, u SKIP LOCKED
"""

END = """
UPDATE tracking_reminderdelivery d
SET state = e.state, reason = e.reason, carried_by_id = e.carried_by, ended_at = %s, leased_until = NULL
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[]) AS e (id, state, reason, carried_by)
WHERE d.id = e.id
"""


@transaction.atomic
def claim(*, now: datetime, limit: int) -> Claim:
    """Lease up to `limit` deliveries that are due and may go out; end those that may not, with the reason.

    Statements are the same number whatever the limit. Commit before sending.
    """
    rows = _look_at(_pick(now=now, limit=limit))
    if not rows:
        return Claim()
    asking = Asking([row.place for row in rows])
    logbook = Logbook([(row.place, row.day) for row in rows])
    endings: dict[uuid.UUID, _Ending] = {}
    going: list[_Row] = []
    for row in rows:
        ending = _last_check(row, asking, logbook, now=now)
        if ending is None:
            going.append(row)
        else:
            endings[row.id] = ending
    going, stepping_back, carried = _one_a_child(going, now=now)
    _end(endings | carried, now=now)
    ReminderDelivery.objects.filter(pk__in=stepping_back).update(next_try_at=now + STEP_BACK)
    leased_until = now + LEASE
    ReminderDelivery.objects.filter(pk__in=[row.id for row in going]).update(
        state=DeliveryState.LEASED,
        attempt=F("attempt") + 1,
        leased_until=leased_until,
        next_try_at=leased_until,
    )
    return Claim(
        found=len(rows),
        taken=[
            Claimed(
                id=row.id,
                attempt=row.attempt + 1,
                leased_until=leased_until,
                expires_at=row.expires_at,
                idempotency_key=row.key,
                child_id=row.place.child_id,
                channel=row.channel,
                address=row.address or "",
                locale=row.locale,
                is_tonight=moments.is_tonight(row.due_at, asking.zones[row.place.family_id]),
                tries=len(row.codes),
            )
            for row in going
        ],
    )


def _pick(*, now: datetime, limit: int) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(PICK, [[str(state) for state in OPEN_DELIVERY_STATES], now, limit])
        return [pk for (pk,) in cursor.fetchall()]


def _look_at(ids: list[uuid.UUID]) -> list[_Row]:
    """The rows we have locked, as they are now, earliest due first."""
    if not ids:
        return []
    grants = CaregiverGrant.objects.valid().filter(
        child=OuterRef("occurrence__child"),
        family=OuterRef("occurrence__rule__family"),
        user=OuterRef("recipient"),
    )
    mutes = ReminderMute.objects.filter(rule=OuterRef("occurrence__rule"), user=OuterRef("recipient"))
    found = (
        ReminderDelivery.objects.filter(pk__in=ids)
        .annotate(is_granted=Exists(grants), is_muted=Exists(mutes))
        .order_by("due_at", "id")
        .values(
            *("id", "state", "attempt", "provider_codes", "due_at", "expires_at", "idempotency_key"),
            *("channel", "recipient_id", "recipient__email", "recipient__locale", "recipient__zone"),
            *("recipient__is_active", "occurrence__local_day", "occurrence__slot_number"),
            *("occurrence__child_id", "occurrence__rule__program_id", "occurrence__rule__family_id"),
            *("occurrence__rule__family__locale", "occurrence__rule__family__zone"),
            *("occurrence__rule__is_on", "is_granted", "is_muted"),
        )
    )
    return [_row(values) for values in found]


def _row(values: dict[str, Any]) -> _Row:
    rule = "occurrence__rule__"
    return _Row(
        id=values["id"],
        state=values["state"],
        attempt=values["attempt"],
        codes=values["provider_codes"],
        place=Place(
            values[rule + "program_id"],
            values["occurrence__child_id"],
            values[rule + "family_id"],
            values["occurrence__slot_number"],
        ),
        day=values["occurrence__local_day"],
        due_at=values["due_at"],
        expires_at=values["expires_at"],
        key=values["idempotency_key"],
        channel=values["channel"],
        recipient_id=values["recipient_id"],
        address=values["recipient__email"],
        locale=values["recipient__locale"] or values[rule + "family__locale"],
        zone=values["recipient__zone"] or values[rule + "family__zone"],
        is_recipient_active=values["recipient__is_active"],
        is_granted=values["is_granted"],
        is_wanted=values[rule + "is_on"] and not values["is_muted"],
    )


def _last_check(row: _Row, asking: Asking, logbook: Logbook, *, now: datetime) -> _Ending | None:
    """How a delivery ends without being sent; None: it may go out."""
    ending: _Ending | None = None
    suppressed = _why_suppressed(row, asking)
    if suppressed is not None:
        ending = _Ending(DeliveryState.SUPPRESSED, suppressed)
    elif not row.address:
        ending = _Ending(DeliveryState.DEAD, "no_address")
    elif now >= row.expires_at:
        ending = _Ending(DeliveryState.EXPIRED, row.codes[-1] if row.codes else "")
    elif moments.is_quiet(now, row.zone):
        ending = _Ending(DeliveryState.QUIET)
    elif logbook.is_logged(asking, row.place, row.day):
        ending = _Ending(DeliveryState.SUPPRESSED, SuppressedBecause.LOGGED)
    elif row.attempt >= MOST_LEASES:
        ending = _Ending(DeliveryState.UNKNOWN, "leases_lost")
    return ending


def _why_suppressed(row: _Row, asking: Asking) -> SuppressedBecause | None:
    if not (row.is_granted and row.is_recipient_active):
        return SuppressedBecause.REVOKED
    refusal = asking.refusal(row.place, row.day)
    has_time = asking.due_at(row.place, row.day) is not None
    if refusal is None and not (row.is_wanted and has_time):
        return SuppressedBecause.MUTED
    return refusal


def _one_a_child(
    rows: list[_Row], *, now: datetime
) -> tuple[list[_Row], list[uuid.UUID], dict[uuid.UUID, _Ending]]:
    """Those to send, at most one for each recipient and child; those that wait for another; those carried.

    Waiting costs nothing: the next claim finds the other sent, and merges, or not, and sends.
    """
    carriers: dict[tuple[uuid.UUID, uuid.UUID], uuid.UUID] = {}
    on_the_way: set[tuple[uuid.UUID, uuid.UUID]] = set()
    others = ReminderDelivery.objects.filter(
        recipient__in={row.recipient_id for row in rows},
        occurrence__child__in={row.place.child_id for row in rows},
    ).order_by("ended_at", "id")
    columns = ("recipient_id", "occurrence__child_id", "id")
    for recipient_id, child_id, pk in others.filter(
        state=DeliveryState.SENT, ended_at__gt=now - CARRIED_WITHIN
    ).values_list(*columns):
        carriers[recipient_id, child_id] = pk
    for recipient_id, child_id, _ in (
        others.filter(state=DeliveryState.LEASED, leased_until__gt=now)
        .exclude(pk__in=[row.id for row in rows])
        .values_list(*columns)
    ):
        on_the_way.add((recipient_id, child_id))
    going: list[_Row] = []
    waiting: list[uuid.UUID] = []
    carried: dict[uuid.UUID, _Ending] = {}
    for row in rows:
        pair = (row.recipient_id, row.place.child_id)
        if pair in carriers:
            carried[row.id] = _Ending(DeliveryState.MERGED, carried_by=carriers[pair])
        elif pair in on_the_way:
            waiting.append(row.id)
        else:
            on_the_way.add(pair)
            going.append(row)
    return going, waiting, carried


def _end(endings: dict[uuid.UUID, _Ending], *, now: datetime) -> None:
    if not endings:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            END,
            [
                now,
                list(endings),
                [str(ending.state) for ending in endings.values()],
                [str(ending.reason) for ending in endings.values()],
                [ending.carried_by for ending in endings.values()],
            ],
        )


# ---- after the claim: only the holder of the fence may speak ---------------------------------------------


def hold(delivery: Claimed, *, now: datetime) -> bool:
    """Whether the lease still holds, and if so from now on for its full length: asked before each sending.

    It does not when somebody claimed or ended the row since, or when it ran out.
    """
    leased_until = now + LEASE
    held: int = (
        _held(delivery)
        .filter(leased_until__gt=now)
        .update(leased_until=leased_until, next_try_at=leased_until)
    )
    return held == 1


def mark(delivery: Claimed, *, state: DeliveryState, reason: str = "", code: str = "", now: datetime) -> bool:
    """End a delivery we hold; False if the fence was lost, and then nothing is changed."""
    marked: int = _held(delivery).update(
        state=state, reason=reason, ended_at=now, leased_until=None, **_with_code(code)
    )
    return marked == 1


def give_back(deliveries: Iterable[Claimed], *, try_at: datetime, code: str = "") -> int:
    """Hand back deliveries we hold, to be tried at `try_at`; how many were still ours."""
    return sum(
        _held(delivery).update(
            state=DeliveryState.RETRY, next_try_at=try_at, leased_until=None, **_with_code(code)
        )
        for delivery in deliveries
    )


def _held(delivery: Claimed) -> Any:
    return ReminderDelivery.objects.filter(
        pk=delivery.id, attempt=delivery.attempt, state=DeliveryState.LEASED
    )


def _with_code(code: str) -> dict[str, Any]:
    appended = Func(F("provider_codes"), Value(code), function="array_append")
    return {"provider_codes": appended} if code else {}

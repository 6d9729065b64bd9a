"""Claiming due deliveries by lease and fence, after a last check of whether each may still go out.

One transaction locks a batch, decides, and commits; whoever holds `(id, attempt)` may send and record the
result. An expired lease is claimed again. The rows of one recipient are taken by one claim at a time, so two
messages about one child never leave together.

What is due to the same person within `CARRIED_WITHIN` becomes one message (siblings, one bath): the first
carries the others, which are leased with it and end as `merged` once it was sent.
"""

from __future__ import annotations

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Func, Value

from tracking.models import ReminderDelivery, ReminderOccurrence
from tracking.models.reminders import OPEN_DELIVERY_STATES, Channel, DeliveryState
from tracking.reminders import checking, moments, noticing, plain, providers
from tracking.reminders.candidates import (
    Candidate,
    Ending,
    Group,
    Postponed,
    candidates,
    group_of,
)
from tracking.reminders.picking import pick, pick_along
from tracking.vocabulary.reminders import ReminderKind

LEASE = timedelta(seconds=60)
MOST_DEATHS = 5
"""A delivery whose senders died this often in the middle of it ends as unknown."""

MOST_DEATHS_OF: dict[str, int] = {Channel.SMS: 1}
"""A gateway may not tell a repetition by its key: what may have been sent is never sent again."""

CARRIED_WITHIN = timedelta(minutes=45)
"""What is due to a person this soon after a message goes with it; what follows one about the same child this
soon was carried by it. Our own rule."""

STEP_BACK = timedelta(seconds=10)
"""How long a delivery waits for one about the same child that is on its way."""

PLAIN = (ReminderKind.REMINDER,)

logger = logging.getLogger("littlefoot.reminders")


@dataclass(frozen=True, slots=True)
class Held:
    """A row that is ours while nobody claims it after us; `attempt` is the fence."""

    id: uuid.UUID
    attempt: int
    child_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours to send until `leased_until`, with the deliveries it carries.

    `kinds` says what it tells of: `ReminderKind` and `NoticeKind` codes, one for each row.
    """

    row: Held
    leased_until: datetime
    expires_at: datetime
    idempotency_key: uuid.UUID
    recipient_id: uuid.UUID
    channel: str
    address: str
    locale: str
    is_to_staff: bool
    is_tonight: bool
    kinds: tuple[str, ...]
    carried: tuple[Held, ...] = ()
    provider: str = ""
    tries: int = 0
    deaths: int = 0

    @property
    def rows(self) -> tuple[Held, ...]:
        return (self.row, *self.carried)

    @property
    def child_ids(self) -> tuple[uuid.UUID, ...]:
        """Whom it is about, each once, in order of their rows."""
        return tuple(dict.fromkeys(row.child_id for row in self.rows))


@dataclass(slots=True)
class Claim:
    """What one claim took: `found` rows were due and looked at, `taken` are to be sent."""

    found: int = 0
    taken: list[Claimed] = field(default_factory=list)


END = """
UPDATE tracking_reminderdelivery d
SET state = e.state, reason = e.reason, carried_by_id = e.carried_by, ended_at = %s, leased_until = NULL
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[]) AS e (id, state, reason, carried_by)
WHERE d.id = e.id
"""


LEASE_ROWS = """
UPDATE tracking_reminderdelivery d
SET state = 'leased', attempt = d.attempt + 1, leased_until = %s, next_try_at = %s,
    carried_by_id = nullif(l.carrier, d.id), channel = l.channel
FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS l (id, carrier, channel)
WHERE d.id = l.id
"""


@transaction.atomic
def claim(*, now: datetime, limit: int) -> Claim:
    """Lease up to `limit` deliveries that are due and may go out, with what goes along; end the others.

    Statements are the same number whatever the limit. Commit before sending.
    """
    due = pick(now=now, limit=limit)
    if not due:
        return Claim()
    leased_until = now + LEASE
    decided = plain.decide(
        due, now=now, soon=now + CARRIED_WITHIN, just=now - CARRIED_WITHIN, leased_until=leased_until
    )
    taken = _claimed_plainly(decided.leased, leased_until)
    others = [pk for pk in due if pk not in decided.ids]
    if others:
        # Over which a sender died goes last: what kills it shall not keep the others.
        careful = _look_with_care(others, now=now, leased_until=leased_until)
        taken += sorted(careful, key=lambda message: message.deaths)
    return Claim(found=len(due), taken=taken)


def _look_with_care(due: Sequence[uuid.UUID], *, now: datetime, leased_until: datetime) -> list[Claimed]:
    rows = candidates([*due, *pick_along(due, now=now, soon=now + CARRIED_WITHIN)])
    decided, kinds = _look_at(rows, now=now)
    is_due = frozenset(due)
    decided |= providers.hold_back([row for row in rows if row.id not in decided], is_due, now=now)
    # What is not due yet is decided when it is.
    endings = {pk: one for pk, one in decided.items() if isinstance(one, Ending) and pk in is_due}
    postponed = {pk: one.until for pk, one in decided.items() if isinstance(one, Postponed) and pk in is_due}
    going = [replace(row, kind=kinds.get(row.id, row.kind)) for row in rows if row.id not in decided]
    found = _one_message(going, is_due, now=now)
    _end(endings, found.merged, now=now)
    _postpone(postponed | dict.fromkeys(found.waiting, now + STEP_BACK))
    _lease(found.messages, leased_until=leased_until)
    _note_gentle(found.messages)
    return [_claimed(message, leased_until) for message in found.messages]


Decided = dict[uuid.UUID, Ending | Postponed]
Kinds = dict[uuid.UUID, ReminderKind]


def _look_at(rows: Sequence[Candidate], *, now: datetime) -> tuple[Decided, Kinds]:
    """What is decided about those that may not go out now; what the reminders among the others say.

    A row that cannot be looked at at all ends as dead, and holds up no other.
    """
    try:
        return _look_at_all(rows, now=now)
    except DatabaseError:
        raise
    except Exception:
        if len(rows) == 1:
            logger.exception("undecidable", extra={"event": "reminder_undecidable", "id": str(rows[0].id)})
            return {rows[0].id: Ending(DeliveryState.DEAD, "undecidable")}, {}
        decided: Decided = {}
        kinds: Kinds = {}
        for row in rows:
            of_one, says = _look_at([row], now=now)
            decided |= of_one
            kinds |= says
        return decided, kinds


def look_again(rows: Sequence[Candidate], *, now: datetime) -> Decided:
    """What is decided about those of these that may not go out now; nothing is written."""
    return _look_at(rows, now=now)[0]


def _look_at_all(rows: Sequence[Candidate], *, now: datetime) -> tuple[Decided, Kinds]:
    unknown = {
        row.id: Ending(DeliveryState.UNKNOWN, "senders_died")
        for row in rows
        if row.deaths >= MOST_DEATHS_OF.get(row.channel, MOST_DEATHS)
    }
    reminders = checking.look_at([row for row in rows if row.told is None], now=now)
    notices = noticing.look_at([row for row in rows if row.told is not None], now=now)
    # A reason not to send says more than that senders died.
    return {**unknown, **reminders.endings, **notices}, reminders.kinds


@dataclass(slots=True)
class _Sorted:
    """What becomes of rows that may go out: messages, each a row that carries those after it; rows that wait
    for another; rows another message carried, and which.
    """

    messages: list[list[Candidate]] = field(default_factory=list)
    waiting: list[uuid.UUID] = field(default_factory=list)
    merged: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)


def _one_message(rows: Sequence[Candidate], is_due: frozenset[uuid.UUID], *, now: datetime) -> _Sorted:
    """At most one message a person and group, beside those that were tried before: their key was said.

    What was joined to a message stays with it until that one ended. Waiting costs nothing: the next claim
    finds the other sent, and merges, or not, and sends.
    """
    sent, on_the_way = _others_of(rows, now=now)
    found = _Sorted()
    going = {row.id for row in rows}
    joined: dict[uuid.UUID, list[Candidate]] = defaultdict(list)
    fresh: dict[tuple[uuid.UUID, str, str], list[Candidate]] = defaultdict(list)
    tried: list[Candidate] = []
    for row in rows:
        about = (row.recipient_id, row.child_id, row.group)
        if row.carried_by is not None and row.carrier_state == DeliveryState.SENT:
            found.merged[row.id] = row.carried_by
        elif row.carried_by is not None and row.carrier_state in OPEN_DELIVERY_STATES:
            if row.carried_by in going:
                joined[row.carried_by].append(row)
            elif row.id in is_due:
                found.waiting.append(row.id)
        elif about in on_the_way:
            found.waiting += [row.id] if row.id in is_due else []
        elif about in sent and not row.round:
            if row.id in is_due:
                found.merged[row.id] = sent[about]
        elif row.attempt:
            tried.append(row)
        else:
            fresh[row.recipient_id, row.channel, row.group].append(row)
    found.messages += [[row, *joined[row.id]] for row in tried]
    for group in fresh.values():
        # What is only soon due goes along with one that is due, never alone.
        first = next((row for row in group if row.id in is_due), None)
        if first is not None:
            found.messages.append([first, *(row for row in group if row is not first)])
    return found


About = tuple[uuid.UUID, uuid.UUID, Group]


def _others_of(rows: Sequence[Candidate], *, now: datetime) -> tuple[dict[About, uuid.UUID], set[About]]:
    """Reminders these people were just sent, the last of each; and messages on their way to them."""
    others = ReminderDelivery.objects.filter(
        recipient__in={row.recipient_id for row in rows}, child__in={row.child_id for row in rows}
    ).order_by("ended_at", "id")
    sent = {
        (recipient_id, child_id, Group.REMINDERS): carrier or pk
        for recipient_id, child_id, pk, carrier in others.filter(
            state__in=[DeliveryState.SENT, DeliveryState.MERGED],
            ended_at__gt=now - CARRIED_WITHIN,
            notice=None,
            round=0,
        ).values_list("recipient_id", "child_id", "id", "carried_by")
    }
    on_the_way = {
        (recipient_id, child_id, group_of(kind, is_to_staff))
        for recipient_id, child_id, kind, is_to_staff in others.filter(
            state=DeliveryState.LEASED, leased_until__gt=now
        )
        .exclude(pk__in=[row.id for row in rows])
        .values_list("recipient_id", "child_id", "notice__kind", "notice__is_to_staff")
    }
    return sent, on_the_way


def _note_gentle(messages: Iterable[Sequence[Candidate]]) -> None:
    """Keep of which occurrences a message says that it is the last one, and of which no longer."""
    said = {
        row.occurrence.id: row.kind == ReminderKind.GENTLE
        for message in messages
        for row in message
        if row.occurrence is not None and row.occurrence.is_gentle != (row.kind == ReminderKind.GENTLE)
    }
    for is_gentle in sorted(set(said.values())):
        ids = [pk for pk, is_now in said.items() if is_now is is_gentle]
        ReminderOccurrence.objects.filter(pk__in=ids).update(is_gentle=is_gentle)


def _claimed(message: Sequence[Candidate], leased_until: datetime) -> Claimed:
    first = message[0]
    held = [Held(row.id, row.attempt + 1, row.child_id) for row in message]
    return Claimed(
        row=held[0],
        carried=tuple(held[1:]),
        leased_until=leased_until,
        expires_at=first.expires_at,
        idempotency_key=first.key,
        recipient_id=first.recipient_id,
        channel=first.channel,
        address=first.address,
        locale=first.locale,
        is_to_staff=first.told is not None and first.told.is_to_staff,
        is_tonight=moments.is_tonight(first.due_at, first.zone),
        kinds=tuple(row.kind for row in message),
        provider=first.provider,
        tries=first.tries,
        deaths=first.deaths,
    )


def _claimed_plainly(leased: Sequence[plain.Leased], leased_until: datetime) -> list[Claimed]:
    evenings = {(one.due_at, one.zone) for one in leased}
    is_tonight = {(due, zone): moments.is_tonight(due, zone) for due, zone in evenings}
    return [
        Claimed(
            row=Held(one.id, one.attempt, one.child_id),
            leased_until=leased_until,
            expires_at=one.expires_at,
            idempotency_key=one.key,
            recipient_id=one.recipient_id,
            channel=one.channel,
            address=one.address,
            locale=one.locale,
            is_to_staff=False,
            is_tonight=is_tonight[one.due_at, one.zone],
            kinds=PLAIN,
            provider=one.channel,
        )
        for one in leased
    ]


def _end(endings: dict[uuid.UUID, Ending], merged: dict[uuid.UUID, uuid.UUID], *, now: datetime) -> None:
    rows = [
        *((pk, ending.state, ending.reason, None) for pk, ending in endings.items()),
        *((pk, DeliveryState.MERGED, "", carrier) for pk, carrier in merged.items()),
    ]
    if not rows:
        return
    ids, states, reasons, carriers = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            END, [now, list(ids), [str(one) for one in states], [str(one) for one in reasons], list(carriers)]
        )


def _lease(messages: Sequence[Sequence[Candidate]], *, leased_until: datetime) -> None:
    rows = [(row.id, message[0].id, message[0].channel) for message in messages for row in message]
    if not rows:
        return
    ids, carriers, channels = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(LEASE_ROWS, [leased_until, leased_until, list(ids), list(carriers), list(channels)])


def _postpone(until: dict[uuid.UUID, datetime]) -> None:
    if not until:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tracking_reminderdelivery d SET next_try_at = p.until"
            " FROM unnest(%s::uuid[], %s::timestamptz[]) AS p (id, until) WHERE d.id = p.id",
            [list(until), list(until.values())],
        )


# ---- after the claim: only the holder of the fence may speak ---------------------------------------------


def hold(message: Claimed, *, now: datetime) -> Claimed | None:
    """The message with those of its rows that are still ours, leased anew; None: it may not be sent.

    Asked before each sending. A row is not ours where somebody claimed or ended it since, or the lease ran
    out. Where the first was lost the others are given back: the next claim sees what became of it.
    """
    leased_until = now + LEASE
    lease = {"leased_until": leased_until, "next_try_at": leased_until}
    begin = {"begun": F("begun") + 1}
    _lock(message.rows)
    held = tuple(
        row
        for row in message.rows
        if _held(row).filter(leased_until__gt=now).update(**lease, **(begin if row is message.row else {}))
    )
    if message.row not in held:
        give_back(held, try_at=now)
        return None
    return replace(message, carried=held[1:], leased_until=leased_until)


def mark(message: Claimed, *, state: DeliveryState, reason: str = "", code: str = "", now: datetime) -> bool:
    """End a message we hold; False if its fence was lost, and then nothing is changed.

    What it carried ends `merged` where it was sent, and else goes by itself, at its own time.
    """
    _lock(message.rows)
    marked: int = _held(message.row).update(
        state=state, reason=reason, ended_at=now, leased_until=None, **_with_code(code)
    )
    if not marked:
        return False
    for row in message.carried:
        if state is DeliveryState.SENT:
            _held(row).update(state=DeliveryState.MERGED, ended_at=now, leased_until=None)
        else:
            _held(row).update(
                state=DeliveryState.DUE, carried_by=None, next_try_at=F("due_at"), leased_until=None
            )
    return True


def let_go(message: Claimed, *, try_at: datetime) -> int:
    """Hand back a message that was to be sent and was not: no sender died over it."""
    _lock(message.rows)
    _held(message.row).update(begun=F("begun") - 1)
    return give_back(message.rows, try_at=try_at)


def give_back(rows: Sequence[Held], *, try_at: datetime, code: str = "") -> int:
    """Hand back rows we hold, to be tried at `try_at`; how many were still ours."""
    _lock(rows)
    return sum(
        _held(row).update(
            state=DeliveryState.RETRY, next_try_at=try_at, leased_until=None, **_with_code(code)
        )
        for row in rows
    )


def _lock(rows: Sequence[Held]) -> None:
    """Lock several in the order in which whoever ends many locks them, so that nobody waits in a circle."""
    if len(rows) > 1:
        ours = ReminderDelivery.objects.filter(pk__in=[row.id for row in rows]).order_by("id")
        list(ours.select_for_update(no_key=True).values_list("pk"))


def _held(row: Held) -> Any:
    return ReminderDelivery.objects.filter(pk=row.id, attempt=row.attempt, state=DeliveryState.LEASED)


def _with_code(code: str) -> dict[str, Any]:
    appended = Func(F("provider_codes"), Value(code), function="array_append")
    return {"provider_codes": appended} if code else {}

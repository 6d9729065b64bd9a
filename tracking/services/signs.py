"""The child's own signs: added in the family's words, mapped to a cue or to none, ordered, retired."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from clinic import audit
from clinic.errors import Conflict, Forbidden, IdAlreadyUsed, Invalid
from clinic.models import Child, User
from clinic.services import values
from clinic.vocabulary import AuditCode, StopSensitivity
from tracking import policy
from tracking.models import ChildSign
from tracking.models.signs import MOST_SIGNS
from tracking.services.allowed import one_of, short_text
from tracking.services.cosigning import ask_for_cosigning
from tracking.vocabulary.cues import Cue, SignMeaning, meaning

LONGEST_WORDS = 120


class TooManySigns(Conflict):
    """Six signs are in use; retire one first."""

    code = "too_many_signs"


class SignRetired(Conflict):
    """The sign is no longer used; add it anew."""

    code = "sign_retired"


@dataclass(frozen=True, slots=True)
class Told:
    """The sign, and whether it had been told before."""

    sign: ChildSign
    is_known: bool


@transaction.atomic
def tell_sign(
    *,
    by: User,
    child: Child,
    client_id: uuid.UUID,
    asks_for: str,
    words: str,
    language: str = "",
    cue: str = "",
    now: dt.datetime,
) -> Told:
    """A sign of the child's own, last in order; told again under its id it may be mapped to another cue.

    `cue` empty: no cue stands for it. What an assistant or student tells waits for a signature before the
    family reads it. Raises Forbidden, Invalid (naming the field), TooManySigns, SignRetired, and
    IdAlreadyUsed (409) for the id of other words.
    """
    if not policy.may_change_signs(by, child):
        raise Forbidden
    one_of("asks_for", asks_for, SignMeaning)
    words = short_text("words", words, least=1, most=LONGEST_WORDS)
    if cue and (cue not in frozenset(Cue) or meaning(Cue(cue)) != asks_for):
        raise Invalid(field="cue", allowed=[str(one) for one in Cue if meaning(one) == asks_for])
    _one_at_a_time(child)
    sign = ChildSign.objects.filter(child=child, client_id=client_id).first()
    if sign is not None:
        if (sign.asks_for, sign.words) != (asks_for, words):
            raise IdAlreadyUsed(field="id")
        if sign.retired_at is not None:
            raise SignRetired
        if sign.cue == cue:
            return Told(sign, is_known=True)
        sign.cue = cue
        sign.save(update_fields=["cue"])
        _tell(by, child, sign, now, "mapped")
        return Told(sign, is_known=True)
    in_use = ChildSign.objects.current().filter(child=child).count()
    if in_use >= MOST_SIGNS:
        raise TooManySigns(most=MOST_SIGNS)
    sign = ChildSign.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        client_id=client_id,
        asks_for=asks_for,
        words=words,
        language=values.written_in(language, by),
        cue=cue,
        order=in_use + 1,
        created_by=by,
        created_at=now,
    )
    _tell(by, child, sign, now, "added")
    ask_for_cosigning(by=by, child=child, subject=sign, now=now)
    return Told(sign, is_known=False)


@transaction.atomic
def order_signs(*, by: User, child: Child, client_ids: Sequence[uuid.UUID], now: dt.datetime) -> None:
    """The signs in use, in this order. Raises Forbidden, Invalid where they are not exactly these."""
    if not policy.may_change_signs(by, child):
        raise Forbidden
    _one_at_a_time(child)
    signs = {sign.client_id: sign for sign in ChildSign.objects.current().filter(child=child)}
    if sorted(client_ids) != sorted(signs):
        raise Invalid(field="signs", allowed="each_sign_once")
    for order, client_id in enumerate(client_ids, start=1):
        signs[client_id].order = order
    ChildSign.objects.bulk_update(signs.values(), ["order"])
    _tell(by, child, None, now, "ordered")


@transaction.atomic
def move_sign_up(*, by: User, sign: ChildSign, now: dt.datetime) -> None:
    """The sign one place further to the front; the first stays. Raises as `order_signs`."""
    ids = list(ChildSign.objects.current().filter(child=sign.child_id).values_list("client_id", flat=True))
    if sign.client_id in ids[1:]:
        place = ids.index(sign.client_id)
        ids[place - 1], ids[place] = ids[place], ids[place - 1]
        order_signs(by=by, child=sign.child, client_ids=ids, now=now)


@transaction.atomic
def retire_sign(*, by: User, sign: ChildSign, now: dt.datetime) -> ChildSign:
    """The sign, used no more; entries that name it keep it. Retiring it again changes nothing."""
    child = sign.child
    if not policy.may_change_signs(by, child):
        raise Forbidden
    _one_at_a_time(child)
    row = ChildSign.objects.select_for_update().get(pk=sign.pk)
    if row.retired_at is not None:
        return row
    place, row.order = row.order, None
    row.retired_at, row.retired_by = now, by
    row.save(update_fields=["order", "retired_at", "retired_by"])
    ChildSign.objects.current().filter(child=child, order__gt=place).order_by().update(order=F("order") - 1)
    _tell(by, child, row, now, "retired")
    return row


@transaction.atomic
def set_stop_sensitivity(*, by: User, child: Child, sensitivity: str, now: dt.datetime) -> Child:
    """How soon the stop rule pauses for this child; empty: by age and history.

    Raises Forbidden unless `by` treats the child, Invalid.
    """
    if not policy.may_set_stop_sensitivity(by, child):
        raise Forbidden
    if sensitivity:
        one_of("stop_sensitivity", sensitivity, StopSensitivity)
    child.stop_sensitivity = sensitivity
    child.save(update_fields=["stop_sensitivity"])
    audit.record(
        AuditCode.CHANGED_CHILD,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        detail="stop_sensitivity",
    )
    return child


def _one_at_a_time(child: Child) -> None:
    Child.objects.select_for_update(of=("self",), no_key=True).get(pk=child.pk)


def _tell(by: User, child: Child, sign: ChildSign | None, now: dt.datetime, detail: str) -> None:
    audit.record(
        AuditCode.CHANGED_SIGNS,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        subject=sign,
        detail=detail,
    )

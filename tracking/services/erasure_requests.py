"""A caregiver's request to be erased, or to have the child's record erased: sent, withdrawn, answered."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden, IdAlreadyUsed
from clinic.models import Child, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ErasureRequest
from tracking.services.allowed import one_of
from tracking.services.locks import one_at_a_time
from tracking.vocabulary.erasure import DeclinedBecause, RequestAbout


class AlreadyRequested(Conflict):
    """The same was requested already, and is not answered yet."""

    code = "already_requested"


class RequestIsOver(Conflict):
    """The request was answered or withdrawn."""

    code = "request_is_over"


@transaction.atomic
def request_erasure(
    *, by: User, child: Child, client_id: uuid.UUID, about: RequestAbout, now: dt.datetime
) -> ErasureRequest:
    """The request, which erases nothing: the clinic decides and answers. The same id again is a replay.

    Raises Invalid, Forbidden, IdAlreadyUsed and AlreadyRequested (409).
    """
    one_of("about", about, RequestAbout)
    if not policy.may_request_erasure(by, child, RequestAbout(about)):
        raise Forbidden
    one_at_a_time(child)
    known = ErasureRequest.objects.filter(child=child, asked_by=by, client_id=client_id).first()
    if known is not None:
        if known.about != about:
            raise IdAlreadyUsed(field="id")
        return known
    if ErasureRequest.objects.open().filter(child=child, asked_by=by, about=about).exists():
        raise AlreadyRequested
    made = ErasureRequest.objects.create(
        clinic_id=child.clinic_id, child=child, client_id=client_id, about=about, asked_by=by, asked_at=now
    )
    _tell(by, made, now, "asked")
    return made


@transaction.atomic
def withdraw_erasure_request(*, by: User, wish: ErasureRequest, now: dt.datetime) -> ErasureRequest:
    """Taken back by whoever sent it. Raises Forbidden, RequestIsOver (409)."""
    if wish.asked_by_id != by.pk:
        raise Forbidden
    wish = _open(wish)
    wish.withdrawn_at = now
    wish.save(update_fields=["withdrawn_at"])
    _tell(by, wish, now, "withdrawn")
    return wish


@transaction.atomic
def answer_erasure_request(
    *, by: User, wish: ErasureRequest, declined_because: DeclinedBecause | None, now: dt.datetime
) -> ErasureRequest:
    """The clinic's answer; None takes the request up. Raises Forbidden, Invalid, RequestIsOver (409)."""
    if not policy.may_answer_erasure_request(by, wish):
        raise Forbidden
    if declined_because is not None:
        one_of("declined_because", declined_because, DeclinedBecause)
    wish = _open(wish)
    wish.answered_by = by
    wish.answered_at = now
    wish.declined_because = declined_because or ""
    wish.save(update_fields=["answered_by", "answered_at", "declined_because"])
    _tell(by, wish, now, wish.declined_because or "taken_up")
    return wish


def _open(wish: ErasureRequest) -> ErasureRequest:
    held = ErasureRequest.objects.open().select_for_update().filter(pk=wish.pk).first()
    if held is None:
        raise RequestIsOver
    return held


def _tell(by: User, wish: ErasureRequest, now: dt.datetime, what: str) -> None:
    audit.record(
        AuditCode.ASKED_TO_BE_ERASED,
        by=by,
        now=now,
        clinic_id=wish.clinic_id,
        child_id=wish.child_id,
        subject=wish,
        detail=what,
    )

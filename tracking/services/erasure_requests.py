"""A caregiver's wish to be erased, or to have the child's record erased: sent, taken back, answered."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden
from clinic.models import Child, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ErasureRequest
from tracking.services.allowed import one_of
from tracking.services.recording import IdAlreadyUsed, one_at_a_time
from tracking.vocabulary.erasure import DeclinedBecause, RequestAbout


class AlreadyRequested(Conflict):
    """The same was asked for already, and is not answered yet."""

    code = "already_requested"


class RequestIsOver(Conflict):
    """It was answered, or taken back."""

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
def withdraw_erasure_request(*, by: User, request: ErasureRequest, now: dt.datetime) -> ErasureRequest:
    """Taken back by whoever sent it. Raises Forbidden, RequestIsOver (409)."""
    if request.asked_by_id != by.pk:
        raise Forbidden
    request = _open(request)
    request.withdrawn_at = now
    request.save(update_fields=["withdrawn_at"])
    _tell(by, request, now, "withdrawn")
    return request


@transaction.atomic
def answer_erasure_request(
    *, by: User, request: ErasureRequest, declined_because: DeclinedBecause | None, now: dt.datetime
) -> ErasureRequest:
    """The clinic's answer; None takes the request up. Raises Forbidden, Invalid, RequestIsOver (409)."""
    if not policy.may_answer_erasure_request(by, request):
        raise Forbidden
    if declined_because is not None:
        one_of("declined_because", declined_because, DeclinedBecause)
    request = _open(request)
    request.answered_by = by
    request.answered_at = now
    request.declined_because = declined_because or ""
    request.save(update_fields=["answered_by", "answered_at", "declined_because"])
    _tell(by, request, now, request.declined_because or "taken_up")
    return request


def _open(request: ErasureRequest) -> ErasureRequest:
    held = ErasureRequest.objects.open().select_for_update().filter(pk=request.pk).first()
    if held is None:
        raise RequestIsOver
    return held


def _tell(by: User, request: ErasureRequest, now: dt.datetime, what: str) -> None:
    audit.record(
        AuditCode.ASKED_TO_BE_ERASED,
        by=by,
        now=now,
        clinic_id=request.clinic_id,
        child_id=request.child_id,
        subject=request,
        detail=what,
    )

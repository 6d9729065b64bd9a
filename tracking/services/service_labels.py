"""A clinic's names for its services: added, renamed, retired."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden
from clinic.models import Clinic, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ServiceLabel
from tracking.services.allowed import short_text

LONGEST_NAME = 80


class LabelInUse(Conflict):
    """The clinic has a label with this name already."""

    code = "label_in_use"


@transaction.atomic
def add_label(*, by: User, clinic: Clinic, name: str, now: dt.datetime) -> ServiceLabel:
    """A new label. Raises Forbidden, Invalid (`name`), LabelInUse (409)."""
    name = _checked(by, clinic, name)
    label = ServiceLabel.objects.create(clinic=clinic, name=name)
    _audit(label, by=by, now=now, detail="label_added")
    return label


@transaction.atomic
def rename_label(*, by: User, label: ServiceLabel, name: str, now: dt.datetime) -> ServiceLabel:
    """The label under another name, also where it stands already. Raises as `add_label`."""
    label.name = _checked(by, label.clinic, name, but=[label.pk])
    label.save(update_fields=["name"])
    _audit(label, by=by, now=now, detail="label_renamed")
    return label


@transaction.atomic
def retire_label(*, by: User, label: ServiceLabel, now: dt.datetime) -> ServiceLabel:
    """Offer it no more; contacts keep it. Raises Forbidden."""
    if not policy.may_change_service_labels(by, label.clinic):
        raise Forbidden
    if label.retired_at is None:
        label.retired_at = now
        label.save(update_fields=["retired_at"])
        _audit(label, by=by, now=now, detail="label_retired")
    return label


def _checked(by: User, clinic: Clinic, name: str, *, but: Sequence[uuid.UUID] = ()) -> str:
    if not policy.may_change_service_labels(by, clinic):
        raise Forbidden
    name = short_text("name", name, least=1, most=LONGEST_NAME)
    same = ServiceLabel.objects.offered().filter(clinic=clinic, name__iexact=name)
    if same.exclude(pk__in=but).exists():
        raise LabelInUse(field="name")
    return name


def _audit(label: ServiceLabel, *, by: User, now: dt.datetime, detail: str) -> None:
    audit.record(
        AuditCode.CHANGED_CLINIC, by=by, now=now, clinic_id=label.clinic_id, subject=label, detail=detail
    )

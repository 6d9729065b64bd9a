"""A child's precautions and allergies: recorded by team and guardians, ended by whoever treats the child."""

from __future__ import annotations

import datetime as dt
import math
from typing import TypedDict, Unpack

from django.db import transaction

from clinic import audit
from clinic.errors import Forbidden, Invalid
from clinic.models import Child, Precaution, User
from clinic.policy import places
from clinic.vocabulary import AuditCode, PrecautionSource
from tracking import policy
from tracking.precautions import ChildPrecaution, missing_needs
from tracking.readings.library import contraindication_rules
from tracking.services.allowed import one_of, short_text
from tracking.services.cosigning import ask_for_cosigning, take_back_draft
from tracking.services.pausing import day_of
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.reasons import COMPUTED, OF_THE_MOMENT, PrecautionCode

RECORDABLE = tuple(code for code in PrecautionCode if code not in OF_THE_MOMENT | COMPUTED)
"""What lasts longer than an hour and does not follow from the child's dates."""

LONGEST_NOTE = 1000
_FIELDS = {"until": "until_on", "region": "region", "substance": "substance"}


class PrecautionNeedsMore(Invalid):
    """A precaution with this code needs more fields; `field` names one, `precaution` is the code."""

    code = "precaution_needs_more"


class PrecautionChanges(TypedDict, total=False):
    """What may be told or changed; what is left out stays. Days are local and included, None is open."""

    region: str
    substance: str
    from_on: dt.date | None
    until_on: dt.date | None
    note: str


@transaction.atomic
def record_precaution(
    *, by: User, child: Child, code: str, now: dt.datetime, **told: Unpack[PrecautionChanges]
) -> Precaution:
    """A precaution, from today unless told otherwise; it holds at once, whoever recorded it.

    Programs are held against one of an assistant or student too; the family reads it once it is co-signed.

    A vaccination without a last day waits as long as the clinic has set. Raises PrecautionNeedsMore for a
    missing region, last day or substance, Invalid, Forbidden.
    """
    if not policy.may_record_precaution(by, child):
        raise Forbidden
    if code not in RECORDABLE:
        raise Invalid(field="code", allowed=[str(one) for one in RECORDABLE])
    today = day_of(by, child, now)
    precaution = Precaution(
        clinic=child.clinic,
        child=child,
        code=code,
        from_on=today,
        source=PrecautionSource.THERAPIST if places(by, child).is_team else PrecautionSource.GUARDIAN,
        language=by.writes_in,
        recorded_by=by,
        recorded_at=now,
    )
    if code == PrecautionCode.RECENT_VACCINATION and told.get("until_on") is None:
        days = math.ceil(child.clinic.vaccination_wait_hours / 24)
        told["until_on"] = (told.get("from_on") or today) + dt.timedelta(days=days)
    _fill(precaution, told)
    precaution.save()
    _tell(precaution, by, now)
    ask_for_cosigning(by=by, child=child, subject=precaution, now=now)
    return precaution


@transaction.atomic
def change_precaution(
    *, by: User, precaution: Precaution, now: dt.datetime, **changes: Unpack[PrecautionChanges]
) -> Precaution:
    """The precaution told more exactly. Raises as `record_precaution`."""
    row = _locked(by, precaution)
    _fill(row, changes)
    row.save()
    _tell(row, by, now)
    return row


@transaction.atomic
def end_precaution(
    *, by: User, precaution: Precaution, now: dt.datetime, last_on: dt.date | None = None
) -> Precaution | None:
    """The precaution with the last day it applies, None: yesterday, so that it is lifted today.

    One of which no day is left is taken back (its history stays), and None answered. Raises Forbidden unless
    `by` treats the child.
    """
    row = _locked(by, precaution)
    last = last_on or day_of(by, row.child, now) - dt.timedelta(days=1)
    _tell(row, by, now)
    if row.from_on is not None and last < row.from_on:
        take_back_draft(subject=row, now=now)
        row.delete()
        return None
    row.until_on = last
    row.save(update_fields=["until_on"])
    return row


def _locked(by: User, precaution: Precaution) -> Precaution:
    row = (
        Precaution.objects.select_for_update(of=("self",))
        .select_related("child__clinic")
        .get(pk=precaution.pk)
    )
    if not policy.may_change_precaution(by, row.child):
        raise Forbidden
    return row


def _fill(precaution: Precaution, told: PrecautionChanges) -> None:
    if "region" in told:
        one_of("region", told["region"], ObservationRegion, or_empty=True)
        precaution.region = told["region"]
    if "substance" in told:
        precaution.substance = short_text("substance", told["substance"], most=100)
    if "from_on" in told:
        precaution.from_on = told["from_on"]
    if "until_on" in told:
        precaution.until_on = told["until_on"]
    if "note" in told:
        precaution.note = short_text("note", told["note"], most=LONGEST_NOTE)
    first, last = precaution.from_on, precaution.until_on
    if first is not None and last is not None and last < first:
        raise Invalid(field="until_on", allowed="not_before_start")
    rule = contraindication_rules().get(precaution.code)
    if rule is None:
        return
    stands = ChildPrecaution(precaution.code, precaution.region, precaution.substance, first, last)
    for need in missing_needs(rule, stands):
        raise PrecautionNeedsMore(field=_FIELDS[need], precaution=precaution.code)


def _tell(precaution: Precaution, by: User, now: dt.datetime) -> None:
    audit.record(
        AuditCode.RECORDED_PRECAUTION,
        by=by,
        now=now,
        clinic_id=precaution.clinic_id,
        child=precaution.child,
        subject=precaution,
        detail=precaution.code,
    )

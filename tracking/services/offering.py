"""Which built-in strokes and presets a clinic offers, and adopting the library's wording."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import Clinic, ClinicMembership, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import HiddenLibraryItem, Preset, Stroke, WordingAdoption
from tracking.readings.library import library_version
from tracking.services.library import tell_of


class CredentialNeeded(Conflict):
    """Wording is adopted by somebody with a credential; the membership has none, or not this one."""

    code = "credential_needed"


@transaction.atomic
def hide_item(
    *, by: User, clinic: Clinic, now: dt.datetime, stroke: Stroke | None = None, preset: Preset | None = None
) -> HiddenLibraryItem:
    """A built-in stroke or preset is not offered in this clinic any more; programs that hold it go on.

    Hiding what is hidden changes nothing. Raises Invalid for the clinic's own (retire it), Forbidden.
    """
    if not policy.may_hide_library_item(by, clinic):
        raise Forbidden
    item = stroke or preset
    if item is None or item.clinic_id is not None:
        raise Invalid(field="item", allowed="built_in")
    row, is_new = HiddenLibraryItem.objects.get_or_create(
        clinic=clinic, stroke=stroke, preset=preset, defaults={"hidden_by": by, "hidden_at": now}
    )
    if is_new:
        tell_of(by, clinic, item, now, "hidden")
    return row


@transaction.atomic
def show_item(
    *, by: User, clinic: Clinic, now: dt.datetime, stroke: Stroke | None = None, preset: Preset | None = None
) -> None:
    """Offer a hidden built-in stroke or preset again. Raises Forbidden."""
    if not policy.may_hide_library_item(by, clinic):
        raise Forbidden
    item = stroke or preset
    hidden = HiddenLibraryItem.objects.filter(clinic=clinic, stroke=stroke, preset=preset)
    if item is not None and hidden.delete()[0]:
        tell_of(by, clinic, item, now, "shown")


@transaction.atomic
def adopt_wording(
    *, by: User, clinic: Clinic, credential: str, now: dt.datetime, version: str = ""
) -> WordingAdoption:
    """The clinic's signature under a version of wording, under the library's as it is loaded now where none
    is named; until then it is draft wording.

    Signed with the person's name and one credential of their membership; another version is draft again.
    Raises CredentialNeeded, Forbidden.
    """
    if not policy.may_adopt_wording(by, clinic):
        raise Forbidden
    memberships = ClinicMembership.objects.active().filter(clinic=clinic, user=by)
    membership = memberships.order_by("started_at", "id").first()
    if membership is None or credential not in membership.credentials:
        raise CredentialNeeded(field="credential")
    row = WordingAdoption.objects.create(
        clinic=clinic,
        library_version=version or library_version(),
        adopted_by=by,
        name=by.name,
        credential=credential,
        adopted_at=now,
    )
    audit.record(AuditCode.ADOPTED_WORDING, by=by, now=now, clinic_id=clinic.pk, subject=row)
    return row

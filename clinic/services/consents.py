"""Giving and withdrawing consent, on screen or on paper, and the clinic's wording for it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from clinic import audit, policy
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Child, Clinic, Consent, ConsentText, User
from clinic.services import values
from clinic.vocabulary import AuditCode, ConsentKind, SharingMode

LONGEST_TEXT = 8000


class WordingChanged(Conflict):
    """The wording that was read is not the clinic's current one. Read it again."""

    code = "wording_changed"


class NothingToTakeBack(Conflict):
    """This guardian has not consented to it."""

    code = "nothing_to_take_back"


class WordingAdopted(Conflict):
    """This version of the wording is adopted already; a new wording needs a new version."""

    code = "wording_adopted"


# ---- guardians' words -----------------------------------------------------------------------------------


@transaction.atomic
def give(*, by: User, child: Child, kind: ConsentKind, text: uuid.UUID | str, now: dt.datetime) -> Consent:
    """The guardian's agreement to the wording they read, by its id; the same again is the same word.

    Raises Forbidden, WordingChanged (409) for what is not, or no longer, asked.
    """
    _demand_guardian(by, child)
    asked = _asked(child.clinic, kind, str(text))
    own = _own(by, child, kind)
    if own is not None and own.is_given and own.text_id == asked.pk:
        return own
    return _say(by=by, child=child, kind=kind, is_given=True, giver=by, text=asked, now=now)


@transaction.atomic
def withdraw(*, by: User, child: Child, kind: ConsentKind, now: dt.datetime) -> Consent:
    """The guardian's agreement taken back, from now on. Once is enough.

    Sharing that is taken back closes the homes to each other at once; photos and recordings are hidden from
    the team. Raises Forbidden, NothingToTakeBack (409) where neither they nor a paper of theirs ever agreed:
    photos and sharing can be refused without.
    """
    _demand_guardian(by, child)
    own = _own(by, child, kind)
    if own is not None and not own.is_given:
        return own
    if own is None and kind not in REFUSABLE:
        raise NothingToTakeBack(field="kind")
    return _say(
        by=by, child=child, kind=kind, is_given=False, giver=by, text=own.text if own else None, now=now
    )


REFUSABLE = frozenset({ConsentKind.MEDIA, ConsentKind.SHARING})
"""What goes on until somebody says no: a guardian may say it who never said yes."""


@transaction.atomic
def record_paper(
    *,
    by: User,
    child: Child,
    kind: ConsentKind,
    is_given: bool,
    on: dt.date,
    now: dt.datetime,
    grant: CaregiverGrant | None = None,
    name: str = "",
) -> Consent:
    """A word that stands on a paper the clinic keeps: who signed it, and on which day.

    `grant` is the guardian's; None for somebody who has no account, by `name`. Raises Forbidden, or Invalid
    for a day to come or before the child was born, and where nobody or two are named.
    """
    if not policy.may_record_paper_consent(by, child):
        raise Forbidden
    if not child.born_on <= on <= local_day(now, child.clinic.zone):
        raise Invalid(field="on", allowed="day_of_the_childs_life")
    signed = values.words(name, "name", longest=200, is_needed=grant is None)
    if grant is not None and signed:
        raise Invalid(field="name", allowed="empty")
    guardians = CaregiverGrant.objects.valid().guardians().filter(child=child)
    if grant is not None and not guardians.filter(pk=grant.pk).exists():
        raise Invalid(field="grant", allowed="guardian_of_the_child")
    return _say(
        by=by,
        child=child,
        kind=kind,
        is_given=is_given,
        giver=grant.user if grant else None,
        giver_name=signed,
        on=on,
        now=now,
    )


def _say(
    *,
    by: User,
    child: Child,
    kind: ConsentKind,
    is_given: bool,
    giver: User | None,
    now: dt.datetime,
    giver_name: str = "",
    text: ConsentText | None = None,
    on: dt.date | None = None,
) -> Consent:
    """The word written down, and what it closes closed. `on` is a paper's day; None: said here and now."""
    consent = Consent.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        kind=kind,
        is_given=is_given,
        giver=giver,
        giver_name=giver_name,
        text=text,
        on=on or local_day(now, child.clinic.zone),
        at=now,
        is_on_paper=on is not None,
        recorded_by=by,
    )
    _audit(AuditCode.GAVE_CONSENT if is_given else AuditCode.WITHDREW_CONSENT, by, consent, now)
    if kind == ConsentKind.SHARING:
        _close_homes(by, child, now)
    return consent


def _close_homes(by: User, child: Child, now: dt.datetime) -> None:
    """Each person sees their own entries alone while a guardian's "no" to sharing stands."""
    withdrawn = Consent.objects.standing_withdrawals().filter(child=child, kind=ConsentKind.SHARING)
    if child.sharing_mode == SharingMode.OWN_ONLY or not withdrawn.exists():
        return
    child.sharing_mode = SharingMode.OWN_ONLY
    child.save(update_fields=["sharing_mode"])
    audit.record(
        AuditCode.CHANGED_CHILD, by=by, now=now, clinic_id=child.clinic_id, child=child, detail="sharing"
    )


def _demand_guardian(by: User, child: Child) -> None:
    if not policy.may_consent(by, child):
        raise Forbidden
    # The child's row is the lock: words come one after the other.
    Child.objects.select_for_update(of=("self",), no_key=True).get(pk=child.pk)


def _own(by: User, child: Child, kind: ConsentKind) -> Consent | None:
    return Consent.objects.in_order().filter(child=child, giver=by, kind=kind).select_related("text").last()


# ---- the clinic's wording -------------------------------------------------------------------------------


@transaction.atomic
def write_text(
    *, by: User, clinic: Clinic, kind: ConsentKind, language: str, text: str, now: dt.datetime
) -> ConsentText:
    """The next version of what guardians are asked: draft wording until somebody adopts it. The same text
    again is the same version. Raises Forbidden, Invalid.
    """
    _demand_owner(by, clinic)
    language = values.language(language)
    said = values.words(text, "text", longest=LONGEST_TEXT, is_needed=True)
    Clinic.objects.select_for_update(of=("self",), no_key=True).get(pk=clinic.pk)
    versions = ConsentText.objects.filter(clinic=clinic, kind=kind, language=language)
    latest = versions.order_by("number").last()
    if latest is not None and latest.text == said:
        return latest
    return ConsentText.objects.create(
        clinic=clinic,
        kind=kind,
        language=language,
        number=(latest.number if latest else 0) + 1,
        text=said,
        written_by=by,
        written_at=now,
    )


@transaction.atomic
def adopt_text(*, by: User, text: ConsentText, now: dt.datetime) -> ConsentText:
    """Guardians are asked in this wording from now on, under a person's name and this day. What was agreed to
    before stands, in its own wording. Raises Forbidden, WordingAdopted (409).
    """
    row = ConsentText.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=text.pk)
    _demand_owner(by, row.clinic)
    if row.adopted_at is not None:
        raise WordingAdopted
    row.adopted_by, row.adopted_at, row.adopted_name = by, now, by.name
    row.save(update_fields=["adopted_by", "adopted_at", "adopted_name"])
    audit.record(
        AuditCode.ADOPTED_WORDING, by=by, now=now, clinic_id=row.clinic_id, subject=row, detail=row.kind
    )
    return row


@transaction.atomic
def set_rule(*, by: User, clinic: Clinic, kind: ConsentKind, needs_every: bool, now: dt.datetime) -> Clinic:
    """Whether this item needs every guardian's agreement, or one suffices. Raises Forbidden."""
    _demand_owner(by, clinic)
    row = Clinic.objects.select_for_update(of=("self",), no_key=True).get(pk=clinic.pk)
    kinds = {*row.consents_of_every_guardian} - {kind} | ({kind} if needs_every else set())
    row.consents_of_every_guardian = [str(one) for one in ConsentKind if one in kinds]
    row.save(update_fields=["consents_of_every_guardian"])
    audit.record(
        AuditCode.CHANGED_CLINIC, by=by, now=now, clinic_id=clinic.pk, subject=row, detail="consents"
    )
    return row


def _asked(clinic: Clinic, kind: ConsentKind, text: str) -> ConsentText:
    """The wording of this id, where it is the latest that the clinic has adopted in its language."""
    adopted = ConsentText.objects.filter(clinic=clinic, kind=kind, adopted_at__isnull=False)
    latest = {row.language: row for row in adopted.order_by("number", "id")}
    found = next((row for row in latest.values() if str(row.pk) == text), None)
    if found is None:
        raise WordingChanged(field="text")
    return found


def _demand_owner(by: User, clinic: Clinic) -> None:
    if not policy.may_change_clinic(by, clinic):
        raise Forbidden


def _audit(code: AuditCode, by: User, consent: Consent, now: dt.datetime) -> None:
    audit.record(
        code,
        by=by,
        now=now,
        clinic_id=consent.clinic_id,
        child=consent.child,
        subject=consent,
        detail=consent.kind,
    )

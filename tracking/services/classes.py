"""Group classes: created, scheduled, joined, left, held. Each child on the roster has one contact per date.

Whoever leads a class is on the care team of every child in it, so nobody learns about a child through a
class.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import CareTeam, Child, Clinic, ClinicMembership, User
from clinic.models.clinics import new_id
from clinic.vocabulary import AuditCode, Role
from tracking import policy
from tracking.models import ClassDate, ClassPlace, Contact, GroupClass, Preset, ServiceLabel
from tracking.models.contacts import LONGEST_CONTACT_MINUTES
from tracking.services.allowed import in_range, short_text
from tracking.services.contacts import change_contact
from tracking.services.teaching import Shown, teach
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.vocabulary.teaching import ShownWith, TaughtLevel, Teachable


class AlreadyInClass(Conflict):
    """The child has a place in this class."""

    code = "already_in_class"


class AlreadyHeld(Conflict):
    """The class date was held or called off."""

    code = "already_held"


@dataclass(frozen=True, slots=True)
class Came:
    """A child on a date: `state` happened, no_show or cancelled; of those there their grants, and a name."""

    child: uuid.UUID
    state: str = ContactState.HAPPENED
    caregivers: tuple[uuid.UUID, ...] = ()
    name: str = ""


@transaction.atomic
def start_class(
    *,
    by: User,
    clinic: Clinic,
    title: str,
    led_by: uuid.UUID,
    minutes: int = 60,
    label: uuid.UUID | None = None,
    now: dt.datetime,
) -> GroupClass:
    """A class without dates or children yet. Raises Forbidden, Invalid (naming the field)."""
    if not policy.may_start_class(by, clinic):
        raise Forbidden
    in_range("minutes", minutes, 1, LONGEST_CONTACT_MINUTES)
    leaders = ClinicMembership.objects.active().filter(clinic=clinic).with_role(Role.THERAPIST)
    if not leaders.filter(user=led_by).exists():
        raise Invalid(field="led_by", allowed="code")
    offered = ServiceLabel.objects.offered().filter(clinic=clinic)
    if label is not None and not offered.filter(pk=label).exists():
        raise Invalid(field="label", allowed="service_label")
    made = GroupClass.objects.create(
        clinic=clinic,
        title=short_text("title", title, least=1),
        led_by_id=led_by,
        minutes=minutes,
        label_id=label,
        created_by=by,
        created_at=now,
    )
    _audit(made, by=by, now=now, detail="started")
    return made


@transaction.atomic
def add_date(
    *,
    by: User,
    group_class: GroupClass,
    starts_at: dt.datetime,
    preset: uuid.UUID | None = None,
    now: dt.datetime,
) -> ClassDate:
    """A date, planned for every child on the roster. `preset`: what is shown that week. Raises as above."""
    _may_change(by, group_class)
    shelf = Preset.objects.filter(Q(clinic__isnull=True) | Q(clinic=group_class.clinic_id))
    if preset is not None and not shelf.filter(pk=preset).exists():
        raise Invalid(field="preset", allowed="code")
    if group_class.dates.filter(starts_at=starts_at).exists():
        raise Invalid(field="starts_at", allowed="another_time")
    made = ClassDate.objects.create(
        clinic_id=group_class.clinic_id, group_class=group_class, starts_at=starts_at, preset_id=preset
    )
    children = group_class.places.open().values_list("child_id", flat=True)
    _plan(group_class, [(child, made) for child in children], by=by, now=now)
    _audit(group_class, by=by, now=now, detail="dated")
    return made


@transaction.atomic
def call_off(*, by: User, class_date: ClassDate, now: dt.datetime) -> None:
    """No class on this date, by the clinic. Raises Forbidden, AlreadyHeld (409)."""
    _may_change(by, class_date.group_class)
    held = _open(class_date)
    held.called_off_at = now
    held.save(update_fields=["called_off_at"])
    _cancel(held.contacts.planned(), CancelledBy.CLINIC)
    _audit(class_date.group_class, by=by, now=now, detail="called_off")


@transaction.atomic
def join_class(*, by: User, group_class: GroupClass, child: Child, now: dt.datetime) -> ClassPlace:
    """A place for a child `by` may know of, and a planned contact for each date to come.

    Raises Forbidden, AlreadyInClass (409), Invalid (`child`) where who leads the class does not treat it.
    """
    _may_change(by, group_class)
    team = CareTeam.objects.active().filter(child=child, therapist=group_class.led_by_id)
    if child.clinic_id != group_class.clinic_id or not team.exists():
        raise Invalid(field="child", allowed="child_of_the_leaders")
    if group_class.places.open().filter(child=child).exists():
        raise AlreadyInClass
    place = ClassPlace.objects.create(
        clinic_id=group_class.clinic_id, group_class=group_class, child=child, from_at=now
    )
    coming = group_class.dates.filter(held_at__isnull=True, called_off_at__isnull=True, starts_at__gte=now)
    _plan(group_class, [(child.pk, date) for date in coming.order_by("starts_at", "id")], by=by, now=now)
    _audit(group_class, by=by, now=now, child=child, detail="joined")
    return place


@transaction.atomic
def leave_class(*, by: User, place: ClassPlace, now: dt.datetime) -> None:
    """The place ends; what was planned for it is called off by the family. Raises Forbidden."""
    _may_change(by, place.group_class)
    if place.until_at is None:
        place.until_at = now
        place.save(update_fields=["until_at"])
        planned = Contact.objects.planned().filter(child=place.child_id)
        _cancel(planned.filter(class_date__group_class=place.group_class), CancelledBy.FAMILY)
        _audit(place.group_class, by=by, now=now, child=place.child, detail="left")


@transaction.atomic
def hold_date(
    *,
    by: User,
    class_date: ClassDate,
    came: Sequence[Came],
    strokes: Sequence[str],
    level: str = TaughtLevel.SHOWN,
    shown_with: str = ShownWith.DOLL,
    now: dt.datetime,
) -> None:
    """Who came, in one step with what all of them were shown: one contact each, and steps that this opens.

    `strokes` are slugs, as a rule those of the week's preset. Raises Forbidden unless `by` is of the team of
    each child; Invalid for a child without a place, as for one out of sight; AlreadyHeld (409).
    """
    group_class = class_date.group_class
    if not policy.may_view_class(by, group_class):
        raise Forbidden
    held = _open(class_date)
    seen = Child.objects.visible_to(by).filter(pk__in=[one.child for one in came])
    places = group_class.places.open().filter(child__in=seen.values("pk")).select_related("child__clinic")
    children = {place.child_id: place.child for place in places}
    told = [one.child for one in came]
    for place, child in enumerate(told):
        if child not in children or child in told[:place]:
            raise Invalid(field=f"came.{place}.child", allowed="code")
    if len(told) != len(children):
        raise Invalid(field="came", allowed="code")
    if not all(policy.may_describe_contact(by, child) for child in children.values()):
        raise Forbidden
    _plan(group_class, [(child, held) for child in children], by=by, now=now)
    contacts = {contact.child_id: contact for contact in held.contacts.select_for_update().order_by("id")}
    for one in came:
        contact = contacts[one.child]
        contact.child = children[one.child]
        _settle(contact, one, by=by, now=now)
        if one.state == ContactState.HAPPENED:
            _teach_all(contact, one, strokes, level, shown_with, by=by, now=now)
    held.held_at = now
    held.save(update_fields=["held_at"])
    _audit(group_class, by=by, now=now, detail="held")


def _settle(contact: Contact, one: Came, *, by: User, now: dt.datetime) -> None:
    called_off = one.state == ContactState.CANCELLED
    change_contact(
        by=by,
        contact=contact,
        lock_version=contact.lock_version,
        now=now,
        state=one.state,
        cancelled_by=CancelledBy.FAMILY if called_off else "",
        caregivers=one.caregivers,
        others_present=one.name,
    )


def _teach_all(
    contact: Contact,
    one: Came,
    strokes: Iterable[str],
    level: str,
    shown_with: str,
    *,
    by: User,
    now: dt.datetime,
) -> None:
    homes = contact.child.homes.order_by("id").values_list("family_id", flat=True)
    learners: list[dict[str, object]] = [{"grant": grant} for grant in one.caregivers]
    if one.name:
        learners.append({"name": one.name, "family": homes.first()})
    shown = [
        Shown(what=Teachable.STROKE, stroke=stroke, level=level, shown_with=shown_with, **learner)  # type: ignore[arg-type]
        for learner in learners
        for stroke in strokes
    ]
    if shown:
        teach(
            by=by,
            child=contact.child,
            shown=shown,
            contact=contact.pk,
            shown_at=min(contact.starts_at, now),
            now=now,
        )


def _plan(
    group_class: GroupClass, wanted: Sequence[tuple[uuid.UUID, ClassDate]], *, by: User, now: dt.datetime
) -> None:
    """A planned contact for each child and date that has none."""
    Contact.objects.bulk_create(
        [
            Contact(
                id=new_id(),
                clinic_id=group_class.clinic_id,
                child_id=child,
                kind=ContactKind.GROUP_CLASS,
                state=ContactState.PLANNED,
                starts_at=date.starts_at,
                minutes=group_class.minutes,
                label_id=group_class.label_id,
                therapist_id=group_class.led_by_id,
                class_date=date,
                recorded_by=by,
                recorded_at=now,
            )
            for child, date in wanted
        ],
        ignore_conflicts=True,
    )


def _cancel(contacts: Iterable[Contact], cancelled_by: CancelledBy) -> None:
    for contact in contacts:
        contact.state, contact.cancelled_by = ContactState.CANCELLED, cancelled_by
        contact.lock_version += 1
        contact.save(update_fields=["state", "cancelled_by", "lock_version"])


def _open(class_date: ClassDate) -> ClassDate:
    locked = ClassDate.objects.select_for_update().get(pk=class_date.pk)
    if locked.held_at is not None or locked.called_off_at is not None:
        raise AlreadyHeld
    return locked


def _may_change(by: User, group_class: GroupClass) -> None:
    if not policy.may_change_class(by, group_class):
        raise Forbidden


def _audit(
    group_class: GroupClass, *, by: User, now: dt.datetime, detail: str, child: Child | None = None
) -> None:
    audit.record(
        AuditCode.CHANGED_CLASS,
        by=by,
        now=now,
        clinic_id=group_class.clinic_id,
        child=child,
        subject=group_class,
        detail=detail,
    )

"""Group classes for staff: each reader sees the children they may know of, and no total."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q

from clinic.models import CaregiverGrant, Child, Clinic, ClinicMembership, User
from clinic.vocabulary import Role
from tracking.models import ClassDate, ClassPlace, Contact, GroupClass, Preset
from tracking.readings.texts import preset_texts


@dataclass(frozen=True, slots=True)
class SeenDate:
    """A date of a class; `preset` is a name, empty where none is chosen; `strokes` are its slugs."""

    id: uuid.UUID
    starts_at: dt.datetime
    preset: str
    strokes: tuple[str, ...]
    is_held: bool
    is_called_off: bool

    @property
    def is_open(self) -> bool:
        return not (self.is_held or self.is_called_off)


@dataclass(frozen=True, slots=True)
class SeenClass:
    """A class, its dates in order."""

    id: uuid.UUID
    title: str
    led_by: str
    minutes: int
    dates: tuple[SeenDate, ...]

    @property
    def next_date(self) -> SeenDate | None:
        """The first date that was neither held nor called off."""
        return next((date for date in self.dates if date.is_open), None)


@dataclass(frozen=True, slots=True)
class RosterCaregiver:
    """Who may have come with a child, by their grant."""

    grant: uuid.UUID
    name: str


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A child with a place; `caregivers` for who treats it."""

    place: uuid.UUID
    child: uuid.UUID
    name: str
    caregivers: tuple[RosterCaregiver, ...]
    is_treated: bool
    state: str


def classes_of(user: User, clinic: Clinic, *, language: str) -> tuple[SeenClass, ...]:
    """The classes of a clinic that `user` sees, newest first; four statements."""
    rows = GroupClass.objects.visible_to(user).filter(clinic=clinic).select_related("led_by")
    return _seen(list(rows.order_by("-created_at", "-id")), language)


def one_class(group_class: GroupClass, *, language: str) -> SeenClass:
    """A class in the reader's sight."""
    [seen] = _seen([group_class], language)
    return seen


def roster_of(
    user: User, group_class: GroupClass, class_date: ClassDate | None = None
) -> tuple[RosterLine, ...]:
    """The children of a class whom `user` may know of, by name; their caregivers where `user` treats them.

    `state` is the child's on `class_date`, empty without one.
    """
    places = ClassPlace.objects.open().filter(
        group_class=group_class, child__in=Child.objects.visible_to(user).values("pk")
    )
    places = places.select_related("child").order_by("child__first_name", "child__last_name", "id")
    children = [place.child_id for place in places]
    own = Child.objects.on_team_of(user).filter(pk__in=children)
    treated = set(own.values_list("pk", flat=True))
    grants = CaregiverGrant.objects.valid().filter(child__in=treated).order_by("valid_from", "id")
    by_child: dict[uuid.UUID, list[RosterCaregiver]] = {}
    for pk, child, name in grants.values_list("pk", "child_id", "user__name"):
        by_child.setdefault(child, []).append(RosterCaregiver(pk, name))
    states = (
        dict(Contact.objects.filter(class_date=class_date).values_list("child_id", "state"))
        if class_date
        else {}
    )
    return tuple(
        RosterLine(
            place=place.pk,
            child=place.child_id,
            name=f"{place.child.first_name} {place.child.last_name}".strip(),
            caregivers=tuple(by_child.get(place.child_id, ())),
            is_treated=place.child_id in treated,
            state=states.get(place.child_id, ""),
        )
        for place in places
    )


def who_may_join(user: User, group_class: GroupClass) -> list[tuple[uuid.UUID, str]]:
    """Children `user` may know of whom the class's leader treats, without a place yet: (id, name)."""
    placed = ClassPlace.objects.open().filter(group_class=group_class).values("child")
    rows = (
        Child.objects.visible_to(user)
        .filter(
            clinic=group_class.clinic_id, pk__in=Child.objects.on_team_of(group_class.led_by).values("pk")
        )
        .not_archived()
        .exclude(pk__in=placed)
        .order_by("first_name", "last_name", "id")
    )
    return [(child.pk, f"{child.first_name} {child.last_name}".strip()) for child in rows]


def who_may_lead(clinic: Clinic) -> list[tuple[uuid.UUID, str]]:
    """Therapists of the clinic, by name."""
    rows = ClinicMembership.objects.active().filter(clinic=clinic).with_role(Role.THERAPIST)
    return list(rows.order_by("user__name", "user_id").values_list("user_id", "user__name"))


def presets_to_choose(clinic: Clinic, *, language: str) -> list[tuple[uuid.UUID, str]]:
    """Presets of the library by name, for a week of a class."""
    rows = list(Preset.objects.filter(Q(clinic__isnull=True) | Q(clinic=clinic)).order_by("slug", "id"))
    texts = preset_texts((row.pk for row in rows), language)
    return [(row.pk, texts[row.pk].name if row.pk in texts else row.slug) for row in rows]


def _seen(rows: list[GroupClass], language: str) -> tuple[SeenClass, ...]:
    dates = list(
        ClassDate.objects.filter(group_class__in=rows).select_related("preset").order_by("starts_at", "id")
    )
    texts = preset_texts({date.preset_id for date in dates if date.preset_id}, language)
    return tuple(
        SeenClass(
            id=row.pk,
            title=row.title,
            led_by=row.led_by.name,
            minutes=row.minutes,
            dates=tuple(
                SeenDate(
                    id=date.pk,
                    starts_at=date.starts_at,
                    preset=texts[date.preset_id].name if date.preset_id in texts else "",
                    strokes=tuple(date.preset.stroke_slugs) if date.preset else (),
                    is_held=date.held_at is not None,
                    is_called_off=date.called_off_at is not None,
                )
                for date in dates
                if date.group_class_id == row.pk
            ),
        )
        for row in rows
    )

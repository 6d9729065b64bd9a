"""Contacts as each reader may see them.

Owner and office read times. The team reads who was there, notes, and one's own private notes. Guardians read
what is shared; a caregiver who only logs reads when it was and will be. Labels are the clinic's own, for its
minutes, so no family reads them.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from clinic.models import CaregiverGrant, CareTeam, Child, Clinic, User
from clinic.policy import Places
from tracking.models import Contact, ContactPresence, MassageSession, ServiceLabel
from tracking.models.supervision import drafts_among
from tracking.readings.notes import SeenNote, notes_in_sight, seen_note
from tracking.readings.sight import Sight
from tracking.readings.teaching import SeenDemonstration, demonstrations_at
from tracking.vocabulary.contacts import ContactState


@dataclass(frozen=True, slots=True)
class Present:
    """A caregiver who was there: what they speak, as tags, and whether talking takes an interpreter."""

    name: str
    speaks: tuple[str, ...]
    needs_interpreter: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """Who was there beside the therapist; caregivers in the order they were given access."""

    people: tuple[Present, ...]
    grants: tuple[uuid.UUID, ...]
    others: str
    language: str
    has_student: bool
    has_interpreter: bool

    @property
    def caregivers(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.people)


@dataclass(frozen=True, slots=True)
class SeenContact:
    """A contact as one reader sees it. `presence` is None for all but the team, `label` empty for families.

    `minutes` None: not counted. `therapist` is a name, empty where nobody is named. `drafts` are the ids of
    what waits for a signature, contact or lesson: for the team, others read no drafts.
    """

    id: uuid.UUID
    kind: str
    state: str
    cancelled_by: str
    starts_at: dt.datetime
    minutes: int | None
    label: str
    therapist: str
    lock_version: int
    presence: Presence | None
    notes: tuple[SeenNote, ...]
    shown: tuple[SeenDemonstration, ...]
    drafts: frozenset[uuid.UUID]

    @property
    def is_draft(self) -> bool:
        return self.id in self.drafts

    @property
    def is_planned(self) -> bool:
        return self.state == ContactState.PLANNED


@dataclass(frozen=True, slots=True)
class ContactPage:
    """Contacts latest first, and where the next page begins: (starts at, row id), None at the end."""

    contacts: tuple[SeenContact, ...]
    next_before: tuple[dt.datetime, uuid.UUID] | None


@dataclass(frozen=True, slots=True)
class ContactReader:
    """Reads contacts of one child for one person. `reads_labels`: staff."""

    user: User
    child: Child
    sight: Sight
    reads_labels: bool
    language: str

    def page(self, *, limit: int = 50, before: tuple[dt.datetime, uuid.UUID] | None = None) -> ContactPage:
        """One page, by key; seven statements at most."""
        rows = Contact.objects.visible_to(self.user).filter(child=self.child)
        if before is not None:
            starts_at, row_id = before
            rows = rows.filter(starts_at__lte=starts_at).exclude(starts_at=starts_at, id__gte=row_id)
        taken = list(rows.select_related("label", "therapist").order_by("-starts_at", "-id")[: limit + 1])
        shown = taken[:limit]
        following = (shown[-1].starts_at, shown[-1].pk) if len(taken) > limit else None
        return ContactPage(self.read(shown), following)

    def one(self, contact: Contact) -> SeenContact:
        return self.read([contact])[0]

    def read(self, contacts: Sequence[Contact]) -> tuple[SeenContact, ...]:
        notes, presences = self._notes(contacts), self._presences(contacts)
        shown = demonstrations_at(self.user, contacts, language=self.language)
        drafts = self._drafts(contacts, shown)
        return tuple(
            SeenContact(
                id=contact.pk,
                kind=contact.kind,
                state=contact.state,
                cancelled_by=contact.cancelled_by,
                starts_at=contact.starts_at,
                minutes=contact.minutes,
                label=contact.label.name if self.reads_labels and contact.label else "",
                therapist=contact.therapist.name if contact.therapist else "",
                lock_version=contact.lock_version,
                presence=_presence(contact, presences[contact.pk]) if self.sight.is_team else None,
                notes=tuple(notes[contact.pk]),
                shown=tuple(shown.get(contact.pk, ())),
                drafts=drafts,
            )
            for contact in contacts
        )

    def _drafts(
        self,
        contacts: Iterable[Contact],
        shown: Mapping[uuid.UUID, Iterable[SeenDemonstration]],
    ) -> frozenset[uuid.UUID]:
        if not self.sight.is_team:
            return frozenset()
        lessons = (one.id for each in shown.values() for one in each)
        return drafts_among([*(contact.pk for contact in contacts), *lessons])

    def _notes(self, contacts: Iterable[Contact]) -> dict[uuid.UUID, list[SeenNote]]:
        found: dict[uuid.UUID, list[SeenNote]] = defaultdict(list)
        if self.sight.is_team or self.sight.is_guardian:
            rows = notes_in_sight(self.user).filter(about_contact__in=contacts)
            for row in rows.order_by("written_at", "id"):
                assert row.about_contact_id is not None
                found[row.about_contact_id].append(seen_note(row, self.sight))
        return found

    def _presences(self, contacts: Iterable[Contact]) -> dict[uuid.UUID, list[ContactPresence]]:
        found: dict[uuid.UUID, list[ContactPresence]] = defaultdict(list)
        if self.sight.is_team:
            rows = ContactPresence.objects.filter(contact__in=contacts).select_related("grant__user")
            for row in rows.order_by("grant__valid_from", "grant_id"):
                found[row.contact_id].append(row)
        return found


def reader_of(user: User, child: Child, sight: Sight, place: Places, *, language: str) -> ContactReader:
    """What reads this child's contacts for `user`, who is `place` to it."""
    reads_labels = place.is_team or place.is_owner or place.is_office
    return ContactReader(user, child, sight, reads_labels, language)


def next_contact(child: Child, *, now: dt.datetime) -> Contact | None:
    """The next planned contact; None where none is, or where nothing is asked of the family now.

    The caller may know of the child, and so of its contacts' times.
    """
    if child.died_on is not None or child.in_hospital_since is not None:
        return None
    rows = Contact.objects.planned().filter(child=child, starts_at__gte=now).select_related("therapist")
    return rows.order_by("starts_at", "id").first()


@dataclass(frozen=True, slots=True)
class GivenMassage:
    """A massage a therapist gave; `minutes` None: nobody timed it."""

    outcome: str
    minutes: Decimal | None


def sessions_at(contact: Contact) -> tuple[GivenMassage, ...]:
    """Massages given at a contact, for the team."""
    rows = MassageSession.objects.counted().filter(contact=contact).order_by("occurred_at", "id")
    return tuple(GivenMassage(row.outcome, row.minutes) for row in rows)


def labels_of(clinic: Clinic) -> list[ServiceLabel]:
    """A clinic's labels by name, those that are retired last."""
    rows = ServiceLabel.objects.filter(clinic=clinic).order_by("name", "id")
    return sorted(rows, key=lambda label: label.retired_at is not None)


def label_of(clinic: Clinic, pk: uuid.UUID) -> ServiceLabel | None:
    """One of its labels, with its clinic; None: it has none such."""
    return ServiceLabel.objects.filter(clinic=clinic, pk=pk).select_related("clinic").first()


def _presence(contact: Contact, presences: Iterable[ContactPresence]) -> Presence:
    there = list(presences)
    return Presence(
        people=tuple(
            Present(
                name=one.grant.user.name,
                speaks=tuple(one.grant.user.spoken_languages),
                needs_interpreter=one.grant.needs_interpreter,
            )
            for one in there
        ),
        grants=tuple(one.grant_id for one in there),
        others=contact.others_present,
        language=contact.language,
        has_student=contact.has_student,
        has_interpreter=contact.has_interpreter,
    )


@dataclass(frozen=True, slots=True)
class ContactChoices:
    """Whom and what a contact of a child may name, each as (id, name)."""

    team: tuple[tuple[uuid.UUID, str], ...]
    caregivers: tuple[tuple[uuid.UUID, str], ...]
    labels: tuple[tuple[uuid.UUID, str], ...]


def choices_for(child: Child, contact: Contact | None = None) -> ContactChoices:
    """The choices of a new contact, or of one that keeps what it names; three statements."""
    team = CareTeam.objects.active().filter(child=child).order_by("from_at", "id")
    colleagues = dict(team.values_list("therapist_id", "therapist__name"))
    if contact is not None and contact.therapist is not None:
        colleagues.setdefault(contact.therapist.pk, contact.therapist.name)
    caregivers = CaregiverGrant.objects.valid().filter(child=child).order_by("valid_from", "id")
    kept = contact.label_id if contact else None
    labels = ServiceLabel.objects.filter(Q(retired_at__isnull=True) | Q(pk=kept), clinic=child.clinic_id)
    return ContactChoices(
        team=tuple(colleagues.items()),
        caregivers=tuple(
            (row.pk, f"{row.user.name} ({row.relationship})" if row.relationship else row.user.name)
            for row in caregivers.select_related("user")
        ),
        labels=tuple(labels.order_by("name", "id").values_list("id", "name")),
    )

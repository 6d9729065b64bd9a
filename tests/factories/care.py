"""What the care team writes: notes, goals, assessments, contacts, classes, flags, supervision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clinic import rls
from clinic.models import CaregiverGrant, Child, User
from clinic.vocabulary import DischargeReason
from tests.cast import Cast, planted
from tests.factories.people import said
from tracking.models import (
    AfterCare,
    Assessment,
    ClassDate,
    ClassPlace,
    ConcernPlan,
    Contact,
    ContactPresence,
    Cosigning,
    Flag,
    Goal,
    GroupClass,
    Note,
    SafeguardingLead,
    SafeguardingNote,
    Supervision,
)
from tracking.services.archiving import Given, discharge_child
from tracking.services.flag_handling import acknowledge_flag, close_flag, snooze_flag
from tracking.services.goals import record_assessment, set_goal
from tracking.services.notes import write_note
from tracking.services.safeguarding import name_safeguarding_lead, write_safeguarding_note
from tracking.services.supervising import log_supervision
from tracking.vocabulary.concerns import ConcernKind, FlagCode, Severity
from tracking.vocabulary.contacts import ContactKind, ContactState
from tracking.vocabulary.programs import Instrument


def note(child: Child, *, by: User, is_private: bool = False) -> Note:
    with rls.acting_as(by, system="seeding"):
        return Note.objects.create(
            clinic=child.clinic,
            child=child,
            author=by,
            is_private=is_private,
            body=said(child, "note-body"),
            written_at=rls.now(),
        )


def goal(child: Child, *, by: User, title: str = "") -> Goal:
    with rls.acting_as(by, system="seeding"):
        return set_goal(
            by=by,
            child=child,
            title=title or said(child, "goal-title"),
            ladder=[said(child, f"goal-level-{level}") for level in range(5)],
            own_words=said(child, "goal-own-words"),
            set_on=rls.now().date(),
            now=rls.now(),
        )


def assessment(child: Child, *, by: User) -> Assessment:
    """The total of an instrument, with its range, its band and who answered."""
    with rls.acting_as(by, system="seeding"):
        return record_assessment(
            by=by,
            child=child,
            instrument=Instrument.SP2_INFANT,
            on=rls.now().date(),
            totals={
                said(child, "assessment-score"): {
                    "value": 31,
                    "least": 0,
                    "most": 60,
                    "band": said(child, "assessment-band"),
                }
            },
            respondent=said(child, "respondent"),
            now=rls.now(),
        )


@dataclass(frozen=True, slots=True)
class Drafted:
    """Something the supervised wrote, and the signature it waits for."""

    subject: Any
    draft: Cosigning


def drafted_note(cast: Cast) -> Drafted:
    """Asha's shared note about Cleo, which nobody has signed yet."""
    with rls.acting_as(cast.asha, system="seeding"):
        made = write_note(by=cast.asha, child=cast.cleo, body=planted("drafted-body"), now=rls.now())
        return Drafted(made, Cosigning.objects.get(subject_id=made.pk))


def drafted_assessment(cast: Cast) -> Assessment:
    """Totals that Asha entered for Cleo, which nobody has signed yet."""
    return assessment(cast.cleo, by=cast.asha)


def drafted_goal(cast: Cast) -> Drafted:
    """Asha's goal for Cleo, which nobody has signed yet."""
    made = goal(cast.cleo, by=cast.asha, title=planted("drafted-title"))
    with rls.acting_as(cast.asha, system="seeding"):
        return Drafted(made, Cosigning.objects.get(subject_id=made.pk))


def contact(child: Child, *, by: User, at: dt.datetime | None = None, **fields: Any) -> Contact:
    """A visit that happened, with everybody's words on it: a caregiver there, a note shared, one private."""
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        made = Contact.objects.create(
            **{
                "clinic": child.clinic,
                "child": child,
                "kind": ContactKind.VISIT,
                "state": ContactState.HAPPENED,
                "starts_at": at or now - dt.timedelta(days=2),
                "minutes": 45,
                "therapist": by,
                "others_present": said(child, "contact-others"),
                "recorded_by": by,
                "recorded_at": now,
                **fields,
            }
        )
        grant = CaregiverGrant.objects.valid().filter(child=child).order_by("valid_from", "id").first()
        if grant is not None:
            ContactPresence.objects.create(clinic=child.clinic, contact=made, grant=grant)
        for body, is_private in (("contact-shared", False), ("contact-private", True)):
            Note.objects.create(
                clinic=child.clinic,
                child=child,
                author=by,
                is_private=is_private,
                body=said(child, body),
                about_contact=made,
                written_at=now,
            )
        return made


def group_class(*, led_by: User, children: Sequence[Child]) -> ClassDate:
    """A class with one date, next week, in the clinic of who leads it; no family reads its title."""
    clinic = led_by.memberships.active().get().clinic
    with rls.acting_as(led_by, system="seeding"):
        now = rls.now()
        made = GroupClass.objects.create(
            clinic=clinic,
            title=said(children[0], "class-title") if children else "Nobody is in it yet",
            led_by=led_by,
            minutes=60,
            created_by=led_by,
            created_at=now,
        )
        date = ClassDate.objects.create(clinic=clinic, group_class=made, starts_at=now + dt.timedelta(days=7))
        for child in children:
            ClassPlace.objects.create(clinic=clinic, group_class=made, child=child, from_at=now)
            contact(
                child,
                by=led_by,
                at=date.starts_at,
                kind=ContactKind.GROUP_CLASS,
                state=ContactState.PLANNED,
                class_date=date,
            )
        return date


def concern_plan(child: Child, *, by: User) -> ConcernPlan:
    with rls.acting_as(by, system="seeding"):
        return ConcernPlan.objects.create(
            clinic=child.clinic,
            child=child,
            kind=ConcernKind.SEIZURE_LIKE_EVENT,
            text=said(child, "concern-plan"),
            written_by=by,
            written_at=rls.now(),
        )


def flag(child: Child, *, by: User, code: FlagCode = FlagCode.NO_LOGS) -> Flag:
    with rls.acting_as(by, system="seeding"):
        return Flag.objects.create(
            clinic=child.clinic, child=child, code=code, severity=Severity.FOLLOW_UP, raised_at=rls.now()
        )


def handle(raised: Flag, *, by: User) -> None:
    """Somebody has the flag and put it off; another of the child's is closed. Each says why."""
    with rls.acting_as(by):
        now = rls.now()
        acknowledge_flag(by=by, flag=raised, will_do=said(raised.child, "flag-will-do"), now=now)
        later = now + dt.timedelta(days=1)
        snooze_flag(by=by, flag=raised, until_at=later, reason=said(raised.child, "flag-snooze"), now=now)
    over = flag(raised.child, by=by, code=FlagCode.LOW_DOSE)
    with rls.acting_as(by):
        close_flag(by=by, flag=over, reason=said(raised.child, "flag-closing"), now=now)


def safeguarding_note(cast: Cast) -> SafeguardingNote:
    """Asha's, about Cleo; Theo is the clinic's named lead, who is on no team of hers."""
    return safeguarding(cast.cleo, by=cast.asha, lead=cast.theo, owner=cast.otto)


def safeguarding(child: Child, *, by: User, lead: User, owner: User) -> SafeguardingNote:
    """A note about a child, in a clinic whose owner has named the lead."""
    if not SafeguardingLead.objects.filter(clinic=child.clinic, user=lead).exists():
        with rls.acting_as(owner, system="seeding"):
            membership = lead.memberships.get(clinic=child.clinic)
            name_safeguarding_lead(by=owner, membership=membership, now=rls.now())
    with rls.acting_as(by, system="seeding"):
        body = said(child, "safeguarding-body")
        return write_safeguarding_note(by=by, child=child, body=body, now=rls.now())


def supervision(cast: Cast) -> Supervision:
    """Tess and Asha talked."""
    with rls.acting_as(cast.tess, system="seeding"):
        return log_supervision(
            by=cast.tess,
            clinic=cast.harbor,
            person=cast.asha,
            on=rls.now().date() - dt.timedelta(days=1),
            minutes=30,
            discussed=planted("supervision"),
            now=rls.now(),
        )


def after_care(cast: Cast) -> AfterCare:
    """Cleo discharged by Tess, with something for the family to take along."""
    with rls.acting_as(cast.tess, system="seeding"):
        now = rls.now()
        given = Given(
            words=planted("after-care-words"),
            summary=planted("after-care-summary"),
            keeps_steps=True,
            follow_up_on=now.date() + dt.timedelta(days=90),
        )
        reason = DischargeReason.GOALS_MET
        discharge_child(by=cast.tess, child=cast.cleo, reason=reason, given=given, now=now)
        return AfterCare.objects.get(child=cast.cleo)

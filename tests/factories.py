"""Rows of the record, made with the least that they need; a test names only what it is about.

Everything is written as the person it is by, so the row policies see what they would in use.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from clinic import rls
from clinic.localtime import local_day, monday_of
from clinic.models import (
    BreakGlass,
    CaregiverGrant,
    Child,
    ChildHome,
    Clinic,
    ClinicMembership,
    Consent,
    ConsentText,
    Family,
    Precaution,
    User,
)
from clinic.models.clinics import new_id
from clinic.vocabulary import ConsentKind, DischargeReason, Role
from tests.cast import Cast, make_id, planted
from tracking.models import (
    AfterCare,
    AskPlan,
    Assessment,
    Bedtime,
    ChartChoice,
    CheckIn,
    ChildSign,
    ChildStrategy,
    ClassDate,
    ClassPlace,
    ClinicReport,
    ClinicReportKind,
    Concern,
    ConcernPhoto,
    ConcernPlan,
    Contact,
    ContactPresence,
    Cosigning,
    Demonstration,
    EntryDoor,
    Erasure,
    ErasureRequest,
    FamilyWords,
    Flag,
    Goal,
    GroupClass,
    HomeProgram,
    ListedChild,
    MassageSession,
    Message,
    Note,
    ProgramSchedule,
    ProgramSlot,
    ProgramState,
    ProgramStep,
    ProgramVersion,
    QuarantinedEntry,
    RecordExport,
    ReminderRule,
    Report,
    ReportAddendum,
    ReportSchedule,
    ReportState,
    SafeguardingLead,
    SafeguardingNote,
    Stroke,
    Supervision,
    TactileObservation,
)
from tracking.services import strategies
from tracking.services.archiving import Given, discharge_child
from tracking.services.flag_handling import acknowledge_flag, close_flag, snooze_flag
from tracking.services.goals import record_assessment, set_goal
from tracking.services.notes import write_note
from tracking.services.quarantining import quarantine_entry
from tracking.services.safeguarding import name_safeguarding_lead, write_safeguarding_note
from tracking.services.supervising import log_supervision
from tracking.sync.bodies import SessionBody
from tracking.vocabulary.charts import ChosenChart
from tracking.vocabulary.concerns import AdviceLevel, ConcernKind, FlagCode, Severity
from tracking.vocabulary.contacts import ContactKind, ContactState
from tracking.vocabulary.cues import SignMeaning
from tracking.vocabulary.erasure import ErasureBecause, ErasureOf, RequestAbout
from tracking.vocabulary.programs import Anchor, FrequencyPer, Instrument, Phase, Provider, SessionOutcome
from tracking.vocabulary.teaching import ShownWith, TaughtLevel, Teachable
from tracking.vocabulary.touch import Stimulus


def said(child: Child, name: str) -> str:
    """The word planted in a field of this child's record; Cleo's, whom most tests are about, are plain."""
    whose = child.first_name.lower()
    return planted(name if whose == "cleo" else f"{whose}-{name}")


def sibling(child: Child, *, grants: Iterable[CaregiverGrant]) -> Child:
    """A child of the same birth, looked after by the same people at the same homes."""
    with rls.acting_as(None, system="seeding"):
        other = Child.objects.get(pk=child.pk)
        other.pk = new_id()
        other.save(force_insert=True)
        for grant in grants:
            grant.pk, grant.child = new_id(), other
            grant.save(force_insert=True)
        return other


def _first_name(user: User) -> str:
    return user.name.split()[0].lower()


def program(
    child: Child,
    *,
    by: User,
    state: str = ProgramState.ACTIVE,
    strokes: Sequence[str] = (),
    **fields: Any,
) -> HomeProgram:
    """A program with one version, published unless it is a draft; its steps are built-in strokes."""
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        made = HomeProgram.objects.create(
            clinic=child.clinic,
            child=child,
            title=said(child, "program-title"),
            created_by=by,
            created_at=now,
            **fields,
        )
        version = ProgramVersion.objects.create(
            clinic=child.clinic,
            program=made,
            number=1,
            starts_on=now.date() - dt.timedelta(days=20),
            note=said(child, "program-note"),
            drafted_by=by,
            drafted_at=now,
        )
        for order, slug in enumerate(strokes, start=1):
            ProgramStep.objects.create(
                clinic=child.clinic,
                version=version,
                order=order,
                stroke_version=Stroke.objects.get(clinic=None, slug=slug).current_version,
                seconds=60,
            )
        if state != ProgramState.DRAFT:
            ProgramVersion.objects.filter(pk=version.pk).update(
                published_at=now, published_by=by, effective_on=version.starts_on
            )
            made.current_version = version
        made.state = state
        made.save()
        return made


def every_day_at(child: Child, home: Family) -> None:
    """The child is in this home on every day of the week, also if a test is run on a weekend."""
    with rls.acting_as(system="seeding"):
        homes = ChildHome.objects.filter(child=child)
        homes.update(weekdays=[])
        homes.filter(family=home).update(weekdays=list(range(7)))


def prescribed(
    child: Child,
    *,
    by: User,
    anchors: Sequence[str] = ("after_bath",),
    per: str = FrequencyPer.DAY,
    count: int | None = None,
    weekdays: Sequence[int] = (),
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    provider: str = Provider.CAREGIVER,
    diary_from: dt.date | None = None,
) -> HomeProgram:
    """An active program whose caregivers have one slot for each of `anchors`; by default every day's one.

    `diary_from`: before it starts, the last of its slots is a diary's at bedtime.
    """
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        made = HomeProgram.objects.create(
            clinic=child.clinic,
            child=child,
            title=said(child, "program-title"),
            created_by=by,
            created_at=now,
        )
        version = ProgramVersion.objects.create(
            clinic=child.clinic,
            program=made,
            number=1,
            starts_on=starts_on or now.date() - dt.timedelta(days=20),
            baseline_starts_on=diary_from,
            ends_on=ends_on,
            drafted_by=by,
            drafted_at=now,
        )
        schedule = ProgramSchedule.objects.create(
            clinic=child.clinic,
            version=version,
            provider=provider,
            per=per,
            count=count or (len(anchors) if per == FrequencyPer.DAY else 1),
            weekdays=list(weekdays),
        )
        for number, anchor in enumerate(anchors, start=1):
            ProgramSlot.objects.create(
                clinic=child.clinic, version=version, schedule=schedule, number=number, anchor=anchor
            )
        if diary_from is not None:
            diary = ProgramSchedule.objects.create(
                clinic=child.clinic, version=version, per=FrequencyPer.DAY, count=1, phase=Phase.BASELINE
            )
            ProgramSlot.objects.create(
                clinic=child.clinic,
                version=version,
                schedule=diary,
                number=len(anchors) + 1,
                anchor=Anchor.BEDTIME,
            )
        ProgramVersion.objects.filter(pk=version.pk).update(
            published_at=now, published_by=by, effective_on=version.starts_on
        )
        made.current_version = version
        made.state = ProgramState.ACTIVE
        made.save()
        return made


def reminder(child: Child, *, by: User, family: Family) -> ReminderRule:
    """The reminder of an evening program in one of the child's homes."""
    evening = prescribed(child, by=by)
    return ReminderRule.objects.create(
        clinic=child.clinic, child=child, family=family, program=evening, slot_number=1
    )


def entry_fields(child: Child, *, by: User, at: dt.datetime | None = None) -> dict[str, Any]:
    """The columns every entry has, for one told at `at` (default: now) and received at once."""
    at = at or rls.now()
    return {
        "clinic": child.clinic,
        "child": child,
        "client_id": make_id(),
        "occurred_at": at,
        "zone": "America/New_York",
        "local_day": at.date(),
        "first_received_at": at,
        "received_at": at,
        "reported_by": by,
        "door": EntryDoor.API,
        "body_hash": "0" * 64,
        "note": said(child, "entry-note"),
    }


def session(child: Child, *, by: User, at: dt.datetime | None = None, **fields: Any) -> MassageSession:
    with rls.acting_as(by, system="seeding"):
        return MassageSession.objects.create(
            **{"outcome": SessionOutcome.DONE, **entry_fields(child, by=by, at=at), **fields}
        )


def bedtime(child: Child, *, by: User, at: dt.datetime | None = None, **fields: Any) -> Bedtime:
    with rls.acting_as(by, system="seeding"):
        return Bedtime.objects.create(**{**entry_fields(child, by=by, at=at), **fields})


def observation(
    child: Child, *, by: User, at: dt.datetime | None = None, **fields: Any
) -> TactileObservation:
    with rls.acting_as(by, system="seeding"):
        return TactileObservation.objects.create(
            **{
                "stimulus": Stimulus.SUNSCREEN_LOTION,
                "intensity": 3,
                **entry_fields(child, by=by, at=at),
                **fields,
            }
        )


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


def demonstration(child: Child, *, by: User, **fields: Any) -> Demonstration:
    """A stroke shown to somebody without an account, in the child's first home."""
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        home = ChildHome.objects.filter(child=child).order_by("id").first()
        named = {} if "grant" in fields else {"caregiver_name": said(child, "shown-to-name")}
        return Demonstration.objects.create(
            **{
                "clinic": child.clinic,
                "child": child,
                "family_id": home.family_id if home else None,
                "what": Teachable.STROKE,
                "stroke_slug": "toe-rolls",
                "shown_with": ShownWith.CHILD,
                "level": TaughtLevel.SHOWN,
                "shown_by": by,
                "shown_at": now,
                "recorded_at": now,
                **named,
                **fields,
            }
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


def message(child: Child, *, by: User, is_from_staff: bool = False) -> Message:
    with rls.acting_as(by, system="seeding"):
        return Message.objects.create(
            clinic=child.clinic,
            child=child,
            client_id=make_id(),
            author=by,
            is_from_staff=is_from_staff,
            body=said(child, "message-body"),
            sent_at=rls.now(),
        )


def late_entry(cast: Cast) -> QuarantinedEntry:
    """What Rex's phone sent of an evening while he still cared for Cleo."""
    grant = CaregiverGrant.objects.select_related("child__clinic", "family").get(
        child=cast.cleo, user=cast.rex
    )
    assert grant.revoked_at is not None
    with rls.acting_as(cast.rex):
        return quarantine_entry(
            by=cast.rex,
            grant=grant,
            client_id=make_id(),
            entry=SessionBody(
                outcome=SessionOutcome.DONE,
                occurred_at=grant.revoked_at - dt.timedelta(hours=5),
                note=planted("late-note"),
            ),
            door=EntryDoor.API,
            now=rls.now(),
        )


def sign(child: Child, *, by: User, **told: Any) -> ChildSign:
    """A sign of the child's own, last in order; of enough, with no cue that stands for it."""
    given = {"asks_for": SignMeaning.ENOUGH, "words": said(child, "sign-words")}
    with rls.acting_as(by, system="seeding"):
        return ChildSign.objects.create(
            clinic=child.clinic,
            child=child,
            client_id=make_id(),
            order=ChildSign.objects.current().filter(child=child).count() + 1,
            created_by=by,
            created_at=rls.now(),
            **(given | told),
        )


def strategy(child: Child, *, by: User, **told: Any) -> ChildStrategy:
    """One prescribed for sunscreen, in words of the therapist's own."""
    given = {
        "name": said(child, "strategy-name"),
        "text": said(child, "strategy-text"),
        "stimuli": [Stimulus.SUNSCREEN_LOTION],
    }
    with rls.acting_as(by, system="seeding"):
        return strategies.prescribe_strategy(
            by=by, child=child, client_id=make_id(), now=rls.now(), **(given | told)
        ).strategy


def family_words(child: Child, *, by: User, family: Family, **told: Any) -> FamilyWords:
    """What a household says with the long glide, for itself alone."""
    with rls.acting_as(by, system="seeding"):
        return FamilyWords.objects.create(
            **{
                "clinic": child.clinic,
                "child": child,
                "family": family,
                "about": "leg-long-glide",
                "words": said(child, "family-words"),
                "by": by,
                "at": rls.now(),
                **told,
            }
        )


def consent_words(clinic: Clinic) -> str:
    return f"What {clinic.name} asks of guardians."


def consent_text(
    clinic: Clinic, kind: ConsentKind, *, is_adopted: bool = True, language: str = "en"
) -> ConsentText:
    """The next version of a clinic's wording, written and adopted by its owner."""
    with rls.acting_as(system="seeding"):
        owner = ClinicMembership.objects.active().filter(clinic=clinic).with_role(Role.OWNER).get().user
        versions = ConsentText.objects.filter(clinic=clinic, kind=kind, language=language)
        return ConsentText.objects.create(
            clinic=clinic,
            kind=kind,
            language=language,
            number=versions.count() + 1,
            text=consent_words(clinic),
            written_by=owner,
            written_at=rls.now(),
            adopted_by=owner if is_adopted else None,
            adopted_at=rls.now() if is_adopted else None,
            adopted_name=owner.name if is_adopted else "",
        )


def paper_consent(child: Child, *, by: User, kind: ConsentKind = ConsentKind.RECORD) -> Consent:
    """What somebody without an account signed at the clinic."""
    with rls.acting_as(by, system="seeding"):
        return Consent.objects.create(
            clinic=child.clinic,
            child=child,
            kind=kind,
            is_given=True,
            giver_name=said(child, "paper-name"),
            on=local_day(rls.now(), child.clinic.zone),
            at=rls.now(),
            is_on_paper=True,
            recorded_by=by,
        )


def report(child: Child, *, by: User, is_shared: bool = False, **fields: Any) -> Report:
    """A report that was asked for and is not begun."""
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        return Report.objects.create(
            **{
                "clinic": child.clinic,
                "child": child,
                "asked_by": by,
                "asked_at": now,
                "period_from": now.date() - dt.timedelta(days=30),
                "period_until": now.date(),
                "narrative": said(child, "report-narrative"),
                "question": said(child, "report-question"),
                "addressee": said(child, "report-addressee"),
                "state": ReportState.ASKED,
                "shared_at": now if is_shared else None,
                **fields,
            }
        )


def clinic_report(clinic: Clinic, *, by: User, **fields: Any) -> ClinicReport:
    """A report of a clinic that is not begun: its outcomes, or a list of these `children`."""
    children: list[Child] = fields.pop("children", [])
    with rls.acting_as(system="seeding"):
        now = rls.now()
        is_list = fields.get("kind") == ClinicReportKind.CASELOAD
        made = ClinicReport.objects.create(
            **{
                "clinic": clinic,
                "asked_by": by,
                "asked_at": now,
                "kind": ClinicReportKind.OUTCOMES,
                "month_on": None if is_list else now.date().replace(day=1),
                "kept_until": now + dt.timedelta(days=7) if is_list else None,
                "listed_count": len(children),
                **fields,
            }
        )
        for child in children:
            ListedChild.objects.create(clinic=clinic, report=made, child=child, file_name="report/none.pdf")
        return made


def report_schedule(child: Child, *, by: User, on: dt.date | None = None) -> ReportSchedule:
    """A report drafted every month, next on this day or today."""
    with rls.acting_as(by, system="seeding"):
        on = on or local_day(rls.now(), child.clinic.zone)
        return ReportSchedule.objects.create(
            clinic=child.clinic,
            child=child,
            therapist=by,
            day_of_month=min(on.day, 28),
            next_on=on.replace(day=min(on.day, 28)),
            set_at=rls.now(),
        )


def addendum(report: Report, *, by: User) -> ReportAddendum:
    """Something added to a report."""
    with rls.acting_as(by, system="seeding"):
        return ReportAddendum.objects.create(
            clinic=report.clinic,
            report=report,
            child=report.child,
            words=said(report.child, "report-addendum"),
            written_by=by,
            written_at=rls.now(),
        )


def record_export(child: Child, *, by: User, **fields: Any) -> RecordExport:
    """A copy of the record that was asked for and is not begun."""
    with rls.acting_as(by, system="seeding"):
        return RecordExport.objects.create(
            **{"clinic": child.clinic, "child": child, "asked_by": by, "asked_at": rls.now(), **fields}
        )


def ask_plan(
    child: Child, *, by: User, questions: Sequence[str] = ("state_after",), at: dt.datetime | None = None
) -> AskPlan:
    """A choice of what is asked from the day on that it is made."""
    with rls.acting_as(by, system="seeding"):
        now = at or rls.now()
        return AskPlan.objects.create(
            clinic=child.clinic,
            child=child,
            from_on=local_day(now, child.clinic.zone),
            questions=list(questions),
            chosen_by=by,
            chosen_at=now,
        )


def chart_choice(child: Child, *, by: User, charts: Sequence[str] = tuple(ChosenChart)) -> ChartChoice:
    """Every chart there is, unless told otherwise."""
    with rls.acting_as(by, system="seeding"):
        return ChartChoice.objects.create(
            clinic=child.clinic, child=child, charts=list(charts), chosen_by=by, chosen_at=rls.now()
        )


def check_in(child: Child, *, by: User, **fields: Any) -> CheckIn:
    """How this week was for a caregiver, in words nobody but them and the team may read."""
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        return CheckIn.objects.create(
            **{
                "clinic": child.clinic,
                "child": child,
                "author": by,
                "client_id": make_id(),
                "week_on": monday_of(local_day(now, child.clinic.zone)),
                "how_it_was": 4,
                "how_sure": 2,
                "words": planted(f"{_first_name(by)}-check-in"),
                "told_at": now,
                "received_at": now,
                "body_hash": "0" * 64,
                **fields,
            }
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


def concern(child: Child, *, by: User, kind: str = ConcernKind.TEMPERATURE) -> Concern:
    with rls.acting_as(by, system="seeding"):
        fields = entry_fields(child, by=by)
        del fields["first_received_at"]
        is_own = kind == ConcernKind.PARENT_STRAIN
        fields["note"] = planted(f"{_first_name(by)}-strain") if is_own else said(child, "concern-note")
        return Concern.objects.create(
            **fields,
            kind=kind,
            rules_version="concerns-1",
            advice="fever_any",
            level=AdviceLevel.PAUSE,
        )


def concern_photo(concern: Concern, *, by: User) -> ConcernPhoto:
    """A row without its file."""
    with rls.acting_as(by, system="seeding"):
        return ConcernPhoto.objects.create(
            clinic=concern.clinic,
            child=concern.child,
            concern=concern,
            client_id=make_id(),
            file_name="photo/of-nothing.jpg",
            content_hash="0" * 64,
            sent_by=by,
            sent_at=rls.now(),
        )


def precaution(child: Child, *, by: User) -> Precaution:
    with rls.acting_as(by, system="seeding"):
        return Precaution.objects.create(
            clinic=child.clinic,
            child=child,
            code="face_aversion",
            note=said(child, "precaution"),
            recorded_by=by,
            recorded_at=rls.now(),
        )


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


def broken_glass(cast: Cast) -> BreakGlass:
    """Theo read Cleo's record in an emergency, and was done with it within the hour."""
    with rls.acting_as(cast.theo, system="seeding"):
        at = rls.now() - dt.timedelta(days=1)
        return BreakGlass.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            opened_by=cast.theo,
            reason=planted("glass-reason"),
            opened_at=at,
            until_at=at + dt.timedelta(hours=4),
            ended_at=at + dt.timedelta(hours=1),
        )


def erasure(cast: Cast) -> Erasure:
    """Otto asks that Cleo's record be erased; nobody has confirmed it."""
    with rls.acting_as(cast.otto, system="seeding"):
        return Erasure.objects.create(
            clinic=cast.harbor,
            subject=ErasureOf.CHILD,
            subject_id=cast.cleo.pk,
            because=ErasureBecause.GUARDIAN_ASKED,
            asked_by=cast.otto,
            asked_at=rls.now(),
        )


def erasure_request(child: Child, *, by: User, about: str = RequestAbout.CHILD) -> ErasureRequest:
    """A caregiver's wish, not answered yet."""
    with rls.acting_as(by, system="seeding"):
        return ErasureRequest.objects.create(
            clinic=child.clinic,
            child=child,
            client_id=make_id(),
            about=about,
            asked_by=by,
            asked_at=rls.now(),
        )


@dataclass(frozen=True, slots=True)
class Around:
    """A child, and those by whom its record is written."""

    child: Child
    owner: User
    therapist: User
    lead: User  # named for safeguarding
    drafts: User  # on its team; for Cleo, under supervision
    guardian: User
    strained: User  # another who cares for it, or the same
    carers: Sequence[User]
    home: Family
    class_mates: Sequence[Child] = ()


def around_cleo(cast: Cast) -> Around:
    """Treated by Tess, drafted about by Asha, cared for by Fay; Greg has a strain."""
    return Around(
        child=cast.cleo,
        owner=cast.otto,
        therapist=cast.tess,
        lead=cast.theo,
        drafts=cast.asha,
        guardian=cast.fay,
        strained=cast.greg,
        carers=[cast.fay, cast.greg, cast.nan],
        home=cast.fays_home,
        class_mates=[cast.fern],
    )


@dataclass(frozen=True, slots=True)
class Record:
    """One of each that a child's record holds."""

    program: HomeProgram
    draft: HomeProgram
    session: MassageSession
    bedtime: Bedtime
    observation: TactileObservation
    note: Note
    drafted: Cosigning | None
    safeguarding: SafeguardingNote
    message: Message
    report: Report
    flag: Flag
    sign: ChildSign
    contact: Contact
    concern: Concern
    strain: Concern
    photo: ConcernPhoto
    plan: ConcernPlan
    check_in: CheckIn
    strategy: ChildStrategy
    demonstration: Demonstration
    class_date: ClassDate
    words: FamilyWords
    supervision: Supervision | None


def around_fern(cast: Cast) -> Around:
    """Another family's child in the same clinic, on Theo's caseload."""
    return Around(
        child=cast.fern,
        owner=cast.otto,
        therapist=cast.theo,
        lead=cast.theo,
        drafts=cast.theo,
        guardian=cast.finn,
        strained=cast.finn,
        carers=[cast.finn],
        home=cast.finns_home,
    )


def around_cody(cast: Cast) -> Around:
    """A child of another clinic, on Tova's caseload; his guardian works as a therapist at Harbor Lane."""
    return Around(
        child=cast.cody,
        owner=cast.olga,
        therapist=cast.tova,
        lead=cast.tova,
        drafts=cast.tova,
        guardian=cast.dana,
        strained=cast.dana,
        carers=[cast.dana],
        home=cast.danas_home,
    )


def record(cast: Cast, of: Around | None = None) -> Record:
    """A child's record, by default Cleo's; nothing in it is shared that need not be."""
    of = of or around_cleo(cast)
    child, therapist, guardian = of.child, of.therapist, of.guardian
    worry = concern(child, by=guardian)
    strain = concern(child, by=of.strained, kind=ConcernKind.PARENT_STRAIN)
    raised = flag(child, by=therapist)
    handle(raised, by=therapist)
    check_ins = [check_in(child, by=by) for by in of.carers]
    is_cleo = child == cast.cleo
    if not is_cleo:
        precaution(child, by=therapist)
    if not ConsentText.objects.filter(clinic=child.clinic, kind=ConsentKind.MEDIA).exists():
        consent_text(child.clinic, ConsentKind.MEDIA)
    paper_consent(child, by=therapist)
    chart_choice(child, by=therapist)
    return Record(
        program=program(child, by=therapist),
        draft=program(child, by=therapist, state=ProgramState.DRAFT),
        session=session(child, by=guardian),
        bedtime=bedtime(child, by=guardian),
        observation=observation(child, by=guardian),
        note=note(child, by=therapist),
        drafted=drafted_note(cast).draft if is_cleo else None,
        safeguarding=safeguarding(child, by=of.drafts, lead=of.lead, owner=of.owner),
        message=message(child, by=guardian),
        report=report(child, by=therapist),
        flag=raised,
        sign=sign(child, by=guardian),
        contact=contact(child, by=therapist),
        concern=worry,
        strain=strain,
        photo=concern_photo(worry, by=guardian),
        plan=concern_plan(child, by=therapist),
        check_in=check_ins[0],
        strategy=strategy(child, by=therapist),
        demonstration=demonstration(child, by=therapist),
        class_date=group_class(led_by=therapist, children=[child, *of.class_mates]),
        words=family_words(child, by=guardian, family=of.home),
        supervision=supervision(cast) if is_cleo else None,
    )

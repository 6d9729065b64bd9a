"""`policy.may_…` and `visible_to` say the same for everybody of the cast, about everything in the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from clinic import policy as people
from clinic import rls
from clinic.models import BreakGlass, CaregiverGrant, Child, ClinicMembership, Family, Invitation, User
from clinic.services.break_glass import break_glass
from clinic.vocabulary import CareTeamKind, SharingMode
from tests import factories
from tests.cast import Cast, make_id
from tests.clinic.test_invitations import invite
from tracking import policy
from tracking.models import (
    AfterCare,
    AskPlan,
    Assessment,
    Bedtime,
    ChartChoice,
    CheckIn,
    ChildSign,
    ChildStrategy,
    ClinicReport,
    ClinicReportKind,
    Concern,
    ConcernPhoto,
    ConcernPlan,
    Contact,
    Cosigning,
    Demonstration,
    Erasure,
    ErasureRequest,
    FamilyWords,
    Flag,
    Goal,
    GroupClass,
    HomeProgram,
    MassageSession,
    Message,
    Note,
    ProgramState,
    QuarantinedEntry,
    RecordExport,
    RecordHold,
    ReminderRule,
    Report,
    ReportAddendum,
    ReportSchedule,
    RetentionRun,
    SafeguardingLead,
    SafeguardingNote,
    StimulusDay,
    Supervision,
    TactileObservation,
    TrackedStimulus,
)
from tracking.services import signs
from tracking.services.contacts import record_contact
from tracking.services.cosigning import ask_for_cosigning
from tracking.services.erasure_requests import request_erasure
from tracking.services.erasures import ask_erasure
from tracking.services.holding import hold_record
from tracking.services.teaching import Shown, teach
from tracking.vocabulary.concerns import ConcernKind, FlagCode, Severity
from tracking.vocabulary.contacts import ContactKind
from tracking.vocabulary.erasure import ErasureBecause, ErasureOf, RequestAbout
from tracking.vocabulary.teaching import Teachable
from tracking.vocabulary.touch import Stimulus

Rule = Callable[[User, Any], bool]
TEAM, GUARDIANS, OWNER_AND_OFFICE = {"tess", "asha"}, {"fay", "greg"}, {"otto", "opal"}


def may_view_message(user: User, message: Message) -> bool:
    return policy.may_view_messages(user, message.child)


def may_view_invitation(user: User, invitation: Invitation) -> bool:
    p = people.places(user, invitation.child)
    is_own = p.is_guardian and invitation.invited_by_id == user.pk
    return p.is_owner or p.is_office or p.is_team or is_own


def may_view_retention_run(user: User, run: RetentionRun) -> bool:
    return policy.may_change_retention(user, run.clinic)


def may_view_erasure(user: User, erasure: Erasure) -> bool:
    return policy.may_view_erasures(user, erasure.clinic)


def may_view_hold(user: User, hold: RecordHold) -> bool:
    return policy.may_hold_record(user, hold.clinic)


def may_view_erasure_request(user: User, request: ErasureRequest) -> bool:
    is_own = request.asked_by_id == user.pk and people.places(user, request.child).is_caregiver
    return is_own or policy.may_answer_erasure_request(user, request)


def erasure(cast: Cast) -> Erasure:
    factories.safeguarding_note(cast)  # names a lead
    with rls.acting_as(cast.otto):
        return ask_erasure(
            by=cast.otto,
            clinic=cast.harbor,
            subject=ErasureOf.CHILD,
            subject_id=cast.fern.pk,
            because=ErasureBecause.BY_MISTAKE,
            typed_name=cast.fern.first_name,
            now=rls.now(),
        )


def erasure_request(cast: Cast, by: User) -> ErasureRequest:
    with rls.acting_as(by):
        return request_erasure(
            by=by, child=cast.cleo, about=RequestAbout.ME, client_id=make_id(), now=rls.now()
        )


def safeguarding_note(cast: Cast) -> SafeguardingNote:
    """Of a clinic where Opal was named to read them, too, until a week ago."""
    now = rls.now()
    SafeguardingLead.objects.create(
        clinic=cast.harbor,
        user=cast.opal,
        named_by=cast.otto,
        from_at=now - dt.timedelta(days=30),
        until_at=now - dt.timedelta(days=7),
    )
    return factories.safeguarding_note(cast)


def hold(cast: Cast) -> RecordHold:
    with rls.acting_as(cast.otto):
        return hold_record(by=cast.otto, child=cast.cleo, reason="A letter from a court", now=rls.now())


def retention_run(cast: Cast) -> RetentionRun:
    now = rls.now()
    return RetentionRun.objects.create(clinic=cast.harbor, ran_on=now.date(), kept="photos", finished_at=now)


def authors(cast: Cast) -> list[User]:
    return [cast.fay, cast.greg, cast.nan, cast.tess]


def tracked(cast: Cast, stimulus: Stimulus = Stimulus.SUNSCREEN_LOTION) -> TrackedStimulus:
    with rls.acting_as(cast.tess):
        return TrackedStimulus.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            stimulus=stimulus,
            from_on=rls.now().date(),
            created_by=cast.tess,
        )


def stimulus_days(cast: Cast) -> list[StimulusDay]:
    asked = tracked(cast)
    made = []
    for by in authors(cast):
        with rls.acting_as(by):
            fields = factories.entry_fields(cast.cleo, by=by)
            made.append(StimulusDay.objects.create(tracked_stimulus=asked, came_up=True, **fields))
    return made


def flag(cast: Cast) -> Flag:
    with rls.acting_as(cast.tess):
        return Flag.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            code=FlagCode.SKIN_REACTION,
            severity=Severity.URGENT,
            raised_at=rls.now(),
        )


def drafted_sign(cast: Cast) -> ChildSign:
    with rls.acting_as(cast.asha):
        return signs.tell_sign(
            by=cast.asha,
            child=cast.cleo,
            client_id=make_id(),
            asks_for="more",
            words="Hums",
            now=rls.now(),
        ).sign


def unsigned(cast: Cast, row: Any) -> Any:
    """The row as Asha's draft, which nobody has signed yet."""
    with rls.acting_as(cast.asha):
        ask_for_cosigning(by=cast.asha, child=cast.cleo, subject=row, now=rls.now())
    return row


def drafted_contact(cast: Cast) -> Contact:
    with rls.acting_as(cast.asha):
        now = rls.now()
        return record_contact(by=cast.asha, child=cast.cleo, kind=ContactKind.VISIT, starts_at=now, now=now)


def homes(cast: Cast) -> list[Family | None]:
    return [cast.fays_home, cast.gregs_home, None]


def drafted_demonstration(cast: Cast) -> Demonstration:
    with rls.acting_as(cast.asha):
        shown = Shown(what=Teachable.ROUTINE, name="Ada", family=cast.fays_home.pk)
        [made] = teach(by=cast.asha, child=cast.cleo, shown=[shown], now=rls.now())
        return made


# What is looked at, by which rule, and how one of each kind is made.
TABLE: dict[str, tuple[Any, Rule, Callable[[Cast], list[Any]]]] = {
    "children": (Child, people.may_view_child, lambda cast: list(cast.children().values())),
    "family words": (
        FamilyWords,
        policy.may_view_family_words,
        lambda cast: [
            factories.family_words(cast.cleo, by=cast.fay, family=cast.fays_home),
            factories.family_words(cast.cleo, by=cast.greg, family=cast.gregs_home, is_shared=True),
        ],
    ),
    "strategies": (
        ChildStrategy,
        policy.may_view_strategy,
        lambda cast: [factories.strategy(cast.cleo, by=getattr(cast, by)) for by in ("tess", "asha")],
    ),
    "signs": (
        ChildSign,
        policy.may_view_sign,
        lambda cast: [factories.sign(cast.cleo, by=cast.fay), drafted_sign(cast)],
    ),
    "households": (
        Family,
        people.may_view_household,
        lambda cast: [cast.fays_home, cast.gregs_home, cast.finns_home, cast.danas_home, cast.samis_home],
    ),
    "reminders": (
        ReminderRule,
        policy.may_mute_reminder,
        lambda cast: [
            factories.reminder(cast.cleo, by=cast.tess, family=family)
            for family in (cast.fays_home, cast.gregs_home)
        ],
    ),
    "programs": (
        HomeProgram,
        policy.may_view_program,
        lambda cast: [factories.program(cast.cleo, by=cast.tess, state=state) for state in ProgramState],
    ),
    "sessions": (
        MassageSession,
        policy.may_view_entry,
        lambda cast: [factories.session(cast.cleo, by=by) for by in authors(cast)],
    ),
    "bedtimes": (
        Bedtime,
        policy.may_view_entry,
        lambda cast: [factories.bedtime(cast.cleo, by=by) for by in authors(cast)],
    ),
    "observations": (
        TactileObservation,
        policy.may_view_entry,
        lambda cast: [factories.observation(cast.cleo, by=by) for by in authors(cast)],
    ),
    "stimulus days": (StimulusDay, policy.may_view_entry, stimulus_days),
    "tracked touches": (
        TrackedStimulus,
        policy.may_view_tracked_stimulus,
        lambda cast: [tracked(cast), unsigned(cast, tracked(cast, Stimulus.CLOTH_TAG))],
    ),
    "check-ins": (
        CheckIn,
        policy.may_view_check_in,
        lambda cast: [
            factories.check_in(cast.cleo, by=by, withdrawn_at=withdrawn_at)
            for by in (cast.fay, cast.greg, cast.nan)
            for withdrawn_at in (None, rls.now())
        ],
    ),
    "ask plans": (
        AskPlan,
        policy.may_view_ask_plan,
        lambda cast: [
            *(factories.ask_plan(cast.cleo, by=by) for by in (cast.tess, cast.fay)),
            unsigned(cast, factories.ask_plan(cast.cleo, by=cast.asha)),
        ],
    ),
    "chart choices": (
        ChartChoice,
        policy.may_view_chart_choice,
        lambda cast: [factories.chart_choice(cast.cleo, by=cast.tess)],
    ),
    "flags": (Flag, policy.may_view_flag, lambda cast: [flag(cast)]),
    "notes": (
        Note,
        policy.may_view_note,
        lambda cast: [
            factories.note(cast.cleo, by=by, is_private=is_private)
            for by in (cast.tess, cast.asha)
            for is_private in (False, True)
        ],
    ),
    "goals": (
        Goal,
        policy.may_view_goal,
        lambda cast: [factories.goal(cast.cleo, by=cast.tess), factories.drafted_goal(cast).subject],
    ),
    "assessments": (
        Assessment,
        policy.may_view_assessment,
        lambda cast: [factories.assessment(cast.cleo, by=cast.tess), factories.drafted_assessment(cast)],
    ),
    "drafts": (Cosigning, policy.may_view_cosigning, lambda cast: [factories.drafted_goal(cast).draft]),
    "late entries": (
        QuarantinedEntry,
        policy.may_view_quarantined,
        lambda cast: [factories.late_entry(cast)],
    ),
    "contacts": (
        Contact,
        policy.may_view_contact,
        lambda cast: [factories.contact(cast.cleo, by=cast.tess), drafted_contact(cast)],
    ),
    "classes": (
        GroupClass,
        policy.may_view_class,
        lambda cast: [
            factories.group_class(led_by=led_by, children=children).group_class
            for led_by, children in ((cast.tess, [cast.cleo]), (cast.theo, [cast.fern]), (cast.theo, []))
        ],
    ),
    "demonstrations": (
        Demonstration,
        policy.may_view_demonstration,
        lambda cast: [
            *(factories.demonstration(cast.cleo, by=cast.tess, family=home) for home in homes(cast)),
            drafted_demonstration(cast),
        ],
    ),
    "after-care": (
        AfterCare,
        policy.may_view_after_care,
        lambda cast: [factories.after_care(cast)],
    ),
    "supervision": (Supervision, policy.may_view_supervision, lambda cast: [factories.supervision(cast)]),
    "safeguarding notes": (
        SafeguardingNote,
        policy.may_view_safeguarding_note,
        lambda cast: [safeguarding_note(cast)],
    ),
    "messages": (
        Message,
        may_view_message,
        lambda cast: [factories.message(cast.cleo, by=by) for by in (cast.fay, cast.tess)],
    ),
    "concerns": (
        Concern,
        policy.may_view_concern,
        lambda cast: [
            factories.concern(cast.cleo, by=by, kind=kind)
            for by in (cast.fay, cast.greg, cast.nan, cast.tess)
            for kind in (ConcernKind.TEMPERATURE, ConcernKind.PARENT_STRAIN)
        ],
    ),
    "photos of concerns": (
        ConcernPhoto,
        policy.may_view_photo,
        lambda cast: [
            factories.concern_photo(factories.concern(cast.cleo, by=by), by=by) for by in (cast.fay, cast.nan)
        ],
    ),
    "plans for concerns": (
        ConcernPlan,
        policy.may_view_concern_plan,
        lambda cast: [factories.concern_plan(cast.cleo, by=cast.tess)],
    ),
    "openings in an emergency": (
        BreakGlass,
        people.may_view_glass,
        lambda cast: [factories.broken_glass(cast)],
    ),
    "invitations": (
        Invitation,
        may_view_invitation,
        lambda cast: [
            invite(cast, by, family=home).invitation
            for by, home in (("tess", cast.fays_home), ("fay", cast.fays_home), ("greg", cast.gregs_home))
        ],
    ),
    "erasures": (Erasure, may_view_erasure, lambda cast: [erasure(cast)]),
    "wishes to be erased": (
        ErasureRequest,
        may_view_erasure_request,
        lambda cast: [erasure_request(cast, by) for by in (cast.fay, cast.nan)],
    ),
    "records that are held": (RecordHold, may_view_hold, lambda cast: [hold(cast)]),
    "nights of retention": (RetentionRun, may_view_retention_run, lambda cast: [retention_run(cast)]),
    "copies of a record": (
        RecordExport,
        policy.may_view_export,
        lambda cast: [factories.record_export(cast.cleo, by=by) for by in (cast.fay, cast.greg, cast.nan)],
    ),
    "reports": (
        Report,
        policy.may_view_report,
        lambda cast: [
            factories.report(cast.cleo, by=cast.tess, is_shared=is_shared) for is_shared in (False, True)
        ],
    ),
    "reports of a clinic": (
        ClinicReport,
        policy.may_view_clinic_report,
        lambda cast: [
            factories.clinic_report(cast.harbor, by=cast.otto),
            *(
                factories.clinic_report(cast.harbor, by=by, kind=ClinicReportKind.CASELOAD, children=children)
                for by in (cast.tess, cast.theo, cast.asha)
                for children in ([], [cast.cleo], [cast.fern], [cast.cleo, cast.fern])
            ),
        ],
    ),
    "monthly reports": (
        ReportSchedule,
        policy.may_view_report_schedule,
        lambda cast: [factories.report_schedule(cast.cleo, by=cast.tess)],
    ),
    "additions to reports": (
        ReportAddendum,
        policy.may_view_addendum,
        lambda cast: [
            factories.addendum(factories.report(cast.cleo, by=cast.tess, is_shared=is_shared), by=cast.tess)
            for is_shared in (False, True)
        ],
    ),
}


def seen_by_rule(cast: Cast, rule: Rule, things: list[Any]) -> dict[Any, set[str]]:
    """Who may see each thing, everybody asked as themselves."""
    found: dict[Any, set[str]] = {thing.pk: set() for thing in things}
    for name, user in cast.people().items():
        with rls.acting_as(user):
            for thing in things:
                if rule(user, thing):
                    found[thing.pk].add(name)
    return found


def seen_by_row(cast: Cast, things: list[Any], *, system: str | None = None) -> dict[Any, set[str]]:
    """To whom `visible_to` shows each thing; `system`: with the second wall out of the way."""
    found: dict[Any, set[str]] = {thing.pk: set() for thing in things}
    for name, user in cast.people().items():
        with rls.acting_as(user, system=system):
            seen = type(things[0]).objects.visible_to(user).filter(pk__in=found)
            for pk in seen.values_list("pk", flat=True):
                found[pk].add(name)
    return found


def who_sees(cast: Cast, thing: Any) -> set[str]:
    return seen_by_row(cast, [thing])[thing.pk]


BY_SHARING = {"sessions", "bedtimes", "observations", "stimulus days", "concerns"}


CASES = [
    (kind, mode)
    for kind in TABLE
    for mode in SharingMode
    if kind in BY_SHARING or mode == SharingMode.ROLE_LABEL
]


OF_NO_CHILD = {"reports of a clinic"}
"""Seen by whoever works at the clinic, also Tara, who treats Cleo no more."""


@pytest.mark.parametrize(("kind", "mode"), CASES)
def test_the_rule_and_the_rows_agree(cast: Cast, kind: str, mode: SharingMode) -> None:
    model, rule, make = TABLE[kind]
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=mode)
    cast.cleo.sharing_mode = mode
    things = make(cast)
    assert {type(thing) for thing in things} == {model}
    seen = seen_by_row(cast, things)
    assert seen == seen_by_rule(cast, rule, things)
    # The first wall alone lets nobody else through: the second is there for its holes.
    assert seen == seen_by_row(cast, things, system="reports")
    left = {"rex"} if kind in OF_NO_CHILD else {"rex", "tara"}
    assert not {name for names in seen.values() for name in names} & left


NOT_BY_GLASS = {
    "concerns",
    "photos of concerns",
    "plans for concerns",
    "check-ins",
    "family words",
    "drafts",
    "classes",
    "supervision",
    "safeguarding notes",
}


ELSEWHERE = {"tova", "olga", "dana", "sol"}
"""Who is something to a child or a home of another clinic."""


def open_by_glass(cast: Cast, user: User) -> None:
    with rls.acting_as(user):
        break_glass(by=user, child=cast.cleo, reason="Found asleep and hard to wake", now=rls.now())


def let_everybody_go(cast: Cast) -> None:
    """Nobody but Opal works at Harbor Lane any more, or cares for a child there; teams and glasses stand."""
    ClinicMembership.objects.filter(clinic=cast.harbor).exclude(user=cast.opal).update(ended_at=rls.now())
    CaregiverGrant.objects.filter(clinic=cast.harbor).update(revoked_at=rls.now(), revoked_by=cast.otto)


@pytest.mark.parametrize("kind", TABLE)
def test_they_agree_about_who_broke_the_glass_and_about_who_left(cast: Cast, kind: str) -> None:
    _, rule, make = TABLE[kind]
    things = make(cast)
    before = seen_by_row(cast, things)
    for user in (cast.theo, cast.otto):
        open_by_glass(cast, user)
    seen = seen_by_row(cast, things)
    assert seen == seen_by_rule(cast, rule, things)
    assert seen == seen_by_row(cast, things, system="reports")
    opened = {name for pk, names in seen.items() for name in names - before[pk]}
    assert opened <= {"theo", "otto"}
    if kind in NOT_BY_GLASS:
        assert not opened
    let_everybody_go(cast)
    left = seen_by_row(cast, things)
    assert left == seen_by_rule(cast, rule, things)
    assert left == seen_by_row(cast, things, system="reports")
    assert {name for names in left.values() for name in names} <= {"opal", *ELSEWHERE}


def test_the_table_leaves_nothing_out_that_can_be_asked_about() -> None:
    asked = {model for model, _, _ in TABLE.values()}
    askable = {
        model
        for module in (MassageSession, Child)
        for model in module._meta.apps.get_models()
        if model._meta.app_label in {"clinic", "tracking"} and hasattr(model.objects, "visible_to")
    }
    assert askable - asked == set()


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ("cleo", TEAM | GUARDIANS | OWNER_AND_OFFICE | {"nan"}),
        ("fern", {"theo", "finn"} | OWNER_AND_OFFICE),
        ("cody", {"tova", "olga", "dana"}),
        ("sami", {"sol"}),
    ],
)
def test_a_child_is_seen_by_its_team_its_carers_its_owner_and_the_office(
    cast: Cast, of: str, expected: set[str]
) -> None:
    assert who_sees(cast, cast.children()[of]) == expected


def test_no_guardian_sees_the_other_household(cast: Cast) -> None:
    assert who_sees(cast, cast.gregs_home) == TEAM | OWNER_AND_OFFICE | {"greg"}
    assert who_sees(cast, cast.fays_home) == TEAM | OWNER_AND_OFFICE | {"fay", "nan"}


def test_a_private_note_is_its_authors_alone(cast: Cast) -> None:
    private = factories.note(cast.cleo, by=cast.asha, is_private=True)
    assert who_sees(cast, private) == {"asha"}
    shared = factories.note(cast.cleo, by=cast.asha)
    assert who_sees(cast, shared) == TEAM | GUARDIANS


def test_a_therapist_who_left_the_clinic_sees_nothing_although_a_place_is_left(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        cast.tess.memberships.update(ended_at=rls.now())
    assert cast.tess.care_teams.get().kind == CareTeamKind.LEAD
    assert "tess" not in who_sees(cast, cast.cleo)
    with rls.acting_as(cast.tess):
        assert not people.may_view_child(cast.tess, cast.cleo)

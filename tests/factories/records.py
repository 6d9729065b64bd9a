"""A whole record of a child: one row of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.models import Child, ConsentText, Family, User
from clinic.vocabulary import ConsentKind
from tests.cast import Cast
from tests.factories.care import (
    concern_plan,
    contact,
    drafted_note,
    flag,
    group_class,
    handle,
    note,
    safeguarding,
    supervision,
)
from tests.factories.entries import (
    bedtime,
    check_in,
    concern,
    concern_photo,
    family_words,
    message,
    observation,
    session,
    sign,
)
from tests.factories.people import consent_text, paper_consent, precaution
from tests.factories.programs import chart_choice, demonstration, program, strategy
from tests.factories.reports import report
from tracking.models import (
    Bedtime,
    CheckIn,
    ChildSign,
    ChildStrategy,
    ClassDate,
    Concern,
    ConcernPhoto,
    ConcernPlan,
    Contact,
    Cosigning,
    Demonstration,
    FamilyWords,
    Flag,
    HomeProgram,
    MassageSession,
    Message,
    Note,
    ProgramState,
    Report,
    SafeguardingNote,
    Supervision,
    TactileObservation,
)
from tracking.vocabulary.concerns import ConcernKind


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

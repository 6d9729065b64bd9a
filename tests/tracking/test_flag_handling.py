"""What people do about a flag: acknowledge, put off, close; and to whom it goes while nobody does."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.jobs import as_system
from clinic.models import AuditEvent, CareTeam, Child, User
from clinic.vocabulary import AuditCode, CareTeamKind
from tests.cast import Cast
from tests.tracking.flags import HOUR, MORNING, raise_flag, set_readers
from tests.tracking.records import MONDAY, at
from tracking.models import Flag, FlagAcknowledgement, FlagEscalation, FlagSnooze, ReaderGap
from tracking.red_flags import Raised
from tracking.services import flag_escalating, flag_handling, flagging
from tracking.services.flag_handling import AlreadyClosed
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.flags import CloseHow

ONE_DAY = dt.timedelta(days=1)


def escalate(now: dt.datetime) -> int:
    with as_system("flags"):
        return flag_escalating.escalate_due(now=now, limit=100)


def went_to(flag: Flag) -> list[tuple[int, str, User]]:
    with as_system("flags"):
        return [(one.step, one.kind, one.to) for one in flag.escalations.order_by("at", "step", "id")]


def cover(cast: Cast, by: User) -> CareTeam:
    return CareTeam.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        therapist=by,
        kind=CareTeamKind.COVER,
        from_at=MORNING - ONE_DAY * 100,
    )


# ---- acknowledged, put off, closed -----------------------------------------------------------------------


def test_who_looks_first_has_it_and_each_says_what_they_will_do(cast: Cast) -> None:
    flag = raise_flag(cast.cleo)
    with rls.acting_as(cast.otto):
        cover(cast, cast.theo)
    with rls.acting_as(cast.theo):
        flag_handling.acknowledge_flag(by=cast.theo, flag=flag, will_do="Ask Tess", now=MORNING + HOUR)
    with rls.acting_as(cast.tess):
        seen = flag_handling.acknowledge_flag(
            by=cast.tess, flag=flag, will_do="Call Fay today", now=MORNING + 2 * HOUR
        )
        flag_handling.acknowledge_flag(by=cast.tess, flag=flag, will_do="Again", now=MORNING + 3 * HOUR)
        assert (seen.acknowledged_by, seen.acknowledged_at) == (cast.theo, MORNING + HOUR)
        told = FlagAcknowledgement.objects.order_by("at").values_list("by", "will_do")
        assert list(told) == [(cast.theo.pk, "Ask Tess"), (cast.tess.pk, "Call Fay today")]


def test_a_medical_flag_is_put_off_four_hours_at_most_and_another_a_month(cast: Cast) -> None:
    medical, other = raise_flag(cast.cleo), raise_flag(cast.cleo, FlagCode.LOW_DOSE)
    with rls.acting_as(cast.tess):
        with pytest.raises(Invalid) as refused:
            flag_handling.snooze_flag(
                by=cast.tess, flag=medical, until_at=MORNING + 5 * HOUR, reason="Waiting", now=MORNING
            )
        assert refused.value.parameters["most"] == 4
        for flag, until_at in ((medical, MORNING + 4 * HOUR), (other, MORNING + 30 * ONE_DAY)):
            put_off = flag_handling.snooze_flag(
                by=cast.tess, flag=flag, until_at=until_at, reason="Waiting for the doctor", now=MORNING
            )
            assert put_off.snoozed_until == until_at
        with pytest.raises(Invalid):
            flag_handling.snooze_flag(
                by=cast.tess, flag=other, until_at=MORNING + HOUR, reason=" ", now=MORNING
            )
        assert FlagSnooze.objects.count() == 2


def test_software_closes_a_silence_and_never_a_medical_flag(cast: Cast) -> None:
    quiet = raise_flag(cast.cleo, FlagCode.NO_LOGS, days=7)
    medical = [raise_flag(cast.cleo, code) for code in (FlagCode.SEIZURE, FlagCode.SKIN_REACTION)]
    with rls.acting_as(cast.opal):
        flagging.settle_no_logs(by=cast.opal, child=cast.cleo, now=MORNING)
    with rls.acting_as(cast.tess):
        quiet.refresh_from_db()
        assert quiet.closed_how == CloseHow.BY_CONTACT
        assert set(Flag.objects.open()) == set(medical)


def test_a_closed_flag_is_neither_acknowledged_nor_put_off(cast: Cast) -> None:
    flag = raise_flag(cast.cleo)
    with rls.acting_as(cast.tess):
        flag_handling.close_flag(by=cast.tess, flag=flag, reason="Seen by her doctor", now=MORNING)
        with pytest.raises(AlreadyClosed):
            flag_handling.acknowledge_flag(by=cast.tess, flag=flag, now=MORNING)
        with pytest.raises(AlreadyClosed):
            flag_handling.snooze_flag(
                by=cast.tess, flag=flag, until_at=MORNING + HOUR, reason="Later", now=MORNING
            )
    said = AuditEvent.objects.filter(subject_id=flag.pk).order_by("at", "id").values_list("code", flat=True)
    assert list(said) == [AuditCode.RAISED_FLAG, AuditCode.CLOSED_FLAG]


def test_a_medical_flag_that_was_closed_is_raised_by_the_next_event_at_once(cast: Cast) -> None:
    first = raise_flag(cast.cleo, FlagCode.SEIZURE)
    with rls.acting_as(cast.tess):
        flag_handling.close_flag(by=cast.tess, flag=first, reason="Seen", now=MORNING)
    assert raise_flag(cast.cleo, FlagCode.SEIZURE, now=MORNING + HOUR).pk != first.pk


def test_two_who_raise_the_same_at_the_same_moment_raise_it_once(live_cast: Cast) -> None:
    def job() -> int:
        try:
            with as_system("flags"):
                found = {live_cast.cleo.pk: [Raised(FlagCode.SEIZURE)]}
                return len(
                    flagging.raise_flags(found, clinics={live_cast.cleo.pk: live_cast.harbor.pk}, now=MORNING)
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        raised = [future.result() for future in [pool.submit(job) for _ in range(4)]]
    assert sum(raised) == 1
    with rls.acting_as(live_cast.tess):
        assert AuditEvent.objects.filter(code=AuditCode.RAISED_FLAG).count() == 1


# ---- when it is due, and to whom it goes -----------------------------------------------------------------


def test_a_flag_is_due_in_clinic_hours_by_its_severity(cast: Cast) -> None:
    assert raise_flag(cast.cleo).due_at == MORNING + 2 * HOUR
    assert raise_flag(cast.cleo, FlagCode.SEIZURE).due_at == MORNING + HOUR / 2
    friday_night = at("22:00", on=MONDAY + 4 * ONE_DAY)
    late = raise_flag(cast.cleo, FlagCode.FEEDING_WEIGHT, now=friday_night)
    assert late.due_at == at("11:00", on=MONDAY + 7 * ONE_DAY)
    graver = raise_flag(cast.cleo, FlagCode.SKIN_REACTION, graver=Severity.EMERGENCY)
    assert graver.due_at == MORNING + HOUR / 2


def test_an_unread_flag_goes_to_the_cover_and_then_to_the_owner(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        cover(cast, cast.theo)
    flag = raise_flag(cast.cleo)
    assert escalate(MORNING + 2 * HOUR - dt.timedelta(seconds=1)) == 0
    assert escalate(MORNING + 2 * HOUR) == 1
    assert went_to(flag) == [(2, "cover", cast.theo)]
    assert escalate(MORNING + 4 * HOUR) == 1
    assert went_to(flag) == [(2, "cover", cast.theo), (3, "owner", cast.otto)]
    assert escalate(MORNING + 20 * ONE_DAY) == 1
    assert escalate(MORNING + 30 * ONE_DAY) == 0
    assert len(went_to(flag)) == 2
    with rls.acting_as(system="flags"):
        assert set(FlagEscalation.objects.values_list("because", flat=True)) == {"unread"}


def test_a_place_nobody_holds_is_passed_over(cast: Cast) -> None:
    flag = raise_flag(cast.cleo)
    escalate(MORNING + 2 * HOUR)
    assert went_to(flag) == [(3, "owner", cast.otto)]
    without_team = raise_flag(orphan(cast))
    assert without_team.asked_count == 3


def test_what_somebody_has_looked_at_or_put_off_goes_to_nobody(cast: Cast) -> None:
    seen, put_off = raise_flag(cast.cleo), raise_flag(cast.cleo, FlagCode.PAIN_OR_SWELLING)
    with rls.acting_as(cast.tess):
        flag_handling.acknowledge_flag(by=cast.tess, flag=seen, now=MORNING)
        flag_handling.snooze_flag(
            by=cast.tess, flag=put_off, until_at=MORNING + 3 * HOUR, reason="At the doctor's", now=MORNING
        )
    assert escalate(MORNING + 2 * HOUR) == 0
    assert escalate(MORNING + 3 * HOUR) == 1
    assert went_to(seen) == []
    assert went_to(put_off) == [(3, "owner", cast.otto)]


def test_two_workers_hand_each_flag_on_once(live_cast: Cast) -> None:
    flags = [raise_flag(live_cast.cleo, code) for code in (FlagCode.SKILL_LOSS, FlagCode.FEEDING_WEIGHT)]

    def job() -> int:
        try:
            return escalate(MORNING + 2 * HOUR)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = [future.result() for future in [pool.submit(job) for _ in range(4)]]
    assert sum(counts) == 2
    assert [len(went_to(flag)) for flag in flags] == [1, 1]


def test_handing_on_asks_as_many_questions_for_twelve_flags_as_for_two(cast: Cast) -> None:
    counts = []
    urgent = [FlagCode.SKILL_LOSS, FlagCode.FEEDING_WEIGHT, FlagCode.PAIN_OR_SWELLING]
    for size in (2, 12):
        for number in range(size):
            raise_flag(orphan(cast), urgent[number % 3])
        with rls.acting_as(system="flags"), CaptureQueriesContext(connection) as asked:
            assert flag_escalating.escalate_due(now=MORNING + 30 * ONE_DAY, limit=100) == size
        counts.append(len(asked))
        with rls.acting_as(system="flags"):
            Flag.objects.update(escalates_at=None)
    assert counts[0] == counts[1]


def orphan(cast: Cast) -> Child:
    """A child in care with nobody on its team."""
    with rls.acting_as(cast.otto):
        child = Child.objects.create(
            clinic=cast.harbor, first_name="Orla", born_on=MONDAY - 400 * ONE_DAY, created_at=MORNING
        )
        child.episodes.create(clinic=cast.harbor, state="active", started_on=MONDAY - 30 * ONE_DAY)
    return child


# ---- who may ---------------------------------------------------------------------------------------------


def test_an_owner_who_reads_a_flag_acts_on_it_and_sees_nothing_that_others_said(cast: Cast) -> None:
    flag = raise_flag(cast.cleo)
    with rls.acting_as(cast.tess):
        flag_handling.acknowledge_flag(by=cast.tess, flag=flag, will_do="Call Fay", now=MORNING)
    with rls.acting_as(cast.otto):
        assert list(Flag.objects.all()) == [flag]
        assert not FlagAcknowledgement.objects.exists()
        flag_handling.acknowledge_flag(by=cast.otto, flag=flag, will_do="Ask Tess", now=MORNING)
        assert [one.by for one in FlagAcknowledgement.objects.all()] == [cast.otto]


def test_an_owner_who_is_no_reader_of_a_flag_sees_no_row_of_it(cast: Cast) -> None:
    flag = raise_flag(cast.cleo)
    with rls.acting_as(system="flags"):
        Flag.objects.filter(pk=flag.pk).update(readers=["care_team", "cover"])
    flag.readers = ["care_team", "cover"]
    with rls.acting_as(cast.otto):
        assert not Flag.objects.exists()
        with pytest.raises(Forbidden):
            flag_handling.acknowledge_flag(by=cast.otto, flag=flag, now=MORNING)


def test_the_second_wall_shows_nobody_elses_flags_to_a_therapist_who_forgets_to_ask(cast: Cast) -> None:
    raise_flag(cast.cleo)
    for name, count in (
        ("tess", 1),
        ("asha", 1),
        ("theo", 0),
        ("opal", 0),
        ("rex", 0),
        ("tova", 0),
        ("olga", 0),
    ):
        with rls.acting_as(getattr(cast, name)):
            assert Flag.objects.count() == count, name
    with rls.acting_as(cast.theo), pytest.raises(ProgrammingError):
        FlagEscalation.objects.create(
            clinic=cast.harbor, flag=Flag(pk=cast.cleo.pk), step=1, kind="owner", to=cast.otto, at=MORNING
        )


# ---- where nobody reads ----------------------------------------------------------------------------------


def test_when_the_last_reader_leaves_the_clinic_is_found_once_and_when_mended_let_go(cast: Cast) -> None:
    set_readers(cast, "care_team")

    def look() -> int:
        with as_system("flags"):
            flag_escalating.look_for_reader_gaps(now=MORNING)
        return ReaderGap.objects.filter(ended_at=None).count()

    assert look() == 0
    with rls.acting_as(cast.otto):
        CareTeam.objects.filter(child=cast.cleo, therapist=cast.tess).update(until_at=rls.now())
    assert (look(), look()) == (1, 1)
    gap = ReaderGap.objects.get()
    assert (gap.clinic, gap.child_count, gap.ended_at) == (cast.harbor, 1, None)
    with rls.acting_as(cast.otto):
        cover(cast, cast.theo)
    set_readers(cast, "care_team", "cover")
    assert look() == 0
    gap.refresh_from_db()
    assert gap.ended_at == MORNING

"""Who may do what to the record: the access table told once more, over the whole cast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from clinic import rls
from clinic.models import Child, User
from clinic.vocabulary import SharingMode
from tests.cast import Cast, make_id
from tracking import policy
from tracking.models import (
    HomeProgram,
    MassageSession,
    ProgramPause,
    ProgramState,
    ProgramVersion,
    Report,
)

TEAM = {"tess", "asha"}
GUARDIANS = {"fay", "greg"}


def who(cast: Cast, may: Callable[[User, Any], bool], thing: Any) -> set[str]:
    """Everybody of the cast who may, each asked as themselves."""
    found = set()
    for name, user in cast.people().items():
        with rls.acting_as(user):
            if may(user, thing):
                found.add(name)
    return found


@pytest.fixture
def programs(cast: Cast) -> dict[str, HomeProgram]:
    """One of Cleo's programs in each state."""
    made = {}
    with rls.acting_as(cast.tess):
        for state in ProgramState:
            program = HomeProgram.objects.create(
                clinic=cast.harbor,
                child=cast.cleo,
                title="Evening",
                created_by=cast.tess,
                created_at=rls.now(),
            )
            version = ProgramVersion.objects.create(
                clinic=cast.harbor,
                program=program,
                number=1,
                starts_on=rls.now().date(),
                drafted_by=cast.tess,
                drafted_at=rls.now(),
            )
            if state != ProgramState.DRAFT:
                ProgramVersion.objects.filter(pk=version.pk).update(published_at=rls.now())
                program.current_version = version
            program.state = state
            program.save()
            made[str(state)] = program
    return made


def test_a_program_is_seen_by_whom_the_row_and_the_rule_both_say(
    cast: Cast, programs: dict[str, HomeProgram]
) -> None:
    for program in programs.values():
        seen = set()
        for name, user in cast.people().items():
            with rls.acting_as(user):
                if HomeProgram.objects.visible_to(user).filter(pk=program.pk).exists():
                    seen.add(name)
        assert seen == who(cast, policy.may_view_program, program), program.state


def test_a_draft_is_the_teams_an_active_program_everybodys_who_cares_an_ended_one_not_the_loggers(
    cast: Cast, programs: dict[str, HomeProgram]
) -> None:
    assert who(cast, policy.may_view_program, programs["draft"]) == TEAM
    assert who(cast, policy.may_view_program, programs["active"]) == TEAM | GUARDIANS | {"nan"}
    assert who(cast, policy.may_view_program, programs["ended"]) == TEAM | GUARDIANS


def test_an_assistant_drafts_and_a_therapist_publishes(cast: Cast, programs: dict[str, HomeProgram]) -> None:
    assert who(cast, policy.may_draft_program, cast.cleo) == TEAM
    assert who(cast, policy.may_publish_program, programs["draft"]) == {"tess"}
    assert who(cast, policy.may_acknowledge_conflict, programs["draft"]) == {"tess"}
    assert who(cast, policy.may_end_program, programs["active"]) == {"tess"}


def test_a_caregiver_may_pause_but_only_a_guardian_or_the_team_ends_a_pause(
    cast: Cast, programs: dict[str, HomeProgram]
) -> None:
    pause = ProgramPause(program=programs["active"])
    assert who(cast, policy.may_pause_program, programs["active"]) == TEAM | GUARDIANS | {"nan"}
    assert who(cast, policy.may_end_pause, pause) == TEAM | GUARDIANS


def test_the_office_reads_titles_and_nothing_more(cast: Cast, programs: dict[str, HomeProgram]) -> None:
    assert "opal" in who(cast, policy.may_view_program_titles, cast.cleo)
    assert "opal" not in who(cast, policy.may_view_program, programs["active"])
    assert "otto" not in who(cast, policy.may_view_program_titles, cast.cleo)


def test_an_owner_on_no_team_reads_nothing_clinical(cast: Cast, programs: dict[str, HomeProgram]) -> None:
    report = Report(child=cast.cleo, shared_at=None)
    for may, thing in (
        (policy.may_view_program, programs["active"]),
        (policy.may_view_precautions, cast.cleo),
        (policy.may_view_goals, cast.cleo),
        (policy.may_view_shared_notes, cast.cleo),
        (policy.may_view_messages, cast.cleo),
        (policy.may_view_report, report),
        (policy.may_ask_report, cast.cleo),
    ):
        assert not who(cast, may, thing) & {"otto", "opal", "theo", "tara", "rex", "finn", "olga", "tova"}, (
            may
        )


def test_a_therapist_who_is_on_the_team_of_another_child_treats_only_that_one(cast: Cast) -> None:
    assert who(cast, policy.may_draft_program, cast.fern) == {"theo"}
    assert who(cast, policy.may_draft_program, cast.sami) == {"sol"}
    assert who(cast, policy.may_draft_program, cast.cody) == {"tova"}


def test_a_guardian_may_record_a_precaution_that_only_a_therapist_may_lift(cast: Cast) -> None:
    assert who(cast, policy.may_record_precaution, cast.cleo) == TEAM | GUARDIANS
    assert who(cast, policy.may_change_precaution, cast.cleo) == {"tess"}
    assert who(cast, policy.may_view_precautions, cast.cleo) == TEAM | GUARDIANS | {"nan"}


def session_of(cast: Cast, by: User, *, arrived: dt.timedelta) -> MassageSession:
    """A session of Cleo's by somebody, which first arrived that long ago."""
    with rls.acting_as(by, system="recording"):
        at = rls.now() - arrived
        return MassageSession.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            client_id=make_id(),
            occurred_at=at,
            zone="America/New_York",
            local_day=at.date(),
            first_received_at=at,
            received_at=at,
            reported_by=by,
            door="api",
            outcome="done",
            body_hash="0" * 64,
        )


def may_revise_now(user: User, entry: MassageSession) -> bool:
    return policy.may_revise_entry(user, entry, rls.now())


def test_an_entry_is_revised_by_its_author_alone_and_only_for_a_while(cast: Cast) -> None:
    hours, days = dt.timedelta(hours=1), dt.timedelta(days=1)
    assert who(cast, may_revise_now, session_of(cast, cast.fay, arrived=6 * days)) == {"fay"}
    assert who(cast, may_revise_now, session_of(cast, cast.fay, arrived=7 * days + hours)) == set()
    assert who(cast, may_revise_now, session_of(cast, cast.nan, arrived=47 * hours)) == {"nan"}
    assert who(cast, may_revise_now, session_of(cast, cast.nan, arrived=49 * hours)) == set()
    assert who(cast, may_revise_now, session_of(cast, cast.opal, arrived=hours)) == {"opal"}


@pytest.mark.parametrize("mode", list(SharingMode))
def test_an_entry_is_seen_by_whom_the_row_and_the_rule_both_say(cast: Cast, mode: SharingMode) -> None:
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=mode)
    cast.cleo.sharing_mode = mode
    for author in (cast.fay, cast.nan, cast.tess):
        entry = session_of(cast, author, arrived=dt.timedelta(0))
        entry.child = cast.cleo
        seen = set()
        for name, user in cast.people().items():
            with rls.acting_as(user):
                if MassageSession.objects.visible_to(user).filter(pk=entry.pk).exists():
                    seen.add(name)
        assert seen == who(cast, policy.may_view_entry, entry)


def test_the_library_is_changed_by_owners_and_by_therapists_who_treat_somebody(cast: Cast) -> None:
    assert who(cast, policy.may_view_library, cast.harbor) == {
        "otto", "tess", "theo", "tara", "asha", "opal", "dana",
    }  # fmt: skip
    assert who(cast, policy.may_change_library, cast.harbor) == {"otto", "tess", "theo"}
    assert who(cast, policy.may_hide_library_item, cast.harbor) == {"otto"}

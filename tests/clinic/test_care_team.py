"""Joining, leaving, handing over and covering."""

from __future__ import annotations

import datetime as dt

import pytest

from clinic import policy, rls
from clinic.errors import Forbidden, Invalid
from clinic.models import CareTeam, User
from clinic.services import caseload
from clinic.vocabulary import CareTeamKind
from tests.cast import Cast


def place_of(cast: Cast, user: User) -> CareTeam:
    return CareTeam.objects.active().get(child=cast.cleo, therapist=user)


def test_an_owner_adds_a_therapist_who_then_treats(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        caseload.join_care_team(by=cast.otto, child=cast.cleo, therapist=cast.theo, now=rls.now())
    with rls.acting_as(cast.theo):
        assert policy.may_treat(cast.theo, cast.cleo)


def test_a_therapist_gives_nobody_a_place(cast: Cast) -> None:
    with rls.acting_as(cast.tess), pytest.raises(caseload.NotYourPlace):
        caseload.join_care_team(by=cast.tess, child=cast.cleo, therapist=cast.theo, now=rls.now())


@pytest.mark.parametrize("who", ["opal", "tova", "fay"])
def test_only_who_works_with_children_here_joins(cast: Cast, who: str) -> None:
    with rls.acting_as(cast.otto), pytest.raises(caseload.NotStaffHere):
        caseload.join_care_team(by=cast.otto, child=cast.cleo, therapist=cast.people()[who], now=rls.now())


def test_nobody_is_on_a_team_twice(cast: Cast) -> None:
    with rls.acting_as(cast.otto), pytest.raises(caseload.AlreadyOnTeam):
        caseload.join_care_team(by=cast.otto, child=cast.cleo, therapist=cast.tess, now=rls.now())


def test_an_assistant_needs_a_supervisor_who_treats_the_child(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        for supervisor in (None, cast.tess):
            with pytest.raises(caseload.SupervisorNeeded):
                caseload.join_care_team(
                    by=cast.otto, child=cast.fern, therapist=cast.asha, supervisor=supervisor, now=rls.now()
                )
        place = caseload.join_care_team(
            by=cast.otto, child=cast.fern, therapist=cast.asha, supervisor=cast.theo, now=rls.now()
        )
    assert place.supervisor == cast.theo


def test_who_supervises_hands_over_before_leaving(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        with pytest.raises(caseload.StillSupervises) as refusal:
            caseload.leave_care_team(by=cast.tess, place=place_of(cast, cast.tess), now=rls.now())
        assert refusal.value.parameters == {"count": 1}
        taken = caseload.hand_over(by=cast.tess, place=place_of(cast, cast.tess), to=cast.theo, now=rls.now())
    assert taken.kind == CareTeamKind.LEAD
    assert place_of(cast, cast.asha).supervisor == cast.theo
    with rls.acting_as(cast.tess):
        assert not policy.may_view_child(cast.tess, cast.cleo)
    with rls.acting_as(cast.theo):
        assert policy.may_treat(cast.theo, cast.cleo)


def test_nobody_hands_over_anothers_place_but_the_owner(cast: Cast) -> None:
    with rls.acting_as(cast.asha), pytest.raises(caseload.NotYourPlace):
        caseload.hand_over(by=cast.asha, place=place_of(cast, cast.tess), to=cast.theo, now=rls.now())
    with rls.acting_as(cast.otto):
        caseload.hand_over(by=cast.otto, place=place_of(cast, cast.tess), to=cast.theo, now=rls.now())


def test_a_place_is_handed_to_somebody_who_may_treat(cast: Cast) -> None:
    with rls.acting_as(cast.tess), pytest.raises(caseload.NotStaffHere):
        caseload.hand_over(by=cast.tess, place=place_of(cast, cast.tess), to=cast.opal, now=rls.now())


def test_a_cover_treats_while_it_lasts_and_no_longer(cast: Cast) -> None:
    now = rls.now()
    with rls.acting_as(cast.tess):
        cover = caseload.arrange_cover(
            by=cast.tess, child=cast.cleo, therapist=cast.theo, until_at=now + dt.timedelta(days=7), now=now
        )
        with pytest.raises(Invalid):
            caseload.arrange_cover(by=cast.tess, child=cast.cleo, therapist=cast.dana, until_at=now, now=now)
    with rls.acting_as(cast.asha):
        until_at = now + dt.timedelta(days=7)
        with pytest.raises(Forbidden):
            caseload.arrange_cover(
                by=cast.asha, child=cast.cleo, therapist=cast.dana, until_at=until_at, now=now
            )
        with pytest.raises(Forbidden):
            caseload.change_supervisor(
                by=cast.asha, place=place_of(cast, cast.asha), supervisor=cast.theo, now=now
            )
    with rls.acting_as(cast.theo):
        assert policy.may_treat(cast.theo, cast.cleo)
        CareTeam.objects.filter(pk=cover.pk).update(
            from_at=now - dt.timedelta(days=7), until_at=now - dt.timedelta(seconds=1)
        )
        assert not policy.may_view_child(cast.theo, cast.cleo)


def test_a_place_that_ended_is_not_left_again(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        caseload.leave_care_team(by=cast.otto, place=place_of(cast, cast.asha), now=rls.now())
        left = CareTeam.objects.get(child=cast.cleo, therapist=cast.asha)
        with pytest.raises(caseload.NotOnTeam):
            caseload.leave_care_team(by=cast.otto, place=left, now=rls.now())

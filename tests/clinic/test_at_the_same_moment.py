"""Two people answer, leave or open at the very same moment: one of them is told that the other did."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from clinic import rls
from clinic.errors import DomainError
from clinic.models import CaregiverGrant, CareTeam, ClinicMembership, User
from clinic.services import answering_invitations, caseload, invitations, staff
from clinic.services.answering_invitations import Key
from clinic.vocabulary import GrantKind, Role
from tests.cast import Cast
from tests.clinic.test_invitations import link_to


def at_once(*jobs: tuple[User, Callable[[dt.datetime], Any]]) -> list[str]:
    """What came of each job, all begun together in transactions of their own: "done" or a refusal's code."""
    ready = threading.Barrier(len(jobs))
    came: list[str] = [""] * len(jobs)

    def run(place: int, user: User, job: Callable[[dt.datetime], Any]) -> None:
        try:
            with rls.acting_as(user), transaction.atomic():
                ready.wait(timeout=10)
                job(rls.now())
            came[place] = "done"
        except DomainError as refused:
            came[place] = refused.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, *job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(came)


def test_an_invitation_is_accepted_by_one_of_two(live_cast: Cast) -> None:
    cast = live_cast
    with rls.acting_as(cast.tess), transaction.atomic():
        sent = invitations.invite(
            by=cast.tess,
            child=cast.cleo,
            family=cast.fays_home,
            kind=GrantKind.CAREGIVER,
            link_to=link_to,
            now=rls.now(),
        )
    takers = [cast.finn, cast.sol, cast.olga]
    key = Key.of_token(sent.token)
    came = at_once(
        *[
            (user, lambda now, user=user: answering_invitations.accept(by=user, key=key, now=now))
            for user in takers
        ]
    )
    assert came == ["done", "opens_nothing", "opens_nothing"]
    assert CaregiverGrant.objects.filter(user__in=takers, child_id=cast.cleo.pk).count() == 1


def test_two_owners_do_not_both_leave(live_cast: Cast) -> None:
    cast = live_cast
    memberships = ClinicMembership.objects.filter(clinic=cast.harbor, ended_at__isnull=True)
    otto, theo = memberships.get(user=cast.otto), memberships.get(user=cast.theo)
    with rls.acting_as(cast.otto), transaction.atomic():
        staff.change_staff(by=cast.otto, membership=theo, roles=[Role.OWNER], now=rls.now())
    came = at_once(
        (cast.otto, lambda now: staff.end_staff(by=cast.otto, membership=otto, now=now)),
        (cast.theo, lambda now: staff.end_staff(by=cast.theo, membership=theo, now=now)),
    )
    assert came == ["done", "last_owner"]


def test_one_place_on_a_team_is_given_once(live_cast: Cast) -> None:
    cast = live_cast

    def give(now: dt.datetime) -> None:
        caseload.join_care_team(by=cast.otto, child=cast.cleo, therapist=cast.theo, now=now)

    assert at_once((cast.otto, give), (cast.otto, give)) == ["already_on_team", "done"]
    assert CareTeam.objects.filter(child_id=cast.cleo.pk, therapist=cast.theo).count() == 1


def test_one_place_is_handed_over_once(live_cast: Cast) -> None:
    cast = live_cast
    place = CareTeam.objects.active().get(child_id=cast.cleo.pk, therapist=cast.tess)

    def hand_over(to: User) -> Callable[[dt.datetime], Any]:
        return lambda now: caseload.hand_over(by=cast.otto, place=place, to=to, now=now)

    came = at_once((cast.otto, hand_over(cast.theo)), (cast.otto, hand_over(cast.dana)))
    assert came == ["done", "not_on_team"]
    places = CareTeam.objects.filter(child_id=cast.cleo.pk, therapist__in=[cast.theo, cast.dana])
    assert places.count() == 1

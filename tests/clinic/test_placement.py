"""A placement ends by the clock: no job runs, and everything closes at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from clinic import policy, rls
from clinic.errors import Invalid
from clinic.localtime import local_day
from clinic.models import CareTeam, Child, ClinicMembership
from clinic.services import caseload, staff
from clinic.services.staff import NotPlaced
from tests import database
from tests.cast import Cast
from tracking.models import Note

DAY = dt.timedelta(days=1)


def place(cast: Cast, days: int | None) -> ClinicMembership:
    with transaction.atomic(), rls.acting_as(cast.otto):
        now = rls.now()
        last_on = None if days is None else local_day(now, cast.harbor.zone) + days * DAY
        membership = cast.asha.memberships.get()
        return staff.set_placement(by=cast.otto, membership=membership, last_on=last_on, now=now)


def sees(cast: Cast) -> bool:
    with transaction.atomic(), rls.acting_as(cast.asha):
        by_row = Child.objects.visible_to(cast.asha).filter(pk=cast.cleo.pk).exists()
        assert policy.may_view_child(cast.asha, cast.cleo) is by_row
        return by_row


def test_a_place_given_during_a_placement_ends_with_it(cast: Cast) -> None:
    membership = place(cast, 10)
    with rls.acting_as(cast.otto):
        now = rls.now()
        joined = caseload.join_care_team(
            by=cast.otto, child=cast.fern, therapist=cast.asha, supervisor=cast.theo, now=now
        )
    assert joined.until_at == membership.placed_until
    assert {one.until_at for one in CareTeam.objects.filter(therapist=cast.asha)} == {membership.placed_until}
    place(cast, None)
    assert {one.until_at for one in CareTeam.objects.filter(therapist=cast.asha)} == {None}


def test_a_placement_is_of_the_supervised_and_not_over_already(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        told: dict[str, Any] = {"by": cast.otto, "now": rls.now()}
        today = local_day(rls.now(), cast.harbor.zone)
        with pytest.raises(NotPlaced):
            staff.set_placement(membership=cast.tess.memberships.get(), last_on=today, **told)
        with pytest.raises(Invalid) as refused:
            staff.set_placement(membership=cast.asha.memberships.get(), last_on=today - DAY, **told)
    assert refused.value.field == "last_on"


def test_after_it_the_pages_and_both_walls_are_shut(
    live_cast: Cast, clock: database.Clock, sign_in: Any
) -> None:
    membership = place(live_cast, 2)
    ashas = sign_in(live_cast.asha)
    page = f"/children/{live_cast.cleo.pk}/"
    assert (sees(live_cast), ashas.get(page).status_code) == (True, 200)
    assert membership.placed_until is not None
    clock.move_to(membership.placed_until + dt.timedelta(seconds=1))
    assert (sees(live_cast), ashas.get(page).status_code) == (False, 404)
    with transaction.atomic(), rls.acting_as(live_cast.asha):
        assert not Child.objects.exists()
        assert not Note.objects.visible_to(live_cast.asha).exists()

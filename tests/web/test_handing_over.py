"""A caseload handed over at once, by its therapist or an owner."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from clinic.models import AuditEvent, CareTeam, ClinicMembership, User
from clinic.vocabulary import AuditCode, CareTeamKind
from tests.cast import Cast

SignIn = Callable[[User], Client]


def page_of(cast: Cast, user: User) -> str:
    membership = ClinicMembership.objects.get(clinic=cast.harbor, user=user)
    return f"/c/harbor/settings/staff/{membership.pk}/caseload/"


def places(user: User) -> set[object]:
    return set(CareTeam.objects.active().filter(therapist=user).values_list("child", flat=True))


@pytest.mark.parametrize("who", ["tess", "otto"])
def test_all_of_it_goes_with_lead_and_supervision(cast: Cast, sign_in: SignIn, who: str) -> None:
    hers, client = places(cast.tess), sign_in(cast.people()[who])
    page = client.get(page_of(cast, cast.tess)).content.decode()
    assert page.count('name="places"') == len(hers) > 0
    told = CareTeam.objects.active().filter(therapist=cast.tess).values_list("pk", flat=True)
    answer = client.post(page_of(cast, cast.tess), {"places": list(told), "to": str(cast.theo.pk)})
    assert answer.headers["Location"] == "/c/harbor/caseload/"
    assert places(cast.tess) == set()
    assert hers <= places(cast.theo)
    led = CareTeam.objects.active().get(child=cast.cleo, therapist=cast.theo)
    assert led.kind == CareTeamKind.LEAD
    assert CareTeam.objects.active().get(child=cast.cleo, therapist=cast.asha).supervisor == cast.theo
    assert AuditEvent.objects.filter(code=AuditCode.LEFT_CARE_TEAM, child_id=cast.cleo.pk).exists()
    assert sign_in(cast.tess).get(f"/children/{cast.cleo.pk}/").status_code == 404


def test_a_part_goes_and_the_rest_stays(cast: Cast, sign_in: SignIn) -> None:
    with_fern = CareTeam.objects.create(
        clinic=cast.harbor, child=cast.fern, therapist=cast.tess, kind="member", from_at=cast.cleo.created_at
    )
    sign_in(cast.tess).post(page_of(cast, cast.tess), {"places": [with_fern.pk], "to": str(cast.otto.pk)})
    assert cast.cleo.pk in places(cast.tess)
    assert cast.fern.pk not in places(cast.tess)
    assert cast.fern.pk in places(cast.otto)


def test_nobody_hands_over_anothers_and_no_place_that_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    of_theo = CareTeam.objects.active().get(child=cast.fern, therapist=cast.theo)
    for who, status in (("theo", 403), ("asha", 403), ("opal", 403), ("olga", 404), ("fay", 404)):
        told = {"places": [of_theo.pk], "to": str(cast.theo.pk)}
        assert sign_in(cast.people()[who]).post(page_of(cast, cast.tess), told).status_code == status, who
    smuggled = {"places": [of_theo.pk], "to": str(cast.otto.pk)}
    assert sign_in(cast.tess).post(page_of(cast, cast.tess), smuggled).status_code == 200
    assert cast.fern.pk in places(cast.theo)

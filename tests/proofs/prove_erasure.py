"""`make prove-erasure`: the children of a whole clinic erased, and one child with years of entries."""

from __future__ import annotations

import time

from django.db import transaction

from clinic import rls
from clinic.models import Child, Clinic, ClinicMembership, Family, User
from clinic.vocabulary import Role
from tests.cast import Cast, make_id
from tests.factories import entry_fields
from tests.tracking.erasures import carry_out, due_erasure
from tests.tracking.test_erased_words import dump
from tracking.management.demo.planting import plant
from tracking.models import MassageSession
from tracking.vocabulary.erasure import ErasureOf
from tracking.vocabulary.programs import SessionOutcome

ENTRIES = 20_000


def test_every_child_of_a_clinic_goes_and_no_name_is_left(live_cast: Cast) -> None:
    with rls.acting_as(system="seeding"), transaction.atomic():
        plant(now=rls.now(), seed=1, passwords={}, say=[].append)
        clinic = Clinic.objects.get(slug="riverside")
        owners = ClinicMembership.objects.filter(clinic=clinic).with_role(Role.OWNER)
        owner = owners.select_related("user").get().user
        children = list(Child.objects.filter(clinic=clinic).order_by("pk"))
        households = set(Family.objects.filter(clinic=clinic).values_list("name", flat=True))
        staff = set(clinic_staff(clinic))
        caregivers = set(
            User.objects.filter(grants__clinic=clinic).exclude(name__in=staff).values_list("name", flat=True)
        )
        elsewhere = set(Family.objects.exclude(clinic=clinic).values_list("name", flat=True))
        for child in children:
            due_erasure(clinic, ErasureOf.CHILD, child.pk, by=owner, confirmed_by=owner)
    before = dump()
    began = time.monotonic()
    done = carry_out()
    seconds = time.monotonic() - began
    after = dump()
    rows = sum(sum(one.counts.values()) for one in done)
    names = (households - elsewhere) | caregivers
    print(
        f"\n{len(done)} children, {rows} rows in {seconds:.1f} s;"
        f" of {len(names)} names {sum(name in before for name in names)} in the dump before,"
        f" {sum(name in after for name in names)} after"
    )
    assert len(done) == len(children)
    assert all(name in before for name in names)
    assert not [name for name in names if name in after]


def clinic_staff(clinic: Clinic) -> list[str]:
    return list(User.objects.filter(memberships__clinic=clinic).values_list("name", flat=True))


def test_a_child_with_years_of_entries_goes_in_one_transaction(live_cast: Cast) -> None:
    cast = live_cast
    with rls.acting_as(system="seeding"), transaction.atomic():
        fields = entry_fields(cast.cleo, by=cast.fay) | {"outcome": SessionOutcome.DONE}
        MassageSession.objects.bulk_create(
            MassageSession(**fields | {"client_id": make_id()}) for _ in range(ENTRIES)
        )
        due_erasure(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.theo)
    began, worked = time.monotonic(), time.process_time()
    [done] = carry_out()
    print(
        f"\n{sum(done.counts.values())} rows in {time.monotonic() - began:.1f} s,"
        f" {time.process_time() - worked:.1f} s of them ours"
    )
    assert done.counts["tracking_massagesession"] == ENTRIES

"""Asking for an erasure: two people, a wait, and a way back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import Child, ClinicMembership, User
from clinic.vocabulary import Role
from tests import factories
from tests.cast import Cast
from tests.tracking.erasures import carry_out
from tracking import policy
from tracking.models import Erasure, RecordHold
from tracking.services.erasures import (
    AlreadyAsked,
    ErasureIsOver,
    NeedsSecondPerson,
    RecordIsHeld,
    StillWorksHere,
    TypedOtherwise,
    ask_erasure,
    call_off_erasure,
    confirm_erasure,
)
from tracking.services.holding import HoldIsOver, hold_record, lift_hold
from tracking.vocabulary.erasure import ErasureBecause, ErasureOf, ErasureState


def ask(cast: Cast, *, by: User | None = None, **told: Any) -> Erasure:
    asking = by or cast.otto
    with rls.acting_as(asking):
        return ask_erasure(
            **{
                "by": asking,
                "clinic": cast.harbor,
                "subject": ErasureOf.CHILD,
                "subject_id": cast.cleo.pk,
                "because": ErasureBecause.GUARDIAN_ASKED,
                "typed_name": "cleo ",
                "written_on": rls.now().date() - dt.timedelta(days=2),
                "now": rls.now(),
                **told,
            }
        )


def second_owner(cast: Cast) -> User:
    with rls.acting_as(system="seeding"):
        ClinicMembership.objects.filter(user=cast.theo).update(roles=[Role.OWNER, Role.THERAPIST])
    return cast.theo


def test_a_second_owner_confirms_and_the_clinics_wait_begins(cast: Cast) -> None:
    theo = second_owner(cast)
    asked = ask(cast)
    assert asked.state == ErasureState.ASKED
    with rls.acting_as(cast.otto), pytest.raises(NeedsSecondPerson):
        confirm_erasure(by=cast.otto, erasure=asked, now=rls.now())
    with rls.acting_as(theo):
        confirmed = confirm_erasure(by=theo, erasure=asked, now=rls.now())
    assert confirmed.state == ErasureState.WAITING
    assert confirmed.due_at == rls.now() + dt.timedelta(days=7)
    assert carry_out() == []


def test_where_there_is_one_owner_a_named_lead_confirms(cast: Cast) -> None:
    factories.safeguarding_note(cast)
    asked = ask(cast)
    for user, allowed in ((cast.otto, False), (cast.tess, False), (cast.theo, True)):
        assert policy.may_confirm_erasure(user, asked, rls.now()) is allowed
    second_owner_is = cast.opal
    with rls.acting_as(system="seeding"):
        ClinicMembership.objects.filter(user=second_owner_is).update(roles=[Role.OWNER])
    assert not policy.may_confirm_erasure(cast.theo, asked, rls.now())
    assert policy.may_confirm_erasure(second_owner_is, asked, rls.now())


def test_who_is_alone_in_a_clinic_has_it_in_writing_and_confirms_a_fortnight_later(cast: Cast) -> None:
    told = {"clinic": cast.solo, "subject_id": cast.sami.pk, "typed_name": "Sami"}
    with pytest.raises(Invalid) as refused:
        ask(cast, by=cast.sol, written_on=None, **told)
    assert refused.value.field == "written_on"
    asked = ask(cast, by=cast.sol, **told)
    with rls.acting_as(cast.sol):
        with pytest.raises(NeedsSecondPerson) as early:
            confirm_erasure(by=cast.sol, erasure=asked, now=rls.now() + dt.timedelta(days=13))
        assert early.value.parameters["days"] == 1
        later = rls.now() + dt.timedelta(days=14)
        assert confirm_erasure(by=cast.sol, erasure=asked, now=later).state == ErasureState.WAITING


def test_calling_it_off_keeps_everything(cast: Cast) -> None:
    theo = second_owner(cast)
    asked = ask(cast)
    with rls.acting_as(theo):
        confirm_erasure(by=theo, erasure=asked, now=rls.now() - dt.timedelta(days=30))
        call_off_erasure(by=theo, erasure=asked, now=rls.now())
        with pytest.raises(ErasureIsOver):
            confirm_erasure(by=theo, erasure=asked, now=rls.now())
    assert carry_out() == []
    assert Child.objects.filter(pk=cast.cleo.pk).exists()
    assert ask(cast).state == ErasureState.ASKED


def test_nobody_but_an_owner_asks(cast: Cast) -> None:
    for user in (cast.tess, cast.opal, cast.fay, cast.olga):
        with pytest.raises(Forbidden):
            ask(cast, by=user)
    assert ask(cast)
    with pytest.raises(AlreadyAsked):
        ask(cast)


def test_the_name_is_typed_again(cast: Cast) -> None:
    with pytest.raises(TypedOtherwise):
        ask(cast, typed_name="Fern")
    with pytest.raises(Invalid):
        ask(cast, subject_id=cast.cody.pk, typed_name="Cody")


def test_who_works_here_is_not_erased(cast: Cast) -> None:
    with pytest.raises(StillWorksHere):
        ask(cast, subject=ErasureOf.PERSON, subject_id=cast.tess.pk, typed_name=cast.tess.name)
    with pytest.raises(Invalid):
        ask(cast, subject=ErasureOf.PERSON, subject_id=cast.tova.pk, typed_name=cast.tova.name)
    assert ask(cast, subject=ErasureOf.PERSON, subject_id=cast.fay.pk, typed_name=cast.fay.name)


def test_a_hold_stops_the_asking_until_it_is_lifted(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        hold = hold_record(by=cast.otto, child=cast.cleo, reason="a claim is open", now=rls.now())
        with pytest.raises(RecordIsHeld):
            hold_record(by=cast.otto, child=cast.cleo, reason="a claim is open", now=rls.now())
    with pytest.raises(RecordIsHeld):
        ask(cast)
    with rls.acting_as(cast.tess), pytest.raises(Forbidden):
        lift_hold(by=cast.tess, hold=hold, now=rls.now())
    with rls.acting_as(cast.otto):
        lift_hold(by=cast.otto, hold=hold, now=rls.now())
        with pytest.raises(HoldIsOver):
            lift_hold(by=cast.otto, hold=hold, now=rls.now())
    assert ask(cast)


def test_policy_and_visible_to_agree_about_erasures_and_holds(cast: Cast) -> None:
    factories.safeguarding_note(cast)
    asked = ask(cast)
    with rls.acting_as(cast.otto):
        hold = hold_record(by=cast.otto, child=cast.cleo, reason="a claim is open", now=rls.now())
    for name, user in cast.people().items():
        seen = Erasure.objects.visible_to(user).filter(pk=asked.pk).exists()
        assert seen is policy.may_view_erasures(user, cast.harbor), name
        held = RecordHold.objects.visible_to(user).filter(pk=hold.pk).exists()
        assert held is policy.may_hold_record(user, cast.harbor), name

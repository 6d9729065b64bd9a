"""Enrolling children, changing what is known, households and where a child sleeps, episodes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import AuditEvent, CareTeam, Child, ChildHome, Family, RoutineTime
from clinic.services import enrolment, episodes, homes
from clinic.services.homes import NewHome
from clinic.vocabulary import AuditCode, EpisodeState, SharingMode
from tests.cast import Cast
from tracking.services import stopping_everything


def day_of_birth(cast: Cast) -> dt.date:
    return local_day(rls.now(), cast.harbor.zone) - dt.timedelta(days=200)


def enroll(cast: Cast, by: str = "tess", **given: object) -> Child:
    user = cast.people()[by]
    with rls.acting_as(user):
        fields = {
            "first_name": "Ida",
            "born_on": day_of_birth(cast),
            "home": NewHome(name="Ida's home"),
            **given,
        }
        return enrolment.enroll_child(by=user, clinic=cast.harbor, now=rls.now(), **fields)  # type: ignore[arg-type]


def test_a_therapist_who_enrolls_a_child_leads_its_team_and_sees_it(cast: Cast) -> None:
    child = enroll(cast, gestation_weeks=29, gestation_days=4)
    with rls.acting_as(cast.tess):
        assert Child.objects.on_team_of(cast.tess).filter(pk=child.pk).exists()
        assert child.homes.get().family.zone == cast.harbor.zone
        assert child.episodes.get().state == EpisodeState.ACTIVE
    assert AuditEvent.objects.filter(child_id=child.pk, code=AuditCode.ENROLLED_CHILD).count() == 1
    with pytest.raises(Forbidden):
        enroll(cast, by="asha")


def test_the_office_enrolls_onto_the_waiting_list_and_joins_no_team(cast: Cast) -> None:
    child = enroll(cast, by="opal", state=EpisodeState.WAITING)
    assert not CareTeam.objects.filter(child=child).exists()
    with rls.acting_as(cast.opal):
        assert child.episodes.get().state == EpisodeState.WAITING


def test_a_sibling_is_enrolled_into_the_household_that_is_there(cast: Cast) -> None:
    child = enroll(cast, home=cast.fays_home, weekdays=[2, 0, 0])
    with rls.acting_as(cast.tess):
        assert ChildHome.objects.get(child=child).weekdays == [0, 2]
        assert Family.objects.filter(clinic=cast.harbor).count() == 3


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"first_name": "  "}, "first_name"),
        ({"first_name": "x" * 101}, "first_name"),
        ({"last_name": "a\x00b"}, "last_name"),
        ({"born_on": dt.date(2200, 1, 1)}, "born_on"),
        ({"born_on": dt.date(1990, 1, 1)}, "born_on"),
        ({"gestation_weeks": 19}, "gestation_weeks"),
        ({"gestation_weeks": 30, "gestation_days": 7}, "gestation_days"),
        ({"weekdays": [7]}, "weekdays"),
        ({"home": NewHome(name="")}, "name"),
        ({"home": NewHome(name="x", zone="Mars/Olympus")}, "zone"),
        ({"home": NewHome(name="x", contact_email="not an address")}, "contact_email"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(cast: Cast, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        enroll(cast, **given)
    assert refusal.value.field == field
    assert refusal.value.parameters["allowed"]


def test_a_household_of_another_clinic_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        enroll(cast, home=cast.danas_home)
    assert refusal.value.field == "family"


def test_a_guardian_changes_the_nickname_and_nothing_else(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        changed = enrolment.change_child(by=cast.fay, child=cast.cleo, nickname="Bean", now=rls.now())
        assert changed.nickname == "Bean"
        with pytest.raises(homes.NotYoursToChange) as refusal:
            enrolment.change_child(by=cast.fay, child=cast.cleo, nickname="B", last_name="X", now=rls.now())
    assert refusal.value.field == "last_name"


def test_the_office_changes_identity_and_the_team_all_of_it(cast: Cast) -> None:
    now = rls.now()
    with rls.acting_as(cast.opal):
        enrolment.change_child(by=cast.opal, child=cast.cleo, last_name="Harbor", now=now)
        with pytest.raises(homes.NotYoursToChange):
            enrolment.change_child(by=cast.opal, child=cast.cleo, had_neonatal_care=False, now=now)
    with rls.acting_as(cast.asha):
        child = enrolment.change_child(
            by=cast.asha,
            child=cast.cleo,
            gestation_weeks=32,
            gestation_days=1,
            sharing_mode=SharingMode.FULL,
            now=now,
        )
        child.refresh_from_db()
        assert (child.gestation_weeks, child.gestation_days) == (32, 1)
        assert child.sharing_mode == "full"
        with pytest.raises(Invalid):
            enrolment.change_child(by=cast.asha, child=cast.cleo, sharing_mode="loud", now=now)


# ---- households and homes -------------------------------------------------------------------------------


def test_a_guardian_sets_zone_and_language_of_their_household_staff_all_of_it(cast: Cast) -> None:
    now = rls.now()
    with rls.acting_as(cast.fay):
        homes.change_household(by=cast.fay, family=cast.fays_home, zone="Europe/Paris", now=now)
        with pytest.raises(homes.NotYoursToChange):
            homes.change_household(by=cast.fay, family=cast.fays_home, phone="1", now=now)
    with rls.acting_as(cast.nan), pytest.raises(Forbidden):
        homes.change_household(by=cast.nan, family=cast.fays_home, zone="Europe/Rome", now=now)
    with rls.acting_as(cast.opal):
        family = homes.change_household(
            by=cast.opal, family=cast.fays_home, phone="555 0100", contact_email="Fay@Example.ORG", now=now
        )
    family.refresh_from_db()
    assert (family.zone, family.phone, family.contact_email) == (
        "Europe/Paris",
        "555 0100",
        "fay@example.org",
    )


def test_a_child_has_a_home_once_and_a_home_with_carers_stays(cast: Cast) -> None:
    now = rls.now()
    with rls.acting_as(cast.tess):
        with pytest.raises(homes.HomeAlreadyThere):
            homes.add_home(by=cast.tess, child=cast.cleo, family=cast.fays_home, now=now)
        home = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)
        with pytest.raises(homes.HomeStillNeeded) as refusal:
            homes.remove_home(by=cast.tess, home=home, now=now)
        assert refusal.value.parameters == {"count": 2}
        added = homes.add_home(by=cast.tess, child=cast.cleo, family=cast.finns_home, weekdays=[6], now=now)
        homes.change_weekdays(by=cast.tess, home=added, weekdays=[5, 6], now=now)
        for verb, told in (
            (homes.add_household, {"clinic": cast.harbor, "home": NewHome(name="Fay's other home")}),
            (homes.add_home, {"child": cast.cleo, "family": cast.finns_home}),
            (homes.change_weekdays, {"home": home, "weekdays": [0]}),
            (homes.remove_home, {"home": added}),
        ):
            with pytest.raises(Forbidden):
                verb(by=cast.fay, now=now, **told)
        homes.remove_home(by=cast.tess, home=added, now=now)
        assert ChildHome.objects.filter(child=cast.cleo).count() == 2


def test_the_clinic_says_once_where_a_child_is_on_a_day_and_takes_it_back(cast: Cast) -> None:
    on, now = rls.now().date(), rls.now()
    told: dict[str, Any] = {"by": cast.opal, "child": cast.cleo, "on": on, "now": now}
    with rls.acting_as(cast.opal):
        for family in (cast.gregs_home, cast.fays_home):
            said = homes.set_home_on(**told, family=family)
        assert said is not None
        assert said.family == cast.fays_home
        assert cast.cleo.home_exceptions.count() == 1
        homes.set_home_on(**told, family=None)
        assert cast.cleo.home_exceptions.count() == 0
        with pytest.raises(homes.NotTheChildsHome):
            homes.set_home_on(**told, family=cast.finns_home)
    with rls.acting_as(cast.fay), pytest.raises(Forbidden):
        homes.set_home_on(**(told | {"by": cast.fay}), family=cast.fays_home)


def test_a_routine_has_one_time_a_household_and_can_have_none(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        for at in (dt.time(18), dt.time(18, 45)):
            homes.set_routine_time(
                by=cast.fay, family=cast.fays_home, anchor="after_bath", at=at, now=rls.now()
            )
        assert RoutineTime.objects.get(family=cast.fays_home, anchor="after_bath").at == dt.time(18, 45)
        homes.set_routine_time(
            by=cast.fay, family=cast.fays_home, anchor="after_bath", at=None, now=rls.now()
        )
        assert not RoutineTime.objects.filter(family=cast.fays_home, anchor="after_bath").exists()
        with pytest.raises(Invalid):
            homes.set_routine_time(
                by=cast.fay, family=cast.fays_home, anchor="after bath", at=None, now=rls.now()
            )
    assert RoutineTime.objects.get(family=cast.gregs_home, anchor="after_bath").at == dt.time(18, 30)


# ---- episodes -------------------------------------------------------------------------------------------


def test_a_child_is_in_care_once_at_a_time(cast: Cast) -> None:
    with rls.acting_as(cast.tess), pytest.raises(episodes.EpisodeAlreadyOpen):
        episodes.open_episode(by=cast.tess, child=cast.cleo, now=rls.now())


def test_care_rests_and_goes_on(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        for state in (EpisodeState.ON_HOLD, EpisodeState.ACTIVE):
            episode = episodes.move_episode(by=cast.tess, child=cast.cleo, to=state, now=rls.now())
            assert episode.state == state
        with pytest.raises(Invalid):
            episodes.move_episode(by=cast.tess, child=cast.cleo, to=EpisodeState.ARCHIVED, now=rls.now())
        with pytest.raises(Forbidden):
            episodes.move_episode(by=cast.theo, child=cast.cleo, to=EpisodeState.ON_HOLD, now=rls.now())
        with pytest.raises(Forbidden):
            episodes.open_episode(by=cast.theo, child=cast.cleo, now=rls.now())


def test_hospital_and_death_are_days_that_have_been(cast: Cast) -> None:
    tomorrow = local_day(rls.now(), cast.harbor.zone) + dt.timedelta(days=1)
    with rls.acting_as(cast.opal):
        with pytest.raises(Invalid):
            stopping_everything.set_in_hospital(by=cast.opal, child=cast.cleo, since=tomorrow, now=rls.now())
        with pytest.raises(Invalid):
            stopping_everything.set_died(by=cast.opal, child=cast.cleo, on=tomorrow, now=rls.now())
        since = tomorrow - dt.timedelta(days=3)
        stopping_everything.set_in_hospital(by=cast.opal, child=cast.cleo, since=since, now=rls.now())
        stopping_everything.set_died(by=cast.opal, child=cast.cleo, on=since, now=rls.now())
        stopping_everything.take_back_death(by=cast.opal, child=cast.cleo, now=rls.now())
        cast.cleo.refresh_from_db()
        assert (cast.cleo.in_hospital_since, cast.cleo.died_on) == (since, None)

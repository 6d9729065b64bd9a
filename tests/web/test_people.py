"""The people around a child, on the clinic's pages: enrolled, invited, ended, looked after."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.localtime import local_day
from clinic.models import (
    AuditEvent,
    CaregiverGrant,
    CareTeam,
    Child,
    ChildHome,
    Episode,
    Invitation,
    Precaution,
    User,
)
from clinic.vocabulary import AuditCode, EpisodeState
from tests import factories
from tests.cast import Cast, planted_email
from web.forms.people import NewChildForm

pytestmark = pytest.mark.django_db

NEW_CHILD = {
    "first_name": "Bea",
    "born_on": "2026-03-02",
    "home_name": "Bea's home",
    "zone": "America/New_York",
    "state": "active",
}


@pytest.fixture
def tess(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


@pytest.fixture
def otto(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.otto)
    return client


def of(cast: Cast, page: str) -> str:
    return f"/children/{cast.cleo.pk}/{page}"


def words(answer: Any) -> str:
    return str(answer.content.decode())


# ---- the child ---------------------------------------------------------------------------------------------


def test_a_therapist_enrolls_a_child_and_leads_its_team(cast: Cast, tess: Client) -> None:
    answer = tess.post("/c/harbor/children/new/", {**NEW_CHILD, "gestation_weeks": "33"})
    child = Child.objects.get(first_name="Bea")
    assert answer.headers["Location"] == f"/children/{child.pk}/people/"
    assert (child.gestation_weeks, child.gestation_days) == (33, 0)
    assert CareTeam.objects.get(child=child).therapist_id == cast.tess.pk
    assert "Bea&#x27;s home" in words(tess.get(answer.headers["Location"]))


def test_whoever_enrolls_a_child_is_asked_everything_a_new_child_has(tess: Client) -> None:
    asked = words(tess.get("/c/harbor/children/new/"))
    assert [name for name in NewChildForm.base_fields if f'name="{name}"' not in asked] == []


def test_a_birthday_to_come_is_named_and_nothing_is_lost(cast: Cast, tess: Client) -> None:
    answer = tess.post("/c/harbor/children/new/", {**NEW_CHILD, "born_on": "2090-03-02"})
    assert answer.status_code == 200
    assert "Born on" in words(answer)
    assert 'value="Bea&#x27;s home"' in words(answer)
    assert not Child.objects.filter(first_name="Bea").exists()


def test_the_office_changes_who_a_child_is_but_not_what_the_stop_rule_goes_by(
    cast: Cast, sign_in: Any
) -> None:
    opal = sign_in(cast.opal)
    form = words(opal.get(of(cast, "edit/")))
    assert "had_neonatal_care" not in form
    told = {
        "first_name": "Cleo",
        "born_on": cast.cleo.born_on.isoformat(),
        "nickname": "Clee",
        "gestation_weeks": "31",
        "sharing_mode": "full",
        "stop_sensitivity": "gentle",
    }
    assert opal.post(of(cast, "edit/"), told).status_code == 302
    cast.cleo.refresh_from_db()
    assert (cast.cleo.nickname, cast.cleo.sharing_mode, cast.cleo.stop_sensitivity) == ("Clee", "full", "")


def test_a_precaution_that_needs_a_region_says_so(cast: Cast, tess: Client) -> None:
    answer = tess.post(of(cast, "precautions/"), {"code": "skin_open"})
    assert answer.status_code == 200
    assert "please also give this: part of the body" in words(answer)
    told = {"code": "skin_open", "region": "legs", "until_on": "2090-01-01"}
    assert tess.post(of(cast, "precautions/"), told).status_code == 302
    made = Precaution.objects.get(child=cast.cleo, code="skin_open")
    assert "Broken or weeping skin" in words(tess.get(of(cast, "precautions/")))
    tess.post(of(cast, f"precautions/{made.pk}/end/"))
    assert not Precaution.objects.filter(pk=made.pk).exists()


def test_a_discharge_ends_the_program_and_its_care(cast: Cast, tess: Client) -> None:
    program = factories.prescribed(cast.cleo, by=cast.tess)
    page = words(tess.get(of(cast, "care/")))
    today = re.findall(r'name="on" value="([\d-]+)"', page)[0]
    tess.post(of(cast, "care/discharge/"), {"reason": "goals_met", "on": today})
    program.refresh_from_db()
    assert program.state == "ended"
    assert Episode.objects.get(child=cast.cleo).state == EpisodeState.DISCHARGED
    again = tess.post(of(cast, "care/episode/"), {"state": "waiting"})
    assert again.status_code == 302


def a_week_ago() -> dt.date:
    return rls.now().date() - dt.timedelta(days=7)


def test_a_death_is_asked_twice_and_put_right(cast: Cast, otto: Client) -> None:
    def died() -> dt.date | None:
        return Child.objects.values_list("died_on", flat=True).get(pk=cast.cleo.pk)

    on = a_week_ago()
    again = words(otto.post(of(cast, "care/died/"), {"on": str(on)}))
    assert "Did Cleo" in again
    assert died() is None
    assert "This is needed" in words(otto.post(of(cast, "care/died/"), {"on": "", "is_sure": "on"}))
    otto.post(of(cast, "care/died/"), {"on": str(on), "is_sure": "on"})
    assert died() == on
    otto.post(of(cast, "care/died/"), {"verb": "mistake"})
    assert died() is None


def test_a_day_in_hospital_is_said_on_every_page_of_the_child(cast: Cast, otto: Client) -> None:
    otto.post(of(cast, "care/hospital/"), {"on": str(a_week_ago())})
    assert "In hospital since" in words(otto.get(of(cast, "people/")))
    otto.post(of(cast, "care/hospital/"), {"verb": "home"})
    assert "In hospital since" not in words(otto.get(of(cast, "people/")))


# ---- homes -------------------------------------------------------------------------------------------------


def test_a_home_is_added_changed_and_not_taken_out_while_somebody_needs_it(cast: Cast, tess: Client) -> None:
    told = {"name": "Grandma's", "zone": "America/Denver", "weekdays": ["5", "6"]}
    tess.post(of(cast, "homes/new/"), told)
    home = ChildHome.objects.get(child=cast.cleo, family__name="Grandma's")
    assert home.weekdays == [5, 6]
    assert "Saturday and Sunday" in words(tess.get(of(cast, "people/")))
    today = local_day(rls.now(), cast.harbor.zone)
    changed = {**told, "phone": "555 0100", "weekdays": ["6"], "from_on": str(today + dt.timedelta(days=7))}
    tess.post(of(cast, f"homes/{home.pk}/"), changed)
    home.refresh_from_db()
    assert (home.weekdays, home.weeks.get().weekdays, home.family.phone) == ([5, 6], [6], "555 0100")
    assert ": Sunday" in words(tess.get(of(cast, "people/")))
    past = {**changed, "weekdays": ["1"], "from_on": str(today - dt.timedelta(days=1))}
    assert "cannot lie in the past" in words(tess.post(of(cast, f"homes/{home.pk}/"), past))

    fays = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)
    kept = tess.post(of(cast, f"homes/{fays.pk}/remove/"), follow=True)
    assert "End that access first." in words(kept)
    tess.post(of(cast, f"homes/{home.pk}/remove/"))
    assert not ChildHome.objects.filter(pk=home.pk).exists()


def test_one_day_is_swapped_to_the_other_home(cast: Cast, tess: Client) -> None:
    tess.post(of(cast, "homes/swap/"), {"on": "2090-05-01", "family": str(cast.gregs_home.pk)})
    assert "Friday, May 1" not in words(tess.get(of(cast, "people/"))).split("Agreed to")[1]
    assert cast.cleo.home_exceptions.get().family_id == cast.gregs_home.pk
    strange = tess.post(of(cast, "homes/swap/"), {"on": "2090-05-02", "family": str(cast.danas_home.pk)})
    assert strange.status_code == 200
    assert cast.cleo.home_exceptions.count() == 1


# ---- access ------------------------------------------------------------------------------------------------


def invite(cast: Cast, client: Client, **told: str) -> Any:
    home = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)
    return client.post(of(cast, f"homes/{home.pk}/invite/"), {"kind": "caregiver", **told})


def link_in(letter: Any) -> str:
    found = re.search(r"/invitations/[\w-]+/", words(letter))
    assert found is not None
    return found[0]


def test_a_letter_opens_once_and_looking_at_it_uses_nothing_up(cast: Cast, tess: Client) -> None:
    letter = invite(cast, tess, relationship="aunt")
    assert 'class="qr"' in words(letter)
    assert " style=" not in words(letter)
    link = link_in(letter)
    stranger = Client()
    for _look in range(3):
        assert "Caring for Cleo" in words(stranger.get(link))
    assert Invitation.objects.get(child=cast.cleo).accepted_at is None

    short = stranger.post(
        link, {"name": "Ann", "email": "ann@example.org", "way": "password", "password": "short"}
    )
    assert short.status_code == 200
    told = {
        "name": "Ann",
        "email": "ann@example.org",
        "way": "password",
        "password": "four odd words together",
    }
    joined = stranger.post(link, told)
    assert joined.headers["Location"] == "/"
    ann = User.objects.get(email="ann@example.org")
    assert CaregiverGrant.objects.get(user=ann).relationship == "aunt"
    assert stranger.get(f"/family/{cast.cleo.pk}/").status_code == 200
    assert Client().get(link).status_code == 404


def test_an_invitation_bound_to_an_address_opens_for_no_other(
    cast: Cast, tess: Client, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        link = link_in(invite(cast, tess, email=planted_email("finn")))
    assert mail.outbox[-1].to == [planted_email("finn")]
    other = sign_in(cast.dana).post(link)
    assert other.status_code == 403
    assert "another address" in words(other)
    assert sign_in(cast.finn).post(link).status_code == 302
    assert CaregiverGrant.objects.filter(user=cast.finn, child=cast.cleo).exists()


def test_an_invitation_is_renewed_and_taken_back(cast: Cast, tess: Client) -> None:
    first = link_in(invite(cast, tess))
    invitation = Invitation.objects.get(child=cast.cleo)
    second = link_in(tess.post(of(cast, f"invitations/{invitation.pk}/renew/")))
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    tess.post(of(cast, f"invitations/{invitation.pk}/revoke/"))
    assert Client().get(second).status_code == 404


def test_ending_access_says_what_will_happen_and_then_happens_at_once(
    cast: Cast, tess: Client, sign_in: Any
) -> None:
    nan = sign_in(cast.nan)
    assert nan.get(f"/family/{cast.cleo.pk}/").status_code == 200
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.nan)
    asked = words(tess.get(of(cast, f"access/{grant.pk}/end/")))
    assert "From this moment they see nothing of the child any more" in asked
    assert nan.get(f"/family/{cast.cleo.pk}/").status_code == 200
    tess.post(of(cast, f"access/{grant.pk}/end/"))
    assert nan.get(f"/family/{cast.cleo.pk}/").status_code == 404


# ---- the team ----------------------------------------------------------------------------------------------


def test_an_owner_puts_somebody_on_the_team_and_a_student_needs_a_supervisor(
    cast: Cast, otto: Client
) -> None:
    otto.post(of(cast, "team/join/"), {"therapist": str(cast.theo.pk), "kind": "member"})
    assert CareTeam.objects.active().filter(child=cast.cleo, therapist=cast.theo).exists()
    again = otto.post(of(cast, "team/join/"), {"therapist": str(cast.theo.pk), "kind": "member"})
    assert "already" in words(again)
    fern = f"/children/{cast.fern.pk}/team/join/"
    alone = otto.post(fern, {"therapist": str(cast.asha.pk), "kind": "member"})
    assert "Assistants and students need a supervisor" in words(alone)
    supervised = {"therapist": str(cast.asha.pk), "kind": "member", "supervisor": str(cast.theo.pk)}
    assert otto.post(fern, supervised).status_code == 302


def test_tess_arranges_a_cover_and_hands_over(cast: Cast, tess: Client, sign_in: Any) -> None:
    tess.post(of(cast, "team/cover/"), {"therapist": str(cast.theo.pk), "until_on": "2090-01-31"})
    assert sign_in(cast.theo).get(of(cast, "diary/")).status_code == 200
    place = CareTeam.objects.get(child=cast.cleo, therapist=cast.tess)
    gone = tess.post(of(cast, f"team/{place.pk}/hand-over/"), {"to": str(cast.theo.pk)})
    assert gone.headers["Location"] == "/c/harbor/caseload/"
    assert tess.get(of(cast, "diary/")).status_code == 404
    asha = CareTeam.objects.get(child=cast.cleo, therapist=cast.asha)
    assert asha.supervisor_id == cast.theo.pk


def test_who_saw_the_record_is_told_without_a_word_of_it(cast: Cast, tess: Client) -> None:
    tess.get(of(cast, "diary/"))
    seen = words(tess.get(of(cast, "people/seen/")))
    assert AuditEvent.objects.filter(child_id=cast.cleo.pk, code=AuditCode.VIEWED_DIARY).exists()
    assert "Read the diary" in seen
    assert cast.tess.name in seen


def test_the_people_page_costs_the_same_with_more_people(cast: Cast, tess: Client) -> None:
    few = _cost(tess, of(cast, "people/"))
    for _each in range(5):
        invite(cast, tess)
    assert _cost(tess, of(cast, "people/")) == few


def _cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)

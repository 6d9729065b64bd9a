"""The clinic's audit for its owners, and who saw a child for its guardians."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clinic import audit, rls
from clinic.localtime import local_day
from clinic.models import AuditEvent, Child, User
from clinic.services.break_glass import break_glass
from clinic.vocabulary import AuditCode, SharingMode
from tests import factories
from tests.cast import Cast, planted
from tests.clinic.sealing import above_all_rules, head, seal, write
from tests.clinic.test_sealing import edit

SignIn = Callable[[User], Client]
AUDIT = "/c/harbor/audit/"


def look(by: User, child: Child, code: AuditCode = AuditCode.VIEWED_CHILD, *, days_ago: float = 0) -> None:
    with rls.acting_as(by, system="seeding"):
        now = rls.now() - dt.timedelta(days=days_ago)
        audit.record_read(code, by=by, now=now, clinic_id=child.clinic_id, child=child)


def told(page: Any) -> str:
    return str(page.content.decode())


# ---- who saw this child ----------------------------------------------------------------------------------


@pytest.fixture
def looked(cast: Cast) -> Cast:
    """Everybody looked at Cleo: the team, the office, both guardians, a caregiver of each home."""
    for who in ("tess", "asha", "opal", "fay", "greg", "nan"):
        look(cast.people()[who], cast.cleo)
    look(cast.tess, cast.cleo, AuditCode.VIEWED_DIARY)
    return cast


def test_a_guardian_reads_who_looked_by_day_the_team_by_name(looked: Cast, sign_in: SignIn) -> None:
    page = told(sign_in(looked.fay).get(f"/family/{looked.cleo.pk}/who-saw/"))
    assert f"{planted('tess-name')}, care team" in page
    assert "Opened the child’s page · Read the diary" in page
    assert "Somebody of the clinic (office)" in page
    assert planted("opal-name") not in page
    assert planted("nan-name") in page, "of the same home"


@pytest.mark.parametrize(("who", "other"), [("fay", "greg"), ("greg", "fay")])
def test_nothing_of_the_other_guardian_is_in_it(looked: Cast, sign_in: SignIn, who: str, other: str) -> None:
    page = told(sign_in(looked.people()[who]).get(f"/family/{looked.cleo.pk}/who-saw/"))
    for name in (f"{other}-name", other, f"{other}s-home", f"{other}s-home-phone"):
        assert planted(name) not in page
    assert "America/" not in page
    assert "Guardian" not in page


def test_another_homes_caregiver_is_told_as_the_sharing_mode_says(looked: Cast, sign_in: SignIn) -> None:
    greg = sign_in(looked.greg)
    address = f"/family/{looked.cleo.pk}/who-saw/"
    page = told(greg.get(address))
    assert planted("nan-name") not in page
    assert "Somebody who helps at home" in page
    with rls.acting_as(system="seeding"):
        Child.objects.filter(pk=looked.cleo.pk).update(sharing_mode=SharingMode.OWN_ONLY)
    assert "Somebody who helps at home" not in told(greg.get(address))


def test_an_opening_in_an_emergency_is_told_without_a_name(cast: Cast, sign_in: SignIn) -> None:
    with rls.acting_as(cast.theo):
        break_glass(by=cast.theo, child=cast.cleo, reason="Found asleep, hard to wake", now=rls.now())
    look(cast.theo, cast.cleo, AuditCode.VIEWED_DIARY)
    page = told(sign_in(cast.fay).get(f"/family/{cast.cleo.pk}/who-saw/"))
    assert "in an emergency" in page
    assert "Somebody of the clinic (therapist)" in page
    assert planted("theo-name") not in page


def test_days_are_the_households_and_older_ones_are_a_page_away(cast: Cast, sign_in: SignIn) -> None:
    look(cast.tess, cast.cleo, days_ago=40)
    fay = sign_in(cast.fay)
    page = told(fay.get(f"/family/{cast.cleo.pk}/who-saw/"))
    assert planted("tess-name") not in page
    today = local_day(rls.now(), cast.fays_home.zone)
    earlier = today + dt.timedelta(days=1) - dt.timedelta(days=30)
    assert f"?before={earlier}" in page
    page = told(fay.get(f"/family/{cast.cleo.pk}/who-saw/?before={earlier}"))
    assert planted("tess-name") in page
    assert "?before=" not in page
    assert fay.get(f"/family/{cast.cleo.pk}/who-saw/?before=nonsense").status_code == 404


def test_it_takes_as_many_statements_however_many_looked(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    fay = sign_in(cast.fay)
    address = f"/family/{cast.cleo.pk}/who-saw/"
    fay.get(address)
    counted = []
    for people in (["tess"], ["asha", "opal", "otto", "nan", "rex", "tara"]):
        for who in people:
            look(cast.people()[who], cast.cleo)
        with django_assert_max_num_queries(40) as captured:
            fay.get(address)
        counted.append(len(captured))
    assert counted[0] == counted[1]


# ---- the clinic's audit ----------------------------------------------------------------------------------


def test_an_owner_reads_who_did_what_by_child_person_kind_and_day(looked: Cast, sign_in: SignIn) -> None:
    look(looked.theo, looked.fern, days_ago=3)
    otto = sign_in(looked.otto)
    page = told(otto.get(AUDIT))
    assert planted("theo-name") in page
    rows = page.split("<tbody>")[1]
    assert rows.count("<tr>") > 7

    def shown(**asked: object) -> str:
        return told(otto.get(AUDIT, asked)).split("<tbody>")[1].split("</tbody>")[0]

    assert shown(child=looked.fern.pk).count("<tr>") == 1
    assert shown(person=looked.tess.pk).count("<tr>") == 2
    assert shown(kind="viewed_diary").count("<tr>") == 1
    ago = local_day(rls.now() - dt.timedelta(days=3), looked.harbor.zone)
    assert shown(on=ago).count("<tr>") == 1
    assert "Nothing of that" in told(otto.get(AUDIT, {"kind": "viewed_diary", "person": looked.opal.pk}))


def test_of_another_clinic_nothing_is_in_it(cast: Cast, sign_in: SignIn) -> None:
    look(cast.tova, cast.cody)
    assert planted("tova-name") not in told(sign_in(cast.otto).get(AUDIT))
    assert sign_in(cast.olga).get(AUDIT).status_code == 404


def test_safeguarding_is_in_no_list(cast: Cast, sign_in: SignIn) -> None:
    factories.safeguarding_note(cast)
    write(cast.theo, cast.harbor, code=AuditCode.VIEWED_SAFEGUARDING_NOTES)
    assert "safeguarding notes" not in told(sign_in(cast.otto).get(AUDIT)).split("<tbody>")[1].lower()


def test_pages_follow_each_other_without_a_gap(cast: Cast, sign_in: SignIn) -> None:
    with rls.acting_as(system="seeding"):
        for _ in range(60):
            audit.record(AuditCode.INVITED, by=cast.tess, now=rls.now(), clinic_id=cast.harbor.pk)
    otto = sign_in(cast.otto)
    first = otto.get(AUDIT, {"kind": "invited"})
    second = otto.get(AUDIT + first.context["older"])
    ids = [one.id for page in (first, second) for one in page.context["shown"].events]
    assert len(ids) == len(set(ids)) == 60
    assert not second.context["older"]


def test_the_file_has_what_the_filters_leave_and_is_written_down(looked: Cast, sign_in: SignIn) -> None:
    answer = sign_in(looked.otto).get(f"{AUDIT}file/", {"kind": "viewed_diary"})
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [line[3] for line in lines] == ["Code", "viewed_diary"]
    assert AuditEvent.objects.filter(code=AuditCode.EXPORTED_AUDIT, detail="rows").count() == 1


def test_an_owner_verifies_it_and_finds_what_was_done_with_a_head_kept_before(
    live_cast: Cast, sign_in: SignIn
) -> None:
    cast = live_cast
    write(cast.tess, cast.harbor, rows=8)
    seal()
    otto = sign_in(cast.otto)
    kept = b"".join([otto.get(f"{AUDIT}head/").content])
    assert json.loads(kept)["digest"] == head(cast.harbor).head.digest
    assert "The audit is what was written" in told(otto.post(f"{AUDIT}verify/"))
    with above_all_rules() as cursor:
        edit(cursor, cast.harbor)
    page = told(otto.post(f"{AUDIT}verify/", {"heads": SimpleUploadedFile("head.json", kept)}))
    assert "Place 4: the row is not what was sealed" in page
    page = told(otto.post(f"{AUDIT}verify/", {"heads": SimpleUploadedFile("head.json", b"nonsense")}))
    assert "The audit is" not in page


def test_a_therapist_reads_it_of_a_child_they_treat_and_of_no_other(looked: Cast, sign_in: SignIn) -> None:
    look(looked.theo, looked.fern)
    tess, address = sign_in(looked.tess), f"/children/{looked.cleo.pk}/people/seen/"

    def shown(**asked: object) -> str:
        return told(tess.get(address, asked)).split("<tbody>")[1].split("</tbody>")[0]

    assert shown().count("<tr>") == 7
    assert shown(person=looked.opal.pk).count("<tr>") == 1
    assert shown(kind="viewed_diary").count("<tr>") == 1
    assert shown(child=looked.fern.pk).count("<tr>") == 7, "what is no filter here is left alone"
    assert tess.get(f"/children/{looked.fern.pk}/people/seen/").status_code == 404
    assert tess.get(AUDIT).status_code == 403

"""Reports of a clinic over HTTP: asked for, followed and taken away by who may at that moment."""

from __future__ import annotations

from collections.abc import Callable

from clinic import rls
from clinic.models import CareTeam, User
from tests.api.client import App
from tests.cast import Cast
from tests.web.test_clinic_outcomes import made
from tracking.services.clinic_reporting import make_clinic_report

AppOf = Callable[[User], App]
ROOM = "/api/v1/clinics/harbor/reports"


def test_a_month_is_asked_for_followed_and_taken_away(app_of: AppOf, cast: Cast) -> None:
    month_on = made(cast)
    ottos = app_of(cast.otto)
    asked = ottos.post(ROOM, {"kind": "clinic_outcomes"})
    assert (asked.status, asked["state"], asked["month_on"]) == (202, "asked", str(month_on))
    one = asked.headers["Location"]
    assert one == f"{ROOM}/{asked['id']}"
    assert int(asked.headers["Retry-After"]) >= 1
    assert "Retry-After" in ottos.get(one).headers
    assert ottos.get(f"{one}/file")["code"] == "report_not_ready"
    make_clinic_report(report_id=asked["id"])
    followed = ottos.get(one)
    assert "Retry-After" not in followed.headers
    assert (followed["state"], followed["percent"], len(followed["fingerprint"])) == ("ready", 100, 64)
    theos = app_of(cast.theo)
    assert [item["id"] for item in theos.get(ROOM)["items"]] == [asked["id"]]
    assert theos.get(f"{one}/file").content.startswith(b"%PDF-")


def test_a_list_is_for_who_asked_while_they_treat_every_child_on_it(app_of: AppOf, cast: Cast) -> None:
    tesss = app_of(cast.tess)
    one = f"{ROOM}/{tesss.post(ROOM, {'kind': 'caseload'})['id']}"
    make_clinic_report(report_id=one.rpartition("/")[2])
    assert tesss.get(f"{one}/file").status == 200
    assert app_of(cast.otto).get(one).status == 404
    with rls.acting_as(system="seeding"):
        CareTeam.objects.filter(therapist=cast.tess, child=cast.cleo).update(until_at=rls.now())
    assert (tesss.get(f"{one}/file").status, tesss.get(ROOM)["items"]) == (404, [])

"""Reports of a clinic over HTTP: asked for, followed and taken away by who may at that moment."""

from __future__ import annotations

from collections.abc import Callable

from clinic import rls
from clinic.models import CareTeam, User
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tests.web.test_clinic_outcomes import made
from tracking.models import ReportState
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


def test_one_that_could_not_be_made_is_asked_for_again(app_of: AppOf, cast: Cast) -> None:
    failed = {"state": ReportState.FAILED, "failure_code": "not_made", "finished_at": rls.now()}
    report = factories.clinic_report(cast.harbor, by=cast.otto, month_on=made(cast), **failed)
    at, theos = f"{ROOM}/{report.pk}", app_of(cast.theo)
    assert (theos.get(at)["state"], theos.get(at)["failure_code"]) == ("failed", "not_made")
    again = theos.post(f"{at}/making")
    assert (again.status, again["state"], again["asked_by"]) == (202, "asked", cast.theo.name)
    assert again.headers["Location"] == at
    assert theos.post(f"{at}/making").code == "report_not_failed"
    make_clinic_report(report_id=report.pk)
    assert theos.get(f"{at}/file").content.startswith(b"%PDF-")


def test_an_owner_has_the_outcomes_of_each_month_put_on_paper_and_ends_that(
    app_of: AppOf, cast: Cast
) -> None:
    ottos, tesss, at = app_of(cast.otto), app_of(cast.tess), "/api/v1/clinics/harbor/monthly-report"
    assert ottos.get(at)["monthly"] is None
    told = ottos.put(at, None)["monthly"]
    assert told["wanted_by"] == cast.otto.name
    assert ottos.put(at, None)["monthly"] == tesss.get(at)["monthly"] == told
    assert (tesss.put(at, None).status, tesss.delete(at).status) == (403, 403)
    assert (ottos.delete(at).status, ottos.get(at)["monthly"]) == (204, None)
    assert ottos.delete(at).status == 204

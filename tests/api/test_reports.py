"""Reports that were shared, over HTTP: listed and taken away by who may at that moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clinic import rls
from clinic.models import AuditEvent, CareTeam, User
from clinic.services import step_up
from clinic.vocabulary import AuditCode
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.test_ending_access import end
from tracking.models import Report, ReportState
from tracking.reports.kinds import KINDS
from tracking.services import reporting

AppOf = Callable[[User], App]


def shared_report(cast: Cast) -> Report:
    """Asked for, made, signed, made once more with the signature, and shared."""
    report = factories.report(cast.cleo, by=cast.tess)
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    with rls.acting_as(cast.tess):
        reporting.sign_report(by=cast.tess, report=report, now=rls.now())
    reporting.make_report(report_id=report.pk)
    with rls.acting_as(cast.tess):
        return reporting.share_report(by=cast.tess, report=report, now=rls.now())


def test_a_shared_report_is_listed_and_taken_away_by_both_homes(app_of: AppOf, cast: Cast) -> None:
    factories.report(cast.cleo, by=cast.tess)
    report = shared_report(cast)
    room = f"/api/v1/children/{cast.cleo.pk}/reports"
    for guardian in (cast.fay, cast.greg):
        guardians = app_of(guardian)
        (listed,) = guardians.get(room)["items"]
        assert (listed["id"], listed["signed_by"]) == (str(report.pk), cast.tess.name)
        file = guardians.get(f"{room}/{report.pk}/file")
        assert (file.status, file.content[:5]) == (200, b"%PDF-")
        taken = AuditEvent.objects.filter(code=AuditCode.DOWNLOADED_REPORT, actor_id=guardian.pk)
        assert taken.get().subject_id == report.pk
    ashas = app_of(cast.asha)
    assert len(ashas.get(room)["items"]) == 2
    assert ashas.get(f"{room}/{report.pk}/file").status == 403


def test_a_report_is_nothing_before_it_is_shared_and_after_access_ended(app_of: AppOf, cast: Cast) -> None:
    unshared, report = factories.report(cast.cleo, by=cast.tess), shared_report(cast)
    room = f"/api/v1/children/{cast.cleo.pk}/reports"
    fays, nans = app_of(cast.fay), app_of(cast.nan)
    assert fays.get(f"{room}/{unshared.pk}/file").status == 404
    assert (nans.get(room).status, nans.get(f"{room}/{report.pk}/file").status) == (404, 404)
    assert fays.get(f"/api/v1/children/{cast.fern.pk}/reports/{report.pk}/file").status == 404
    assert fays.get(f"{room}/{report.pk}/file").status == 200
    end(cast, cast.fay)
    assert (fays.get(room).status, fays.get(f"{room}/{report.pk}/file").status) == (404, 404)


def test_taking_one_away_asks_again_who_one_is(
    app_of: AppOf, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = f"/api/v1/children/{cast.cleo.pk}/reports/{shared_report(cast).pk}/file"
    fays = app_of(cast.fay)
    assert fays.get(at).status == 200
    monkeypatch.setattr(step_up, "is_recent", lambda **_: False)
    assert fays.get(at).code == "recent_sign_in_needed"


def test_a_therapist_asks_for_a_report_of_one_kind_and_an_assistant_does_not(
    app_of: AppOf, cast: Cast
) -> None:
    room = f"/api/v1/children/{cast.cleo.pk}/reports"
    told = {"kind": "progress", "period_from": "2026-01-01", "period_until": "2026-02-01"}
    asked = app_of(cast.tess).post(room, told)
    assert (asked.status, asked["kind"], asked["state"]) == (202, "progress", "asked")
    assert Report.objects.get(pk=asked["id"]).asked_by == cast.tess
    for other in (cast.asha, cast.fay):
        assert app_of(other).post(room, told).status == 403
    assert app_of(cast.tess).post(room, told | {"kind": "horoscope"}).status == 400
    assert app_of(cast.tess).post(room, told | {"period_until": "2025-12-31"}).code == "period_turned_round"
    assert Report.objects.count() == 1


def test_a_report_is_asked_for_a_home_of_the_childs_and_another_is_unknown(app_of: AppOf, cast: Cast) -> None:
    tesss, room = app_of(cast.tess), f"/api/v1/children/{cast.cleo.pk}/reports"
    told = {"kind": "handout"}
    for home, status in ((cast.fays_home, 202), (cast.finns_home, 400), (cast.danas_home, 400)):
        assert tesss.post(room, {**told, "household": str(home.pk)}).status == status
    assert Report.objects.get(kind="handout").family == cast.fays_home


def reports_of(cast: Cast) -> str:
    return f"/api/v1/children/{cast.cleo.pk}/reports"


A_PERIOD = {"period_from": "2026-01-01", "period_until": "2026-02-01"}


def test_a_report_is_followed_from_where_it_was_asked_for_until_it_is_ready(
    app_of: AppOf, cast: Cast
) -> None:
    tesss = app_of(cast.tess)
    asked = tesss.post(reports_of(cast), {"kind": "progress", "narrative": "Legs first.", **A_PERIOD})
    at = asked.headers["Location"]
    assert int(asked.headers["Retry-After"]) >= 1
    waiting = tesss.get(at)
    assert (waiting["state"], waiting["percent"], waiting["for_chart"]) == ("asked", 0, None)
    assert "Retry-After" in waiting.headers
    assert tesss.get(f"{at}/file").code == "report_not_ready"
    reporting.make_report(report_id=asked["id"])
    made = tesss.get(at)
    assert (made["state"], made["percent"], made["narrative"]) == ("ready", 100, "Legs first.")
    assert "Legs first." in made["for_chart"]
    assert "Retry-After" not in made.headers
    ashas = app_of(cast.asha).get(at)
    assert (ashas["narrative"], ashas["for_chart"]) == ("Legs first.", None)
    for outside in (cast.fay, cast.nan, cast.theo):
        assert app_of(outside).get(at).status == 404


def test_one_that_could_not_be_made_says_so_and_is_asked_for_again(app_of: AppOf, cast: Cast) -> None:
    failed = {"state": ReportState.FAILED, "failure_code": "not_made", "finished_at": rls.now()}
    report = factories.report(cast.cleo, by=cast.tess, **failed)
    at, tesss = f"{reports_of(cast)}/{report.pk}", app_of(cast.tess)
    seen = tesss.get(at)
    assert (seen["state"], seen["failure_code"]) == ("failed", "not_made")
    assert tesss.get(f"{at}/file").code == tesss.put(f"{at}/signature", None).code == "report_not_made"
    assert app_of(cast.asha).post(f"{at}/making").status == 403
    again = tesss.post(f"{at}/making")
    assert (again.status, again["state"], again.headers["Location"]) == (202, "asked", at)
    assert tesss.post(f"{at}/making").code == "report_not_failed"
    reporting.make_report(report_id=report.pk)
    assert tesss.get(f"{at}/file").content[:5] == b"%PDF-"


def test_one_is_reworded_signed_shared_and_added_to_without_a_page(app_of: AppOf, cast: Cast) -> None:
    report = factories.report(cast.cleo, by=cast.tess)
    at, tesss, fays = f"{reports_of(cast)}/{report.pk}", app_of(cast.tess), app_of(cast.fay)
    added = {"words": "She has slept through since."}
    assert tesss.put(f"{at}/signature", None).code == "report_not_ready"
    assert tesss.patch(at, {"narrative": "Feet first."})["narrative"] == "Feet first."
    reporting.make_report(report_id=report.pk)
    assert tesss.put(f"{at}/sharing", None).code == "report_not_ready"
    assert tesss.post(f"{at}/addenda", added).code == "report_not_signed"
    assert tesss.put(f"{at}/signature", None)["signed_by"] == cast.tess.name
    assert tesss.patch(at, {"narrative": "Hands first."}).code == "already_signed"
    reporting.make_report(report_id=report.pk)
    assert fays.get(at).status == 404
    assert tesss.put(f"{at}/sharing", None)["shared_at"] is not None
    assert tesss.post(f"{at}/addenda", added).status == 201
    read = fays.get(at)
    assert (read["added_count"], read["narrative"], read["for_chart"]) == (1, None, None)
    (addendum,) = fays.get(f"{at}/addenda")["items"]
    assert (addendum["words"], addendum["by"]) == (added["words"], cast.tess.name)
    assert fays.get(f"{at}/addenda/file").content[:5] == b"%PDF-"
    for verb, path, body in (
        ("patch", at, {"narrative": "No."}),
        ("put", f"{at}/signature", None),
        ("put", f"{at}/sharing", None),
        ("post", f"{at}/addenda", added),
    ):
        assert getattr(fays, verb)(path, body).status == 403


def test_whoever_left_between_asking_and_taking_away_is_given_nothing(app_of: AppOf, cast: Cast) -> None:
    tesss, shared = app_of(cast.tess), shared_report(cast)
    asked = tesss.post(reports_of(cast), {"kind": "progress", **A_PERIOD})
    late = tesss.post(reports_of(cast), {"kind": "progress", **A_PERIOD})
    reporting.make_report(report_id=asked["id"])
    at = asked.headers["Location"]
    assert tesss.get(f"{at}/file").status == 200
    CareTeam.objects.filter(child=cast.cleo, therapist=cast.tess).update(until_at=rls.now())
    reporting.make_report(report_id=late["id"])
    assert Report.objects.get(pk=late["id"]).failure_code == "access_ended"
    for path in (at, f"{at}/file", late.headers["Location"], f"{reports_of(cast)}/{shared.pk}/file"):
        assert tesss.get(path).status == 404, path
    for verb in ("put", "post"):
        assert getattr(tesss, verb)(f"{at}/{'signature' if verb == 'put' else 'making'}", None).status == 404


def test_every_kind_is_listed_with_what_it_needs_and_can_be_asked_for_like_that(
    app_of: AppOf, cast: Cast
) -> None:
    tesss, at = app_of(cast.tess), f"/api/v1/children/{cast.cleo.pk}/report-kinds"
    told = tesss.get(at)
    assert [one["kind"] for one in told["items"]] == [str(kind) for kind in KINDS]
    period = {"period_from": told["usual_from"], "period_until": told["usual_until"]}
    for kind in told["items"]:
        words = {
            **({"narrative": "n" * kind["most_characters"]} if kind["has_words"] else {}),
            **({"addressee": "Dr. Ruiz", "question": "Why?"} if kind["has_addressee"] else {}),
            **({"household": str(cast.fays_home.pk)} if kind["may_be_for_home"] else {}),
        }
        asked = {"kind": kind["kind"], **(period if kind["covers_days"] else {})}
        assert tesss.post(reports_of(cast), asked | words).status == 202, kind["kind"]
        turned = {"kind": kind["kind"], **({} if kind["covers_days"] else period)}
        assert tesss.post(reports_of(cast), turned | words).fields == {"period_from": "invalid"}
        one_too_long = "n" * (kind["most_characters"] + 1)
        assert tesss.post(reports_of(cast), asked | {"narrative": one_too_long}).status == 400
    assert [app_of(other).get(at).status for other in (cast.asha, cast.fay, cast.nan)] == [403, 403, 404]


def test_a_monthly_report_is_set_read_and_ended(app_of: AppOf, cast: Cast) -> None:
    tesss, at = app_of(cast.tess), f"/api/v1/children/{cast.cleo.pk}/monthly-report"
    assert tesss.get(at)["monthly"] is None
    told = tesss.put(at, {"day_of_month": 5})["monthly"]
    assert (told["day_of_month"], told["next_on"][-2:], told["therapist"]) == (5, "05", cast.tess.name)
    assert tesss.put(at, {"day_of_month": 29}).status == 400
    ashas = app_of(cast.asha)
    assert ashas.get(at)["monthly"] == told
    assert (ashas.put(at, {"day_of_month": 1}).status, ashas.delete(at).status) == (403, 403)
    assert app_of(cast.fay).get(at).status == 403
    assert tesss.delete(at).status == 204
    assert tesss.get(at)["monthly"] is None

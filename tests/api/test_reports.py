"""Reports that were shared, over HTTP: listed and taken away by who may at that moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clinic import rls
from clinic.models import AuditEvent, User
from clinic.services import step_up
from clinic.vocabulary import AuditCode
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.test_ending_access import end
from tracking.models import Report
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
    assert len(ashas.get(room)["items"]) == 1
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
    told = {"kind": "handout", "period_from": "2026-11-01", "period_until": "2026-11-01"}
    for home, status in ((cast.fays_home, 202), (cast.finns_home, 400), (cast.danas_home, 400)):
        assert tesss.post(room, {**told, "household": str(home.pk)}).status == status
    assert Report.objects.get(kind="handout").family == cast.fays_home

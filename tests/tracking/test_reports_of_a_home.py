"""A report made for one home is, once shared, for the guardians there: on pages, in the API, in the news."""

from __future__ import annotations

from typing import Any

import pytest

from clinic import rls
from clinic.errors import Invalid
from tests import factories
from tests.cast import Cast
from tests.tracking.reporting import asked
from tracking import policy
from tracking.models import Report, ReportKind, ReportState
from tracking.models.notices import NoticeKind
from tracking.reminders.audience import Audience, Matter
from tracking.services import reporting

pytestmark = pytest.mark.django_db

MADE = {"state": ReportState.READY, "file_name": "report/of-nothing.pdf", "content_sha256": "0" * 64}


def shared(cast: Cast, report: Report) -> Report:
    with rls.acting_as(cast.tess):
        return reporting.share_report(by=cast.tess, report=report, now=rls.now())


def told(cast: Cast, report: Report) -> set[str]:
    """Who of the family is told that it was shared."""
    matter = Matter(cast.harbor.pk, cast.cleo.pk, NoticeKind.REPORT_SHARED, report.pk, is_to_staff=False)
    with rls.acting_as(system="reminders"):
        users = set(Audience([matter]).first(matter))
    return {name for name, user in cast.people().items() if user.pk in users}


def readers(cast: Cast, report: Report) -> set[str]:
    """Of the family, who may read it; policy and rows agree."""
    found = set()
    for name in ("fay", "greg", "nan", "rex"):
        user = getattr(cast, name)
        with rls.acting_as(user):
            may = policy.may_view_report(user, report)
            assert may == Report.objects.visible_to(user).filter(pk=report.pk).exists()
            assert may == policy.may_download_report(user, report)
        found |= {name} if may else set()
    return found


def test_of_a_handout_for_one_home_the_other_reads_and_hears_nothing(cast: Cast) -> None:
    report = asked(cast, ReportKind.HANDOUT, home=cast.gregs_home, **MADE)
    assert readers(cast, report) == set()
    report = shared(cast, report)
    assert readers(cast, report) == told(cast, report) == {"greg"}


def test_one_for_no_home_in_particular_is_for_every_guardian(cast: Cast) -> None:
    report = shared(cast, asked(cast, ReportKind.HANDOUT, **MADE))
    assert readers(cast, report) == told(cast, report) == {"fay", "greg"}


def test_who_told_what_is_shared_with_one_home_alone(cast: Cast) -> None:
    with pytest.raises(reporting.NotOfOneHome):
        shared(cast, asked(cast, ReportKind.SLEEP_PROTOCOL, **MADE))
    assert readers(
        cast, shared(cast, asked(cast, ReportKind.SLEEP_PROTOCOL, home=cast.fays_home, **MADE))
    ) == {"fay"}


def test_what_is_for_the_therapist_is_shared_with_nobody(cast: Cast) -> None:
    with pytest.raises(reporting.NotForFamilies):
        shared(cast, asked(cast, ReportKind.VISIT, **MADE))


@pytest.mark.parametrize(
    ("kind", "home"), [(ReportKind.VISIT, "fays_home"), (ReportKind.HANDOUT, "finns_home")]
)
def test_only_what_can_be_for_a_home_is_made_for_one_and_only_for_the_childs(
    cast: Cast, kind: ReportKind, home: str
) -> None:
    now = rls.now()
    given: dict[str, Any] = {"now": now}
    with rls.acting_as(cast.tess):
        with pytest.raises(Invalid) as refused:
            reporting.ask_report(
                by=cast.tess, child=cast.cleo, kind=kind, family=getattr(cast, home), **given
            )
        made = reporting.ask_report(
            by=cast.tess, child=cast.cleo, kind=ReportKind.HANDOUT, family=cast.fays_home, **given
        )
    assert refused.value.field == "household"
    assert (made.family, made.language) == (cast.fays_home, "en")


def test_a_report_for_a_home_is_asked_for_in_its_language_on_the_page(cast: Cast, sign_in: Any) -> None:
    cast.gregs_home.locale = "ar"
    with rls.acting_as(system="seeding"):
        cast.gregs_home.save()
    tesss = sign_in(cast.tess)
    address = f"/children/{cast.cleo.pk}/reports/"
    page = tesss.get(f"{address}?kind=handout").content.decode()
    assert page.index(cast.fays_home.name) < page.index(cast.gregs_home.name)
    assert "For no home in particular" in page
    tesss.post(address, {"kind": "handout", "household": str(cast.gregs_home.pk)})
    report = Report.objects.get(kind=ReportKind.HANDOUT)
    assert (report.family, report.language) == (cast.gregs_home, "ar")
    reporting.make_report(report_id=report.pk)
    page = tesss.get(f"/reports/{report.pk}/").content.decode()
    assert "Every guardian of this home" in page
    assert "Sign</button>" not in page

    tesss.post(address, {"kind": "handout", "household": ""})
    assert Report.objects.filter(kind=ReportKind.HANDOUT, family=None, language="en").exists()


def test_reports_for_homes_are_named_on_the_list(cast: Cast, sign_in: Any) -> None:
    factories.report(cast.cleo, by=cast.tess, kind=ReportKind.HANDOUT, family=cast.fays_home)
    page = sign_in(cast.tess).get(f"/children/{cast.cleo.pk}/reports/").content.decode()
    assert f"for {cast.fays_home.name}" in page

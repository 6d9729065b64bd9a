"""Charts chosen for a child: on its page and in its reports, by who treats it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest

from clinic import rls
from tests import factories
from tests.cast import Cast
from tests.tracking.prescribing import EVERY_EVENING, changed, published, started, strokes
from tests.tracking.records import MONDAY, log_session, publish_program
from tests.web.test_change import main_of
from tests.web.test_query_budgets import log, statements
from tracking.models import ChartChoice, Report
from tracking.readings.charts import charts_of
from tracking.reports import kinds
from tracking.sync.bodies import StepDone
from tracking.vocabulary.body import BodyRegion
from tracking.wording import labels

pytestmark = pytest.mark.django_db

LEGS: dict[str, Any] = {"steps": strokes("leg-long-glide"), "schedules": [EVERY_EVENING], "weeks": 8}


def told(cast: Cast) -> None:
    """One evening that tells steps, states and cues."""
    with rls.acting_as(cast.fay, system="seeding"):
        publish_program(cast.cleo, cast.tess)
        log_session(cast.fay, cast.cleo)


def test_a_therapist_chooses_and_the_page_draws_it(cast: Cast, sign_in: Any) -> None:
    told(cast)
    tess, address = sign_in(cast.tess), f"/children/{cast.cleo.pk}/"
    page = main_of(tess, address)
    assert "chart-calendar" in page
    assert '<p class="without-script">Of ' in page, "what no script draws is told in words"
    assert "chart-state-flow" not in page
    body = urlencode({"charts": ["state_flow", "cue_balance"]}, doseq=True)
    kind = "application/x-www-form-urlencoded"
    assert tess.post(f"{address}charts/", body, content_type=kind).status_code == 302
    page = main_of(tess, address)
    assert "chart-state-flow" in page
    assert "chart-cue-balance" in page
    assert "chart-body-map" not in page
    assert "Reported by: " in page
    assert main_of(tess, f"{address}charts/").count("checked") == 2


def test_a_step_told_by_its_id_alone_as_apps_do_is_a_place_on_the_body(cast: Cast, sign_in: Any) -> None:
    factories.chart_choice(cast.cleo, by=cast.tess, charts=["body_map"])
    with rls.acting_as(cast.tess):
        program = started(cast.tess, cast.cleo, title="Legs")
        version = published(cast.tess, changed(cast.tess, program, **LEGS))
        [step] = version.steps.select_related("stroke_version")
        told_at = rls.now() - dt.timedelta(minutes=20)
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo, steps=(StepDone(step=step.pk),), occurred_at=told_at)
    with rls.acting_as(cast.tess):
        of_body = charts_of(cast.cleo).region_of
    assert of_body[str(step.pk)] == step.stroke_version.body_region
    page = main_of(sign_in(cast.tess), f"/children/{cast.cleo.pk}/")
    assert "chart-body-map" in page
    assert f"{labels.label(BodyRegion, of_body[str(step.pk)])}: done 1." in page


def test_an_assistant_is_shown_what_was_chosen_and_chooses_nothing(cast: Cast, sign_in: Any) -> None:
    told(cast)
    factories.chart_choice(cast.cleo, by=cast.tess)
    asha, address = sign_in(cast.asha), f"/children/{cast.cleo.pk}/"
    assert "chart-state-flow" in main_of(asha, address)
    assert asha.get(f"{address}charts/").status_code == 403
    assert asha.post(f"{address}charts/", {"charts": "body_map"}).status_code == 403


def test_what_is_no_chart_is_refused_and_the_last_choice_stands(cast: Cast, sign_in: Any) -> None:
    tess, address = sign_in(cast.tess), f"/children/{cast.cleo.pk}/charts/"
    assert tess.post(address, {"charts": "body_map"}).status_code == 302
    assert tess.post(address, {"charts": "made_up"}).status_code == 200
    assert tess.post(address, {"charts": "body_map"}).status_code == 302
    with rls.acting_as(cast.tess):
        assert [row.charts for row in ChartChoice.objects.of(cast.cleo)] == [["body_map"]]


def test_a_report_draws_what_is_chosen_and_names_nobody_who_told_it(cast: Cast) -> None:
    told(cast)
    factories.chart_choice(cast.cleo, by=cast.tess)
    with rls.acting_as(cast.tess):
        report = Report(
            clinic=cast.harbor,
            child=cast.cleo,
            asked_by=cast.tess,
            asked_at=rls.now(),
            period_from=MONDAY,
            period_until=MONDAY,
        )
        written = kinds.write(report, child=cast.cleo, viewer=cast.tess, now=rls.now())
    assert [one["chart"] for one in written.data["pictures"]] == ["body-map", "state-flow", "cue-balance"]
    assert {"fortnight", "calendar"} <= set(written.charts)
    assert "Reported by" not in str(written.data)


def test_a_page_with_every_chart_asks_the_same_however_much_is_logged(cast: Cast, sign_in: Any) -> None:
    tess, address = sign_in(cast.tess), f"/children/{cast.cleo.pk}/"
    factories.record(cast)
    told(cast)
    asked = []
    for more in (1, 9, 90):
        log(cast.cleo, cast, days=more)
        asked.append(statements(tess, address))
    assert len(set(asked)) == 1

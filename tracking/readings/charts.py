"""Which optional charts are chosen for a child, and the body region of each step they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from clinic.models import Child
from tracking.models import ChartChoice, ProgramStep, Stroke
from tracking.vocabulary.charts import ChosenChart


@dataclass(frozen=True, slots=True)
class Charts:
    """What is chosen, in the order of the vocabulary. `region_of`: the region of each stroke by its slug, and
    of each step of the child's programs by its id, which is all that an app tells.

    It is read where the body map is chosen, and empty otherwise.
    """

    chosen: tuple[ChosenChart, ...] = ()
    region_of: Mapping[str, str] = field(default_factory=dict)


def chosen_charts(child: Child) -> tuple[ChosenChart, ...]:
    """One statement. The caller has made sure that the asker reads the record as staff."""
    told = ChartChoice.objects.of(child).values_list("charts", flat=True).first() or []
    return tuple(one for one in ChosenChart if one in told)


def charts_of(child: Child) -> Charts:
    """As `chosen_charts`; one statement, three with the body map."""
    chosen = chosen_charts(child)
    if ChosenChart.BODY_MAP not in chosen:
        return Charts(chosen)
    strokes = _strokes(child.clinic_id).values_list("slug", "current_version__body_region")
    steps = _steps(child.pk).values_list("id", "stroke_version__body_region")
    return Charts(chosen, dict(strokes) | {str(step): region for step, region in steps})


def charts_lists() -> dict[str, ArraySubquery]:
    """What `charts_in` reads, as annotations of children."""
    choice = ChartChoice.objects.of(OuterRef("pk"))
    has_body_map = ChartChoice.objects.filter(
        child=OuterRef(OuterRef("pk")), charts__contains=[ChosenChart.BODY_MAP]
    )
    strokes = _strokes(OuterRef("clinic")).filter(Exists(has_body_map))
    of_stroke = JSONObject(of="slug", region="current_version__body_region")
    steps = _steps(OuterRef("pk")).filter(Exists(has_body_map))
    of_step = JSONObject(of="id", region="stroke_version__body_region")
    return {
        "charts_json": ArraySubquery(choice.values(json=JSONObject(charts="charts"))[:1]),
        "regions_json": ArraySubquery(strokes.values(json=of_stroke)),
        "step_regions_json": ArraySubquery(steps.values(json=of_step)),
    }


def charts_in(charts: Sequence[Mapping[str, Any]], *regions: Iterable[Mapping[str, Any]]) -> Charts:
    """The rows of `charts_lists`: what is chosen, then the regions of strokes and of steps."""
    told = charts[0]["charts"] if charts else []
    return Charts(
        tuple(one for one in ChosenChart if one in told),
        {row["of"]: row["region"] for rows in regions for row in rows},
    )


def _steps(child: Any) -> QuerySet[ProgramStep]:
    return ProgramStep.objects.filter(version__program__child=child, stroke_version__isnull=False)


def _strokes(clinic: Any) -> QuerySet[Stroke]:
    """Built-in strokes and the clinic's own, which go before where both have a name."""
    rows = Stroke.objects.filter(Q(clinic__isnull=True) | Q(clinic=clinic), current_version__isnull=False)
    return rows.order_by(F("clinic").asc(nulls_first=True), "id")

"""Body map."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tracking.outcomes.body import regions_met
from tracking.readings.progress import Progress
from tracking.reports.charts.body import RegionTile, body_chart
from tracking.reports.pictures.picture import (
    Picture,
    Table,
    foot_of,
    notes_of_massages,
    who,
)
from tracking.vocabulary.body import BodyRegion
from tracking.wording import labels


def body_map(progress: Progress, region_of: Mapping[str, str]) -> Picture | None:
    """None if no massage records its steps. `region_of`: by step id or stroke slug."""
    met = regions_met(progress.sessions, region_of)
    if not met.told_count:
        return None
    tiles = [
        RegionTile(one.region, labels.label(BodyRegion, one.region), one.done_count, one.refused_count)
        for one in met.regions
    ]
    told = [one for one in progress.sessions if one.is_offered and one.steps]
    foot = foot_of(progress)
    return Picture(
        name="body-map",
        title=_("Where on the body"),
        specification=body_chart(tiles, first=progress.first, last=progress.last, foot=foot),
        words=" ".join(_said(one) for one in tiles if one.done_count or one.refused_count),
        note=" ".join(
            [
                _("Number: massages in which it was done; the stronger the color, the more."),
                _("Triangle: massages the child ended, at the step it did not want."),
                *notes_of_massages(
                    foot,
                    told_count=met.told_count,
                    offered_count=met.offered_count,
                    sessions=told,
                ),
            ]
        ),
        told_by=who(progress, told),
        table=Table(
            (_("Part of the body"), _("Done"), _("The child had had enough")),
            tuple((one.name, one.done_count, one.refused_count) for one in tiles),
        ),
    )


def _said(tile: RegionTile) -> str:
    counts = {"region": tile.name, "done": tile.done_count, "refused": tile.refused_count}
    if tile.refused_count:
        return _("%(region)s: done %(done)d, had enough there %(refused)d.") % counts
    return _("%(region)s: done %(done)d.") % counts

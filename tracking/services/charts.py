"""Choosing the optional charts of a child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from clinic import access, audit
from clinic.models import Child, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ChartChoice
from tracking.services.allowed import one_of
from tracking.vocabulary.charts import ChosenChart


@transaction.atomic
def choose_charts(*, by: User, child: Child, charts: Collection[str], now: dt.datetime) -> ChartChoice:
    """The choice that stands from now on; the same again leaves the one there is.

    Raises Forbidden, Invalid (field `charts`).
    """
    access.demand(policy.may_choose_charts, by, child)
    for code in charts:
        one_of("charts", code, ChosenChart)
    wanted = [str(one) for one in ChosenChart if one in charts]
    Child.objects.select_for_update(of=("self",), no_key=True).get(pk=child.pk)
    standing = ChartChoice.objects.of(child).first()
    if standing is not None and standing.charts == wanted:
        return standing
    choice = ChartChoice.objects.create(
        clinic_id=child.clinic_id, child=child, charts=wanted, chosen_by=by, chosen_at=now
    )
    audit.record(
        AuditCode.CHOSE_CHARTS, by=by, now=now, clinic_id=child.clinic_id, child=child, subject=choice
    )
    return choice

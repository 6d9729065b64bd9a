"""Visits, what was shown at them, and one class that is running; written by the services."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from clinic.localtime import local_day, to_instant
from clinic.models import CaregiverGrant, Child, User
from tracking.management.demo.people import Planted
from tracking.models import Preset, ProgramStep, ServiceLabel
from tracking.services import classes
from tracking.services.classes import Came
from tracking.services.contacts import record_contact
from tracking.services.service_labels import add_label
from tracking.services.teaching import Shown, teach
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.vocabulary.teaching import TaughtLevel, Teachable

VISITED = 4
IN_CLASS = 3
SERVICES = ("Parent training", "Home program review")
NOTE = "We went through the strokes together. Slow and even is what she likes; stop when she looks away."
WEEKS = ("bedtime-calm", "tummy-ease", "bedtime-calm", "bedtime-calm")
HELD = 2


def plant_visits(planted: Planted, *, children: list[tuple[Child, User]], now: dt.datetime) -> None:
    """Visits of the first few children, and a class of those whom one therapist treats."""
    first = children[0][1]
    labels = [add_label(by=first, clinic=planted.clinic, name=name, now=now) for name in SERVICES]
    for child, therapist in children[:VISITED]:
        _visits(child, therapist, labels, now=now)
    by_therapist: dict[User, list[Child]] = defaultdict(list)
    for child, therapist in children:
        by_therapist[therapist].append(child)
    leader, group = max(by_therapist.items(), key=lambda one: len(one[1]))
    _class(leader, group[:IN_CLASS], now=now)


def _at(child: Child, hour: int, *, days: int, now: dt.datetime) -> dt.datetime:
    """An hour of the clinic's day, `days` from today."""
    zone = child.clinic.zone
    on = local_day(now, zone) + dt.timedelta(days=days)
    return to_instant(dt.datetime.combine(on, dt.time(hour)), zone)


def _visits(child: Child, therapist: User, labels: list[ServiceLabel], *, now: dt.datetime) -> None:
    grants = list(CaregiverGrant.objects.valid().filter(child=child).order_by("valid_from", "id"))
    told: dict[str, Any] = {"by": therapist, "child": child, "therapist": therapist.pk, "now": now}
    visit = record_contact(
        **told,
        kind=ContactKind.VISIT,
        starts_at=_at(child, 10, days=-20, now=now),
        minutes=45,
        label=labels[0].pk,
        caregivers=[grant.pk for grant in grants[:1]],
        shared_note=NOTE,
    )
    steps = ProgramStep.objects.filter(version__program__child=child, stroke_version__isnull=False)
    slugs = list(
        dict.fromkeys(steps.order_by("order", "id").values_list("stroke_version__stroke__slug", flat=True))
    )
    levels = (TaughtLevel.ALONE, TaughtLevel.WITH_HELP, TaughtLevel.SHOWN)
    shown = [
        Shown(what=Teachable.STROKE, stroke=slug, grant=grant.pk, level=levels[place % len(levels)])
        for grant in grants[:1]
        for place, slug in enumerate(slugs)
    ]
    shown += [Shown(what=Teachable.STOP_RULE, grant=grant.pk) for grant in grants[:1]]
    teach(by=therapist, child=child, shown=shown, contact=visit.pk, now=now)
    record_contact(
        **told,
        kind=ContactKind.HOME_VISIT,
        starts_at=_at(child, 15, days=-9, now=now),
        state=ContactState.CANCELLED,
        cancelled_by=CancelledBy.FAMILY,
    )
    record_contact(
        **told,
        kind=ContactKind.CALL,
        starts_at=_at(child, 9, days=-6, now=now),
        minutes=15,
        label=labels[1].pk,
    )
    record_contact(**told, kind=ContactKind.VISIT, starts_at=_at(child, 10, days=5, now=now), minutes=45)


def _class(leader: User, children: list[Child], *, now: dt.datetime) -> None:
    """Four weeks, of which two were held."""
    clinic = children[0].clinic
    group = classes.start_class(by=leader, clinic=clinic, title="Massage together", led_by=leader.pk, now=now)
    for child in children:
        classes.join_class(by=leader, group_class=group, child=child, now=now)
    presets = dict(Preset.objects.filter(clinic__isnull=True).values_list("slug", "pk"))
    for week, slug in enumerate(WEEKS):
        starts_at = _at(children[0], 11, days=7 * (week - HELD) + 3, now=now)
        date = classes.add_date(
            by=leader, group_class=group, starts_at=starts_at, preset=presets.get(slug), now=now
        )
        if week < HELD:
            strokes = Preset.objects.get(pk=date.preset_id).stroke_slugs[:3] if date.preset_id else []
            classes.hold_date(
                by=leader,
                class_date=date,
                came=[_came(child) for child in children],
                strokes=strokes,
                now=now,
            )


def _came(child: Child) -> Came:
    first = CaregiverGrant.objects.valid().filter(child=child).order_by("valid_from", "id").first()
    return Came(child.pk, caregivers=(first.pk,) if first else ())

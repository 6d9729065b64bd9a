"""Logging on behalf of a family, by phone or at a visit; such entries are marked."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clinic import localtime
from clinic.errors import Unseen
from clinic.whereabouts import whereabouts
from tracking import policy
from tracking.models import EntryDoor
from tracking.readings import concerns as reading_concerns
from tracking.readings import people as reading
from tracking.readings.asking import asked_on
from tracking.readings.signs import signs_of
from tracking.readings.strategies import strategies_of
from tracking.services import concerns, recording
from tracking.sync.bodies import BedtimeBody, EntryBody, ObservationBody, SessionBody
from tracking.vocabulary.concerns import ConcernKind
from tracking.vocabulary.programs import Precision, SessionOutcome
from tracking.vocabulary.states import StateScale
from web.desk import ChildDesk, open_child, open_record
from web.forms.concerns import ConcernForm
from web.forms.family import BedtimeForm, NotTodayForm, SessionForm, TouchForm, cues_noted
from web.forms.telling import TellingForm
from web.pages import page
from web.refusals import say_success, send

BEDTIMES: Final = ("lights_out", "asleep", "still_awake")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its form, what the service is told, and the service."""

    title: Promise
    icon: str
    form: Callable[[ChildDesk, Any], Any]
    body: Callable[[ChildDesk, Any, str], EntryBody]
    record: Callable[..., Any]


@page()
def choose(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What is to be written down."""
    desk = _open(request, child)
    may_tell_worries = policy.may_raise_concern(desk.user, desk.child)
    answers = desk.page("diary", kinds=KINDS.items(), may_tell_worries=may_tell_worries)
    return render(request, "child/record.html", answers)


@page("GET", "POST")
def tell(request: HttpRequest, child: uuid.UUID, how: str) -> HttpResponse:
    """Write one entry down on the family's behalf."""
    desk = _open(request, child)
    told = KINDS.get(how)
    if told is None:
        raise Unseen
    form: BaseForm = told.form(desk, request.POST or None)
    tellers = reading.tellers_of(desk.child)
    telling = TellingForm(request.POST or None, tellers=tellers)
    if request.method == "POST" and form.is_valid() and telling.is_valid():
        body = functools.partial(told.body, desk, form)
        kept = _kept(desk, form, telling, tellers, record=told.record, body=body)
        if kept:
            say_success(request, _("Written down for the family."))
            return redirect("child_diary" if desk.reads_record else "child_people", child=desk.child.pk)
    return render(request, "child/record_one.html", desk.page("diary", form=form, telling=telling, kind=told))


@page()
def choose_worry(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What it is that worries the family."""
    desk = _open_to_worries(request, child)
    answers = desk.page("concerns", kinds=reading_concerns.kinds_most_urgent_first())
    return render(request, "child/record_worries.html", answers)


@page("GET", "POST")
def tell_worry(request: HttpRequest, child: uuid.UUID, worry: str) -> HttpResponse:
    """Write a worry down on the family's behalf: what to tell them first stands above its questions."""
    desk = _open_to_worries(request, child)
    if worry not in frozenset(ConcernKind):
        raise Unseen
    kind, language = ConcernKind(worry), get_language() or "en"
    form = ConcernForm(
        request.POST or None,
        kind=kind,
        questions=reading_concerns.questions_of(kind),
        earlier=reading_concerns.told_lately(desk.user, desk.child, now=desk.now),
        may_send_photo=False,
    )
    tellers = reading.tellers_of(desk.child)
    telling = TellingForm(request.POST or None, tellers=tellers)
    if request.method == "POST" and form.is_valid() and telling.is_valid():
        kept = _kept(
            desk,
            form,
            telling,
            tellers,
            record=concerns.raise_concern,
            body=lambda zone: form.body(zone=zone, now=desk.now),
        )
        if kept:
            seen = reading_concerns.just_told(desk.user, kept.concern, now=desk.now, language=language)
            said = _("Written down for the family. Tell them: %(advice)s.")
            say_success(request, said % {"advice": seen.advice.title.rstrip(".")})
            return redirect("child_concerns", child=desk.child.pk)
    answers = desk.page(
        "concerns",
        form=form,
        telling=telling,
        worry=kind,
        plan=reading_concerns.plans_of_child(desk.user, desk.child).get(kind),
        advice=reading_concerns.sure_advice(desk.child, kind, language=language),
    )
    return render(request, "child/record_worry.html", answers)


def _kept(
    desk: ChildDesk,
    form: BaseForm,
    telling: TellingForm,
    tellers: list[reading.Teller],
    *,
    record: Callable[..., Any],
    body: Callable[[str], Any],
) -> Any:
    """What `record` kept of two valid forms; None where it refused, which the form then says.

    `body` makes the entry of the zone it happened in.
    """
    zone = _zone(desk, form.cleaned_data | telling.cleaned_data, tellers)
    return send(
        form,
        record,
        by=desk.user,
        child=desk.child,
        client_id=form.cleaned_data.get("client_id") or uuid.uuid4(),
        entry=telling.completed(body(zone), zone=zone),
        door=EntryDoor.CLINIC_PAGES,
        now=desk.now,
    )


def _open_to_worries(request: HttpRequest, child: uuid.UUID) -> ChildDesk:
    desk = open_record(request, child)
    desk.demand(policy.may_raise_concern)
    return desk


def _open(request: HttpRequest, child: uuid.UUID) -> ChildDesk:
    desk = open_child(request, child)
    desk.demand(policy.may_record_entry)
    return desk


def _zone(desk: ChildDesk, told: dict[str, Any], tellers: list[reading.Teller]) -> str:
    """Where the clock times are meant: at home with who told them, else where the child was on that day."""
    teller = next((one for one in tellers if one.grant == told["told_by_grant"]), None)
    if teller is not None:
        return teller.zone
    named = next((told[name] for name in ("happened", *BEDTIMES) if told.get(name)), None)
    day = told["on"] or (_day_of(named, is_night="lights_out" in told) if named else desk.today)
    return whereabouts(desk.child, since=day).zone_on(day)


def _day_of(wall: dt.datetime, *, is_night: bool) -> dt.date:
    """The local day of a wall time; a night's before noon is of the evening before."""
    is_after = is_night and wall.time() < localtime.NOON
    return wall.date() - localtime.ONE_DAY if is_after else wall.date()


def _is_infant(desk: ChildDesk) -> bool:
    return asked_on(desk.child, desk.today).scale is StateScale.INFANT_STATE


def _session(desk: ChildDesk, form: Any, zone: str) -> SessionBody:
    told = form.cleaned_data
    return SessionBody(
        outcome=told["outcome"],
        occurred_at=form.happened_at(zone=zone, now=desk.now),
        minutes=told["minutes"],
        state_before=told["state_before"],
        state_after=told["state_after"],
        cues=cues_noted(told["cues"]),
        note=told["note"],
    )


def _not_today(desk: ChildDesk, form: Any, zone: str) -> SessionBody:
    return SessionBody(
        outcome=SessionOutcome.NOT_TODAY,
        not_today_reason=form.cleaned_data["reason"],
        occurred_at=form.happened_at(zone=zone, now=desk.now),
        precision=Precision.DAY,
        note=form.cleaned_data["note"],
    )


def _bedtime(desk: ChildDesk, form: Any, zone: str) -> BedtimeBody:
    told = form.cleaned_data
    lights_out, asleep, still_awake = (
        localtime.to_instant(told[name], zone) if told[name] else None for name in BEDTIMES
    )
    return BedtimeBody(
        occurred_at=lights_out or asleep or still_awake or desk.now,
        lights_out_at=lights_out,
        asleep_at=asleep,
        still_awake_at=still_awake,
        about_minutes=told["about_minutes"],
        resistance=int(told["resistance"]) if told["resistance"] else None,
        call_out_count=told["call_out_count"],
        method=told["method"],
        location=told["location"],
        confounders=tuple(told["confounders"]),
        note=told["note"],
    )


def _touch(desk: ChildDesk, form: Any, zone: str) -> ObservationBody:
    told = form.cleaned_data
    return ObservationBody(
        stimulus=told["stimulus"],
        occurred_at=form.happened_at(zone=zone, now=desk.now),
        responses=tuple(told["responses"]),
        intensity=told["intensity"],
        recovery_minutes=told["recovery_minutes"],
        recovery_band=told["recovery_band"],
        is_not_settled=told["is_not_settled"],
        tried=form.tried(),
        note=told["note"],
    )


KINDS: Final = {
    "massage": Kind(
        gettext_lazy("A massage"),
        "foot",
        lambda desk, data: SessionForm(
            data, is_infant=_is_infant(desk), signs=signs_of(desk.user, desk.child)
        ),
        _session,
        recording.record_session,
    ),
    "not-today": Kind(
        gettext_lazy("Not today"),
        "dash-lg",
        lambda desk, data: NotTodayForm(data),  # noqa: ARG005
        _not_today,
        recording.record_session,
    ),
    "bedtime": Kind(
        gettext_lazy("A bedtime"),
        "moon-stars",
        lambda desk, data: BedtimeForm(data),  # noqa: ARG005
        _bedtime,
        recording.record_bedtime,
    ),
    "touch": Kind(
        gettext_lazy("A touch"),
        "hand-index-thumb",
        lambda desk, data: TouchForm(data, strategies=strategies_of(desk.user, desk.child)),
        _touch,
        recording.record_observation,
    ),
}

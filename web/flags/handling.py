"""Open flags, and what people do about one."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic import access, audit
from clinic.errors import Forbidden
from clinic.policy import may_treat
from clinic.vocabulary import TREATING_ROLES, AuditCode
from tracking import policy
from tracking.models import Flag, HomeProgram
from tracking.readings import flags as reading
from tracking.readings.flags import Shown
from tracking.readings.quarantine import waiting_count
from tracking.services import flag_handling
from tracking.vocabulary.concerns import MEDICAL_FLAGS
from web.desk import Desk, enter
from web.forms.flags import AcknowledgeForm, CloseForm, SnoozeForm
from web.pages import open_to, page
from web.refusals import attempt, say_success, send

FILTERS: tuple[tuple[Shown, Promise], ...] = (
    (Shown.NEEDS_SOMEBODY, gettext_lazy("Needs somebody")),
    (Shown.TAKEN, gettext_lazy("Somebody has it")),
    (Shown.PUT_OFF, gettext_lazy("Put off")),
    (Shown.CLOSED, gettext_lazy("Closed lately")),
)

VERBS: dict[str, tuple[Promise, Callable[..., Flag]]] = {
    "acknowledge": (gettext_lazy("You have it."), flag_handling.acknowledge_flag),
    "snooze": (gettext_lazy("Put off."), flag_handling.snooze_flag),
    "close": (gettext_lazy("The flag is closed."), flag_handling.close_flag),
}


@page("GET")
def listed(request: HttpRequest, clinic: str) -> HttpResponse:
    """The flags one reads, soonest due first."""
    desk = enter(request, clinic)
    shown = next((one for one in Shown if one == request.GET.get("shown")), Shown.NEEDS_SOMEBODY)
    answer = reading.flag_list(desk.user, desk.clinic, now=desk.now, shown=shown, is_owner=desk.is_owner)
    audit.record_reads(
        AuditCode.VIEWED_CHILD,
        by=desk.user,
        now=desk.now,
        clinic_id=desk.clinic.pk,
        child_ids=sorted({row.child_id for row in answer.rows}),
    )
    filters = [(one, words, answer.counts[one]) for one, words in FILTERS]
    late_count = waiting_count(desk.user, desk.clinic)
    answers = desk.page(
        "flags",
        answer=answer,
        shown=shown,
        filters=filters,
        late_count=late_count,
        may_take_in=bool(desk.roles & TREATING_ROLES),
    )
    return render(request, "flags/list.html", answers)


@page("GET", "POST", viewed=AuditCode.VIEWED_CHILD)
def flag(request: HttpRequest, clinic: str, flag: uuid.UUID) -> HttpResponse:
    """One flag: what it stands on, what was done about it, and what to do next."""
    desk = enter(request, clinic)
    row = _flag(desk, flag)
    open_to(request, row.child)
    if request.method == "POST":
        access.demand(policy.may_act_on_flag, desk.user, row)
    verb = request.POST.get("do", "")
    told = request.POST if request.method == "POST" else None
    is_medical = row.code in MEDICAL_FLAGS
    forms: dict[str, AcknowledgeForm | SnoozeForm | CloseForm] = {
        "acknowledge": AcknowledgeForm(told if verb == "acknowledge" else None),
        "snooze": SnoozeForm(told if verb == "snooze" else None, is_medical=is_medical),
        "close": CloseForm(told if verb == "close" else None),
    }
    form = forms.get(verb)
    if (
        form is not None
        and form.is_valid()
        and send(
            form,
            VERBS[verb][1],
            fields={"until_at": "hours"},
            by=desk.user,
            flag=row,
            now=desk.now,
            **form.told(desk.now),
        )
    ):
        say_success(request, str(VERBS[verb][0]))
        return redirect("flag", clinic=desk.clinic.slug, flag=row.pk)
    is_team = policy.may_view_flag_record(desk.user, row)
    answer = reading.flag_page(row, is_team=is_team, now=desk.now, language=desk.clinic.locale)
    return render(
        request,
        "flags/flag.html",
        desk.page(
            "flags",
            answer=answer,
            flag=answer.flag,
            forms=forms,
            is_medical=is_medical,
            may_act=policy.may_act_on_flag(desk.user, row),
            may_choose=may_treat(desk.user, row.child),
        ),
    )


@page("POST")
def advice(request: HttpRequest, clinic: str, flag: uuid.UUID, program: uuid.UUID) -> HttpResponse:
    """Let the family of a program read the text that changes care, or not any more."""
    desk = enter(request, clinic)
    row = _flag(desk, flag)
    if not policy.may_view_flag_record(desk.user, row):
        raise Forbidden
    about: HomeProgram = access.fetch(HomeProgram.objects, desk.user, pk=program, child=row.child)
    is_ending = request.POST.get("do") == "end"
    attempt(
        request,
        _("The family does not read it any more.") if is_ending else _("The family reads it from now on."),
        flag_handling.end_advice if is_ending else flag_handling.choose_advice,
        by=desk.user,
        program=about,
        code=row.code,
        now=desk.now,
    )
    return redirect("flag", clinic=desk.clinic.slug, flag=row.pk)


def _flag(desk: Desk, pk: uuid.UUID) -> Flag:
    row: Flag = access.fetch(
        Flag.objects.select_related("child__clinic", "acknowledged_by", "closed_by"),
        desk.user,
        pk=pk,
        clinic=desk.clinic,
    )
    return row

"""The draft page. It sends all of itself every time, while typing or by its buttons.

Every button except Save also moves, adds or removes a step or a schedule; what was typed meanwhile is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clinic.errors import DomainError
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import HomeProgram
from tracking.readings.program_versions import VersionReading
from tracking.readings.programs import ProgramReading
from tracking.services import prescribing, publishing
from tracking.services.program_parts import ScheduleInput, StepInput
from tracking.vocabulary.programs import Phase, Provider
from tracking.vocabulary.reasons import ConflictHow
from tracking.wording.errors import sentence
from web.desk import ChildDesk
from web.forms.programs import NEW_SCHEDULE
from web.pages import page
from web.programs.opening import draft_of, open_program, read, regions
from web.programs.sheet import OTHER_STEPS, Sheet, sheet_of, sheet_sent


@page("GET", "POST", viewed=AuditCode.VIEWED_PROGRAM)
def draft(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """Show a program's draft; keep what is sent of it."""
    desk, row = open_program(request, draft)
    if request.method == "POST":
        return _keep(request, desk, row)
    reading = read(desk, row)
    return render(request, "programs/draft.html", _answers(desk, reading, sheet_of(desk, reading)))


def _keep(request: HttpRequest, desk: ChildDesk, program: HomeProgram) -> HttpResponse:
    reading = read(desk, program)
    sheet = sheet_sent(request, desk, reading)
    is_typing = bool(request.headers.get("HX-Request")) and not {"do", "add"} & set(request.POST)
    if sheet.is_valid():
        steps = _steps(request, sheet)
        try:
            changed = prescribing.change_draft(
                by=desk.user,
                program=program,
                lock_version=sheet.head.cleaned_data["lock_version"],
                now=desk.now,
                steps=steps,
                schedules=[*_schedules(request, sheet), *sheet.head.diary()],
                **sheet.head.changes(),
            )
            _acknowledge(request, desk, changed)
        except DomainError as error:
            sheet.tell(error)
        else:
            if is_typing:
                answers = _answers(desk, read(desk, changed), sheet)
                return render(request, "programs/_draft_kept.html", answers)
            refusal = _add_stroke(request, desk, changed, steps)
            if not refusal:
                return redirect(_address(request, changed))
            changed.refresh_from_db()
            reading = read(desk, changed)
            answers = _answers(desk, reading, sheet_of(desk, reading), refusal=refusal)
            return render(request, "programs/draft.html", answers)
    if is_typing:
        return render(request, "programs/_draft_not_kept.html", {"sheet": sheet})
    return render(request, "programs/draft.html", _answers(desk, reading, sheet))


def _address(request: HttpRequest, program: HomeProgram) -> str:
    do = request.POST.get("do", "")
    if do == "review":
        return reverse("program_publish", kwargs={"draft": program.pk})
    place = "" if do == "save" else "#how-often" if "schedule" in do else "#steps"
    return reverse("program_draft", kwargs={"draft": program.pk}) + place


# ---- what is asked for -------------------------------------------------------------------------------------


def _steps(request: HttpRequest, sheet: Sheet) -> list[StepInput]:
    """The steps as the page has them, after what the pressed button does to them."""
    in_order = sheet.ordered_steps()
    steps = [form.as_input() for form in in_order]
    do, _, what = request.POST.get("do", "").partition(":")
    places = {form.prefix: place for place, form in enumerate(in_order)}
    place = places.get(what, -1)
    if do == "remove" and place >= 0:
        del steps[place]
    elif do == "up" and place > 0:
        steps[place - 1], steps[place] = steps[place], steps[place - 1]
    elif do == "down" and 0 <= place < len(steps) - 1:
        steps[place + 1], steps[place] = steps[place], steps[place + 1]
    elif do == "add_step" and what in OTHER_STEPS:
        steps.append(StepInput(kind=what))
    return steps


def _schedules(request: HttpRequest, sheet: Sheet) -> list[ScheduleInput]:
    schedules = [form.as_input() for form in sheet.schedules.forms]
    do, _, what = request.POST.get("do", "").partition(":")
    if do == "remove_schedule" and what.isdecimal() and int(what) < len(schedules):
        del schedules[int(what)]
    elif do == "add_schedule" and what in set(Provider):
        schedules.append(NEW_SCHEDULE[Provider(what)])
    return schedules


def _add_stroke(
    request: HttpRequest, desk: ChildDesk, program: HomeProgram, steps: Sequence[StepInput]
) -> str:
    """One more stroke at the end, where one was chosen; the sentence of a refusal, else empty."""
    if not request.POST.get("add"):
        return ""
    try:
        prescribing.change_draft(
            by=desk.user,
            program=program,
            lock_version=program.lock_version,
            now=desk.now,
            steps=[*steps, StepInput(stroke=request.POST["add"])],
        )
    except DomainError as error:
        return sentence(error)
    return ""


def _acknowledge(request: HttpRequest, desk: ChildDesk, program: HomeProgram) -> None:
    """Keep the reasons that were written for conflicts and are new."""
    told = {name: str(text).strip() for name, text in request.POST.items() if name.startswith("reason.")}
    if not any(told.values()) or not policy.may_acknowledge_conflict(desk.user, program):
        return
    for one in draft_of(read(desk, program)).conflicts:
        reason = told.get(f"reason.{one.stroke}.{one.code}", "")
        if one.how == ConflictHow.ACKNOWLEDGE and reason and reason != one.reason:
            program.lock_version = publishing.acknowledge_conflict(
                by=desk.user,
                program=program,
                lock_version=program.lock_version,
                stroke=one.stroke,
                code=one.code,
                reason=reason,
                now=desk.now,
            ).lock_version


# ---- the page ----------------------------------------------------------------------------------------------


def _answers(desk: ChildDesk, reading: ProgramReading, sheet: Sheet, **more: Any) -> dict[str, Any]:
    version = draft_of(reading)
    schedules = [one for one in version.schedules if one.phase == Phase.PROGRAM]
    return desk.page(
        "programs",
        reading=reading,
        draft=version,
        is_first=reading.current is None,
        may_publish=desk.place.is_treating,
        whole=[one for one in version.conflicts if not one.orders],
        draft_id=reading.id,
        sheet=sheet,
        rows=sheet.rows(version),
        schedule_rows=[
            (form, schedules[place] if place < len(schedules) else None)
            for place, form in enumerate(sheet.schedules.forms)
        ],
        regions=regions(desk, on=max(desk.today, version.starts_on)),
        other_steps=OTHER_STEPS,
        has_therapist=any(one.provider == Provider.THERAPIST for one in schedules),
        **more,
    )


@page(viewed=AuditCode.VIEWED_PROGRAM)
def strokes(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """The strokes to choose from that hold the words searched for: a part of the draft page."""
    desk, row = open_program(request, draft)
    version: VersionReading = draft_of(read(desk, row))
    found = regions(desk, on=max(desk.today, version.starts_on), query=request.GET.get("q", ""))
    answers = desk.page("programs", regions=found, draft_id=row.pk)
    return render(request, "programs/_strokes.html", answers)

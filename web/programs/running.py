"""A child's programs: the list, a new one, a running one, its pauses, its end, its handout."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import DomainError, Unseen
from clinic.policy import may_view_record
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import HomeProgram
from tracking.readings import shelf
from tracking.readings.family_words import shared_words_of
from tracking.readings.people import families_of
from tracking.readings.programs import programs_of, read_programs
from tracking.readings.teaching import grid_of
from tracking.services import pausing, prescribing, publishing
from web.desk import ChildDesk, open_record
from web.forms.programs import EndForm, LockForm, PauseForm, StartForm
from web.pages import page
from web.programs.opening import open_program, published_of, read
from web.refusals import say, tell


@page(viewed=AuditCode.VIEWED_PROGRAM)
def listed(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The child's programs."""
    desk = open_record(request, child)
    found = programs_of(desk.user, desk.child)
    language = get_language() or "en"
    programs = read_programs(desk.child, found, today=desk.today, language=language, for_team=True)
    reads_reminders = bool(programs) and desk.lets(policy.may_view_reminders_sent)
    answers = desk.page("programs", programs=programs, reads_reminders=reads_reminders)
    return render(request, "programs/list.html", answers)


@page("GET", "POST", viewed=AuditCode.VIEWED_PROGRAM)
def new(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Begin a program, from a preset or empty."""
    desk = open_record(request, child)
    access.demand(policy.may_draft_program, desk.user, desk.child)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["preset"]
        preset = shelf.preset_of(desk.clinic, chosen) if chosen else None
        try:
            started = prescribing.start_program(
                by=desk.user,
                child=desk.child,
                preset=preset,
                title=form.cleaned_data["title"] or ("" if preset else _("Home program")),
                is_waitlist=form.cleaned_data["is_waitlist"],
                now=desk.now,
            )
        except DomainError as error:
            tell(form, error)
        else:
            return redirect("program_draft", draft=started.pk)
    offered = shelf.picker(desk.child, on=desk.today, language=get_language() or "en")
    blocked = {card.slug for card in offered.strokes if card.is_blocked}
    presets = [
        (preset, [name for slug, name in preset.strokes if slug in blocked]) for preset in offered.presets
    ]
    answers = desk.page("programs", form=form, presets=presets)
    return render(request, "programs/new.html", answers)


@page(viewed=AuditCode.VIEWED_PROGRAM)
def program(request: HttpRequest, program: uuid.UUID) -> HttpResponse:
    """A program with its history. One that was never published is its draft."""
    desk, row = open_program(request, program, may=may_view_record)
    if row.current_version is None:
        return redirect("program_draft", draft=row.pk)
    return _shown(request, desk, row)


def _shown(
    request: HttpRequest,
    desk: ChildDesk,
    program: HomeProgram,
    *,
    pause_form: PauseForm | None = None,
    end_form: EndForm | None = None,
) -> HttpResponse:
    reading = read(desk, program)
    version = published_of(reading)
    return render(
        request,
        "programs/program.html",
        desk.page(
            "programs",
            reading=reading,
            version=version,
            reasons=[one for one in version.conflicts if one.reason],
            history=list(reversed(reading.phases)),
            grid=grid_of(desk.child, language=get_language() or "en", program=program),
            open_pause=next((one for one in reading.pauses if one.covers_today), None),
            may_end=desk.place.is_treating,
            pause_form=pause_form or PauseForm(initial={"from_on": desk.today}),
            end_form=end_form or EndForm(initial={"lock_version": reading.lock_version}),
        ),
    )


@page("POST")
def edit(request: HttpRequest, program: uuid.UUID) -> HttpResponse:
    """Open the draft of the next version."""
    desk, row = open_program(request, program)
    form = LockForm(request.POST)
    if form.is_valid():
        try:
            prescribing.open_draft(by=desk.user, program=row, now=desk.now, **form.cleaned_data)
        except DomainError as error:
            say(request, error)
            return redirect("program", program=row.pk)
    return redirect("program_draft", draft=row.pk)


@page("POST")
def pause(request: HttpRequest, program: uuid.UUID) -> HttpResponse:
    """Days on which nothing is asked."""
    desk, row = open_program(request, program)
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            pausing.pause_program(by=desk.user, program=row, now=desk.now, **form.cleaned_data)
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("Paused. These days are not asked for, and no reminder is sent."))
            return redirect("program", program=row.pk)
    return _shown(request, desk, row, pause_form=form)


@page("POST")
def resume(request: HttpRequest, program: uuid.UUID, pause: uuid.UUID) -> HttpResponse:
    """End a pause: today is a day of the program again."""
    desk, row = open_program(request, program)
    rest = row.pauses.filter(pk=pause).first()
    if rest is None:
        raise Unseen
    try:
        pausing.end_pause(by=desk.user, pause=rest, now=desk.now)
    except DomainError as error:
        say(request, error)
    else:
        messages.success(request, _("The program goes on from today."))
    return redirect("program", program=row.pk)


@page("POST")
def end(request: HttpRequest, program: uuid.UUID) -> HttpResponse:
    """End a program for good."""
    desk, row = open_program(request, program)
    access.demand(policy.may_end_program, desk.user, row)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            publishing.end_program(by=desk.user, program=row, now=desk.now, **form.cleaned_data)
        except DomainError as error:
            tell(form, error)
        else:
            messages.success(request, _("The program has ended. What was logged stays in the record."))
            return redirect("program", program=row.pk)
    return _shown(request, desk, row, end_form=form)


@page(viewed=AuditCode.VIEWED_PROGRAM)
def handout(request: HttpRequest, program: uuid.UUID) -> HttpResponse:
    """What a family takes home, to be printed: with the words of that home (`home`) and of no other."""
    desk, row = open_program(request, program)
    homes = families_of(desk.child)
    home = next((one for one in homes if str(one.pk) == request.GET.get("home")), next(iter(homes), None))
    own = shared_words_of(desk.user, desk.child, home=home.pk) if home else {}
    reading = read(desk, row, for_team=False, own=own)
    answers = desk.page("programs", reading=reading, version=published_of(reading), home=home, homes=homes)
    return render(request, "programs/handout.html", answers)

"""Pages of goals and ratings, and of instrument totals."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Unseen
from tracking import policy
from tracking.models import Goal
from tracking.readings import goals as reading
from tracking.readings.assessments import assessments_of, by_instrument
from tracking.readings.notes import page_of_notes
from tracking.readings.progress import progress
from tracking.readings.sight import Sight, sight_of
from tracking.reports import standing
from tracking.reports.pictures.ladders import goal_ladders, laddered
from tracking.reports.pictures.picture import Picture, foot_of
from tracking.services import goals as services
from tracking.services import notes
from tracking.vocabulary.outcomes import Outcome, offered_outcomes
from web.desk import ChildDesk, open_record
from web.forms.goals import AssessmentForm, GoalForm, GoalStateForm, NoteForm, OutcomeForm, RatingForm
from web.pages import page
from web.refusals import attempt, send


@page()
def goals(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Goals, notes and assessments of a child."""
    return _shown(request, open_record(request, child))


def _shown(
    request: HttpRequest,
    desk: ChildDesk,
    *,
    note_form: NoteForm | None = None,
    rating_form: RatingForm | None = None,
    rated: uuid.UUID | None = None,
    outcome_form: OutcomeForm | None = None,
    measured: uuid.UUID | None = None,
) -> HttpResponse:
    cards = reading.goals_of(desk.user, desk.child)
    sight = sight_of(desk.user, desk.child)
    fresh = {"on": desk.today}
    outcomes = _outcomes(desk)
    attained = reading.attainment_of(cards) if sight.is_team else None
    assessed = by_instrument(assessments_of(desk.user, desk.child, sight))
    drawn = _drawn(desk, cards, sight)
    answers = desk.page(
        "goals",
        goals=[
            (
                card,
                standing.where(card),
                drawn.get(card.id),
                rating_form if card.id == rated else RatingForm(initial=fresh, auto_id=f"id_{card.id}_%s"),
                outcome_form
                if card.id == measured
                else OutcomeForm(
                    outcomes=outcomes,
                    initial={"primary_outcome": card.primary_outcome, "lock_version": card.lock_version},
                    auto_id=f"id_{card.id}_%s",
                ),
            )
            for card in cards
        ],
        notes=page_of_notes(desk.user, desk.child, sight).notes,
        together=standing.together(cards),
        t_scores=standing.t_scores(attained) if attained else None,
        assessed=[(card, standing.said_of(card)) for card in assessed],
        no_diagnosis=standing.NO_DIAGNOSIS,
        note_form=note_form or NoteForm(),
    )
    return render(request, "goals/goals.html", answers)


@page("GET", "POST")
def new_goal(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Set a goal with its ladder."""
    desk = open_record(request, child)
    access.demand(policy.may_set_goal, desk.user, desk.child)
    form = GoalForm(request.POST or None, outcomes=_outcomes(desk), initial={"set_on": desk.today})
    if request.method == "POST" and form.is_valid():
        told = {"by": desk.user, "child": desk.child, "now": desk.now, **form.told()}
        if send(form, services.set_goal, fields={"ladder": "rung_0"}, **told) is not None:
            return _back(desk)
    return render(request, "goals/goal.html", desk.page("goals", form=form))


@page("POST")
def rate(request: HttpRequest, child: uuid.UUID, goal: uuid.UUID) -> HttpResponse:
    """Say where on the ladder of a goal the child is."""
    desk, row = _open_goal(request, child, goal)
    form = RatingForm(request.POST, auto_id=f"id_{goal}_%s")
    if form.is_valid():
        told = {"by": desk.user, "goal": row, "now": desk.now, **form.cleaned_data}
        if send(form, services.rate_goal, **told) is not None:
            return _back(desk, f"goal-{goal}")
    return _shown(request, desk, rating_form=form, rated=goal)


@page("POST")
def measure(request: HttpRequest, child: uuid.UUID, goal: uuid.UUID) -> HttpResponse:
    """Name what a goal is measured by; before the program begins, it may still be changed."""
    desk, row = _open_goal(request, child, goal)
    form = OutcomeForm(request.POST, outcomes=_outcomes(desk), auto_id=f"id_{goal}_%s")
    if form.is_valid():
        told = {"by": desk.user, "goal": row, "now": desk.now, **form.cleaned_data}
        if send(form, services.change_goal, **told) is not None:
            return _back(desk, f"goal-{goal}")
    return _shown(request, desk, outcome_form=form, measured=goal)


def _drawn(desk: ChildDesk, cards: Sequence[reading.GoalCard], sight: Sight) -> Mapping[uuid.UUID, Picture]:
    """Where the child was on the ladder of each goal over time, from its first rating on."""
    rated = [card for card in cards if card.ratings and card.set_on <= desk.today]
    if not rated:
        return {}
    first = min(card.set_on for card in rated)
    foot = foot_of(progress(desk.user, desk.child, first=first, last=desk.today, sight=sight))
    drawn = goal_ladders([laddered(card, desk.clinic.zone) for card in rated], last=desk.today, foot=foot)
    return {
        card.id: replace(picture, name=f"ladder-{card.id}")
        for card, picture in zip(rated, drawn, strict=True)
    }


def _outcomes(desk: ChildDesk) -> tuple[Outcome, ...]:
    return offered_outcomes(age_months=desk.ages.used.months)


@page("POST")
def close(request: HttpRequest, child: uuid.UUID, goal: uuid.UUID) -> HttpResponse:
    """Close a goal, or open it again."""
    desk, row = _open_goal(request, child, goal)
    form = GoalStateForm(request.POST)
    if form.is_valid():
        said = _("The goal is open again.") if form.cleaned_data["is_open"] else _("The goal is closed.")
        attempt(
            request, said, services.change_goal, by=desk.user, goal=row, now=desk.now, **form.cleaned_data
        )
    return _back(desk, f"goal-{goal}")


@page("POST")
def note(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Write a note."""
    desk = open_record(request, child)
    form = NoteForm(request.POST)
    if form.is_valid():
        told = {"by": desk.user, "child": desk.child, "now": desk.now, **form.cleaned_data}
        if send(form, notes.write_note, **told) is not None:
            return _back(desk, "notes")
    return _shown(request, desk, note_form=form)


@page("GET", "POST")
def new_assessment(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Enter the totals of a standard instrument."""
    desk = open_record(request, child)
    access.demand(policy.may_record_assessment, desk.user, desk.child)
    form = AssessmentForm(request.POST or None, initial={"on": desk.today})
    if request.method == "POST" and form.is_valid():
        made = send(
            form,
            services.record_assessment,
            by=desk.user,
            child=desk.child,
            instrument=form.cleaned_data["instrument"],
            on=form.cleaned_data["on"],
            respondent=form.cleaned_data["respondent"],
            totals=form.totals(),
            now=desk.now,
        )
        if made is not None:
            return _back(desk, "assessments")
    return render(request, "goals/assessment.html", desk.page("goals", form=form))


def _open_goal(request: HttpRequest, child: uuid.UUID, goal: uuid.UUID) -> tuple[ChildDesk, Goal]:
    desk = open_record(request, child)
    row = desk.child.goals.filter(pk=goal).first()
    if row is None:
        raise Unseen
    access.demand(policy.may_change_goal, desk.user, row)
    return desk, row


def _back(desk: ChildDesk, anchor: str = "") -> HttpResponse:
    response = redirect("child_goals", child=desk.child.pk)
    if anchor:
        response["Location"] += f"#{anchor}"
    return response

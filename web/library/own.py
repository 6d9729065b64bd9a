"""A clinic's own strokes and presets."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic.errors import Unseen
from tracking.readings import shelf as reading
from tracking.readings.shelf import PresetCard
from tracking.services import library, presets
from web.desk import Desk
from web.forms.library import PresetForm, StrokeForm
from web.library.shelf import card_of, enter_to_change, language, read
from web.pages import page
from web.refusals import attempt, say_success, send

NAMES = {"words.0.name": "name", "words.0.instruction": "instruction", "words.0.precautions": "precautions"}
"""The form's names for what the service calls a stroke's words."""


@page("GET", "POST")
def new_stroke(request: HttpRequest, clinic: str) -> HttpResponse:
    """A stroke of the clinic's own; `?from=` begins with what another one says."""
    desk = enter_to_change(request, clinic)
    form = StrokeForm(request.POST or None, initial=_copied(desk, request.GET.get("from", "")))
    if request.method == "POST" and form.is_valid():
        made = send(
            form,
            library.add_stroke,
            fields=NAMES,
            by=desk.user,
            clinic=desk.clinic,
            stroke=form.stroke(),
            words=[form.words(desk.clinic.locale)],
            now=desk.now,
        )
        if made:
            say_success(request, _("In the library from now on."))
            return redirect("library_stroke", clinic=desk.clinic.slug, stroke=made.pk)
    return render(request, "library/stroke_form.html", desk.page("library", form=form, card=None))


def _copied(desk: Desk, stroke: str) -> dict[str, object]:
    try:
        return StrokeForm.initial_of(card_of(desk, uuid.UUID(stroke)))
    except (ValueError, Unseen):
        return {}


@page("GET", "POST")
def edit_stroke(request: HttpRequest, clinic: str, stroke: uuid.UUID) -> HttpResponse:
    """The next version of the clinic's own stroke."""
    desk = enter_to_change(request, clinic)
    row = reading.stroke_of(desk.clinic, stroke)
    card = card_of(desk, stroke)
    if not card.is_own:
        raise Unseen
    form = StrokeForm(request.POST or None, initial=StrokeForm.initial_of(card))
    if (
        request.method == "POST"
        and form.is_valid()
        and send(
            form,
            library.change_stroke,
            fields=NAMES,
            by=desk.user,
            stroke=row,
            facts=form.stroke(),
            words=[form.words(desk.clinic.locale)],
            now=desk.now,
        )
    ):
        say_success(request, _("Kept as the next version; programs that hold the old one keep it."))
        return redirect("library_stroke", clinic=desk.clinic.slug, stroke=row.pk)
    return render(request, "library/stroke_form.html", desk.page("library", form=form, card=card))


@page("POST")
def retire_stroke(request: HttpRequest, clinic: str, stroke: uuid.UUID) -> HttpResponse:
    """The clinic's own stroke, no longer offered."""
    desk = enter_to_change(request, clinic)
    row = reading.stroke_of(desk.clinic, stroke)
    attempt(
        request, _("Not offered any more."), library.retire_stroke, by=desk.user, stroke=row, now=desk.now
    )
    return redirect("library", clinic=desk.clinic.slug)


# ---- presets -----------------------------------------------------------------------------------------------


@page("GET", "POST")
def new_preset(request: HttpRequest, clinic: str) -> HttpResponse:
    """A preset of the clinic's own; `?from=` begins with the strokes of another one."""
    desk = enter_to_change(request, clinic)
    offered = read(desk, with_hidden=False)
    source = next((one for one in offered.presets if str(one.id) == request.GET.get("from")), None)
    form = PresetForm(
        request.POST or None,
        strokes=offered.strokes,
        rows=[slug for slug, _name in source.strokes] if source else [],
        initial=PresetForm.initial_of(source) if source else {},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and send(
            form,
            presets.add_preset,
            fields={"strokes": "stroke_0"},
            by=desk.user,
            clinic=desk.clinic,
            language=desk.clinic.locale,
            now=desk.now,
            **form.preset(),
        )
    ):
        say_success(request, _("A program can begin with it from now on."))
        return redirect("library", clinic=desk.clinic.slug)
    return render(request, "library/preset_form.html", desk.page("library", form=form, preset=None))


@page("GET", "POST")
def edit_preset(request: HttpRequest, clinic: str, preset: uuid.UUID) -> HttpResponse:
    """The clinic's own preset with another content."""
    desk = enter_to_change(request, clinic)
    row = reading.preset_of(desk.clinic, preset)
    offered = read(desk)
    card: PresetCard | None = next((one for one in offered.presets if one.id == preset), None)
    if card is None or not card.is_own:
        raise Unseen
    form = PresetForm(
        request.POST or None,
        strokes=offered.strokes,
        rows=[slug for slug, _name in card.strokes],
        initial=PresetForm.initial_of(card),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and send(
            form,
            presets.change_preset,
            fields={"strokes": "stroke_0"},
            by=desk.user,
            preset=row,
            language=language(),
            now=desk.now,
            **form.preset(),
        )
    ):
        say_success(request, _("Kept. Programs made from it stay as they are."))
        return redirect("library", clinic=desk.clinic.slug)
    return render(request, "library/preset_form.html", desk.page("library", form=form, preset=card))


@page("POST")
def retire_preset(request: HttpRequest, clinic: str, preset: uuid.UUID) -> HttpResponse:
    """The clinic's own preset, no longer offered."""
    desk = enter_to_change(request, clinic)
    row = reading.preset_of(desk.clinic, preset)
    attempt(
        request, _("Not offered any more."), presets.retire_preset, by=desk.user, preset=row, now=desk.now
    )
    return redirect("library", clinic=desk.clinic.slug)

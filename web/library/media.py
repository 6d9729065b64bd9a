"""A clinic's own pictures and clips of strokes: added, described, ordered, removed."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clinic.vocabulary import FileKind
from tracking.models import StrokeMedia
from tracking.readings import shelf as reading
from tracking.readings.stroke_media import media_item
from tracking.services import stroke_media
from web.desk import Desk
from web.forms.library import MediaForm
from web.library.shelf import card_of, enter_to_change, shown
from web.pages import page
from web.refusals import attempt, say_success, send


@page("POST")
def add(request: HttpRequest, clinic: str, stroke: uuid.UUID) -> HttpResponse:
    """A picture or clip of a stroke, built in or own."""
    desk = enter_to_change(request, clinic)
    row = reading.stroke_of(desk.clinic, stroke)
    form = MediaForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        kind = FileKind.CLIP if (sent.content_type or "").startswith("video/") else FileKind.PHOTO
        added = send(
            form,
            stroke_media.add_media,
            by=desk.user,
            clinic=desk.clinic,
            stroke=row,
            kind=kind,
            content=sent.read(),
            alt_text=form.cleaned_data["alt_text"],
            now=desk.now,
        )
        if added:
            is_ready = kind == FileKind.PHOTO
            say_success(
                request,
                _("Added. Families see it at this stroke.")
                if is_ready
                else _("Added. Families see it at this stroke once it is prepared."),
            )
            return redirect("library_stroke", clinic=desk.clinic.slug, stroke=row.pk)
    return shown(request, desk, card_of(desk, stroke), media_form=form)


@page("POST")
def describe(request: HttpRequest, clinic: str, media: uuid.UUID) -> HttpResponse:
    """Other words for what is to be seen."""
    desk, row = _fetch(request, clinic, media)
    attempt(
        request,
        _("Kept."),
        stroke_media.describe_media,
        by=desk.user,
        media=row,
        alt_text=request.POST.get("alt_text", ""),
        now=desk.now,
    )
    return _back(desk, row)


@page("POST")
def move(request: HttpRequest, clinic: str, media: uuid.UUID) -> HttpResponse:
    """One place earlier or later."""
    desk, row = _fetch(request, clinic, media)
    stroke_media.move_media(
        by=desk.user, media=row, is_earlier=request.POST.get("to") == "earlier", now=desk.now
    )
    return _back(desk, row)


@page("POST")
def remove(request: HttpRequest, clinic: str, media: uuid.UUID) -> HttpResponse:
    """Take a picture or clip away."""
    desk, row = _fetch(request, clinic, media)
    attempt(request, _("Taken away."), stroke_media.remove_media, by=desk.user, media=row, now=desk.now)
    return _back(desk, row)


def _fetch(request: HttpRequest, clinic: str, media: uuid.UUID) -> tuple[Desk, StrokeMedia]:
    desk = enter_to_change(request, clinic)
    return desk, media_item(desk.clinic, media)


def _back(desk: Desk, row: StrokeMedia) -> HttpResponse:
    return redirect("library_stroke", clinic=desk.clinic.slug, stroke=row.stroke_id)

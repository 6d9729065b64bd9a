"""Browsing the library: strokes, presets, texts; what is offered, and whose wording it is."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access, files
from clinic.errors import Unseen
from clinic.policy import membership_in
from tracking import policy
from tracking.readings import shelf as reading
from tracking.readings import stroke_media
from tracking.readings.shelf import Shelf, StrokeCard
from tracking.services import offering
from tracking.vocabulary.body import BodyRegion
from web.desk import Desk, enter
from web.forms.library import AdoptForm, MediaForm
from web.pages import page
from web.refusals import attempt, say_success, send


def language() -> str:
    """The language the library is read in."""
    return get_language() or "en"


def enter_to_change(request: HttpRequest, clinic: str) -> Desk:
    """The desk of somebody who may change the library. Raises Unseen, Forbidden."""
    desk = enter(request, clinic)
    access.demand(policy.may_change_library, desk.user, desk.clinic)
    return desk


def read(desk: Desk, *, with_hidden: bool = True) -> Shelf:
    return reading.shelf(desk.clinic, language=language(), with_hidden=with_hidden)


def card_of(desk: Desk, stroke: uuid.UUID) -> StrokeCard:
    """One stroke of the clinic's library. Raises Unseen."""
    for card in read(desk).strokes:
        if card.id == stroke:
            return card
    raise Unseen


def rights(desk: Desk) -> dict[str, bool]:
    """What this person may do to the library."""
    return {
        "may_change": policy.may_change_library(desk.user, desk.clinic),
        "may_hide": policy.may_hide_library_item(desk.user, desk.clinic),
        "may_adopt": policy.may_adopt_wording(desk.user, desk.clinic),
    }


@page()
def library(request: HttpRequest, clinic: str) -> HttpResponse:
    """Every stroke by region, and the presets."""
    desk = enter(request, clinic)
    offered = read(desk)
    wanted = request.GET.get("q", "").strip().casefold()
    found = [card for card in offered.strokes if wanted in searched(card)]
    regions = [(region, [card for card in found if card.region == region]) for region in BodyRegion]
    answers = desk.page(
        "library",
        shelf=offered,
        regions=[(region, cards) for region, cards in regions if cards],
        presets=[preset for preset in offered.presets if wanted in preset.name.casefold()],
        search=request.GET.get("q", ""),
        **rights(desk),
    )
    return render(request, "library/library.html", answers)


def searched(card: StrokeCard) -> str:
    """What of a stroke is searched for words."""
    return " ".join([card.text.name, *card.text.also_known_as, card.text.instruction, *card.tags]).casefold()


@page()
def stroke(request: HttpRequest, clinic: str, stroke: uuid.UUID) -> HttpResponse:
    """One stroke with everything the library says of it."""
    desk = enter(request, clinic)
    return shown(request, desk, card_of(desk, stroke))


def shown(
    request: HttpRequest, desk: Desk, card: StrokeCard, *, media_form: MediaForm | None = None
) -> HttpResponse:
    media = stroke_media.media_of_stroke(desk.clinic, card.id)
    answers = desk.page(
        "library",
        card=card,
        adopted=read(desk).adopted,
        sentences=reading.library_sentences(desk.clinic, language=language()),
        media=media,
        is_preparing=any(one.is_under_way for one in media),
        media_form=media_form or MediaForm(),
        **rights(desk),
    )
    return render(request, "library/stroke.html", answers)


@page()
def media(request: HttpRequest, clinic: str, media: uuid.UUID) -> HttpResponse:
    """A picture or clip, for those who work here."""
    desk = enter(request, clinic)
    return files.answer(stroke_media.file_in_library(desk.clinic, media), request.headers)


@page("POST")
def offer_stroke(request: HttpRequest, clinic: str, stroke: uuid.UUID) -> HttpResponse:
    """Hide a built-in stroke in this clinic, or offer it again."""
    desk = enter(request, clinic)
    access.demand(policy.may_hide_library_item, desk.user, desk.clinic)
    row = reading.stroke_of(desk.clinic, stroke)
    is_hiding = request.POST.get("do") == "hide"
    attempt(
        request,
        _("Not offered any more; programs that hold it go on.") if is_hiding else _("Offered again."),
        offering.hide_item if is_hiding else offering.show_item,
        by=desk.user,
        clinic=desk.clinic,
        stroke=row,
        now=desk.now,
    )
    return redirect("library_stroke", clinic=desk.clinic.slug, stroke=row.pk)


@page("POST")
def offer_preset(request: HttpRequest, clinic: str, preset: uuid.UUID) -> HttpResponse:
    """Hide a built-in preset in this clinic, or offer it again."""
    desk = enter(request, clinic)
    access.demand(policy.may_hide_library_item, desk.user, desk.clinic)
    row = reading.preset_of(desk.clinic, preset)
    is_hiding = request.POST.get("do") == "hide"
    attempt(
        request,
        _("Not offered any more.") if is_hiding else _("Offered again."),
        offering.hide_item if is_hiding else offering.show_item,
        by=desk.user,
        clinic=desk.clinic,
        preset=row,
        now=desk.now,
    )
    return redirect("library", clinic=desk.clinic.slug)


@page("GET", "POST")
def texts(request: HttpRequest, clinic: str) -> HttpResponse:
    """The clinical texts, and the clinic's signature under them."""
    desk = enter(request, clinic)
    membership = membership_in(desk.user, desk.clinic.slug)
    credentials = membership.credentials if membership else []
    form = AdoptForm(request.POST or None, credentials=credentials)
    if request.method == "POST":
        access.demand(policy.may_adopt_wording, desk.user, desk.clinic)
        if form.is_valid() and send(
            form,
            offering.adopt_wording,
            by=desk.user,
            clinic=desk.clinic,
            credential=form.cleaned_data["credential"],
            now=desk.now,
        ):
            say_success(request, _("Adopted for this clinic. Families no longer read “draft wording”."))
            return redirect("library_texts", clinic=desk.clinic.slug)
    offered = read(desk)
    answers = desk.page(
        "library",
        form=form,
        credentials=credentials,
        version=offered.version,
        adopted=offered.adopted,
        sentences=reading.library_sentences(desk.clinic, language=language()),
        **rights(desk),
    )
    return render(request, "library/texts.html", answers)

"""This household's own words and recordings for strokes and parts of the body."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access, files
from clinic.errors import Forbidden, Unseen
from tracking import policy
from tracking.models import FamilyWords
from tracking.readings import family_words as reading
from tracking.services import family_words as services
from web.forms.family_words import FamilyWordsForm
from web.home.corner import Corner, enter
from web.pages import page
from web.refusals import send


@page("GET")
def words(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Everything of the running programs that can be said in one's own words."""
    corner = enter(request, child)
    return render(
        request,
        "home/words.html",
        corner.page("more", sayable=_sayable(corner), may_change=corner.is_guardian),
    )


@page("GET", "POST")
def one(request: HttpRequest, child: uuid.UUID, about: str) -> HttpResponse:
    """Say one thing in one's own words, or leave it to the library again."""
    corner = enter(request, child)
    if not policy.may_change_family_words(corner.user, corner.child, corner.home):
        raise Forbidden
    asked = next((each for each in _sayable(corner) if each.about == about), None)
    if asked is None:
        raise Unseen
    own = asked.own
    if request.method == "POST" and request.POST.get("verb") == "give_up" and own is not None:
        row = access.fetch(FamilyWords.objects.select_related("child", "family"), corner.user, pk=own.id)
        services.give_up_family_words(by=corner.user, words=row, now=corner.now)
        messages.success(request, _("The words of the library stand again."))
        return redirect("family_words", child=corner.child.pk)
    initial = {"words": own.words, "language": own.language, "is_shared": own.is_shared} if own else {}
    has_recording = own is not None and own.has_recording
    form = FamilyWordsForm(
        request.POST or None, request.FILES or None, has_recording=has_recording, initial=initial
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and send(
            form,
            services.keep_family_words,
            by=corner.user,
            child=corner.child,
            family=corner.home,
            about=about,
            now=corner.now,
            **form.told(),
        )
    ):
        messages.success(request, _("Kept. It is said like this from now on."))
        return redirect("family_words", child=corner.child.pk)
    return render(request, "home/words_one.html", corner.page("more", asked=asked, own=own, form=form))


@page("GET")
def recording(request: HttpRequest, child: uuid.UUID, words: uuid.UUID) -> HttpResponse:
    """The voice; whether it is of this person's household is asked anew each time."""
    corner = enter(request, child)
    row: FamilyWords = access.fetch(
        FamilyWords.objects.visible_to(corner.user).exclude(recording="").filter(family=corner.home),
        corner.user,
        pk=words,
        child=corner.child,
    )
    return files.answer(row.recording, request.headers)


def _sayable(corner: Corner) -> tuple[reading.Sayable, ...]:
    return reading.sayable(corner.user, corner.child, corner.home, language=get_language() or "en")

"""What worries a child's family: what was told and advised, photos, and the child's own plans."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic import access, files
from clinic.errors import Unseen
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Concern, ConcernPhoto
from tracking.readings import concerns as reading
from tracking.services import concern_photos, concern_plans
from tracking.services import concerns as service
from tracking.vocabulary.concerns import ConcernKind
from web.desk import ChildDesk, open_record
from web.forms.concerns import PlanForm
from web.pages import page
from web.refusals import attempt, say_success, send

SHOWN = 50


@page("GET", viewed=AuditCode.VIEWED_CONCERNS)
def listed(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The latest concerns, newest first, and the plans that a family reads before any advice."""
    desk = open_record(request, child)
    desk.demand(policy.may_view_concerns)
    language = get_language() or "en"
    answers = desk.page(
        "concerns",
        concerns=reading.concerns_of(desk.user, desk.child, now=desk.now, language=language, limit=SHOWN),
        plans=reading.plans_of_child(desk.user, desk.child),
        kinds=list(ConcernKind),
        may_plan=desk.place.is_treating,
    )
    return render(request, "child/concerns.html", answers)


@page("GET", "POST", viewed=AuditCode.VIEWED_CONCERNS)
def plan(request: HttpRequest, child: uuid.UUID, worry: str) -> HttpResponse:
    """What this child's family reads first about one kind of concern."""
    desk = open_record(request, child)
    desk.demand(policy.may_write_concern_plan)
    if worry not in frozenset(ConcernKind):
        raise Unseen
    kind = ConcernKind(worry)
    standing = reading.plan_of(desk.user, desk.child, kind)
    initial = {"text": standing.text, "lock_version": standing.lock_version} if standing else {}
    form = PlanForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and send(
            form,
            concern_plans.write_concern_plan,
            by=desk.user,
            child=desk.child,
            kind=kind,
            now=desk.now,
            **form.cleaned_data,
        )
    ):
        say_success(request, _("Kept. The family reads it from now on."))
        return redirect("child_concerns", child=desk.child.pk)
    return render(request, "child/concern_plan.html", desk.page("concerns", form=form, kind=kind))


@page("POST")
def heed(request: HttpRequest, child: uuid.UUID, concern: uuid.UUID) -> HttpResponse:
    """Put in force what a concern proposes."""
    desk = open_record(request, child)
    row: Concern = access.fetch(
        Concern.objects.select_related("child__clinic"), desk.user, child=desk.child, client_id=concern
    )
    attempt(request, _("In force from now on."), service.heed, by=desk.user, concern=row, now=desk.now)
    return _back(desk)


@page("GET", viewed=None)
def photo(request: HttpRequest, child: uuid.UUID, concern: uuid.UUID, photo: uuid.UUID) -> HttpResponse:
    """The picture; each look is written down."""
    desk = open_record(request, child)
    row = _photo(desk, concern, photo)
    return files.answer(concern_photos.look_at_photo(by=desk.user, photo=row, now=desk.now), request.headers)


@page("POST")
def keep(request: HttpRequest, child: uuid.UUID, concern: uuid.UUID, photo: uuid.UUID) -> HttpResponse:
    """Keep a photo longer than its 90 days, with the reason."""
    desk = open_record(request, child)
    attempt(
        request,
        _("It stays, with your reason."),
        concern_photos.keep_photo,
        by=desk.user,
        photo=_photo(desk, concern, photo),
        reason=request.POST.get("reason", ""),
        now=desk.now,
    )
    return _back(desk)


@page("POST")
def let_go(request: HttpRequest, child: uuid.UUID, concern: uuid.UUID, photo: uuid.UUID) -> HttpResponse:
    """Keep a photo no longer than the others."""
    desk = open_record(request, child)
    attempt(
        request,
        _("It goes after its 90 days, as the others do."),
        concern_photos.keep_photo_no_longer,
        by=desk.user,
        photo=_photo(desk, concern, photo),
        now=desk.now,
    )
    return _back(desk)


def _photo(desk: ChildDesk, concern: uuid.UUID, photo: uuid.UUID) -> ConcernPhoto:
    row: ConcernPhoto = access.fetch(
        ConcernPhoto.objects.select_related("child"),
        desk.user,
        child=desk.child,
        concern__client_id=concern,
        client_id=photo,
    )
    return row


def _back(desk: ChildDesk) -> HttpResponse:
    return redirect("child_concerns", child=desk.child.pk)

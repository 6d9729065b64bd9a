"""Co-signing: drafts of assistants and students, read, signed or returned by a treating therapist."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import access, audit
from clinic.errors import Unseen
from clinic.vocabulary import SUPERVISED_ROLES, TREATING_ROLES, AuditCode
from tracking import policy
from tracking.models import Cosigning, Note
from tracking.readings import cosigning as reading
from tracking.services import cosigning, notes
from web.desk import Desk, enter
from web.forms.cosigning import ReturnForm, RewriteForm
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET")
def queue(request: HttpRequest, clinic: str) -> HttpResponse:
    """What waits for this person, and what of theirs waits for others."""
    return _shown(request, _enter(request, clinic))


def _shown(
    request: HttpRequest, desk: Desk, *, drafted: uuid.UUID | None = None, form: ReturnForm | None = None
) -> HttpResponse:
    """The queue, with the form of one draft that came back where there is one."""
    answer = reading.queue(desk.user, desk.clinic, now=desk.now)
    shown = [*(each for stack in answer.yours for each in stack.drafts), *answer.others]
    audit.record_reads(
        AuditCode.VIEWED_CHILD,
        by=desk.user,
        now=desk.now,
        clinic_id=desk.clinic.pk,
        child_ids=sorted({each.child for each in shown}),
    )

    def with_form(each: reading.Draft) -> tuple[reading.Draft, ReturnForm]:
        return each, form if form and each.id == drafted else ReturnForm(auto_id=f"id_{each.id}_%s")

    return render(
        request,
        "cosigning/queue.html",
        desk.page(
            "cosigning",
            stacks=[(stack.drafted_by, [with_form(each) for each in stack.drafts]) for stack in answer.yours],
            others=[with_form(each) for each in answer.others],
            own=answer.own,
            is_supervised=not desk.roles & TREATING_ROLES,
        ),
    )


@page("POST")
def sign(request: HttpRequest, clinic: str) -> HttpResponse:
    """Sign the drafts that were read."""
    desk = _enter(request, clinic)
    try:
        keys = {uuid.UUID(key) for key in request.POST.getlist("draft")}
    except ValueError:
        raise Unseen from None
    drafts = list(Cosigning.objects.visible_to(desk.user).filter(clinic=desk.clinic, pk__in=keys))
    if not drafts or len(drafts) != len(keys):
        raise Unseen
    said = ngettext("Signed.", "%(count)d drafts are signed.", len(drafts)) % {"count": len(drafts)}
    attempt(request, said, cosigning.cosign, by=desk.user, drafts=drafts, now=desk.now)
    return redirect("cosigning", clinic=clinic)


@page("POST")
def give_back(request: HttpRequest, clinic: str, drafted: uuid.UUID) -> HttpResponse:
    """Return a draft with what is to be changed."""
    desk = _enter(request, clinic)
    row: Cosigning = access.fetch(
        Cosigning.objects, desk.user, may=policy.may_cosign, pk=drafted, clinic=desk.clinic
    )
    form = ReturnForm(request.POST, auto_id=f"id_{drafted}_%s")
    if form.is_valid() and send(
        form,
        cosigning.return_draft,
        by=desk.user,
        draft=row,
        remark=form.cleaned_data["remark"],
        now=desk.now,
    ):
        say_success(request, _("Returned, with your remark."))
        return redirect("cosigning", clinic=clinic)
    return _shown(request, desk, drafted=drafted, form=form)


@page("GET", "POST")
def rewrite(request: HttpRequest, clinic: str, drafted: uuid.UUID) -> HttpResponse:
    """Write a returned note anew and ask again."""
    desk = _enter(request, clinic)
    row: Cosigning = access.fetch(Cosigning.objects, desk.user, pk=drafted, clinic=desk.clinic)
    note: Note = access.fetch(
        Note.objects.select_related("child"), desk.user, may=policy.may_change_note, pk=row.subject_id
    )
    form = RewriteForm(request.POST or None, initial={"body": note.body, "lock_version": note.lock_version})
    if request.method == "POST" and form.is_valid():
        told = {"by": desk.user, "note": note, "now": desk.now, **form.cleaned_data}
        if send(form, notes.rewrite_note, **told):
            say_success(request, _("Written anew, and waiting to be signed."))
            return redirect("cosigning", clinic=clinic)
    return render(request, "cosigning/rewrite.html", desk.page("cosigning", form=form, returned=row))


def _enter(request: HttpRequest, clinic: str) -> Desk:
    return enter(request, clinic, *TREATING_ROLES, *SUPERVISED_ROLES)

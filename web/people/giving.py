"""Giving access to a child by invitation, and ending it at once."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import audit, policy
from clinic.models import CaregiverGrant, ChildHome, Invitation
from clinic.services import invitations, sign_in_codes
from clinic.services.invitations import Sent
from clinic.vocabulary import AuditCode, GrantKind
from tracking.readings import invitations as reading
from tracking.services import ending_access
from web.desk import ChildDesk, enter, open_child
from web.forms.people import InvitationForm
from web.letters import code_letter, invitation_letter, link_to
from web.pages import page
from web.refusals import attempt, say, say_success, send


def _open(request: HttpRequest, child: uuid.UUID) -> ChildDesk:
    desk = open_child(request, child)
    desk.demand(policy.may_grant_access)
    return desk


@page("GET", "POST", recent=True)
def invite(request: HttpRequest, child: uuid.UUID, home: uuid.UUID) -> HttpResponse:
    """Invite somebody of a home: what comes back is the letter, whose link is shown this once.

    Who may not give access drafts it.
    """
    desk = open_child(request, child)
    desk.demand(policy.may_draft_invitation)
    may_grant = policy.may_grant_access(desk.user, desk.child)
    row: ChildHome = desk.fetch(ChildHome.objects.select_related("family"), home)
    form = InvitationForm(request.POST or None, initial={"kind": GrantKind.GUARDIAN})
    if request.method == "POST" and form.is_valid():
        told = {
            "by": desk.user,
            "child": desk.child,
            "family": row.family,
            "kind": GrantKind(form.cleaned_data["kind"]),
            "relationship": form.cleaned_data["relationship"],
            "email": form.cleaned_data["email"] or None,
            "last_on": form.cleaned_data["last_on"],
            "now": desk.now,
        }
        if may_grant:
            sent = send(form, invitations.invite, link_to=link_to, **told)
            if sent:
                return _letter(request, desk, sent)
        elif send(form, invitations.draft, **told):
            say_success(request, _("Drafted. Nothing was sent: who treats the child, or an owner, sends it."))
            return redirect("child_people", child=desk.child.pk)
    answers = desk.page("people", form=form, home=row, may_grant=may_grant)
    return render(request, "people/invite.html", answers)


@page("GET")
def drafts(request: HttpRequest, clinic: str) -> HttpResponse:
    """Drafted invitations: those one may send, and one's own that wait for others."""
    desk = enter(request, clinic)
    waiting = reading.drafts_in(desk.user, desk.clinic)
    audit.record_reads(
        AuditCode.VIEWED_CHILD,
        by=desk.user,
        now=desk.now,
        clinic_id=desk.clinic.pk,
        child_ids=sorted({each.child_id for each in waiting}),
    )
    return render(request, "people/drafts.html", desk.page("caseload", drafts=waiting))


def _letter(request: HttpRequest, desk: ChildDesk, sent: Sent) -> HttpResponse:
    back = reverse("child_people", kwargs={"child": desk.child.pk})
    return invitation_letter(request, sent, child=desk.child, now=desk.now, back=back)


@page("POST", recent=True)
def renew(request: HttpRequest, child: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    """A new link for another week; the old one opens nothing any more."""
    desk = _open(request, child)
    row: Invitation = desk.fetch(Invitation.objects.select_related("child", "family"), invitation)
    try:
        sent = invitations.renew(by=desk.user, invitation=row, link_to=link_to, now=desk.now)
    except (invitations.InvitationOver, invitations.RecordPutAway) as error:
        say(request, error)
        return redirect("child_people", child=desk.child.pk)
    return _letter(request, desk, sent)


@page("POST")
def revoke(request: HttpRequest, child: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    """Take an invitation back, or a draft."""
    desk = open_child(request, child)
    desk.demand(policy.may_draft_invitation)
    row: Invitation = desk.fetch(Invitation.objects.select_related("child"), invitation)
    attempt(
        request,
        _("The invitation was taken back; its link opens nothing.") if row.token_hash else _("Dropped."),
        invitations.revoke,
        by=desk.user,
        invitation=row,
        now=desk.now,
    )
    return redirect("child_people", child=desk.child.pk)


@page("GET", "POST", recent=True)
def code(request: HttpRequest, child: uuid.UUID, grant: uuid.UUID) -> HttpResponse:
    """Say what a new sign-in code does; give one. What comes back is the letter: it is shown this once."""
    desk = _open(request, child)
    row: CaregiverGrant = desk.fetch(
        CaregiverGrant.objects.valid().select_related("user", "child", "family"), grant
    )
    if request.method == "POST":
        try:
            given = sign_in_codes.give(by=desk.user, grant=row, now=desk.now)
        except sign_in_codes.NotForACode as error:
            say(request, error)
            return redirect("child_people", child=desk.child.pk)
        back = reverse("child_people", kwargs={"child": desk.child.pk})
        return code_letter(request, given, child=desk.child, now=desk.now, back=back)
    return render(request, "people/new_code.html", desk.page("people", grant=row))


@page("GET", "POST", recent=True)
def end(request: HttpRequest, child: uuid.UUID, grant: uuid.UUID) -> HttpResponse:
    """Say what ending somebody's access does; end it at once."""
    desk = _open(request, child)
    row: CaregiverGrant = desk.fetch(CaregiverGrant.objects.select_related("user", "child", "family"), grant)
    if request.method == "POST":
        ended = ending_access.end_access(by=desk.user, grant=row, now=desk.now)
        said = _("%(name)s's access has ended.") % {"name": row.user.name}
        if ended.reminder_count:
            dropped = ngettext(
                "%(count)d waiting reminder was dropped.",
                "%(count)d waiting reminders were dropped.",
                ended.reminder_count,
            ) % {"count": ended.reminder_count}
            said = f"{said} {dropped}"
        say_success(request, said)
        return redirect("child_people", child=desk.child.pk)
    return render(request, "people/end_access.html", desk.page("people", grant=row))

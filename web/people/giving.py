"""Access to a child, given by invitation and ended at once."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic import policy
from clinic.models import CaregiverGrant, ChildHome, Invitation
from clinic.services import invitations, sign_in_codes
from clinic.services.invitations import Sent
from clinic.vocabulary import GrantKind
from tracking.services import ending_access
from web.desk import ChildDesk, open_child
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
    """Invite somebody of a home. What comes back is the letter: its link is shown this once."""
    desk = _open(request, child)
    row: ChildHome = desk.fetch(ChildHome.objects.select_related("family"), home)
    form = InvitationForm(request.POST or None, initial={"kind": GrantKind.GUARDIAN})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        sent = send(
            form,
            invitations.invite,
            by=desk.user,
            child=desk.child,
            family=row.family,
            kind=GrantKind(told["kind"]),
            relationship=told["relationship"],
            email=told["email"] or None,
            link_to=link_to,
            now=desk.now,
        )
        if sent:
            return _letter(request, desk, sent)
    return render(request, "people/invite.html", desk.page("people", form=form, home=row))


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
    """Take an invitation back."""
    desk = _open(request, child)
    row: Invitation = desk.fetch(Invitation.objects.select_related("child"), invitation)
    attempt(
        request,
        _("The invitation was taken back; its link opens nothing."),
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

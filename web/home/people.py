"""Who cares for the child at home, and whom a guardian invites to help."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Forbidden, Unseen
from clinic.models import Invitation
from clinic.services import invitations
from clinic.services.invitations import Sent
from clinic.vocabulary import GrantKind
from tracking.readings.invitations import carers_at, invited_to
from tracking.readings.people import team_of
from web.forms.people import HelperForm
from web.home.corner import Corner, enter
from web.letters import invitation_letter, link_to
from web.pages import page
from web.refusals import attempt, say, send


@page("GET", "POST", recent=True)
def people(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Those of one's own home, the care team, and one's own invitations; with a POST, one more."""
    corner = _guardian(request, child)
    form = HelperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = send(
            form,
            invitations.invite,
            by=corner.user,
            child=corner.child,
            family=corner.home,
            kind=GrantKind.CAREGIVER,
            relationship=form.cleaned_data["relationship"],
            email=form.cleaned_data["email"] or None,
            last_on=form.cleaned_data["last_on"],
            link_to=link_to,
            now=corner.now,
        )
        if sent:
            return _letter(request, corner, sent)
    return render(
        request,
        "home/people.html",
        corner.page(
            "more",
            form=form,
            carers=carers_at(corner.child, corner.home.pk),
            team=team_of(corner.child, now=corner.now),
            invitations=invited_to(corner.child, now=corner.now, by=corner.user),
        ),
    )


@page("POST", recent=True)
def renew(request: HttpRequest, child: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    """A new link and code for another week; the old ones open nothing any more."""
    corner = _guardian(request, child)
    row = _invitation(corner, invitation)
    try:
        sent = invitations.renew(by=corner.user, invitation=row, link_to=link_to, now=corner.now)
    except (invitations.InvitationOver, invitations.RecordPutAway) as error:
        say(request, error)
        return redirect("family_people", child=corner.child.pk)
    return _letter(request, corner, sent)


@page("POST")
def revoke(request: HttpRequest, child: uuid.UUID, invitation: uuid.UUID) -> HttpResponse:
    """Take back an invitation of one's own."""
    corner = _guardian(request, child)
    attempt(
        request,
        _("The invitation was taken back; it opens nothing."),
        invitations.revoke,
        by=corner.user,
        invitation=_invitation(corner, invitation),
        now=corner.now,
    )
    return redirect("family_people", child=corner.child.pk)


def _guardian(request: HttpRequest, child: uuid.UUID) -> Corner:
    corner = enter(request, child)
    if not corner.is_guardian:
        raise Forbidden
    return corner


def _invitation(corner: Corner, pk: uuid.UUID) -> Invitation:
    row: Invitation = access.fetch(Invitation.objects.select_related("child"), corner.user, pk=pk)
    if row.child_id != corner.child.pk:
        raise Unseen
    return row


def _letter(request: HttpRequest, corner: Corner, sent: Sent) -> HttpResponse:
    back = reverse("family_people", kwargs={"child": corner.child.pk})
    return invitation_letter(request, sent, child=corner.child, now=corner.now, back=back, is_of_family=True)

"""Visits and calls as a file: a child's, or all that are one's to take away."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse

from clinic import access, audit
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.reports import exports
from web.desk import enter, open_child
from web.files import csv_file
from web.pages import page


@page(recent=True, viewed=None)
def of_child(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """One child's; for an owner who is not on its team, times alone."""
    desk = open_child(request, child)
    desk.demand(policy.may_export_contacts)
    audit.record(
        AuditCode.EXPORTED_CONTACTS, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk, child=desk.child
    )
    return csv_file(exports.contacts_csv(desk.user, desk.clinic, child=desk.child), f"visits-{desk.today}")


@page(recent=True)
def of_clinic(request: HttpRequest, clinic: str) -> HttpResponse:
    """A therapist's own caseload; for an owner all children, times alone but for their own."""
    desk = enter(request, clinic)
    access.demand(policy.may_export_clinic_contacts, desk.user, desk.clinic)
    audit.record(AuditCode.EXPORTED_CONTACTS, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk)
    lines = exports.contacts_csv(desk.user, desk.clinic)
    return csv_file(lines, f"visits-{desk.clinic.slug}-{desk.today}")

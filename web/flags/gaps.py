"""Warning that nobody is left who reads urgent flags."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from clinic.models import Clinic
from tracking.services import flag_escalating


def warn_where_nobody_reads(request: HttpRequest, clinic: Clinic, *, now: dt.datetime) -> None:
    """After somebody left: note a gap for the owner, and say it to whoever is at the desk."""
    gaps = flag_escalating.look_for_reader_gaps(now=now, clinic_ids=[clinic.pk])
    if clinic.pk in gaps:
        said = ngettext(
            "Nobody reads the urgent flags of %(count)d child now. Add somebody to the team, or an owner to"
            " the order of readers.",
            "Nobody reads the urgent flags of %(count)d children now. Add somebody to the team, or an owner"
            " to the order of readers.",
            gaps[clinic.pk],
        )
        messages.error(request, said % {"count": gaps[clinic.pk]})

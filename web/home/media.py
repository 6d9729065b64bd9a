"""The clinic's own pictures and clips, at the steps of the child's programs."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse

from clinic import files
from clinic.vocabulary import AuditCode
from tracking.readings.stroke_media import file_in_programs
from web.home.corner import enter
from web.pages import page


@page("GET", viewed=AuditCode.VIEWED_PROGRAM)
def media(request: HttpRequest, child: uuid.UUID, media: uuid.UUID) -> HttpResponse:
    """The file; whether this person reads a program that holds its stroke is asked anew each time."""
    corner = enter(request, child)
    return files.answer(file_in_programs(corner.user, corner.child, media), request.headers)

"""What a household shares with the care team: its own words and recordings."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse

from clinic import access, files
from tracking.models import FamilyWords
from web.desk import open_record
from web.pages import page


@page("GET")
def recording(request: HttpRequest, child: uuid.UUID, words: uuid.UUID) -> HttpResponse:
    """The voice, as long as it is shared."""
    desk = open_record(request, child)
    row: FamilyWords = access.fetch(
        FamilyWords.objects.heard_by(desk.user), desk.user, pk=words, child=desk.child, is_shared=True
    )
    return files.answer(row.recording, request.headers)

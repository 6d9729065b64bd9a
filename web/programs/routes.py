"""Routes of prescribing."""

from __future__ import annotations

from django.urls import URLPattern

from web.pages import route
from web.programs import drafts, publishing, running

urlpatterns: list[URLPattern] = [
    route("children/<uuid:child>/programs/", running.listed, name="child_programs"),
    route("children/<uuid:child>/programs/new/", running.new, name="program_new"),
    route("programs/<uuid:program>/", running.program, name="program"),
    route("programs/<uuid:program>/edit/", running.edit, name="program_edit"),
    route("programs/<uuid:program>/pause/", running.pause, name="program_pause"),
    route("programs/<uuid:program>/pauses/<uuid:pause>/end/", running.resume, name="program_resume"),
    route("programs/<uuid:program>/end/", running.end, name="program_end"),
    route("programs/<uuid:program>/handout/", running.handout, name="program_handout"),
    route("programs/<uuid:draft>/draft/", drafts.draft, name="program_draft"),
    route("programs/<uuid:draft>/draft/strokes/", drafts.strokes, name="program_strokes"),
    route("programs/<uuid:draft>/draft/discard/", publishing.discard, name="program_discard"),
    route("programs/<uuid:draft>/draft/publish/", publishing.publish, name="program_publish"),
]

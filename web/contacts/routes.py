"""Where visits and calls are."""

from __future__ import annotations

from django.urls import URLPattern

from web.contacts import exports, labels, notes, visits
from web.pages import route

VISITS = "children/<uuid:child>/visits/"
LABELS = "c/<slug:clinic>/settings/services/"

urlpatterns: list[URLPattern] = [
    route(VISITS, visits.listed, name="child_visits"),
    route(f"{VISITS}new/", visits.new, name="visit_new"),
    route(f"{VISITS}file/", exports.of_child, name="visits_export"),
    route(f"{VISITS}<uuid:contact>/", visits.visit, name="visit"),
    route(f"{VISITS}<uuid:contact>/end/", visits.end, name="visit_end"),
    route(f"{VISITS}<uuid:contact>/massage/", visits.massage, name="visit_massage"),
    route(f"{VISITS}<uuid:contact>/notes/", notes.write, name="visit_note"),
    route(f"{VISITS}<uuid:contact>/notes/<uuid:note>/", notes.rewrite, name="visit_note_rewrite"),
    route("c/<slug:clinic>/visits/file/", exports.of_clinic, name="clinic_visits_export"),
    route(LABELS, labels.listed, name="service_labels"),
    route(f"{LABELS}<uuid:label>/", labels.rename, name="service_label_rename"),
    route(f"{LABELS}<uuid:label>/retire/", labels.retire, name="service_label_retire"),
]

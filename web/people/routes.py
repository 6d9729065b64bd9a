"""Routes of the pages around a child."""

from __future__ import annotations

from django.urls import URLPattern

from web.pages import route
from web.people import (
    around,
    asking,
    children,
    consents,
    giving,
    handing_over,
    heeding,
    homes,
    importing,
    speaking,
    team,
)

CHILD = "children/<uuid:child>/"

urlpatterns: list[URLPattern] = [
    route("c/<slug:clinic>/children/new/", children.new, name="child_new"),
    route("c/<slug:clinic>/children/import/", importing.caseload, name="caseload_import"),
    route("c/<slug:clinic>/children/import/template/", importing.template, name="caseload_import_template"),
    route("c/<slug:clinic>/children/import/sample/", importing.sample, name="caseload_import_sample"),
    route(
        "c/<slug:clinic>/settings/staff/<uuid:membership>/caseload/",
        handing_over.hand_over,
        name="caseload_hand_over",
    ),
    route("c/<slug:clinic>/invitations/", giving.drafts, name="invitation_drafts"),
    route(f"{CHILD}edit/", children.edit, name="child_edit"),
    route(f"{CHILD}care/", children.care, name="child_care"),
    route(f"{CHILD}care/episode/", children.episode, name="child_episode"),
    route(f"{CHILD}care/discharge/", children.discharge, name="child_discharge"),
    route(f"{CHILD}care/follow-up/", children.follow_up, name="child_follow_up"),
    route(f"{CHILD}care/hospital/", children.hospital, name="child_hospital"),
    route(f"{CHILD}care/died/", children.died, name="child_died"),
    route(f"{CHILD}care/archive/", children.archive, name="child_archive"),
    route(f"{CHILD}people/", around.people, name="child_people"),
    route(f"{CHILD}people/seen/", around.seen, name="child_seen"),
    route(f"{CHILD}consents/", consents.consents, name="child_consents"),
    route(f"{CHILD}team/join/", team.join, name="team_join"),
    route(f"{CHILD}team/cover/", team.cover, name="team_cover"),
    route(f"{CHILD}team/<uuid:place>/leave/", team.leave, name="team_leave"),
    route(f"{CHILD}team/<uuid:place>/hand-over/", team.hand_over, name="team_hand_over"),
    route(f"{CHILD}homes/new/", homes.new, name="home_new"),
    route(f"{CHILD}homes/swap/", homes.swap, name="home_swap"),
    route(f"{CHILD}homes/<uuid:home>/", homes.edit, name="home_edit"),
    route(f"{CHILD}homes/<uuid:home>/remove/", homes.remove, name="home_remove"),
    route(f"{CHILD}homes/<uuid:home>/invite/", giving.invite, name="child_invite"),
    route(f"{CHILD}invitations/<uuid:invitation>/renew/", giving.renew, name="invitation_renew"),
    route(f"{CHILD}invitations/<uuid:invitation>/revoke/", giving.revoke, name="invitation_revoke"),
    route(f"{CHILD}access/<uuid:grant>/code/", giving.code, name="access_code"),
    route(f"{CHILD}access/<uuid:grant>/end/", giving.end, name="access_end"),
    route(f"{CHILD}asking/", asking.asking, name="child_asking"),
    route(f"{CHILD}access/<uuid:grant>/languages/", speaking.edit, name="access_languages"),
    route(f"{CHILD}precautions/", heeding.listed, name="child_precautions"),
    route(f"{CHILD}precautions/<uuid:precaution>/end/", heeding.end, name="precaution_end"),
]

"""Routes of the pages."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.urls import URLPattern

from web import (
    audit,
    break_glass,
    caseload,
    charts,
    child,
    clinic_outcomes,
    clinic_reports,
    concerns,
    consents,
    cosigning,
    diary,
    entrance,
    exports,
    first_run,
    goals,
    heard,
    invitations,
    messages,
    metrics,
    paper,
    quarantine,
    recording,
    reminders,
    reports,
    safeguarding,
    settings,
    signs,
    strategies,
    styleguide,
    supervision,
    undelivered,
)
from web.classes.routes import urlpatterns as classes
from web.contacts.routes import urlpatterns as contacts
from web.erasure.routes import urlpatterns as erasure
from web.flags.routes import urlpatterns as flags
from web.home.routes import urlpatterns as home
from web.library.routes import urlpatterns as library
from web.pages import route
from web.people.routes import urlpatterns as people
from web.programs.routes import urlpatterns as programs
from web.teaching.routes import urlpatterns as teaching

CHILD = "children/<uuid:child>/"

urlpatterns: list[URLPattern] = [
    route("", entrance.home, name="home"),
    route("metrics", metrics.metrics, name="metrics"),
    route("start/", first_run.first_run, name="first_run"),
    route("c/<slug:clinic>/caseload/", caseload.caseload, name="caseload"),
    route("c/<slug:clinic>/caseload/table/", clinic_outcomes.caseload_table, name="caseload_table"),
    route("c/<slug:clinic>/outcomes/", clinic_outcomes.outcomes, name="clinic_outcomes"),
    route("c/<slug:clinic>/reports/", clinic_reports.listed, name="clinic_reports"),
    route(
        "c/<slug:clinic>/reports/<uuid:clinic_report>/", clinic_reports.clinic_report, name="clinic_report"
    ),
    route(
        "c/<slug:clinic>/reports/<uuid:clinic_report>/file/",
        clinic_reports.download,
        name="clinic_report_file",
    ),
    route(CHILD, child.child, name="child"),
    route(f"{CHILD}charts/", charts.charts, name="child_charts"),
    route(f"{CHILD}concerns/", concerns.listed, name="child_concerns"),
    route(f"{CHILD}concerns/plans/<slug:worry>/", concerns.plan, name="concern_plan"),
    route(f"{CHILD}concerns/<uuid:concern>/heed/", concerns.heed, name="concern_heed"),
    route(f"{CHILD}concerns/<uuid:concern>/photos/<uuid:photo>/", concerns.photo, name="concern_photo"),
    route(f"{CHILD}concerns/<uuid:concern>/photos/<uuid:photo>/keep/", concerns.keep, name="photo_keep"),
    route(
        f"{CHILD}concerns/<uuid:concern>/photos/<uuid:photo>/let-go/", concerns.let_go, name="photo_let_go"
    ),
    route(f"{CHILD}diary/", diary.diary, name="child_diary"),
    route(f"{CHILD}record/", recording.choose, name="child_record"),
    route(f"{CHILD}record/worry/", recording.choose_worry, name="child_record_worries"),
    route(f"{CHILD}record/worry/<slug:worry>/", recording.tell_worry, name="child_record_worry"),
    route(f"{CHILD}record/<slug:how>/", recording.tell, name="child_record_one"),
    route(f"{CHILD}excused/", diary.excuse, name="child_excuse"),
    route(f"{CHILD}paper/", paper.sheet, name="paper_week"),
    route(f"{CHILD}paper/typing/", paper.typing, name="paper_typing"),
    route("family/<uuid:child>/paper/", paper.own_sheet, name="family_paper"),
    route(f"{CHILD}diary/<uuid:entry>/remark/", diary.remark, name="child_remark"),
    route(f"{CHILD}diary/<uuid:entry>/confirm/", diary.confirm, name="child_confirm"),
    route(f"{CHILD}diary/<uuid:entry>/answer/", diary.answer, name="child_answer"),
    route(f"{CHILD}diary/<uuid:one>/<uuid:other>/apart/", diary.tell_apart, name="child_tell_apart"),
    route("invitations/<str:token>/", invitations.invitation, name="invitation"),
    route("join/", invitations.typed, name="join"),
    route("join/offer/", invitations.join_typed, name="join_typed"),
    route("c/<slug:clinic>/settings/", settings.details, name="clinic_settings"),
    route("c/<slug:clinic>/settings/reminders/", undelivered.board, name="undelivered"),
    route("c/<slug:clinic>/settings/reminders/again/", undelivered.replay, name="undelivered_replay"),
    route("c/<slug:clinic>/settings/consent/", consents.texts, name="consent_texts"),
    route("c/<slug:clinic>/settings/consent/<slug:item>/", consents.text, name="consent_text"),
    route("c/<slug:clinic>/settings/consent/<slug:item>/rule/", consents.rule, name="consent_rule"),
    route("c/<slug:clinic>/settings/staff/", settings.add, name="staff_add"),
    route("c/<slug:clinic>/settings/staff/<uuid:membership>/", settings.change, name="staff_change"),
    route("c/<slug:clinic>/settings/staff/<uuid:membership>/placement/", settings.place, name="staff_place"),
    route("c/<slug:clinic>/settings/staff/<uuid:membership>/end/", settings.end, name="staff_end"),
    route("c/<slug:clinic>/supervision/", supervision.log, name="supervision"),
    route("c/<slug:clinic>/late-entries/", quarantine.late_entries, name="late_entries"),
    route("c/<slug:clinic>/late-entries/<uuid:late>/accept/", quarantine.accept, name="late_entry_accept"),
    route("c/<slug:clinic>/late-entries/<uuid:late>/discard/", quarantine.discard, name="late_entry_discard"),
    route("c/<slug:clinic>/cosigning/", cosigning.queue, name="cosigning"),
    route("c/<slug:clinic>/cosigning/sign/", cosigning.sign, name="cosigning_sign"),
    route("c/<slug:clinic>/cosigning/<uuid:drafted>/return/", cosigning.give_back, name="cosigning_return"),
    route("c/<slug:clinic>/cosigning/<uuid:drafted>/rewrite/", cosigning.rewrite, name="cosigning_rewrite"),
    route("c/<slug:clinic>/audit/", audit.listed, name="audit"),
    route("c/<slug:clinic>/audit/verify/", audit.verify, name="audit_verify"),
    route("c/<slug:clinic>/audit/head/", audit.head, name="audit_head"),
    route("c/<slug:clinic>/audit/file/", audit.file, name="audit_file"),
    route("c/<slug:clinic>/break-glass/", break_glass.listed, name="break_glass"),
    route("c/<slug:clinic>/break-glass/<uuid:glass>/end/", break_glass.end, name="break_glass_end"),
    route("c/<slug:clinic>/break-glass/<uuid:glass>/review/", break_glass.review, name="break_glass_review"),
    route(f"{CHILD}break-glass/", break_glass.of_child, name="child_break_glass"),
    *classes,
    *contacts,
    route(f"{CHILD}safeguarding/", safeguarding.write, name="child_safeguarding"),
    route("c/<slug:clinic>/safeguarding/", safeguarding.listed, name="safeguarding"),
    route("c/<slug:clinic>/safeguarding/<uuid:written>/", safeguarding.follow, name="safeguarding_follow"),
    route("c/<slug:clinic>/settings/safeguarding/", safeguarding.name_lead, name="safeguarding_name_lead"),
    route(
        "c/<slug:clinic>/settings/safeguarding/<uuid:lead>/end/",
        safeguarding.end_lead,
        name="safeguarding_end_lead",
    ),
    *teaching,
    *erasure,
    *flags,
    *library,
    *people,
    *programs,
    route(f"{CHILD}words/<uuid:words>/recording/", heard.recording, name="child_recording"),
    route(f"{CHILD}reminders/", reminders.sent, name="child_reminders"),
    route(f"{CHILD}signs/", signs.listed, name="child_signs"),
    route(f"{CHILD}signs/stop/", signs.stop, name="child_stop"),
    route(f"{CHILD}signs/<uuid:sign>/", signs.change, name="child_sign"),
    route(f"{CHILD}strategies/", strategies.listed, name="child_strategies"),
    route(f"{CHILD}strategies/<uuid:strategy>/end/", strategies.end, name="child_strategy_end"),
    route(f"{CHILD}goals/", goals.goals, name="child_goals"),
    route(f"{CHILD}goals/new/", goals.new_goal, name="goal_new"),
    route(f"{CHILD}goals/<uuid:goal>/rating/", goals.rate, name="goal_rate"),
    route(f"{CHILD}goals/<uuid:goal>/measure/", goals.measure, name="goal_measure"),
    route(f"{CHILD}goals/<uuid:goal>/state/", goals.close, name="goal_close"),
    route(f"{CHILD}notes/", goals.note, name="child_note"),
    route(f"{CHILD}assessments/new/", goals.new_assessment, name="assessment_new"),
    route(f"{CHILD}messages/", messages.thread, name="child_messages"),
    route(f"{CHILD}reports/", reports.listed, name="child_reports"),
    route(f"{CHILD}exports/", exports.exports, name="child_exports"),
    route(f"{CHILD}exports/<uuid:export>/file/", exports.file, name="child_export_file"),
    route(f"{CHILD}single-case/", reports.single_case, name="child_single_case"),
    route("reports/<uuid:report>/", reports.report, name="report"),
    route("reports/<uuid:report>/file/", reports.download, name="report_download"),
    route("reports/<uuid:report>/addenda/", reports.addenda, name="report_addenda"),
    *home,
]

if django_settings.DEBUG:
    urlpatterns += [
        route("styleguide/", styleguide.styleguide, name="styleguide"),
        route("styleguide/family/", styleguide.styleguide_family, name="styleguide_family"),
    ]

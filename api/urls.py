"""Routes of the API. An address without a declared rule does not boot (architecture, rule 7)."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, path, re_path, register_converter

from api import description, second_factors, sign_in
from api.converters import CodeConverter, DayConverter, IdConverter
from api.permissions import Anybody, SignedIn
from api.resources import Nowhere, Resource
from api.v1 import (
    ask_plan,
    batch,
    bedtimes,
    break_glass,
    care,
    changes,
    charts,
    check_ins,
    children,
    classes,
    clinic_audit,
    clinic_reports,
    concern_bundle,
    concern_photos,
    concern_plans,
    concerns,
    consents,
    contacts,
    cosigning,
    demonstrations,
    erasure_requests,
    exports,
    flag_settings,
    flags,
    goals,
    hand_off,
    home_days,
    homes,
    households,
    invitations,
    library,
    me,
    media,
    messages,
    meta,
    notes,
    observations,
    outcomes,
    pauses,
    programs,
    progress,
    quarantine,
    reaching,
    reminders,
    reminders_sent,
    reports,
    safeguarding,
    service_labels,
    sessions,
    signs,
    stimulus_days,
    strategies,
    supervision,
    today,
    tracked_stimuli,
    vocabulary,
    who_saw,
    words,
)
from api.v1.entries import EntryApi, Views

app_name = "api"

register_converter(IdConverter, "id")
register_converter(CodeConverter, "code")
register_converter(DayConverter, "day")


def route(address: str, view: type[Resource], name: str) -> URLPattern:
    """A path to a resource. Raises ImproperlyConfigured for one that declares no rule of ours."""
    rules = set(view.permission_classes)
    if not rules or not rules <= {SignedIn, Anybody}:
        raise ImproperlyConfigured(f"The address {name!r} declares no rule.")
    return path(address, view.as_view(), name=name)


def entry_routes(api: EntryApi, views: Views) -> list[URLPattern]:
    """The addresses of one kind of entry."""
    words = api.plural.replace("_", "-")
    one = f"{CHILD}{words}/<id:{api.name}>"
    return [
        route(f"{CHILD}{words}", views.listed, words),
        route(one, views.one, api.name),
        route(f"{one}/withdrawal", views.withdrawal, f"{api.name}-withdrawal"),
        route(f"{one}/confirmation", views.confirmation, f"{api.name}-confirmation"),
    ]


SIGN_IN = "auth/app/v1/"
CHILD = "v1/children/<id:child>/"
CLINIC = "v1/clinics/<code:clinic>/"
CLASSES = CLINIC + "classes"
FLAG = CLINIC + "flags/<id:flag>"
LATE = CLINIC + "quarantine/<id:late>"
FLAG_SETTINGS = CLINIC + "flag-settings"
CLASS = CLASSES + "/<id:group>"
PROGRAM = CHILD + "programs/<id:program>"

urlpatterns = [
    route(SIGN_IN + "auth/login", sign_in.SignIn, "sign-in"),
    route(SIGN_IN + "auth/2fa/authenticate", sign_in.SecondFactor, "second-factor"),
    route(SIGN_IN + "auth/webauthn/login", second_factors.PasskeySignIn, "passkey-sign-in"),
    route(SIGN_IN + "auth/webauthn/authenticate", second_factors.PasskeySecondStep, "passkey-second-step"),
    route(SIGN_IN + "auth/password/request", second_factors.NewPassword, "new-password"),
    route(SIGN_IN + "auth/reauthenticate", second_factors.Again, "again"),
    route(SIGN_IN + "auth/2fa/reauthenticate", second_factors.CodeAgain, "code-again"),
    route(SIGN_IN + "auth/webauthn/reauthenticate", second_factors.PasskeyAgain, "passkey-again"),
    route(SIGN_IN + "account/authenticators", second_factors.SecondFactors, "second-factors"),
    route(SIGN_IN + "account/authenticators/totp", second_factors.AppWithCodes, "app-with-codes"),
    route(SIGN_IN + "account/authenticators/webauthn", second_factors.Passkeys, "passkeys"),
    route(SIGN_IN + "account/authenticators/webauthn/<int:passkey>", second_factors.OnePasskey, "passkey"),
    route(SIGN_IN + "account/authenticators/recovery-codes", second_factors.RecoveryCodes, "recovery-codes"),
    route(SIGN_IN + "auth/session", sign_in.SignOut, "sign-out"),
    route(SIGN_IN + "auth/sessions", sign_in.Devices, "devices"),
    route(SIGN_IN + "auth/sessions/<int:device>", sign_in.Device, "device"),
    route(SIGN_IN + "tokens/refresh", sign_in.Refresh, "refresh"),
    route(SIGN_IN + "auth/code", sign_in.SignInCode, "sign-in-code"),
    route("v1/meta", meta.Meta, "meta"),
    route("v1/me", me.Me, "me"),
    route("v1/me/languages", me.Languages, "own-languages"),
    route("v1/me/reaching", reaching.Reaching, "own-ways"),
    route("v1/me/reaching/letter", reaching.AddressLetter, "own-address-letter"),
    route("v1/me/reaching/browsers", reaching.Browsers, "own-browsers"),
    route("v1/me/reaching/browsers/<id:browser>", reaching.Browser, "own-browser"),
    route("v1/me/reaching/phone", reaching.Phone, "own-phone"),
    route("v1/me/reaching/phone/code", reaching.PhoneCode, "own-phone-code"),
    route("v1/me/reaching/calendar", reaching.OwnCalendar, "own-calendar"),
    route("v1/invitations/offer", invitations.Offer, "invitation-offer"),
    route("v1/invitations/join", invitations.Join, "invitation-join"),
    route("v1/invitations/acceptance", invitations.Acceptance, "invitation-acceptance"),
    route("v1/households/<id:household>/routine-times", households.RoutineTimes, "routine-times"),
    route("v1/households/<id:household>/routine-times/<code:anchor>", households.RoutineTime, "routine-time"),
    route("v1/batch", batch.Batch, "batch"),
    route("v1/changes", changes.Changes, "changes"),
    route("v1/vocabulary", vocabulary.Vocabulary, "vocabulary"),
    route("v1/clinics/<code:clinic>/strokes", library.Strokes, "strokes"),
    route("v1/clinics/<code:clinic>/presets", library.Presets, "presets"),
    route("v1/clinics/<code:clinic>/texts", library.ClinicTexts, "clinic-texts"),
    route("v1/clinics/<code:clinic>/media/<id:media>", media.ClinicMedia, "clinic-media"),
    route(CLINIC + "flags", flags.Flags, "flags"),
    route(FLAG, flags.OneFlag, "flag"),
    route(FLAG_SETTINGS, flag_settings.FlagSettings, "flag-settings"),
    route(FLAG_SETTINGS + "/hours", flag_settings.FlagHours, "flag-hours"),
    route(FLAG_SETTINGS + "/closures", flag_settings.FlagClosures, "flag-closures"),
    route(FLAG_SETTINGS + "/closures/<id:closure>", flag_settings.FlagClosure, "flag-closure"),
    route(FLAG_SETTINGS + "/responses/<code:severity>", flag_settings.FlagResponseTo, "flag-response"),
    route(FLAG_SETTINGS + "/numbers", flag_settings.FlagNumbers, "flag-numbers"),
    route(FLAG_SETTINGS + "/rules/<code:code>", flag_settings.FlagSwitched, "flag-rule"),
    route(FLAG_SETTINGS + "/texts/<code:code>", flag_settings.FlagText, "flag-text"),
    route(
        FLAG_SETTINGS + "/texts/<code:code>/adoption", flag_settings.FlagTextAdoption, "flag-text-adoption"
    ),
    route(FLAG + "/acknowledgement", flags.FlagAcknowledgement, "flag-acknowledgement"),
    route(FLAG + "/snoozes", flags.FlagSnoozes, "flag-snoozes"),
    route(FLAG + "/closing", flags.FlagClosing, "flag-closing"),
    route(FLAG + "/advice/<id:program>", flags.FlagAdvice, "flag-advice"),
    route(CLINIC + "audit", clinic_audit.ClinicAudit, "clinic-audit"),
    route(CLINIC + "break-glass", break_glass.ClinicGlass, "clinic-glass"),
    route(CLINIC + "break-glass/<id:glass>/ending", break_glass.GlassEnding, "glass-ending"),
    route(CLINIC + "break-glass/<id:glass>/review", break_glass.GlassReview, "glass-review"),
    route(CLINIC + "cosigning", cosigning.CosigningQueue, "cosigning"),
    route(CLINIC + "cosigning/signatures", cosigning.Signatures, "signatures"),
    route(CLINIC + "cosigning/<id:drafted>/return", cosigning.DraftReturn, "draft-return"),
    route(CLINIC + "quarantine", quarantine.Quarantine, "quarantine"),
    route(
        CLINIC + "quarantine/<id:late>/acceptance", quarantine.QuarantineAcceptance, "quarantine-acceptance"
    ),
    route(
        CLINIC + "quarantine/<id:late>/discarding", quarantine.QuarantineDiscarding, "quarantine-discarding"
    ),
    route(CLINIC + "supervision", supervision.SupervisionLogs, "supervision"),
    route(CLINIC + "safeguarding", safeguarding.ClinicSafeguarding, "clinic-safeguarding"),
    route(CLINIC + "safeguarding/<id:written>", safeguarding.FollowUps, "safeguarding-follow-ups"),
    route(CLINIC + "safeguarding/leads", safeguarding.Leads, "safeguarding-leads"),
    route(CLINIC + "safeguarding/leads/<id:lead>", safeguarding.OneLead, "safeguarding-lead"),
    route(CLINIC + "reports", clinic_reports.ClinicReports, "clinic-reports"),
    route(CLINIC + "reports/<id:clinic_report>", clinic_reports.OneClinicReport, "clinic-report"),
    route(CLINIC + "reports/<id:clinic_report>/file", clinic_reports.ClinicReportFile, "clinic-report-file"),
    route(CLINIC + "contacts/file", contacts.ClinicContactsFile, "clinic-contacts-file"),
    route(CLINIC + "service-labels", service_labels.ServiceLabels, "service-labels"),
    route(CLINIC + "service-labels/<id:label>", service_labels.OneServiceLabel, "service-label"),
    route(CLINIC + "strategies", strategies.OwnStrategies, "own-strategies"),
    route(CLINIC + "strategies/<id:strategy>", strategies.OneOwnStrategy, "own-strategy"),
    route(CLASSES, classes.Classes, "classes"),
    route(CLASS, classes.OneClass, "class"),
    route(CLASS + "/children", classes.ClassChildren, "class-children"),
    route(CLASS + "/children/<id:child>", classes.ClassChild, "class-child"),
    route(CLASS + "/dates", classes.ClassDates, "class-dates"),
    route(CLASS + "/dates/<id:date>", classes.OneClassDate, "class-date"),
    route(CLASS + "/dates/<id:date>/attendance", classes.ClassAttendance, "class-attendance"),
    route(CLASS + "/dates/<id:date>/cancellation", classes.ClassCancellation, "class-cancellation"),
    route("v1/children", children.Children, "children"),
    route("v1/children/<id:child>", children.OneChild, "child"),
    route(CHILD + "today", today.Today, "today"),
    route(CHILD + "progress", progress.Progress, "progress"),
    route(CHILD + "exports", exports.Exports, "exports"),
    route(CHILD + "exports/<id:export>", exports.Export, "export"),
    route(CHILD + "exports/<id:export>/file", exports.ExportFile, "export-file"),
    route(CHILD + "reports", reports.Reports, "reports"),
    route(CHILD + "reports/<id:report>/file", reports.ReportFile, "report-file"),
    route(CHILD + "hand-off", hand_off.HandOff, "hand-off"),
    route(CHILD + "hand-off/looked", hand_off.HandOffLooked, "hand-off-looked"),
    route(CHILD + "interpreter", me.Interpreter, "own-interpreter"),
    route(CHILD + "ask-plan", ask_plan.AskPlan, "ask-plan"),
    route(CHILD + "charts", charts.Charts, "charts"),
    route(CHILD + "check-ins", check_ins.CheckIns, "check-ins"),
    route(CHILD + "check-ins/<id:check_in>", check_ins.CheckIn, "check-in"),
    route(CHILD + "check-ins/<id:check_in>/withdrawal", check_ins.CheckInWithdrawal, "check-in-withdrawal"),
    route(CHILD + "break-glass", break_glass.ChildGlass, "child-glass"),
    route(CHILD + "care", care.Care, "care"),
    route(CHILD + "care/episode", care.Episode, "episode"),
    route(CHILD + "care/archiving", care.Archiving, "archiving"),
    route(CHILD + "care/hospital", care.Hospital, "hospital"),
    route(CHILD + "care/death", care.Death, "death"),
    route(CHILD + "care/discharge", care.Discharge, "discharge"),
    route(CHILD + "homes", homes.Homes, "homes"),
    route(CHILD + "homes/<id:home>/week", homes.HomeWeek, "week-of-home"),
    route(CHILD + "home-words/<day:on>", homes.HomeWord, "home-word"),
    route(CHILD + "home-week", home_days.HomeWeek, "home-week"),
    route(CHILD + "home-days", home_days.HomeDays, "home-days"),
    route(CHILD + "home-days/<day:on>", home_days.HomeDay, "home-day"),
    route(CHILD + "reminders", reminders.Reminders, "reminders"),
    route(CHILD + "reminders/pause", reminders.ReminderPause, "reminders-pause"),
    route(CHILD + "reminders/back", reminders.RemindersBack, "reminders-back"),
    route(CHILD + "reminders/<id:reminder>", reminders.Reminder, "reminder"),
    route(CHILD + "reminders/<id:reminder>/mine", reminders.OwnReminder, "reminder-mine"),
    route(CHILD + "reminders/<id:reminder>/again", reminders.ReminderAgain, "reminder-again"),
    route(CHILD + "excused-days/<day:on>", home_days.ExcusedDay, "excused-day"),
    route(CHILD + "programs", programs.Programs, "programs"),
    route(CHILD + "reminders-sent", reminders_sent.RemindersSent, "reminders-sent"),
    route(CHILD + "texts", library.ChildTexts, "texts"),
    route(CHILD + "media/<id:media>", media.ChildMedia, "child-media"),
    route(PROGRAM, programs.Program, "program"),
    route(PROGRAM + "/versions/<id:version>", programs.Version, "program-version"),
    route(PROGRAM + "/pauses", pauses.Pauses, "pauses"),
    route(PROGRAM + "/pauses/<id:pause>", pauses.Pause, "pause"),
    *entry_routes(sessions.SESSION, sessions.VIEWS),
    route(CHILD + "sessions/<id:session>/apart-from/<id:twin>", sessions.Apart, "sessions-apart"),
    *entry_routes(bedtimes.BEDTIME, bedtimes.VIEWS),
    *entry_routes(observations.OBSERVATION, observations.VIEWS),
    *entry_routes(stimulus_days.STIMULUS_DAY, stimulus_days.VIEWS),
    route(CHILD + "who-saw", who_saw.WhoSaw, "who-saw"),
    route(CHILD + "signs", signs.Signs, "signs"),
    route(CHILD + "signs/order", signs.SignOrder, "signs-order"),
    route(CHILD + "signs/<id:sign>", signs.Sign, "sign"),
    route(CHILD + "stop-sensitivity", signs.StopSensitivityOfChild, "stop-sensitivity"),
    route(CHILD + "strategies", strategies.Strategies, "strategies"),
    route(CHILD + "strategies/<id:strategy>", strategies.OneStrategy, "strategy"),
    route(CHILD + "words", words.AllWords, "all-words"),
    route(CHILD + "words/<code:about>", words.OneWords, "words"),
    route(CHILD + "words/<code:about>/recording", words.Recording, "recording"),
    route(CHILD + "tracked-stimuli", tracked_stimuli.TrackedStimuli, "tracked-stimuli"),
    route(CHILD + "tracked-stimuli/<id:stimulus>", tracked_stimuli.OneTrackedStimulus, "tracked-stimulus"),
    route(CHILD + "concern-bundle", concern_bundle.ConcernBundle, "concern-bundle"),
    route(CHILD + "concern-plans", concern_plans.ConcernPlans, "concern-plans"),
    route(CHILD + "concern-plans/<code:worry>", concern_plans.OneConcernPlan, "concern-plan"),
    route(CHILD + "concerns", concerns.Concerns, "concerns"),
    route(CHILD + "concerns/<id:concern>", concerns.Concern, "concern"),
    route(CHILD + "concerns/<id:concern>/precaution", concerns.ConcernPrecaution, "concern-precaution"),
    route(CHILD + "concerns/<id:concern>/photos/<id:photo>", concern_photos.Photo, "concern-photo"),
    route(
        CHILD + "concerns/<id:concern>/photos/<id:photo>/keeping",
        concern_photos.PhotoKeeping,
        "concern-photo-keeping",
    ),
    route(CHILD + "consents", consents.Consents, "consents"),
    route(CHILD + "consents/<code:item>", consents.Consent, "consent"),
    route(CHILD + "messages", messages.Messages, "messages"),
    route(CHILD + "messages/read", messages.ReadState, "messages-read"),
    route(CHILD + "messages/<id:message>", messages.Message, "message"),
    route(CHILD + "contacts", contacts.Contacts, "contacts"),
    route(CHILD + "contacts/file", contacts.ContactsFile, "contacts-file"),
    route(CHILD + "contacts/<id:contact>", contacts.Contact, "contact"),
    route(CHILD + "demonstrations", demonstrations.Demonstrations, "demonstrations"),
    route(CHILD + "notes", notes.Notes, "notes"),
    route(CHILD + "goals", goals.Goals, "goals"),
    route(CHILD + "goals/<id:goal>", goals.OneGoal, "goal"),
    route(CHILD + "goals/<id:goal>/ratings/<id:rating>", goals.GoalRating, "goal-rating"),
    route(CHILD + "assessments", goals.Assessments, "assessments"),
    route(CHILD + "assessments/<id:assessment>", goals.OneAssessment, "assessment"),
    route(CHILD + "outcomes", outcomes.Outcomes, "outcomes"),
    route(CHILD + "safeguarding", safeguarding.ChildSafeguarding, "safeguarding"),
    route(CHILD + "erasure-requests", erasure_requests.ErasureRequests, "erasure-requests"),
    route(
        CHILD + "erasure-requests/<id:erasure_request>", erasure_requests.OneErasureRequest, "erasure-request"
    ),
    path("v1/openapi.yaml", description.openapi, name="openapi"),
    path("v1/docs/", description.docs, name="docs"),
    # Whatever is no address of ours answers as a thing out of sight does.
    re_path("", Nowhere.as_view(), name="nowhere"),
]

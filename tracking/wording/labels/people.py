"""People, access and what the audit tells."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clinic.vocabulary import (
    AuditCode,
    CareTeamKind,
    ConsentKind,
    DischargeReason,
    EpisodeState,
    FileKind,
    GrantKind,
    PrecautionSource,
    Role,
    SharingMode,
    StopSensitivity,
)
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    Role: {
        Role.OWNER: Words(_("Owner")),
        Role.THERAPIST: Words(_("Therapist")),
        Role.THERAPIST_ASSISTANT: Words(_("Therapist assistant"), _("Assistant")),
        Role.STUDENT: Words(_("Student")),
        Role.OFFICE: Words(_("Office")),
    },
    GrantKind: {
        GrantKind.GUARDIAN: Words(_("Guardian")),
        GrantKind.CAREGIVER: Words(_("Caregiver who logs"), _("Caregiver")),
    },
    SharingMode: {
        SharingMode.FULL: Words(_("Each home sees who logged what"), _("Full")),
        SharingMode.ROLE_LABEL: Words(_("Each home sees the entries, not the names"), _("Roles only")),
        SharingMode.OWN_ONLY: Words(_("Each person sees only their own entries"), _("Own only")),
    },
    CareTeamKind: {
        CareTeamKind.MEMBER: Words(_("Team member"), _("Member")),
        CareTeamKind.LEAD: Words(_("Lead therapist"), _("Lead")),
        CareTeamKind.COVER: Words(_("Covering for a colleague"), _("Cover")),
    },
    EpisodeState: {
        EpisodeState.REFERRED: Words(_("Referred")),
        EpisodeState.WAITING: Words(_("Waiting")),
        EpisodeState.ACTIVE: Words(_("In care")),
        EpisodeState.ON_HOLD: Words(_("On hold")),
        EpisodeState.DISCHARGED: Words(_("Discharged")),
        EpisodeState.ARCHIVED: Words(_("Archived")),
    },
    DischargeReason: {
        DischargeReason.GOALS_MET: Words(_("The goals are met"), _("Goals met")),
        DischargeReason.FAMILY_CHOICE: Words(_("The family’s choice"), _("Family’s choice")),
        DischargeReason.MOVED_AWAY: Words(_("Moved away")),
        DischargeReason.TRANSFERRED: Words(_("Transferred to another clinic"), _("Transferred")),
        DischargeReason.NO_CONTACT: Words(_("Contact was lost"), _("No contact")),
        DischargeReason.AGED_OUT: Words(_("Too old for this service"), _("Aged out")),
        DischargeReason.FUNDING_ENDED: Words(_("Funding ended")),
        DischargeReason.DIED: Words(_("The child has died"), _("Died")),
        DischargeReason.OTHER: Words(_("Another reason")),
    },
    PrecautionSource: {
        PrecautionSource.THERAPIST: Words(_("Therapist")),
        PrecautionSource.GUARDIAN: Words(_("Guardian")),
        PrecautionSource.REFERRAL: Words(_("Referral")),
    },
    ConsentKind: {
        ConsentKind.RECORD: Words(_("Keeping this record")),
        ConsentKind.REMINDERS: Words(_("Being reminded")),
        ConsentKind.REPORT_SHARING: Words(_("Sharing reports")),
    },
    StopSensitivity: {
        StopSensitivity.USUAL: Words(_("Pause at two quiet signs together"), _("Usual")),
        StopSensitivity.GENTLE: Words(_("Pause at a single quiet sign"), _("Gentle")),
    },
    AuditCode: {
        AuditCode.VIEWED_CHILD: Words(_("Opened the child’s page")),
        AuditCode.VIEWED_DIARY: Words(_("Read the diary")),
        AuditCode.VIEWED_PROGRAM: Words(_("Read a program")),
        AuditCode.VIEWED_MESSAGES: Words(_("Read messages")),
        AuditCode.VIEWED_REPORT: Words(_("Read a report")),
        AuditCode.VIEWED_CASELOAD: Words(_("Opened the caseload")),
        AuditCode.DOWNLOADED_REPORT: Words(_("Downloaded a report")),
        AuditCode.REFUSED: Words(_("Was refused")),
        AuditCode.SIGNED_IN: Words(_("Signed in")),
        AuditCode.CREATED_CLINIC: Words(_("Set up the clinic")),
        AuditCode.CHANGED_CLINIC: Words(_("Changed the clinic’s settings")),
        AuditCode.ADDED_STAFF: Words(_("Added somebody to the staff")),
        AuditCode.ENDED_STAFF: Words(_("Ended somebody’s place on the staff")),
        AuditCode.ENROLLED_CHILD: Words(_("Enrolled the child")),
        AuditCode.CHANGED_CHILD: Words(_("Changed the child’s data")),
        AuditCode.JOINED_CARE_TEAM: Words(_("Joined the care team")),
        AuditCode.LEFT_CARE_TEAM: Words(_("Left the care team")),
        AuditCode.GRANTED_ACCESS: Words(_("Gave somebody access")),
        AuditCode.ENDED_ACCESS: Words(_("Ended somebody’s access")),
        AuditCode.INVITED: Words(_("Invited somebody")),
        AuditCode.ACCEPTED_INVITATION: Words(_("Accepted an invitation")),
        AuditCode.RECORDED_PRECAUTION: Words(_("Recorded a precaution")),
        AuditCode.PUBLISHED_PROGRAM: Words(_("Published a program")),
        AuditCode.PAUSED_PROGRAM: Words(_("Paused a program, or ended a pause")),
        AuditCode.ENDED_PROGRAM: Words(_("Ended a program")),
        AuditCode.RECORDED_ENTRY: Words(_("Recorded an entry")),
        AuditCode.REVISED_ENTRY: Words(_("Revised an entry")),
        AuditCode.WITHDREW_ENTRY: Words(_("Withdrew an entry")),
        AuditCode.WROTE_NOTE: Words(_("Wrote a note")),
        AuditCode.SENT_MESSAGE: Words(_("Sent a message")),
        AuditCode.ASKED_REPORT: Words(_("Asked for a report")),
        AuditCode.SIGNED_REPORT: Words(_("Signed a report")),
        AuditCode.CHANGED_LIBRARY: Words(_("Changed the library")),
        AuditCode.ADOPTED_WORDING: Words(_("Adopted the library’s wording")),
        AuditCode.CHANGED_GOAL: Words(_("Changed a goal")),
        AuditCode.CHANGED_EPISODE: Words(_("Changed the episode of care")),
        AuditCode.RAISED_FLAG: Words(_("Raised a flag")),
        AuditCode.CLOSED_FLAG: Words(_("Closed a flag")),
        AuditCode.GAVE_CONSENT: Words(_("Gave or withdrew consent")),
    },
    FileKind: {
        FileKind.PHOTO: Words(_("Picture")),
        FileKind.CLIP: Words(pgettext_lazy("short film", "Clip")),
        FileKind.REPORT: Words(_("Report")),
    },
}

"""Codes about people and access. A stored code never changes meaning (docs/architecture.md, rule 20)."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person does in a clinic; one membership holds any set of them, rights are the union."""

    OWNER = "owner"
    THERAPIST = "therapist"
    THERAPIST_ASSISTANT = "therapist_assistant"
    STUDENT = "student"
    OFFICE = "office"


SUPERVISED_ROLES = frozenset({Role.THERAPIST_ASSISTANT, Role.STUDENT})
TREATING_ROLES = frozenset({Role.OWNER, Role.THERAPIST})
ADMINISTRATIVE_ROLES = frozenset({Role.OWNER, Role.OFFICE})
"""Who knows of every child of the clinic; of its record, another rule."""


class GrantKind(StrEnum):
    """What a caregiver may do for a child: a guardian decides, a caregiver logs."""

    GUARDIAN = "guardian"
    CAREGIVER = "caregiver"


class InvitationStanding(StrEnum):
    """How an invitation stands. Open and resting ones open now or will again, run out and unbacked ones once
    they are renewed, a draft once it is sent.
    """

    DRAFT = "draft"
    OPEN = "open"
    RESTING = "resting"
    EXPIRED = "expired"
    UNBACKED = "unbacked"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class SharingMode(StrEnum):
    """What one household sees of another's entries about the same child."""

    FULL = "full"
    ROLE_LABEL = "role_label"
    OWN_ONLY = "own_only"


class HomeWord(StrEnum):
    """Whose word it is where a child spends a day: a household's, of its own side, or the clinic's."""

    HOUSEHOLD = "household"
    CLINIC = "clinic"


class CareTeamKind(StrEnum):
    MEMBER = "member"
    LEAD = "lead"
    COVER = "cover"


class EpisodeState(StrEnum):
    REFERRED = "referred"
    WAITING = "waiting"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    DISCHARGED = "discharged"
    ARCHIVED = "archived"


OPEN_EPISODE_STATES = (
    EpisodeState.REFERRED,
    EpisodeState.WAITING,
    EpisodeState.ACTIVE,
    EpisodeState.ON_HOLD,
)


class DischargeReason(StrEnum):
    """Why an episode of care ended."""

    GOALS_MET = "goals_met"
    FAMILY_CHOICE = "family_choice"
    MOVED_AWAY = "moved_away"
    TRANSFERRED = "transferred"
    NO_CONTACT = "no_contact"
    AGED_OUT = "aged_out"
    FUNDING_ENDED = "funding_ended"
    DIED = "died"
    OTHER = "other"


class PrecautionSource(StrEnum):
    """Who told us about a precaution or an allergy."""

    THERAPIST = "therapist"
    GUARDIAN = "guardian"
    REFERRAL = "referral"


class ConsentKind(StrEnum):
    """What a guardian agrees to, item by item. Our own list; its wording is each clinic's."""

    RECORD = "record"
    SHARING = "sharing"
    MEDIA = "media"
    RESEARCH = "research"


class ConsentStanding(StrEnum):
    """How a child's guardians stand to an item together."""

    NOT_GIVEN = "not_given"
    WAITING = "waiting"
    """One agreed, and another's agreement is needed as well."""
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class StopSensitivity(StrEnum):
    """How many quiet signs together pause a massage (strokes.json, `stop_rule`)."""

    USUAL = "usual"
    GENTLE = "gentle"


class AuditCode(StrEnum):
    """What happened, for the audit. Reads are one row per actor, child, view and hour."""

    VIEWED_CHILD = "viewed_child"
    VIEWED_DIARY = "viewed_diary"
    VIEWED_PROGRAM = "viewed_program"
    VIEWED_MESSAGES = "viewed_messages"
    VIEWED_REPORT = "viewed_report"
    VIEWED_CASELOAD = "viewed_caseload"
    DOWNLOADED_REPORT = "downloaded_report"
    REFUSED = "refused"
    SIGNED_IN = "signed_in"
    FAILED_TO_SIGN_IN = "failed_to_sign_in"
    CHANGED_ACCOUNT = "changed_account"
    CREATED_CLINIC = "created_clinic"
    CHANGED_CLINIC = "changed_clinic"
    ADDED_STAFF = "added_staff"
    CHANGED_STAFF = "changed_staff"
    ENDED_STAFF = "ended_staff"
    ENROLLED_CHILD = "enrolled_child"
    CHANGED_CHILD = "changed_child"
    ARCHIVED_CHILD = "archived_child"
    CHANGED_HOUSEHOLD = "changed_household"
    CHANGED_HOMES = "changed_homes"
    CHANGED_ROUTINE = "changed_routine"
    CHANGED_REMINDERS = "changed_reminders"
    JOINED_CARE_TEAM = "joined_care_team"
    LEFT_CARE_TEAM = "left_care_team"
    CHANGED_CARE_TEAM = "changed_care_team"
    GRANTED_ACCESS = "granted_access"
    ENDED_ACCESS = "ended_access"
    DRAFTED_INVITATION = "drafted_invitation"
    INVITED = "invited"
    RENEWED_INVITATION = "renewed_invitation"
    REVOKED_INVITATION = "revoked_invitation"
    ACCEPTED_INVITATION = "accepted_invitation"
    GAVE_SIGN_IN_CODE = "gave_sign_in_code"
    USED_SIGN_IN_CODE = "used_sign_in_code"
    RECORDED_PRECAUTION = "recorded_precaution"
    CHANGED_PRECAUTION = "changed_precaution"
    PUBLISHED_PROGRAM = "published_program"
    PAUSED_PROGRAM = "paused_program"
    ENDED_PROGRAM = "ended_program"
    RECORDED_ENTRY = "recorded_entry"
    REVISED_ENTRY = "revised_entry"
    WITHDREW_ENTRY = "withdrew_entry"
    WROTE_NOTE = "wrote_note"
    SENT_MESSAGE = "sent_message"
    ASKED_REPORT = "asked_report"
    SIGNED_REPORT = "signed_report"
    ADDED_TO_REPORT = "added_to_report"
    SCHEDULED_REPORTS = "scheduled_reports"
    ENDED_REPORT_SCHEDULE = "ended_report_schedule"
    CHANGED_LIBRARY = "changed_library"
    ADOPTED_WORDING = "adopted_wording"
    CHANGED_GOAL = "changed_goal"
    CHANGED_EPISODE = "changed_episode"
    RAISED_FLAG = "raised_flag"
    CLOSED_FLAG = "closed_flag"
    ACKNOWLEDGED_FLAG = "acknowledged_flag"
    SNOOZED_FLAG = "snoozed_flag"
    ESCALATED_FLAG = "escalated_flag"
    CHANGED_FLAG_RULES = "changed_flag_rules"
    GAVE_CONSENT = "gave_consent"
    WITHDREW_CONSENT = "withdrew_consent"
    RECORDED_CONTACT = "recorded_contact"
    CHANGED_CONTACT = "changed_contact"
    VIEWED_CONTACTS = "viewed_contacts"
    EXPORTED_CASELOAD = "exported_caseload"
    EXPORTED_CONTACTS = "exported_contacts"
    EXPORTED_FIGURES = "exported_figures"
    ASKED_CLINIC_REPORT = "asked_clinic_report"
    SCHEDULED_OUTCOMES = "scheduled_outcomes"
    ENDED_OUTCOMES_SCHEDULE = "ended_outcomes_schedule"
    RECORDED_DEMONSTRATION = "recorded_demonstration"
    CHANGED_CLASS = "changed_class"
    CHANGED_ASK_PLAN = "changed_ask_plan"
    CHOSE_CHARTS = "chose_charts"
    CHECKED_IN = "checked_in"
    RAISED_CONCERN = "raised_concern"
    CHANGED_CONCERN_PLAN = "changed_concern_plan"
    VIEWED_CONCERNS = "viewed_concerns"
    VIEWED_PHOTO = "viewed_photo"
    KEPT_PHOTO = "kept_photo"
    EXCUSED_DAY = "excused_day"
    CHANGED_SIGNS = "changed_signs"
    CHANGED_STRATEGIES = "changed_strategies"
    CHANGED_WORDS = "changed_words"
    COSIGNED = "cosigned"
    RETURNED_DRAFT = "returned_draft"
    QUARANTINED_ENTRY = "quarantined_entry"
    DECIDED_QUARANTINED = "decided_quarantined"
    WROTE_SAFEGUARDING_NOTE = "wrote_safeguarding_note"
    VIEWED_SAFEGUARDING_NOTES = "viewed_safeguarding_notes"
    NAMED_SAFEGUARDING_LEAD = "named_safeguarding_lead"
    ASKED_TO_BE_ERASED = "asked_to_be_erased"
    CHANGED_ERASURE = "changed_erasure"
    ERASED = "erased"
    HELD_RECORD = "held_record"
    CHANGED_RETENTION = "changed_retention"
    BROKE_GLASS = "broke_glass"
    ENDED_GLASS = "ended_glass"
    REVIEWED_GLASS = "reviewed_glass"
    VIEWED_AUDIT = "viewed_audit"
    VERIFIED_AUDIT = "verified_audit"
    EXPORTED_AUDIT = "exported_audit"
    IMPORTED_CASELOAD = "imported_caseload"
    ASKED_EXPORT = "asked_export"
    EXPORTED_RECORD = "exported_record"
    EXPORTED_CLINIC = "exported_clinic"
    REPLAYED_REMINDERS = "replayed_reminders"


class FileKind(StrEnum):
    PHOTO = "photo"
    CLIP = "clip"
    REPORT = "report"
    RECORDING = "recording"
    ARCHIVE = "archive"

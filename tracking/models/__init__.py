"""The record: library, programs, entries, goals, messages, reports, reminders."""

from tracking.models.after_care import AfterCare
from tracking.models.asking import AskPlan
from tracking.models.bedtimes import Bedtime
from tracking.models.changes import Change, FeedEpoch, FeedMark
from tracking.models.charts import ChartChoice
from tracking.models.checkins import CheckIn
from tracking.models.classes import ClassDate, ClassPlace, GroupClass
from tracking.models.clinic_months import ClinicMonth
from tracking.models.clinic_reports import ClinicReport, ClinicReportKind, ListedChild, OutcomesSchedule
from tracking.models.concerns import Concern, ConcernPhoto, ConcernPlan, PhotoKeeping
from tracking.models.contacts import Contact, ContactPresence, ServiceLabel
from tracking.models.demonstrations import Demonstration
from tracking.models.entries import Entry, EntryDoor
from tracking.models.erasures import Erasure, ErasureRequest, RecordHold
from tracking.models.excused_days import ExcusedDay
from tracking.models.exports import CopyFor, ExportFormat, ExportState, RecordExport
from tracking.models.family_words import FamilyWords
from tracking.models.flag_settings import (
    ClinicClosure,
    ClinicHours,
    FlagResponse,
    FlagSwitch,
    FlagText,
    FlagThreshold,
    ReaderGap,
)
from tracking.models.flags import ChosenAdvice, Flag, FlagAcknowledgement, FlagEscalation, FlagSnooze
from tracking.models.goals import Assessment, Goal, GoalRating
from tracking.models.hand_offs import HandOffLook
from tracking.models.library import (
    Contraindication,
    HiddenLibraryItem,
    LibraryText,
    MediaState,
    Preset,
    PresetWords,
    Stroke,
    StrokeMedia,
    StrokeVersion,
    StrokeWords,
    WordingAdoption,
)
from tracking.models.making import ReportState
from tracking.models.notes import Message, Note, ThreadRead
from tracking.models.notices import Notice
from tracking.models.observations import StimulusDay, TactileObservation, TrackedStimulus
from tracking.models.programs import (
    ConflictAcknowledgement,
    HomeProgram,
    ProgramPause,
    ProgramSchedule,
    ProgramSlot,
    ProgramState,
    ProgramStep,
    ProgramVersion,
)
from tracking.models.providers import ProviderStanding
from tracking.models.quarantine import QuarantinedEntry
from tracking.models.reaching import CalendarFeed, PhoneNumber, PushSubscription, ReachWishes
from tracking.models.receipts import WriteReceipt
from tracking.models.reminders import (
    Channel,
    DeliveryState,
    ReminderDelivery,
    ReminderMute,
    ReminderOccurrence,
    ReminderRule,
    SuppressedBecause,
)
from tracking.models.report_schedules import ReportSchedule, ScheduleEnd
from tracking.models.reports import Report, ReportAddendum, ReportKind
from tracking.models.retention import RetentionPeriod, RetentionRun
from tracking.models.rollups import ClinicDay
from tracking.models.safeguarding import SafeguardingLead, SafeguardingNote
from tracking.models.sessions import ApartAnswer, MassageSession
from tracking.models.signs import ChildSign
from tracking.models.strategies import ChildStrategy, Strategy
from tracking.models.supervision import Cosigning
from tracking.models.supervision_log import Supervision

__all__ = [
    "AfterCare",
    "ApartAnswer",
    "AskPlan",
    "Assessment",
    "Bedtime",
    "CalendarFeed",
    "Change",
    "Channel",
    "ChartChoice",
    "CheckIn",
    "ChildSign",
    "ChildStrategy",
    "ChosenAdvice",
    "ClassDate",
    "ClassPlace",
    "ClinicClosure",
    "ClinicDay",
    "ClinicHours",
    "ClinicMonth",
    "ClinicReport",
    "ClinicReportKind",
    "Concern",
    "ConcernPhoto",
    "ConcernPlan",
    "ConflictAcknowledgement",
    "Contact",
    "ContactPresence",
    "Contraindication",
    "CopyFor",
    "Cosigning",
    "DeliveryState",
    "Demonstration",
    "Entry",
    "EntryDoor",
    "Erasure",
    "ErasureRequest",
    "ExcusedDay",
    "ExportFormat",
    "ExportState",
    "FamilyWords",
    "FeedEpoch",
    "FeedMark",
    "Flag",
    "FlagAcknowledgement",
    "FlagEscalation",
    "FlagResponse",
    "FlagSnooze",
    "FlagSwitch",
    "FlagText",
    "FlagThreshold",
    "Goal",
    "GoalRating",
    "GroupClass",
    "HandOffLook",
    "HiddenLibraryItem",
    "HomeProgram",
    "LibraryText",
    "ListedChild",
    "MassageSession",
    "MediaState",
    "Message",
    "Note",
    "Notice",
    "OutcomesSchedule",
    "PhoneNumber",
    "PhotoKeeping",
    "Preset",
    "PresetWords",
    "ProgramPause",
    "ProgramSchedule",
    "ProgramSlot",
    "ProgramState",
    "ProgramStep",
    "ProgramVersion",
    "ProviderStanding",
    "PushSubscription",
    "QuarantinedEntry",
    "ReachWishes",
    "ReaderGap",
    "RecordExport",
    "RecordHold",
    "ReminderDelivery",
    "ReminderMute",
    "ReminderOccurrence",
    "ReminderRule",
    "Report",
    "ReportAddendum",
    "ReportKind",
    "ReportSchedule",
    "ReportState",
    "RetentionPeriod",
    "RetentionRun",
    "SafeguardingLead",
    "SafeguardingNote",
    "ScheduleEnd",
    "ServiceLabel",
    "StimulusDay",
    "Strategy",
    "Stroke",
    "StrokeMedia",
    "StrokeVersion",
    "StrokeWords",
    "Supervision",
    "SuppressedBecause",
    "TactileObservation",
    "ThreadRead",
    "TrackedStimulus",
    "WordingAdoption",
    "WriteReceipt",
]

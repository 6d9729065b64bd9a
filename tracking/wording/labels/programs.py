"""Labels of programs, sessions, entries and standard instruments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracking.models import EntryDoor, ExportFormat, ExportState, MediaState, ProgramState, ReportState
from tracking.vocabulary.programs import (
    AmountKind,
    Anchor,
    ChangeKind,
    EntryFlag,
    EntrySource,
    EntryState,
    FrequencyPer,
    Instrument,
    PartOfDay,
    Phase,
    Precision,
    ProductKind,
    Provider,
    SessionOutcome,
    StepKind,
    Weekday,
)
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    Provider: {
        Provider.CAREGIVER: Words(_("At home, by the family"), _("Family")),
        Provider.THERAPIST: Words(_("By the therapist"), _("Therapist")),
    },
    FrequencyPer: {
        FrequencyPer.DAY: Words(_("times a day"), _("A day")),
        FrequencyPer.WEEK: Words(_("times a week"), _("A week")),
        FrequencyPer.NAMED_DAYS: Words(_("on named days"), _("Named days")),
    },
    Weekday: {
        Weekday.MONDAY: Words(_("Monday"), pgettext_lazy("weekday", "Mon")),
        Weekday.TUESDAY: Words(_("Tuesday"), pgettext_lazy("weekday", "Tue")),
        Weekday.WEDNESDAY: Words(_("Wednesday"), pgettext_lazy("weekday", "Wed")),
        Weekday.THURSDAY: Words(_("Thursday"), pgettext_lazy("weekday", "Thu")),
        Weekday.FRIDAY: Words(_("Friday"), pgettext_lazy("weekday", "Fri")),
        Weekday.SATURDAY: Words(_("Saturday"), pgettext_lazy("weekday", "Sat")),
        Weekday.SUNDAY: Words(_("Sunday"), pgettext_lazy("weekday", "Sun")),
    },
    AmountKind: {
        AmountKind.MINIMUM: Words(_("At least")),
        AmountKind.TARGET: Words(_("About")),
    },
    Anchor: {
        Anchor.AFTER_BATH: Words(_("After bath")),
        Anchor.BEFORE_BATH: Words(_("Before bath")),
        Anchor.BEDTIME: Words(_("At bedtime")),
        Anchor.AFTER_WAKING: Words(_("After waking up"), _("After waking")),
        Anchor.MORNING: Words(_("In the morning"), _("Morning")),
        Anchor.MIDDAY: Words(_("At midday"), _("Midday")),
        Anchor.AFTERNOON: Words(_("In the afternoon"), _("Afternoon")),
        Anchor.AFTER_NAP: Words(_("After a nap"), _("After nap")),
        Anchor.DIAPER_CHANGE: Words(_("At a diaper change"), _("Diaper change")),
        Anchor.BEFORE_DRESSING: Words(_("Before dressing")),
        Anchor.OTHER: Words(_("At another time"), _("Another time")),
    },
    StepKind: {
        StepKind.STROKE: Words(_("Stroke")),
        StepKind.BATH: Words(_("Bath")),
        StepKind.LOTION: Words(_("Putting lotion on"), _("Lotion")),
        StepKind.QUIET_ACTIVITY: Words(_("Quiet activity")),
        StepKind.STORY: Words(_("Bedtime story"), _("Story")),
        StepKind.SONG: Words(_("A song"), _("Song")),
        StepKind.LIGHTS_OUT: Words(_("Lights out")),
        StepKind.PASSIVE_MOVEMENT: Words(
            _("Moving arms and legs gently"), _("Gentle moves"), clinical=_("Passive movement")
        ),
        StepKind.OTHER: Words(_("Something else")),
    },
    Phase: {
        Phase.BASELINE: Words(_("Diary before the program"), _("Before"), clinical=_("Baseline")),
        Phase.PROGRAM: Words(_("Program")),
    },
    ChangeKind: {
        ChangeKind.FIRST: Words(_("First version"), _("First")),
        ChangeKind.CORRECTION: Words(_("Correction, the phase goes on"), _("Correction")),
        ChangeKind.CHANGE: Words(_("Change, a new phase begins"), _("Change")),
    },
    SessionOutcome: {
        SessionOutcome.DONE: Words(_("Done")),
        SessionOutcome.STOPPED: Words(_("Begun and stopped"), _("Stopped early")),
        SessionOutcome.DECLINED: Words(_("Offered, and my child said no"), _("Child said no")),
        SessionOutcome.NOT_TODAY: Words(_("Not today")),
    },
    Precision: {
        Precision.MINUTE: Words(_("At that time")),
        Precision.PART_OF_DAY: Words(_("In that part of the day"), _("Part of the day")),
        Precision.DAY: Words(_("Some time that day"), _("That day")),
    },
    PartOfDay: {
        PartOfDay.MORNING: Words(_("In the morning"), _("Morning")),
        PartOfDay.MIDDAY: Words(_("Around midday"), _("Midday")),
        PartOfDay.AFTERNOON: Words(_("In the afternoon"), _("Afternoon")),
        PartOfDay.EVENING: Words(_("In the evening"), _("Evening")),
        PartOfDay.NIGHT: Words(_("At night"), _("Night")),
    },
    EntrySource: {
        EntrySource.APP: Words(_("In the app or on the family pages"), _("App")),
        EntrySource.PAPER: Words(_("On paper"), _("Paper")),
        EntrySource.PHONE_CALL: Words(_("By phone"), _("Phone")),
        EntrySource.IN_PERSON: Words(_("In person"), _("In person")),
    },
    EntryState: {
        EntryState.RECORDED: Words(_("Recorded")),
        EntryState.WITHDRAWN: Words(_("Withdrawn")),
    },
    EntryFlag: {
        EntryFlag.NEEDS_REVIEW: Words(_("Please check"), clinical=_("Needs review")),
        EntryFlag.POSSIBLE_DUPLICATE: Words(_("May be logged twice"), clinical=_("Possible duplicate")),
        EntryFlag.CLOCK_OFF: Words(_("The phone’s clock was off"), clinical=_("Clock off")),
        EntryFlag.LOGGED_LATE: Words(_("Added later"), clinical=_("Logged more than 48 hours later")),
        EntryFlag.UNKNOWN_CODE: Words(_("Sent by a newer app"), clinical=_("Unknown code")),
        EntryFlag.CONTRA_CONFLICT: Words(
            _("There was a reason to wait"), clinical=_("While a precaution applied")
        ),
        EntryFlag.BEFORE_PROGRAM: Words(
            _("Before the program began"), clinical=_("Massage before the program (in the baseline)")
        ),
        EntryFlag.ADVICE_DIFFERS: Words(
            _("The phone advised something else"), clinical=_("Phone and server advised differently")
        ),
        EntryFlag.AFTER_DISCHARGE: Words(
            _("After care had ended"), clinical=_("Logged for a day after the discharge")
        ),
    },
    ProductKind: {
        ProductKind.NONE: Words(_("Nothing, dry hands"), _("None")),
        ProductKind.EMOLLIENT: Words(_("Emollient"), _("Emollient")),
        ProductKind.OIL: Words(_("Oil"), _("Oil")),
        ProductKind.OTHER: Words(_("Another product"), _("Another")),
    },
    Instrument: {
        Instrument.SP2_INFANT: Words(_("Sensory Profile 2, Infant")),
        Instrument.SP2_TODDLER: Words(_("Sensory Profile 2, Toddler")),
        Instrument.SP2_CHILD: Words(_("Sensory Profile 2, Child")),
        Instrument.SP2_SHORT: Words(_("Sensory Profile 2, Short")),
        Instrument.SP2_SCHOOL_COMPANION: Words(_("Sensory Profile 2, School Companion")),
        Instrument.ITSP_2002: Words(_("Infant/Toddler Sensory Profile (2002)")),
        Instrument.SPM_2: Words(_("Sensory Processing Measure 2"), _("SPM-2")),
        Instrument.TIE: Words(_("Touch Inventory for Elementary-School-Aged Children"), _("TIE")),
        Instrument.TSFI: Words(_("Test of Sensory Functions in Infants"), _("TSFI")),
        Instrument.SSC: Words(_("Sense and Self-Regulation Checklist"), _("SSC")),
        Instrument.COPM: Words(_("Canadian Occupational Performance Measure"), _("COPM")),
    },
    ProgramState: {
        ProgramState.DRAFT: Words(_("Draft")),
        ProgramState.ACTIVE: Words(pgettext_lazy("program", "Active")),
        ProgramState.ENDED: Words(pgettext_lazy("program", "Ended")),
    },
    EntryDoor: {
        EntryDoor.API: Words(_("From an app")),
        EntryDoor.FAMILY_PAGES: Words(_("On the family pages")),
        EntryDoor.CLINIC_PAGES: Words(_("By the clinic")),
        EntryDoor.SEED: Words(_("Example data")),
    },
    MediaState: {
        MediaState.WAITING: Words(_("Waiting to be made ready"), _("Waiting")),
        MediaState.WORKING: Words(_("Being made ready"), _("Working")),
        MediaState.READY: Words(_("Ready to be shown"), _("Ready")),
        MediaState.FAILED: Words(_("Could not be made ready"), _("Not possible")),
    },
    ReportState: {
        ReportState.ASKED: Words(_("Waiting to be made"), _("Waiting")),
        ReportState.WORKING: Words(_("Being made")),
        ReportState.READY: Words(pgettext_lazy("report", "Ready")),
        ReportState.FAILED: Words(_("Could not be made")),
    },
    ExportFormat: {
        ExportFormat.XLSX: Words(
            _("Excel workbook"), more=_("One file with a sheet for each table: easy to read.")
        ),
        ExportFormat.CSV: Words(
            _("CSV files"), more=_("A file for each table, which every spreadsheet opens.")
        ),
        ExportFormat.JSON: Words(_("JSON files"), more=_("For another program to read.")),
    },
    ExportState: {
        ExportState.ASKED: Words(_("Waiting to be made"), _("Waiting")),
        ExportState.WORKING: Words(_("Being made")),
        ExportState.READY: Words(pgettext_lazy("copy", "Ready")),
        ExportState.FAILED: Words(_("Could not be made")),
        ExportState.EXPIRED: Words(_("Kept no longer")),
    },
}

"""What reports and copies are for, and why no more are made."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.models import ClinicReportKind, CopyFor, ReportKind, ScheduleEnd
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    ReportKind: {
        ReportKind.PROGRESS: Words(
            _("Progress report"),
            more=_("What was offered and what changed alongside, in words and charts. Signed."),
        ),
        ReportKind.PARENT: Words(
            _("Report for the family"), more=_("The same in plain words, in the family’s language. Signed.")
        ),
        ReportKind.LETTER: Words(
            _("Letter to a professional"), more=_("One page, with your question first. Signed.")
        ),
        ReportKind.HANDOUT: Words(
            _("Program to take home"), more=_("Each stroke with words to say, and the child’s own signs.")
        ),
        ReportKind.PAPER_WEEK: Words(_("A week on paper"), more=_("To be filled in by hand.")),
        ReportKind.SLEEP_PROTOCOL: Words(_("Sleep protocol"), more=_("Fourteen nights, as they were told.")),
        ReportKind.VISIT: Words(_("For the next visit"), more=_("What happened since the last one.")),
    },
    ClinicReportKind: {
        ClinicReportKind.OUTCOMES: Words(
            _("Outcomes of the clinic"), more=_("A month in counts of children, never of fewer than five.")
        ),
        ClinicReportKind.CASELOAD: Words(
            _("Caseload"), more=_("The children you treat, as a list. For you alone, and for a week.")
        ),
    },
    ScheduleEnd: {
        ScheduleEnd.BY_HAND: Words(_("Ended by hand")),
        ScheduleEnd.CARE_ENDED: Words(_("Care had ended")),
        ScheduleEnd.ACCESS_ENDED: Words(_("The therapist was no longer on the team")),
    },
    CopyFor: {
        CopyFor.FAMILY: Words(_("The family’s copy")),
        CopyFor.CLINIC: Words(_("The clinic’s copy")),
    },
}

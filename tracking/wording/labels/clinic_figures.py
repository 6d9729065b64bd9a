"""Labels of clinic figures and their groups, for owners and therapists."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.clinic_figures import AdherenceBand, DoseBand, Stage, Standing
from tracking.vocabulary.rollups import DayCount
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    DayCount: {
        DayCount.DONE: Words(_("Massages done")),
        DayCount.STOPPED: Words(_("Massages stopped early")),
        DayCount.DECLINED: Words(_("Massages the child declined")),
        DayCount.NOT_TODAY: Words(_("Answers “not today”")),
        DayCount.BEDTIME: Words(_("Evenings told")),
        DayCount.OBSERVATION: Words(_("Touches told")),
    },
    Stage: {
        Stage.INVITED: Words(_("A family was invited")),
        Stage.JOINED: Words(_("Somebody joined")),
        Stage.FIRST_ENTRY: Words(_("A first entry was made")),
        Stage.ACTIVE: Words(_("An entry in the last fourteen days")),
    },
    Standing: {
        Standing.AS_WISHED: Words(_("Changed alongside, as hoped for")),
        Standing.NO_CLEAR_CHANGE: Words(_("No clear change")),
        Standing.OTHERWISE: Words(_("Changed alongside, the other way")),
        Standing.TOO_FEW: Words(_("Too little told to judge")),
        Standing.WITHHELD: Words(_("Not judged: the record does not allow it")),
        Standing.NOTHING_NAMED: Words(_("No goal measured by the diary")),
    },
    AdherenceBand: {
        AdherenceBand.UNDER_25: Words(_("Less than a quarter")),
        AdherenceBand.UNDER_50: Words(_("A quarter to a half")),
        AdherenceBand.UNDER_75: Words(_("A half to three quarters")),
        AdherenceBand.FROM_75: Words(_("Three quarters or more")),
        AdherenceBand.NOTHING_ASKED: Words(_("Nothing asked for")),
    },
    DoseBand: {
        DoseBand.NONE: Words(_("None told")),
        DoseBand.UNDER_30: Words(_("Under 30 minutes")),
        DoseBand.UNDER_60: Words(_("30 to 59 minutes")),
        DoseBand.UNDER_120: Words(_("60 to 119 minutes")),
        DoseBand.FROM_120: Words(_("120 minutes or more")),
        DoseBand.NOT_TIMED: Words(_("Some not timed")),
    },
}

"""Series, their wished directions, and what a day of a program was."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.outcomes import (
    Caution,
    DayState,
    Direction,
    Finding,
    Judgement,
    JudgementReason,
    Outcome,
    WithheldBecause,
)
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    Outcome: {
        Outcome.SLEEP_LATENCY: Words(
            _("Minutes to fall asleep"), _("Falling asleep"), _("Sleep onset latency")
        ),
        Outcome.BEDTIME_RESISTANCE: Words(_("How hard going to bed was"), _("Going to bed")),
        Outcome.TOUCH_INTENSITY: Words(
            _("How strong the answer to touch was"), _("Touch"), _("Tactile intensity")
        ),
        Outcome.TOUCH_WEEKLY: Words(
            _("How strong the answer to touch was, median of each week"), _("Touch, by the week")
        ),
        Outcome.TOUCH_PER_OPPORTUNITY: Words(
            _("How often a touch bothered, of the days it came up"), _("Touch, of times it came up")
        ),
        Outcome.RECOVERY_MINUTES: Words(_("Minutes until settled again"), _("Settling")),
        Outcome.TARGET_STATE: Words(_("Massages that ended as wished"), _("Ended as wished")),
        Outcome.OWN_REQUESTS: Words(_("Massages in which the child asked for more"), _("Asking for more")),
    },
    Direction: {
        Direction.DECREASE: Words(_("less is better")),
        Direction.INCREASE: Words(_("more is better")),
    },
    Judgement: {
        Judgement.REFUSED: Words(_("nothing can be said yet")),
        Judgement.TOO_FEW: Words(_("too few to judge")),
        Judgement.OK: Words(_("enough to look at")),
    },
    JudgementReason: {
        JudgementReason.FEWER_THAN_THREE: Words(
            _("before or since the program began, fewer than three times were recorded")
        ),
        JudgementReason.FEWER_THAN_FIVE: Words(
            _("before or since the program began, fewer than five times were recorded")
        ),
        JudgementReason.OFTEN_STILL_AWAKE: Words(
            _("on more than one in four nights nobody saw when your child fell asleep")
        ),
        JudgementReason.ENOUGH: Words(_("five or more times were recorded before and since")),
    },
    WithheldBecause: {
        WithheldBecause.NOT_BEGUN: Words(_("the program has not begun")),
        WithheldBecause.NO_BASELINE: Words(_("no diary was asked for before the program began")),
        WithheldBecause.ANOTHER_TELLER: Words(_("others told before and since the program began")),
        WithheldBecause.HALF_MISSING: Words(
            _("before or since the program began, there is no record for more than half of the days")
        ),
        WithheldBecause.UNEVENLY_TOLD: Words(
            _("the diary was kept much more often in one of the two than in the other")
        ),
        WithheldBecause.FEW_DAYS: Words(_("everything before or since the program is of one or two days")),
    },
    Finding: {
        Finding.AS_WISHED: Words(_("changed alongside, as wished")),
        Finding.OTHERWISE: Words(_("changed alongside, otherwise than wished")),
        Finding.NO_CLEAR_CHANGE: Words(_("no clear change")),
    },
    Caution: {
        Caution.ALREADY_CHANGING: Words(_("was already changing before the program")),
        Caution.ALIKE_DAYS: Words(_("days in a row are alike")),
        Caution.LOOK_BACK: Words(_("chosen after the program began")),
        Caution.ILLNESS_MATTERS: Words(_("another without illness and travel")),
        Caution.FEW_WITHOUT_ILLNESS: Words(_("too few left without illness and travel")),
        Caution.ONE_TELLER_OF_SEVERAL: Words(_("one of several who told")),
    },
    DayState: {
        DayState.DONE: Words(_("done")),
        DayState.STOPPED: Words(_("offered, stopped early")),
        DayState.DECLINED: Words(_("offered, child declined")),
        DayState.NOT_TODAY: Words(_("not today")),
        DayState.NO_RECORD: Words(_("no record")),
        DayState.PAUSED: Words(_("paused")),
        DayState.EXCUSED: Words(_("excused: nobody there had been shown how")),
        DayState.NOT_PRESCRIBED: Words(_("not prescribed")),
    },
}

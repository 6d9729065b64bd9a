"""Series, their wished directions, and what a day of a program was."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.outcomes import DayState, Direction, Judgement, JudgementReason, Outcome
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    Outcome: {
        Outcome.SLEEP_LATENCY: Words(
            _("Minutes to fall asleep"), _("Falling asleep"), _("Sleep onset latency")
        ),
        Outcome.TOUCH_INTENSITY: Words(
            _("How strong the answer to touch was"), _("Touch"), _("Tactile intensity")
        ),
        Outcome.TOUCH_PER_OPPORTUNITY: Words(
            _("How often a touch bothered, of the days it came up"), _("Touch, of times it came up")
        ),
        Outcome.RECOVERY_MINUTES: Words(_("Minutes until settled again"), _("Settling")),
        Outcome.TARGET_STATE: Words(_("Massages that ended as wished"), _("Ended as wished")),
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
    DayState: {
        DayState.DONE: Words(_("done")),
        DayState.STOPPED: Words(_("offered, stopped early")),
        DayState.DECLINED: Words(_("offered, child declined")),
        DayState.NOT_TODAY: Words(_("not today")),
        DayState.NO_RECORD: Words(_("no record")),
        DayState.PAUSED: Words(_("paused")),
        DayState.EXCUSED: Words(_("excused: nobody there had been shown")),
        DayState.NOT_PRESCRIBED: Words(_("not prescribed")),
    },
}

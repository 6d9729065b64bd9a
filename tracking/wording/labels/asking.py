"""Labels of what a family can be asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.asking import HowItWas, HowSure, Question
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    Question: {
        Question.STATE_BEFORE: Words(_("How the child is before a massage"), _("Before a massage")),
        Question.STATE_AFTER: Words(_("How the child is after a massage"), _("After a massage")),
        Question.CUES: Words(
            _("What you see during a massage"), _("Signs"), more=_("More, please, or enough")
        ),
        Question.BEDTIME: Words(_("Bedtime"), more=_("Two taps: in bed, and asleep")),
        Question.TOUCH: Words(
            _("Touch moments"), more=_("One that bothered the child, or came up and was fine")
        ),
        Question.CHECK_IN: Words(
            _("How it was for you"),
            clinical=_("Weekly check-in"),
            more=_("Once a week, two taps, read by the care team alone"),
        ),
    },
    HowItWas: {
        HowItWas.EASY: Words(_("Easy")),
        HowItWas.MOSTLY_FINE: Words(_("Mostly fine")),
        HowItWas.MIXED: Words(_("Up and down")),
        HowItWas.HARD: Words(_("Hard")),
        HowItWas.TOO_MUCH: Words(_("Too much")),
    },
    HowSure: {
        HowSure.NOT_AT_ALL: Words(_("Not sure at all"), _("Not at all")),
        HowSure.A_LITTLE: Words(_("A little sure"), _("A little")),
        HowSure.HALFWAY: Words(_("Halfway")),
        HowSure.SURE: Words(_("Sure")),
        HowSure.VERY_SURE: Words(_("Very sure")),
    },
}

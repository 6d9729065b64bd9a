"""Labels of what flags ask for, who reads them, and how they end."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.flags import CloseHow, EscalationBecause, FlagAsk, ReaderKind
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    FlagAsk: {
        FlagAsk.LOOK_NOW: Words(
            _("Look at it as soon as you can: the family was told to get help."), _("Look now")
        ),
        FlagAsk.LOOK_WHEN_LISTED: Words(_("Look at it when you go through the list."), _("Look through")),
        FlagAsk.REVIEW_PRODUCT: Words(
            _("The product is put away until you have reviewed it: close the flag when you have."),
            _("Review the product"),
        ),
        FlagAsk.REVIEW_PLAN: Words(
            _("Review the plan: shorter, fewer strokes, still touch."), _("Review the plan")
        ),
        FlagAsk.ASK_ABOUT_REGION: Words(
            _("Ask about touch and about pain in this part of the body."), _("Ask about touch and pain")
        ),
        FlagAsk.MEDICAL_CHECK: Words(
            _("See that the child is examined; think of safeguarding."), _("Have it examined")
        ),
        FlagAsk.REVIEW_TOUCH: Words(_("Review what touch is asked of the child."), _("Review touch")),
        FlagAsk.CONTACT_SAME_DAY: Words(_("Speak with the family the same day."), _("Speak today")),
        FlagAsk.FEEDING_REFERRAL: Words(_("Think of a referral about feeding."), _("Refer about feeding")),
        FlagAsk.ADJUST_TIMING: Words(
            _("Move the massage to another time of the evening."), _("Adjust the time")
        ),
        FlagAsk.CALL: Words(_("Call the family; a logged call settles it."), _("Call")),
        FlagAsk.SIMPLIFY_PLAN: Words(_("Make the plan simpler."), _("Simplify")),
        FlagAsk.CALL_SAME_DAY: Words(_("Call the caregiver the same day."), _("Call today")),
    },
    ReaderKind: {
        ReaderKind.CARE_TEAM: Words(_("The care team, its lead first"), _("Care team")),
        ReaderKind.COVER: Words(_("Whoever covers for them"), _("Cover")),
        ReaderKind.OWNER: Words(_("An owner of the clinic"), _("Owner")),
    },
    CloseHow: {
        CloseHow.BY_HAND: Words(_("Closed by a person")),
        CloseHow.BY_CONTACT: Words(_("Settled by a logged call")),
    },
    EscalationBecause: {EscalationBecause.UNREAD: Words(_("Nobody had looked at it in time"))},
}

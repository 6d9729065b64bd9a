"""Labels of what waits for a signature."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.supervision import DraftKind
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    DraftKind: {
        DraftKind.NOTE: Words(_("Shared note"), _("Note")),
        DraftKind.GOAL: Words(_("Goal")),
        DraftKind.PRECAUTION: Words(_("Precaution")),
        DraftKind.CONTACT: Words(_("Visit or call"), _("Contact")),
        DraftKind.DEMONSTRATION: Words(_("What was shown"), _("Demonstration")),
        DraftKind.ASK_PLAN: Words(_("What the family is asked"), _("Questions")),
        DraftKind.TOUCH: Words(_("A touch the family is asked about"), _("Touch")),
        DraftKind.SIGN: Words(_("A sign of the child’s own"), _("Sign")),
        DraftKind.STRATEGY: Words(_("What makes a touch easier"), _("Strategy")),
        DraftKind.ASSESSMENT: Words(_("Totals of an instrument"), _("Totals")),
    },
}

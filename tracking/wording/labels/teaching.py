"""Labels of what caregivers are shown, and how far they are with it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.teaching import ShownWith, TaughtLevel, Teachable
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    Teachable: {
        Teachable.STROKE: Words(_("One stroke"), _("Stroke")),
        Teachable.ROUTINE: Words(_("The whole routine")),
        Teachable.CUE_READING: Words(_("Reading the child’s signs"), _("Signs")),
        Teachable.STOP_RULE: Words(_("When to stop")),
    },
    ShownWith: {
        ShownWith.CHILD: Words(_("On the child"), _("Child")),
        ShownWith.DOLL: Words(_("On a doll"), _("Doll")),
        ShownWith.VIDEO: Words(_("By video"), _("Video")),
    },
    TaughtLevel: {
        TaughtLevel.SHOWN: Words(_("Shown")),
        TaughtLevel.WITH_HELP: Words(_("With help")),
        TaughtLevel.ALONE: Words(_("Alone")),
        TaughtLevel.AGAIN: Words(_("To be shown again"), _("Again")),
    },
}

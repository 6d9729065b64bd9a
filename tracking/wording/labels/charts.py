"""Labels of the optional charts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.charts import ChosenChart
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    ChosenChart: {
        ChosenChart.BODY_MAP: Words(
            _("Where on the body"),
            more=_("In how many massages each part was done, and where the child had had enough."),
        ),
        ChosenChart.STATE_FLOW: Words(
            _("Before and after a massage"),
            more=_("From which state to which, in how many massages."),
        ),
        ChosenChart.CUE_BALANCE: Words(
            _("Cues for more and for enough"),
            more=_("How often each kind was noted, week by week."),
        ),
        ChosenChart.TOUCH_MAP: Words(
            _("Touch by touch, week by week"),
            more=_("How strongly each touch was answered, and how often that was told."),
        ),
        ChosenChart.GOAL_LADDER: Words(
            _("Goals on their ladders"),
            more=_("The level of each goal over time."),
        ),
    },
}

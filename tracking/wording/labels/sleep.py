"""Labels about falling asleep."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracking.vocabulary.sleep import (
    BedtimeResistance,
    LatencyLabel,
    SleepAccuracy,
    SleepConfounder,
    SleepLocation,
    SleepMethod,
)
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    SleepMethod: {
        SleepMethod.ALONE: Words(_("Alone")),
        SleepMethod.PARENT_PRESENT: Words(_("With somebody in the room"), _("With somebody there")),
        SleepMethod.HELD: Words(_("Held")),
        SleepMethod.FED: Words(_("While feeding"), _("Feeding")),
        SleepMethod.ROCKED: Words(_("Rocked")),
    },
    SleepLocation: {
        SleepLocation.OWN_ROOM: Words(_("Own bed, own room"), _("Own room")),
        SleepLocation.PARENTS_ROOM: Words(_("Own bed, parents’ room"), _("Parents’ room")),
        SleepLocation.SIBLINGS_ROOM: Words(_("Own bed, room shared with a sibling"), _("Sibling’s room")),
        SleepLocation.PARENTS_BED: Words(_("Parents’ bed")),
        SleepLocation.CAR_OR_STROLLER: Words(_("Car or stroller")),
        SleepLocation.OTHER: Words(_("Somewhere else")),
    },
    SleepConfounder: {
        SleepConfounder.ILL: Words(_("Ill")),
        SleepConfounder.TRAVEL: Words(_("Travel")),
        SleepConfounder.TEETHING: Words(_("Teething")),
        SleepConfounder.LATE_NAP: Words(_("A late nap"), _("Late nap")),
        SleepConfounder.SCREEN: Words(_("Screen time shortly before"), _("Screen")),
        SleepConfounder.REFLUX: Words(_("Reflux")),
        SleepConfounder.ITCH: Words(_("Itching"), _("Itch")),
        SleepConfounder.SNORING: Words(_("Snoring")),
        SleepConfounder.MEDICINE: Words(_("Melatonin or another medicine"), _("Medicine")),
        SleepConfounder.MEDICINE_CHANGE: Words(_("A change of medicine"), _("Medicine changed")),
    },
    SleepAccuracy: {
        SleepAccuracy.WATCHED: Words(_("I watched"), _("Watched")),
        SleepAccuracy.MONITOR: Words(_("By the monitor"), _("Monitor")),
        SleepAccuracy.GUESS: Words(_("A guess"), _("Guess")),
    },
    BedtimeResistance: {
        BedtimeResistance.NONE: Words(_("None"), more=_("Went to bed without a word")),
        BedtimeResistance.A_LITTLE: Words(_("A little"), more=_("One call, or a short protest")),
        BedtimeResistance.SOME: Words(_("Some"), more=_("Called or got up a few times")),
        BedtimeResistance.A_LOT: Words(_("A lot"), more=_("Long stalling or crying")),
        BedtimeResistance.EXTREME: Words(
            pgettext_lazy("how strongly a child answered", "Extreme"),
            more=_("A struggle for most of the evening"),
        ),
    },
    LatencyLabel: {
        LatencyLabel.USUAL: Words(_("Usual for the age"), _("Usual")),
        LatencyLabel.LONGER: Words(_("Longer than usual"), _("Longer")),
        LatencyLabel.LONG: Words(pgettext_lazy("time to fall asleep", "Long")),
    },
}

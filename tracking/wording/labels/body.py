"""Labels of body regions, sides, pressure and contact."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracking.vocabulary.body import BodyRegion, Contact, ObservationRegion, Pressure, SecondsBasis, Side
from tracking.wording.labels.words import Table, Words

_REGIONS = {
    "whole_body": Words(_("Whole body")),
    "legs": Words(_("Legs")),
    "feet": Words(_("Feet")),
    "tummy": Words(_("Tummy")),
    "chest": Words(_("Chest")),
    "arms": Words(_("Arms")),
    "hands": Words(_("Hands")),
    "face": Words(_("Face")),
    "back": Words(pgettext_lazy("part of the body", "Back")),
    "head_hair": Words(_("Head and hair")),
    "mouth": Words(_("Mouth")),
    "neck": Words(_("Neck")),
}

TABLE: Table = {
    BodyRegion: {region: _REGIONS[region.value] for region in BodyRegion},
    ObservationRegion: {region: _REGIONS[region.value] for region in ObservationRegion},
    Side: {
        Side.LEFT: Words(pgettext_lazy("side", "Left")),
        Side.RIGHT: Words(pgettext_lazy("side", "Right")),
        Side.BOTH: Words(_("Both sides")),
    },
    SecondsBasis: {
        SecondsBasis.TOTAL: Words(_("in all")),
        SecondsBasis.PER_SIDE: Words(_("each side")),
    },
    Pressure: {
        Pressure.STILL_TOUCH: Words(_("Still touch")),
        Pressure.MODERATE: Words(_("Moderate pressure"), _("Moderate")),
        Pressure.FIRM: Words(_("Firm pressure"), _("Firm")),
        Pressure.DEEP: Words(_("Deep pressure"), _("Deep")),
    },
    Contact: {
        Contact.THROUGH_CLOTHES: Words(_("Through clothes")),
        Contact.DRY_SKIN: Words(_("On the skin, with dry hands"), _("Dry hands")),
        Contact.SKIN: Words(_("On the skin, with the product"), _("On the skin")),
    },
}

"""Concerns families raise, flags the record raises (domain, J), and what became of reminders."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.models import Channel, DeliveryState, SuppressedBecause
from tracking.vocabulary.concerns import ConcernKind, FlagCode, Severity, TemperatureSite, TemperatureUnit
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    ConcernKind: {
        ConcernKind.TEMPERATURE: Words(_("Temperature")),
        ConcernKind.SKIN_REACTION: Words(_("New redness, itch or rash"), _("Skin reaction")),
        ConcernKind.BRUISE_OR_SWELLING: Words(_("A bruise or swelling"), _("Bruise, swelling")),
        ConcernKind.COLOUR_BREATHING: Words(
            _("Blue, gray or very pale, limp, or trouble breathing"), _("Color, breathing")
        ),
        ConcernKind.SEIZURE_LIKE_EVENT: Words(_("Something like a seizure"), _("Like a seizure")),
        ConcernKind.LIMB_NOT_MOVED: Words(_("An arm or leg is not moved"), _("Limb not moved")),
        ConcernKind.FEEDING: Words(_("Feeding or weight"), _("Feeding")),
        ConcernKind.LOST_SKILL: Words(_("Something my child could do and no longer does"), _("Lost skill")),
        ConcernKind.PARENT_STRAIN: Words(_("It is getting too much for me"), _("Too much for me")),
        ConcernKind.OTHER: Words(_("Something else")),
    },
    TemperatureUnit: {
        TemperatureUnit.CELSIUS: Words(_("degrees Celsius"), _("°C")),
        TemperatureUnit.FAHRENHEIT: Words(_("degrees Fahrenheit"), _("°F")),
    },
    TemperatureSite: {
        TemperatureSite.ARMPIT: Words(_("Armpit")),
        TemperatureSite.EAR: Words(_("Ear")),
        TemperatureSite.FOREHEAD: Words(_("Forehead")),
        TemperatureSite.MOUTH: Words(_("Mouth")),
        TemperatureSite.RECTUM: Words(_("Rectum")),
        TemperatureSite.NOT_KNOWN: Words(_("Not known")),
    },
    FlagCode: {
        FlagCode.FEVER_YOUNG: Words(_("Fever under 3 months")),
        FlagCode.FEVER_3_6: Words(_("High fever at 3 to 6 months")),
        FlagCode.FEVER_ANY: Words(_("Fever")),
        FlagCode.SKIN_REACTION: Words(_("Skin reaction after a massage"), _("Skin reaction")),
        FlagCode.DISTRESS_RUN: Words(_("Several massages in a row ended in distress"), _("Distress")),
        FlagCode.DISTRESS_REGION: Words(
            _("The same part of the body was refused repeatedly"), _("One region")
        ),
        FlagCode.PAIN_OR_SWELLING: Words(
            _("Pain, swelling, bruise or a limb not moved"), _("Pain, swelling")
        ),
        FlagCode.COLOUR_BREATHING: Words(_("Color or breathing"), _("Color, breathing")),
        FlagCode.SEIZURE: Words(_("Something like a seizure"), _("Seizure")),
        FlagCode.TACTILE_REGRESSION: Words(_("Touch bothers the child more than before"), _("Touch")),
        FlagCode.SKILL_LOSS: Words(_("A skill was lost"), _("Lost skill")),
        FlagCode.FEEDING_WEIGHT: Words(_("Feeding or weight"), _("Feeding")),
        FlagCode.SLEEP_WORSE: Words(_("Falling asleep takes longer than before"), _("Sleep")),
        FlagCode.NO_LOGS: Words(_("No entries for some days"), _("No entries")),
        FlagCode.LOW_DOSE: Words(
            _("Offered less than half as often as planned, two weeks in a row"), _("Dose")
        ),
        FlagCode.PARENT_STRAIN: Words(_("A caregiver is under strain"), _("Strain")),
        FlagCode.CONTRA_CONFLICT: Words(_("Massaged while a precaution applied"), _("Precaution")),
    },
    Severity: {
        Severity.EMERGENCY: Words(_("Emergency")),
        Severity.URGENT: Words(_("Urgent")),
        Severity.PAUSE: Words(_("Pause massage"), _("Pause")),
        Severity.REVIEW: Words(_("Review")),
        Severity.FOLLOW_UP: Words(_("Follow up")),
    },
    Channel: {Channel.EMAIL: Words(_("E-mail"))},
    DeliveryState: {
        DeliveryState.DUE: Words(_("Due")),
        DeliveryState.LEASED: Words(_("Being sent")),
        DeliveryState.RETRY: Words(_("Will be tried again")),
        DeliveryState.SENT: Words(_("Sent")),
        DeliveryState.MERGED: Words(_("Sent together with another")),
        DeliveryState.SUPPRESSED: Words(_("Not needed")),
        DeliveryState.QUIET: Words(_("Kept back in quiet hours")),
        DeliveryState.EXPIRED: Words(_("Its time had passed")),
        DeliveryState.UNKNOWN: Words(_("Not known whether it arrived")),
        DeliveryState.DEAD: Words(_("Could not be delivered")),
    },
    SuppressedBecause: {
        SuppressedBecause.LOGGED: Words(_("Already logged")),
        SuppressedBecause.REVOKED: Words(_("Access has ended")),
        SuppressedBecause.PAUSED: Words(_("The program is paused")),
        SuppressedBecause.HOSPITAL: Words(_("The child is in hospital")),
        SuppressedBecause.DIED: Words(_("The child has died")),
        SuppressedBecause.MUTED: Words(_("Muted")),
        SuppressedBecause.ENDED: Words(_("The program has ended")),
        SuppressedBecause.OTHER_HOME: Words(_("The child is at the other home")),
        SuppressedBecause.BACKED_OFF: Words(_("Reminded less often, as earlier ones were not needed")),
    },
}

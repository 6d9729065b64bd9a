"""Labels of concerns and flags."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.concerns import (
    AdviceLevel,
    ConcernAnswer,
    ConcernKind,
    ConcernQuestion,
    FlagCode,
    Severity,
    TemperatureSite,
    TemperatureUnit,
)
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    ConcernKind: {
        ConcernKind.TEMPERATURE: Words(_("Temperature"), more=_("measured, or my child feels hot")),
        ConcernKind.SKIN_REACTION: Words(_("New redness, itch or rash"), _("Skin reaction")),
        ConcernKind.BRUISE_OR_SWELLING: Words(_("A bruise or swelling"), _("Bruise, swelling")),
        ConcernKind.COLOUR_BREATHING: Words(
            _("Blue, gray or very pale, limp, choking, or trouble breathing"), _("Color, breathing")
        ),
        ConcernKind.SEIZURE_LIKE_EVENT: Words(_("Something like a seizure"), _("Like a seizure")),
        ConcernKind.PAIN_OR_LIMP: Words(_("Pain, or a limp"), more=_("it hurts, or my child walks oddly")),
        ConcernKind.LIMB_NOT_MOVED: Words(_("An arm or leg is not moved"), _("Limb not moved")),
        ConcernKind.FEEDING: Words(
            _("Feeding or weight"), _("Feeding"), more=_("eats less, gags, loses weight, vomits")
        ),
        ConcernKind.LOST_SKILL: Words(_("Something my child could do and no longer does"), _("Lost skill")),
        ConcernKind.PARENT_STRAIN: Words(_("It is getting too much for me"), _("Too much for me")),
        ConcernKind.OTHER: Words(_("Something else")),
    },
    ConcernQuestion: {
        ConcernQuestion.LOOKS_UNWELL: Words(_("Does your child look unwell to you?"), _("Looks unwell")),
        ConcernQuestion.FACE_SWELLING: Words(
            _("Is the face, the lips or the tongue swollen?"), _("Swelling of the face")
        ),
        ConcernQuestion.TROUBLE_BREATHING: Words(_("Is breathing hard or noisy?"), _("Trouble breathing")),
        ConcernQuestion.AFTER_MASSAGE: Words(
            _("Did it come after a massage or something new on the skin?"), _("After a massage")
        ),
        ConcernQuestion.MOVES_ABOUT: Words(
            _("Does your child crawl, cruise or walk already?"), _("Moves about")
        ),
        ConcernQuestion.IS_UNEXPLAINED: Words(
            _("Is it unclear how this happened?"), _("Unclear how it happened")
        ),
        ConcernQuestion.CHOKED: Words(
            _("Did your child choke, or fight for air?"), _("Choked, or fought for air")
        ),
        ConcernQuestion.ONLY_VOMITED: Words(
            _("Did your child vomit, and is well otherwise?"), _("Vomited, well otherwise")
        ),
    },
    ConcernAnswer: {
        ConcernAnswer.YES: Words(_("Yes")),
        ConcernAnswer.NO: Words(_("No")),
        ConcernAnswer.NOT_KNOWN: Words(_("I do not know")),
    },
    AdviceLevel: {
        AdviceLevel.EMERGENCY: Words(_("Emergency help now")),
        AdviceLevel.URGENT: Words(_("Medical advice now")),
        AdviceLevel.TODAY: Words(_("Looked at today, and call us")),
        AdviceLevel.PAUSE: Words(_("No massage for now")),
        AdviceLevel.NOTE: Words(_("Told to the care team")),
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
}

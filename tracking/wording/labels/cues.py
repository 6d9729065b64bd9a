"""Labels of cues, in a parent's wording."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.cues import (
    Cue,
    CueFamily,
    CueMoment,
    CueStrength,
    GentleBecause,
    SignMeaning,
    StopAdvice,
)
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    CueFamily: {
        CueFamily.ENGAGEMENT: Words(_("More, please"), clinical=_("Engagement cues")),
        CueFamily.DISENGAGEMENT: Words(_("I need a break"), clinical=_("Disengagement cues")),
    },
    CueStrength: {
        CueStrength.POTENT: Words(_("Clear sign"), clinical=_("Potent")),
        CueStrength.SUBTLE: Words(_("Quiet sign"), clinical=_("Subtle")),
    },
    CueMoment: {
        CueMoment.DURING: Words(_("During the massage"), _("During")),
        CueMoment.AFTER: Words(_("Remembered afterwards"), _("Afterwards")),
    },
    Cue: {
        Cue.LOOKS_AT_FACE: Words(_("Looks at your face"), _("Looks at me")),
        Cue.SMILES: Words(_("Smiles")),
        Cue.COOS: Words(_("Coos, babbles, giggles or talks"), _("Coos, babbles")),
        Cue.REACHES: Words(_("Reaches for you"), _("Reaches for me")),
        Cue.TURNS_TO_YOU: Words(_("Turns the head to you"), _("Turns to me")),
        Cue.OFFERS_NEXT_LIMB: Words(_("Offers the next foot or hand"), _("Offers next foot")),
        Cue.MOVES_SMOOTHLY: Words(_("Smooth, rhythmic movements"), _("Moves smoothly")),
        Cue.ASKS_FOR_MORE: Words(_("Says or signs “more”"), _("Asks for more")),
        Cue.BROWS_UP: Words(_("Brows up, eyes wide"), _("Eyes wide")),
        Cue.FACE_BRIGHTENS: Words(_("Face brightens")),
        Cue.HANDS_OPEN: Words(_("Hands open")),
        Cue.STILLS: Words(_("Goes quiet and still to attend"), _("Goes still, attends")),
        Cue.SOFTENS: Words(_("Body softens")),
        Cue.LIFTS_HEAD: Words(_("Lifts the head"), _("Lifts head")),
        Cue.BREATHES_DEEPLY: Words(_("Takes a slow, deep breath"), _("Slow, deep breath")),
        Cue.CRIES: Words(_("Cries, or makes a cry face"), _("Cries")),
        Cue.FUSSES: Words(_("Fusses or whines"), _("Fusses")),
        Cue.ARCHES: Words(_("Arches the back"), _("Arches back")),
        Cue.PULLS_AWAY: Words(_("Pulls a limb or the body away"), _("Pulls away")),
        Cue.PUSHES_HAND_AWAY: Words(_("Pushes your hand away"), _("Pushes hand away")),
        Cue.TURNS_RIGHT_AWAY: Words(_("Turns the head right away"), _("Turns right away")),
        Cue.STOP_HAND: Words(_("Holds up a “stop” hand or shakes the head"), _("“Stop” hand")),
        Cue.SAYS_NO: Words(_("Says or signs “no” or “stop”"), _("Says no or stop")),
        Cue.FLUSHES: Words(_("Flushes red or blotchy"), _("Flushes red")),
        Cue.SPITS_UP: Words(_("Spits up")),
        Cue.CHOKES_OR_GAGS: Words(_("Chokes, coughs or gags"), _("Chokes, gags")),
        Cue.LEAVES: Words(_("Crawls or walks away"), _("Leaves")),
        Cue.SHUTS_DOWN: Words(_("Falls asleep suddenly"), _("Suddenly asleep")),
        Cue.LOOKS_AWAY: Words(_("Looks away for a moment"), _("Looks away")),
        Cue.STIFFENS: Words(_("Stiffens a limb, makes fists"), _("Stiffens")),
        Cue.GRIMACES: Words(_("Frowns, grimaces or presses the lips"), _("Frowns")),
        Cue.YAWNS: Words(_("Yawns")),
        Cue.HICCUPS: Words(_("Hiccups or sneezes"), _("Hiccups, sneezes")),
        Cue.SPREADS_FINGERS: Words(_("Spreads fingers or toes"), _("Spreads fingers")),
        Cue.HAND_TO_FACE: Words(_("Hand to ear, eye, mouth or neck"), _("Hand to face")),
        Cue.KICKS: Words(_("Feet and legs are busy"), _("Busy feet")),
        Cue.STARTLES: Words(_("Startles or trembles"), _("Startles")),
        Cue.DULL_LOOK: Words(_("A dull or glassy look"), _("Dull look")),
        Cue.TONGUE_OUT: Words(_("Tongue out, sucking"), _("Tongue out")),
    },
    SignMeaning: {
        SignMeaning.MORE: Words(_("More, please")),
        SignMeaning.ENOUGH: Words(_("Enough")),
    },
    GentleBecause: {
        GentleBecause.UNDER_3_MONTHS: Words(_("under three months old, counted from the due date")),
        GentleBecause.NEONATAL_CARE: Words(_("was in neonatal intensive care")),
    },
    StopAdvice: {
        StopAdvice.GO_ON: Words(_("Go on")),
        StopAdvice.LIGHTEN: Words(_("Slower, lighter load, and look again"), _("Slower")),
        StopAdvice.PAUSE: Words(_("Pause with still hands"), _("Pause")),
        StopAdvice.END_AND_COMFORT: Words(_("Stop, hold and comfort"), _("Stop and comfort")),
        StopAdvice.END_HANDS_OFF: Words(_("Hands off: “all right, we stop”"), _("Hands off")),
    },
}

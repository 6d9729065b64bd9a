"""Labels of states: how awake and how settled."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.states import ArousalLevel, EndedBy, InfantState, StateScale
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    InfantState: {
        InfantState.DEEP_SLEEP: Words(
            _("Deep asleep"), clinical=_("Quiet sleep"), more=_("Eyes shut, still, even breathing")
        ),
        InfantState.LIGHT_SLEEP: Words(
            _("Lightly asleep"),
            clinical=_("Active (REM) sleep"),
            more=_("Eyes shut, twitches, uneven breaths, faces"),
        ),
        InfantState.DROWSY: Words(
            _("Drowsy"), clinical=_("Drowsy"), more=_("Eyes open and close, a glazed look")
        ),
        InfantState.QUIET_ALERT: Words(
            _("Awake and calm"),
            clinical=_("Quiet alert"),
            more=_("Bright eyes, a lively face, the body quiet"),
        ),
        InfantState.ACTIVE_ALERT: Words(
            _("Awake and fussy"),
            clinical=_("Active alert"),
            more=_("Lots of movement, fussing, short cries"),
        ),
        InfantState.CRYING: Words(
            _("Crying"), clinical=_("Crying"), more=_("A cry of more than 15 seconds, the color changes")
        ),
    },
    ArousalLevel: {
        ArousalLevel.VERY_LOW: Words(
            _("Very low"),
            clinical=_("Very low arousal"),
            more=_("Floppy, lying down, hard to get a response"),
        ),
        ArousalLevel.LOW: Words(
            _("Low"), clinical=_("Low arousal"), more=_("Slow, slumped, quiet, needs prompting")
        ),
        ArousalLevel.SETTLED: Words(
            _("Settled"), clinical=_("Optimal arousal"), more=_("Calm, can listen, play and answer")
        ),
        ArousalLevel.HIGH: Words(
            _("High"), clinical=_("High arousal"), more=_("Fidgety, loud, silly or clingy, hard to wait")
        ),
        ArousalLevel.VERY_HIGH: Words(
            _("Very high"),
            clinical=_("Very high arousal"),
            more=_("Crying, running off, hitting, cannot be reached"),
        ),
        ArousalLevel.SLEEPY_CALM: Words(
            _("Calm and sleepy"), clinical=_("Sleepy, calm"), more=_("Ready to fall asleep")
        ),
    },
    StateScale: {
        StateScale.INFANT_STATE: Words(_("Six states of an infant"), clinical=_("Behavioral states")),
        StateScale.AROUSAL: Words(_("Five steps of arousal"), clinical=_("Arousal scale")),
    },
    EndedBy: {
        EndedBy.CHILD: Words(_("My child had had enough"), _("Had enough"), clinical=_("Ended by the child")),
        EndedBy.CAREGIVER: Words(_("I ended it"), clinical=_("Ended by the caregiver")),
        EndedBy.INTERRUPTED: Words(_("We were interrupted"), _("Interrupted"), clinical=_("Interrupted")),
        EndedBy.FELL_ASLEEP: Words(_("My child fell asleep"), _("Fell asleep"), clinical=_("Fell asleep")),
        EndedBy.COMPLETED: Words(_("We came to the end"), _("Came to the end"), clinical=_("Completed")),
    },
}

"""Labels of erasure and retention."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.erasure import (
    DeclinedBecause,
    ErasureBecause,
    ErasureOf,
    ErasureState,
    RequestAbout,
    RequestState,
)
from tracking.vocabulary.retention import Kept, PeriodUnit
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    ErasureOf: {
        ErasureOf.CHILD: Words(_("A child’s record")),
        ErasureOf.PERSON: Words(_("A person")),
    },
    ErasureBecause: {
        ErasureBecause.GUARDIAN_ASKED: Words(_("A guardian asked for it")),
        ErasureBecause.PERSON_ASKED: Words(_("The person asked for it")),
        ErasureBecause.BY_MISTAKE: Words(_("It was made by mistake")),
        ErasureBecause.NO_LONGER_NEEDED: Words(_("It is no longer needed")),
        ErasureBecause.TIME_IS_OVER: Words(_("Its time is over")),
    },
    ErasureState: {
        ErasureState.ASKED: Words(_("waits for a second person")),
        ErasureState.WAITING: Words(_("confirmed, not yet erased")),
        ErasureState.DONE: Words(_("erased")),
        ErasureState.CALLED_OFF: Words(_("called off")),
    },
    RequestAbout: {
        RequestAbout.CHILD: Words(_("Everything about my child")),
        RequestAbout.ME: Words(_("Only what is about me")),
    },
    RequestState: {
        RequestState.OPEN: Words(_("The clinic has it")),
        RequestState.TAKEN_UP: Words(_("The clinic is erasing it")),
        RequestState.DECLINED: Words(_("The clinic keeps it for now")),
        RequestState.WITHDRAWN: Words(_("Taken back")),
    },
    DeclinedBecause: {
        DeclinedBecause.MUST_BE_KEPT: Words(_("The law asks us to keep it for some years")),
        DeclinedBecause.OTHER_GUARDIAN: Words(_("Everybody who decides for the child has to agree")),
        DeclinedBecause.TALKED_ABOUT: Words(_("We talked about it")),
    },
    Kept: {
        Kept.RECORD: Words(_("A child’s record, after care has ended")),
        Kept.RECORD_OF_AGE: Words(_("A child’s record, after coming of age at 18")),
        Kept.UNSIGNED_REPORT: Words(_("Reports that nobody signed")),
        Kept.REMINDER: Words(_("Who was reminded or told of something when")),
        Kept.INVITATION: Words(_("Invitations that are over")),
        Kept.ERASURE_WAIT: Words(_("The wait before an erasure")),
    },
    PeriodUnit: {
        PeriodUnit.YEARS: Words(_("years")),
        PeriodUnit.DAYS: Words(_("days")),
    },
}

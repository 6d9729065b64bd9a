"""Labels of reasons, and of what a program may conflict with.

The full sentence of a precaution is the library's text (`contraindication.<code>`), which a clinic adopts;
these are its short names.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.reasons import (
    AgeConflict,
    AgeGate,
    AppliesTo,
    ConflictHow,
    ConflictReason,
    EndReason,
    NotTodayReason,
    PauseReason,
    PrecautionAction,
    PrecautionCode,
)
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    NotTodayReason: {
        NotTodayReason.CHILD_UNWELL: Words(_("My child is unwell"), _("Unwell"), clinical=_("Child unwell")),
        NotTodayReason.CHILD_ASLEEP: Words(
            _("My child is already asleep"), _("Already asleep"), clinical=_("Child asleep")
        ),
        NotTodayReason.SKIN_OR_INJURY: Words(_("Skin or an injury"), _("Skin, injury")),
        NotTodayReason.RECENT_VACCINATION: Words(_("A recent vaccination"), _("Vaccination")),
        NotTodayReason.NO_TIME: Words(_("No time today"), _("No time")),
        NotTodayReason.NOT_UP_TO_IT: Words(_("Not up to it today"), _("Not up to it")),
        NotTodayReason.AWAY_FROM_HOME: Words(_("Away from home"), _("Away")),
        NotTodayReason.AT_OTHER_HOME: Words(_("At the other home"), _("Other home")),
        NotTodayReason.OTHER: Words(_("Another reason")),
    },
    PauseReason: {
        PauseReason.ILLNESS: Words(_("Illness")),
        PauseReason.HOLIDAY: Words(_("Away or on vacation"), _("Vacation")),
        PauseReason.HOSPITAL: Words(_("In hospital"), _("Hospital")),
        PauseReason.CONTRAINDICATION: Words(
            _("Massage is not right just now"), _("Not right now"), clinical=_("Contraindication")
        ),
        PauseReason.WAITING: Words(_("Waiting for the next appointment"), _("Waiting")),
        PauseReason.OTHER: Words(_("Another reason")),
    },
    EndReason: {
        EndReason.COMPLETED: Words(_("The program is completed"), _("Completed")),
        EndReason.GOALS_MET: Words(_("The goals are met"), _("Goals met")),
        EndReason.REPLACED: Words(_("Another program takes its place"), _("Replaced")),
        EndReason.FAMILY_CHOICE: Words(_("The family’s choice"), _("Family’s choice")),
        EndReason.NOT_SUITABLE: Words(_("It did not suit the child"), _("Did not suit")),
        EndReason.DISCHARGED: Words(_("Care here has ended"), _("Discharged")),
        EndReason.DIED: Words(_("The child has died"), _("Died")),
        EndReason.OTHER: Words(_("Another reason")),
    },
    PrecautionCode: {
        PrecautionCode.FEVER: Words(_("Fever, or looks unwell"), _("Fever")),
        PrecautionCode.INFECTION: Words(_("Infection or contagious illness"), _("Infection")),
        PrecautionCode.RECENT_VACCINATION: Words(_("Recent vaccination"), _("Vaccination")),
        PrecautionCode.SKIN_OPEN: Words(_("Broken or weeping skin, or a new rash"), _("Broken skin")),
        PrecautionCode.SKIN_CHRONIC: Words(_("Eczema or very dry skin"), _("Eczema")),
        PrecautionCode.SURGERY_RECENT: Words(
            _("Recent operation, fracture, line, tube or cast"), _("Operation, fracture")
        ),
        PrecautionCode.HIP: Words(_("Hip dysplasia, hip harness, or hips not yet checked"), _("Hips")),
        PrecautionCode.BLEEDING_BONE: Words(
            _("Bleeding disorder, low platelets or fragile bones"), _("Bleeding, bones")
        ),
        PrecautionCode.HEART_BREATHING: Words(
            _("Heart disease, oxygen at home or breathing difficulty"), _("Heart, breathing")
        ),
        PrecautionCode.SEIZURES: Words(_("New or uncontrolled seizures"), _("Seizures")),
        PrecautionCode.JUST_FED: Words(_("Fed less than 45 minutes ago"), _("Just fed")),
        PrecautionCode.ASLEEP_HUNGRY_CRYING: Words(
            _("Asleep, hungry, crying or very tired"), _("Asleep, hungry, crying")
        ),
        PrecautionCode.ALLERGY: Words(_("Allergy")),
        PrecautionCode.BRUISE_OR_INJURY: Words(
            _("Unexplained bruise, swelling, or a limb not moved"), _("Bruise, injury")
        ),
        PrecautionCode.SHUNT_OR_DEVICE: Words(
            _("Shunt, feeding tube, stoma, splint or other device"), _("Device")
        ),
        PrecautionCode.NOT_UP_TO_IT: Words(_("You are not up to it right now"), _("Not up to it")),
        PrecautionCode.CORD_NAVEL: Words(_("Cord stump on, or navel not healed"), _("Navel")),
        PrecautionCode.HERNIA_ABDOMEN: Words(
            _("Hernia, or a hard, swollen or tender tummy"), _("Hernia, tummy")
        ),
        PrecautionCode.REFLUX: Words(_("Reflux that is a problem"), _("Reflux")),
        PrecautionCode.FACE_AVERSION: Words(
            _("Dislikes touch on the face, or had tubes, suction or tape there"), _("Face aversion")
        ),
        PrecautionCode.MOUTH_SORE: Words(_("Mouth sores or sore teething"), _("Sore mouth")),
        PrecautionCode.FOOT_SENSITIVITY: Words(
            _("Feet sensitive after heel pricks or drips"), _("Sensitive feet")
        ),
        PrecautionCode.REDUCED_FEELING: Words(
            _("Reduced feeling in a limb or the trunk"), _("Reduced feeling")
        ),
        PrecautionCode.BRACHIAL_PLEXUS: Words(_("Brachial plexus palsy or shoulder injury"), _("Shoulder")),
        PrecautionCode.LIMB_TONE: Words(_("Very stiff or very floppy limbs"), _("Muscle tone")),
        PrecautionCode.TOUCH_LIGHT_AVERSIVE: Words(
            _("Light or fingertip touch is unpleasant"), _("Dislikes light touch")
        ),
        PrecautionCode.NO_STOP_SIGN: Words(_("No agreed stop word or sign yet"), _("No stop sign yet")),
        PrecautionCode.BEFORE_DUE_DATE: Words(_("Before the due date"), _("Before due date")),
    },
    ConflictHow: {
        ConflictHow.BLOCK: Words(_("Cannot be prescribed"), _("Blocked")),
        ConflictHow.ACKNOWLEDGE: Words(_("Needs your reason"), _("Needs a reason")),
        ConflictHow.ADAPT: Words(_("To be done differently"), _("Adapt")),
    },
    AppliesTo: {
        AppliesTo.ALL: Words(_("Every stroke")),
        AppliesTo.REGION: Words(_("Strokes of that region")),
        AppliesTo.PRODUCT: Words(_("The product")),
        AppliesTo.LISTED: Words(_("Strokes that name it")),
        AppliesTo.COMPUTED: Words(_("By the child’s dates")),
    },
    AgeGate: {
        AgeGate.ACKNOWLEDGE_UNDER_MINIMUM_AGE: Words(_("Needs a reason below that age")),
        AgeGate.BLOCK_UNDER_MINIMUM_AGE: Words(_("Not prescribed below that age")),
    },
    PrecautionAction: {
        PrecautionAction.DO_NOT_MASSAGE: Words(_("No massage for now")),
        PrecautionAction.WAIT: Words(_("Wait for a better moment")),
        PrecautionAction.SKIP_REGION: Words(_("Leave that part of the body out")),
        PrecautionAction.ASK_THERAPIST_ABOUT_EMOLLIENT: Words(
            _("Ask your therapist what to put on the skin")
        ),
        PrecautionAction.ASK_FIRST: Words(_("Ask your therapist first")),
        PrecautionAction.SKIP_LEG_MOVEMENTS: Words(_("Leave leg movements out")),
        PrecautionAction.CHANGE_PRODUCT: Words(_("Use another product, or none")),
        PrecautionAction.TELL_THE_CLINIC_TODAY: Words(_("Please have this looked at today, and call us")),
        PrecautionAction.KEEP_OFF_REGION: Words(_("Keep off that part of the body")),
        PrecautionAction.ANOTHER_TIME: Words(_("Another time is fine")),
        PrecautionAction.SEE_STROKES: Words(_("See the notes at each stroke")),
        PrecautionAction.STILL_TOUCH_ONLY: Words(_("Still touch only")),
    },
    AgeConflict: {
        AgeConflict.UNDER_MINIMUM_AGE: Words(_("Younger than this stroke’s minimum age"), _("Minimum age")),
    },
    ConflictReason: {
        ConflictReason.WHOLE_CHILD: Words(_("It concerns the whole child")),
        ConflictReason.SAME_REGION: Words(_("The stroke is on that part of the body")),
        ConflictReason.NEAR_REGION: Words(_("The stroke comes near that part of the body")),
        ConflictReason.PRODUCT: Words(_("It concerns the product")),
        ConflictReason.LISTED: Words(_("The stroke names it")),
        ConflictReason.BEFORE_DUE_DATE: Words(_("Only still touch before the due date")),
        ConflictReason.UNDER_MINIMUM_AGE: Words(_("The child is younger than the stroke asks")),
        ConflictReason.UNKNOWN_CODE: Words(_("The library does not know this precaution")),
    },
}

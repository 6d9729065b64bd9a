"""May this person do this to the record? One predicate a rule, a file a noun (trust, section 1).

Like `clinic.policy`, each predicate asks the database once, through `places`. "The team" is whoever is on
the child's care team today; of them, the treating publish and sign, the supervised draft. An owner who is on
no team reads nothing clinical, a therapist who is on no team sees no child at all.
"""

from tracking.policy.after_care import may_follow_up, may_view_after_care, may_write_after_care
from tracking.policy.asking import (
    may_change_ask_plan,
    may_set_state_scale,
    may_stop_tracking,
    may_track_stimulus,
    may_view_ask_plan,
    may_view_tracked_stimulus,
)
from tracking.policy.checkins import may_check_in, may_view_check_in, may_withdraw_check_in
from tracking.policy.classes import (
    may_change_class,
    may_hold_class_date,
    may_start_class,
    may_view_class,
)
from tracking.policy.concerns import (
    may_keep_photo,
    may_raise_concern,
    may_send_photo,
    may_view_concern,
    may_view_concern_plan,
    may_view_concerns,
    may_view_photo,
    may_write_concern_plan,
)
from tracking.policy.contacts import (
    may_change_service_labels,
    may_describe_contact,
    may_export_clinic_contacts,
    may_export_contacts,
    may_record_contact,
    may_view_contact,
)
from tracking.policy.demonstrations import may_demonstrate, may_view_demonstration, may_view_demonstrations
from tracking.policy.entries import (
    CAREGIVERS_REVISE_FOR,
    GUARDIANS_REVISE_FOR,
    may_annotate_entry,
    may_record_entry,
    may_revise_entry,
    may_view_entry,
)
from tracking.policy.excusing import may_excuse_day
from tracking.policy.family_words import may_change_family_words, may_view_family_words
from tracking.policy.flags import (
    may_act_on_flag,
    may_adopt_flag_text,
    may_change_flag_settings,
    may_choose_advice,
    may_view_flag,
    may_view_flag_record,
    may_write_flag_text,
)
from tracking.policy.library import (
    may_adopt_wording,
    may_change_library,
    may_hide_library_item,
    may_view_library,
)
from tracking.policy.notes import (
    may_change_goal,
    may_change_note,
    may_record_assessment,
    may_send_message,
    may_set_goal,
    may_view_goal,
    may_view_goals,
    may_view_messages,
    may_view_note,
    may_view_shared_notes,
    may_write_note,
)
from tracking.policy.precautions import may_change_precaution, may_record_precaution, may_view_precautions
from tracking.policy.programs import (
    may_acknowledge_conflict,
    may_draft_program,
    may_end_pause,
    may_end_program,
    may_pause_program,
    may_publish_program,
    may_view_draft,
    may_view_program,
    may_view_program_titles,
)
from tracking.policy.reminders import may_change_reminders, may_mute_reminders
from tracking.policy.reports import may_ask_report, may_download_report, may_sign_report, may_view_report
from tracking.policy.safeguarding import (
    is_safeguarding_lead,
    may_name_safeguarding_lead,
    may_view_safeguarding_note,
    may_write_safeguarding_note,
)
from tracking.policy.signs import may_change_signs, may_set_stop_sensitivity, may_view_sign
from tracking.policy.strategies import may_prescribe_strategy, may_view_strategy
from tracking.policy.supervision import (
    may_cosign,
    may_log_supervision,
    may_view_cosigning,
    may_view_supervision,
)

__all__ = [
    "CAREGIVERS_REVISE_FOR",
    "GUARDIANS_REVISE_FOR",
    "is_safeguarding_lead",
    "may_acknowledge_conflict",
    "may_act_on_flag",
    "may_adopt_flag_text",
    "may_adopt_wording",
    "may_annotate_entry",
    "may_ask_report",
    "may_change_ask_plan",
    "may_change_class",
    "may_change_family_words",
    "may_change_flag_settings",
    "may_change_goal",
    "may_change_library",
    "may_change_note",
    "may_change_precaution",
    "may_change_reminders",
    "may_change_service_labels",
    "may_change_signs",
    "may_check_in",
    "may_choose_advice",
    "may_cosign",
    "may_demonstrate",
    "may_describe_contact",
    "may_download_report",
    "may_draft_program",
    "may_end_pause",
    "may_end_program",
    "may_excuse_day",
    "may_export_clinic_contacts",
    "may_export_contacts",
    "may_follow_up",
    "may_hide_library_item",
    "may_hold_class_date",
    "may_keep_photo",
    "may_log_supervision",
    "may_mute_reminders",
    "may_name_safeguarding_lead",
    "may_pause_program",
    "may_prescribe_strategy",
    "may_publish_program",
    "may_raise_concern",
    "may_record_assessment",
    "may_record_contact",
    "may_record_entry",
    "may_record_precaution",
    "may_revise_entry",
    "may_send_message",
    "may_send_photo",
    "may_set_goal",
    "may_set_state_scale",
    "may_set_stop_sensitivity",
    "may_sign_report",
    "may_start_class",
    "may_stop_tracking",
    "may_track_stimulus",
    "may_view_after_care",
    "may_view_ask_plan",
    "may_view_check_in",
    "may_view_class",
    "may_view_concern",
    "may_view_concern_plan",
    "may_view_concerns",
    "may_view_contact",
    "may_view_cosigning",
    "may_view_demonstration",
    "may_view_demonstrations",
    "may_view_draft",
    "may_view_entry",
    "may_view_family_words",
    "may_view_flag",
    "may_view_flag_record",
    "may_view_goal",
    "may_view_goals",
    "may_view_library",
    "may_view_messages",
    "may_view_note",
    "may_view_photo",
    "may_view_precautions",
    "may_view_program",
    "may_view_program_titles",
    "may_view_report",
    "may_view_safeguarding_note",
    "may_view_shared_notes",
    "may_view_sign",
    "may_view_strategy",
    "may_view_supervision",
    "may_view_tracked_stimulus",
    "may_withdraw_check_in",
    "may_write_after_care",
    "may_write_concern_plan",
    "may_write_flag_text",
    "may_write_note",
    "may_write_safeguarding_note",
]

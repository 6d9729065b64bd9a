"""References stay inside a clinic; the audit and what was consented to are only added to."""

from django.db import migrations

from clinic import rls
from clinic.migrating import know_audit_codes

CHILD = ("child_id", "clinic_child")
FAMILY = ("family_id", "clinic_family")

KEYED = (
    "clinic_breakglass",
    "clinic_caregivergrant",
    "clinic_child",
    "clinic_childhome",
    "clinic_clinicmembership",
    "clinic_consenttext",
    "clinic_episode",
    "clinic_family",
    "clinic_invitation",
)

REFERENCES = {
    "clinic_breakglass": (CHILD,),
    "clinic_caregivergrant": (CHILD, FAMILY),
    "clinic_careteam": (CHILD,),
    "clinic_childhome": (CHILD, FAMILY),
    "clinic_childhomeexception": (CHILD, FAMILY),
    "clinic_childhomeweek": (("home_id", "clinic_childhome"),),
    "clinic_consent": (CHILD, ("text_id", "clinic_consenttext")),
    "clinic_episode": (CHILD,),
    "clinic_invitation": (CHILD, FAMILY),
    "clinic_precaution": (CHILD,),
    "clinic_routinetime": (FAMILY,),
    "clinic_signincode": (CHILD,),
}

AUDIT_CODES = """
viewed_child viewed_diary viewed_program viewed_messages viewed_report viewed_caseload downloaded_report
refused signed_in failed_to_sign_in changed_account created_clinic changed_clinic added_staff
changed_staff ended_staff enrolled_child changed_child archived_child changed_household changed_homes
changed_routine joined_care_team left_care_team changed_care_team granted_access ended_access
drafted_invitation invited renewed_invitation revoked_invitation accepted_invitation gave_sign_in_code
used_sign_in_code recorded_precaution changed_precaution published_program paused_program ended_program
recorded_entry revised_entry withdrew_entry wrote_note sent_message asked_report signed_report
changed_library adopted_wording changed_goal changed_episode raised_flag closed_flag acknowledged_flag
snoozed_flag escalated_flag changed_flag_rules gave_consent withdrew_consent recorded_contact
changed_contact viewed_contacts exported_contacts recorded_demonstration changed_class changed_ask_plan
checked_in raised_concern changed_concern_plan viewed_concerns viewed_photo kept_photo excused_day
changed_signs changed_strategies changed_words cosigned returned_draft quarantined_entry
decided_quarantined wrote_safeguarding_note viewed_safeguarding_notes named_safeguarding_lead
asked_to_be_erased changed_erasure erased held_record changed_retention broke_glass ended_glass
reviewed_glass viewed_audit verified_audit exported_audit imported_caseload changed_reminders asked_export
exported_record replayed_reminders exported_caseload exported_figures added_to_report chose_charts
scheduled_reports ended_report_schedule exported_clinic asked_clinic_report scheduled_outcomes
ended_outcomes_schedule
"""


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_initial")]

    operations = [
        rls.keyed_by_clinic(*KEYED),
        *[rls.same_clinic(table, *references) for table, references in REFERENCES.items()],
        know_audit_codes(*AUDIT_CODES.split()),
        migrations.RunSQL(
            "ALTER TABLE clinic_auditevent ALTER written_in SET DEFAULT pg_current_xact_id()",
            reverse_sql="ALTER TABLE clinic_auditevent ALTER written_in DROP DEFAULT",
        ),
        rls.append_only("clinic_auditevent"),
        rls.append_only("clinic_auditseal"),
        rls.append_only("clinic_consent", until_erased=True),
        rls.grant_to_app("clinic_auditevent", "clinic_auditseal", "clinic_consent", verbs="SELECT, INSERT"),
    ]

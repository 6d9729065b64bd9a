"""References stay inside a clinic, children behind the second wall, the audit is only added to."""

from django.db import migrations

from clinic import rls

CLINICS_OF_ASKER = """
CREATE FUNCTION littlefoot_staff_clinics() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(clinic_id), '{}') FROM clinic_clinicmembership
    WHERE user_id = littlefoot_asker() AND (ended_at IS NULL OR ended_at > littlefoot_now())
$$;
CREATE FUNCTION littlefoot_granted_children() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(child_id), '{}') FROM clinic_caregivergrant
    WHERE user_id = littlefoot_asker() AND revoked_at IS NULL AND valid_from <= littlefoot_now()
    AND (valid_until IS NULL OR valid_until > littlefoot_now())
$$;
"""

SEES_CHILD = """
clinic_id = ANY ((SELECT littlefoot_staff_clinics())::uuid[])
OR id = ANY ((SELECT littlefoot_granted_children())::uuid[])
OR (SELECT littlefoot_system()) IN ('seeding', 'reminders', 'reports', 'invitations', 'flags')
"""


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_initial")]

    operations = [
        rls.keyed_by_clinic("clinic_clinicmembership", "clinic_family", "clinic_child", "clinic_invitation"),
        rls.same_clinic("clinic_routinetime", ("family_id", "clinic_family")),
        rls.same_clinic("clinic_precaution", ("child_id", "clinic_child")),
        rls.same_clinic("clinic_childhome", ("child_id", "clinic_child"), ("family_id", "clinic_family")),
        rls.same_clinic(
            "clinic_childhomeexception", ("child_id", "clinic_child"), ("family_id", "clinic_family")
        ),
        rls.same_clinic(
            "clinic_caregivergrant", ("child_id", "clinic_child"), ("family_id", "clinic_family")
        ),
        rls.same_clinic("clinic_careteam", ("child_id", "clinic_child")),
        rls.same_clinic("clinic_episode", ("child_id", "clinic_child")),
        rls.same_clinic("clinic_consent", ("child_id", "clinic_child")),
        rls.same_clinic("clinic_invitation", ("child_id", "clinic_child"), ("family_id", "clinic_family")),
        migrations.RunSQL(
            CLINICS_OF_ASKER,
            reverse_sql="DROP FUNCTION littlefoot_staff_clinics(); DROP FUNCTION littlefoot_granted_children()",
        ),
        rls.row_security("clinic_child", using=SEES_CHILD),
        rls.append_only("clinic_auditevent"),
        rls.grant_to_app("clinic_auditevent", verbs="SELECT, INSERT"),
    ]

"""Reading a record in an emergency, without a place on its team (trust, section 1, break-glass)."""

import datetime as dt

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls

OPENERS = "opened_by_id = (SELECT littlefoot_asker())"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0007_stand_sign_in_behind_the_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=clinic.models.clinics.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("opened_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("review", models.TextField(blank=True)),
                (
                    "review_language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditevent",
            name="an_audit_event_is_of_a_known_code",
        ),
        migrations.AddConstraint(
            model_name="auditevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "code__in",
                        [
                            "viewed_child",
                            "viewed_diary",
                            "viewed_program",
                            "viewed_messages",
                            "viewed_report",
                            "viewed_caseload",
                            "downloaded_report",
                            "refused",
                            "signed_in",
                            "failed_to_sign_in",
                            "changed_account",
                            "created_clinic",
                            "changed_clinic",
                            "added_staff",
                            "changed_staff",
                            "ended_staff",
                            "enrolled_child",
                            "changed_child",
                            "archived_child",
                            "changed_household",
                            "changed_homes",
                            "changed_routine",
                            "joined_care_team",
                            "left_care_team",
                            "changed_care_team",
                            "granted_access",
                            "ended_access",
                            "invited",
                            "renewed_invitation",
                            "revoked_invitation",
                            "accepted_invitation",
                            "recorded_precaution",
                            "changed_precaution",
                            "published_program",
                            "paused_program",
                            "ended_program",
                            "recorded_entry",
                            "revised_entry",
                            "withdrew_entry",
                            "wrote_note",
                            "sent_message",
                            "asked_report",
                            "signed_report",
                            "changed_library",
                            "adopted_wording",
                            "changed_goal",
                            "changed_episode",
                            "raised_flag",
                            "closed_flag",
                            "acknowledged_flag",
                            "snoozed_flag",
                            "escalated_flag",
                            "changed_flag_rules",
                            "gave_consent",
                            "withdrew_consent",
                            "recorded_contact",
                            "changed_contact",
                            "viewed_contacts",
                            "exported_contacts",
                            "recorded_demonstration",
                            "changed_class",
                            "changed_ask_plan",
                            "checked_in",
                            "raised_concern",
                            "changed_concern_plan",
                            "viewed_concerns",
                            "viewed_photo",
                            "kept_photo",
                            "excused_day",
                            "changed_signs",
                            "changed_strategies",
                            "changed_words",
                            "cosigned",
                            "returned_draft",
                            "wrote_safeguarding_note",
                            "viewed_safeguarding_notes",
                            "named_safeguarding_lead",
                            "asked_to_be_erased",
                            "changed_erasure",
                            "erased",
                            "held_record",
                            "changed_retention",
                            "broke_glass",
                            "ended_glass",
                            "reviewed_glass",
                            "viewed_audit",
                            "verified_audit",
                            "exported_audit",
                        ],
                    )
                ),
                name="an_audit_event_is_of_a_known_code",
            ),
        ),
        migrations.AddField(
            model_name="breakglass",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="broken_glass", to="clinic.child"
            ),
        ),
        migrations.AddField(
            model_name="breakglass",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="breakglass",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="breakglass",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="breakglass",
            index=models.Index(fields=["opened_by", "until_at"], name="broken_glass_of_a_person"),
        ),
        migrations.AddIndex(
            model_name="breakglass",
            index=models.Index(fields=["clinic", "opened_at", "id"], name="broken_glass_of_a_clinic"),
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__regex", ".{20,}")), name="a_broken_glass_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__gt", models.F("opened_at")),
                    (
                        "until_at__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("opened_at"), "+", models.Value(dt.timedelta(seconds=14400))
                        ),
                    ),
                ),
                name="a_broken_glass_lasts_four_hours_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("review", ""), ("reviewed_at__isnull", True), ("reviewed_by__isnull", True)),
                    models.Q(
                        ("reviewed_at__isnull", False),
                        ("reviewed_by__isnull", False),
                        models.Q(("review", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_review_is_somebodys_and_says_something",
            ),
        ),
        rls.keyed_by_clinic("clinic_breakglass"),
        rls.same_clinic("clinic_breakglass", ("child_id", "clinic_child")),
        rls.row_security(
            "clinic_breakglass",
            using=f"{OPENERS} OR {rls.as_role('owner')} OR {rls.OF_TEAM}",
            check=f"{OPENERS} OR {rls.as_role('owner')} OR (SELECT littlefoot_system()) = 'seeding'",
            systems=("seeding",),
        ),
        migrations.RunSQL(
            "CREATE POLICY littlefoot_clinic_breakglass_stays ON clinic_breakglass AS RESTRICTIVE"
            " FOR DELETE USING ((SELECT littlefoot_system()) = 'erasing')",
            reverse_sql="DROP POLICY littlefoot_clinic_breakglass_stays ON clinic_breakglass",
        ),
        rls.admit_owner("clinic_breakglass"),
        rls.ask_for_places(rls.GLASS),
        rls.read_by_glass("clinic_precaution"),
    ]

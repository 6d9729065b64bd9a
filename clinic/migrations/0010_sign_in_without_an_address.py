"""A number to sign in with, and new codes, for people without an e-mail address."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0009_ask_for_consent_item_by_item"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInCode",
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
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("given_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="when a newer one took its place", null=True),
                ),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="auditevent",
            name="an_audit_event_is_of_a_known_code",
        ),
        migrations.AddField(
            model_name="user",
            name="sign_in_number",
            field=models.CharField(
                blank=True, help_text="of whoever has no e-mail address", max_length=8, null=True, unique=True
            ),
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
                            "gave_sign_in_code",
                            "used_sign_in_code",
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
            model_name="signincode",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clinic.child"
            ),
        ),
        migrations.AddField(
            model_name="signincode",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="signincode",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="signincode",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="signincode",
            constraint=models.UniqueConstraint(
                models.F("user"),
                condition=models.Q(("ended_at__isnull", True), ("used_at__isnull", True)),
                name="one_open_sign_in_code_a_person",
            ),
        ),
        rls.same_clinic("clinic_signincode", ("child_id", "clinic_child")),
        rls.row_security("clinic_signincode", using=rls.OF_STAFF, systems=("seeding", "invitations")),
    ]

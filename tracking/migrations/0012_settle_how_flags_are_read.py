"""Flags have readers, times and a past of their own; a clinic sets how they are raised and read."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
import tracking.models.flags
import tracking.vocabulary.flags
from clinic import rls

SEES_FLAG = f"""
{rls.OF_RECORD}
OR (
    {rls.as_role("owner")}
    AND 'owner' = ANY (readers)
    AND (owner_reader_id IS NULL OR owner_reader_id = (SELECT littlefoot_asker()))
)
OR (SELECT littlefoot_system()) IN ('seeding', 'reminders', 'reports', 'invitations', 'flags')
"""

TEAMS_FLAG = f"EXISTS (SELECT FROM tracking_flag above WHERE above.id = flag_id AND above.{rls.OF_TEAM})"
SEES_PART = TEAMS_FLAG + " OR (SELECT littlefoot_system()) IN ('seeding', 'flags')"

SEES_OWN_PART = SEES_PART + " OR by_id = (SELECT littlefoot_asker())"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0007_build_the_second_wall"),
        ("tracking", "0011_keep_contacts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChosenAdvice",
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
                ("code", models.CharField(max_length=40)),
                ("chosen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClinicClosure",
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
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=120)),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClinicHours",
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
                ("weekday", models.PositiveSmallIntegerField()),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FlagAcknowledgement",
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
                ("at", models.DateTimeField()),
                ("will_do", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="FlagEscalation",
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
                (
                    "step",
                    models.PositiveSmallIntegerField(help_text="its place in the order of readers, from 1"),
                ),
                ("kind", models.CharField(max_length=20)),
                (
                    "because",
                    models.CharField(
                        default=tracking.vocabulary.flags.EscalationBecause["UNREAD"], max_length=20
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        default=tracking.vocabulary.flags.EscalationState["WAITING"], max_length=20
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FlagResponse",
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
                ("severity", models.CharField(max_length=20)),
                ("within_minutes", models.PositiveIntegerField()),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("set_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FlagSnooze",
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
                ("at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="FlagSwitch",
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
                ("code", models.CharField(max_length=40)),
                ("is_on", models.BooleanField()),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("set_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FlagText",
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
                ("code", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=16)),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("adopted_name", models.CharField(blank=True, max_length=200)),
                ("adopted_credential", models.CharField(blank=True, max_length=60)),
                ("adopted_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FlagThreshold",
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
                ("name", models.CharField(max_length=40)),
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ("set_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReaderGap",
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
                ("found_at", models.DateTimeField()),
                ("child_count", models.PositiveIntegerField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="flag",
            name="asked_count",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="flag",
            name="closed_how",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="flag",
            name="due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="flag",
            name="escalates_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="flag",
            name="owner_reader",
            field=models.ForeignKey(
                blank=True,
                help_text="the owner who reads it; none: every owner",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="readers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                default=tracking.models.flags.usual_readers,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="snoozed_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("escalates_at__isnull", False)),
                fields=["escalates_at", "id"],
                name="flags_that_may_go_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.CheckConstraint(
                condition=models.Q(("readers__contained_by", ["care_team", "cover", "owner"])),
                name="a_flag_goes_to_known_readers",
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_how__in", ["", "by_hand", "by_contact"])),
                name="a_flag_ends_in_a_known_way",
            ),
        ),
        migrations.AddField(
            model_name="chosenadvice",
            name="chosen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="chosenadvice",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="chosenadvice",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="chosenadvice",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="chosen_advice",
                to="tracking.homeprogram",
            ),
        ),
        migrations.AddField(
            model_name="clinicclosure",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="clinicclosure",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="clinichours",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="clinichours",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="flagacknowledgement",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="flagacknowledgement",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="flagacknowledgement",
            name="flag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="acknowledgements",
                to="tracking.flag",
            ),
        ),
        migrations.AddField(
            model_name="flagescalation",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="flagescalation",
            name="flag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="escalations", to="tracking.flag"
            ),
        ),
        migrations.AddField(
            model_name="flagescalation",
            name="to",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="flagresponse",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="flagresponse",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                help_text="the owner who reads; none: every owner",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="flagresponse",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="flagsnooze",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="flagsnooze",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="flagsnooze",
            name="flag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="snoozes", to="tracking.flag"
            ),
        ),
        migrations.AddField(
            model_name="flagswitch",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="flagswitch",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="flagtext",
            name="adopted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="flagtext",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="flagtext",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="flagthreshold",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="flagthreshold",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="readergap",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddConstraint(
            model_name="chosenadvice",
            constraint=models.UniqueConstraint(
                models.F("program"),
                models.F("code"),
                condition=models.Q(("ended_at__isnull", True)),
                name="advice_is_chosen_once_for_a_program",
            ),
        ),
        migrations.AddConstraint(
            model_name="chosenadvice",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__in", ["distress_region", "distress_run"])),
                name="advice_that_is_chosen_changes_care",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinicclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))), name="a_closure_ends_no_earlier"
            ),
        ),
        migrations.AddConstraint(
            model_name="clinichours",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__range", (0, 6))), name="hours_are_of_a_weekday"
            ),
        ),
        migrations.AddConstraint(
            model_name="clinichours",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes__gt", models.F("opens"))), name="a_clinic_closes_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="flagacknowledgement",
            constraint=models.UniqueConstraint(
                models.F("flag"), models.F("by"), name="a_person_acknowledges_a_flag_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="flagescalation",
            constraint=models.UniqueConstraint(
                models.F("flag"), models.F("step"), models.F("to"), name="a_flag_goes_to_a_person_once_a_step"
            ),
        ),
        migrations.AddConstraint(
            model_name="flagescalation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sent"])),
                name="an_escalation_is_in_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="flagescalation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["care_team", "cover", "owner"])),
                name="an_escalation_goes_to_a_known_reader",
            ),
        ),
        migrations.AddIndex(
            model_name="flagresponse",
            index=models.Index(fields=["clinic", "severity", "-set_at", "-id"], name="latest_flag_response"),
        ),
        migrations.AddConstraint(
            model_name="flagresponse",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ["emergency", "urgent", "pause", "review", "follow_up"])),
                name="a_response_is_of_a_known_severity",
            ),
        ),
        migrations.AddConstraint(
            model_name="flagresponse",
            constraint=models.CheckConstraint(
                condition=models.Q(("readers__contained_by", ["care_team", "cover", "owner"])),
                name="a_response_names_known_readers",
            ),
        ),
        migrations.AddConstraint(
            model_name="flagsnooze",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__gt", models.F("at"))), name="a_snooze_ends_later"
            ),
        ),
        migrations.AddIndex(
            model_name="flagswitch",
            index=models.Index(fields=["clinic", "code", "-set_at", "-id"], name="latest_flag_switch"),
        ),
        migrations.AddConstraint(
            model_name="flagswitch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "code__in",
                        [
                            "fever_young",
                            "fever_3_6",
                            "fever_any",
                            "skin_reaction",
                            "distress_run",
                            "distress_region",
                            "pain_or_swelling",
                            "colour_breathing",
                            "seizure",
                            "tactile_regression",
                            "skill_loss",
                            "feeding_weight",
                            "sleep_worse",
                            "no_logs",
                            "low_dose",
                            "parent_strain",
                            "contra_conflict",
                        ],
                    )
                ),
                name="a_flag_switch_is_of_a_known_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="flagtext",
            constraint=models.UniqueConstraint(
                models.F("clinic"),
                models.F("code"),
                models.F("language"),
                models.F("number"),
                name="a_flag_text_version_is_used_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="flagtext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "code__in",
                        [
                            "colour_breathing",
                            "contra_conflict",
                            "distress_region",
                            "distress_run",
                            "feeding_weight",
                            "fever_3_6",
                            "fever_any",
                            "fever_young",
                            "no_logs",
                            "pain_or_swelling",
                            "parent_strain",
                            "seizure",
                            "skill_loss",
                            "skin_reaction",
                        ],
                    )
                ),
                name="a_flag_text_is_said_to_families",
            ),
        ),
        migrations.AddConstraint(
            model_name="flagtext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("adopted_at__isnull", True),
                        ("adopted_by__isnull", True),
                        ("adopted_credential", ""),
                        ("adopted_name", ""),
                    ),
                    models.Q(
                        ("adopted_at__isnull", False),
                        ("adopted_by__isnull", False),
                        models.Q(("adopted_name", ""), _negated=True),
                        models.Q(("adopted_credential", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_adoption_has_name_credential_and_day",
            ),
        ),
        migrations.AddIndex(
            model_name="flagthreshold",
            index=models.Index(fields=["clinic", "name", "-set_at", "-id"], name="latest_flag_threshold"),
        ),
        migrations.AddConstraint(
            model_name="flagthreshold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "name__in",
                        [
                            "distress_of_last",
                            "distress_sessions",
                            "low_dose_below_ratio",
                            "low_dose_weeks",
                            "no_logs_flag_after_days",
                            "no_logs_remind_after_days",
                            "region_of_last",
                            "region_refused",
                            "sleep_baseline_nights",
                            "sleep_nights",
                            "sleep_worse_factor",
                            "sleep_worse_minutes",
                            "touch_extreme_events",
                            "touch_extreme_within_days",
                            "touch_window",
                            "touch_worse_points",
                        ],
                    )
                ),
                name="a_threshold_is_of_a_known_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="readergap",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("clinic",),
                name="one_open_reader_gap_a_clinic",
            ),
        ),
        rls.keyed_by_clinic("tracking_flag"),
        rls.same_clinic("tracking_flagacknowledgement", ("flag_id", "tracking_flag")),
        rls.same_clinic("tracking_flagsnooze", ("flag_id", "tracking_flag")),
        rls.same_clinic("tracking_flagescalation", ("flag_id", "tracking_flag")),
        rls.same_clinic("tracking_chosenadvice", ("program_id", "tracking_homeprogram")),
        rls.append_only("tracking_flagthreshold"),
        rls.append_only("tracking_flagswitch"),
        rls.append_only("tracking_flagresponse"),
        rls.grant_to_app(
            "tracking_flagthreshold",
            "tracking_flagswitch",
            "tracking_flagresponse",
            verbs="SELECT, INSERT",
        ),
        rls.row_security("tracking_flag", using=SEES_FLAG),
        rls.row_security("tracking_flagacknowledgement", using=SEES_OWN_PART),
        rls.row_security("tracking_flagsnooze", using=SEES_OWN_PART),
        rls.row_security("tracking_flagescalation", using=SEES_PART),
    ]

"""What caregivers were shown: rows that are only added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
import tracking.vocabulary.teaching
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_say_by_whose_word_a_child_is_where"),
        ("tracking", "0016_prescribe_strategies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Demonstration",
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
                    "caregiver_name",
                    models.CharField(blank=True, help_text="of somebody without an account", max_length=120),
                ),
                ("what", models.CharField(max_length=20)),
                ("stroke_slug", models.SlugField(blank=True, max_length=60)),
                ("shown_with", models.CharField(max_length=10)),
                ("level", models.CharField(max_length=10)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("shown_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="demonstrations",
                        to="clinic.child",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demonstrations",
                        to="tracking.contact",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.family",
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.caregivergrant",
                    ),
                ),
                (
                    "shown_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["child", "shown_at", "id"], name="demonstrations_of_a_child")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("caregiver_name", ""), ("grant__isnull", False)),
                            models.Q(
                                ("grant__isnull", True), models.Q(("caregiver_name", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_demonstration_is_to_a_caregiver_by_grant_or_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("what", tracking.vocabulary.teaching.Teachable["STROKE"]),
                                models.Q(("stroke_slug", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("what", tracking.vocabulary.teaching.Teachable["STROKE"]), _negated=True
                                ),
                                ("stroke_slug", ""),
                            ),
                            _connector="OR",
                        ),
                        name="a_demonstration_of_a_stroke_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["stroke", "routine", "cue_reading", "stop_rule"])),
                        name="a_demonstration_shows_something_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_with__in", ["child", "doll", "video"])),
                        name="a_demonstration_is_on_child_doll_or_video",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["shown", "with_help", "alone", "again"])),
                        name="a_demonstration_is_at_a_known_level",
                    ),
                ],
            },
        ),
        rls.same_clinic(
            "tracking_demonstration",
            ("child_id", "clinic_child"),
            ("contact_id", "tracking_contact"),
            ("grant_id", "clinic_caregivergrant"),
            ("family_id", "clinic_family"),
        ),
        rls.append_only("tracking_demonstration"),
        rls.grant_to_app("tracking_demonstration", verbs="SELECT, INSERT"),
    ]

"""How a person is reached: wishes, browsers, phone numbers and calendars, their own alone."""

import datetime as dt

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls

OWN = "user_id = (SELECT littlefoot_asker())"
TABLES = ("reachwishes", "pushsubscription", "phonenumber", "calendarfeed")


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0008_carry_notices_like_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PushSubscription",
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
                ("endpoint_hash", models.CharField(max_length=64, unique=True)),
                ("provider", models.CharField(max_length=100)),
                ("secret", models.TextField()),
                ("device", models.CharField(blank=True, help_text="what its owner calls it", max_length=60)),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CalendarFeed",
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
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("user"),
                        condition=models.Q(("revoked_at__isnull", True)),
                        name="one_calendar_feed_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True),
                            ("revoked_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="a_calendar_feed_is_made_before_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PhoneNumber",
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
                ("number", models.CharField(help_text="E.164, with its +", max_length=16)),
                ("verified_at", models.DateTimeField(blank=True, null=True)),
                (
                    "code_hash",
                    models.CharField(blank=True, help_text="none: nothing waits for a code", max_length=64),
                ),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                ("code_expires_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^\\+[1-9][0-9]{6,14}$")),
                        name="a_phone_number_is_in_e_164",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code_hash", ""), ("code_expires_at__isnull", False), _connector="OR"
                        ),
                        name="a_code_for_a_phone_number_runs_out",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReachWishes",
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
                    "reminders_by",
                    models.CharField(blank=True, default="email", help_text="a channel", max_length=20),
                ),
                (
                    "notices_by",
                    models.CharField(blank=True, default="email", help_text="a channel", max_length=20),
                ),
                ("quiet_from", models.TimeField(default=dt.time(22, 0))),
                ("quiet_until", models.TimeField(default=dt.time(6, 0))),
                ("updated_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reminders_by__in", ["", "email", "web_push", "sms"]),
                            ("notices_by__in", ["", "email", "web_push", "sms"]),
                        ),
                        name="somebody_is_reached_by_a_known_channel_or_not_at_all",
                    )
                ],
            },
        ),
        *[
            rls.row_security(f"tracking_{table}", using=OWN, systems=("seeding", "reminders"))
            for table in TABLES
        ],
    ]

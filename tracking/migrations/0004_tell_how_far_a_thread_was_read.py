"""A person's other devices are told that a thread was read further."""

from __future__ import annotations

from django.db import migrations, models

KINDS = [
    *("session", "bedtime", "observation", "stimulus_day", "concern", "message"),
    *("ask_plan", "care", "check_ins", "child", "concern_bundle", "consents", "contacts", "demonstrations"),
    *("goals", "home_days", "messages_read", "notes", "precautions", "programs", "routine_times", "signs"),
    *("strategies", "tracked_stimuli", "words"),
]


class Migration(migrations.Migration):
    dependencies = [("tracking", "0003_build_the_second_wall")]

    operations = [
        migrations.RemoveConstraint(model_name="change", name="a_change_is_of_a_known_kind"),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                name="a_change_is_of_a_known_kind", condition=models.Q(kind__in=KINDS)
            ),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER tracking_threadread_tells AFTER INSERT OR UPDATE ON tracking_threadread FOR EACH ROW"
            " WHEN (NOT littlefoot_is_erasing())"
            " EXECUTE FUNCTION littlefoot_part_changed('messages_read', 'child_id', '', '', 'user_id')",
            reverse_sql="DROP TRIGGER tracking_threadread_tells ON tracking_threadread",
        ),
    ]

"""What the job that tells of what happened has to know; who a flag went on to says its notice."""

from django.db import migrations

from clinic import rls


class Migration(migrations.Migration):
    dependencies = [("tracking", "0010_keep_what_a_family_wishes_of_reminders")]

    operations = [
        migrations.RemoveConstraint(model_name="flagescalation", name="an_escalation_is_in_a_known_state"),
        migrations.RemoveField(model_name="flagescalation", name="state"),
        migrations.RemoveField(model_name="flagescalation", name="sent_at"),
        *[
            rls.admit_job(table, "reminders")
            for table in ("tracking_threadread", "tracking_clinichours", "tracking_clinicclosure")
        ],
    ]

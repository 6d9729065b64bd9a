"""From when a reminder was planned with nothing against it, and what makes that void."""

from django.conf import settings
from django.db import migrations, models

import clinic.models.audit
from clinic import rls

# The other writes of a record leave changes (0002).
WISHED_OTHERWISE = """
CREATE FUNCTION tracking_rule_is_wished_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE tracking_reminderoccurrence SET planned_from = NULL
    WHERE rule_id = NEW.id AND planned_from IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER tracking_reminderrule_is_wished_otherwise AFTER UPDATE ON tracking_reminderrule FOR EACH ROW
WHEN (to_jsonb(OLD) - 'next_on' - 'next_plan_at' IS DISTINCT FROM to_jsonb(NEW) - 'next_on' - 'next_plan_at')
EXECUTE FUNCTION tracking_rule_is_wished_otherwise()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_build_the_second_wall"),
        ("tracking", "0015_let_reminders_be_looked_after"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reminderoccurrence",
            name="planned_from",
            field=clinic.models.audit.TransactionIdField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="reminderdelivery",
            index=models.Index(
                condition=models.Q(("state__in", ["sent", "merged"])),
                fields=["recipient", "ended_at"],
                name="deliveries_a_person_was_sent",
            ),
        ),
        migrations.RunSQL(
            WISHED_OTHERWISE, reverse_sql="DROP FUNCTION tracking_rule_is_wished_otherwise() CASCADE"
        ),
        rls.admit_job("tracking_change", "reminders"),
    ]

"""Guesses at the code for a phone number are counted in the cache, as all others are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tracking", "0016_keep_from_when_a_reminder_was_planned")]

    operations = [migrations.RemoveField(model_name="phonenumber", name="code_tries")]

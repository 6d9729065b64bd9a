"""A photo that is kept may be let go again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_know_erasing_in_the_audit"),
        ("tracking", "0006_say_in_which_language_more_words_are"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="photokeeping",
            name="a_photo_is_kept_once",
        ),
        migrations.AddField(
            model_name="photokeeping",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="photokeeping",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="photokeeping",
            constraint=models.UniqueConstraint(
                models.F("photo"), condition=models.Q(("ended_at__isnull", True)), name="a_photo_is_kept_once"
            ),
        ),
    ]

"""One open sign-in code of each clinic for a person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0011_draft_an_invitation"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="signincode",
            name="one_open_sign_in_code_a_person",
        ),
        migrations.AddConstraint(
            model_name="signincode",
            constraint=models.UniqueConstraint(
                models.F("user"),
                models.F("clinic"),
                condition=models.Q(("ended_at__isnull", True), ("used_at__isnull", True)),
                name="one_open_sign_in_code_a_person_and_clinic",
            ),
        ),
    ]

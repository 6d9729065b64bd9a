"""An access that ends by itself, from its invitation on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0012_give_a_code_of_each_clinic"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="access_until",
            field=models.DateTimeField(blank=True, help_text="the end of it; None: for good", null=True),
        ),
        migrations.AddField(
            model_name="invitation",
            name="last_on",
            field=models.DateField(blank=True, help_text="last day of the access, at that home", null=True),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("access_until__isnull", True), ("last_on__isnull", True)),
                    models.Q(("access_until__isnull", False), ("last_on__isnull", False)),
                    _connector="OR",
                ),
                name="an_access_that_ends_has_a_last_day",
            ),
        ),
    ]

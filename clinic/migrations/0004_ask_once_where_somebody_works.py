"""Who treats which children: where they work was asked for each of them, and is asked once."""

from django.db import migrations

from clinic import rls


class Migration(migrations.Migration):
    dependencies = [("clinic", "0003_build_the_second_wall")]

    operations = [rls.ask_for_places(rls.PLACES | rls.GLASS)]

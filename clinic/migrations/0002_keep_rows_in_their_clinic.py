"""References stay inside a clinic; the audit is only added to."""

from django.db import migrations

from clinic import rls

CHILD = ("child_id", "clinic_child")
FAMILY = ("family_id", "clinic_family")

KEYED = (
    "clinic_caregivergrant",
    "clinic_child",
    "clinic_childhome",
    "clinic_clinicmembership",
    "clinic_episode",
    "clinic_family",
    "clinic_invitation",
)

REFERENCES = {
    "clinic_caregivergrant": (CHILD, FAMILY),
    "clinic_careteam": (CHILD,),
    "clinic_childhome": (CHILD, FAMILY),
    "clinic_childhomeexception": (CHILD, FAMILY),
    "clinic_childhomeweek": (("home_id", "clinic_childhome"),),
    "clinic_consent": (CHILD,),
    "clinic_episode": (CHILD,),
    "clinic_invitation": (CHILD, FAMILY),
    "clinic_precaution": (CHILD,),
    "clinic_routinetime": (FAMILY,),
}


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_initial")]

    operations = [
        rls.keyed_by_clinic(*KEYED),
        *[rls.same_clinic(table, *references) for table, references in REFERENCES.items()],
        rls.append_only("clinic_auditevent"),
        rls.grant_to_app("clinic_auditevent", verbs="SELECT, INSERT"),
    ]

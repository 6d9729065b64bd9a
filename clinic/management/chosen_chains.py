"""Which chains of the audit a command applies to."""

from __future__ import annotations

import uuid

from django.core.management.base import CommandError

from clinic.jobs import as_system
from clinic.models import Clinic
from clinic.services import audit_sealing

NOBODYS = "nobody's clinic"


def chosen_chains(slug: str | None) -> list[tuple[str, uuid.UUID | None]]:
    """The chain of the clinic with this slug, or all, each with a name. Raises CommandError for no slug."""
    with as_system("setup"):
        names = dict(Clinic.objects.values_list("pk", "slug"))
    if slug is not None:
        chosen = [clinic_id for clinic_id, name in names.items() if name == slug]
        if not chosen:
            raise CommandError(f"There is no clinic {slug}.")
        return [(slug, chosen[0])]
    with as_system(audit_sealing.JOB):
        chains = list(audit_sealing.chains())
    return [(names.get(one, str(one)) if one else NOBODYS, one) for one in chains]

"""`manage.py export_audit_heads`: the latest seal of each audit chain, to be kept elsewhere."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clinic.jobs import as_system
from clinic.management.chosen_chains import chosen_chains
from clinic.services import audit_sealing, audit_verifying


class Command(BaseCommand):
    help = (
        "Write the head of each clinic's chain, one JSON object a line. Keep it where nobody who can write to"
        " this database can: verify_audit --heads then finds a chain that was written anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clinic", metavar="SLUG", help="only this clinic's")

    def handle(self, *args: Any, **options: Any) -> None:
        for _, clinic_id in chosen_chains(options["clinic"]):
            with as_system(audit_sealing.JOB) as now:
                self.stdout.write(json.dumps(audit_verifying.head(clinic_id, now=now).told()))

"""`manage.py export_audit`: a clinic's sealed audit, to be verified without this product."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clinic.chain import text_of
from clinic.jobs import as_system
from clinic.management.chosen_chains import chosen_chains
from clinic.services import audit_sealing, audit_verifying


class Command(BaseCommand):
    help = (
        "Write every sealed row of a clinic's audit with its place and hash, one JSON object a line, as"
        " docs/audit-chain.md tells. Ids and codes only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clinic", metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        ((_, clinic_id),) = chosen_chains(options["clinic"])
        with as_system(audit_sealing.JOB):
            for link in audit_verifying.links(clinic_id):
                row = dataclasses.asdict(link.row) if link.row else {"id": link.row_id}
                told = {column: text_of(value) for column, value in row.items()}
                self.stdout.write(json.dumps({"position": link.position, "digest": link.digest, **told}))

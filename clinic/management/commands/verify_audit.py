"""`manage.py verify_audit`: check that the audit is unchanged, and report where it is not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic.errors import Invalid
from clinic.jobs import as_system
from clinic.management.chosen_chains import chosen_chains
from clinic.services import audit_sealing, audit_verifying
from clinic.services.audit_verifying import Verified

WORDS = {
    "edited": "is not what was sealed, or what stood before it is gone",
    "deleted": "is gone",
    "inserted": "was put there later",
    "rechained": "is not the one whose head was kept: the chain was written anew",
    "cut": "was there when a head was kept, and the chain ends before it",
}


class Command(BaseCommand):
    help = (
        "Hold each clinic's chain of the audit against its rows, and against heads that were kept"
        " (export_audit_heads). Without a kept head nobody can tell a chain that was written anew as a whole."
        " Ends with 1 if anything is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clinic", metavar="SLUG", help="only this clinic's")
        parser.add_argument(
            "--heads", type=Path, metavar="FILE", help="heads that were kept; - reads them here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = []
        if options["heads"]:
            text = sys.stdin.read() if str(options["heads"]) == "-" else options["heads"].read_text()
            try:
                kept = audit_verifying.kept_heads(text)
            except Invalid:
                raise CommandError("These are no exported heads.") from None
        is_sound = True
        for name, clinic_id in chosen_chains(options["clinic"]):
            with as_system(audit_sealing.JOB):
                verified = audit_verifying.verify(clinic_id, kept=kept)
            self._tell(name, verified)
            is_sound = is_sound and not verified.findings
        if not is_sound:
            raise CommandError("The audit is not what was written.", returncode=1)

    def _tell(self, name: str, verified: Verified) -> None:
        told = f"{verified.head.position} sealed, {verified.unsealed} waiting"
        if verified.unsealed_since:
            told += f" since {verified.unsealed_since:%Y-%m-%d %H:%M}Z"
        self.stdout.write(f"{name}: {'sound' if not verified.findings else 'NOT SOUND'}, {told}")
        for found in verified.findings:
            row = f" (row {found.row_id})" if found.row_id else ""
            self.stdout.write(f"  place {found.position}{row} {WORDS[found.fault]}")

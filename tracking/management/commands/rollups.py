"""`manage.py rollups`: count the entries of all clinics anew, and compare with what was counted before."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic.jobs import as_system
from tracking.services.rolling_up import differences


class Command(BaseCommand):
    help = (
        "Counts what families told by clinic and day anew, and compares it with what was counted as it came."
        " Prints each difference and ends with 1 where there is any. Clinics by their ids, no names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="add the differences to what was kept")

    def handle(self, *args: Any, **options: Any) -> None:
        with as_system("rollups"):
            found = differences(repair=options["repair"])
        for one in found:
            self.stdout.write(
                f"{one.clinic_id} {one.on} {one.counts}: entries {one.entries:+d},"
                f" children {one.children:+d}, minutes {one.minutes:+.2f}"
            )
        if not found:
            self.stdout.write("What was kept is what the entries say.")
        elif options["repair"]:
            self.stdout.write(f"{len(found)} differences were set right.")
        else:
            raise CommandError(f"{len(found)} differences; --repair sets them right.")

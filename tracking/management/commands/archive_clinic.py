"""`manage.py archive_clinic`: all records of a clinic as tables in a folder, and whether one is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic.jobs import as_system
from clinic.models import Clinic
from tracking.models import ExportFormat
from tracking.reports.copies.clinic_archive import Checked, NoArchive, check
from tracking.services import clinic_archiving


class Command(BaseCommand):
    help = (
        "Write what a care team reads of every child of a clinic to a new folder: tables, a dictionary,"
        " signed reports, recordings, and a manifest with the SHA-256 of each file. It names children:"
        " keep it as you keep the record. With --check: hold a folder that was written against its manifest;"
        " ends with 1 if something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clinic", metavar="SLUG")
        parser.add_argument("folder", type=Path, help="where it is to be; refused if something lies there")
        parser.add_argument("--format", choices=ExportFormat.values, default=str(ExportFormat.CSV))
        parser.add_argument("--check", action="store_true", help="write nothing, and say whether it is whole")

    def handle(self, *args: Any, **options: Any) -> None:
        slug, folder = options["clinic"], options["folder"]
        if not options["check"]:
            self._write(slug, folder, ExportFormat(options["format"]))
        try:
            found = check(folder)
        except NoArchive:
            raise CommandError(f"{folder} is no archive of a clinic.") from None
        self._tell(slug, folder, found)

    def _write(self, slug: str, folder: Path, as_format: ExportFormat) -> None:
        with as_system(clinic_archiving.SYSTEM):
            clinic = Clinic.objects.filter(slug=slug).first()
        if clinic is None:
            raise CommandError(f"There is no clinic {slug}.")
        try:
            clinic_archiving.archive_clinic(clinic=clinic, folder=folder, as_format=as_format)
        except FileExistsError:
            raise CommandError(f"{folder} is there already: name one that is not.") from None
        except OSError as error:
            raise CommandError(f"{folder} could not be written: {error.strerror}.") from None

    def _tell(self, slug: str, folder: Path, found: Checked) -> None:
        for one in found.wrong:
            self.stderr.write(one)
        if found.clinic != slug:
            raise CommandError(f"{folder} is the archive of {found.clinic}.")
        if found.wrong:
            raise CommandError(f"{folder} is not as it was written: {len(found.wrong)} differences.")
        self.stdout.write(
            f"{folder} is whole: {found.child_count} children, {found.row_count} rows,"
            f" {found.file_count} files. SHA-256 of its manifest: {found.manifest_sha256}"
        )

"""`manage.py load_library`: bring the built-in library up to what this version of Littlefoot ships."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from clinic import rls
from tracking.services.loading_library import load_library, read_library


class Command(BaseCommand):
    help = (
        "Load the built-in strokes, presets, contraindications and texts. Running it again changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with rls.acting_as(system="library"), transaction.atomic():
            loaded = load_library(library=read_library(), now=rls.now())
        if loaded.is_unchanged:
            self.stdout.write("The library is up to date.")
            return
        for said, counts in (
            ("Added", loaded.added),
            ("New versions of", loaded.new_versions),
            ("Retired", loaded.retired),
        ):
            if counts:
                self.stdout.write(f"{said}: {_told(counts)}.")


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))

"""`manage.py renew_feed`: after a restore, make every device fetch again what it keeps."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from clinic import rls
from tracking.services.renewing_feed import renew_feed


class Command(BaseCommand):
    help = "Begin the change feed anew: run it once after a database was restored from a copy."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            epoch = renew_feed(now=rls.now())
        self.stdout.write(f"The feed begins anew ({epoch.pk}). Devices fetch everything again.")

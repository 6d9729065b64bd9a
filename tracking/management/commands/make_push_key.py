"""`manage.py make_push_key`: a key that signs what is pushed to browsers."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print a new key for VAPID_PRIVATE_KEY, on one line. Nothing is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        self.stdout.write(pem.strip().replace("\n", "\\n"))

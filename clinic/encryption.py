"""Encryption for secrets that must be read again, so that a copy of the database alone does not reveal
them.
"""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def encrypt(text: str, *, purpose: str) -> str:
    return _safe(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()


def decrypt(encrypted: str, *, purpose: str) -> str:
    """Raises InvalidToken for what was encrypted with a key that is known no more, or for another purpose."""
    safe = _safe(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return safe.decrypt(encrypted.encode()).decode()


@cache
def _safe(purpose: str, *secrets: str) -> MultiFernet:
    """Encrypts with a key drawn from the first secret, and opens with any: a secret can be changed."""
    keys = (
        HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(secret.encode())
        for secret in secrets
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])

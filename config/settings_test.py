"""Settings of the tests: the servers come from the pytest plugin, everything else is the product's own."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789" * 4)
os.environ.setdefault("DEBUG", "0")
os.environ.setdefault("PUBLIC_URL", "http://localhost:8000")
os.environ.setdefault("LOG_LEVEL", "INFO")

if "OIDC_PRIVATE_KEY" not in os.environ:
    # Handed on to the processes that tests start, which have to sign with the same one.
    os.environ["OIDC_PRIVATE_KEY"] = (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        .decode()
    )

if "VAPID_PRIVATE_KEY" not in os.environ:
    os.environ["VAPID_PRIVATE_KEY"] = (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        .decode()
    )

from config.settings import *  # noqa: F403

# Hashing is not what these tests are about, and there are many people in the cast.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ.get("CONN_MAX_AGE", "0"))  # noqa: F405
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
API_REQUESTS_PER_MINUTE = 1_000_000

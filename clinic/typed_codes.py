"""Codes that people type from paper: 12 characters without look-alikes, and sign-in numbers.

Crockford's alphabet has no I, L, O or U; the first three are read as 1 or 0. A code has 60 random bits.
"""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.crypto import salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
NUMBER_LENGTH = 8
_MEANT = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """A code as it is printed: `7KQ2-M0XD-9VTR`."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def grouped(code: str) -> str:
    """A code or a number in groups, as people read it."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def as_typed(text: str) -> str | None:
    """The 12 characters somebody typed, whatever the case, the space and the hyphens; None for no code."""
    code = "".join(one for one in text.upper() if one.isalnum()).translate(_MEANT)
    if len(code) != LENGTH or any(one not in ALPHABET for one in code):
        return None
    return code


def new_number() -> str:
    """Eight digits to sign in with; every script has a key for them."""
    return "".join(secrets.choice("0123456789") for _ in range(NUMBER_LENGTH))


def as_number(text: str) -> str | None:
    """The digits of a sign-in number as somebody typed it, in whatever script; None for what is none."""
    typed = [one for one in text if not (one.isspace() or one in "-–.")]
    if len(typed) != NUMBER_LENGTH or not all(one.isdigit() for one in typed):
        return None
    return "".join(str(unicodedata.digit(one)) for one in typed)


def hash_of_code(code: str, *, purpose: str) -> str:
    """What is kept of a code of 12 characters. Keyed, since 60 bits can be tried out by whoever holds a copy
    of the database alone.
    """
    return salted_hmac(f"clinic.typed_codes.{purpose}", code, algorithm="sha256").hexdigest()

"""Checks of what a browser sends for a passkey, before allauth handles it.

allauth takes some malformed input for a mistake of its own and answers with a 500.
"""

from __future__ import annotations

import struct
from typing import Any

from fido2.webauthn import AuthenticationResponse, RegistrationResponse

Shape = type[RegistrationResponse | AuthenticationResponse]


def is_answer(told: Any, shape: Shape) -> bool:
    """Whether `told` has the shape of a device's answer; whose it is, and to what, is asked later."""
    try:
        shape.from_dict(told)
    except (TypeError, ValueError, LookupError, AttributeError, struct.error):
        return False
    return True

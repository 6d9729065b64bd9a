"""What a device answers when it makes a passkey or shows one, looked at before allauth does.

allauth takes part of what no device can have answered for a mistake of its own, and ends in a 500.
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

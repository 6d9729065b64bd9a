"""Errors that a user can meet, each with a stable code; the faces turn them into sentences.

`DomainError` subclasses live beside the functions that raise them; only those that every floor needs are
here. `field` names the input that must change, `allowed` what it may be.
"""

from __future__ import annotations

from typing import Any, ClassVar


class DomainError(Exception):
    """An anticipated refusal.

    `code` is stable and public, `parameters` hold the values a sentence needs (codes and numbers, never
    names of people), `field` is the input at fault or None where the whole request is.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    about: Any = None
    """The row that was in sight when this was refused, for the audit alone."""

    def __init__(self, *, field: str | None = None, **parameters: Any) -> None:
        super().__init__(self.code)
        self.field = field
        self.parameters = parameters


class Unseen(DomainError):
    """The thing does not exist as far as this person may know."""

    code = "not_found"
    status = 404


class Forbidden(DomainError):
    """The person may read this but not do that with it."""

    code = "forbidden"
    status = 403


class Conflict(DomainError):
    """The request no longer fits the stored state."""

    code = "conflict"
    status = 409


class IdAlreadyUsed(Conflict):
    """The id is already used for something else, or with another body."""

    code = "id_already_used"


class Stale(DomainError):
    """The sender changed an older state than the stored one."""

    code = "stale"
    status = 412


class Invalid(DomainError):
    """Some fields are invalid; `errors` names each of them."""

    code = "invalid"
    status = 400

"""Every error code of the API, collected from the error classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias, cast

from django.utils.translation import override
from rest_framework import serializers

from api.fields import Input
from api.pagination import Query
from api.sentences import sentence
from clinic.errors import DomainError

WITHOUT_A_CLASS: dict[str, int] = {
    "already_signed_in": 409,
    "bad_request": 400,
    "body_too_large": 413,
    "internal": 500,
    "method_not_allowed": 405,
    "no_such_child": 400,
    "not_acceptable": 406,
    "not_authenticated": 401,
    "second_factor_needed": 401,
    "token_not_valid": 401,
    "unsupported_media_type": 415,
}
"""Refusals of the framework and of signing in, which raise no error of ours: code -> status."""

OF_SIGNING_IN: dict[str, str] = {
    "email_password_mismatch": "Address and password do not match.",
    "cannot_delete_authenticator": "The clinic requires a second factor, so the last one cannot be removed.",
    "cannot_generate_recovery_codes": "There is no second factor that recovery codes could replace.",
    "incorrect_code": "The code of the second factor is wrong or has expired.",
    "incorrect_password": "The password is wrong.",
    "username_password_mismatch": "Number and password do not match.",
}
"""What allauth calls a wrong guess: all of them 400."""

Told = tuple[int, str]
AnyField: TypeAlias = serializers.Field[Any, Any, Any, Any]

_BLANK = re.compile(r"%\(\w+\)s")


def problem_codes() -> dict[str, Told]:
    """Code -> status and meaning, of every refusal. A code never changes either."""
    with override("en"):
        told: dict[str, Told] = {code: (status, sentence(code)) for code, status in WITHOUT_A_CLASS.items()}
        for error in _every(DomainError):
            if error is not DomainError:
                told.setdefault(error.code, (error.status, _meaning(error)))
    told |= {code: (400, meaning) for code, meaning in OF_SIGNING_IN.items()}
    return dict(sorted(told.items()))


def fault_codes() -> list[str]:
    """What may be wrong with a single input, beside the codes of refusals."""
    found = {
        code
        for shape in (*_every(Input), *_every(Query))
        for field in _fields(shape())
        for code in (*field.error_messages, *(getattr(one, "code", "") for one in field.validators))
    } - {""}
    return sorted(found - problem_codes().keys())


def _meaning(error: type[DomainError]) -> str:
    """The first lines of its docstring; of an error without one, what it says to people."""
    own = vars(error).get("__doc__") or _BLANK.sub("…", sentence(error.code))
    return " ".join(own.split("\n\n", maxsplit=1)[0].split())


def _fields(field: AnyField) -> Iterator[AnyField]:
    """A field and everything inside it."""
    yield field
    if isinstance(field, serializers.ListSerializer | serializers.ListField | serializers.DictField):
        yield from _fields(cast("AnyField", field.child))
    elif isinstance(field, serializers.Serializer):
        for inner in field.fields.values():
            yield from _fields(inner)


def _every(kind: type[Any]) -> list[type[Any]]:
    """A class and all that derive from it, by name: in the same order whatever was loaded first."""
    found = {kind}
    for one in kind.__subclasses__():
        found.update(_every(one))
    return sorted(found, key=lambda one: (one.__module__, one.__qualname__))

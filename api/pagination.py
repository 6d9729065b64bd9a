"""Cursor pagination. Cursors are encrypted, so clients can neither read nor make one.

A cursor is bound to the user, the list and its filters, so that one from elsewhere is refused. It reveals
nothing about the row it stands on, whose key and exact time the reader may not be allowed to know.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.errors import FieldProblem, NotUnderstood
from api.sentences import sentence

Row = TypeVar("Row")

MOST_ROWS = 100
USUAL_ROWS = 50
NONCE_BYTES = 12


class CursorNotValid(NotUnderstood):
    """The cursor belongs to another list or another person, or was not made by this server."""

    code = says = "cursor_not_valid"

    def __init__(self) -> None:
        super().__init__([FieldProblem("cursor", self.code, sentence(self.code))])


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": MOST_ROWS})
class CountField(serializers.Field[Any, Any, Any, Any]):
    """A number from 1 to `most`, in plain digits."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("A number from 1 to {most}.")}

    def __init__(self, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most
        self.allowed = {"min": 1, "max": most}

    def to_internal_value(self, data: Any) -> int:
        text = str(data)
        if not re.fullmatch("[0-9]{1,6}", text) or not 1 <= int(text) <= self.most:
            self.fail("invalid", most=self.most)
        return int(text)

    def to_representation(self, value: int) -> int:
        return value


class Query(serializers.Serializer[Any]):
    """The query parameters of an address, typed; one it does not know is refused."""


class PageQuery(Query):
    """Of every list: how many, and from where on."""

    limit = CountField(MOST_ROWS, default=USUAL_ROWS, help_text="How many at most.")
    cursor = serializers.CharField(
        max_length=500, required=False, help_text="`next_cursor` of the page before; absent: the first page."
    )


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page and the cursor of the next, None where there is none."""

    items: list[Row]
    next_cursor: str | None


def page_of(fields: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """The out-serializer of a page of such items."""
    name = fields.__name__.removesuffix("Out")
    return type(
        f"{name}PageOut",
        (serializers.Serializer,),
        {
            "__doc__": f"A page of {name}.",
            "items": fields(many=True),
            "next_cursor": serializers.CharField(
                allow_null=True, help_text="Send it as `cursor` for the next page; null: this was the last."
            ),
        },
    )


def seal(position: list[Any], *, about: str) -> str:
    """A cursor standing on `position`, JSON values, in the list that `about` names."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher().encrypt(nonce, orjson.dumps(position), about.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def unseal(cursor: str, *, about: str) -> list[Any]:
    """The position of a cursor. Raises CursorNotValid for any other list, person or maker."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        position: list[Any] = orjson.loads(
            _cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about.encode())
        )
    except (binascii.Error, ValueError, InvalidTag):
        raise CursorNotValid from None
    return position


class _Keys:
    cipher: ClassVar[dict[str, AESGCM]] = {}


def _cipher() -> AESGCM:
    secret = settings.SECRET_KEY
    if secret not in _Keys.cipher:
        _Keys.cipher[secret] = AESGCM(hashlib.sha256(b"littlefoot cursor " + secret.encode()).digest())
    return _Keys.cipher[secret]

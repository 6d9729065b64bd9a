"""One strict JSON parser for every body.

A plain parser accepts what later causes a 500 or a silently wrong record: duplicate keys, NaN, NUL and lone
surrogates (PostgreSQL stores neither), endless nesting, numbers that fit no column.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.request import Request

from clinic.errors import DomainError
from clinic.files import LARGEST
from clinic.vocabulary import FileKind

MOST_DEPTH = 32
MOST_KEYS = 1000
LARGEST_NUMBER = 2**53
"""Beyond it a client that keeps numbers as doubles has already lost the value."""

MOST_DIGITS = 20

NUL = "\x00"


class MalformedBody(DomainError):
    """The body is not the one JSON object that is asked for; the code of each subclass says why."""

    code = "malformed_json"


class NotUtf8(MalformedBody):
    code = "not_utf8"


class NotAnObject(MalformedBody):
    code = "not_an_object"


class KeyGivenTwice(MalformedBody):
    code = "key_given_twice"


class TooDeep(MalformedBody):
    code = "too_deep"


class TooManyKeys(MalformedBody):
    code = "too_many_keys"


class NotANumber(MalformedBody):
    code = "not_a_number"


class NumberOutOfRange(MalformedBody):
    code = "number_out_of_range"


class ForbiddenCharacter(MalformedBody):
    code = "forbidden_character"


class StrictJSONParser(JSONParser):
    """`application/json` in UTF-8, up to 1 MB (`DATA_UPLOAD_MAX_MEMORY_SIZE`, answered as 413)."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        request: Request = (parser_context or {})["request"]
        if request.content_type.partition(";")[0].strip().lower() != self.media_type:
            raise UnsupportedMediaType(request.content_type)  # */*, which the framework takes for anything
        charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
        if charset.lower() not in ("utf-8", "utf8"):
            raise UnsupportedMediaType(media_type or self.media_type)
        return self.document(stream.read())

    def document(self, body: bytes) -> dict[str, Any]:
        return parse_object(body)


class BatchParser(StrictJSONParser):
    """As its parent, but what is inside the body's lists is left to be inspected one by one.

    So something no parser should let through costs the operation it is in and no other.
    """

    def document(self, body: bytes) -> dict[str, Any]:
        document = _load(body)
        inspect({name: None if isinstance(value, list) else value for name, value in document.items()})
        return document


class PhotoParser(BaseParser):
    """A picture's bytes as they came, at most one more than is allowed; `clinic.files` says what it is."""

    media_type = "image/*"
    kinds = ("image/jpeg", "image/png", "image/webp")

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002  # DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002  # DRF's signature
    ) -> dict[str, bytes]:
        return {"content": stream.read(LARGEST[FileKind.PHOTO] + 1)}


class RecordingParser(BaseParser):
    """A recording's bytes as they came, at most one more than is allowed: see `clinic.recordings`."""

    media_type = "audio/*"
    kinds = ("audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg")

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002  # DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002  # DRF's signature
    ) -> dict[str, bytes]:
        return {"content": stream.read(LARGEST[FileKind.RECORDING] + 1)}


def parse_object(body: bytes) -> dict[str, Any]:
    """The JSON object that `body` is. Raises a MalformedBody, whose `field` is the dotted path at fault."""
    document = _load(body)
    inspect(document)
    return document


def inspect(document: Any) -> None:
    """Raise the MalformedBody of the first thing in a document that is not to be taken.

    Iteratively, so that depth costs no stack.
    """
    key_count = 0
    waiting: list[tuple[str, int, Any]] = [("", 1, document)]
    while waiting:
        path, depth, value = waiting.pop()
        if isinstance(value, MalformedBody):
            raise value
        if isinstance(value, str):
            _inspect_text(path, value)
        elif isinstance(value, dict):
            key_count += len(value)
            if key_count > MOST_KEYS:
                raise TooManyKeys(most=MOST_KEYS)
            if depth > MOST_DEPTH:
                raise TooDeep(most=MOST_DEPTH)
            for key, inner in value.items():
                _inspect_text(path, key)
                waiting.append((f"{path}.{key}" if path else key, depth + 1, inner))
        elif isinstance(value, list):
            if depth > MOST_DEPTH:
                raise TooDeep(most=MOST_DEPTH)
            waiting.extend((f"{path}.{place}", depth + 1, inner) for place, inner in enumerate(value))
        elif isinstance(value, int | float) and abs(value) > LARGEST_NUMBER:
            raise NumberOutOfRange(field=path, largest=LARGEST_NUMBER)


def _load(body: bytes) -> dict[str, Any]:
    """The object, in which what must not be taken stands as the MalformedBody that says so."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise NotUtf8 from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object_without_twins,
            parse_constant=_no_number,
            parse_float=_finite,
            parse_int=_whole,
        )
    except RecursionError:
        raise TooDeep(most=MOST_DEPTH) from None
    except json.JSONDecodeError as error:
        raise MalformedBody(line=error.lineno, column=error.colno) from None
    if isinstance(value, MalformedBody):
        raise value
    if not isinstance(value, dict):
        raise NotAnObject
    return value


def _object_without_twins(pairs: list[tuple[str, Any]]) -> Any:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        twin = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        return KeyGivenTwice(field=_printable(twin))
    return made


def _no_number(name: str) -> Any:
    return NotANumber(given=name)


def _finite(digits: str) -> Any:
    number = float(digits)
    return number if math.isfinite(number) else NumberOutOfRange(largest=LARGEST_NUMBER)


def _whole(digits: str) -> Any:
    return int(digits) if len(digits) <= MOST_DIGITS else NumberOutOfRange(largest=LARGEST_NUMBER)


def _inspect_text(path: str, text: str) -> None:
    if NUL in text or not _is_encodable(text):
        raise ForbiddenCharacter(field=path or None)


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _printable(key: str) -> str:
    """A key that can be sent back in an answer."""
    return key.encode("utf-8", "replace").decode("utf-8").replace(NUL, "?")[:100]

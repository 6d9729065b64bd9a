"""Serializer fields: instants with an offset, days, codes, zones, rows the caller may see."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from api.errors import ClientTooNew
from clinic.languages import language_tag
from clinic.localtime import is_zone

_INSTANT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLOCK = re.compile(r"\d{2}:\d{2}(:\d{2})?", re.ASCII)
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_CODE = re.compile(r"[a-z0-9_<>.-]{1,40}", re.ASCII)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


class Input(serializers.Serializer[Any]):
    """What a request may hold. A field it does not know is refused with `client_too_new`, never dropped."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("This has to be an object."),
        ClientTooNew.code: _("This server does not know this field."),
    }

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            known = {name for name, field in self.fields.items() if not field.read_only}
            unknown = [name for name in data if name not in known]
            if unknown:
                message = str(self.error_messages[ClientTooNew.code])
                raise serializers.ValidationError(
                    {name[:100]: [serializers.ErrorDetail(message, ClientTooNew.code)] for name in unknown}
                )
        return super().to_internal_value(data)


class StrictField(serializers.Field[Any, Any, Any, Any]):
    """A text of one shape; `read` makes a value of it or None where it is not that shape.

    `pattern` tells the shape to programs, where a regular expression can (ECMA 262).
    """

    allowed: Any = None
    pattern: str | None = None

    def to_internal_value(self, data: Any) -> Any:
        value = self.read(data) if isinstance(data, str) else None
        if value is None:
            self.fail("invalid")
        return value

    def to_representation(self, value: Any) -> Any:
        return value

    def read(self, text: str) -> Any:
        raise NotImplementedError


@extend_schema_field(OpenApiTypes.DATETIME)
class InstantField(StrictField):
    """An instant, ISO 8601 with an offset. The offset itself is not kept: what zone it was is a field."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("An instant is written 2026-05-01T18:30:00-04:00, with its offset, or Z for UTC."),
    }
    allowed = "YYYY-MM-DDThh:mm[:ss[.ffffff]](Z|±hh:mm)"

    def read(self, text: str) -> dt.datetime | None:
        match = _INSTANT.fullmatch(text)
        if match is None or not EARLIEST_YEAR <= int(match[1]) <= LATEST_YEAR:
            return None
        micro = (match[7] or "")[:6].ljust(6, "0")
        try:
            return dt.datetime.fromisoformat(
                f"{match[1]}-{match[2]}-{match[3]}T{match[4]}:{match[5]}:{match[6] or '00'}.{micro}"
                f"{'+00:00' if match[8] in 'Zz' else match[8]}"
            ).astimezone(dt.UTC)
        except ValueError:
            return None


@extend_schema_field(OpenApiTypes.DATE)
class DayField(StrictField):
    """A local day."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("A day is written 2026-05-01 and exists in the calendar."),
    }
    allowed = "YYYY-MM-DD"

    def read(self, text: str) -> dt.date | None:
        if not _DAY.fullmatch(text) or not EARLIEST_YEAR <= int(text[:4]) <= LATEST_YEAR:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return None


CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
"""A time on the wall. RFC 3339, and with it the format `time`, knows only times with an offset."""


@extend_schema_field(OpenApiTypes.STR)
class ClockField(StrictField):
    """A time on the wall, without zone."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("A time of day is written 18:30."),
    }
    allowed = "hh:mm"
    pattern = CLOCK

    def to_internal_value(self, data: Any) -> Any:
        """A default is a time already."""
        return data if isinstance(data, dt.time) else super().to_internal_value(data)

    def read(self, text: str) -> dt.time | None:
        if not _CLOCK.fullmatch(text):
            return None
        try:
            return dt.time.fromisoformat(text)
        except ValueError:
            return None


class IdField(serializers.UUIDField):
    """A UUID in its usual spelling."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("An id is a UUID, such as 01970000-0000-7000-8000-000000000000."),
    }

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not _ID.fullmatch(data):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


@extend_schema_field(OpenApiTypes.STR)
class ZoneField(StrictField):
    """The IANA name of a time zone."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("A zone is an IANA name, such as America/New_York."),
    }
    allowed = "IANA zone name"

    def read(self, text: str) -> str | None:
        return text if is_zone(text) else None


@extend_schema_field(OpenApiTypes.STR)
class LanguageField(StrictField):
    """A language, by its BCP 47 tag; empty: the one the writer reads."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("A language is a BCP 47 tag, such as en or pt-BR."),
    }
    allowed = "BCP 47 language tag"
    pattern = "^([A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?([-_][A-Za-z0-9]{5,8})?)?$"

    def read(self, text: str) -> str | None:
        return language_tag(text) if text else ""


@extend_schema_field(OpenApiTypes.STR)
class CodeField(StrictField):
    """A code of a known list, or of a newer one: an unknown code is kept and the entry flagged.

    Where nothing sent means "", that is a value too: clients send the defaults they are told.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("A code is up to 40 small letters, digits and signs."),
    }
    allowed = "[a-z0-9_<>.-]{1,40}"

    @property
    def pattern(self) -> str:  # type: ignore[override]  # what is a value depends on the default
        return f"^({self.allowed})?$" if self.default == "" else f"^{self.allowed}$"

    def read(self, text: str) -> str | None:
        return text if _CODE.fullmatch(text) or text == self.default else None


class CappedField(serializers.ListField):
    """A list of at most `max_length`, counted before any of it is read: each may ask the database."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.most = max_length

    def to_internal_value(self, data: Any) -> list[Any]:
        if isinstance(data, list) and len(data) > self.most:
            self.fail("max_length", max_length=self.most)
        return super().to_internal_value(data)


class CodesField(CappedField):
    """Several codes, each once, in the order given; at most `max_length`."""

    def __init__(self, *, max_length: int = 60, **kwargs: Any) -> None:
        super().__init__(child=CodeField(), max_length=max_length, **kwargs)

    def to_internal_value(self, data: Any) -> list[str]:
        return list(dict.fromkeys(super().to_internal_value(data)))


class WholeField(serializers.IntegerField):
    """A whole number between two limits; text and fractions are not taken for one."""

    def __init__(self, *, min_value: int, max_value: int, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class NumberField(serializers.FloatField):
    """A number between two limits."""

    def __init__(self, *, min_value: float, max_value: float, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_internal_value(self, data: Any) -> float:
        if not isinstance(data, int | float) or isinstance(data, bool):
            self.fail("invalid")
        return data


class TruthField(serializers.BooleanField):
    """true or false, and nothing that looks like them."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


NOT_BLANK = r"\S"
"""Something besides white space, which is taken off words at both ends."""


class TextField(serializers.CharField):
    """Words of a person; may be empty. Numbers are not taken for text."""

    def __init__(self, *, max_length: int, allow_blank: bool = True, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, allow_blank=allow_blank, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field(OpenApiTypes.UUID)
class VisibleRelatedField(serializers.Field[Any, Any, Any, Any]):
    """A row named by its id, if the asker can see it; one out of sight is as unknown as one that never was.

    `rows(context)` is the queryset, already narrowed to what the address is about; it has `visible_to`.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unknown": _("There is no such thing, or none you can see."),
    }

    def __init__(self, rows: Callable[[dict[str, Any]], Any], *, by: str = "pk", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._rows, self._by = rows, by

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not _ID.fullmatch(data):
            self.fail("unknown")
        rows = self._rows(dict(self.context)).visible_to(self.context["user"])
        row = rows.filter(**{self._by: data}).first()
        if row is None:
            self.fail("unknown")
        return row

    def to_representation(self, value: Any) -> Any:
        return getattr(value, self._by, value) if value is not empty else None

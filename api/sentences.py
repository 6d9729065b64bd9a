"""Sentences for the API's own errors; those of the record come from `tracking.wording`."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracking.wording.errors import not_allowed

SENTENCES: dict[str, str | Promise] = {
    "already_signed_in": _("This token belongs to a sign-in already. Leave it out to sign in anew."),
    "bad_request": _("The request could not be understood."),
    "body_too_large": _("The body is larger than %(megabytes)s MB."),
    "client_too_new": _(
        "This server does not know some of the fields. Keep the entry and send it again after the server"
        " has been upgraded."
    ),
    "cursor_not_valid": _("This cursor does not belong to this list. Ask for the list from its beginning."),
    "forbidden_character": _("Text may hold any character but NUL and half a surrogate pair."),
    "internal": _("Something went wrong here. Nothing was stored."),
    "key_given_twice": _("A key is given twice in one object."),
    "malformed_json": _("The body is not JSON: line %(line)s, column %(column)s."),
    "method_not_allowed": _("This address does not answer that method; its header Allow says which it does."),
    "no_such_child": _("No child of this clinic is called that and was born on that day."),
    "not_a_number": _("%(given)s is not a number JSON has."),
    "not_acceptable": _("Answers are application/json."),
    "not_an_object": _("The body has to be one JSON object."),
    "not_authenticated": _("Sign in first, and send the access token as “Authorization: Bearer …”."),
    "not_understood": _("Nothing was stored: some of what was sent cannot be."),
    "not_utf8": _("The body has to be UTF-8."),
    "number_out_of_range": _("Numbers go up to %(largest)s."),
    "revision_needed": _("Say which state you change: send its lock_version as If-Match, in quotes."),
    "second_factor_needed": _("The password is right. Send the code of the second factor now."),
    "token_not_valid": _("This token is not, or no longer, valid. Ask for a new one, or sign in again."),
    "too_deep": _("The body is nested deeper than %(most)s levels."),
    "too_many_keys": _("The body has more than %(most)s keys."),
    "too_many_requests": _("Too many requests. Try again in %(seconds)s seconds."),
    "unknown_parameter": _(
        "This address knows no such query parameter, or takes it once: “allowed” lists those it knows."
    ),
    "unsupported_media_type": _("Bodies are application/json in UTF-8."),
}

_TITLES: dict[int, str | Promise] = {
    400: _("Not understood"),
    401: _("Not signed in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Method not allowed"),
    406: _("Not acceptable"),
    409: _("Conflict"),
    410: _("Gone"),
    412: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("Unsupported media type"),
    428: _("Revision needed"),
    429: _("Too many requests"),
    500: _("Something went wrong"),
}


def title(status: int) -> str:
    """A few words for a status."""
    return str(_TITLES.get(status) or HTTPStatus(status).phrase)


def sentence(code: str, parameters: Mapping[str, Any] | None = None) -> str:
    """The sentence of a code, in the active language."""
    text = SENTENCES.get(code)
    if text is None:
        return ""
    try:
        return str(text) % (parameters or {})
    except KeyError:
        return str(text)


# ---- what is wrong with an input --------------------------------------------------------------------------

OF_ANOTHER_KIND = frozenset({"invalid", "not_a_list"})
"""Codes of an input that is not even of the right kind; of a number both are told as one."""

NUMBERS = (serializers.IntegerField, serializers.FloatField, serializers.DecimalField)


def fault(asked: Any, path: str, code: str, said: str) -> str:
    """Why an input is refused: its name, and what it may be.

    `asked` is the serializer's field, `said` what it answered. A field of ours says it best; the framework's
    own sentences ("This field is required.") name neither, so they are told anew.
    """
    if asked is None or _is_ours(asked, code):
        return said
    if code in ("required", "null"):
        return not_allowed(path, _choice(asked) or {"allowed": "needed"})
    if code in ("blank", "empty"):
        return not_allowed(path, {"allowed": "not_empty"})
    is_another_kind = code in OF_ANOTHER_KIND and not isinstance(asked, NUMBERS)
    rule = _choice(asked) or ({} if is_another_kind else _limits(asked)) or _shape(asked)
    return not_allowed(path, rule) if rule else said


def _is_ours(asked: Any, code: str) -> bool:
    """Whether a class of this project words this code, and not the framework's."""
    for kind in type(asked).__mro__:
        if code in vars(kind).get("default_error_messages", {}):
            return not kind.__module__.startswith("rest_framework")
    return False


def _choice(asked: Any) -> dict[str, Any]:
    if isinstance(asked, serializers.ChoiceField):
        return {"allowed": [value for value in asked.choices if value != ""]}
    return {}


def _limits(asked: Any) -> dict[str, Any]:
    """Both ends of a number, the length of a text or of a list, where they are given."""
    if isinstance(asked, serializers.ListField | serializers.ListSerializer):
        most = getattr(asked, "max_length", None)
        return {"allowed": "items", "most": most} if most is not None else {}
    least, most = getattr(asked, "min_value", None), getattr(asked, "max_value", None)
    if least is not None and most is not None:
        return {"allowed": "range", "least": least, "most": most}
    most = getattr(asked, "max_length", None)
    return {"allowed": "length", "least": asked.min_length or 0, "most": most} if most is not None else {}


_SHAPES: tuple[tuple[Any, str], ...] = (
    (serializers.EmailField, "email_address"),
    (serializers.CharField, "words"),
    (serializers.BooleanField, "true_or_false"),
    (serializers.IntegerField, "a_whole_number"),
    (NUMBERS, "a_number"),
    ((serializers.ListField, serializers.ListSerializer), "a_list"),
    (serializers.DictField, "an_object"),
)


def _shape(asked: Any) -> dict[str, Any]:
    return next(({"allowed": rule} for kind, rule in _SHAPES if isinstance(asked, kind)), {})

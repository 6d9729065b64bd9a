"""Where a form shows a refusal: beside the field at fault, or above the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from clinic.errors import DomainError, Forbidden, Unseen
from tracking.wording.errors import sentence


def tell(form: BaseForm, error: DomainError, *, fields: Mapping[str, str] | None = None) -> None:
    """Put a refusal on a form; `fields` are the form's names for those of the service, where they differ."""
    field = (fields or {}).get(error.field or "", error.field) or ""
    form.add_error(
        field if field in form.fields else None, _choices_of(form, field, error) or sentence(error)
    )


def _choices_of(form: BaseForm, field: str, error: DomainError) -> str:
    """What a choice may be, in the words the form has for it; empty where it is no choice."""
    allowed = error.parameters.get("allowed")
    choices = getattr(form.fields.get(field), "choices", None)
    if choices is None or not isinstance(allowed, list | tuple) or error.code != "invalid":
        return ""
    names = [str(words) for code, words in choices if code in {str(one) for one in allowed}]
    return _("Choose one of: %(choices)s.") % {"choices": _(", ").join(names)} if names else ""


def say(request: HttpRequest, error: DomainError) -> None:
    """Say a refusal on the next page, for a button without a form of its own."""
    messages.error(request, sentence(error))


def say_success(request: HttpRequest, said: str) -> None:
    """Say on the next page what was done."""
    messages.success(request, said)


def attempt(request: HttpRequest, said: str, verb: Callable[..., Any], **arguments: Any) -> bool:
    """Whether the verb of a button did its work; what came of it is said on the next page.

    A refusal to know or to do at all is left to the page's rule.
    """
    try:
        verb(**arguments)
    except (Unseen, Forbidden):
        raise
    except DomainError as error:
        say(request, error)
        return False
    messages.success(request, said)
    return True


def send(
    form: BaseForm, verb: Callable[..., Any], *, fields: Mapping[str, str] | None = None, **arguments: Any
) -> Any:
    """What the verb of a valid form answers (True for nothing); None where it refused, as the form then says.

    A refusal to know or to do at all is left to the page's rule.
    """
    try:
        return verb(**arguments) or True
    except (Unseen, Forbidden):
        raise
    except DomainError as error:
        tell(form, error, fields=fields)
        return None

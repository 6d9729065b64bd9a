"""Where on a form a refusal belongs: beside the field at fault, or above the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from clinic.errors import DomainError, Forbidden, Unseen
from tracking.wording.errors import sentence


def tell(form: BaseForm, error: DomainError, *, fields: Mapping[str, str] | None = None) -> None:
    """Put a refusal on a form; `fields` are the form's names for those of the service, where they differ."""
    field = (fields or {}).get(error.field or "", error.field)
    form.add_error(field if field in form.fields else None, sentence(error))


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

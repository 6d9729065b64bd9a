"""Every free text of a person stores its language beside it, or says here why it has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tests.architecture.test_rows import ours

LONGEST_CODE = 40
"""Codes are at most this long; whatever may be longer is words until it is named below."""

NO_WORDS = {
    "password": "a hash",
    "body_hash": "a hash",
    "content_hash": "a hash",
    "content_sha256": "a hash",
    "token_hash": "a hash",
    "code_hash": "a hash",
    "endpoint_hash": "a hash",
    "secret": "encrypted",
    "provider": "a channel, or the host of a push service",
    "files": "random, of files in storage",
    "file_name": "random, of a file in storage",
    "sent_file_name": "random, of a file in storage",
    "recording": "random, of a file in storage",
    "zone": "an IANA name",
    "slug": "a code",
    "digest": "of a seal: hexadecimal digits",
    "about": "a code: a stroke's slug, or a verse",
    "detail": "of an audit event: a code",
    "action": "of a contraindication: a code",
    "basis": "the way by which access was given, in the product's own words",
    "provider_codes": "what a mail server answered",
}
"""Longer than a code, and nobody's words."""

NAMES = {
    "name": "of a person, a household, a clinic or a thing of its calendar: said alike in every language",
    "title": "of a group class: what it is called, for staff",
    "first_name": "of a person",
    "last_name": "of a person",
    "nickname": "of a person",
    "told_by_name": "of a person",
    "giver_name": "of a person",
    "caregiver_name": "of a person",
    "adopted_name": "of a person",
    "credentials": "as they are printed under a signature",
    "credential": "as it is printed under a signature",
    "adopted_credential": "as it is printed under a signature",
    "device": "of a thing one has: said alike in every language",
    "address": "of a place: written as its post office reads it",
    "relationship": "said with a name, as a part of it",
}
"""Names and addresses, by their column, where the row has no other words."""

WITH_PARENT = {
    "ProgramSlot": "version",
    "ProgramStep": "version",
}
"""Rows written in one go with the row they are of, in its language."""


def words_of(model: type[models.Model]) -> Iterator[str]:
    """The columns of a model that hold words."""
    for field in model._meta.concrete_fields:
        inner = field.base_field if isinstance(field, ArrayField) else field
        is_text = isinstance(inner, models.TextField)
        is_long = type(inner) is models.CharField and (inner.max_length or 0) > LONGEST_CODE
        if (is_text or is_long) and field.name not in NO_WORDS:
            yield field.name


def columns(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def has_language(model: type[models.Model], words: str) -> bool:
    parent = WITH_PARENT.get(model.__name__)
    of: Any = model._meta.get_field(parent).related_model if parent else model
    return bool({"language", f"{words}_language"} & columns(of))


def test_every_free_text_has_its_language_beside_it() -> None:
    without = [
        f"{model.__name__}.{name}"
        for model in ours()
        for name in words_of(model)
        if name not in NAMES and not has_language(model, name)
    ]
    assert not without, "words whose language nobody could tell"


def test_no_exception_is_stale() -> None:
    used = {name for model in ours() for name in columns(model)}
    assert not (set(NO_WORDS) | set(NAMES)) - used
    assert not set(WITH_PARENT) - {model.__name__ for model in ours()}

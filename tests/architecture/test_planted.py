"""Every field in which people write holds a planted word somewhere, or nothing could be found.

A new column of text fails here until a word is planted in it (tests/planting.py, tests/factories/) and
tests/access.toml says who may read that, or until it is said why it holds nobody's words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast as AsText
from pghistory.models import Event

from clinic.models.clinics import FileNameField
from tests import matrix, outlets
from tests.cast import Cast
from tests.matrix import plain

Column = tuple[type[models.Model], models.Field]

TEXT = (models.CharField, models.TextField, models.JSONField, ArrayField, models.GenericIPAddressField)

# ---- what holds nobody's words ----------------------------------------------------------------------------

PACKAGES = {
    "auth": "unused: rights are rows of ours",
    "contenttypes": "names of tables",
    "pghistory": "each event is a copy of a row of ours; it keeps no context (docs/adr/0012)",
    "sessions": "an id and a seal",
}
"""Apps of packages whose tables hold nothing that anybody wrote."""

NOBODYS = {
    "Contraindication": "the built-in library",
    "LibraryText": "the library: what a clinic's own say is said to everybody in it",
    "Preset": "the library",
    "PresetWords": "the library",
    "Stroke": "the library",
    "StrokeMedia": "the library",
    "StrokeVersion": "the library",
    "StrokeWords": "the library",
    "EmailAddress": "unused: how to reach somebody stands with the person",
    "EmailConfirmation": "unused, as above",
}
"""Tables about nobody."""

CODES = {
    "a code of a vocabulary that may grow": (
        "accuracy advice anchor answers asks_for because channel charts code confounders"
        " consents_of_every_guardian count_kind cues default_scopes detail door end_reason ended_by"
        " expectedness failure_code flags grant_types kept kind location method minutes_kind not_asked"
        " not_today_reason phase product_kind provider provider_codes questions readers"
        " recovery_band region response_types responses roles scopes setting shown_advice source"
        " state_after state_before stimuli stimulus subject_kind target_states temperature_site"
        " temperature_unit touch_type tried"
    ),
    "which edition of our own words it was": "library_version rules_version shown_version",
    "a secret, kept sealed or not at all": "password secret session_key hash",
    "letters behind a name": "credential credentials adopted_credential",
}
"""Names that stand for the same wherever they stand."""

HERE = {
    "Clinic.name": "on its door",
    "ClinicMonth.figures": "numbers, of no group smaller than five",
    "Clinic.emergency_number": "the country's",
    "Client.id": "made by us",
    "Client.redirect_uris": "an app's own addresses",
    "Client.cors_origins": "an app's own addresses",
    "Client.data": "unused",
    "Token.data": "ids of a sign-in",
    "UserSession.data": "unused",
    "UserSession.ip": "numbers, shown to nobody",
    "Erasure.counts": "names of tables, and numbers",
    "Erasure.files": "names of stored files",
    "FamilyWords.about": "which stroke",
    "FlagThreshold.name": "which threshold",
    "ProgramPause.reason": "a code",
    "PhoneNumber.number": "digits: no word fits in",
    "ReminderDelivery.reason": "a code",
    "Report.content": "copies of words that are planted where they were written",
    "Report.for_chart": "as above",
    "User.sign_in_number": "made by us; no more than a name without its password",
}
"""Single fields whose name stands for words elsewhere."""


def is_closed(model: type[models.Model], field: models.Field) -> bool:
    """Whether the row itself refuses what is not on a list."""
    return bool(field.choices) or any(
        f"{field.name}__in" in set(_lookups(constraint.condition))
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    )


def _lookups(condition: models.Q) -> Iterator[str]:
    for child in getattr(condition, "children", ()):
        if isinstance(child, tuple):
            yield child[0]
        else:
            yield from _lookups(child)


def is_number_list(model: type[models.Model], field: models.Field) -> bool:
    return isinstance(field, ArrayField) and isinstance(field.base_field, models.IntegerField)


BY_KIND: dict[str, Callable[[type[models.Model], models.Field], bool]] = {
    "one of a list, or the row is refused": is_closed,
    "a name made for addresses": lambda _, field: isinstance(field, models.SlugField | FileNameField),
    "numbers": is_number_list,
    "a hash": lambda _, field: field.name.endswith(("_hash", "_sha256", "digest")),
    "a zone": lambda _, field: field.name == "zone",
    "a language": lambda _, field: field.name.endswith(("locale", "language", "languages")),
}
"""What a column may be that holds no words, whatever it is called."""


def why_no_words(model: type[models.Model], field: models.Field) -> str:
    """Why a column holds nothing that somebody wrote; empty: it does."""
    reasons = [
        PACKAGES.get(model._meta.app_label, ""),
        NOBODYS.get(model.__name__, ""),
        *(why for why, is_one in BY_KIND.items() if is_one(model, field)),
        *(why for why, names in CODES.items() if field.name in names.split()),
        HERE.get(f"{model.__name__}.{field.name}", ""),
    ]
    return next(filter(None, reasons), "")


@cache
def columns() -> tuple[Column, ...]:
    """Every column of text; tables of the past are copies, filled by triggers."""
    return tuple(
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, Event) and not model._meta.proxy
        for field in model._meta.concrete_fields
        if isinstance(field, TEXT)
    )


def personal() -> list[Column]:
    return [(model, field) for model, field in columns() if not why_no_words(model, field)]


def told_in(model: type[models.Model], field: models.Field) -> Iterator[str]:
    """What a column says where a word is planted in it."""
    texts = model._base_manager.annotate(told=AsText(field.name, models.TextField()))
    return texts.filter(told__contains="planted-").values_list("told", flat=True).iterator()


# ---- the guard --------------------------------------------------------------------------------------------


def test_every_personal_field_holds_a_planted_word(cast: Cast, say_at_the_end: Callable[[str], None]) -> None:
    matrix.build(cast)
    words: dict[str, set[str]] = defaultdict(set)
    empty = []
    for model, field in personal():
        name = f"{model.__name__}.{field.name}"
        found = {plain(word) for told in told_in(model, field) for word in outlets.words_in(told)}
        for word in found:
            words[word].add(name)
        if not found:
            empty.append(name)
    say_at_the_end(
        f"planted words: {len(words)} in {len(personal()) - len(empty)} of {len(personal())} personal fields"
        f" ({len(columns())} columns of text)"
    )
    assert not empty, (
        f"plant a word in each (tests/planting.py), or say why there is none: {', '.join(empty)}"
    )
    shared = {field for fields in words.values() if len(fields) > 1 for field in fields}
    assert shared == set(SHARED), "a word in two fields does not say which of them leaked"
    unread = {word for word in words if not matrix.table().has_readers(word)}
    assert not unread, f"say in tests/access.toml who may read these: {', '.join(sorted(unread))}"


ENTRIES = ("Bedtime", "MassageSession", "StimulusDay", "TactileObservation")

SHARED = {
    **{f"{entry}.note": "who reads the one reads the other" for entry in ENTRIES},
    **{f"{entry}.told_by_name": "as above" for entry in (*ENTRIES, "Concern")},
    "ConsentText.adopted_name": "a copy of whose name it is",
    "User.name": "as above",
}
"""Fields whose word stands in another too."""


def test_no_reason_is_stale() -> None:
    """Each is needed: without it a column would be taken for personal."""
    names = {field.name for model, field in columns() if not is_of_a_kind(model, field)}
    assert {*PACKAGES} <= {model._meta.app_label for model, _ in columns()}
    assert {*NOBODYS} <= {model.__name__ for model, _ in columns()}
    assert {name for line in CODES.values() for name in line.split()} <= names
    assert {*HERE, *SHARED} <= {f"{model.__name__}.{field.name}" for model, field in columns()}


def is_of_a_kind(model: type[models.Model], field: models.Field) -> bool:
    return any(is_one(model, field) for is_one in BY_KIND.values())

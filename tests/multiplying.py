"""A record made several times as long, whatever is in it: what a rule refuses to have twice stays one."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import Error, connection, models, transaction
from pghistory.models import Event

from clinic.models import AuditEvent, CaregiverGrant, CareTeam, Child, ChildHome, Episode
from tracking.models import Change, WriteReceipt

WRITTEN_ALONG = (AuditEvent, Change, WriteReceipt)
OF_A_CHILD_IN_A_LIST = (CaregiverGrant, CareTeam, ChildHome, Episode)
"""What lists of children find a child by."""


def multiply(child: Child, times: int) -> int:
    """Write again what is of a child, its clinic and the child itself, until there is `times` as much.

    Copies hang on what the rows hung on. Asked as the job to which every table is open. How many rows came.
    """
    written = 0
    for model in _models():
        names = {field.name for field in model._meta.fields}
        of = next((name for name in ("child", "clinic") if name in names), "")
        if of:
            belongs = child.pk if of == "child" else child.clinic_id
            written += _copy(model, f"{of}_id = '{belongs}'", times - 1)
    for _ in range(times - 1):
        brother = Child.objects.create(
            clinic=child.clinic, first_name="", born_on=child.born_on, created_at=child.created_at
        )
        for model in OF_A_CHILD_IN_A_LIST:
            written += _copy(model, f"child_id = '{child.pk}'", 1, child=brother)
    return written


def _copy(model: type[models.Model], which: str, times: int, *, child: Child | None = None) -> int:
    """How many rows of a table were written again; none where a constraint or trigger forbids it."""
    table, anew = model._meta.db_table, [f"'number', number, '{model._meta.pk.column}', gen_random_uuid()"]
    if any(field.name == "client_id" for field in model._meta.fields):
        anew.append("'client_id', gen_random_uuid()")
    if child is not None:
        anew.append(f"'child_id', '{child.pk}'")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} SELECT again.* FROM {table} mine, generate_series(1, {times}) number,"
                f" LATERAL jsonb_populate_record(mine, jsonb_build_object({', '.join(anew)})) again"
                f" WHERE mine.{which} ON CONFLICT DO NOTHING"
            )
            return cursor.rowcount
    except Error:
        return 0


def _models() -> Iterator[type[models.Model]]:
    for label in ("clinic", "tracking"):
        for model in apps.get_app_config(label).get_models():
            is_one = isinstance(model._meta.pk, models.UUIDField) and not issubclass(model, Event)
            if is_one and model not in WRITTEN_ALONG and model is not Child:
                yield model

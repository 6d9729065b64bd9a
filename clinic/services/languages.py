"""The languages a caregiver speaks and reads, and whether this clinic needs an interpreter for them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from clinic import audit, policy
from clinic.errors import Forbidden
from clinic.models import CaregiverGrant, User
from clinic.services import values
from clinic.vocabulary import AuditCode


@transaction.atomic
def set_languages(
    *,
    by: User,
    grant: CaregiverGrant,
    spoken: Sequence[str],
    reading: str,
    needs_interpreter: bool,
    now: dt.datetime,
) -> CaregiverGrant:
    """The grant, told anew. Languages are the person's everywhere, the interpreter is for this clinic.

    What they write from now on is taken to be in the language they read (empty: not known). Raises Forbidden,
    Invalid for what is no language.
    """
    if not policy.may_change_languages(by, grant):
        raise Forbidden
    person = _told(grant.user_id, spoken, reading)
    grant.user, grant.needs_interpreter = person, needs_interpreter
    grant.save(update_fields=["needs_interpreter"])
    _tell(by, person, now, "languages", grant=grant)
    return grant


@transaction.atomic
def say_own_languages(*, by: User, spoken: Sequence[str], reading: str, now: dt.datetime) -> User:
    """What `by` speaks and reads, told anew; staff too. Raises Invalid for what is no language."""
    person = _told(by.pk, spoken, reading)
    _tell(by, person, now, "languages")
    return person


@transaction.atomic
def say_interpreter_needed(*, by: User, grant: CaregiverGrant, is_needed: bool, now: dt.datetime) -> None:
    """Whether this clinic needs an interpreter to talk with a caregiver. Raises Forbidden."""
    if not policy.may_change_languages(by, grant):
        raise Forbidden
    grant.needs_interpreter = is_needed
    grant.save(update_fields=["needs_interpreter"])
    _tell(by, grant, now, "interpreter", grant=grant)


def _told(pk: uuid.UUID, spoken: Sequence[str], reading: str) -> User:
    person = User.objects.select_for_update().get(pk=pk)
    person.spoken_languages = list(dict.fromkeys(values.language(one, "spoken_languages") for one in spoken))
    person.reading_language = values.language(reading, "reading_language") if reading else ""
    person.save(update_fields=["spoken_languages", "reading_language"])
    return person


def _tell(
    by: User,
    subject: User | CaregiverGrant,
    now: dt.datetime,
    detail: str,
    *,
    grant: CaregiverGrant | None = None,
) -> None:
    """Written for the grant's clinic and child; without one, for the person's own."""
    audit.record(
        AuditCode.CHANGED_ACCOUNT,
        by=by,
        now=now,
        clinic_id=grant.clinic_id if grant else None,
        child_id=grant.child_id if grant else None,
        subject=subject,
        detail=detail,
    )

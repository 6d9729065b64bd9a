"""A child's own emergency plans, and a clinic's own advice texts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.errors import Forbidden, Invalid, Stale
from clinic.models import Child, Clinic, User
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ConcernPlan, LibraryText
from tracking.readings.concern_texts import TEXTS, advice_texts, built_in_texts
from tracking.services.allowed import one_of, short_text
from tracking.services.library import tell_of
from tracking.vocabulary.concerns import ConcernKind

LONGEST_PLAN = 4000
LONGEST_ADVICE = 1500


@transaction.atomic
def write_concern_plan(
    *,
    by: User,
    child: Child,
    kind: str,
    text: str,
    language: str = "",
    now: dt.datetime,
    lock_version: int | None = None,
) -> ConcernPlan:
    """The child's own plan for a kind of concern, shown before everything else; an empty text takes it away.

    `language` empty: the one its writer reads. `lock_version` is that of the text the writer changed, None
    for a first one. What it said before stays in its history. Raises Forbidden unless `by` treats the
    child, Invalid, Stale.
    """
    if not policy.may_write_concern_plan(by, child):
        raise Forbidden
    one_of("kind", kind, ConcernKind)
    told = {
        "text": short_text("text", text, most=LONGEST_PLAN),
        "language": values.written_in(language, by),
        "written_by": by,
        "written_at": now,
    }
    plan, is_new = ConcernPlan.objects.select_for_update().get_or_create(
        child=child, kind=kind, defaults={"clinic_id": child.clinic_id, **told}
    )
    if not is_new:
        if plan.lock_version != lock_version:
            raise Stale
        for name, value in told.items():
            setattr(plan, name, value)
        plan.lock_version += 1
        plan.save()
    audit.record(
        AuditCode.CHANGED_CONCERN_PLAN,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        subject=plan,
        detail=kind,
    )
    return plan


@transaction.atomic
def replace_advice(
    *, by: User, clinic: Clinic, key: str, language: str, title: str, text: str, now: dt.datetime
) -> None:
    """The clinic's own heading and text for an advice, where they say something else. Raises as
    `replace_advice_text`.
    """
    standing = advice_texts(clinic.pk, language)[key]
    for part, said, before in (("title", title, standing.title), ("text", text, standing.text)):
        if said.strip() != before:
            replace_advice_text(
                by=by, clinic=clinic, code=f"{TEXTS}{key}.{part}", language=language, text=said, now=now
            )


@transaction.atomic
def replace_advice_text(
    *, by: User, clinic: Clinic, code: str, language: str, text: str, now: dt.datetime
) -> LibraryText | None:
    """The clinic's own words for an advice (`concern.fever_any.text`); an empty text: the built-in ones
    again.

    Whoever may adopt wording answers for it. Raises Forbidden, Invalid.
    """
    if not policy.may_adopt_wording(by, clinic):
        raise Forbidden
    known = [one for one, _ in built_in_texts()]
    if code not in known:
        raise Invalid(field="code", allowed=known)
    said = short_text("text", text, most=LONGEST_ADVICE)
    language = values.language(language)
    own = LibraryText.objects.select_for_update().filter(clinic=clinic, code=code, language=language)
    number = max(own.values_list("number", flat=True), default=0) + 1
    own.filter(is_current=True).update(is_current=False)
    row = None
    if said:
        row = LibraryText.objects.create(
            clinic=clinic, code=code, language=language, number=number, text=said
        )
    tell_of(by, clinic, row or clinic, now, "advice_text")
    return row

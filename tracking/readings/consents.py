"""A child's consents: how each item stands, who said what, and which wording is asked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet

from clinic import consents
from clinic.models import CaregiverGrant, Child, Clinic, Consent, ConsentText, User
from clinic.vocabulary import ConsentKind, ConsentStanding


@dataclass(frozen=True, slots=True)
class AskedText:
    """An adopted wording, and who answers for it."""

    id: uuid.UUID
    number: int
    language: str
    text: str
    adopted_name: str
    adopted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class SaidConsent:
    """One guardian's word. `number` is the version of the wording it was said to, None on paper."""

    name: str
    is_given: bool
    on: dt.date
    is_on_paper: bool
    recorded_by: str
    number: int | None
    counts: bool
    """Whether whoever said it is a guardian today."""


@dataclass(frozen=True, slots=True)
class ConsentItem:
    """One item as the team reads it: every word, the latest first."""

    kind: ConsentKind
    standing: ConsentStanding
    needs_every: bool
    said: tuple[SaidConsent, ...]


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """One item as a guardian reads it: the wording they are asked, and their own latest word alone.

    `asked` is None while the clinic has adopted none. `is_newer` says that it was written after what they
    agreed to.
    """

    kind: ConsentKind
    needs_every: bool
    asked: AskedText | None
    is_given: bool | None
    on: dt.date | None
    is_on_paper: bool
    is_newer: bool


def standings_of(child: Child) -> Mapping[ConsentKind, ConsentStanding]:
    """How the child's guardians stand to each item; two statements."""
    return {item.kind: item.standing for item in consents_of(child)}


def consents_of(child: Child) -> tuple[ConsentItem, ...]:
    """Every item with every word that was said of it; two statements."""
    rows = Consent.objects.in_order().filter(child=child).select_related("giver", "recorded_by", "text")
    words: dict[str, list[Consent]] = defaultdict(list)
    for row in rows:
        words[row.kind].append(row)
    guardians = _guardians(child)
    return tuple(
        _item(kind, words[kind], guardians, kind in child.clinic.consents_of_every_guardian)
        for kind in ConsentKind
    )


def own_consents(user: User, child: Child, *, language: str) -> tuple[OwnConsent, ...]:
    """Every item for one guardian, asked in `language` where the clinic has adopted words in it; two
    statements.
    """
    rows = Consent.objects.in_order().filter(child=child, giver=user).select_related("text")
    latest = {row.kind: row for row in rows}
    asked = asked_texts(child.clinic, language)
    return tuple(
        _own(kind, latest.get(kind), asked.get(kind), kind in child.clinic.consents_of_every_guardian)
        for kind in ConsentKind
    )


def asked_texts(clinic: Clinic, language: str) -> Mapping[ConsentKind, AskedText]:
    """What the clinic asks guardians now: its latest adopted wording of each item in this language, else in
    its own, else in any; one statement.
    """
    rows = ConsentText.objects.filter(clinic=clinic, adopted_at__isnull=False).order_by("number", "id")
    found: dict[ConsentKind, dict[str, ConsentText]] = defaultdict(dict)
    for row in rows:
        found[ConsentKind(row.kind)][row.language] = row
    return {
        kind: _asked(by_language.get(_spoken(by_language, language, clinic.locale)) or row)
        for kind, by_language in found.items()
        for row in [next(reversed(by_language.values()))]
    }


def texts_of(clinic: Clinic) -> tuple[ConsentText, ...]:
    """The latest version in each language of each item, adopted or not; one statement."""
    rows = ConsentText.objects.filter(clinic=clinic).order_by("kind", "language", "number")
    latest = {(row.kind, row.language): row for row in rows}
    return tuple(latest.values())


def _spoken(by_language: Mapping[str, object], *wanted: str) -> str:
    """The first wanted language there are words in, by its tag or the part before its region."""
    for tag in wanted:
        for candidate in (tag.lower(), tag.lower().split("-")[0]):
            if candidate in by_language:
                return candidate
    return ""


def _asked(row: ConsentText) -> AskedText:
    assert row.adopted_at is not None
    return AskedText(row.pk, row.number, row.language, row.text, row.adopted_name, row.adopted_at)


def guardians_of(child: Child) -> list[CaregiverGrant]:
    """The grants of the child's guardians today, with who they are; one statement."""
    grants = CaregiverGrant.objects.valid().guardians().filter(child=child).select_related("user")
    return list(grants.order_by("user__name", "id"))


def record_taken_back(*, child: Child | OuterRef) -> QuerySet[Consent]:
    """Words by which a guardian has taken back that the record is kept: nothing goes, the team talks."""
    return Consent.objects.standing_withdrawals().filter(child=child, kind=ConsentKind.RECORD)


def _guardians(child: Child) -> set[str]:
    grants = CaregiverGrant.objects.valid().guardians().filter(child=child)
    return {str(user) for user in grants.values_list("user_id", flat=True)}


def _giver(row: Consent) -> str:
    return str(row.giver_id) if row.giver_id else row.giver_name.casefold()


def _item(kind: ConsentKind, rows: Iterable[Consent], guardians: set[str], needs_every: bool) -> ConsentItem:
    rows = list(rows)
    counting = guardians | {_giver(row) for row in rows if row.giver_id is None}
    return ConsentItem(
        kind=kind,
        needs_every=needs_every,
        standing=consents.standing(
            [consents.Word(_giver(row), row.is_given) for row in rows],
            guardians=counting,
            needs_every=needs_every,
        ),
        said=tuple(
            SaidConsent(
                name=row.giver.name if row.giver else row.giver_name,
                is_given=row.is_given,
                on=row.on,
                is_on_paper=row.is_on_paper,
                recorded_by=row.recorded_by.name,
                number=row.text.number if row.text else None,
                counts=_giver(row) in counting,
            )
            for row in reversed(rows)
        ),
    )


def _own(kind: ConsentKind, row: Consent | None, asked: AskedText | None, needs_every: bool) -> OwnConsent:
    return OwnConsent(
        kind=kind,
        needs_every=needs_every,
        asked=asked,
        is_given=row.is_given if row else None,
        on=row.on if row else None,
        is_on_paper=row.is_on_paper if row else False,
        is_newer=bool(row and row.is_given and row.text and asked and asked.id != row.text_id),
    )

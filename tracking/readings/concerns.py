"""Concerns as a reader may see them: what was told, what was advised, what may be done."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from clinic.errors import Unseen
from clinic.localtime import local_day, local_wall
from clinic.models import Child, Family, Precaution, User
from tracking.concern_advice import Told
from tracking.models import Concern, ConcernPhoto, ConcernPlan
from tracking.models.entries import told_by
from tracking.readings.concern_texts import AdviceTexts, advice_texts, rules
from tracking.readings.sight import Byline, Moment, Sight, moment, sight_of
from tracking.vocabulary.concerns import AdviceLevel, ConcernKind, ConcernQuestion
from tracking.wording.concerns import received_at

PHOTO_KEPT_FOR = dt.timedelta(days=90)

TOLD_LATELY = dt.timedelta(days=14)
"""So long after a concern it is offered as what a new one is about. Our own."""

MOST_OFFERED = 4


@dataclass(frozen=True, slots=True)
class SeenAdvice:
    """What a family was advised; `level` None: by rules that are not here (any more)."""

    key: str
    level: AdviceLevel | None
    title: str
    text: str
    language: str
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A precaution that a concern asks for; the last day included, None: until somebody lifts it."""

    code: str
    region: str
    substance: str
    until_on: dt.date | None


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """A photo, for the care team. `goes_on` is the day it is removed, None where somebody keeps it."""

    client_id: uuid.UUID
    sent_at: dt.datetime
    goes_on: dt.date | None
    keep_reason: str
    keep_language: str


@dataclass(frozen=True, slots=True)
class EarlierConcern:
    """A concern that another may follow; `wall` is what clocks showed there."""

    client_id: uuid.UUID
    kind: str
    wall: dt.datetime


@dataclass(frozen=True, slots=True)
class SeenConcern:
    """One concern, as this reader may see it.

    Of another household's `zone` and `received_at` are None and its moment has its wall time alone. `celsius`
    is None where nothing was measured that can be believed. `shown` is what the phone advised where that was
    something else. `earlier` is what it follows, None also where the reader may not know of that.
    `photo_count` is None for who neither sent it nor is of the team, who alone get `photos`. `proposal` is
    what may still be put in force.
    """

    client_id: uuid.UUID
    kind: str
    earlier: EarlierConcern | None
    occurred: Moment
    precision: str
    part_of_day: str
    zone: str | None
    local_day: dt.date
    received_at: dt.datetime | None
    receipt: str
    source: str
    door: str
    by: Byline
    told_by: Byline | None
    is_mine: bool
    is_on_behalf: bool
    flags: tuple[str, ...]
    temperature: Decimal | None
    temperature_unit: str
    temperature_site: str
    celsius: Decimal | None
    region: str
    answers: tuple[tuple[str, str], ...]
    product: str
    note: str
    language: str
    rules_version: str
    advice: SeenAdvice
    shown_version: str
    shown: SeenAdvice | None
    photo_count: int | None
    photos: tuple[SeenPhoto, ...]
    proposal: Proposal | None

    @property
    def follows(self) -> uuid.UUID | None:
        return self.earlier.client_id if self.earlier else None


@dataclass(frozen=True, slots=True)
class ConcernPage:
    """Concerns newest first, and where the next page begins: (occurred at, row id), None at the end."""

    concerns: tuple[SeenConcern, ...]
    next_before: tuple[dt.datetime, uuid.UUID] | None


@dataclass(frozen=True, slots=True)
class SeenPlan:
    """The child's own plan for a kind of concern; `written_at` None where there never was one."""

    kind: ConcernKind
    text: str
    language: str
    written_by: str
    written_at: dt.datetime | None
    lock_version: int


def page_of_concerns(
    user: User,
    child: Child,
    sight: Sight,
    *,
    now: dt.datetime,
    language: str,
    limit: int = 50,
    before: tuple[dt.datetime, uuid.UUID] | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> ConcernPage:
    """What `user` may read of a child's concerns, in a constant number of statements."""
    rows = Concern.objects.visible_to(user).filter(child=child)
    if first is not None:
        rows = rows.filter(local_day__gte=first)
    if last is not None:
        rows = rows.filter(local_day__lte=last)
    if before is not None:
        occurred_at, row_id = before
        rows = rows.filter(occurred_at__lte=occurred_at).exclude(occurred_at=occurred_at, id__gte=row_id)
    ordered = rows.select_related("reported_by", "follows__told_by_grant", "told_by_grant").order_by(
        "-occurred_at", "-id"
    )
    taken = list(ordered[: limit + 1])
    shown = taken[:limit]
    return ConcernPage(
        concerns=tuple(_seen(shown, child, sight, now=now, language=language)),
        next_before=(shown[-1].occurred_at, shown[-1].pk) if len(taken) > limit else None,
    )


def one_concern(concern: Concern, sight: Sight, *, now: dt.datetime, language: str) -> SeenConcern:
    """A concern the caller has fetched through the door, or just told."""
    [seen] = _seen([concern], concern.child, sight, now=now, language=language)
    return seen


def concerns_of(
    user: User, child: Child, *, now: dt.datetime, language: str, limit: int
) -> tuple[SeenConcern, ...]:
    """The latest concerns that `user` may read, newest first."""
    sight = sight_of(user, child)
    return page_of_concerns(user, child, sight, now=now, language=language, limit=limit).concerns


def told_lately(user: User, child: Child, *, now: dt.datetime) -> tuple[EarlierConcern, ...]:
    """What `user` may mean by "told before", newest first; who only logs may mean theirs. One statement."""
    known = Concern.objects.visible_to(user) | Concern.objects.filter(told_by(user.pk))
    recent = known.filter(child=child, occurred_at__gt=now - TOLD_LATELY).order_by("-occurred_at", "-id")
    return tuple(_named(row) for row in recent[:MOST_OFFERED])


def just_told(user: User, concern: Concern, *, now: dt.datetime, language: str) -> SeenConcern:
    """A concern as it is answered to who told it."""
    return one_concern(concern, sight_of(user, concern.child), now=now, language=language)


def questions_of(kind: ConcernKind) -> tuple[ConcernQuestion, ...]:
    return rules().questions.get(kind, ())


def kinds_most_urgent_first() -> list[ConcernKind]:
    """The kinds in the order a family is shown them: by the most urgent advice each may lead to, first those
    where no answer makes it milder; strain and whatever else it may be stand last.
    """
    order = list(AdviceLevel)

    def urgency(kind: ConcernKind) -> tuple[bool, int, bool]:
        levels = {order.index(advice.level) for advice in rules().of_kind(kind)}
        return kind in LAST, min(levels), len(levels) > 1

    return sorted(ConcernKind, key=urgency)


LAST = (ConcernKind.PARENT_STRAIN, ConcernKind.OTHER)


def sure_advice(child: Child, kind: ConcernKind, *, language: str) -> SeenAdvice | None:
    """The advice of a kind whose rules ask nothing further; None where the answer depends on more."""
    keys = {advice.key for advice in rules().of_kind(kind)}
    if len(keys) != 1:
        return None
    return _advice(keys.pop(), advice_texts(child.clinic_id, language))


def told_or_seen(user: User, child: Child, client_id: uuid.UUID) -> Concern:
    """The concern that `user` may read, or told: who only logs may add to what they told. Raises Unseen."""
    of_child = Concern.objects.filter(child=child, client_id=client_id)
    row = of_child.visible_to(user).first() or of_child.filter(told_by(user.pk)).first()
    if row is None:
        raise Unseen
    row.child = child
    return row


def proposal_of(concern: Concern) -> Proposal | None:
    """The precaution a concern asks for, in force or not; None for one that lacks what the library needs."""
    advice = rules().of_key(concern.advice)
    if advice is None:
        return None
    if advice.is_product_stopped:
        return Proposal("allergy", "", concern.product, None) if concern.product else None
    proposed = advice.precaution
    if proposed is None or (proposed.code in OF_A_REGION and not concern.region):
        return None
    until_on = concern.local_day + dt.timedelta(days=proposed.days) if proposed.days is not None else None
    return Proposal(proposed.code, concern.region if proposed.code in OF_A_REGION else "", "", until_on)


OF_A_REGION = frozenset({"bruise_or_injury", "skin_open"})
"""Precautions that carry a part of the body (strokes.json, `needs`)."""


def plans_of_child(user: User, child: Child) -> dict[ConcernKind, SeenPlan]:
    """The child's own plans by kind of concern, those that say something; one statement."""
    rows = ConcernPlan.objects.visible_to(user).filter(child=child).exclude(text="")
    found = rows.select_related("written_by").order_by("kind", "id")
    return {ConcernKind(row.kind): _seen_plan(row) for row in found}


def standing_plan(user: User, child: Child, kind: ConcernKind) -> SeenPlan:
    """The plan as it stands, empty where there is none: `lock_version` 0 where there never was."""
    row = plan_of(user, child, kind)
    return _seen_plan(row) if row else SeenPlan(kind, "", "", "", None, 0)


def _seen_plan(row: ConcernPlan) -> SeenPlan:
    return SeenPlan(
        kind=ConcernKind(row.kind),
        text=row.text,
        language=row.language,
        written_by=row.written_by.name,
        written_at=row.written_at,
        lock_version=row.lock_version,
    )


def plan_of(user: User, child: Child, kind: ConcernKind) -> ConcernPlan | None:
    """The plan's row, also one that was taken away, to be written on."""
    return ConcernPlan.objects.visible_to(user).filter(child=child, kind=kind).first()


def _seen(
    rows: list[Concern], child: Child, sight: Sight, *, now: dt.datetime, language: str
) -> Iterable[SeenConcern]:
    if not rows:
        return
    texts = advice_texts(child.clinic_id, language)
    photos = _photos(rows)
    precautions = list(Precaution.objects.filter(child=child)) if sight.is_team or sight.is_guardian else []
    here = zone_here(sight, child)
    for row in rows:
        teller_id = row.told_by_grant.user_id if row.told_by_grant else None
        is_mine = sight.user_id in (row.reported_by_id, teller_id)
        is_elsewhere = not is_mine and sight.is_elsewhere(
            family_id=row.family_id, reported_by_id=row.reported_by_id
        )
        told = Told(row.kind, row.temperature, row.temperature_unit)
        received = None if is_elsewhere else row.received_at
        yield SeenConcern(
            client_id=row.client_id,
            kind=row.kind,
            earlier=_earlier(row.follows, sight),
            occurred=moment(row.occurred_at, row.zone, is_elsewhere=is_elsewhere),
            precision=row.precision,
            part_of_day=row.part_of_day,
            zone=None if is_elsewhere else row.zone,
            local_day=row.local_day,
            received_at=received,
            receipt=received_at(local_wall(received, here), today=local_day(now, here)) if received else "",
            source=row.source,
            door=row.door,
            by=sight.byline(reported_by_id=row.reported_by_id, name=row.reported_by.name, is_letter=True),
            told_by=sight.teller(user_id=teller_id, name=row.told_by_name, is_elsewhere=is_elsewhere),
            is_mine=is_mine,
            is_on_behalf=row.is_on_behalf,
            flags=tuple(row.flags),
            temperature=row.temperature,
            temperature_unit=row.temperature_unit,
            temperature_site=row.temperature_site,
            celsius=rules().celsius(told),
            region=row.region,
            answers=tuple(row.answers.items()),
            product=row.product,
            note=row.note,
            language=row.language,
            rules_version=row.rules_version,
            advice=_advice(row.advice, texts),
            shown_version=row.shown_version,
            shown=_advice(row.shown_advice, texts) if row.shown_advice not in ("", row.advice) else None,
            photo_count=len(photos[row.pk]) if sight.is_team or is_mine else None,
            photos=photos[row.pk] if sight.is_team else (),
            proposal=_still_open(proposal_of(row), precautions, sight, today=local_day(now, here)),
        )


def _earlier(concern: Concern | None, sight: Sight) -> EarlierConcern | None:
    """What a concern follows, unless that is how somebody else fares, which is theirs and the team's."""
    if concern is None:
        return None
    tellers = (concern.reported_by_id, concern.told_by_grant.user_id if concern.told_by_grant else None)
    if concern.kind == ConcernKind.PARENT_STRAIN and not sight.is_team and sight.user_id not in tellers:
        return None
    return _named(concern)


def _named(concern: Concern) -> EarlierConcern:
    return EarlierConcern(concern.client_id, concern.kind, local_wall(concern.occurred_at, concern.zone))


def zone_here(sight: Sight, child: Child) -> str:
    """The zone of the reader's clock: their household's, the clinic's for staff."""
    if sight.family_id is None:
        return child.clinic.zone
    return Family.objects.values_list("zone", flat=True).get(pk=sight.family_id)


def _advice(key: str, texts: AdviceTexts) -> SeenAdvice:
    known = rules().of_key(key)
    said = texts[key]
    level = known.level if known else None
    return SeenAdvice(key, level, said.title, said.text, said.language, is_draft=texts.adopted is None)


def _photos(rows: Iterable[Concern]) -> Mapping[uuid.UUID, tuple[SeenPhoto, ...]]:
    found: defaultdict[uuid.UUID, tuple[SeenPhoto, ...]] = defaultdict(tuple)
    photos = ConcernPhoto.objects.filter(concern__in=[row.pk for row in rows]).order_by("sent_at", "id")
    for photo in photos.prefetch_related("keepings"):
        keeping = next((one for one in photo.keepings.all() if one.ended_at is None), None)
        found[photo.concern_id] += (
            SeenPhoto(
                client_id=photo.client_id,
                sent_at=photo.sent_at,
                goes_on=None if keeping else (photo.sent_at + PHOTO_KEPT_FOR).date(),
                keep_reason=keeping.reason if keeping else "",
                keep_language=keeping.language if keeping else "",
            ),
        )
    return found


def _still_open(
    proposal: Proposal | None, standing: Iterable[Precaution], sight: Sight, *, today: dt.date
) -> Proposal | None:
    """The proposal, for who may put it in force, unless it is over or stands already."""
    if proposal is None or not (sight.is_team or sight.is_guardian):
        return None
    last = proposal.until_on or dt.date.max
    if last < today:
        return None
    stands = any(
        (row.code, row.region, row.substance) == (proposal.code, proposal.region, proposal.substance)
        and (row.until_on or dt.date.max) >= last
        for row in standing
    )
    return None if stands else proposal

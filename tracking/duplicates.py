"""Which sessions may be one session logged twice, and which of them counts.

Two sessions of a child are possible duplicates if their intervals overlap or their starts are within 20
minutes. A group counts once: the longest, then the one with most steps, then the smallest id, regardless of
the order of arrival. All stay visible, and a guardian or therapist may say that two of them were separate.
Our own rule.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

STARTS_WITHIN = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Logged:
    """What the rule needs of a session. `started_at` is None when only its day is known: it is nobody's
    duplicate.

    `ended_at` is None for a session whose length nobody knows; `minutes` delivered, None untimed.
    """

    id: UUID
    started_at: datetime | None
    ended_at: datetime | None = None
    minutes: float | None = None
    steps_done: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Sessions that may be one. `counted` count, `others` do not; several count only by an answer."""

    counted: tuple[UUID, ...]
    others: tuple[UUID, ...]

    @property
    def ids(self) -> tuple[UUID, ...]:
        return tuple(sorted(self.counted + self.others))


def groups(
    sessions: Iterable[Logged], *, answered_apart: Collection[frozenset[UUID]] = ()
) -> tuple[Group, ...]:
    """Every session in exactly one group, ordered by smallest id; alone, it is a group of one.

    `answered_apart` are pairs of ids answered to be two sessions. Does not depend on the order of either.
    """
    return tuple(sorted(_made(sessions, answered_apart), key=lambda group: group.ids))


def _made(sessions: Iterable[Logged], answered_apart: Collection[frozenset[UUID]]) -> Iterator[Group]:
    everyone = list(sessions)
    for one in everyone:
        if one.started_at is None:
            yield Group((one.id,), ())
    for cluster in _clusters(everyone):
        if len(cluster) == 1:  # nearly all are
            yield Group((cluster[0].id,), ())
        else:
            yield from (_group(one, answered_apart) for one in _components(cluster, answered_apart))


def counted_ids(
    sessions: Iterable[Logged], *, answered_apart: Collection[frozenset[UUID]] = ()
) -> frozenset[UUID]:
    """The sessions that count, one of each group unless an answer says otherwise."""
    return frozenset(one for group in _made(sessions, answered_apart) for one in group.counted)


def possible_duplicates(
    sessions: Iterable[Logged], *, answered_apart: Collection[frozenset[UUID]] = ()
) -> frozenset[UUID]:
    """The sessions to be flagged: those in a group with one that does not count."""
    return frozenset(
        one for group in groups(sessions, answered_apart=answered_apart) if group.others for one in group.ids
    )


def may_be_same(one: Logged, other: Logged) -> bool:
    """Whether the intervals overlap or the starts lie within 20 minutes; touching ends do not overlap."""
    if one.started_at is None or other.started_at is None:
        return False
    if abs(one.started_at - other.started_at) <= STARTS_WITHIN:
        return True
    return one.started_at < _reach(other, other.started_at) and other.started_at < _reach(one, one.started_at)


def _reach(session: Logged, started_at: datetime) -> datetime:
    return max(started_at, session.ended_at or started_at)


def _clusters(sessions: Iterable[Logged]) -> Iterable[list[Logged]]:
    """Timed sessions cut wherever none before can be the same as any after."""
    timed = sorted(
        ((one.started_at, one.id, one) for one in sessions if one.started_at is not None),
        key=lambda entry: entry[:2],
    )
    cluster: list[Logged] = []
    reach: datetime | None = None
    for started_at, _, session in timed:
        if reach is not None and started_at > reach:
            yield cluster
            cluster, reach = [], None
        cluster.append(session)
        ends = max(_reach(session, started_at), started_at + STARTS_WITHIN)
        reach = ends if reach is None else max(reach, ends)
    if cluster:
        yield cluster


def _components(
    cluster: Sequence[Logged], answered_apart: Collection[frozenset[UUID]]
) -> Iterable[list[Logged]]:
    waiting = list(cluster)
    while waiting:
        component = [waiting.pop()]
        for known in component:
            joined = [
                one
                for one in waiting
                if may_be_same(known, one) and frozenset({known.id, one.id}) not in answered_apart
            ]
            component += joined
            waiting = [one for one in waiting if one not in joined]
        yield component


def _group(component: Sequence[Logged], answered_apart: Collection[frozenset[UUID]]) -> Group:
    """The best counts; another counts beside it only where an answer sets it apart from all that count."""
    best_first = sorted(component, key=lambda one: (-(one.minutes or 0.0), -one.steps_done, one.id))
    counted: list[UUID] = []
    for session in best_first:
        if all(frozenset({session.id, other}) in answered_apart for other in counted):
            counted.append(session.id)
    others = sorted(one.id for one in component if one.id not in counted)
    return Group(tuple(counted), tuple(others))

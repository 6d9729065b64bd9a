"""What the child said in its sessions: which cues and signs of its own were noted, and in how many sessions.

A session counts once for a sign, however often it was tapped there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracking.outcomes.sessions import SessionFact
from tracking.vocabulary.asking import Question
from tracking.vocabulary.cues import Cue, CueMoment, SignMeaning, meaning


@dataclass(frozen=True, slots=True)
class NotedSign:
    """A cue, or a sign of the child's own with its `words` (empty for a cue), and the sessions it was noted
    in.

    `code` is the cue; for an own sign the cue it was last mapped to, empty if to none. `asks_for` is None for
    an unknown code. A session with it both during and after counts in both, and once in `session_count`.
    """

    code: str
    words: str
    language: str
    asks_for: SignMeaning | None
    session_count: int
    during_count: int
    after_count: int


@dataclass(frozen=True, slots=True)
class NotedSigns:
    """Of sessions offered, `told_count` record a sign. Of the others, `unanswered_count` were asked about
    signs and record none, and `not_asked_count` were not asked.
    """

    signs: tuple[NotedSign, ...]
    told_count: int
    unanswered_count: int
    not_asked_count: int


def noted_signs(sessions: Iterable[SessionFact]) -> NotedSigns:
    """Signs of the child's own before cues, those for more before those for enough, most seen first."""
    offered = [one for one in sessions if one.is_offered]
    noted: dict[str, list[tuple[SessionFact, Mapping[str, Any]]]] = {}
    for session in offered:
        for cue in session.cues:
            noted.setdefault(_which(cue), []).append((session, cue))
    silent = [one for one in offered if not one.cues]
    not_asked = sum(Question.CUES in one.not_asked for one in silent)
    return NotedSigns(
        signs=tuple(sorted((_sign(each) for each in noted.values()), key=_place)),
        told_count=len(offered) - len(silent),
        unanswered_count=len(silent) - not_asked,
        not_asked_count=not_asked,
    )


def _which(cue: Mapping[str, Any]) -> str:
    return str(cue["sign"]["id"]) if "sign" in cue else str(cue["code"])


def _sign(noted: list[tuple[SessionFact, Mapping[str, Any]]]) -> NotedSign:
    _, latest = noted[-1]
    own = latest.get("sign", {})
    return NotedSign(
        code=str(latest["code"]),
        words=own.get("words", ""),
        language=own.get("language", ""),
        asks_for=SignMeaning(own["asks_for"]) if own else _asked_for(latest["code"]),
        session_count=len({session.client_id for session, _ in noted}),
        during_count=_sessions_at(CueMoment.DURING, noted),
        after_count=_sessions_at(CueMoment.AFTER, noted),
    )


def _asked_for(code: str) -> SignMeaning | None:
    return meaning(Cue(code)) if code in frozenset(Cue) else None


def _sessions_at(moment: CueMoment, noted: Iterable[tuple[SessionFact, Mapping[str, Any]]]) -> int:
    return len({session.client_id for session, cue in noted if cue["moment"] == moment})


def _place(sign: NotedSign) -> tuple[bool, int, int, str, str]:
    order = (SignMeaning.MORE, SignMeaning.ENOUGH, None)
    return (not sign.words, order.index(sign.asks_for), -sign.session_count, sign.code, sign.words)

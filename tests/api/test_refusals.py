"""What cannot be is refused with its field, its reason and what is allowed; what is merely odd is kept."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework import serializers

from api import errors
from api.fields import Input
from api.v1 import bedtimes, messages, observations, sessions, stimulus_days
from clinic import rls
from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tracking.wording import fields

AppOf = Callable[[User], App]
ROOM = "/api/v1/children/{cleo}"
NOW = "{now}"


def every(kind: type[Any]) -> list[type[Any]]:
    """The kinds of input the API reads."""
    return [one for child in kind.__subclasses__() for one in (child, *every(child))]


def filled(text: str, cast: Cast) -> str:
    """Text with Cleo, Fern and the product's time in it."""
    now = rls.now().replace(microsecond=0).isoformat()
    for name, value in (("cleo", cast.cleo.pk), ("fern", cast.fern.pk), ("id", uuid.uuid4()), ("now", now)):
        text = text.replace("{" + name + "}", str(value))
    return text


TEN: list[tuple[str, dict[str, Any], dict[str, str], str]] = [
    # address, body, field -> code, the sentence
    (
        "sessions/{id}",
        {"occurred_at": NOW},
        {"outcome": "required"},
        "How it went has to be one of: done, stopped, declined, not_today.",
    ),
    (
        "sessions/{id}",
        {"outcome": "fine", "occurred_at": NOW},
        {"outcome": "invalid_choice"},
        "How it went has to be one of: done, stopped, declined, not_today.",
    ),
    (
        "sessions/{id}",
        {"outcome": "done", "occurred_at": "2026-05-01T18:30:00"},
        {"occurred_at": "invalid"},
        "An instant is written 2026-05-01T18:30:00-04:00, with its offset, or Z for UTC.",
    ),
    (
        "sessions/{id}",
        {"outcome": "done", "occurred_at": NOW, "zone": "New York"},
        {"zone": "invalid"},
        "A zone is an IANA name, such as America/New_York.",
    ),
    (
        "sessions/{id}",
        {"outcome": "done", "occurred_at": NOW, "language": "Arabic please"},
        {"language": "invalid"},
        "A language is a BCP 47 tag, such as en or pt-BR.",
    ),
    (
        "sessions/{id}",
        {"outcome": "done", "occurred_at": NOW, "mood": "sunny"},
        {"mood": "client_too_new"},
        "This server does not know this field.",
    ),
    (
        "sessions/{id}",
        {"outcome": "done", "occurred_at": NOW, "note": 5, "minutes": "three", "steps": "all"},
        {"note": "invalid", "minutes": "invalid", "steps": "not_a_list"},
        "Note has to be text.",
    ),
    (
        "sessions/{id}",
        {"outcome": "done", "occurred_at": NOW, "cues": [{"code": "ep_gaze"}, {"moment": "after"}]},
        {"cues.1.code": "required"},
        "Cue 2: code is needed.",
    ),
    (
        "sessions/{id}",
        {"outcome": "done", "occurred_at": NOW, "program_version": "01980000-0000-7000-8000-000000000000"},
        {"program_version": "invalid"},
        "Program version has to be a version of a program of this child.",
    ),
    (
        "observations/{id}",
        {"stimulus": "sunscreen_lotion", "occurred_at": NOW, "intensity": 5},
        {"intensity": "max_value"},
        "How strong it was has to be a number from 0 to 4.",
    ),
    (
        "bedtimes/{id}",
        {"asleep_at": "2026-02-30T20:01:00-05:00"},
        {"asleep_at": "invalid"},
        "An instant is written 2026-05-01T18:30:00-04:00, with its offset, or Z for UTC.",
    ),
    ("bedtimes/{id}", {}, {"occurred_at": "invalid"}, "When it happened has to be a time with its offset"),
    ("messages/{id}", {"body": "  "}, {"body": "blank"}, "Text cannot be empty."),
]


@pytest.mark.parametrize(("address", "body", "fields", "sentence"), TEN, ids=range(len(TEN)))
def test_what_cannot_be_is_refused_by_its_field(
    app_of: AppOf, cast: Cast, address: str, body: dict[str, Any], fields: dict[str, str], sentence: str
) -> None:
    answer = app_of(cast.fay).put(
        filled(f"{ROOM}/{address}", cast), json.loads(filled(json.dumps(body), cast))
    )
    assert answer.status == 400
    assert answer.fields == fields
    assert answer["errors"][0]["detail"].startswith(sentence)


FRAMEWORKS = re.compile("This field|Ensure|valid|Not a|Expected|greater|less|Object")
"""How the framework's own sentences begin; they name no field, and seldom what is allowed."""


@pytest.mark.parametrize("asked", [one for one in every(Input) if one().fields], ids=lambda one: one.__name__)
def test_no_input_is_refused_in_the_frameworks_words(asked: type[Input], cast: Cast) -> None:
    names = [name for name, field in asked().fields.items() if not field.read_only]
    assert {name for name in names if name not in fields.NAMES} == set(), "name it in tracking/wording/fields"
    for value in ({}, None, "x" * 6000, [{}] * 2000, 10**9, -1, True):
        reader = asked(data=dict.fromkeys(names, value), context={"user": cast.fay, "child": cast.cleo})
        if not reader.is_valid():
            for problem in errors.explain(reader).problems:
                assert not FRAMEWORKS.match(problem.detail), problem
    reader = asked(data={}, context={"user": cast.fay, "child": cast.cleo})
    if not reader.is_valid():
        assert not [one for one in errors.explain(reader).problems if FRAMEWORKS.match(one.detail)]


READ_STRICTLY = (serializers.ChoiceField, serializers.EmailField, serializers.DictField)
"""The framework's own fields that take nothing for a value that only looks like one."""


@pytest.mark.parametrize("asked", [one for one in every(Input) if one().fields], ids=lambda one: one.__name__)
def test_no_input_takes_what_only_looks_like_a_value(asked: type[Input]) -> None:
    for name, field in asked().fields.items():
        kind = type(field.child if isinstance(field, serializers.ListField) else field)
        assert not kind.__module__.startswith("rest_framework") or kind in READ_STRICTLY, name


def test_a_refusal_says_what_is_allowed(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    answer = fay.put(
        filled(f"{ROOM}/observations/{{id}}", cast),
        {"stimulus": "no spaces please", "intensity": -1, "occurred_at": 5},
    )
    allowed = {error["field"]: error["allowed"] for error in answer["errors"]}
    assert allowed == {
        "stimulus": "[a-z0-9_<>.-]{1,40}",
        "intensity": {"min": 0, "max": 4},
        "occurred_at": "YYYY-MM-DDThh:mm[:ss[.ffffff]](Z|±hh:mm)",
    }
    answer = fay.put(filled(f"{ROOM}/sessions/{{id}}", cast), {"outcome": "x", "occurred_at": "x"})
    assert answer["errors"][-1]["allowed"] == ["done", "stopped", "declined", "not_today"]
    answer = fay.put(
        filled(f"{ROOM}/sessions/{{id}}", cast),
        {"outcome": "done", "occurred_at": rls.now().isoformat(), "cues": [{"at": 20}]},
    )
    assert answer.fields == {"cues.0.at": "client_too_new"}
    assert answer["errors"][0]["allowed"] == ["code", "sign", "moment", "at_seconds"]


def test_an_id_that_names_something_else_is_a_conflict(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    entry = uuid.uuid4()
    now = rls.now().isoformat()
    fay.put(f"/api/v1/children/{cast.cleo.pk}/sessions/{entry}", {"outcome": "done", "occurred_at": now})
    other_body = {"outcome": "declined", "occurred_at": now}
    answer = fay.put(f"/api/v1/children/{cast.cleo.pk}/sessions/{entry}", other_body)
    assert (answer.status, answer.code) == (409, "id_already_used")
    answer = fay.put(f"/api/v1/children/{cast.cleo.pk}/bedtimes/{entry}", {"lights_out_at": now})
    assert (answer.status, answer.code) == (409, "id_already_used")


def test_the_same_id_is_free_for_another_child(app_of: AppOf, cast: Cast) -> None:
    entry, body = uuid.uuid4(), {"outcome": "done", "occurred_at": rls.now().isoformat()}
    assert app_of(cast.fay).put(f"/api/v1/children/{cast.cleo.pk}/sessions/{entry}", body).status == 201
    assert app_of(cast.finn).put(f"/api/v1/children/{cast.fern.pk}/sessions/{entry}", body).status == 201


def test_a_revision_of_what_changed_meanwhile_is_kept_and_flagged(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    path = f"/api/v1/children/{cast.cleo.pk}/sessions/{uuid.uuid4()}"
    now = rls.now().isoformat()
    for body in ({"minutes": 5}, {"minutes": 6, "base_revision": 1}):
        fay.put(path, {"outcome": "done", "occurred_at": now, **body})
    late = fay.put(path, {"outcome": "done", "occurred_at": now, "minutes": 7, "base_revision": 1})
    assert (late.status, late["revision"], late["flags"]) == (200, 3, ["needs_review"])


def test_nobody_revises_what_another_logged(app_of: AppOf, cast: Cast) -> None:
    path = f"/api/v1/children/{cast.cleo.pk}/sessions/{uuid.uuid4()}"
    now = rls.now().isoformat()
    app_of(cast.fay).put(path, {"outcome": "done", "occurred_at": now})
    revision = {"outcome": "stopped", "occurred_at": now, "base_revision": 1}
    for other in (cast.greg, cast.tess):
        answer = app_of(other).put(path, revision)
        assert (answer.status, answer.code) == (403, "not_yours_to_revise")


def test_a_late_correction_of_ones_own_is_refused_with_a_way_out(app_of: AppOf, cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        old = factories.session(cast.cleo, by=cast.fay, at=rls.now() - dt.timedelta(days=8))
    answer = app_of(cast.fay).put(f"/api/v1/children/{cast.cleo.pk}/sessions/{old.client_id}/withdrawal", {})
    assert (answer.status, answer.code) == (403, "too_late_to_revise")
    assert "Write to the care team" in answer["detail"]


def test_what_is_odd_is_kept_and_flagged(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    room = f"/api/v1/children/{cast.cleo.pk}"
    now = rls.now()
    tomorrow = (now + dt.timedelta(days=1)).isoformat()
    long_ago = (now - dt.timedelta(days=3)).isoformat()
    odd = {
        "clock_off": {"outcome": "done", "occurred_at": tomorrow},
        "logged_late": {"outcome": "done", "occurred_at": long_ago},
        "unknown_code": {"outcome": "done", "occurred_at": now.isoformat(), "state_after": "floating"},
        "needs_review": {"outcome": "done", "occurred_at": now.isoformat(), "minutes": 600},
    }
    for flag, body in odd.items():
        answer = fay.put(f"{room}/sessions/{uuid.uuid4()}", body)
        assert answer.status == 201
        assert flag in answer["flags"]


def test_an_odd_entry_is_confirmed_by_its_author(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    path = f"/api/v1/children/{cast.cleo.pk}/sessions/{uuid.uuid4()}"
    fay.put(path, {"outcome": "done", "occurred_at": rls.now().isoformat(), "minutes": 600})
    answer = fay.put(f"{path}/confirmation", {})
    assert (answer.status, answer["flags"]) == (200, [])


def test_two_sessions_at_once_are_told_apart(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    room = f"/api/v1/children/{cast.cleo.pk}/sessions"
    one, other = uuid.uuid4(), uuid.uuid4()
    for entry in (one, other):
        fay.put(f"{room}/{entry}", {"outcome": "done", "occurred_at": rls.now().isoformat()})
    assert fay.get(f"{room}/{one}")["flags"] == ["possible_duplicate"]
    assert fay.put(f"{room}/{one}/apart-from/{other}", None).status == 204
    assert fay.get(f"{room}/{one}")["flags"] == []


def test_not_today_with_its_reason_is_an_answer(app_of: AppOf, cast: Cast) -> None:
    answer = app_of(cast.nan).put(
        f"/api/v1/children/{cast.cleo.pk}/sessions/{uuid.uuid4()}",
        {"outcome": "not_today", "not_today_reason": "child_unwell", "occurred_at": rls.now().isoformat()},
    )
    assert (answer.status, answer["not_today_reason"]) == (201, "child_unwell")


# ---- a corpus of input that plain Django and DRF answer with a 500 -----------------------------------------

NULS = "a\x00b"
SURROGATE = "\ud800"
DEEP: Any = []
for _ in range(20):
    DEEP = [DEEP]

VALUES: list[Any] = [
    None, True, 0, -1, 2**53, 1.5, 1e300, "", " ", "x", "x" * 6000, "٣", "0x10", "NaN", "null",
    "../../etc/passwd", "{{7*7}}", "%00", "' OR 1=1 --", "\u202e", "🦶" * 50, [], {}, [None], [[]], [{}],
    {"a": 1}, DEEP, ["a", 1, None], "2026-13-01", "2026-02-29T00:00:00Z", "2026-05-01T24:00:01Z",
    "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "-2026-05-01T00:00:00Z",
    "2026-05-01T18:30:00+99:99", "2026-05-01T18:30:00 -04:00", "2026-W18-5", "1e5",
    "00000000-0000-0000-0000-000000000000", "01980000000070008000000000000000",
]  # fmt: skip

MOST_TAKEN = 8
"""Of a field that takes any text, so many go on over HTTP."""

SHAPES: dict[str, tuple[str, ...]] = {
    "sessions": (
        "occurred_at", "outcome", "zone", "precision", "sent_at", "note", "base_revision", "program_version",
        "slot", "provider", "ended_by", "not_today_reason", "minutes", "state_before", "steps", "cues",
        "product_kind", "product_name", "not_asked", "part_of_day", "source", "told_by_grant", "told_by_name",
    ),
    "bedtimes": (
        "occurred_at", "lights_out_at", "asleep_at", "about_minutes", "method", "resistance",
        "night_waking_minutes", "confounders",
    ),
    "observations": (
        "occurred_at", "stimulus", "stimulus_text", "responses", "intensity", "recovery_minutes",
        "is_not_settled", "people_present", "tried",
    ),
    "stimulus-days": ("occurred_at", "tracked_stimulus", "came_up", "precision"),
    "messages": ("body", "about_entry"),
}  # fmt: skip

SHAPES_IN: dict[str, Any] = {
    "sessions": sessions.SessionIn,
    "bedtimes": bedtimes.BedtimeIn,
    "observations": observations.ObservationIn,
    "stimulus-days": stimulus_days.StimulusDayIn,
    "messages": messages.MessageIn,
}

LEAST: dict[str, dict[str, Any]] = {
    "sessions": {"outcome": "done", "occurred_at": NOW},
    "bedtimes": {"lights_out_at": NOW},
    "observations": {"stimulus": "cloth_tag", "occurred_at": NOW},
    "stimulus-days": {
        "occurred_at": NOW,
        "tracked_stimulus": "01980000-0000-7000-8000-000000000000",
        "came_up": True,
    },
    "messages": {"body": "x"},
}


@pytest.mark.parametrize("kind", SHAPES)
def test_no_value_in_any_field_ends_in_a_500(app_of: AppOf, cast: Cast, kind: str) -> None:
    """Every value meets the in-serializer; the ones it takes go on to the service over HTTP."""
    fay = app_of(cast.fay)
    least = json.loads(filled(json.dumps(LEAST[kind]), cast))
    for field in SHAPES[kind]:
        taken = 0
        for value in VALUES:
            body = {**least, field: value}
            reader = SHAPES_IN[kind](data=body, context={"user": cast.fay, "child": cast.cleo})
            if not reader.is_valid():
                assert errors.explain(reader).problems, (field, value)
            elif taken < MOST_TAKEN:
                taken += 1
                answer = fay.put(f"/api/v1/children/{cast.cleo.pk}/{kind}/{uuid.uuid4()}", body)
                assert answer.status in (201, 400), (field, value, answer.body)


@pytest.mark.parametrize("value", [NULS, SURROGATE, {NULS: 1}, {SURROGATE: 1}, [[[SURROGATE]]]])
@pytest.mark.parametrize("kind", SHAPES)
def test_nul_and_half_a_surrogate_pair_are_refused_everywhere(
    app_of: AppOf, cast: Cast, kind: str, value: Any
) -> None:
    fay = app_of(cast.fay)
    for field in ("note", "body", "cues"):
        answer = fay.put(f"/api/v1/children/{cast.cleo.pk}/{kind}/{uuid.uuid4()}", {field: value})
        assert (answer.status, answer.code) == (400, "forbidden_character")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=-1", "limit=x", "limit=1.5", "limit=٣", "limit=%00", "limit=",
        "limit=99999999999999999999999", "limit=1&limit=2", "cursor=x", "cursor=%00", "cursor=",
        "cursor=AAAA", "cursor=%F0%9F%A6%B6", "cursor=" + "A" * 501, "from=2026-02-30", "from=today",
        "from=%00", "from=", "until=9999-99-99", "until=2026-05-01T00:00:00Z", "from=1",
        "with_withdrawn=maybe", "with_withdrawn=%00", "filter=%00", "filter=%ff", "order=id", "page=2",
        "offset=5", "format=json", "%00=1", "a[]=1", "=",
        "LIMIT=5",
    ],
)  # fmt: skip
def test_a_query_that_is_not_understood_is_refused(app_of: AppOf, cast: Cast, query: str) -> None:
    answer = app_of(cast.fay).get(f"/api/v1/children/{cast.cleo.pk}/sessions?{query}")
    assert answer.status == 400
    assert answer.code in ("invalid", "unknown_parameter", "cursor_not_valid", "forbidden_character")
    assert answer["errors"]


@pytest.mark.parametrize(
    "path",
    [
        "{cleo}/sessions/x", "{cleo}/sessions/٣", "{cleo}/sessions/%00", "{cleo}/sessions/%ff", "x/sessions",
        "{cleo}/sessions/0198-0000", "{cleo}/%F0%9F%A6%B6", "%00/today", "{cleo}%00/today", "{cleo}/today/",
        "{cleo}//today", "..", "{cleo}/../{fern}/today", "0198000000007000800000000000000٣/today",
        "{{cleo}}/today", "01980000-0000-7000-8000-000000000000", "{fern}", "{fern}/today",
        "{fern}/sessions/{id}",
    ],
)  # fmt: skip
def test_an_address_that_is_none_answers_like_one_out_of_sight(app_of: AppOf, cast: Cast, path: str) -> None:
    fay = app_of(cast.fay)
    nowhere = fay.get("/api/v1/children/01980000-0000-7000-8000-000000000001")
    answer = fay.get(filled(f"/api/v1/children/{path}", cast))
    assert answer.status == 404
    assert answer.content == nowhere.content
    assert dict(answer.headers) == dict(nowhere.headers)

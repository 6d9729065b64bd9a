"""No list, count, order, page, search or refusal tells of rows that somebody may not see.

Everything that answers a GET is asked with every filter and every order that it takes; then rows out of the
asker's sight are planted, and everything is asked again: not a byte may have changed.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework import serializers

from clinic import rls
from clinic.localtime import local_day, monday_of
from clinic.models import User
from tests import access, factories, matrix
from tests.access import Door, Row
from tests.alike import settled
from tests.cast import Cast, planted
from tests.matrix import NOBODYS, table
from tracking.models import ProgramState
from tracking.readings.caseload import Filter, Sort
from tracking.readings.flags import Shown
from tracking.vocabulary.concerns import ConcernKind, FlagCode

# ---- what is asked ----------------------------------------------------------------------------------------

OF_PAGES: dict[str, dict[str, list[str]]] = {
    "GET /c/<clinic>/caseload/": {
        "shown": list(Filter),
        "sort": list(Sort),
        "reversed": ["1"],
        "q": ["c", "cleo", "fern", "cody", planted("fern-last-name"), "nobody"],
    },
    "GET /c/<clinic>/flags/": {"shown": list(Shown)},
    "GET /c/<clinic>/library/": {"q": ["toe", "planted", "nothing"]},
    "GET /c/<clinic>/settings/erasure/find/": {"name": ["cleo", "fern", "cody", "dana"]},
    "GET /children/<child>/diary/": {"until": ["2020-01-01", "2999-01-01"]},
}
"""Filters, orders and searches of pages; those of the API are read from their queries."""

NO_FILTERS = {
    "before": "where a page before ended: its place is asked by following the link",
    "row": "of the same link",
    "home": "whose sheet is printed: a home that one sees",
    "first": "which days are typed in",
    "from": "which of the library's is copied",
    "slot": "which slot a form begins with",
    "to": "which page of one's own a mail leads to",
    "next": "where one goes on to, held against our own addresses",
    "redirect_uri": "where an app is, held against what was registered",
    "part": "a page of pictures, in DEBUG alone",
    "dir": "a page of pictures, in DEBUG alone",
    "kind": "which kind of report a form asks for",
    "month": "which month of a clinic's counts, whose groups are never small",
}
"""Parameters of pages that choose no rows, and `program drafts'` search of the built-in library."""


def asked_of_pages() -> set[str]:
    """The names of parameters that any page reads."""
    calls = (
        node
        for path in Path("web").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
    )
    return {
        name.value
        for name in map(_asked_for, calls)
        if isinstance(name, ast.Constant) and isinstance(name.value, str)
    }


def _asked_for(call: ast.Call) -> ast.expr | None:
    """What a call asks an address for: `request.GET.get(name)`, or `asked_day(request, name)`."""
    made = call.func
    if isinstance(made, ast.Name) and made.id == "asked_day":
        return call.args[1]
    is_get = isinstance(made, ast.Attribute) and made.attr in ("get", "getlist")
    if is_get and isinstance(made.value, ast.Attribute) and made.value.attr == "GET" and call.args:
        return call.args[0]
    return None


def test_every_parameter_of_a_page_is_asked_or_chooses_no_rows() -> None:
    known = {name for parameters in OF_PAGES.values() for name in parameters} | set(NO_FILTERS)
    assert asked_of_pages() == known


def queries() -> dict[str, type[serializers.Serializer]]:
    """The typed parameters of each list of the API."""
    found = {}

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, address)
            elif getattr(getattr(pattern.callback, "cls", None), "query", None):
                plain = "/" + re.sub(r"<\w+:(\w+)>", r"<\1>", address)
                found[f"GET {plain}"] = pattern.callback.cls.query

    walk(get_resolver().url_patterns, "")
    return found


BY_KIND = {
    "BooleanField": ["true", "false"],
    "DayField": ["2020-01-01", "2999-01-01"],
    "InstantField": ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"],
    "CountField": ["1"],
    "IdField": [str(NOBODYS)],
}


def values_of(field: serializers.Field) -> list[str]:
    """What a parameter is asked with."""
    if isinstance(field, serializers.ChoiceField):
        return [str(choice) for choice in field.choices]
    return next((BY_KIND[kind.__name__] for kind in type(field).__mro__ if kind.__name__ in BY_KIND), [])


def questions() -> Iterator[tuple[Row, dict[str, str]]]:
    """Every GET, plain and with each value of each parameter that it takes."""
    asked_with = {
        name: {key: values_of(field) for key, field in query().get_fields().items()}
        for name, query in queries().items()
    }
    for row in access.rows():
        if row.method == "GET" and "/auth/" not in row.address and not row.address.startswith("/accounts/"):
            yield row, {}
            for name, values in (asked_with | OF_PAGES).get(str(row), {}).items():
                yield from ((row, {name: value}) for value in values)


def test_every_list_of_the_api_has_parameters_that_are_asked() -> None:
    lists = queries()
    assert len(lists) > 8
    for name, query in lists.items():
        unasked = {key for key, field in query().get_fields().items() if not values_of(field)}
        assert unasked <= {"cursor"}, name
    assert sum(bool(query) for _, query in questions()) > 60


TOLD = {"otto": ("audit", "seen", "flags", "supervision", "erasure")}
"""Addresses that tell somebody how much there is of what they do not read: an owner, of all of the clinic's.

What was done, by codes; that there are flags; how long supervisors talked; what an erasure would remove.
"""

AS_OTHERS = ("asha", "theo", "tova", "dana", "finn")
"""Who is told of one child what Tess or Fay is told of Cleo: they are asked what is of no one child."""


def is_asked(row: Row, actor: str) -> bool:
    if actor in AS_OTHERS and "<child>" in row.address:
        return False
    return not any(f"/{word}/" in f"{row.address}/" for word in TOLD.get(actor, ()))


CURSOR = re.compile(rb'("(?:next_)?cursor": ?)"[^"]*"')


def everything(
    door: Door, filled: Mapping[str, object], *, about: str = "cleo", of: Sequence[str] = ()
) -> dict[str, bytes]:
    """All that somebody is told by every question, to the byte; tokens, cursors and new ids left out.

    What the table refuses them is not asked: the matrix sees to it that a refusal tells nothing.
    """
    told = {}
    for row, query in questions():
        if of and str(row) not in of:
            continue
        if not is_asked(row, door.actor) or table().expected(row, door.actor, about) != 200:
            continue
        answer = door.ask(row, filled, query=query)
        if answer.status < 400:
            body = settled(answer.body)
            body, sealed = CURSOR.subn(rb'\1"sealed"', body)
            # A cursor is as long as what is sealed in it: where the whole feed stands, of which nobody reads.
            left_out = ("Set-Cookie", "Content-Length") if sealed else ("Set-Cookie",)
            head = b"\n".join(line.encode() for line in answer.headers if not line.startswith(left_out))
            told[f"{row} {urlencode(query)}"] = head + b"\n" + body
    return told


def test_a_filter_by_what_is_hidden_is_one_by_what_never_was(cast: Cast) -> None:
    """Otto, who owns a clinic, asks for a child and people of another."""
    filled = access.values(cast, factories.record(cast))
    factories.record(cast, factories.around_cody(cast))
    door = Door("otto", cast)
    hidden = (cast.cody.pk, cast.tova.pk, cast.olga.pk)
    asked = 0
    for row in access.rows():
        for name, field in queries().get(str(row), serializers.Serializer)().get_fields().items():
            if isinstance(field, serializers.UUIDField):
                told = {one: door.ask(row, filled, query={name: str(one)}) for one in (NOBODYS, *hidden)}
                asked += len(hidden)
                assert told[NOBODYS].status == 200
                assert all(told[one] == told[NOBODYS] for one in hidden), f"{row} {name}"
    assert asked > len(hidden)


# ---- what is planted --------------------------------------------------------------------------------------


def of_another_family(cast: Cast) -> None:
    """A record as full as Cleo's, of Fern."""
    factories.record(cast, factories.around_fern(cast))


def of_another_clinic(cast: Cast) -> None:
    factories.record(cast, factories.around_cody(cast))


def private_note(cast: Cast, by: User) -> None:
    with rls.acting_as(by, system="seeding"):
        factories.note(cast.cleo, by=by, is_private=True)


def safeguarding(cast: Cast) -> None:
    factories.safeguarding(cast.cleo, by=cast.asha, lead=cast.theo, owner=cast.otto)


def of_one_caregiver(cast: Cast, by: User) -> None:
    """What a caregiver says of themselves."""
    this_week = monday_of(local_day(rls.now(), cast.harbor.zone))
    factories.check_in(cast.cleo, by=by, week_on=this_week - dt.timedelta(weeks=1))
    factories.concern(cast.cleo, by=by, kind=ConcernKind.PARENT_STRAIN)
    factories.flag(cast.cleo, by=by, code=FlagCode.PARENT_STRAIN)


def of_the_team(cast: Cast) -> None:
    """What the team keeps to itself: a draft, a note to be signed, a report that is not shared."""
    factories.program(cast.cleo, by=cast.tess, state=ProgramState.DRAFT)
    factories.drafted_note(cast)
    factories.report(cast.cleo, by=cast.tess)
    factories.supervision(cast)


def of_the_record(cast: Cast) -> None:
    """What is clinical."""
    factories.note(cast.cleo, by=cast.tess)
    factories.goal(cast.cleo, by=cast.tess)
    factories.message(cast.cleo, by=cast.fay)
    for _ in range(3):
        factories.observation(cast.cleo, by=cast.fay)
        factories.session(cast.cleo, by=cast.fay)
        factories.bedtime(cast.cleo, by=cast.fay)


def of_cleo(cast: Cast) -> None:
    """All there is about Cleo that tells of no contact, which an office knows of."""
    of_the_record(cast)
    of_the_team(cast)
    private_note(cast, cast.tess)
    of_one_caregiver(cast, cast.greg)


def of_the_other_home(cast: Cast) -> None:
    """What Fay's household keeps to itself."""
    factories.family_words(cast.cleo, by=cast.fay, family=cast.fays_home, about="toe-rolls")
    factories.erasure_request(cast.cleo, by=cast.nan)


Planting = Callable[[Cast], None]

ELSEWHERE: list[Planting] = [of_another_clinic]
OTHERS: list[Planting] = [of_another_family, *ELSEWHERE]

HIDDEN: dict[str, tuple[str, list[Planting]]] = {
    "tess": ("cleo", [*OTHERS, safeguarding, lambda cast: private_note(cast, cast.asha)]),
    "asha": ("cleo", [*OTHERS, lambda cast: private_note(cast, cast.tess)]),
    "otto": ("cleo", [*ELSEWHERE, of_cleo]),
    "opal": ("cleo", [*ELSEWHERE, of_cleo, safeguarding]),
    "fay": (
        "cleo",
        [
            *OTHERS,
            of_the_team,
            safeguarding,
            lambda cast: private_note(cast, cast.tess),
            lambda cast: of_one_caregiver(cast, cast.greg),
        ],
    ),
    "greg": (
        "cleo",
        [
            *OTHERS,
            of_the_team,
            safeguarding,
            of_the_other_home,
            lambda cast: private_note(cast, cast.tess),
            lambda cast: of_one_caregiver(cast, cast.fay),
        ],
    ),
    "nan": ("cleo", [*OTHERS, of_cleo, safeguarding]),
    "theo": ("fern", [*ELSEWHERE, of_cleo]),
    "finn": ("fern", [*ELSEWHERE, of_cleo, safeguarding]),
    "dana": ("cleo", [of_cleo, safeguarding]),
    "tova": ("cody", [of_another_family, of_cleo, safeguarding]),
    "rex": ("cleo", [*OTHERS, of_cleo, safeguarding]),
    "anonymous": ("cleo", [*OTHERS, of_cleo, safeguarding]),
}
"""What somebody may not see, planted while they look at a child that is theirs, if any is."""


def looking_at(cast: Cast, about: str) -> Mapping[str, object]:
    """Cleo's record, and what placeholders stand for; or another child's, too."""
    own = access.values(cast, factories.record(cast))
    around = {"fern": factories.around_fern, "cody": factories.around_cody}
    if about not in around:
        return own
    of = around[about](cast)
    factories.record(cast, of)
    return matrix.translated(own, matrix.rows_of(own.values()), of.child)


@pytest.mark.parametrize("actor", HIDDEN)
def test_rows_out_of_sight_change_not_a_byte(
    cast: Cast, say_at_the_end: Callable[[str], None], actor: str
) -> None:
    about, plantings = HIDDEN[actor]
    filled = looking_at(cast, about)
    door = Door(actor, cast)
    before = everything(door, filled, about=about)
    for plant in plantings:
        plant(cast)
    after = everything(door, filled, about=about)
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    say_at_the_end(f"{actor} about {about}: {len(before)} answers alike")
    assert len(before) > FEWEST.get(actor, 20)
    assert not changed, "\n".join(sorted(changed))


FEWEST = {"anonymous": 3, "rex": 5, "finn": 5, "tova": 10}
"""Who is told nearly nothing."""


def test_a_row_in_sight_changes_what_is_told(cast: Cast) -> None:
    """Or the comparison above would compare nothing."""
    filled = access.values(cast, factories.record(cast))
    door = Door("tess", cast)
    lists = ["GET /api/v1/children/<child>/messages", "GET /c/<clinic>/caseload/"]
    before = everything(door, filled, of=lists)
    factories.message(cast.cleo, by=cast.fay)
    after = everything(door, filled, of=lists)
    changed = {name for name in before if before[name] != after[name]}
    assert "GET /api/v1/children/<child>/messages limit=1" in changed
    assert "GET /c/<clinic>/caseload/ sort=name" in changed

"""Requests that schemathesis makes of docs/api/openapi.yaml, and the product's answers held against it.

Each request goes through the whole WSGI application as several people of the cast in turn, and what it did is
undone. tests/api/test_made_requests.py makes a few for three of them, `make prove-api` many for everybody.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import hypothesis
import schemathesis
import yaml
from django.core.cache import cache as counted
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks
from schemathesis.transport.serialization import serialize_binary

from api.fields import EARLIEST_YEAR, LATEST_YEAR
from tests import matrix
from tests.access import product
from tests.database import ROOT
from tests.matrix import World

SEED = 20261126

CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    schemathesis.checks.not_a_server_error,
]
"""Of all that schemathesis can look at. Left out, each for a reason:

- positive_data_acceptance: what has the right shape may name a row nobody sees, or a day before the child was
  born. `misunderstood` asks instead that nothing is refused for a shape it has.
- use_after_free, ensure_resource_availability: each request is undone, so nothing is there or gone after one.
- ignored_auth, object_level_authorization: the authorization matrix asks every route as everybody.
- missing_required_header: If-Match is answered with 428, which the corpus of bad input sends.
- unsupported_method, allow_header_conformance: the matrix asks each address by every method.
"""

CONFIG = SchemathesisConfig.from_dict(
    {
        # No text holds NUL; that is said once for all of them, not with each (api/parsers.py).
        "generation": {"allow-x00": False},
        "checks": {
            "negative_data_rejection": {
                # 412: whether the state that is changed is the newest is looked at before the body is.
                "expected-statuses": ["400", "401", "403", "404", "405", "409", "412", "413", "415", "428"]
            }
        },
    }
)

OF_SHAPE = frozenset(
    {"required", "null", "blank", "empty", "invalid_choice", "client_too_new", "unknown_parameter"}
    | {"min_length", "max_length", "min_value", "max_value", "not_a_list", "not_a_dict"}
)
"""Codes of refusals for a shape that the description could have told."""

ITS_OWN_RESULT = frozenset({"POST /api/v1/batch"})
"""Where what is wrong with one of many is told in its own result: it never blocks the others."""

NOT_TOLD = frozenset(
    {
        ("POST /api/auth/app/v1/auth/login", "email"),  # one of two fields, not both
        ("PUT /api/v1/children/{child}/sessions/{session}", "cues.code"),  # likewise: or a sign
        (
            "POST /api/auth/app/v1/account/authenticators/webauthn",
            "credential",
        ),  # browsers know
        ("POST /api/auth/app/v1/auth/webauthn/authenticate", "credential"),
        ("POST /api/auth/app/v1/auth/webauthn/login", "credential"),
        ("POST /api/auth/app/v1/auth/webauthn/reauthenticate", "credential"),
    }
)
"""Shapes that are told in words alone."""

# Nothing here happened before 1900 or will after 2199 (api/fields.py).
_DAYS = st.dates(dt.date(EARLIEST_YEAR, 1, 1), dt.date(LATEST_YEAR, 12, 31)).map(dt.date.isoformat)
_INSTANTS = st.builds("{}T{}Z".format, _DAYS, st.times().map(dt.time.isoformat))
schemathesis.openapi.format("date", _DAYS)
schemathesis.openapi.format("date-time", _INSTANTS)


@schemathesis.serializer(
    "audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg", "image/jpeg", "image/png", "image/webp"
)
def _as_it_is(context: Any, value: Any) -> dict[str, Any]:
    """A file is sent as its bytes, which schemathesis knows of a few kinds alone."""
    return {"data": serialize_binary(value)}


def undoing(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The product as a WSGI application that forgets what each request did."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)  # the sender asks for more kinds than it reads
    counted.clear()  # nobody is refused for having asked too often
    point = transaction.savepoint()
    try:
        response = product().get_response(WSGIRequest(environ))
        body = list(response) if response.streaming else [response.content]
        cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
        start_response(f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies])
        return body
    finally:
        transaction.savepoint_rollback(point)
        transaction.savepoint_commit(point)


@cache
def operations() -> Sequence[APIOperation]:
    """Every operation of docs/api/openapi.yaml."""
    return operations_of(
        yaml.load((ROOT / "docs" / "api" / "openapi.yaml").read_text("utf-8"), yaml.CSafeLoader)
    )


def operations_of(described: dict[str, Any]) -> Sequence[APIOperation]:
    """Every operation of a description, answered by the product."""
    schema = schemathesis.openapi.from_dict(described, config=CONFIG)
    schema.app = undoing
    return [found.ok() for found in schema.get_all_operations()]


@dataclass
class Tally:
    """What was asked and answered so far."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = Counter(f"{status // 100}xx" for status in self.statuses.elements())
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        return f"{self.statuses.total()} requests ({told}), {len(self.faults)} faults"


def send(
    tally: Tally,
    operation: APIOperation,
    world: World,
    *,
    actors: Sequence[str],
    examples: int,
    seed: int = SEED,
) -> None:
    """Make requests of one operation, half of them right, and send each as each of these actors."""
    own = _own(operation, world.values["cleo"])

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=st.one_of(*(operation.as_strategy(mode, path_parameters=own) for mode in MODES)))
    def each(case: Case) -> None:
        for actor in actors:
            tally.faults += [
                f"{operation.label} as {actor}: {said}" for said in _faults(tally, case, world, actor)
            ]

    each()


MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def _own(operation: APIOperation, values: Mapping[str, object]) -> dict[str, str] | None:
    """What stands in the address: Cleo and what is hers, new where ids are the sender's to make."""
    names = re.findall(r"{(\w+)}", operation.path)
    told = {name: str(values[name]) for name in names}
    address = operation.path.replace("{", "<").replace("}", ">")
    if f"{operation.method.upper()} {address}" in matrix.table().makes_ids:
        told[names[-1]] = str(uuid.UUID(int=matrix.NOBODYS.int + 1000))
    return told or None


def _faults(tally: Tally, case: Case, world: World, actor: str) -> Iterator[str]:
    bearer = world.doors[actor].bearer
    headers = {"Authorization": bearer} if bearer else {}
    response = case.call(base_url="http://testserver", headers=headers)
    tally.statuses[response.status_code] += 1
    asked = f"{case.query or ''} {case.body!r:.400}"
    excluded = [checks.negative_data_rejection] if case.operation.label in ITS_OWN_RESULT else []
    try:
        case.validate_response(response, headers=headers, checks=CHECKS, excluded_checks=excluded)
    except FailureGroup as group:
        for failure in group.exceptions:
            yield f"{response.status_code} {type(failure).__name__} {failure.message:.600}; asked {asked}"
    for name, code in misunderstood(case, response):
        yield f"{name or 'the body'} has the shape it should have and is refused as {code}; asked {asked}"


def misunderstood(case: Case, response: Response) -> Iterator[tuple[str, str]]:
    """Fields of a request that is as it is described, with the codes by which their shape was refused."""
    if response.status_code == 400 and case.meta is not None and case.meta.generation.mode.is_positive:
        for error in response.json()["errors"]:
            field = re.sub(r"\.\d+\b", "", error["field"])
            if error["code"] in OF_SHAPE and (case.operation.label, field) not in NOT_TOLD:
                yield error["field"], error["code"]

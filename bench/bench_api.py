"""What a new entry costs over the API beside its floors, and a page of entries as the record grows.

Every request is a transaction of its own and is committed. Floors of a new entry: a bare view with one
INSERT, and a plain create of the REST framework with the same token, the same fields in and out. The limit of
a page: the same token, and one statement in which PostgreSQL writes the JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, path
from django.views.decorators.csrf import csrf_exempt
from rest_framework import generics, permissions, serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from api.authentication import BearerTokenAuthentication
from bench.interleaved import Cost, costs, exponent, tell
from clinic import rls
from clinic.models import Child, User
from config.urls import urlpatterns
from tests import factories
from tests.cast import PASSWORD, Cast, make_id
from tracking.models import TactileObservation

pytestmark = pytest.mark.usefixtures("product_clock")

AT_A_TIME = 20
SENT = {
    "stimulus": "cloth_tag",
    "responses": ["pulls_away", "cries"],
    "intensity": 2,
    "recovery_minutes": 10,
    "region": "hands",
    "setting": "home",
    "precision": "minute",
    "zone": "America/New_York",
    "source": "app",
    "note": "The new shirt.",
}
"""What a phone sends, and when it was."""

IN = (
    *SENT,
    *("occurred_at", "part_of_day", "told_by_grant", "told_by_name", "language", "stimulus_text", "tried"),
    *("recovery_band", "is_not_settled", "expectedness", "touch_type", "people_present", "confounders"),
)
OUT = (
    "client_id",
    "revision",
    "state",
    "local_day",
    "received_at",
    "door",
    "is_on_behalf",
    "flags",
    "not_asked",
)
FEW = ("stimulus", "intensity", "note", "occurred_at")


class PlainSerializer(serializers.ModelSerializer[TactileObservation]):
    """Every field of an observation that a phone may send, and those it is answered besides."""

    class Meta:
        model = TactileObservation
        fields = IN + OUT
        read_only_fields = OUT


class ShortSerializer(serializers.ModelSerializer[TactileObservation]):
    """Four fields and no others."""

    class Meta:
        model = TactileObservation
        fields = FEW


class PlainCreate(generics.CreateAPIView[TactileObservation]):
    """What the framework does by itself: the token, the fields, one INSERT."""

    authentication_classes = (BearerTokenAuthentication,)
    permission_classes = (permissions.IsAuthenticated,)
    serializer_class = PlainSerializer
    more: dict[str, Any] = {}

    def perform_create(self, serializer: serializers.BaseSerializer[TactileObservation]) -> None:
        told = serializer.validated_data
        serializer.save(
            client_id=make_id(), **{name: value for name, value in self.more.items() if name not in told}
        )


class ShortCreate(PlainCreate):
    serializer_class = ShortSerializer  # type: ignore[assignment]  # its fields are fewer


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    told = json.loads(request.body)
    with rls.acting_as(PlainCreate.more["reported_by"]):
        TactileObservation.objects.create(client_id=make_id(), **PlainCreate.more | told)
    return HttpResponse(status=201)


class Written(APIView):
    """A page as PostgreSQL can write it by itself."""

    authentication_classes = (BearerTokenAuthentication,)
    permission_classes = (permissions.IsAuthenticated,)

    def get(self, request: Request, child: uuid.UUID) -> HttpResponse:  # noqa: ARG002  # the framework's signature
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT json_agg(row_to_json(page))::text FROM (SELECT {', '.join(self.columns)}"
                " FROM tracking_tactileobservation WHERE child_id = %s AND is_latest"
                " ORDER BY local_day DESC, id DESC LIMIT 101) page",
                [child],
            )
            (page,) = cursor.fetchone()
        return HttpResponse(page, content_type="application/json")

    columns = [
        TactileObservation._meta.get_field(name).column
        for name in (*IN, *OUT, "reported_by", "family", "first_received_at")
    ]


FLOORS = [
    path("bench/bare", bare),
    path("bench/plain", PlainCreate.as_view()),
    path("bench/short", ShortCreate.as_view()),
    path("bench/written/<uuid:child>", Written.as_view()),
]


@pytest.fixture
def cast(live_cast: Cast) -> Iterator[Cast]:
    """The cast, whose requests are committed, with the floors beside the product's addresses."""
    with transaction.atomic():
        entry = factories.entry_fields(live_cast.cleo, by=live_cast.fay)
    PlainCreate.more = {name: value for name, value in entry.items() if name != "client_id"}
    urlpatterns[:0] = FLOORS
    clear_url_caches()
    yield live_cast
    del urlpatterns[: len(FLOORS)]
    clear_url_caches()


def bearer(cast: Cast) -> dict[str, str]:
    """Fay's token, for as long as it is good: five minutes."""
    signed = Client().post(
        "/api/auth/app/v1/auth/login",
        {"email": cast.fay.email, "password": PASSWORD},
        content_type="application/json",
    )
    return {"authorization": f"Bearer {signed.json()['access_token']}"}


def test_a_new_entry_beside_its_floors(cast: Cast) -> None:
    client, token = Client(), bearer(cast)
    told = SENT | {"occurred_at": PlainCreate.more["occurred_at"].isoformat()}

    def address() -> str:
        return f"/api/v1/children/{cast.cleo.pk}/observations/{uuid.uuid4()}"

    def ask(
        method: str, where: Callable[[], str], body: dict[str, Any], times: int = AT_A_TIME
    ) -> Callable[[], None]:
        def work() -> None:
            for _ in range(times):
                answer = client.generic(method, where(), json.dumps(body), "application/json", headers=token)
                assert answer.status_code == 201, answer.content

        return work

    few = {name: told[name] for name in FEW}
    took = costs(
        {
            "ours": ask("PUT", address, told),
            "plain": ask("POST", lambda: "/bench/plain", told),
            "short": ask("POST", lambda: "/bench/short", few),
            "bare": ask("POST", lambda: "/bench/bare", told),
        },
        of=AT_A_TIME,
    )
    with CaptureQueriesContext(connection) as captured:
        ask("PUT", address, told, times=1)()
    print()
    for name, cost in took.items():
        tell_cost(f"new entry, {name}", cost)
    tell("new entry: statements, BEGIN and COMMIT apart", len(captured) - 2, "<= 12 and authentication's 2")
    ours = took["ours"]
    tell("new entry: times a plain create with a token", ours.total / took["plain"].total, "<= 1.6")
    tell("new entry: the same, of four fields", ours.total / took["short"].total, "-")
    tell("new entry: times a bare view with one INSERT", ours.total / took["bare"].total, "-")


SIZES = [1_000, 10_000, 100_000]
A_DAY = 20


def test_a_page_of_entries_does_not_grow_with_the_record(cast: Cast) -> None:
    client = Client()
    ours = f"/api/v1/children/{cast.cleo.pk}/observations?limit=100"
    limit = f"/bench/written/{cast.cleo.pk}"

    def ask(address: str) -> Callable[[], None]:
        def work() -> None:
            for _ in range(AT_A_TIME):
                assert client.get(address, headers=token).status_code == 200

        return work

    print()
    there, took = 0, {}
    for size in SIZES:
        log(cast.cleo, by=cast.fay, numbers=range(there, size))
        there, token = size, bearer(cast)
        both = costs({"ours": ask(ours), "limit": ask(limit)}, of=AT_A_TIME)
        took[size] = both["ours"]
        tell_cost(f"100 of {size} entries", both["ours"])
        tell_cost(f"100 of {size} entries as PostgreSQL writes them", both["limit"])
        tell("    of that limit", both["limit"].total / both["ours"].total, ">= 0.3")
    with CaptureQueriesContext(connection) as captured:
        client.get(ours, headers=token)
    tell("list: statements, BEGIN and COMMIT apart", len(captured) - 2, "<= 4 and authentication's 2")
    tell(
        "list: exponent over entries",
        exponent(SIZES, [took[size].total for size in SIZES]),
        "<= 0.18 (1.5x for 10x)",
    )
    grown = took[SIZES[-1]].postgres / took[SIZES[0]].postgres
    tell("list: PostgreSQL's CPU, times that of 1,000", grown, "<= 1.5")


def log(child: Child, *, by: User, numbers: range) -> None:
    """Observations, the latest first, some twenty a day."""
    with rls.acting_as(by, system=rls.SEEDING), transaction.atomic():
        now = rls.now()
        for start in range(numbers.start, numbers.stop, 1000):
            TactileObservation.objects.bulk_create(
                TactileObservation(
                    stimulus="cloth_tag",
                    intensity=2,
                    **factories.entry_fields(child, by=by, at=now - dt.timedelta(days=number / A_DAY)),
                )
                for number in range(start, min(start + 1000, numbers.stop))
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tracking_tactileobservation")


def tell_cost(what: str, cost: Cost) -> None:
    tell(f"{what}: CPU ms, Python", cost.python, "-")
    tell(f"{what}: CPU ms, PostgreSQL", cost.postgres, "-")

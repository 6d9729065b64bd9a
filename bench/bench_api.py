"""What a new entry costs over the API beside its floors, and a list of entries as the record grows.

Floors: a bare view with one INSERT, and a plain create of the REST framework with the same token.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path
from django.views.decorators.csrf import csrf_exempt
from rest_framework import generics, permissions, serializers

from api.authentication import BearerTokenAuthentication
from bench.interleaved import cpu_milliseconds, exponent, tell
from clinic import rls
from config.urls import urlpatterns
from tests import factories
from tests.cast import PASSWORD, Cast, make_id, planted_email
from tracking.models import TactileObservation

FIELDS = ("stimulus", "intensity", "note", "occurred_at")


class PlainSerializer(serializers.ModelSerializer[TactileObservation]):
    class Meta:
        model = TactileObservation
        fields = FIELDS


class PlainCreate(generics.CreateAPIView[TactileObservation]):
    """What the framework does by itself: the token, the fields, one INSERT."""

    authentication_classes = (BearerTokenAuthentication,)
    permission_classes = (permissions.IsAuthenticated,)
    serializer_class = PlainSerializer
    more: dict[str, Any] = {}

    def perform_create(self, serializer: serializers.BaseSerializer[TactileObservation]) -> None:
        serializer.save(client_id=make_id(), **self.more)


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    told = json.loads(request.body)
    told.pop("occurred_at")
    with rls.acting_as(PlainCreate.more["reported_by"]):
        now = rls.now()
        TactileObservation.objects.create(client_id=make_id(), occurred_at=now, **told, **PlainCreate.more)
    return HttpResponse(status=201)


FLOORS = [path("bench/bare", bare), path("bench/plain", PlainCreate.as_view())]


@pytest.fixture
def floors(cast: Cast) -> Iterator[None]:
    entry = factories.entry_fields(cast.cleo, by=cast.fay)
    PlainCreate.more = {name: value for name, value in entry.items() if name not in {*FIELDS, "client_id"}}
    urlpatterns[:0] = FLOORS
    clear_url_caches()
    yield
    del urlpatterns[: len(FLOORS)]
    clear_url_caches()


@pytest.mark.usefixtures("floors")
def test_a_new_entry_beside_its_floors(cast: Cast) -> None:
    client = Client()
    signed = client.post(
        "/api/auth/app/v1/auth/login",
        {"email": planted_email("fay"), "password": PASSWORD},
        content_type="application/json",
    )
    bearer = {"authorization": f"Bearer {signed.json()['access_token']}"}
    with rls.acting_as(cast.fay):
        told = {"stimulus": "cloth_tag", "intensity": 1, "note": "x", "occurred_at": rls.now().isoformat()}

        def ask(method: str, address: Callable[[], str]) -> Callable[[], None]:
            def work() -> None:
                for _ in range(10):
                    answer = client.generic(
                        method, address(), json.dumps(told), "application/json", headers=bearer
                    )
                    assert answer.status_code == 201, answer.content

            return work

        took = cpu_milliseconds(
            {
                "ours": ask("PUT", lambda: f"/api/v1/children/{cast.cleo.pk}/observations/{uuid.uuid4()}"),
                "plain": ask("POST", lambda: "/bench/plain"),
                "bare": ask("POST", lambda: "/bench/bare"),
            }
        )
    print()
    tell("new entry: CPU ms", took["ours"] / 10, "-")
    tell("new entry: times a plain create with a token", took["ours"] / took["plain"], "<= 1.6")
    tell("new entry: times a bare view with one INSERT", took["ours"] / took["bare"], "-")


def test_a_page_of_entries_does_not_grow_with_the_record(cast: Cast) -> None:
    client = Client()
    signed = client.post(
        "/api/auth/app/v1/auth/login",
        {"email": planted_email("fay"), "password": PASSWORD},
        content_type="application/json",
    )
    bearer = {"authorization": f"Bearer {signed.json()['access_token']}"}
    address, sizes, times, there = (
        f"/api/v1/children/{cast.cleo.pk}/observations?limit=50",
        [100, 400, 1600],
        [],
        0,
    )
    print()
    for size in sizes:
        for _ in range(size - there):
            factories.observation(cast.cleo, by=cast.fay)
        there = size
        took = cpu_milliseconds({"list": lambda: client.get(address, headers=bearer)})
        times.append(took["list"])
        tell(f"50 of {size} entries: CPU ms", took["list"], "-")
    tell("list: exponent over entries", exponent(sizes, times), "<= 0.18 (1.5x for 10x)")

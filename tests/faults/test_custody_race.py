"""Access that ended is over for every request that begins afterwards, however many are on their way."""

from __future__ import annotations

import json
import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import transaction

from clinic import rls
from clinic.models import CaregiverGrant, User
from tests import factories
from tests.cast import PASSWORD, Cast, planted_email
from tests.outlets import words_in
from tests.processes import Mailbox, running_web, wait_until
from tracking.services import ending_access

ROUNDS = int(os.environ.get("LITTLEFOOT_ROUNDS", "20"))
"""`make prove-ended` plays a hundred."""
READERS = 4


@dataclass
class Reader:
    """Somebody who asks for a child's record over and over, by one address after the other."""

    base: str
    name: str
    addresses: list[str]
    told: list[tuple[float, int, frozenset[str]]] = field(default_factory=list)
    """When each request began, its status and the planted words in its answer."""
    bearer: str = ""
    is_over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.is_over.is_set():
            for address in self.addresses:
                began = time.monotonic()
                status, body = ask(self.base + address, self.bearer)
                if status == 401:  # tokens are short-lived, machines slow
                    self.bearer = bearer_of(self.base, self.name)
                    continue
                self.told.append((began, status, words_in(body)))

    def since(self, instant: float) -> list[tuple[float, int, frozenset[str]]]:
        return [seen for seen in list(self.told) if seen[0] > instant]


def ask(address: str, bearer: str = "", body: dict[str, str] | None = None) -> tuple[int, bytes]:
    """The status and body of an answer, refusals too."""
    request = urllib.request.Request(
        address,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"} | ({"Authorization": bearer} if bearer else {}),
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def bearer_of(base: str, name: str) -> str:
    status, body = ask(
        base + "/api/auth/app/v1/auth/login", body={"email": planted_email(name), "password": PASSWORD}
    )
    assert status == 200, body
    return f"Bearer {json.loads(body)['access_token']}"


def grant_anew(cast: Cast, user: User) -> CaregiverGrant:
    """The person's ended grant, given once more."""
    with rls.acting_as(cast.tess, system="seeding"), transaction.atomic():
        grant = CaregiverGrant.objects.filter(user=user, child=cast.cleo).latest("valid_from")
        grant.pk, grant.revoked_at, grant.revoked_by, grant.valid_from = None, None, None, rls.now()
        grant.id = CaregiverGrant._meta.pk.get_default()
        grant.save(force_insert=True)
        return grant


@pytest.mark.faults
def test_no_request_begun_after_access_ended_carries_anything(live_cast: Cast, mailbox: Mailbox) -> None:
    cast = live_cast
    with rls.acting_as(system="seeding"), transaction.atomic():
        record = factories.record(cast)
    child = f"/api/v1/children/{cast.cleo.pk}"
    addresses = [
        child,
        f"{child}/today",
        f"{child}/sessions",
        f"{child}/sessions/{record.session.client_id}",
        f"{child}/programs",
        f"{child}/messages",
    ]
    with running_web(EMAIL_URL=mailbox.url, API_REQUESTS_PER_MINUTE="1000000") as web:
        readers = [Reader(web.url, "greg", addresses[start:] + addresses[:start]) for start in range(READERS)]
        threads = [threading.Thread(target=reader.run) for reader in readers]
        for thread in threads:
            thread.start()
        carried_before = begun_after = carried_after = 0
        grant = CaregiverGrant.objects.valid().get(user=cast.greg, child=cast.cleo)
        try:
            for _ in range(ROUNDS):
                given = time.monotonic()
                each(readers, lambda reader, given=given: any(words for _, _, words in reader.since(given)))
                with rls.acting_as(cast.tess), transaction.atomic():
                    ending_access.end_access(by=cast.tess, grant=grant, now=rls.now())
                returned = time.monotonic()
                each(readers, lambda reader, returned=returned: len(reader.since(returned)) > 1)
                for reader in readers:
                    after = reader.since(returned)
                    begun_after += len(after)
                    carried_after += sum(status != 404 or bool(words) for _, status, words in after)
                    carried_before += sum(
                        bool(words) for began, _, words in reader.since(given) if began < returned
                    )
                grant = grant_anew(cast, cast.greg)
        finally:
            for reader in readers:
                reader.is_over.set()
            for thread in threads:
                thread.join()
    print(
        f"\n{ROUNDS} rounds: {carried_before} answers with words before access ended,"
        f" {begun_after} requests begun after it, {carried_after} of them carried anything"
    )
    assert carried_before >= ROUNDS * READERS
    assert carried_after == 0


def each(readers: list[Reader], has: Callable[[Reader], bool]) -> None:
    wait_until(lambda: all(has(reader) for reader in readers), what="every reader asked again")

"""The change feed, as a phone reads it: what changed, of what it may see, and nothing twice or never."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CaregiverGrant, Child, RoutineTime, User
from clinic.models.audit import OldestOpen
from clinic.vocabulary import SharingMode
from tests import factories
from tests.api.client import Answer, App
from tests.cast import Cast
from tests.tracking.prescribing import tonight
from tracking.models import Change
from tracking.models.changes import ChangeKind
from tracking.readings import changes
from tracking.services import messaging
from tracking.services.cosigning import cosign
from tracking.services.ending_access import end_access
from tracking.sync.changes import Position

AppOf = Callable[[User], App]

MOST_STATEMENTS = 23
"""Of a page with a change of every kind, with authentication and savepoints."""


@pytest.fixture(autouse=True)
def _everything_has_ended(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """A test is one transaction, which the feed would wait for (tests/tracking/feeding.py does not cheat)."""

    def start() -> Position:
        last = Change.objects.order_by("written_in", "place").last()
        return Position(last.written_in, last.place) if last else Position(0, 0)

    monkeypatch.setattr(OldestOpen, "template", "'9223372036854775807'::xid8")
    monkeypatch.setattr(changes, "start", start)


@dataclass(slots=True)
class Device:
    """A phone that follows the feed."""

    app: App
    cursor: str = ""
    last: Any = None

    def ask(self, **query: Any) -> Answer:
        return self.app.get("/api/v1/changes", **({"cursor": self.cursor} if self.cursor else {}), **query)

    def follow(self, **query: Any) -> list[tuple[str, str | None]]:
        """The (kind, id) of everything that changed since."""
        found: list[tuple[str, str | None]] = []
        while True:
            self.last = self.ask(**query)
            assert self.last.status == 200, self.last.body
            self.cursor = self.last["cursor"]
            found += [(one["kind"], one["id"]) for one in self.last["items"]]
            if not self.last["has_more"]:
                return found


@pytest.fixture
def device_of(app_of: AppOf) -> Callable[[User], Device]:
    def begun(user: User) -> Device:
        device = Device(app_of(user))
        assert device.follow() == []
        return device

    return begun


DeviceOf = Callable[[User], Device]


def test_a_device_begins_with_every_child_to_fetch(app_of: AppOf, cast: Cast) -> None:
    factories.session(cast.cleo, by=cast.fay)
    begun = Device(app_of(cast.fay)).ask()
    assert begun["items"] == []
    assert begun["resync"] == [str(cast.cleo.pk)]
    assert (begun["gone"], begun["has_more"]) == ([], False)
    assert Device(app_of(cast.otto)).ask()["resync"] == [], "an owner reads no record"


def test_what_another_logs_comes_as_its_own_address_answers(device_of: DeviceOf, cast: Cast) -> None:
    fay = device_of(cast.fay)
    told = factories.session(cast.cleo, by=cast.greg, family=cast.gregs_home)
    assert fay.follow() == [("session", str(told.client_id))]
    (change,) = fay.last["items"]
    room = f"/api/v1/children/{cast.cleo.pk}"
    assert change["body"] == fay.app.get(f"{room}/sessions/{told.client_id}").body
    assert change["body"]["zone"] is None
    assert change["revision"] == 1
    assert fay.follow() == []


def test_a_thing_that_changed_often_comes_once_and_as_it_is(device_of: DeviceOf, cast: Cast) -> None:
    greg, fay = device_of(cast.greg), device_of(cast.fay)
    path = f"/api/v1/children/{cast.cleo.pk}/observations/{uuid.uuid4()}"
    told = {"stimulus": "grass", "occurred_at": rls.now().isoformat()}
    for revision in range(3):
        body = {**told, "intensity": revision} | ({"base_revision": revision} if revision else {})
        assert fay.app.put(path, body).status in (200, 201)
    assert len(greg.follow()) == 1
    assert greg.last["items"][0]["body"]["intensity"] == 2


def test_what_is_withdrawn_is_a_tombstone_and_comes_back_whole(device_of: DeviceOf, cast: Cast) -> None:
    fay, greg = device_of(cast.fay), device_of(cast.greg)
    told = factories.session(cast.cleo, by=cast.fay)
    path = f"/api/v1/children/{cast.cleo.pk}/sessions/{told.client_id}/withdrawal"
    fay.app.put(path, {})
    greg.follow()
    (change,) = greg.last["items"]
    assert (change["is_withdrawn"], change["body"], change["revision"]) == (True, None, 2)
    fay.app.delete(path)
    greg.follow()
    (change,) = greg.last["items"]
    assert (change["is_withdrawn"], change["body"]["state"]) == (False, "recorded")


def test_nothing_tells_of_what_is_out_of_sight(device_of: DeviceOf, cast: Cast) -> None:
    nan, fay, greg, finn, tess = (
        device_of(one) for one in (cast.nan, cast.fay, cast.greg, cast.finn, cast.tess)
    )
    factories.session(cast.cleo, by=cast.fay)
    factories.note(cast.cleo, by=cast.tess, is_private=True)
    factories.note(cast.cleo, by=cast.tess)
    factories.goal(cast.cleo, by=cast.tess)
    factories.message(cast.cleo, by=cast.fay)
    factories.check_in(cast.cleo, by=cast.fay)
    factories.family_words(cast.cleo, by=cast.fay, family=cast.fays_home, is_shared=False)
    RoutineTime.objects.filter(family=cast.fays_home, anchor="bedtime").update(at="20:00")
    assert [kind for kind, _ in finn.follow()] == []
    assert [kind for kind, _ in nan.follow()] == ["words", "routine_times"]
    assert [kind for kind, _ in greg.follow()] == ["session", "notes", "goals", "message"]
    assert [kind for kind, _ in fay.follow()] == [
        "session",
        "notes",
        "goals",
        "message",
        "check_ins",
        "words",
        "routine_times",
    ]
    assert [kind for kind, _ in tess.follow()] == [
        "session",
        "notes",
        "goals",
        "message",
        "check_ins",
        "routine_times",
    ]


def test_a_draft_is_told_to_a_family_once_it_is_signed(device_of: DeviceOf, cast: Cast) -> None:
    fay, tess = device_of(cast.fay), device_of(cast.tess)
    drafted = factories.drafted_goal(cast)
    assert fay.follow() == []
    assert tess.follow() == [("goals", None)]
    with rls.acting_as(cast.tess):
        cosign(by=cast.tess, drafts=[drafted.draft], now=rls.now())
    assert fay.follow() == [("goals", None)]


def test_a_program_is_told_when_it_is_published_and_paused(device_of: DeviceOf, cast: Cast) -> None:
    fay = device_of(cast.fay)
    with rls.acting_as(cast.tess):
        program = tonight(cast)
    assert fay.follow() == [("programs", None)]
    path = f"/api/v1/children/{cast.cleo.pk}/programs/{program.pk}/pauses"
    assert fay.app.post(path, {"reason": "holiday"}).status == 201
    assert fay.follow() == [("programs", None)]


# ---- access ------------------------------------------------------------------------------------------------


def test_a_child_whose_access_ended_is_gone_and_nothing_of_it_follows(
    device_of: DeviceOf, cast: Cast
) -> None:
    nan = device_of(cast.nan)
    factories.session(cast.cleo, by=cast.nan)
    with rls.acting_as(cast.tess):
        grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.nan)
        end_access(by=cast.tess, grant=grant, now=rls.now())
    assert nan.follow() == []
    assert nan.last["gone"] == [str(cast.cleo.pk)]
    assert nan.follow() == []
    assert nan.last["gone"] == [], "it is said once"


def test_a_child_one_comes_to_care_for_is_to_be_fetched(device_of: DeviceOf, cast: Cast) -> None:
    fay = device_of(cast.fay)
    grants = CaregiverGrant.objects.filter(child=cast.cleo, user=cast.fay)
    twin = factories.sibling(cast.cleo, grants=grants)
    factories.session(twin, by=cast.fay)
    assert fay.follow() == []
    assert fay.last["resync"] == [str(twin.pk)]
    later = factories.session(twin, by=cast.fay)
    assert fay.follow() == [("session", str(later.client_id))]


def test_another_sharing_mode_has_the_child_fetched_anew(device_of: DeviceOf, cast: Cast) -> None:
    greg = device_of(cast.greg)
    Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=SharingMode.OWN_ONLY)
    factories.session(cast.cleo, by=cast.fay)
    assert greg.follow() == []
    assert greg.last["resync"] == [str(cast.cleo.pk)]
    factories.session(cast.cleo, by=cast.fay)
    factories.session(cast.cleo, by=cast.fay)
    assert greg.follow() == []
    assert greg.last["resync"] == [], "it is said once"


# ---- the cursor --------------------------------------------------------------------------------------------


def test_what_was_read_on_one_device_is_told_to_its_reader_alone(device_of: DeviceOf, cast: Cast) -> None:
    message = factories.message(cast.cleo, by=cast.greg)
    fay, greg, tess = device_of(cast.fay), device_of(cast.greg), device_of(cast.tess)
    messaging.mark_thread_read(by=cast.fay, child=cast.cleo, until=message.sent_at)
    assert fay.follow() == [("messages_read", None)]
    assert greg.follow() == tess.follow() == []


def test_pages_follow_one_another_without_a_gap(device_of: DeviceOf, cast: Cast) -> None:
    greg = device_of(cast.greg)
    told = [str(factories.observation(cast.cleo, by=cast.fay).client_id) for _ in range(7)]
    assert [thing for _, thing in greg.follow(limit=3)] == told


def test_anothers_cursor_opens_nothing(device_of: DeviceOf, cast: Cast) -> None:
    fay, greg = device_of(cast.fay), device_of(cast.greg)
    greg.cursor = fay.cursor
    assert greg.ask().code == "cursor_not_valid"
    greg.cursor = "nobodys"
    assert greg.ask().code == "cursor_not_valid"


def test_after_a_restore_every_device_begins_again(
    device_of: DeviceOf, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    fay = device_of(cast.fay)
    call_command("renew_feed")
    assert "begins anew" in capsys.readouterr().out
    answer = fay.ask()
    assert (answer.status, answer.code) == (410, "feed_renewed")
    fay.cursor = ""
    assert fay.follow() == []
    assert fay.last["resync"] == [str(cast.cleo.pk)]


# ---- what it costs, and what it reaches -----------------------------------------------------------------


def test_a_page_takes_as_many_statements_whatever_is_in_it(device_of: DeviceOf, cast: Cast) -> None:
    grants = CaregiverGrant.objects.filter(child=cast.cleo, user=cast.fay)
    children = [cast.cleo]

    def statements() -> int:
        for child in children:
            factories.session(child, by=cast.greg)
            factories.bedtime(child, by=cast.greg)
            factories.observation(child, by=cast.greg)
            factories.message(child, by=cast.greg)
            factories.concern(child, by=cast.fay)
            factories.note(child, by=cast.tess)
        with CaptureQueriesContext(connection) as captured:
            assert fay.follow(limit=100)
        return len(captured)

    fay = device_of(cast.fay)
    few = statements()
    children += [factories.sibling(cast.cleo, grants=grants) for _ in range(4)]
    fay.follow()
    assert statements() == few
    assert few <= MOST_STATEMENTS


def test_every_kind_of_change_is_told_by_some_table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname LIKE '%_tells' AND NOT tgisinternal"
        )
        triggers = " ".join(text for (text,) in cursor.fetchall())
    assert {kind for kind in ChangeKind if f"'{kind}'" not in triggers} == {ChangeKind.ROUTINE_TIMES}

"""Three phones, two children, one server, and between them a channel that loses, repeats and reorders.

A machine of hypothesis over the reference client (docs/api/client) and the whole product, in one process on
real PostgreSQL. What must hold, whatever happened: what was acknowledged exists exactly once, what was not is
still on its phone, every phone converges to what its person may see, nobody receives what they may not, an
operation that comes again gets its first answer, and no figure hangs on the order in which entries came.
"""

from __future__ import annotations

import datetime as dt
import json
import time
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from django.db import transaction
from django.test import Client
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from clinic import rls
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, CareTeam, Child, User
from clinic.models.clinics import new_id
from littlefoot_client import Answer, Disk, Phone, Thing, Unreachable
from littlefoot_client.phone import BATCH, LISTS
from tests import factories
from tests.cast import PASSWORD, Cast
from tests.tracking.records import publish_program
from tracking.models import HomeProgram, Message, ProgramVersion, QuarantinedEntry
from tracking.readings.progress import progress
from tracking.services.ending_access import end_access
from tracking.sync.bodies import EntryKind
from tracking.sync.building import ROWS

FATES = ("arrives", "arrives", "lost", "answer lost", "twice", "delayed", "server dies")
LATE = {"result": "quarantined", "code": "grant_revoked"}
REVISED = ("session", "observation")
TAKEN = ("applied", "conflict_kept")
DAYS = 20
"""How far back entries reach, and figures look."""


@dataclass
class Happened:
    """What a run came across."""

    evenings: int = 0
    calls: int = 0
    by_fate: Counter[str] = field(default_factory=Counter)
    by_result: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        fates, results = (
            ", ".join(f"{name} {count}" for name, count in counted.most_common())
            for counted in (self.by_fate, self.by_result)
        )
        return f"{self.evenings} evenings, {self.calls} calls; {fates}; {results}"


@dataclass(frozen=True, slots=True)
class Call:
    """A request on its way."""

    by: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Taken:
    """An operation the server has taken: by whom, and what it said."""

    by: str
    operation: dict[str, Any]

    @property
    def thing(self) -> tuple[str, str]:
        return self.operation["child"], self.operation["id"]


class Server:
    """The product. `hidden` names whom which children are hidden from: nothing of those may leave it."""

    def __init__(self, happened: Happened) -> None:
        self.happened = happened
        self.client = Client(REMOTE_ADDR="10.0.0.7")
        self.hidden: set[tuple[str, str]] = set()
        self.taken: list[Taken] = []
        self.first_answers: dict[tuple[str, str], dict[str, Any]] = {}

    def answer(self, call: Call) -> Answer:
        self.happened.calls += 1
        response = self.client.generic(
            call.method,
            call.path,
            call.body or b"",
            content_type="application/json",
            headers=dict(call.headers),
        )
        body = json.loads(response.content) if response.content else None
        answer = Answer(
            response.status_code, body, {name.lower(): value for name, value in response.headers.items()}
        )
        if answer.status == 200 and call.body is not None and call.path == BATCH:
            self._look_at(call, json.loads(call.body)["operations"], body["results"])
        elif answer.status == 200:
            self._look_for_hidden(call, body)
        return answer

    def die_over(self, call: Call) -> None:
        """All of the request, but for its commit."""
        taken, first_answers = list(self.taken), dict(self.first_answers)
        with transaction.atomic():
            self.answer(call)
            transaction.set_rollback(True)
        self.taken, self.first_answers = taken, first_answers

    def _look_at(self, call: Call, operations: list[dict[str, Any]], results: list[dict[str, Any]]) -> None:
        for operation, result in zip(operations, results, strict=True):
            assert result["status"] < 500, result
            self.happened.by_result[result["result"]] += 1
            if (call.by, operation["child"]) in self.hidden:
                assert result["body"] in (None, LATE), result
            said = {**operation, "body": {**operation["body"], "sent_at": None}}
            key = call.by, json.dumps(said, sort_keys=True)
            if result["result"] in TAKEN:
                is_based = operation["do"] == "put" or "base_revision" in operation["body"]
                assert not is_based or key not in self.first_answers, f"done twice: {operation}"
                self.taken.append(Taken(call.by, operation))
                self.first_answers[key] = result["body"]
            if result["result"] == "replayed" and key in self.first_answers:
                for name in ("id", "revision", "occurred_at", "local_day", "state", "sent_at"):
                    assert result["body"].get(name) == self.first_answers[key].get(name), name

    def _look_for_hidden(self, call: Call, body: Any) -> None:
        told = json.dumps(body.get("items", []) if isinstance(body, dict) else body)
        for by, child in self.hidden:
            assert by != call.by or child not in told, f"{by} is told of {child} by {call.path}"


@dataclass
class Channel:
    """Between one phone and the server. What happens to its next calls is in `fates`; then all goes well."""

    by: str
    server: Server
    delayed: list[Call]
    fates: list[str] = field(default_factory=list)

    def __call__(self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None) -> Answer:
        call = Call(self.by, method, path, headers, body)
        # Tokens have tests of their own (tests/api/test_sign_in.py).
        fate = "arrives" if "/auth/" in path or not self.fates else self.fates.pop(0)
        self.server.happened.by_fate[fate] += 1
        if fate == "lost":
            raise Unreachable
        if fate == "delayed":
            self.delayed.append(call)
            raise Unreachable
        if fate == "server dies":
            self.server.die_over(call)
            raise Unreachable
        answer = self.server.answer(call)
        if fate == "answer lost":
            raise Unreachable
        return self.server.answer(call) if fate == "twice" else answer


class Device:
    """A phone in somebody's hand, whose clock may be years off."""

    tokens: ClassVar[dict[str, str]] = {}
    """The refresh token of each phone, from one example to the next."""

    def __init__(self, name: str, user: User, server: Server, delayed: list[Call], folder: Path) -> None:
        self.name = name
        self.path = folder / f"{name}.db"
        self.channel = Channel(user.name, server, delayed)
        self.clock_is_ahead = dt.timedelta()
        self.logged: dict[tuple[uuid.UUID, str, uuid.UUID], list[dict[str, Any]]] = {}
        self.start()
        if name in self.tokens:
            self.phone.disk.remember("refresh_token", self.tokens[name])
        else:
            self.phone.sign_in(str(user.email), PASSWORD)

    def start(self) -> None:
        self.phone = Phone(Disk(self.path), self.channel, clock=self.now)

    def now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(time.time(), dt.UTC) + self.clock_is_ahead

    def restart(self) -> None:
        self.phone.disk.close()
        self.start()

    def stop(self) -> None:
        token = self.phone.disk.recall("refresh_token")
        assert token is not None
        self.tokens[self.name] = token
        self.phone.disk.close()

    def put(self, kind: str, child: Child, thing: uuid.UUID, body: dict[str, Any]) -> None:
        self.logged.setdefault((child.pk, kind, thing), []).append(body)
        self.phone.put(kind, child.pk, thing, body)

    def sync(self, fates: Sequence[str] = ()) -> bool:
        """Whether it got to its end."""
        self.channel.fates[:] = fates
        try:
            self.phone.sync()
        except Unreachable:
            return False
        return True

    def acknowledged(self) -> set[tuple[uuid.UUID, str, uuid.UUID]]:
        return set(self.logged) - {one.thing for one in self.phone.disk.queue()}


class Devices(RuleBasedStateMachine):
    """Every example is an evening with children of its own; `begin` comes before the first."""

    cast: ClassVar[Cast]
    happened: ClassVar[Happened]

    @classmethod
    def begin(cls, cast: Cast) -> None:
        cls.cast, cls.happened = cast, Happened()
        Device.tokens.clear()

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="littlefoot-devices-")
        self.server = Server(self.happened)
        self.delayed: list[Call] = []
        cast = self.cast
        self.both = _child(cast, cast.fay, cast.greg)
        self.hers = _child(cast, cast.fay)
        self.children = [self.both, self.hers]
        self.program = _program(self.both, cast.tess)
        self.versions = [self.program.current_version_id]
        folder = Path(self.folder.name)
        self.devices = [
            Device(name, user, self.server, self.delayed, folder)
            for name, user in (
                ("fays phone", cast.fay),
                ("fays tablet", cast.fay),
                ("gregs phone", cast.greg),
            )
        ]
        self.hide(cast.greg, self.hers)

    def hide(self, user: User, child: Child) -> None:
        self.server.hidden.add((user.name, str(child.pk)))

    # ---- what may happen ----------------------------------------------------------------------------------

    which = some.integers(0, 2)
    moments = some.integers(0, DAYS * 24 * 6 - 1)
    fates = some.lists(some.sampled_from(FATES), max_size=5)
    kinds = some.sampled_from(["session", "session", "observation", "bedtime", "message"])

    @rule(which=which, for_both=some.booleans(), kind=kinds, moment=moments, more=some.integers(0, 3))
    def log(self, which: int, *, for_both: bool, kind: str, moment: int, more: int) -> None:
        device = self.devices[which]
        child = self.both if for_both or which == 2 else self.hers
        device.put(kind, child, uuid.uuid4(), self.body_of(device, child, kind, moment, more))

    def body_of(self, device: Device, child: Child, kind: str, moment: int, more: int) -> dict[str, Any]:
        if kind == "message":
            return {"body": f"{moment} {more}"}
        at = (device.now() - dt.timedelta(minutes=10 * moment + 1)).isoformat()
        if kind == "session":
            outcome = ("done", "stopped", "declined", "not_today")[more]
            told: dict[str, Any] = {"outcome": outcome, "minutes": 4 if more < 2 else None, "occurred_at": at}
            if child is self.both:
                told["program_version"] = str(self.versions[-1])
            return told
        if kind == "observation":
            return {"stimulus": "sunscreen_lotion", "intensity": more, "occurred_at": at}
        return {"lights_out_at": at, "zone": "America/New_York"}

    @rule(which=which, pick=some.integers(0), more=some.integers(0, 3), moment=moments)
    def change(self, which: int, pick: int, more: int, moment: int) -> None:
        """What was logged on this phone, or by the same person on another and mirrored here."""
        device = self.devices[which]
        mine = {one for one in device.logged if one[1] in REVISED}
        mine |= {
            (one.child, one.kind, one.id)
            for one in self.mirrored(device)
            if one.body and one.body["may_revise"]
        }
        if mine:
            child_id, kind, thing = sorted(mine)[pick % len(mine)]
            child = next(child for child in self.children if child.pk == child_id)
            device.put(kind, child, thing, self.body_of(device, child, kind, moment, more))

    def mirrored(self, device: Device) -> list[Thing]:
        disk = device.phone.disk
        return [one for child in self.children for kind in REVISED for one in disk.things(child.pk, kind)]

    @rule(which=which, pick=some.integers(0), is_undone=some.booleans())
    def withdraw(self, which: int, pick: int, *, is_undone: bool) -> None:
        phone = self.devices[which].phone
        entries = self.mirrored(self.devices[which])
        if entries:
            one = entries[pick % len(entries)]
            phone.withdraw(one.kind, one.child, one.id)
            if is_undone:
                phone.restore(one.kind, one.child, one.id)

    @rule(which=which, fates=fates)
    def sync(self, which: int, fates: list[str]) -> None:
        self.devices[which].sync(fates)

    @precondition(lambda self: self.delayed)
    @rule(order=some.randoms(use_true_random=False))
    def let_delayed_arrive(self, order: Any) -> None:
        """In any order; nobody waits for the answers any more."""
        waiting, self.delayed[:] = list(self.delayed), []
        order.shuffle(waiting)
        for call in waiting:
            self.server.answer(call)

    @rule(which=which)
    def restart(self, which: int) -> None:
        self.devices[which].restart()

    @rule(which=which, days=some.sampled_from([0, 0, 1, -1, 900, -4000]))
    def set_clock(self, which: int, days: int) -> None:
        self.devices[which].clock_is_ahead = dt.timedelta(days=days)

    @rule()
    def end_or_give_access(self) -> None:
        """Greg's, to the child of both."""
        cast, place = self.cast, (self.cast.greg.name, str(self.both.pk))
        grants = CaregiverGrant.objects.filter(child=self.both, user=cast.greg)
        with rls.acting_as(cast.tess, system="seeding"), transaction.atomic():
            now = rls.now()
            if place in self.server.hidden:
                again = grants.order_by("-valid_from", "-id")[0]
                again.pk, again.valid_from, again.revoked_at, again.revoked_by = new_id(), now, None, None
                again.save(force_insert=True)
                self.server.hidden.remove(place)
            else:
                end_access(by=cast.tess, grant=grants.get(revoked_at=None), now=now)
                self.server.hidden.add(place)

    @rule()
    def publish_another_version(self) -> None:
        with rls.acting_as(self.cast.tess, system="seeding"), transaction.atomic():
            self.versions.append(_next_version(self.program, self.cast.tess, rls.now()).pk)

    # ---- what must hold -----------------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            self.come_to_rest()
            self.look_for_what_was_logged()
            self.look_at_mirrors()
            self.look_at_figures()
            self.happened.evenings += 1
        finally:
            for device in self.devices:
                device.stop()
            self.folder.cleanup()

    def come_to_rest(self) -> None:
        for call in self.delayed:
            self.server.answer(call)
        for _ in range(2):
            for device in self.devices:
                device.clock_is_ahead = dt.timedelta()
                assert device.sync()

    def look_for_what_was_logged(self) -> None:
        """Exactly once what was acknowledged; on its phone what was not."""
        for device in self.devices:
            queued = {one.thing for one in device.phone.disk.queue()}
            refused = {one.thing for one in device.phone.refused()}
            assert queued == refused, f"{device.name} still waits to send {queued - refused}"
            for thing in device.logged:
                kept = _rows_of(*thing)
                waits = QuarantinedEntry.objects.filter(child=thing[0], client_id=thing[2]).exists()
                if thing not in queued and not (waits and kept == 0):
                    assert kept == 1, f"{thing} is there {kept} times"
        operations = Counter(taken.thing for taken in self.server.taken)
        for (child_id, thing_id), count in operations.items():
            revisions = sum(
                row.objects.filter(child_id=child_id, client_id=thing_id).count() for row in ROWS.values()
            )
            is_message = Message.objects.filter(child_id=child_id, client_id=thing_id).exists()
            assert revisions + is_message == count, f"{thing_id}: {revisions} revisions of {count} operations"

    def look_at_mirrors(self) -> None:
        for device in self.devices:
            for child in self.children:
                fetched = device.phone._fetch_child(child.pk)
                for kind in LISTS:
                    there = {one.id: one.body for one in fetched if one.kind == kind and one.body}
                    here = {one.id: one.body for one in device.phone.disk.things(child.pk, kind)}
                    assert here == there, f"{device.name}, {kind}"

    def look_at_figures(self) -> None:
        """The same operations for a twin in another order: of one thing as they came, things by their ids."""
        cast = self.cast
        twin = _child(cast, cast.fay, cast.greg)
        program = _program(twin, cast.tess)
        versions = {str(self.versions[0]): str(program.current_version_id)}
        with rls.acting_as(cast.tess, system="seeding"), transaction.atomic():
            for version in self.versions[1:]:
                versions[str(version)] = str(_next_version(program, cast.tess, rls.now()).pk)
        of_both = [one for one in self.server.taken if one.operation["child"] == str(self.both.pk)]
        for one in sorted(of_both, key=lambda one: one.operation["id"], reverse=True):
            body = dict(one.operation["body"])
            if body.get("program_version"):
                body["program_version"] = versions[body["program_version"]]
            told = {"operations": [{**one.operation, "child": str(twin.pk), "body": body}]}
            device = next(device for device in self.devices if device.channel.by == one.by)
            (result,) = device.phone._call("POST", BATCH, told).body["results"]
            assert result["result"] in (*TAKEN, "replayed"), result
        assert self.figures(twin) == self.figures(self.both)

    def figures(self, child: Child) -> Any:
        with rls.acting_as(self.cast.tess), transaction.atomic():
            today = local_day(rls.now(), child.clinic.zone)
            found = progress(self.cast.tess, child, first=today - dt.timedelta(days=DAYS), last=today)
        return found.exposure, found.outcome_counts, found.offered_days, found.touch_counts, found.strip


def _child(cast: Cast, *guardians: User) -> Child:
    """A child of Tess's with these guardians."""
    with rls.acting_as(system="seeding"), transaction.atomic():
        grants = CaregiverGrant.objects.filter(child=cast.cleo, user__in=guardians)
        child = factories.sibling(cast.cleo, grants=list(grants))
        lead = CareTeam.objects.get(child=cast.cleo, therapist=cast.tess)
        lead.pk, lead.child = new_id(), child
        lead.save(force_insert=True)
    return child


def _program(child: Child, by: User) -> HomeProgram:
    with rls.acting_as(by, system="seeding"), transaction.atomic():
        today = local_day(rls.now(), child.clinic.zone)
        return publish_program(child, by, starts_on=today - dt.timedelta(days=DAYS))


def _next_version(program: HomeProgram, by: User, now: dt.datetime) -> ProgramVersion:
    """One that asks for a minute more, from today on."""
    before = program.versions.latest("number")
    today = local_day(now, program.clinic.zone)
    version = ProgramVersion.objects.create(
        clinic_id=program.clinic_id,
        program=program,
        number=before.number + 1,
        starts_on=before.starts_on,
        effective_on=today,
        drafted_by=by,
        drafted_at=now,
    )
    for schedule in before.schedules.all():
        slots = list(schedule.slots.all())
        schedule.pk, schedule.version, schedule.minutes = new_id(), version, schedule.minutes + 1
        schedule.save(force_insert=True)
        for slot in slots:
            slot.pk, slot.version, slot.schedule = new_id(), version, schedule
            slot.save(force_insert=True)
    ProgramVersion.objects.filter(pk=version.pk).update(published_at=now, published_by=by)
    HomeProgram.objects.filter(pk=program.pk).update(current_version=version)
    return version


def _rows_of(child_id: uuid.UUID, kind: str, thing: uuid.UUID) -> int:
    if kind == "message":
        return Message.objects.filter(child_id=child_id, client_id=thing).count()
    return ROWS[EntryKind(kind)].objects.current().filter(child_id=child_id, client_id=thing).count()

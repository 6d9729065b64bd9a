"""What may happen on an evening, and what must hold when it is over."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clinic import rls
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Child, User
from clinic.models.clinics import new_id
from littlefoot_client import Thing
from littlefoot_client.phone import BATCH, LISTS
from tests.cast import Cast
from tests.tracking.devices.channel import FATES
from tests.tracking.devices.children import DAYS, a_child, a_program, next_version
from tests.tracking.devices.device import Device
from tests.tracking.devices.server import TAKEN, Call, Happened, Server
from tracking.models import Message, QuarantinedEntry
from tracking.readings.progress import progress
from tracking.services.ending_access import end_access
from tracking.sync.bodies import EntryKind
from tracking.sync.building import ROWS

REVISED = ("session", "observation")


class Devices(RuleBasedStateMachine):
    """Every example is an evening with children of its own; `play` plays them."""

    cast: ClassVar[Cast]
    happened: ClassVar[Happened]

    @classmethod
    def play(cls, cast: Cast, *, evenings: int, steps: int, **how: Any) -> Happened:
        """What so many evenings came across, of so many steps at most. `how` are settings of hypothesis."""
        cls.cast, cls.happened = cast, Happened()
        Device.tokens.clear()
        run_state_machine_as_test(
            cls,
            settings=settings(
                max_examples=evenings,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                **how,
            ),
        )
        return cls.happened

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="littlefoot-devices-")
        self.server = Server(self.happened)
        self.delayed: list[Call] = []
        cast = self.cast
        self.both = a_child(cast, cast.fay, cast.greg)
        self.hers = a_child(cast, cast.fay)
        self.children = [self.both, self.hers]
        self.program = a_program(self.both, cast.tess)
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
            self.versions.append(next_version(self.program, self.cast.tess, rls.now()).pk)

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
        twin = a_child(cast, cast.fay, cast.greg)
        program = a_program(twin, cast.tess)
        versions = {str(self.versions[0]): str(program.current_version_id)}
        with rls.acting_as(cast.tess, system="seeding"), transaction.atomic():
            for version in self.versions[1:]:
                versions[str(version)] = str(next_version(program, cast.tess, rls.now()).pk)
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


def _rows_of(child_id: uuid.UUID, kind: str, thing: uuid.UUID) -> int:
    if kind == "message":
        return Message.objects.filter(child_id=child_id, client_id=thing).count()
    return ROWS[EntryKind(kind)].objects.current().filter(child_id=child_id, client_id=thing).count()

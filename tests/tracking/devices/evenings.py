"""What may happen on an evening, and what must hold when it is over."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clinic import rls
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Child
from littlefoot_client import Thing
from littlefoot_client.phone import BATCH, LISTS
from tests.cast import Cast
from tests.tracking.devices.channel import FATES
from tests.tracking.devices.children import (
    DAYS,
    a_child,
    a_program,
    give_access,
    next_version,
    take_out_of_sight,
)
from tests.tracking.devices.device import Device
from tests.tracking.devices.server import TAKEN, Call, Happened, Server
from tracking.models import Message, QuarantinedEntry
from tracking.readings.progress import progress
from tracking.services.ending_access import end_access
from tracking.sync.bodies import EntryKind
from tracking.sync.building import ROWS

REVISED = ("session", "observation", "bedtime")


def may(**drawn: Any) -> Callable[[Callable[..., None]], Any]:
    """A rule that is counted."""

    def counted(happens: Callable[..., None]) -> Any:
        @functools.wraps(happens)
        def happens_and_is_counted(self: Devices, **told: Any) -> None:
            self.happened.by_rule[happens.__name__.replace("_", " ")] += 1
            happens(self, **told)

        return rule(**drawn)(happens_and_is_counted)

    return counted


class Devices(RuleBasedStateMachine):
    """Every example is an evening with children of its own; `play` plays them."""

    cast: ClassVar[Cast]
    happened: ClassVar[Happened]
    grants: ClassVar[dict[str, CaregiverGrant]]
    """Of a guardian of each name, to be given for the children of an evening."""

    @classmethod
    def play(cls, cast: Cast, *, evenings: int, steps: int, **how: Any) -> Happened:
        """What so many evenings came across, of so many steps at most. `how` are settings of hypothesis."""
        cls.cast, cls.happened = cast, Happened()
        cls.grants = {
            user.name: CaregiverGrant.objects.get(child=cast.cleo, user=user)
            for user in (cast.fay, cast.greg)
        }
        take_out_of_sight(cast.cleo)
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
        self.both = a_child(cast, *self.grants.values())
        self.hers = a_child(cast, self.grants[cast.fay.name])
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
        self.server.hidden.add((cast.greg.name, str(self.hers.pk)))

    # ---- what may happen ----------------------------------------------------------------------------------

    which = some.integers(0, 2)
    moments = some.integers(0, DAYS * 24 * 6 - 1)
    fates = some.lists(some.sampled_from(FATES), min_size=1, max_size=8)
    kinds = some.sampled_from(["session", "session", "observation", "bedtime", "message"])
    things = some.lists(
        some.tuples(some.booleans(), kinds, moments, some.integers(0, 3)), min_size=1, max_size=3
    )

    @may(which=which, things=things)
    def log(self, which: int, things: list[tuple[bool, str, int, int]]) -> None:
        device = self.devices[which]
        is_not_his = which == 2 and (self.cast.greg.name, str(self.hers.pk)) in self.server.hidden
        for for_both, kind, moment, more in things:
            child = self.both if for_both or is_not_his else self.hers
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

    @may(which=which, pick=some.integers(0), more=some.integers(0, 3), moment=moments)
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

    @may(which=which, pick=some.integers(0), is_undone=some.booleans())
    def withdraw(self, which: int, pick: int, *, is_undone: bool) -> None:
        phone = self.devices[which].phone
        entries = self.mirrored(self.devices[which])
        if entries:
            one = entries[pick % len(entries)]
            phone.withdraw(one.kind, one.child, one.id)
            if is_undone:
                phone.restore(one.kind, one.child, one.id)
            self.devices[which].note()

    @may(which=which, fates=fates, tries=some.integers(1, 3))
    def sync(self, which: int, fates: list[str], tries: int) -> None:
        """On a network that goes on as it began until it is left, or everything went through."""
        device = self.devices[which]
        device.channel.fates[:] = fates
        for _ in range(tries):
            if device.sync():
                break
        device.channel.fates.clear()

    @precondition(lambda self: self.delayed)
    @may(order=some.randoms(use_true_random=False))
    def let_delayed_arrive(self, order: Any) -> None:
        """In any order; nobody waits for the answers any more."""
        waiting, self.delayed[:] = list(self.delayed), []
        order.shuffle(waiting)
        for call in waiting:
            self.server.answer(call)

    @may(which=which)
    def restart(self, which: int) -> None:
        self.devices[which].restart()

    @may(which=which, days=some.sampled_from([0, 0, 1, -1, 900, -4000]))
    def set_clock(self, which: int, days: int) -> None:
        self.devices[which].clock_is_ahead = dt.timedelta(days=days)

    @may(is_to_both=some.booleans())
    def end_or_give_access(self, *, is_to_both: bool) -> None:
        """Greg's, to the child of both or to the one that was hers alone."""
        cast, child = self.cast, self.both if is_to_both else self.hers
        place = cast.greg.name, str(child.pk)
        if place in self.server.hidden:
            give_access(child, self.grants[cast.greg.name])
            self.server.hidden.remove(place)
        else:
            with rls.acting_as(cast.tess, system="seeding"), transaction.atomic():
                grant = CaregiverGrant.objects.get(child=child, user=cast.greg, revoked_at=None)
                end_access(by=cast.tess, grant=grant, now=rls.now())
            self.server.hidden.add(place)
            self.happened.by_rule["of these, access ended"] += 1

    @may()
    def publish_another_version(self) -> None:
        with rls.acting_as(self.cast.tess, system="seeding"), transaction.atomic():
            self.versions.append(next_version(self.program, self.cast.tess, rls.now()).pk)

    # ---- what must hold -----------------------------------------------------------------------------------

    @invariant()
    def what_left_a_queue_was_acknowledged(self) -> None:
        for device in self.devices:
            assert not device.unaccounted(), f"{device.name} forgot {device.unaccounted()}"

    def teardown(self) -> None:
        try:
            self.come_to_rest()
            self.what_left_a_queue_was_acknowledged()
            self.look_for_what_was_logged()
            self.look_at_mirrors()
            self.look_at_figures()
            self.happened.evenings += 1
        finally:
            for device in self.devices:
                device.stop()
            self.folder.cleanup()
            take_out_of_sight(*self.children)

    def come_to_rest(self) -> None:
        for call in self.delayed:
            self.server.answer(call)
        for device in self.devices:
            device.clock_is_ahead = dt.timedelta()
        for _ in range(2):
            for device in self.devices:
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
        """Each phone has what its person would be told now, of a child out of sight nothing."""
        told: dict[str, dict[uuid.UUID, list[Thing]]] = {}
        for device in self.devices:
            if device.channel.by not in told:
                told[device.channel.by] = {
                    child.pk: device.phone._fetch_child(child.pk) for child in self.children
                }
            for child in self.children:
                for kind in LISTS:
                    things = told[device.channel.by][child.pk]
                    there = {one.id: one.body for one in things if one.kind == kind and one.body}
                    here = {one.id: one.body for one in device.phone.disk.things(child.pk, kind)}
                    assert here == there, f"{device.name}, {kind}"

    def look_at_figures(self) -> None:
        """The same operations for a twin in another order: of one thing as they came, things by their ids."""
        cast = self.cast
        twin = a_child(cast, *self.grants.values())
        self.children.append(twin)
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

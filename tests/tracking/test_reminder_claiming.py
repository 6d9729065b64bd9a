"""The last look before a reminder goes out: every way it may end instead, and who holds the fence."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CaregiverGrant, Child, ChildHome, ChildHomeException, User
from tests import factories
from tests.cast import Cast
from tests.tracking.reminding import (
    NEW_YORK,
    TUESDAY,
    at,
    claim,
    coming,
    delivery,
    endings,
    keep,
    log,
    plan,
    planned_evening,
)
from tracking.models import (
    HomeProgram,
    ProgramPause,
    ReminderDelivery,
    ReminderMute,
    ReminderRule,
)
from tracking.models.programs import ProgramState
from tracking.models.reminders import DeliveryState
from tracking.reminders import claiming, moments, picking, planning
from tracking.reminders.candidates import candidates
from tracking.vocabulary.programs import FrequencyPer, Precision, SessionOutcome

SECOND = dt.timedelta(seconds=1)


def both(state: str, reason: str = "") -> dict[tuple[str, str], int]:
    """What `endings` is when Fay's and Nan's end alike."""
    return {(state, reason): 2}


def test_nothing_is_claimed_before_it_is_due(cast: Cast) -> None:
    day = planned_evening(cast)
    assert claim(at(day, "18:29")).found == 0
    taken = claim(at(day, "18:30")).taken
    assert {one.address for one in taken} == {cast.fay.email, cast.nan.email}
    assert all(one.is_tonight and one.row.attempt == 1 for one in taken)
    assert endings() == both("leased")


def revoke(cast: Cast, day: dt.date) -> None:
    CaregiverGrant.objects.filter(child=cast.cleo).update(revoked_at=rls.now())


def leave(cast: Cast, day: dt.date) -> None:
    User.objects.filter(pk__in=[cast.fay.pk, cast.nan.pk]).update(is_active=False)


def die(cast: Cast, day: dt.date) -> None:
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(died_on=day)


def go_to_hospital(cast: Cast, day: dt.date) -> None:
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(in_hospital_since=day)


def archive(cast: Cast, day: dt.date) -> None:
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(archived_at=rls.now())


def end_program(cast: Cast, day: dt.date) -> None:
    HomeProgram.objects.update(state=ProgramState.ENDED, ended_on=day)


def pause_program(cast: Cast, day: dt.date) -> None:
    program = HomeProgram.objects.get()
    ProgramPause.objects.create(
        clinic=cast.harbor, program=program, from_on=day, reason="ill", by=cast.fay, at=rls.now()
    )


def turn_off(cast: Cast, day: dt.date) -> None:
    ReminderRule.objects.update(is_on=False)


def mute(cast: Cast, day: dt.date) -> None:
    for rule in ReminderRule.objects.filter(family=cast.fays_home):
        for user in (cast.fay, cast.nan):
            ReminderMute.objects.create(clinic=cast.harbor, rule=rule, user=user, at=rls.now())


def go_to_gregs(cast: Cast, day: dt.date) -> None:
    ChildHomeException.objects.create(clinic=cast.harbor, child=cast.cleo, family=cast.gregs_home, on=day)


def lose_address(cast: Cast, day: dt.date) -> None:
    User.objects.filter(pk__in=[cast.fay.pk, cast.nan.pk]).update(email=None, email_verified_at=None)


@pytest.mark.parametrize(
    ("happens", "state", "reason"),
    [
        (revoke, "suppressed", "revoked"),
        (leave, "suppressed", "revoked"),
        (die, "suppressed", "died"),
        (go_to_hospital, "suppressed", "hospital"),
        (archive, "suppressed", "ended"),
        (end_program, "suppressed", "ended"),
        (pause_program, "suppressed", "paused"),
        (turn_off, "suppressed", "muted"),
        (mute, "suppressed", "muted"),
        (go_to_gregs, "suppressed", "other_home"),
        (lose_address, "dead", "no_address"),
    ],
)
def test_what_happened_since_it_was_planned_ends_it_with_a_reason(
    cast: Cast, happens: Callable[[Cast, dt.date], None], state: str, reason: str
) -> None:
    day = planned_evening(cast)
    happens(cast, day)
    assert claim(at(day, "18:30")).taken == []
    assert endings() == both(state, reason)
    assert not ReminderDelivery.objects.filter(ended_at=None).exists()


def test_one_who_muted_it_does_not_silence_the_other(cast: Cast) -> None:
    day = planned_evening(cast)
    rule = ReminderRule.objects.get(family=cast.fays_home)
    ReminderMute.objects.create(clinic=cast.harbor, rule=rule, user=cast.nan, at=rls.now())
    assert [one.address for one in claim(at(day, "18:30")).taken] == [cast.fay.email]


def test_after_its_expiry_it_is_not_sent(cast: Cast) -> None:
    day = planned_evening(cast)
    assert claim(at(day, "21:30")).taken == []
    assert endings() == both("expired")


def test_at_night_it_is_quiet(cast: Cast) -> None:
    cast.fays_home.routine_times.filter(anchor="after_bath").update(at=dt.time(22, 30))
    day = planned_evening(cast)
    plan(at(day, "17:00"))
    assert claim(at(day, "22:30")).taken == []
    assert endings() == both("quiet")


def test_the_night_is_where_the_recipient_says_they_are(cast: Cast) -> None:
    User.objects.filter(pk=cast.nan.pk).update(zone="Europe/Berlin")
    day = planned_evening(cast)
    assert [one.address for one in claim(at(day, "18:30")).taken] == [cast.fay.email]
    assert delivery(cast.nan).state == DeliveryState.QUIET


# ---- silent once logged ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wall", "fields"),
    [
        ("18:05", {}),
        ("16:00", {"outcome": SessionOutcome.DECLINED}),
        ("09:00", {"slot_number": 1}),
        ("09:00", {"precision": Precision.DAY}),
        ("08:00", {"outcome": SessionOutcome.NOT_TODAY, "not_today_reason": "ill"}),
    ],
)
def test_a_slot_somebody_logged_is_silent_for_all(cast: Cast, wall: str, fields: dict[str, Any]) -> None:
    day = planned_evening(cast)
    log(cast.cleo, day, wall, by=cast.greg, **fields)
    assert claim(at(day, "18:30")).taken == []
    assert endings() == both("suppressed", "logged")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "withdrawn"},
        {"is_latest": False},
        {"provider": "therapist"},
        {"local_day": dt.date(2020, 1, 1)},
    ],
)
def test_an_entry_that_counts_nowhere_silences_nothing(cast: Cast, fields: dict[str, Any]) -> None:
    day = planned_evening(cast)
    log(cast.cleo, day, "18:00", by=cast.fay, **fields)
    assert len(claim(at(day, "18:30")).taken) == 2


def test_a_session_of_another_program_silences_nothing(cast: Cast) -> None:
    day = planned_evening(cast)
    other = factories.prescribed(cast.cleo, by=cast.tess)
    log(cast.cleo, day, "18:00", by=cast.fay, program=other)
    assert len(claim(at(day, "18:30")).taken) == 2


def test_the_morning_session_leaves_the_evening_slot_due(cast: Cast) -> None:
    day = planned_evening(cast, anchors=("morning", "after_bath"))
    log(cast.cleo, day, "08:00", by=cast.fay, slot_number=1)
    assert len(claim(at(day, "18:30")).taken) == 2


@pytest.mark.parametrize(("reason", "ending"), [("not_up_to_it", "suppressed"), ("child_unwell", "leased")])
def test_not_up_to_it_silences_the_whole_evening_whatever_program_and_home(
    cast: Cast, reason: str, ending: str
) -> None:
    day = planned_evening(cast)
    other = factories.prescribed(cast.cleo, by=cast.tess)
    said = {"outcome": SessionOutcome.NOT_TODAY, "not_today_reason": reason, "program": other}
    log(cast.cleo, day, "17:00", by=cast.greg, **said)
    claim(at(day, "18:30"))
    assert {state for state, _ in endings()} == {ending}


def test_a_session_logged_twice_fills_one_slot_only(cast: Cast) -> None:
    cast.fays_home.routine_times.create(clinic=cast.harbor, anchor="midday", at=dt.time(16, 30))
    day = planned_evening(cast, anchors=("midday", "after_bath"))
    log(cast.cleo, day, "15:10", by=cast.fay)
    log(cast.cleo, day, "15:20", by=cast.nan)
    claim(at(day, "16:30"))
    assert endings() == {("suppressed", "logged"): 2, ("due", ""): 2}
    assert len(claim(at(day, "18:30")).taken) == 2


def test_a_week_that_has_its_sessions_is_silent(cast: Cast) -> None:
    day = planned_evening(cast, per=FrequencyPer.WEEK, count=1, starts_on=rls.now().date())
    log(cast.cleo, day, "07:00", by=cast.fay)
    assert claim(at(day, "18:30")).taken == []
    assert endings() == both("suppressed", "logged")


# ---- one message for one child -----------------------------------------------------------------------------


def test_after_an_outage_a_recipient_gets_one_message_for_a_child(cast: Cast) -> None:
    day = planned_evening(cast, anchors=("after_bath", "bedtime"))
    first = claim(at(day, "20:00"))
    assert (first.found, len(first.taken)) == (4, 2)
    for one in first.taken:
        assert one.child_ids == (cast.cleo.pk,)
        assert claiming.mark(one, state=DeliveryState.SENT, now=at(day, "20:00"))
    assert claim(at(day, "20:01")).found == 0
    assert endings() == {("sent", ""): 2, ("merged", ""): 2}
    merged = ReminderDelivery.objects.get(recipient=cast.fay, state="merged")
    assert merged.carried_by == ReminderDelivery.objects.get(recipient=cast.fay, state="sent")


def test_what_waited_for_a_message_that_could_not_be_sent_goes_itself(cast: Cast) -> None:
    day = planned_evening(cast, anchors=("after_bath", "bedtime"))
    for one in claim(at(day, "20:00")).taken:
        claiming.mark(one, state=DeliveryState.DEAD, reason="smtp_550", now=at(day, "20:00"))
    assert len(claim(at(day, "20:01")).taken) == 2


def planned_with_a_sibling(cast: Cast) -> tuple[dt.date, Child]:
    """Cleo's evening, and half an hour later that of a sibling at Fay's, whom Fay alone cares for."""
    cast.fays_home.routine_times.filter(anchor="bedtime").update(at=dt.time(19, 0))
    sibling = factories.sibling(
        cast.cleo, grants=CaregiverGrant.objects.filter(child=cast.cleo, user=cast.fay)
    )
    ChildHome.objects.create(clinic=cast.harbor, child=sibling, family=cast.fays_home)
    keep(factories.prescribed(sibling, by=cast.tess, anchors=("bedtime",)), now=at(coming(TUESDAY), "00:30"))
    return planned_evening(cast), sibling


def test_siblings_of_one_bath_are_one_message_that_opens_both(cast: Cast) -> None:
    day, sibling = planned_with_a_sibling(cast)
    taken = {one.address: one for one in claim(at(day, "18:30")).taken}
    assert set(taken[str(cast.fay.email)].child_ids) == {cast.cleo.pk, sibling.pk}
    assert taken[str(cast.nan.email)].child_ids == (cast.cleo.pk,)
    for one in taken.values():
        claiming.mark(one, state=DeliveryState.SENT, now=at(day, "18:30"))
    assert claim(at(day, "19:15")).taken == []
    assert endings() == {("sent", ""): 2, ("merged", ""): 1}


def test_what_was_joined_to_a_message_stays_with_it_when_its_sender_dies(cast: Cast) -> None:
    day = planned_evening(cast, anchors=("after_bath", "bedtime"))
    first = claim(at(day, "18:30")).taken
    again = claim(at(day, "18:30") + claiming.LEASE).taken
    assert [[row.id for row in one.rows] for one in again] == [[row.id for row in one.rows] for one in first]
    assert {one.idempotency_key for one in again} == {one.idempotency_key for one in first}


def test_access_to_one_child_that_ends_leaves_the_message_about_the_other(cast: Cast) -> None:
    day, sibling = planned_with_a_sibling(cast)
    mine = next(one for one in claim(at(day, "18:30")).taken if one.address == cast.fay.email)
    planning.drop_deliveries(child=sibling, recipient=cast.fay, now=at(day, "18:30"))
    held = claiming.hold(mine, now=at(day, "18:30"))
    assert held is not None
    assert held.child_ids == (cast.cleo.pk,)


def test_slots_hours_apart_are_two_messages(cast: Cast) -> None:
    cast.fays_home.routine_times.create(clinic=cast.harbor, anchor="midday", at=dt.time(12, 0))
    day = planned_evening(cast, anchors=("midday", "after_bath"))
    for wall in ("12:00", "18:30"):
        plan(at(day, wall))
        taken = claim(at(day, wall)).taken
        assert len(taken) == 2
        for one in taken:
            claiming.mark(one, state=DeliveryState.SENT, now=at(day, wall))


# ---- lease and fence ---------------------------------------------------------------------------------------


def test_a_lease_keeps_others_away_until_it_runs_out(cast: Cast) -> None:
    day = planned_evening(cast)
    now = at(day, "18:30")
    first = claim(now).taken
    assert claim(now + claiming.LEASE - SECOND).found == 0
    second = claim(now + claiming.LEASE).taken
    assert {one.row for one in second} != {one.row for one in first}
    assert {one.row.id for one in second} == {one.row.id for one in first}
    assert {one.idempotency_key for one in second} == {one.idempotency_key for one in first}
    assert {one.row.attempt for one in second} == {2}


def test_a_lease_begins_anew_right_before_sending(cast: Cast) -> None:
    day = planned_evening(cast)
    now = at(day, "18:30")
    first, second = claim(now).taken
    later = now + claiming.LEASE - SECOND
    assert claiming.hold(first, now=later)
    assert [one.row.id for one in claim(now + claiming.LEASE).taken] == [second.row.id]
    assert not claiming.hold(second, now=now + claiming.LEASE)


def test_only_the_holder_of_the_fence_may_mark(cast: Cast) -> None:
    day = planned_evening(cast)
    now = at(day, "18:30")
    first = claim(now).taken
    later = now + claiming.LEASE
    second = claim(later).taken
    assert not claiming.hold(first[0], now=later)
    assert not claiming.mark(first[0], state=DeliveryState.DEAD, now=later)
    assert claiming.hold(second[0], now=later)
    assert claiming.mark(second[0], state=DeliveryState.SENT, code="smtp_250", now=later)
    assert not claiming.mark(second[0], state=DeliveryState.DEAD, now=later)


def test_access_that_ends_between_claim_and_sending_takes_the_fence_away(cast: Cast) -> None:
    day = planned_evening(cast)
    now = at(day, "18:30")
    taken = {one.address: one for one in claim(now).taken}
    planning.drop_deliveries(child=cast.cleo, recipient=cast.nan, now=now)
    assert claiming.hold(taken[str(cast.fay.email)], now=now)
    assert not claiming.hold(taken[str(cast.nan.email)], now=now)
    assert endings() == {("leased", ""): 1, ("suppressed", "revoked"): 1}


def test_what_senders_die_over_again_and_again_ends_as_unknown(cast: Cast) -> None:
    cast.fays_home.routine_times.filter(anchor="after_bath").update(at=dt.time(17, 0))
    day = planned_evening(cast)
    now = at(day, "17:00")
    for _ in range(claiming.MOST_DEATHS):
        taken = claim(now).taken
        assert all(claiming.hold(one, now=now) for one in taken)
        assert len(taken) == 2
        now += claiming.LEASE
    assert claim(now).taken == []
    assert endings() == both("unknown", "senders_died")


def test_a_lease_that_ran_out_before_its_turn_is_held_against_nobody(cast: Cast) -> None:
    day = planned_evening(cast)
    now = at(day, "18:30")
    for _ in range(claiming.MOST_DEATHS + 1):
        assert len(claim(now).taken) == 2
        now += claiming.LEASE
    first, second = claim(now).taken
    assert claiming.hold(first, now=now)
    later = now + claiming.LEASE
    assert [one.row.id for one in claim(later).taken] == [second.row.id, first.row.id]


def test_a_row_that_cannot_be_looked_at_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = planned_evening(cast)
    truly = moments.is_quiet
    User.objects.filter(pk=cast.fay.pk).update(zone="Nowhere/Fays")

    def is_quiet(now: dt.datetime, zone: str, *more: Any) -> bool:
        if zone == "Nowhere/Fays":
            raise LookupError(zone)
        return truly(now, zone, *more)

    monkeypatch.setattr(moments, "is_quiet", is_quiet)
    assert [one.address for one in claim(at(day, "18:30")).taken] == [cast.nan.email]
    assert endings() == {("dead", "undecidable"): 1, ("leased", ""): 1}


def a_backlog(cast: Cast, *, count: int) -> None:
    """Many more reminders of Cleo's clinic, due long before anybody else's."""
    planned = delivery(cast.nan)
    old = planned.due_at - dt.timedelta(minutes=30)
    people = User.objects.bulk_create([User(name=f"waiting {number}") for number in range(count)])
    ReminderDelivery.objects.bulk_create(
        ReminderDelivery(
            clinic=cast.harbor,
            child=cast.cleo,
            occurrence_id=planned.occurrence_id,
            recipient=person,
            idempotency_key=uuid.uuid4(),
            due_at=old,
            next_try_at=old,
            expires_at=planned.expires_at,
        )
        for person in people
    )


@pytest.mark.parametrize("limit", [10, 50])
def test_a_clinic_with_a_backlog_holds_up_no_other(cast: Cast, limit: int) -> None:
    day = planned_evening(cast)
    a_backlog(cast, count=300)
    with rls.acting_as(system="seeding"):
        cast.danas_home.zone = NEW_YORK
        cast.danas_home.save()
    keep(factories.prescribed(cast.cody, by=cast.tova), now=at(day, "00:30"))
    plan(at(day, "15:00"))
    picked = [row.clinic_id for row in candidates(picked_at(at(day, "18:31"), limit))]
    assert picked.count(cast.elsewhere.pk) == ReminderDelivery.objects.filter(child=cast.cody).count() > 0
    assert len(picked) == limit


def picked_at(now: dt.datetime, limit: int) -> list[uuid.UUID]:
    with rls.acting_as(system="reminders"):
        return picking.pick(now=now, limit=limit)


def test_a_batch_takes_no_more_than_asked_for(cast: Cast) -> None:
    day = planned_evening(cast)
    assert len(claim(at(day, "18:30"), limit=1).taken) == 1
    assert len(claim(at(day, "18:30"), limit=1).taken) == 1
    assert claim(at(day, "18:30"), limit=1).found == 0


def test_claiming_takes_the_same_statements_for_few_and_for_many(cast: Cast) -> None:
    counts = []
    for programs in (2, 12):
        day = coming(TUESDAY)
        for _ in range(programs):
            keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(day, "00:30"))
        plan(at(day, "15:00"))
        for rule in ReminderRule.objects.filter(family=cast.fays_home):
            ReminderMute.objects.create(clinic=cast.harbor, rule=rule, user=cast.nan, at=rls.now())
        with CaptureQueriesContext(connection) as statements:
            taken = claim(at(day, "18:30"))
        assert (taken.found, len(taken.taken)) == (2 * programs, 1)
        counts.append(len(statements))
        ReminderRule.objects.all().delete()
        HomeProgram.objects.update(state=ProgramState.ENDED)
    assert counts[0] == counts[1]

"""The last look before a notice goes out, and what is one message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CaregiverGrant, CareTeam, Child, ClinicMembership, User
from tests.cast import Cast
from tests.tracking import prescribing
from tests.tracking.flags import HOUR, MORNING, raise_flag
from tests.tracking.noticing import plan, send, wish
from tests.tracking.records import MONDAY, at
from tests.tracking.reminding import claim, delivery, endings
from tracking.models import Flag, HomeProgram, ReminderDelivery
from tracking.models.programs import ProgramState
from tracking.models.reminders import DeliveryState
from tracking.reminders import claiming, noticing
from tracking.services import flag_escalating, flag_handling, messaging
from tracking.vocabulary.concerns import FlagCode

MINUTE = dt.timedelta(minutes=1)
ONE_DAY = dt.timedelta(days=1)
TUESDAY = MONDAY + ONE_DAY
OPENS = at("09:00", on=TUESDAY)


def news(cast: Cast) -> None:
    send(cast.cleo, by=cast.tess, now=MORNING)
    plan(MORNING)


def a_program(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        program = prescribing.tonight(cast)
    plan(rls.now())
    ReminderDelivery.objects.update(due_at=MORNING, next_try_at=MORNING, expires_at=MORNING + ONE_DAY)
    assert program.state == ProgramState.ACTIVE


def urgent(cast: Cast) -> None:
    raise_flag(cast.cleo)
    plan(MORNING)


def for_the_morning(cast: Cast) -> None:
    """A message and a flag, for Tess and Asha, and Tess, when Harbor Lane opens."""
    send(cast.cleo, by=cast.fay, now=MORNING)
    raise_flag(cast.cleo, FlagCode.LOW_DOSE)
    plan(MORNING)


# ---- between plan and send -------------------------------------------------------------------------------


def revoke(cast: Cast) -> None:
    CaregiverGrant.objects.filter(child=cast.cleo).update(revoked_at=rls.now())


def leave_the_team(cast: Cast) -> None:
    with rls.acting_as(cast.otto, system="seeding"):
        CareTeam.objects.filter(child=cast.cleo).update(until_at=rls.now())


def leave_the_clinic(cast: Cast) -> None:
    with rls.acting_as(cast.otto, system="seeding"):
        ClinicMembership.objects.filter(user__in=[cast.tess, cast.asha]).update(ended_at=rls.now())


def lose_the_account(cast: Cast) -> None:
    User.objects.update(is_active=False)


def die(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(died_on=MONDAY)


def go_to_hospital(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(in_hospital_since=MONDAY)


def read(cast: Cast) -> None:
    for user in (cast.fay, cast.greg, cast.tess, cast.asha):
        with rls.acting_as(user):
            messaging.mark_thread_read(by=user, child=cast.cleo, until=MORNING + MINUTE)


def end_the_program(cast: Cast) -> None:
    HomeProgram.objects.update(state=ProgramState.ENDED, ended_on=MONDAY)


def publish_the_next(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        draft = prescribing.next_draft(cast.tess, HomeProgram.objects.get())
        changed = prescribing.changed(cast.tess, draft, note="Slower")
        prescribing.published(cast.tess, changed, phase_name="Slower")


def hear_nothing(cast: Cast) -> None:
    for user in (cast.fay, cast.greg, cast.nan, cast.tess, cast.asha):
        wish(user, notices_by="")


def lose_the_address(cast: Cast) -> None:
    User.objects.update(email=None, email_verified_at=None)


def acknowledge(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        for flag in Flag.objects.all():
            flag_handling.acknowledge_flag(by=cast.tess, flag=flag, now=MORNING)


def put_off(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        for flag in Flag.objects.all():
            until_at = MORNING + 3 * HOUR
            flag_handling.snooze_flag(by=cast.tess, flag=flag, until_at=until_at, reason="Later", now=MORNING)


def close(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        for flag in Flag.objects.all():
            flag_handling.close_flag(by=cast.tess, flag=flag, reason="Seen", now=MORNING)


@pytest.mark.parametrize(
    ("told", "happens", "state", "reason"),
    [
        (news, revoke, "suppressed", "revoked"),
        (news, lose_the_account, "suppressed", "revoked"),
        (news, die, "suppressed", "died"),
        (news, go_to_hospital, "suppressed", "hospital"),
        (news, read, "suppressed", "seen"),
        (news, hear_nothing, "suppressed", "muted"),
        (news, lose_the_address, "dead", "no_address"),
        (a_program, revoke, "suppressed", "revoked"),
        (a_program, die, "suppressed", "died"),
        (a_program, end_the_program, "suppressed", "ended"),
        (a_program, publish_the_next, "suppressed", "ended"),
        (urgent, leave_the_team, "suppressed", "revoked"),
        (urgent, leave_the_clinic, "suppressed", "revoked"),
        (urgent, acknowledge, "suppressed", "seen"),
        (urgent, put_off, "suppressed", "seen"),
        (urgent, close, "suppressed", "seen"),
        (urgent, lose_the_address, "dead", "no_address"),
    ],
)
def test_what_happened_since_it_was_planned_ends_it_with_a_reason(
    cast: Cast, told: Callable[[Cast], None], happens: Callable[[Cast], None], state: str, reason: str
) -> None:
    told(cast)
    happens(cast)
    assert claim(MORNING).taken == []
    assert set(endings()) == {(state, reason)}
    assert not ReminderDelivery.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("told", [news, urgent, a_program])
def test_it_goes_out_where_nothing_happened(cast: Cast, told: Callable[[Cast], None]) -> None:
    told(cast)
    assert claim(MORNING).taken != []
    assert set(endings()) == {("leased", "")}


@pytest.mark.parametrize("happens", [die, go_to_hospital, hear_nothing])
def test_an_urgent_flag_goes_out_all_the_same(cast: Cast, happens: Callable[[Cast], None]) -> None:
    urgent(cast)
    send(cast.cleo, by=cast.tess, now=MORNING)
    plan(MORNING)
    happens(cast)
    (letter,) = claim(MORNING).taken
    assert (letter.recipient_id, letter.is_to_staff, letter.kinds) == (cast.tess.pk, True, ("urgent_flag",))


def test_an_owner_to_whom_a_flag_went_on_is_told_only_while_they_read_it(cast: Cast) -> None:
    unread = MORNING + 2 * HOUR
    urgent(cast)
    with rls.acting_as(system="flags"):
        flag_escalating.escalate_due(now=unread, limit=10)
    plan(unread)
    assert {one.recipient_id: one.kinds for one in claim(unread).taken} == {
        cast.tess.pk: ("urgent_flag",),
        cast.otto.pk: ("flag_unread",),
    }
    ReminderDelivery.objects.update(state="due", leased_until=None, next_try_at=unread)
    with rls.acting_as(system="seeding"):
        ClinicMembership.objects.filter(user=cast.otto).update(roles=["office"])
    assert [one.recipient_id for one in claim(unread).taken] == [cast.tess.pk]
    assert delivery(cast.otto).reason == "revoked"


def test_whoever_had_a_flag_first_is_told_though_it_has_gone_on_since(cast: Cast) -> None:
    raise_flag(cast.cleo)
    with rls.acting_as(system="flags"):
        flag_escalating.escalate_due(now=MORNING + 2 * HOUR, limit=10)
    plan(MORNING + 2 * HOUR)
    assert {one.recipient_id: set(one.kinds) for one in claim(MORNING + 2 * HOUR).taken} == {
        cast.tess.pk: {"urgent_flag"},
        cast.otto.pk: {"urgent_flag", "flag_unread"},
    }


def test_it_is_told_to_nobody_after_three_days(cast: Cast) -> None:
    news(cast)
    assert claim(MORNING + noticing.WORTH_TELLING).taken == []
    assert endings() == {("expired", ""): 2}


# ---- when somebody is left alone -------------------------------------------------------------------------


def test_whoever_asks_for_quiet_meanwhile_is_told_when_it_is_over(cast: Cast) -> None:
    news(cast)
    for user in (cast.fay, cast.greg):
        wish(user, quiet_from=dt.time(9), quiet_until=dt.time(12))
    assert claim(MORNING + HOUR).taken == []
    assert endings() == {("due", ""): 2}
    assert delivery(cast.fay).next_try_at == at("12:00")
    assert claim(at("11:59")).found == 0
    (letter,) = claim(at("12:00")).taken
    assert letter.recipient_id == cast.fay.pk


def test_more_news_waits_until_a_family_has_had_time_for_the_first(cast: Cast) -> None:
    news(cast)
    sent(claim(MORNING), now=MORNING)
    for minutes in (5, 10):
        send(cast.cleo, by=cast.tess, now=MORNING + minutes * MINUTE)
    plan(MORNING + 10 * MINUTE)
    assert claim(MORNING + 10 * MINUTE).taken == []
    with rls.acting_as(cast.greg):
        messaging.mark_thread_read(by=cast.greg, child=cast.cleo, until=MORNING + 20 * MINUTE)
    (letter,) = claim(MORNING + 45 * MINUTE).taken
    assert (letter.recipient_id, letter.kinds) == (cast.fay.pk, ("message", "message"))


def sent(taken: claiming.Claim, *, now: dt.datetime) -> None:
    with rls.acting_as(system="reminders"):
        for letter in taken.taken:
            assert claiming.mark(letter, state=DeliveryState.SENT, now=now)


# ---- one message when the clinic opens -------------------------------------------------------------------


def test_all_that_waits_for_one_of_the_staff_is_one_message(cast: Cast) -> None:
    for_the_morning(cast)
    send(cast.cleo, by=cast.greg, now=at("21:00"))
    plan(at("21:00"))
    assert claim(OPENS - MINUTE).found == 0
    taken = claim(OPENS).taken
    assert {letter.recipient_id: sorted(letter.kinds) for letter in taken} == {
        cast.tess.pk: ["flag", "message", "message"],
        cast.asha.pk: ["message", "message"],
    }
    assert all(letter.is_to_staff for letter in taken)
    with rls.acting_as(system="reminders"):
        for letter in taken:
            claiming.mark(letter, state=DeliveryState.SENT, now=OPENS)
    assert endings() == {("sent", ""): 2, ("merged", ""): 3}


def test_what_was_seen_meanwhile_is_not_in_it(cast: Cast) -> None:
    for_the_morning(cast)
    read(cast)
    (letter,) = claim(OPENS).taken
    assert (letter.recipient_id, letter.kinds) == (cast.tess.pk, ("flag",))
    assert endings() == {("leased", ""): 1, ("suppressed", "seen"): 2}


def test_nothing_is_sent_where_all_was_seen(cast: Cast) -> None:
    for_the_morning(cast)
    read(cast)
    acknowledge(cast)
    assert claim(OPENS).taken == []
    assert endings() == {("suppressed", "seen"): 3}


def test_what_waited_two_days_of_an_outage_is_one_message_too(cast: Cast) -> None:
    for_the_morning(cast)
    send(cast.cleo, by=cast.fay, now=OPENS + HOUR)
    plan(OPENS + HOUR)
    taken = claim(OPENS + 2 * ONE_DAY).taken
    assert sorted(len(letter.kinds) for letter in taken) == [2, 3]


def test_what_is_urgent_is_no_part_of_it(cast: Cast) -> None:
    for_the_morning(cast)
    raise_flag(cast.cleo, now=OPENS)
    plan(OPENS)
    of_tess = [letter for letter in claim(OPENS).taken if letter.recipient_id == cast.tess.pk]
    assert sorted(sorted(letter.kinds) for letter in of_tess) == [["flag", "message"], ["urgent_flag"]]


def test_a_last_look_at_twelve_asks_as_much_as_at_two(cast: Cast) -> None:
    counts = []
    raise_flag(cast.cleo, FlagCode.LOW_DOSE)
    for size in (2, 12):
        for _ in range(size):
            send(cast.cleo, by=cast.fay, now=MORNING)
            send(cast.cleo, by=cast.tess, now=OPENS)
        plan(OPENS)
        with CaptureQueriesContext(connection) as asked:
            assert claim(OPENS, limit=1000).taken
        counts.append(len(asked))
        ReminderDelivery.objects.update(state="due", attempt=0, carried_by=None, next_try_at=OPENS)
    assert counts[0] == counts[1]

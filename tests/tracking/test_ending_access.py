"""Custody: access ends at once, with everything the record keeps for that person."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import transaction

from clinic import policy, rls
from clinic.errors import Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import AuditEvent, CaregiverGrant, Child, Invitation, User
from clinic.services import answering_invitations, episodes, invitations
from clinic.services.answering_invitations import Key
from clinic.vocabulary import AuditCode, DischargeReason, EpisodeState, GrantKind
from tests import access, factories
from tests.cast import Cast
from tests.clinic.test_invitations import invite
from tests.database import Clock
from tests.outside import PushService
from tests.tracking.reaching import numbered, subscribed
from tracking.models import (
    CalendarFeed,
    DeliveryState,
    ExportState,
    HomeProgram,
    PhoneNumber,
    PushSubscription,
    ReminderDelivery,
    ReminderOccurrence,
    ReminderRule,
    Report,
    ReportState,
)
from tracking.services import archiving, ending_access


def reminder(cast: Cast, to: User, state: str = DeliveryState.DUE) -> ReminderDelivery:
    """A delivery to somebody about Cleo's evening."""
    now = rls.now()
    with rls.acting_as(cast.tess):
        program = HomeProgram.objects.active().filter(child=cast.cleo).first() or factories.program(
            cast.cleo, by=cast.tess
        )
        rule, _ = ReminderRule.objects.get_or_create(
            clinic=cast.harbor, child=cast.cleo, family=cast.fays_home, program=program, slot_number=1
        )
        occurrence, _ = ReminderOccurrence.objects.get_or_create(
            rule=rule,
            local_day=now.date(),
            slot_number=1,
            defaults={
                "clinic": cast.harbor,
                "child": cast.cleo,
                "due_at": now,
                "expires_at": now + dt.timedelta(hours=1),
                "planned_at": now,
            },
        )
        return ReminderDelivery.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            occurrence=occurrence,
            recipient=to,
            state=state,
            idempotency_key=uuid.uuid4(),
            due_at=now,
            expires_at=now + dt.timedelta(hours=1),
            next_try_at=now,
        )


def grant_of(cast: Cast, user: User) -> CaregiverGrant:
    return CaregiverGrant.objects.valid().get(child=cast.cleo, user=user)


def end(cast: Cast, user: User, by: str = "tess") -> ending_access.Ended:
    ender = cast.people()[by]
    with rls.acting_as(ender):
        return ending_access.end_access(by=ender, grant=grant_of(cast, user), now=rls.now())


def test_only_who_may_give_access_ends_it(cast: Cast) -> None:
    for by in ("asha", "opal", "greg", "theo"):
        with pytest.raises(Forbidden):
            end(cast, cast.fay, by)
    end(cast, cast.fay, "otto")
    assert not CaregiverGrant.objects.valid().filter(child=cast.cleo, user=cast.fay).exists()


def test_ended_access_shows_nothing_from_the_next_question_on(cast: Cast) -> None:
    with rls.acting_as(cast.greg):
        assert policy.may_view_child(cast.greg, cast.cleo)
    end(cast, cast.greg)
    with rls.acting_as(cast.greg):
        assert not policy.may_view_child(cast.greg, cast.cleo)
        assert not Child.objects.visible_to(cast.greg).exists()
        assert not Child.objects.exists()
    with rls.acting_as(cast.fay):
        assert policy.may_view_child(cast.fay, cast.cleo)


def test_over_http_a_revoked_guardian_gets_what_a_stranger_gets(cast: Cast) -> None:
    """With the session and the token they still hold, at every address that names the child."""
    door, filled = access.Door("greg", cast), access.values(cast, factories.record(cast))
    rows = [row for row in access.rows() if "<child>" in row.address]
    assert any(door.ask(row, filled).status == 200 for row in rows)
    end(cast, cast.greg)
    wrong = []
    for row in rows:
        answer = door.ask(row, filled)
        if answer.status != row.statuses["rex"] or "Cleo" in answer.text:
            wrong.append(f"{row} answers {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_who_cares_for_nobody_any_more_is_forgotten_how_to_reach(
    cast: Cast, push_service: PushService
) -> None:
    subscribed(cast.nan, push_service)
    numbered(cast.nan, "+15550001234")
    CalendarFeed.objects.create(user=cast.nan, token_hash="0" * 64, made_at=rls.now())
    subscribed(cast.fay, push_service)
    end(cast, cast.nan)
    assert not PushSubscription.objects.filter(user=cast.nan).exists()
    assert not PhoneNumber.objects.filter(user=cast.nan).exists()
    assert not CalendarFeed.objects.filter(user=cast.nan, revoked_at__isnull=True).exists()
    assert PushSubscription.objects.filter(user=cast.fay).count() == 1


def test_who_still_cares_for_another_child_keeps_their_ways(cast: Cast, push_service: PushService) -> None:
    subscribed(cast.nan, push_service)
    factories.sibling(cast.cleo, grants=[grant_of(cast, cast.nan)])
    end(cast, cast.nan)
    assert PushSubscription.objects.filter(user=cast.nan).count() == 1


def test_queued_reminders_running_reports_and_open_invitations_end_with_it(cast: Cast) -> None:
    theirs, anothers = reminder(cast, cast.greg), reminder(cast, cast.fay)
    report = factories.report(cast.cleo, by=cast.greg)
    invitation = invite(cast, by="greg", family=cast.gregs_home).invitation
    export = factories.record_export(cast.cleo, by=cast.greg)
    assert end(cast, cast.greg) == ending_access.Ended(
        reminder_count=1, report_count=1, export_count=1, invitation_count=1
    )
    export.refresh_from_db()
    assert (export.state, export.failure_code) == (ExportState.FAILED, "access_ended")
    theirs.refresh_from_db()
    anothers.refresh_from_db()
    assert (theirs.state, theirs.reason, theirs.ended_at) == ("suppressed", "revoked", rls.now())
    assert anothers.state == DeliveryState.DUE
    report = Report.objects.get(pk=report.pk)
    assert (report.state, report.failure_code) == (ReportState.FAILED, "access_ended")
    assert not Invitation.objects.open().filter(pk=invitation.pk).exists()


def test_ending_twice_is_ending_once(cast: Cast) -> None:
    grant = grant_of(cast, cast.nan)
    end(cast, cast.nan)
    with rls.acting_as(cast.otto):
        again = ending_access.end_access(by=cast.otto, grant=grant, now=rls.now())
    assert again == ending_access.Ended(0, 0, 0, 0)
    grant.refresh_from_db()
    assert grant.revoked_by == cast.tess
    assert AuditEvent.objects.filter(code=AuditCode.ENDED_ACCESS, subject_id=grant.pk).count() == 1


def test_a_discharge_ends_the_episode_its_programs_and_reminders(cast: Cast) -> None:
    delivery = reminder(cast, cast.fay)
    told: dict[str, Any] = {"child": cast.cleo, "reason": DischargeReason.GOALS_MET, "now": rls.now()}
    with rls.acting_as(cast.asha), pytest.raises(Forbidden):
        archiving.discharge_child(by=cast.asha, **told)
    with rls.acting_as(cast.tess):
        archiving.discharge_child(by=cast.tess, **told)
        assert cast.cleo.episodes.get().state == EpisodeState.DISCHARGED
        program = HomeProgram.objects.get(child=cast.cleo)
        assert (program.state, program.end_reason) == ("ended", "discharged")
        assert not ReminderRule.objects.filter(child=cast.cleo, is_on=True).exists()
        with pytest.raises(episodes.NoOpenEpisode):
            archiving.discharge_child(
                by=cast.tess, child=cast.cleo, reason=DischargeReason.OTHER, now=rls.now()
            )
        episodes.open_episode(by=cast.tess, child=cast.cleo, now=rls.now())
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("suppressed", "ended")


def test_an_archived_child_keeps_its_record_and_its_readers(cast: Cast) -> None:
    factories.record(cast)
    with rls.acting_as(cast.opal), pytest.raises(Forbidden):
        archiving.archive_child(by=cast.opal, child=cast.cleo, now=rls.now())
    with rls.acting_as(cast.otto):
        for _ in range(2):
            archiving.archive_child(by=cast.otto, child=cast.cleo, now=rls.now())
        assert cast.cleo.episodes.get().state == EpisodeState.ARCHIVED
        assert not Child.objects.not_archived().filter(pk=cast.cleo.pk).exists()
    with rls.acting_as(cast.fay):
        assert policy.may_view_child(cast.fay, cast.cleo)
    # The owner reads no program of hers, and ends them all the same.
    assert not HomeProgram.objects.active().filter(child=cast.cleo).exists()
    assert AuditEvent.objects.filter(code=AuditCode.ARCHIVED_CHILD).count() == 1
    assert grant_of(cast, cast.fay).kind == GrantKind.GUARDIAN


def test_access_with_a_last_day_ends_by_itself_behind_both_walls(live_cast: Cast, clock: Clock) -> None:
    """Nothing runs, and from the next morning on there is nothing."""
    cast = live_cast
    told = {"by": cast.fay, "child": cast.cleo, "family": cast.fays_home, "kind": GrantKind.CAREGIVER}
    with rls.acting_as(cast.fay), transaction.atomic():
        now = rls.now()
        today = local_day(now, cast.fays_home.zone)
        sent = invitations.invite(**told, last_on=today + dt.timedelta(days=7), link_to=str, now=now)
        with pytest.raises(Invalid):
            invitations.invite(**told, last_on=today - dt.timedelta(days=1), link_to=str, now=now)
    with rls.acting_as(cast.finn), transaction.atomic():
        answering_invitations.accept(by=cast.finn, key=Key.of_token(sent.token), now=rls.now())

    def sees() -> list[bool]:
        with rls.acting_as(cast.finn), transaction.atomic():
            return [
                policy.may_view_child(cast.finn, cast.cleo),
                Child.objects.filter(pk=cast.cleo.pk).exists(),
            ]

    assert sent.invitation.access_until
    left = sent.invitation.access_until - now
    clock.advance(hours=left / dt.timedelta(hours=1) - 1)
    assert sees() == [True, True]
    clock.advance(hours=1)
    assert sees() == [False, False]

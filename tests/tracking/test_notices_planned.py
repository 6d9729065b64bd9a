"""What is told of: a row beside what happened; to whom, by which channel and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import AuditEvent, CaregiverGrant, CareTeam, ClinicMembership, User
from tests import factories
from tests.cast import Cast, make_id
from tests.outside import SmsGateway
from tests.tracking import prescribing
from tests.tracking.flags import HOUR, MORNING, raise_flag
from tests.tracking.noticing import due, notices, plan, recipients, send, wish
from tests.tracking.records import MONDAY, at
from tracking.models import ClinicClosure, Notice, PhoneNumber, PushSubscription, ReminderDelivery, Report
from tracking.models.reports import ReportState
from tracking.red_flags import Raised
from tracking.services import flag_escalating, flagging, messaging, reporting
from tracking.vocabulary.concerns import FlagCode, Severity

ONE_DAY = dt.timedelta(days=1)
NIGHT = at("23:30")
CHICAGO = "America/Chicago"


# ---- a row beside what happened --------------------------------------------------------------------------


def test_a_message_is_told_the_other_side_once_however_often_it_is_sent(cast: Cast) -> None:
    client_id = make_id()
    for by, is_to_staff in ((cast.fay, True), (cast.tess, False)):
        with rls.acting_as(by):
            for _ in range(2):
                messaging.send_message(
                    by=by, child=cast.cleo, client_id=client_id, body="See you on Tuesday", now=MORNING
                )
        assert notices() == [("message", is_to_staff)]
        Notice.objects.all().delete()
        client_id = make_id()


def test_a_program_is_told_of_when_it_is_published_and_with_each_version(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        program = prescribing.tonight(cast)
        assert notices() == [("program_version", False)]
        draft = prescribing.next_draft(cast.tess, program)
        assert len(notices()) == 1
        prescribing.published(
            cast.tess, prescribing.changed(cast.tess, draft, note="Slower"), phase_name="Slower"
        )
    assert notices() == [("program_version", False)] * 2


def shared_report(cast: Cast) -> Report:
    report = factories.report(
        cast.cleo,
        by=cast.tess,
        state=ReportState.READY,
        file_name="0" * 8,
        content_sha256="0" * 64,
        signed_at=MORNING,
        signed_by=cast.tess,
    )
    with rls.acting_as(cast.tess):
        return reporting.share_report(by=cast.tess, report=report, now=MORNING)


def test_a_report_is_told_of_the_first_time_it_is_shared(cast: Cast) -> None:
    report = shared_report(cast)
    with rls.acting_as(cast.tess):
        reporting.share_report(by=cast.tess, report=report, now=MORNING + HOUR)
    assert notices() == [("report_shared", False)]


def test_a_flag_is_told_of_by_how_urgent_it_is_and_again_when_it_grows_worse(cast: Cast) -> None:
    raise_flag(cast.cleo, FlagCode.LOW_DOSE)
    raise_flag(cast.cleo, FlagCode.SKIN_REACTION)
    assert notices() == [("flag", True), ("urgent_flag", True)]
    raise_again(cast, Raised(FlagCode.SKIN_REACTION))
    assert len(notices()) == 2
    raise_again(cast, Raised(FlagCode.SKIN_REACTION, graver=Severity.EMERGENCY))
    assert notices()[2:] == [("urgent_flag", True)]


def raise_again(cast: Cast, raised: Raised) -> None:
    with rls.acting_as(system="flags"):
        found = flagging.raise_flags(
            {cast.cleo.pk: [raised]}, clinics={cast.cleo.pk: cast.harbor.pk}, now=MORNING + HOUR
        )
    assert found == []


def escalate(now: dt.datetime) -> int:
    with rls.acting_as(system="flags"):
        return flag_escalating.escalate_due(now=now, limit=100)


def test_an_unread_flag_is_told_to_whom_it_goes_on(cast: Cast) -> None:
    raise_flag(cast.cleo)
    escalate(MORNING + 2 * HOUR)
    notice = Notice.objects.get(kind="flag_unread")
    assert (notice.to, notice.is_to_staff) == (cast.otto, True)
    escalate(MORNING + 20 * ONE_DAY)
    assert len(notices()) == 2


# ---- to whom ---------------------------------------------------------------------------------------------


def told_of_a_message(by: str) -> Callable[[Cast], object]:
    return lambda cast: send(cast.cleo, by=getattr(cast, by), now=MORNING)


def of_a_program(cast: Cast) -> object:
    with rls.acting_as(cast.tess):
        return prescribing.tonight(cast)


@pytest.mark.parametrize(
    ("happens", "names"),
    [
        (told_of_a_message("tess"), {"fay", "greg"}),
        (told_of_a_message("fay"), {"tess", "asha"}),
        (told_of_a_message("asha"), {"fay", "greg"}),
        (of_a_program, {"fay", "greg", "nan"}),
        (shared_report, {"fay", "greg"}),
        (lambda cast: raise_flag(cast.cleo), {"tess"}),
        (lambda cast: raise_flag(cast.cleo, FlagCode.LOW_DOSE), {"tess"}),
    ],
)
def test_it_goes_to_whoever_may_read_it_and_did_not_do_it(
    cast: Cast, happens: Callable[[Cast], object], names: set[str]
) -> None:
    happens(cast)
    plan(MORNING)
    assert recipients() == {getattr(cast, name) for name in names}


def test_a_guardian_who_is_on_the_team_is_not_told_of_what_they_did_themselves(cast: Cast) -> None:
    CaregiverGrant.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        family=cast.gregs_home,
        user=cast.tess,
        kind="guardian",
        valid_from=MORNING - ONE_DAY * 90,
    )
    send(cast.cleo, by=cast.tess, now=MORNING)
    plan(MORNING)
    assert recipients() == {cast.fay, cast.greg}


def leave_the_team(cast: Cast) -> None:
    CareTeam.objects.filter(therapist=cast.asha).update(until_at=rls.now())


def leave_the_clinic(cast: Cast) -> None:
    ClinicMembership.objects.filter(user=cast.asha).update(ended_at=rls.now())


def lose_the_account(cast: Cast) -> None:
    User.objects.filter(pk=cast.asha.pk).update(is_active=False)


@pytest.mark.parametrize("happens", [leave_the_team, leave_the_clinic, lose_the_account])
def test_whoever_left_is_told_nothing(cast: Cast, happens: Callable[[Cast], None]) -> None:
    with rls.acting_as(cast.otto, system="seeding"):
        happens(cast)
    send(cast.cleo, by=cast.fay, now=MORNING)
    plan(MORNING)
    assert recipients() == {cast.tess}


def test_an_unread_flag_goes_to_the_next_reader_alone(cast: Cast) -> None:
    raise_flag(cast.cleo)
    plan(MORNING)
    escalate(MORNING + 2 * HOUR)
    plan(MORNING + 2 * HOUR)
    assert due() == {cast.tess: MORNING, cast.otto: MORNING + 2 * HOUR}


# ---- when ------------------------------------------------------------------------------------------------


def test_a_family_is_told_at_once_and_at_night_when_its_own_night_is_over(cast: Cast) -> None:
    send(cast.cleo, by=cast.tess, now=MORNING)
    plan(MORNING + 2 * HOUR)
    assert set(due().values()) == {MORNING}
    ReminderDelivery.objects.all().delete()
    send(cast.cleo, by=cast.tess, now=NIGHT)
    plan(NIGHT)
    tomorrow = MONDAY + ONE_DAY
    assert due() == {cast.fay: at("06:00", on=tomorrow), cast.greg: at("06:00", on=tomorrow, zone=CHICAGO)}


def test_each_is_left_alone_when_they_wish_to_be(cast: Cast) -> None:
    wish(cast.fay, quiet_from=dt.time(9), quiet_until=dt.time(11))
    wish(cast.greg, quiet_from=dt.time(0), quiet_until=dt.time(0))
    send(cast.cleo, by=cast.tess, now=MORNING)
    send(cast.cleo, by=cast.tess, now=NIGHT)
    plan(NIGHT)
    of_each = {
        user: sorted(ReminderDelivery.objects.filter(recipient=user).values_list("due_at", flat=True))
        for user in (cast.fay, cast.greg)
    }
    assert of_each == {cast.fay: [at("11:00"), NIGHT], cast.greg: [MORNING, NIGHT]}


@pytest.mark.parametrize(
    ("happened", "opens"),
    [
        (at("08:00"), at("09:00")),
        (at("09:00"), at("09:00", on=MONDAY + ONE_DAY)),
        (at("12:00"), at("09:00", on=MONDAY + ONE_DAY)),
        (at("18:00", on=MONDAY + 4 * ONE_DAY), at("09:00", on=MONDAY + 7 * ONE_DAY)),
    ],
)
def test_staff_are_told_when_the_clinic_next_opens(
    cast: Cast, happened: dt.datetime, opens: dt.datetime
) -> None:
    send(cast.cleo, by=cast.fay, now=happened)
    raise_flag(cast.cleo, FlagCode.LOW_DOSE, now=happened)
    plan(happened)
    assert due() == {cast.tess: opens, cast.asha: opens}


def test_staff_are_told_nothing_while_the_clinic_is_closed(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        ClinicClosure.objects.create(
            clinic=cast.harbor,
            from_on=MONDAY + ONE_DAY,
            until_on=MONDAY + 2 * ONE_DAY,
            set_by=cast.otto,
            set_at=MORNING,
        )
    send(cast.cleo, by=cast.fay, now=MORNING)
    plan(MORNING)
    assert set(due().values()) == {at("09:00", on=MONDAY + 3 * ONE_DAY)}


def test_what_is_urgent_is_told_at_once_in_the_night(cast: Cast) -> None:
    raise_flag(cast.cleo, now=NIGHT)
    assert plan(NIGHT).is_any_due
    assert due() == {cast.tess: NIGHT}


# ---- by what ---------------------------------------------------------------------------------------------


def channels() -> dict[User, str]:
    return {one.recipient: one.channel for one in ReminderDelivery.objects.select_related("recipient")}


def test_each_is_told_by_the_channel_they_chose_or_not_at_all(cast: Cast) -> None:
    PushSubscription.objects.create(
        user=cast.fay, endpoint_hash="0" * 64, provider="127.0.0.1", secret="-", made_at=MORNING
    )
    wish(cast.fay, notices_by="web_push")
    wish(cast.greg, notices_by="")
    send(cast.cleo, by=cast.tess, now=MORNING)
    plan(MORNING)
    assert channels() == {cast.fay: "web_push"}
    assert Notice.objects.get().planned_at == MORNING


def test_a_channel_that_reaches_nobody_any_more_gives_way_to_mail(
    cast: Cast, sms_gateway: SmsGateway
) -> None:
    wish(cast.fay, notices_by="web_push")
    wish(cast.greg, notices_by="sms")
    send(cast.cleo, by=cast.tess, now=MORNING)
    plan(MORNING)
    assert channels() == {cast.fay: "email", cast.greg: "email"}
    ReminderDelivery.objects.all().delete()
    PhoneNumber.objects.create(user=cast.greg, number="+15550100", verified_at=MORNING)
    send(cast.cleo, by=cast.tess, now=MORNING)
    plan(MORNING)
    assert channels() == {cast.fay: "email", cast.greg: "sms"}


def test_whoever_wishes_to_hear_nothing_is_told_of_what_is_urgent_by_mail(cast: Cast) -> None:
    wish(cast.tess, notices_by="")
    raise_flag(cast.cleo, FlagCode.LOW_DOSE)
    raise_flag(cast.cleo)
    plan(MORNING)
    assert list(ReminderDelivery.objects.values_list("notice__kind", "channel")) == [("urgent_flag", "email")]


def test_whoever_has_no_address_gets_no_mail(cast: Cast) -> None:
    User.objects.filter(pk=cast.fay.pk).update(email=None, email_verified_at=None)
    send(cast.cleo, by=cast.tess, now=MORNING)
    plan(MORNING)
    assert recipients() == {cast.greg}


# ---- once, and as cheap for many -------------------------------------------------------------------------


def test_what_was_planned_is_planned_no_second_time(cast: Cast) -> None:
    send(cast.cleo, by=cast.tess, now=MORNING)
    assert (plan(MORNING).deliveries, plan(MORNING).notices) == (2, 0)
    keys = set(ReminderDelivery.objects.values_list("idempotency_key", flat=True))
    Notice.objects.update(planned_at=None)
    plan(MORNING)
    assert set(ReminderDelivery.objects.values_list("idempotency_key", flat=True)) == keys


def test_two_planners_at_the_same_moment_tell_each_once(live_cast: Cast) -> None:
    with transaction.atomic():
        for _ in range(6):
            send(live_cast.cleo, by=live_cast.tess, now=MORNING)

    def job() -> int:
        try:
            return plan(MORNING, limit=4).deliveries
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: job(), range(4)))
    while plan(MORNING).notices:
        pass
    assert ReminderDelivery.objects.count() == 12


def test_twelve_notices_ask_as_much_as_two(cast: Cast) -> None:
    counts = []
    for size in (2, 12):
        for _ in range(size):
            send(cast.cleo, by=cast.tess, now=MORNING)
            send(cast.cleo, by=cast.fay, now=MORNING)
        Notice.objects.update(planned_at=None)
        raise_flag(cast.fern if size == 2 else cast.cleo)
        with CaptureQueriesContext(connection) as asked:
            plan(MORNING)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_telling_costs_a_message_one_statement_and_is_no_event_of_the_audit(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        send(cast.cleo, by=cast.fay, now=MORNING)
    assert len([one for one in asked if "tracking_notice" in one["sql"]]) == 1
    assert AuditEvent.objects.filter(at=MORNING).count() == 1

"""A person's own ways to be reached: wishes, browsers, a number, a calendar, and stopping by mail."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from icalendar import Calendar

from clinic import rls
from clinic.errors import Invalid, Unseen
from clinic.limits import TriedTooOften
from clinic.models import AuditEvent, CaregiverGrant, Child, User
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast
from tests.outside import PushService, SmsGateway
from tests.tracking.reaching import numbered, say, subscribed
from tests.tracking.reminding import TUESDAY, at, coming, keep
from tracking.models import CalendarFeed, PhoneNumber, PushSubscription, ReachWishes, ReminderMute
from tracking.readings.reaching import ways_of
from tracking.services import calendars, phones, reaching
from tracking.services.phones import CodeOpensNothing
from tracking.services.reaching import ChannelNotReady

NUMBER = "+15550001234"


def wishes(by: User, **told: Any) -> ReachWishes:
    return reaching.say_wishes(
        **{
            "by": by,
            "reminders_by": "email",
            "notices_by": "email",
            "quiet_from": dt.time(22),
            "quiet_until": dt.time(6),
            "now": rls.now(),
            **told,
        }
    )


# ---- wishes -----------------------------------------------------------------------------------------------


def test_a_wish_is_kept_and_told_the_audit(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        wishes(cast.fay, reminders_by="", quiet_from=dt.time(20))
        assert ways_of(cast.fay).wishes.quiet_from == dt.time(20)
    told = AuditEvent.objects.get(actor_id=cast.fay.pk, detail="wishes")
    assert (told.code, told.clinic_id) == (AuditCode.CHANGED_ACCOUNT, None)


def test_a_channel_that_leads_nowhere_yet_is_not_chosen(
    cast: Cast, push_service: PushService, settings: Any
) -> None:
    with pytest.raises(ChannelNotReady):
        wishes(cast.fay, reminders_by="web_push")
    subscribed(cast.fay, push_service)
    assert wishes(cast.fay, reminders_by="web_push").reminders_by == "web_push"
    settings.VAPID_PRIVATE_KEY = ""
    with pytest.raises(Invalid):
        wishes(cast.fay, reminders_by="web_push")
    with pytest.raises(Invalid):
        wishes(cast.fay, notices_by="pigeon")


def test_one_persons_ways_are_behind_the_wall_for_everybody_else(
    cast: Cast, push_service: PushService
) -> None:
    subscribed(cast.fay, push_service)
    numbered(cast.fay, NUMBER)
    say(cast.fay)
    calendars.make_calendar(by=cast.fay, now=rls.now())
    tables = (ReachWishes, PushSubscription, PhoneNumber, CalendarFeed)
    for person, count in ((cast.fay, 1), (cast.greg, 0), (cast.tess, 0), (cast.otto, 0), (None, 0)):
        with rls.acting_as(person):
            assert [table.objects.filter(user=cast.fay).count() for table in tables] == [count] * 4


# ---- stopping by mail -------------------------------------------------------------------------------------


def stopping(user: User, wish: str = "reminders_by") -> str:
    return reaching.signing.dumps([str(user.pk), wish], salt=reaching.STOPPING)


def test_whoever_has_the_letter_stops_others_like_it(cast: Cast) -> None:
    with rls.acting_as(None):
        for _ in range(2):
            reaching.stop_by_mail(token=stopping(cast.fay), now=rls.now())
    kept = ReachWishes.objects.get(user=cast.fay)
    assert (kept.reminders_by, kept.notices_by) == ("", "email")


@pytest.mark.parametrize("spoil", [lambda one: one[:-1], lambda one: f"{one}a", lambda _: "nonsense"])
def test_nobody_makes_such_an_address_themselves(cast: Cast, spoil: Any) -> None:
    with pytest.raises(Unseen):
        reaching.stop_by_mail(token=spoil(stopping(cast.fay)), now=rls.now())
    assert not ReachWishes.objects.exists()


# ---- browsers ---------------------------------------------------------------------------------------------


def add(by: User, service: PushService, **told: Any) -> PushSubscription:
    browser = service.subscribe()
    keys = browser.told()["keys"]
    return reaching.add_browser(
        **{"by": by, "endpoint": browser.endpoint, "now": rls.now(), "device": "Phone", **keys, **told}
    )


def test_a_browser_is_whoevers_subscribed_in_it_last(cast: Cast, push_service: PushService) -> None:
    browser = push_service.subscribe()
    told = {"endpoint": browser.endpoint, **browser.told()["keys"]}
    for by in (cast.fay, cast.fay, cast.nan):
        with rls.acting_as(by):
            add(by, push_service, **told)
    assert PushSubscription.objects.get().user == cast.nan


def test_a_person_has_their_latest_browsers(cast: Cast, push_service: PushService) -> None:
    made = [add(cast.fay, push_service) for _ in range(reaching.MOST_BROWSERS + 2)]
    kept = set(PushSubscription.objects.values_list("pk", flat=True))
    assert kept == {one.pk for one in made[2:]}


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("endpoint", "https://example.org/push"),
        ("endpoint", "http://169.254.169.254/latest"),
        ("p256dh", "AAAA"),
        ("p256dh", "!!!"),
        ("auth", "AAAA"),
        ("auth", "ä"),
        ("device", "x" * 61),
    ],
)
def test_what_no_browser_tells_is_refused_by_its_field(
    cast: Cast, push_service: PushService, field: str, told: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add(cast.fay, push_service, **{field: told})
    assert refused.value.field == field
    assert not PushSubscription.objects.exists()


def test_nobody_removes_anothers_browser(cast: Cast, push_service: PushService) -> None:
    kept = add(cast.fay, push_service)
    with pytest.raises(Unseen):
        reaching.remove_browser(by=cast.greg, browser=kept.pk, now=rls.now())
    reaching.remove_browser(by=cast.fay, browser=kept.pk, now=rls.now())
    assert not PushSubscription.objects.exists()


# ---- a number ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+1 (555) 000-1234", NUMBER),
        ("001 555 000 1234", NUMBER),
        ("\u202a+1 555 000 1234\u202c", NUMBER),
        ("+١٥٥٥٠٠٠١٢٣٤", NUMBER),
        ("555 000 1234", None),
        ("+0 555 000 1234", None),
        ("+1 555", None),
        ("+1 555 000 1234 5678 9", None),
        ("+1555CALLME", None),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str, number: str | None) -> None:
    assert phones.as_number(typed) == number


def ask(cast: Cast, gateway: SmsGateway, capture: Any, number: str = NUMBER) -> str:
    """Fay says a number; the code that arrives there."""
    with capture(execute=True):
        phones.say_number(by=cast.fay, number=number, address="192.0.2.1", now=rls.now())
    found = re.search(r"\d{4}-\d{4}", gateway.to(number)[-1].words)
    assert found is not None
    return found[0]


def test_a_number_is_of_use_once_its_code_was_typed(
    cast: Cast, sms_gateway: SmsGateway, django_capture_on_commit_callbacks: Any
) -> None:
    code = ask(cast, sms_gateway, django_capture_on_commit_callbacks)
    assert code.replace("-", "") not in str(PhoneNumber.objects.values().get())
    assert not ways_of(cast.fay).is_phone_verified
    wrong = f"{(int(code.replace('-', '')) + 1) % 10**8:08}"
    with pytest.raises(CodeOpensNothing):
        phones.confirm_number(by=cast.fay, code=wrong, now=rls.now())
    with pytest.raises(CodeOpensNothing):
        phones.confirm_number(by=cast.greg, code=code, now=rls.now())
    phones.confirm_number(by=cast.fay, code=code, now=rls.now())
    assert ways_of(cast.fay).is_phone_verified
    with pytest.raises(CodeOpensNothing):
        phones.confirm_number(by=cast.fay, code=code, now=rls.now())


def test_a_code_runs_out_and_is_not_guessed(
    cast: Cast, sms_gateway: SmsGateway, django_capture_on_commit_callbacks: Any
) -> None:
    code = ask(cast, sms_gateway, django_capture_on_commit_callbacks)
    with pytest.raises(CodeOpensNothing):
        phones.confirm_number(by=cast.fay, code=code, now=rls.now() + phones.LIVES_FOR)
    for _ in range(phones.GUESSES.most):
        with pytest.raises(CodeOpensNothing):
            phones.confirm_number(by=cast.fay, code="0000-0000", now=rls.now())
    with pytest.raises(TriedTooOften):
        phones.confirm_number(by=cast.fay, code=code, now=rls.now())
    assert not ways_of(cast.fay).is_phone_verified


def test_a_number_that_changes_has_to_be_verified_anew(
    cast: Cast, sms_gateway: SmsGateway, django_capture_on_commit_callbacks: Any
) -> None:
    numbered(cast.fay, NUMBER)
    code = ask(cast, sms_gateway, django_capture_on_commit_callbacks, "+15550005678")
    assert not ways_of(cast.fay).is_phone_verified
    phones.confirm_number(by=cast.fay, code=code, now=rls.now())
    assert PhoneNumber.objects.get().number == "+15550005678"


def test_codes_are_not_sent_again_and_again(cast: Cast, sms_gateway: SmsGateway) -> None:
    for _ in range(phones.TO_A_PERSON.most):
        phones.say_number(by=cast.fay, number=NUMBER, address=None, now=rls.now())
    with pytest.raises(TriedTooOften):
        phones.say_number(by=cast.fay, number="+15550005678", address=None, now=rls.now())
    with pytest.raises(TriedTooOften):
        phones.say_number(by=cast.greg, number=NUMBER, address=None, now=rls.now())


def test_without_a_gateway_there_are_no_text_messages(cast: Cast) -> None:
    with pytest.raises(Unseen):
        phones.say_number(by=cast.fay, number=NUMBER, address=None, now=rls.now())


# ---- a calendar -------------------------------------------------------------------------------------------


def evenings(cast: Cast, **fields: Any) -> dt.datetime:
    """Cleo's evenings at Fay's, at 18:30; the instant to look from, the Tuesday before."""
    day = coming(TUESDAY)
    program = factories.prescribed(cast.cleo, by=cast.tess, **{"anchors": ("after_bath",), **fields})
    keep(program, now=at(day, "00:30"))
    return at(day, "15:00")


def read(token: str, now: dt.datetime) -> list[Any]:
    with rls.acting_as(None):
        told = calendars.read_calendar(token=token, address=None, now=now)
    return list(Calendar.from_ical(told).walk("VEVENT"))


def test_a_calendar_shows_when_and_neither_who_nor_what(cast: Cast) -> None:
    now = evenings(cast)
    token = calendars.make_calendar(by=cast.fay, now=rls.now()).token
    with rls.acting_as(None):
        told = calendars.read_calendar(token=token, address=None, now=now)
        assert calendars.read_calendar(token=token, address=None, now=now + dt.timedelta(hours=1)) == told
    events = list(Calendar.from_ical(told).walk("VEVENT"))
    first = events[0]
    assert {str(event["summary"]) for event in events} == {"Quiet time together"}
    assert first.decoded("dtstart").isoformat()[11:16] == "18:30"
    assert first["dtstart"].params["TZID"] == "America/New_York"
    assert len({str(event["uid"]) for event in events}) == len(events) > 5
    text = told.decode()
    assert "BEGIN:VTIMEZONE" in text
    assert "VALARM" not in text
    for word in ("Cleo", "massage", "Harbor", str(cast.cleo.pk), str(cast.fays_home.pk)):
        assert word not in text


def test_a_calendar_is_of_the_children_one_may_see_at_this_moment(cast: Cast) -> None:
    now = evenings(cast)
    token = calendars.make_calendar(by=cast.nan, now=rls.now()).token
    gregs = read(calendars.make_calendar(by=cast.greg, now=rls.now()).token, now)
    fays = read(token, now)
    assert {one["dtstart"].params["TZID"] for one in gregs} == {"America/Chicago"}, "by the clock of a home"
    assert not {one.decoded("dtstart").date() for one in gregs} & {
        one.decoded("dtstart").date() for one in fays
    }, "on the days she is there"
    CaregiverGrant.objects.filter(user=cast.nan).update(revoked_at=rls.now())
    assert read(token, now) == []


@pytest.mark.parametrize("field", ["in_hospital_since", "died_on"])
def test_a_calendar_has_nothing_of_a_child_in_hospital_or_dead(cast: Cast, field: str) -> None:
    now = evenings(cast)
    token = calendars.make_calendar(by=cast.fay, now=rls.now()).token
    assert read(token, now)
    Child.objects.filter(pk=cast.cleo.pk).update(**{field: now.date() + dt.timedelta(days=9)})
    assert read(token, now) == []


def test_a_calendar_leaves_out_what_one_wishes_not_to_be_reminded_of(cast: Cast) -> None:
    now = evenings(cast)
    token = calendars.make_calendar(by=cast.fay, now=rls.now()).token
    rule = cast.cleo.reminder_rules.get(family=cast.fays_home)
    ReminderMute.objects.create(clinic=cast.harbor, rule=rule, user=cast.fay, at=rls.now())
    assert read(token, now) == []


def test_siblings_of_one_bath_are_one_event(cast: Cast) -> None:
    now = evenings(cast)
    token = calendars.make_calendar(by=cast.fay, now=rls.now()).token
    alone = read(token, now)
    twin = factories.sibling(cast.cleo, grants=CaregiverGrant.objects.filter(child=cast.cleo, user=cast.fay))
    program = factories.prescribed(twin, by=cast.tess, anchors=("after_bath",))
    keep(program, now=now)
    assert [str(one["uid"]) for one in read(token, now)] == [str(one["uid"]) for one in alone]


def test_an_address_that_was_renewed_ended_or_made_up_leads_nowhere(cast: Cast) -> None:
    now = evenings(cast)
    first = calendars.make_calendar(by=cast.fay, now=rls.now()).token
    second = calendars.make_calendar(by=cast.fay, now=rls.now()).token
    assert read(second, now)
    assert second not in str(CalendarFeed.objects.values())
    calendars.end_calendar(by=cast.fay, now=rls.now())
    for token in (first, second, "nobodys", "\ud800"):
        with pytest.raises(Unseen):
            read(token, now)


def test_a_calendar_is_not_read_again_and_again(cast: Cast) -> None:
    now = evenings(cast)
    token = calendars.make_calendar(by=cast.fay, now=rls.now()).token
    for _ in range(calendars.READS.most):
        read(token, now)
    with pytest.raises(TriedTooOften):
        read(token, now)

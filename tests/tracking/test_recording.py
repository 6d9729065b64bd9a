"""Recording entries: kept as told, flagged where odd, answered alike however often they come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest

from clinic import rls
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid
from clinic.models import CaregiverGrant
from tests.cast import Cast, make_id
from tests.tracking.records import (
    MONDAY,
    at,
    cleos_bedtime,
    cleos_lotion,
    cleos_session,
    log_session,
    publish_program,
)
from tracking import policy
from tracking.models import Bedtime, MassageSession, TrackedStimulus, WriteReceipt
from tracking.services import recording
from tracking.services.recording import Answer, NotYoursToRevise, TooLateToRevise
from tracking.sync.bodies import CueNoted, StimulusDayBody
from tracking.vocabulary.programs import EntryFlag


@pytest.fixture
def fay(cast: Cast) -> Iterator[Cast]:
    with rls.acting_as(cast.fay):
        yield cast


def record_bedtime(cast: Cast, *, now: dt.datetime | None = None, **told: object) -> Bedtime:
    return recording.record_bedtime(
        by=cast.fay,
        child=cast.cleo,
        client_id=make_id(),
        entry=cleos_bedtime(**told),
        door="api",
        now=now or at("20:05"),
    ).row


def test_a_session_is_kept_as_fay_told_it(fay: Cast) -> None:
    program = publish_program(fay.cleo, fay.tess)
    recorded = log_session(fay.fay, fay.cleo)
    assert recorded.answer == Answer.APPLIED
    row = MassageSession.objects.get(pk=recorded.row.pk)
    assert (row.outcome, row.ended_by, row.minutes) == ("stopped", "child", Decimal("4.50"))
    assert (row.state_before, row.state_after) == ("quiet_alert", "drowsy")
    assert [cue["code"] for cue in row.cues] == ["ep_gaze", "ep_offer", "ds_look_away", "ds_stiff"]
    assert row.steps[1] == {"step": None, "stroke": "back-long-sweep", "is_done": False, "seconds": None}
    assert (row.zone, row.local_day, row.revision) == ("America/New_York", MONDAY, 1)
    assert (row.program_id, row.program_version_id) == (program.pk, program.current_version_id)
    assert (row.reported_by_id, row.family_id, row.is_on_behalf) == (fay.fay.pk, fay.fays_home.pk, False)
    assert row.flags == []


def test_a_bedtime_is_told_in_two_calls_of_one_id(fay: Cast) -> None:
    mine = {"by": fay.fay, "child": fay.cleo, "client_id": make_id(), "door": "api"}
    in_bed = recording.record_bedtime(**mine, entry=cleos_bedtime(asleep_at=None), now=at("19:42"))
    asleep = recording.record_bedtime(
        **mine, entry=cleos_bedtime(), base_revision=in_bed.row.revision, now=at("20:02")
    )
    row = Bedtime.objects.get(client_id=mine["client_id"], is_latest=True)
    assert (asleep.answer, row.revision, row.local_day) == (Answer.APPLIED, 2, MONDAY)
    assert (row.asleep_at - row.lights_out_at) == dt.timedelta(minutes=19)
    assert row.first_received_at == at("19:42")


def test_still_awake_when_last_seen_is_an_answer(fay: Cast) -> None:
    row = record_bedtime(fay, asleep_at=None, still_awake_at=at("20:03"))
    assert (row.asleep_at, row.still_awake_at, row.flags) == (None, at("20:03"), [])


def test_lotion_on_the_hands_is_kept(fay: Cast) -> None:
    row = recording.record_observation(
        by=fay.fay,
        child=fay.cleo,
        client_id=make_id(),
        entry=cleos_lotion(),
        door="family_pages",
        now=at("19:10"),
    ).row
    assert (row.stimulus, row.region, row.intensity, row.recovery_minutes) == (
        "sunscreen_lotion",
        "hands",
        3,
        4,
    )
    assert row.responses == ["withdraw", "cry"]


def test_a_tracked_touch_came_up_or_did_not(fay: Cast) -> None:
    tracked = TrackedStimulus.objects.create(
        clinic=fay.harbor, child=fay.cleo, stimulus="cloth_tag", from_on=MONDAY, created_by=fay.tess
    )
    entry = StimulusDayBody(tracked_stimulus=tracked.pk, came_up=False, occurred_at=at("20:00"))
    mine = {"by": fay.fay, "child": fay.cleo, "door": "api", "now": at("20:00")}
    row = recording.record_stimulus_day(client_id=make_id(), entry=entry, **mine).row
    assert (row.came_up, row.local_day) == (False, MONDAY)
    with pytest.raises(Invalid) as refused:
        recording.record_stimulus_day(
            client_id=make_id(),
            entry=StimulusDayBody(tracked_stimulus=make_id(), came_up=True, occurred_at=at("20:00")),
            **mine,
        )
    assert refused.value.field == "tracked_stimulus"


# ---- the same write again -------------------------------------------------------------------------------


def test_the_same_id_and_body_again_is_a_replay(fay: Cast) -> None:
    first = log_session(fay.fay, fay.cleo)
    again = log_session(fay.fay, fay.cleo, client_id=first.row.client_id, now=at("23:00"))
    assert (again.answer, again.row.pk) == (Answer.REPLAYED, first.row.pk)
    assert MassageSession.objects.count() == WriteReceipt.objects.count() == 1


def test_the_same_body_with_another_offset_and_sending_time_is_a_replay(fay: Cast) -> None:
    first = log_session(fay.fay, fay.cleo)
    there = at("19:20").astimezone(dt.timezone(dt.timedelta(hours=-5)))
    again = log_session(
        fay.fay, fay.cleo, client_id=first.row.client_id, occurred_at=there, sent_at=at("19:31")
    )
    assert again.answer == Answer.REPLAYED


def test_the_same_id_with_another_body_is_refused(fay: Cast) -> None:
    first = log_session(fay.fay, fay.cleo)
    with pytest.raises(IdAlreadyUsed) as refused:
        log_session(fay.fay, fay.cleo, client_id=first.row.client_id, minutes=Decimal(6))
    assert (refused.value.code, refused.value.status) == ("id_already_used", 409)


def test_an_id_of_a_session_is_no_id_of_a_bedtime(fay: Cast) -> None:
    first = log_session(fay.fay, fay.cleo)
    with pytest.raises(IdAlreadyUsed):
        recording.record_bedtime(
            by=fay.fay,
            child=fay.cleo,
            client_id=first.row.client_id,
            entry=cleos_bedtime(),
            door="api",
            now=at("20:05"),
        )


def test_a_revision_of_what_is_current_is_applied_and_of_what_is_not_is_kept_and_flagged(fay: Cast) -> None:
    first = log_session(fay.fay, fay.cleo)
    mine = {"client_id": first.row.client_id, "base_revision": 1}
    second = log_session(fay.fay, fay.cleo, minutes=Decimal(6), **mine)
    stale = log_session(fay.fay, fay.cleo, minutes=Decimal(7), **mine)
    assert (second.answer, second.row.revision, second.row.flags) == (Answer.APPLIED, 2, [])
    assert (stale.answer, stale.row.revision) == (Answer.CONFLICT_KEPT, 3)
    assert stale.row.flags == [EntryFlag.NEEDS_REVIEW]
    kept = MassageSession.objects.filter(client_id=first.row.client_id).order_by("revision")
    assert [row.minutes for row in kept] == [Decimal("4.50"), Decimal(6), Decimal(7)]
    assert [row.is_latest for row in kept] == [False, False, True]
    replayed = log_session(fay.fay, fay.cleo, minutes=Decimal(6), **mine)
    assert (replayed.answer, replayed.row.revision) == (Answer.REPLAYED, 2)


# ---- who may revise -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "hours"), [("fay", 7 * 24), ("nan", 48)])
def test_an_author_may_revise_for_a_while_after_it_first_arrived(cast: Cast, name: str, hours: int) -> None:
    author = getattr(cast, name)
    with rls.acting_as(author):
        first = log_session(author, cast.cleo)
        mine = {"client_id": first.row.client_id}
        over = first.row.first_received_at + dt.timedelta(hours=hours)
        in_time = log_session(author, cast.cleo, now=over, base_revision=1, minutes=Decimal(6), **mine)
        assert in_time.answer == Answer.APPLIED
        with pytest.raises(TooLateToRevise):
            log_session(
                author,
                cast.cleo,
                now=over + dt.timedelta(seconds=1),
                base_revision=2,
                minutes=Decimal(8),
                **mine,
            )


def test_nobody_revises_what_another_logged(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        first = log_session(cast.fay, cast.cleo)
    for name in ("greg", "tess"):
        other = getattr(cast, name)
        with rls.acting_as(other), pytest.raises(NotYoursToRevise):
            log_session(other, cast.cleo, client_id=first.row.client_id, base_revision=1, minutes=Decimal(9))


def test_an_id_of_an_entry_out_of_sight_is_merely_in_use(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        first = log_session(cast.fay, cast.cleo)
    with rls.acting_as(cast.nan), pytest.raises(IdAlreadyUsed):
        log_session(cast.nan, cast.cleo, client_id=first.row.client_id, base_revision=1)


def test_the_same_words_of_another_person_under_one_id_are_no_replay(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        first = log_session(cast.fay, cast.cleo)
    with rls.acting_as(cast.greg), pytest.raises(IdAlreadyUsed):
        log_session(cast.greg, cast.cleo, client_id=first.row.client_id)


def test_staff_log_on_behalf_of_the_household_of_that_day(cast: Cast) -> None:
    saturday = MONDAY + dt.timedelta(days=5)
    for name in ("tess", "opal"):
        staff = getattr(cast, name)
        with rls.acting_as(staff):
            row = log_session(staff, cast.cleo, occurred_at=at("19:20", on=saturday)).row
            assert (row.is_on_behalf, row.family_id) == (True, cast.gregs_home.pk)
            assert row.zone == "America/Chicago"


def test_staff_name_whose_words_they_are_and_the_entry_is_of_that_household(cast: Cast) -> None:
    gregs = CaregiverGrant.objects.get(child=cast.cleo, user=cast.greg)
    finns = CaregiverGrant.objects.get(child=cast.fern, user=cast.finn)
    by_phone = {"source": "phone_call", "told_by_grant": gregs.pk}
    with rls.acting_as(cast.opal):
        row = log_session(cast.opal, cast.cleo, **by_phone).row
        assert (row.reported_by_id, row.source, row.told_by_grant_id) == (
            cast.opal.pk,
            "phone_call",
            gregs.pk,
        )
        assert (row.family_id, row.zone) == (cast.gregs_home.pk, "America/Chicago")
        with pytest.raises(Invalid) as refused:
            log_session(cast.opal, cast.cleo, told_by_grant=finns.pk)
        assert refused.value.field == "told_by_grant"
    with rls.acting_as(cast.fay):
        assert log_session(cast.fay, cast.cleo, told_by_name="Grandpa Lou").row.told_by_name == "Grandpa Lou"
        with pytest.raises(Invalid):
            log_session(cast.fay, cast.cleo, **by_phone)


def test_who_told_it_reads_it_as_their_own_whoever_typed(cast: Cast) -> None:
    nans = CaregiverGrant.objects.get(child=cast.cleo, user=cast.nan)
    with rls.acting_as(cast.opal):
        row = log_session(cast.opal, cast.cleo, told_by_grant=nans.pk).row
    for name, sees in (("nan", True), ("rex", False)):
        user = getattr(cast, name)
        with rls.acting_as(user):
            assert MassageSession.objects.visible_to(user).filter(pk=row.pk).exists() == sees
            assert policy.may_view_entry(user, row) == sees
            assert not policy.may_revise_entry(user, row, row.received_at)


def test_what_is_known_by_its_day_is_of_that_day_and_late_only_once_it_is_over(fay: Cast) -> None:
    noon = {"occurred_at": at("12:00"), "precision": "part_of_day", "part_of_day": "evening"}
    row = log_session(fay.fay, fay.cleo, now=at("23:00", on=MONDAY + dt.timedelta(days=2)), **noon).row
    assert (row.local_day, row.part_of_day, row.flags) == (MONDAY, "evening", [])
    for wrong in ({"part_of_day": "tea time"}, {"part_of_day": ""}, {"precision": "minute"}):
        with pytest.raises(Invalid):
            log_session(fay.fay, fay.cleo, **(noon | wrong))


def test_a_bedtime_known_by_its_part_of_the_day_is_of_the_day_it_names(fay: Cast) -> None:
    told = {"lights_out_at": None, "asleep_at": None, "about_minutes": 30, "precision": "day"}
    row = recording.record_bedtime(
        by=fay.fay,
        child=fay.cleo,
        client_id=make_id(),
        entry=cleos_bedtime(occurred_at=at("08:00"), **told),
        door="api",
        now=at("09:00"),
    ).row
    assert row.local_day == MONDAY


def test_who_is_nothing_to_the_child_logs_nothing(cast: Cast) -> None:
    for name in ("otto", "theo", "rex", "finn"):
        with rls.acting_as(getattr(cast, name)), pytest.raises(Forbidden):
            log_session(getattr(cast, name), cast.cleo)


# ---- accepted and flagged -------------------------------------------------------------------------------


def test_a_device_time_that_cannot_have_been_is_kept_and_the_entry_placed_by_its_arrival(fay: Cast) -> None:
    tomorrow = at("19:20") + dt.timedelta(days=1)
    row = log_session(fay.fay, fay.cleo, occurred_at=tomorrow, now=at("19:31")).row
    assert (row.flags, row.device_time, row.occurred_at) == ([EntryFlag.CLOCK_OFF], tomorrow, at("19:31"))
    assert row.local_day == MONDAY


def test_a_clock_that_is_off_is_corrected_by_the_time_the_device_says_went_by(fay: Cast) -> None:
    ahead = dt.timedelta(days=365)
    row = recording.record_bedtime(
        by=fay.fay,
        child=fay.cleo,
        client_id=make_id(),
        entry=cleos_bedtime(
            lights_out_at=at("19:42") + ahead,
            asleep_at=at("20:01") + ahead,
            sent_at=at("20:05") + ahead,
        ),
        door="api",
        now=at("20:05"),
    ).row
    assert row.flags == [EntryFlag.CLOCK_OFF]
    assert (row.lights_out_at, row.asleep_at) == (at("19:42"), at("20:01"))
    assert row.device_time == at("19:42") + ahead


def test_a_time_before_the_child_was_born_cannot_have_been(fay: Cast) -> None:
    row = log_session(
        fay.fay, fay.cleo, occurred_at=dt.datetime(1970, 1, 1, tzinfo=dt.UTC), now=at("20:00")
    ).row
    assert (row.flags, row.occurred_at) == ([EntryFlag.CLOCK_OFF], at("20:00"))


def test_unknown_codes_are_kept_and_flagged(fay: Cast) -> None:
    row = log_session(fay.fay, fay.cleo, state_after="dreaming", cues=(CueNoted(code="ep_wave"),)).row
    assert (row.state_after, row.cues[0]["code"], row.flags) == (
        "dreaming",
        "ep_wave",
        [EntryFlag.UNKNOWN_CODE],
    )


def test_an_entry_that_comes_after_two_days_is_marked_late(fay: Cast) -> None:
    in_time = log_session(fay.fay, fay.cleo, now=at("19:20") + dt.timedelta(hours=48)).row
    assert in_time.flags == []
    earlier = at("19:20", on=MONDAY - dt.timedelta(days=1))
    late = log_session(
        fay.fay, fay.cleo, occurred_at=earlier, now=earlier + dt.timedelta(hours=48, seconds=1)
    ).row
    assert late.flags == [EntryFlag.LOGGED_LATE]


def test_an_odd_length_is_kept_and_asked_about(fay: Cast) -> None:
    assert log_session(fay.fay, fay.cleo, minutes=Decimal(300)).row.flags == [EntryFlag.NEEDS_REVIEW]


def test_asleep_before_lights_out_is_kept_and_asked_about(fay: Cast) -> None:
    assert record_bedtime(fay, asleep_at=at("19:30")).flags == [EntryFlag.NEEDS_REVIEW]


def test_a_session_may_answer_an_older_version_and_lie_before_the_program(fay: Cast) -> None:
    program = publish_program(fay.cleo, fay.tess, starts_on=MONDAY + dt.timedelta(days=7))
    row = log_session(fay.fay, fay.cleo, program_version=program.current_version_id).row
    assert (row.program_version_id, row.flags) == (program.current_version_id, [EntryFlag.BEFORE_PROGRAM])
    with rls.acting_as(fay.theo):
        elsewhere = publish_program(fay.fern, fay.theo)
    with pytest.raises(Invalid) as refused:
        log_session(fay.fay, fay.cleo, program_version=elsewhere.current_version_id)
    assert refused.value.field == "program_version"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"outcome": "perhaps"}, "outcome"),
        ({"precision": "roughly"}, "precision"),
        ({"minutes": Decimal(-1)}, "minutes"),
        ({"state_after": "x" * 41}, "state_after"),
        ({"occurred_at": dt.datetime(2026, 11, 16, 19, 20)}, "occurred_at"),  # noqa: DTZ001
    ],
)
def test_what_no_row_can_hold_is_refused_by_its_field(fay: Cast, told: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        log_session(fay.fay, fay.cleo, now=at("20:00"), **told)
    assert refused.value.field == field
    assert not MassageSession.objects.exists()


def test_who_ended_a_stopped_session_goes_without_saying(fay: Cast) -> None:
    assert log_session(fay.fay, fay.cleo, ended_by="").row.ended_by == "child"
    done = log_session(fay.fay, fay.cleo, outcome="done", ended_by="", occurred_at=at("08:00")).row
    assert done.ended_by == "completed"
    not_today = log_session(
        fay.fay, fay.cleo, outcome="not_today", ended_by="", not_today_reason="child_unwell"
    ).row
    assert (not_today.ended_by, not_today.not_today_reason) == ("", "child_unwell")


# ---- two caregivers, one massage ------------------------------------------------------------------------


def test_two_caregivers_who_log_one_massage_are_both_marked(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        fays = log_session(cast.fay, cast.cleo)
        apart = log_session(cast.fay, cast.cleo, occurred_at=at("08:00"))
    with rls.acting_as(cast.nan):
        nans = log_session(cast.nan, cast.cleo, occurred_at=at("19:40"))
    with rls.acting_as(cast.tess):
        flags = dict(MassageSession.objects.values_list("client_id", "flags"))
    assert flags[fays.row.client_id] == flags[nans.row.client_id] == [EntryFlag.POSSIBLE_DUPLICATE]
    assert flags[apart.row.client_id] == []


def test_a_declined_and_a_not_today_are_no_doubles(fay: Cast) -> None:
    log_session(fay.fay, fay.cleo, outcome="not_today", not_today_reason="no_time")
    assert log_session(fay.fay, fay.cleo, outcome="declined").row.flags == []


# ---- nights ---------------------------------------------------------------------------------------------


def a_night(fay: Cast, lights_out: str, asleep: str, **told: object) -> Bedtime:
    """A bedtime recorded as the child falls asleep, at an age at which nothing about it is odd."""
    fay.cleo.born_on = dt.date(2023, 1, 1)
    now = dt.datetime.fromisoformat(asleep)
    return record_bedtime(
        fay, now=now, lights_out_at=dt.datetime.fromisoformat(lights_out), asleep_at=now, **told
    )


@pytest.mark.parametrize(
    ("lights_out", "asleep", "night"),
    [
        # The published latencies of outcome_vectors.json, each of 30 minutes or 25.
        ("2024-05-02T00:05+01:00", "2024-05-02T00:20+01:00", dt.date(2024, 5, 1)),
        ("2024-05-02T11:59+01:00", "2024-05-02T12:10+01:00", dt.date(2024, 5, 1)),
        ("2024-05-02T12:00+01:00", "2024-05-02T12:20+01:00", dt.date(2024, 5, 2)),
    ],
)
def test_a_night_belongs_to_its_evening_until_noon(
    fay: Cast, lights_out: str, asleep: str, night: dt.date
) -> None:
    row = a_night(fay, lights_out, asleep, zone="Europe/London")
    assert (row.local_day, row.flags) == (night, [])


@pytest.mark.parametrize(
    ("lights_out", "asleep", "night"),
    [
        ("2024-03-10T06:50Z", "2024-03-10T07:20Z", dt.date(2024, 3, 9)),  # 01:50 to 03:20 on the walls
        ("2024-11-03T05:50Z", "2024-11-03T06:20Z", dt.date(2024, 11, 2)),  # 01:50 to the second 01:20
    ],
)
def test_a_clock_change_neither_makes_nor_loses_an_hour_of_a_night(
    fay: Cast, lights_out: str, asleep: str, night: dt.date
) -> None:
    row = a_night(fay, lights_out, asleep)
    assert (row.asleep_at - row.lights_out_at, row.local_day) == (dt.timedelta(minutes=30), night)
    assert row.flags == []


def test_a_session_of_the_night_belongs_to_its_own_local_day(fay: Cast) -> None:
    entry = cleos_session(occurred_at=at("00:30"))
    row = recording.record_session(
        by=fay.fay, child=fay.cleo, client_id=make_id(), entry=entry, door="api", now=at("01:00")
    ).row
    assert row.local_day == MONDAY

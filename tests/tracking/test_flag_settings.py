"""What a clinic sets about its flags: numbers, switches, texts, hours, readers; each row dated."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.utils import Error

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import AuditEvent, CareTeam, ClinicMembership
from clinic.vocabulary import AuditCode
from tests.cast import Cast
from tests.tracking.flags import HOUR, MORNING, adopt, raise_flag, set_readers
from tests.tracking.records import MONDAY, at
from tests.tracking.test_flagging import nightly, program
from tracking.models import Flag, FlagResponse, FlagSwitch, FlagText, FlagThreshold
from tracking.readings.flag_settings import adopted_texts, rules_of, thresholds_of
from tracking.response_times import OpenHours
from tracking.services import flag_settings
from tracking.services.flag_settings import AlreadyAdopted, NobodyReads
from tracking.services.offering import CredentialNeeded
from tracking.vocabulary.concerns import FlagCode

ONE_DAY = dt.timedelta(days=1)


# ---- numbers ---------------------------------------------------------------------------------------------


def test_a_number_counts_from_when_it_is_set_and_can_go_back_to_the_default(cast: Cast) -> None:
    program(cast, starts_on=MONDAY - 5 * ONE_DAY)
    nightly()
    with rls.acting_as(cast.otto):
        assert not Flag.objects.exists()
        change = {"no_logs_flag_after_days": 5.0}
        flag_settings.set_thresholds(by=cast.otto, clinic=cast.harbor, values=change, now=MORNING)
        assert not flag_settings.set_thresholds(
            by=cast.otto, clinic=cast.harbor, values=change, now=MORNING + HOUR
        )
    nightly()
    with rls.acting_as(cast.otto):
        assert Flag.objects.get().code == FlagCode.NO_LOGS
        flag_settings.set_thresholds(
            by=cast.otto, clinic=cast.harbor, values={"no_logs_flag_after_days": None}, now=MORNING + HOUR
        )
        assert thresholds_of([cast.harbor.pk])[cast.harbor.pk].no_logs_flag_after_days == 7
        assert list(FlagThreshold.objects.order_by("set_at").values_list("value", flat=True)) == [5, None]
    said = AuditEvent.objects.filter(code=AuditCode.CHANGED_FLAG_RULES, clinic_id=cast.harbor.pk)
    assert set(said.values_list("detail", flat=True)) == {"no_logs_flag_after_days"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"no_logs_flag_after_days": 60}, "no_logs_flag_after_days"),
        ({"low_dose_below_ratio": 0}, "low_dose_below_ratio"),
        ({"distress_sessions": 6}, "distress_sessions"),
        ({"no_logs_remind_after_days": 9}, "no_logs_remind_after_days"),
        ({"made_up": 1}, "name"),
    ],
)
def test_a_number_outside_its_range_or_against_its_fellow_is_refused(
    cast: Cast, values: dict[str, float], field: str
) -> None:
    with rls.acting_as(cast.otto), pytest.raises(Invalid) as refused:
        flag_settings.set_thresholds(by=cast.otto, clinic=cast.harbor, values=values, now=MORNING)
    assert refused.value.field == field


def test_owners_change_the_rules_and_nobody_else(cast: Cast) -> None:
    for name in ("tess", "asha", "opal", "fay", "olga"):
        user = getattr(cast, name)
        with rls.acting_as(user):
            for verb, told in (
                (flag_settings.set_thresholds, {"values": {}}),
                (flag_settings.switch_flag, {"code": "no_logs", "is_on": False}),
                (flag_settings.add_closure, {"from_on": MONDAY}),
                (flag_settings.set_hours, {"hours": []}),
            ):
                with pytest.raises(Forbidden):
                    verb(by=user, clinic=cast.harbor, now=MORNING, **told)


# ---- what is off -----------------------------------------------------------------------------------------


def test_what_is_switched_off_is_not_raised_and_a_medical_one_never_goes_off_silently(cast: Cast) -> None:
    def off(code: str, reason: str = "") -> FlagSwitch | None:
        with rls.acting_as(cast.otto):
            return flag_settings.switch_flag(
                by=cast.otto, clinic=cast.harbor, code=code, is_on=False, reason=reason, now=MORNING
            )

    program(cast, starts_on=MONDAY - 10 * ONE_DAY)
    assert off("no_logs") is not None
    nightly()
    with pytest.raises(Invalid):
        off("seizure", "No")
    assert off("seizure", "Our hospital’s line takes these calls") is not None
    with rls.acting_as(cast.tess):
        assert not Flag.objects.exists()
        assert rules_of([cast.harbor.pk])[cast.harbor.pk].off == {FlagCode.NO_LOGS, FlagCode.SEIZURE}
    assert rules_of([cast.solo.pk])[cast.solo.pk].off == frozenset()


def test_an_urgent_flag_goes_on_only_where_somebody_reads_it(cast: Cast) -> None:
    set_readers(cast, "care_team")
    with rls.acting_as(cast.otto):
        verb = flag_settings.switch_flag
        reason = "Until we have somebody who reads them"
        verb(by=cast.otto, clinic=cast.harbor, code="seizure", is_on=False, reason=reason, now=MORNING)
        CareTeam.objects.filter(child=cast.cleo, therapist=cast.tess).update(until_at=rls.now())
        with pytest.raises(NobodyReads) as refused:
            verb(by=cast.otto, clinic=cast.harbor, code="seizure", is_on=True, now=MORNING + HOUR)
        assert refused.value.parameters["count"] == 1
    set_readers(cast, "care_team", "owner")
    with rls.acting_as(cast.otto):
        assert verb(by=cast.otto, clinic=cast.harbor, code="seizure", is_on=True, now=MORNING + HOUR)


# ---- readers and hours -----------------------------------------------------------------------------------


def test_an_order_in_which_nobody_reads_urgent_flags_is_refused(cast: Cast) -> None:
    with pytest.raises(NobodyReads):
        set_readers(cast, "cover")
    with rls.acting_as(cast.otto):
        assert not FlagResponse.objects.exists()
        for wrong in (
            {"within_minutes": 61},
            {"readers": []},
            {"readers": ["owner", "owner"]},
            {"owner": cast.tess},
        ):
            with pytest.raises(Invalid):
                flag_settings.set_response(
                    by=cast.otto,
                    clinic=cast.harbor,
                    severity="emergency",
                    now=MORNING,
                    **{"within_minutes": 30, "readers": ["owner"], **wrong},
                )


def test_a_flag_keeps_the_order_and_time_it_was_raised_with(cast: Cast) -> None:
    set_readers(cast, "owner", minutes=15)
    flag = raise_flag(cast.cleo)
    set_readers(cast, "care_team", "cover", minutes=60)
    with rls.acting_as(cast.otto):
        flag.refresh_from_db()
        assert (flag.readers, flag.due_at) == (["owner"], MORNING + HOUR / 4)


def test_hours_and_closures_say_when_a_flag_is_due(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        flag_settings.set_hours(
            by=cast.otto,
            clinic=cast.harbor,
            hours=[OpenHours(day, dt.time(13), dt.time(15)) for day in (0, 1)],
            now=MORNING,
        )
        closed = flag_settings.add_closure(
            by=cast.otto, clinic=cast.harbor, from_on=MONDAY + ONE_DAY, reason="Training", now=MORNING
        )
    assert raise_flag(cast.cleo).due_at == at("15:00")
    at_night = at("20:00")
    assert raise_flag(cast.cleo, FlagCode.PAIN_OR_SWELLING, now=at_night).due_at == at(
        "15:00", on=MONDAY + 7 * ONE_DAY
    )
    with rls.acting_as(cast.otto):
        flag_settings.end_closure(by=cast.otto, closure=closed, now=MORNING)
    assert raise_flag(cast.cleo, FlagCode.FEEDING_WEIGHT, now=at_night).due_at == at(
        "15:00", on=MONDAY + ONE_DAY
    )


@pytest.mark.parametrize(
    "hours",
    [
        [],
        [OpenHours(0, dt.time(12), dt.time(9))],
        [OpenHours(0, dt.time(9), dt.time(12)), OpenHours(0, dt.time(11), dt.time(17))],
        [OpenHours(7, dt.time(9), dt.time(12))],
    ],
)
def test_hours_that_cannot_be_are_refused(cast: Cast, hours: list[OpenHours]) -> None:
    with rls.acting_as(cast.otto), pytest.raises(Invalid):
        flag_settings.set_hours(by=cast.otto, clinic=cast.harbor, hours=hours, now=MORNING)


# ---- texts -----------------------------------------------------------------------------------------------


def test_a_text_speaks_once_it_is_adopted_and_the_old_one_until_then(cast: Cast) -> None:
    def speaks() -> str | None:
        text = adopted_texts(cast.harbor.pk, "en").get(FlagCode.FEVER_ANY)
        return text and text.text

    with rls.acting_as(cast.otto):
        draft = flag_settings.write_text(
            by=cast.otto, clinic=cast.harbor, code="fever_any", language="en", text="Rest.", now=MORNING
        )
        assert speaks() is None
        with pytest.raises(CredentialNeeded):
            flag_settings.adopt_text(by=cast.otto, text=draft, credential="OTR/L", now=MORNING)
    with rls.acting_as(cast.tess):
        adopted = flag_settings.adopt_text(by=cast.tess, text=draft, credential="OTR/L", now=MORNING)
        assert (adopted.adopted_name, adopted.adopted_credential) == (cast.tess.name, "OTR/L")
        assert speaks() == "Rest."
        with pytest.raises(AlreadyAdopted):
            flag_settings.adopt_text(by=cast.tess, text=draft, credential="OTR/L", now=MORNING)
        flag_settings.write_text(
            by=cast.tess, clinic=cast.harbor, code="fever_any", language="en", text="Rest well.", now=MORNING
        )
        assert speaks() == "Rest."
    adopt(cast.cleo, FlagCode.FEVER_ANY, "Rest well.", by=cast.tess)
    with rls.acting_as(cast.tess):
        assert speaks() == "Rest well."
        assert list(FlagText.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_nothing_is_written_about_what_families_read_nothing_of(cast: Cast) -> None:
    with rls.acting_as(cast.otto), pytest.raises(Invalid):
        flag_settings.write_text(
            by=cast.otto, clinic=cast.harbor, code="low_dose", language="en", text="More!", now=MORNING
        )
    for name in ("asha", "opal", "fay", "theo"):
        user = getattr(cast, name)
        if name == "theo":
            ClinicMembership.objects.filter(user=user).update(roles=["office"])
        with rls.acting_as(user), pytest.raises(Forbidden):
            flag_settings.write_text(
                by=user, clinic=cast.harbor, code="fever_any", language="en", text="Rest.", now=MORNING
            )


def test_what_was_set_is_never_changed_in_place(cast: Cast) -> None:
    set_readers(cast, "owner")
    with rls.acting_as(cast.otto), pytest.raises(Error):
        FlagResponse.objects.update(within_minutes=5)

"""What a family reads about open flags: adopted, chosen where it changes care, and nothing in a sad hour."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import Child
from tests.cast import Cast
from tests.tracking.flags import MORNING, adopt, raise_flag
from tests.tracking.records import MONDAY, at, log_session
from tests.tracking.test_flagging import program
from tracking.models import ChosenAdvice, Flag
from tracking.readings.today import today
from tracking.services import flag_handling
from tracking.vocabulary.concerns import FlagCode

ONE_DAY = dt.timedelta(days=1)
EVENING = at("18:00")


def read_by(cast: Cast, name: str, *, now: dt.datetime = EVENING) -> list[tuple[str, str]]:
    user = getattr(cast, name)
    with rls.acting_as(user):
        return [(one.code.value, one.text) for one in today(user, cast.cleo, now=now).spoken.advice]


def test_a_family_reads_adopted_words_about_an_open_flag_and_no_draft(cast: Cast) -> None:
    flag = raise_flag(cast.cleo, FlagCode.SKILL_LOSS)
    assert read_by(cast, "fay") == []
    adopt(cast.cleo, FlagCode.SKILL_LOSS, "Please call us today.", by=cast.tess)
    said = [("skill_loss", "Please call us today.")]
    assert read_by(cast, "fay") == read_by(cast, "greg") == read_by(cast, "tess") == said
    assert read_by(cast, "nan") == []
    with rls.acting_as(cast.tess):
        flag_handling.close_flag(by=cast.tess, flag=flag, reason="Called", now=MORNING)
    assert read_by(cast, "fay") == []


def test_words_that_change_care_are_read_only_where_a_therapist_chose_them(cast: Cast) -> None:
    made = program(cast)
    raise_flag(cast.cleo, FlagCode.DISTRESS_REGION, region="face", sessions=3, of_last=4)
    adopt(cast.cleo, FlagCode.DISTRESS_REGION, "Leave this part out.", by=cast.tess)
    assert read_by(cast, "fay") == []
    with rls.acting_as(cast.tess):
        for _ in range(2):
            flag_handling.choose_advice(by=cast.tess, program=made, code="distress_region", now=MORNING)
        assert ChosenAdvice.objects.count() == 1
    assert read_by(cast, "fay") == [("distress_region", "Leave this part out.")]
    with rls.acting_as(cast.fay):
        assert today(cast.fay, cast.cleo, now=EVENING).spoken.advice[0].region == "face"
    with rls.acting_as(cast.tess):
        flag_handling.end_advice(by=cast.tess, program=made, code="distress_region", now=MORNING)
    assert read_by(cast, "fay") == []


def test_only_who_treats_chooses_and_only_what_changes_care(cast: Cast) -> None:
    made = program(cast)
    for name in ("asha", "otto", "opal", "fay", "theo"):
        user = getattr(cast, name)
        with rls.acting_as(user), pytest.raises(Forbidden):
            flag_handling.choose_advice(by=user, program=made, code="distress_run", now=MORNING)
    with rls.acting_as(cast.tess), pytest.raises(Invalid):
        flag_handling.choose_advice(by=cast.tess, program=made, code="seizure", now=MORNING)


@pytest.mark.parametrize("change", [{"in_hospital_since": MONDAY}, {"died_on": MONDAY}])
def test_no_family_reads_a_word_while_the_child_is_in_hospital_or_has_died(
    cast: Cast, change: dict[str, Any]
) -> None:
    raise_flag(cast.cleo, FlagCode.SKILL_LOSS)
    adopt(cast.cleo, FlagCode.SKILL_LOSS, "Please call us today.", by=cast.tess)
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(**change)
        cast.cleo.refresh_from_db()
    assert read_by(cast, "fay") == []


def test_four_quiet_days_are_spoken_of_gently_with_a_pause_and_three_are_not(cast: Cast) -> None:
    program(cast, starts_on=MONDAY - 3 * ONE_DAY)
    adopt(cast.cleo, FlagCode.NO_LOGS, "It has been quiet.", by=cast.tess)
    assert read_by(cast, "fay") == []
    assert read_by(cast, "fay", now=EVENING + ONE_DAY) == [("no_logs", "It has been quiet.")]
    with rls.acting_as(cast.fay):
        assert today(cast.fay, cast.cleo, now=EVENING + ONE_DAY).spoken.advice[0].may_pause
        assert not Flag.objects.exists()


def test_strain_is_no_word_to_anybody_through_a_flag(cast: Cast) -> None:
    raise_flag(cast.cleo, FlagCode.PARENT_STRAIN)
    adopt(cast.cleo, FlagCode.PARENT_STRAIN, "You are not alone.", by=cast.tess)
    for name in ("fay", "greg", "nan"):
        assert read_by(cast, name) == []


def test_products_are_put_away_until_a_skin_reaction_is_reviewed(cast: Cast) -> None:
    flag = raise_flag(cast.cleo, FlagCode.SKIN_REACTION)
    with rls.acting_as(cast.fay):
        assert today(cast.fay, cast.cleo, now=EVENING).spoken.is_product_withdrawn
        used = log_session(cast.fay, cast.cleo, product_kind="emollient").row
        assert used.flags == ["contra_conflict"]
    with rls.acting_as(cast.tess):
        conflict = Flag.objects.get(code=FlagCode.CONTRA_CONFLICT)
        assert conflict.detail == {"product_withdrawn": 1}
        flag_handling.close_flag(by=cast.tess, flag=flag, reason="Another oil", now=MORNING)
    with rls.acting_as(cast.fay):
        assert not today(cast.fay, cast.cleo, now=EVENING).spoken.is_product_withdrawn

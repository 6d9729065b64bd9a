"""A caregiver's own words: for them and the care team alone, in two taps, and heard when it is much."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest

from clinic import rls
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid
from clinic.models import CaregiverGrant, User
from tests.cast import Cast, make_id
from tests.tracking.records import MONDAY, at
from tracking.models import CheckIn, Flag
from tracking.readings.checkins import CheckInDue, check_ins_of_each, own_check_ins, own_week
from tracking.readings.sight import sight_of
from tracking.red_flags import parent_strain
from tracking.services import checking_in
from tracking.services.checking_in import CheckInBody
from tracking.services.recording import TooLateToRevise
from tracking.vocabulary.concerns import FlagCode, Severity

WEEK = dt.timedelta(days=7)
EVENING = at("20:15")


@pytest.fixture
def fay(cast: Cast) -> Iterator[Cast]:
    with rls.acting_as(cast.fay):
        yield cast


def check_in(
    cast: Cast,
    *,
    by: User | None = None,
    client_id: uuid.UUID | None = None,
    weeks_later: int = 0,
    **told: object,
) -> checking_in.CheckedIn:
    told_at = EVENING + weeks_later * WEEK
    by = by or cast.fay
    with rls.acting_as(by):
        return checking_in.check_in(
            by=by,
            child=cast.cleo,
            client_id=client_id or make_id(),
            told=CheckInBody(occurred_at=told_at, **told),
            now=told_at,
        )


def test_two_taps_and_a_few_words_are_kept_for_the_week(fay: Cast) -> None:
    row = check_in(fay, how_it_was=3, how_sure=4, words="  Better than last week. ", language="de").row
    kept = CheckIn.objects.get(pk=row.pk)
    assert (kept.how_it_was, kept.how_sure, kept.words, kept.language) == (
        3,
        4,
        "Better than last week.",
        "de",
    )
    assert (kept.week_on, kept.author) == (MONDAY, fay.fay)


def test_the_same_again_is_a_replay_and_another_body_is_not(fay: Cast) -> None:
    one = make_id()
    assert not check_in(fay, client_id=one, how_it_was=3).is_replay
    assert check_in(fay, client_id=one, how_it_was=3).is_replay
    with pytest.raises(IdAlreadyUsed):
        check_in(fay, client_id=one, how_it_was=4)
    assert CheckIn.objects.filter(author=fay.fay).count() == 1


def test_anothers_id_is_mine_to_use(fay: Cast) -> None:
    one = make_id()
    check_in(fay, client_id=one, how_it_was=3)
    assert not check_in(fay, by=fay.greg, client_id=one, how_it_was=5).is_replay


def test_nothing_at_all_is_refused_and_leaving_it_is_not(fay: Cast) -> None:
    for told in ({}, {"is_left": True, "how_sure": 2}):
        with pytest.raises(Invalid) as refused:
            check_in(fay, **told)
        assert refused.value.field == "is_left"
    assert check_in(fay, is_left=True).row.is_left
    with pytest.raises(Invalid):
        check_in(fay, how_it_was=6)


def test_it_is_offered_once_a_week_and_can_be_left(fay: Cast) -> None:
    assert own_week(fay.fay, fay.cleo, on=MONDAY).due is CheckInDue.DUE
    check_in(fay, is_left=True)
    assert own_week(fay.fay, fay.cleo, on=MONDAY + dt.timedelta(days=6)).due is CheckInDue.LEFT
    assert own_week(fay.fay, fay.cleo, on=MONDAY + WEEK).due is CheckInDue.DUE
    check_in(fay, weeks_later=1, how_sure=2)
    assert own_week(fay.fay, fay.cleo, on=MONDAY + WEEK).due is CheckInDue.GIVEN


def test_nobody_checks_in_for_another(cast: Cast) -> None:
    for name in ("tess", "asha", "opal", "otto", "rex", "finn"):
        with pytest.raises(Forbidden):
            check_in(cast, by=getattr(cast, name), how_it_was=3)
    assert check_in(cast, by=cast.nan, how_it_was=3).row.author == cast.nan


def test_it_may_be_taken_back_for_a_while_and_then_the_team_reads_it_no_longer(fay: Cast) -> None:
    row = check_in(fay, how_it_was=5, words="too much").row
    with rls.acting_as(fay.greg), pytest.raises(Forbidden):
        checking_in.withdraw_check_in(by=fay.greg, check_in=row, now=EVENING)
    with pytest.raises(TooLateToRevise):
        checking_in.withdraw_check_in(by=fay.fay, check_in=row, now=EVENING + dt.timedelta(days=8))
    checking_in.withdraw_check_in(by=fay.fay, check_in=row, now=EVENING)
    mine = own_check_ins(fay.fay, fay.cleo, sight_of(fay.fay, fay.cleo), now=EVENING)
    assert [one.is_withdrawn for one in mine] == [True]
    with rls.acting_as(fay.tess):
        assert check_ins_of_each(fay.tess, fay.cleo, sight_of(fay.tess, fay.cleo), now=EVENING) == ()


def test_the_team_reads_each_caregiver_apart_and_no_week_that_was_left(cast: Cast) -> None:
    check_in(cast, how_it_was=2, words="fine")
    check_in(cast, weeks_later=1, is_left=True)
    check_in(cast, by=cast.greg, how_it_was=4)
    with rls.acting_as(cast.tess):
        each = check_ins_of_each(cast.tess, cast.cleo, sight_of(cast.tess, cast.cleo), now=EVENING)
    assert [(one.name, [seen.how_it_was for seen in one.check_ins]) for one in each] == [
        (cast.fay.name, [2]),
        (cast.greg.name, [4]),
    ]


def test_who_lost_access_reads_their_own_no_longer(cast: Cast) -> None:
    check_in(cast, by=cast.nan, how_it_was=2)
    with rls.acting_as(cast.tess):
        CaregiverGrant.objects.filter(user=cast.nan).update(revoked_at=rls.now(), revoked_by=cast.tess)
    with rls.acting_as(cast.nan):
        assert not CheckIn.objects.visible_to(cast.nan).exists()


def strain_flags(cast: Cast) -> list[tuple[str, object]]:
    with rls.acting_as(cast.tess):
        flags = Flag.objects.filter(child=cast.cleo, code=FlagCode.PARENT_STRAIN)
        return list(flags.values_list("severity", "detail"))


# ---- strain -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "is_raised"),
    [
        ([4], False),
        ([4, 4], True),
        ([5, 4], True),
        ([5, 3], False),
        ([5, 5, 3], False),
        ([1, 4, 5], True),
        ([], False),
    ],
)
def test_strain_is_four_or_five_twice_running(answers: list[int], is_raised: bool) -> None:
    weeks = [(MONDAY + place * WEEK, how) for place, how in enumerate(answers)]
    assert (parent_strain(weeks) is not None) == is_raised


def test_a_week_between_breaks_nothing_and_two_months_do() -> None:
    assert parent_strain([(MONDAY, 5), (MONDAY + 3 * WEEK, 4)]) is not None
    assert parent_strain([(MONDAY, 5), (MONDAY + 8 * WEEK, 4)]) is None


def test_two_hard_weeks_of_one_caregiver_raise_a_flag_at_once(cast: Cast) -> None:
    check_in(cast, how_it_was=4, words="planted")
    check_in(cast, by=cast.greg, weeks_later=1, how_it_was=5)
    assert strain_flags(cast) == []
    check_in(cast, weeks_later=1, how_it_was=5)
    assert strain_flags(cast) == [(Severity.URGENT, {"check_ins": 2})]


def test_what_is_taken_back_counts_for_no_flag(cast: Cast) -> None:
    first = check_in(cast, how_it_was=4).row
    with rls.acting_as(cast.fay):
        checking_in.withdraw_check_in(by=cast.fay, check_in=first, now=EVENING)
    check_in(cast, weeks_later=1, how_it_was=5)
    assert strain_flags(cast) == []

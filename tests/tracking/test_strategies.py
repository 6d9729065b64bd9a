"""Strategies beside strokes: kept, prescribed, tried, and told one by one whether they helped."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clinic import rls
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid
from tests import factories
from tests.cast import Cast, make_id
from tests.tracking.records import MONDAY, at, cleos_lotion
from tracking.models import ChildStrategy, TactileObservation
from tracking.readings.strategies import library_strategies, strategies_of, what_was_tried
from tracking.services import recording, strategies
from tracking.sync.bodies import Tried
from tracking.sync.rereading import body_of

NOW = at("20:00")


def prescribed(cast: Cast, by: str = "tess", **changes: Any) -> ChildStrategy:
    user = cast.people()[by]
    told: dict[str, Any] = {"client_id": make_id(), "stimuli": ["sunscreen_lotion"], "code": "warned_first"}
    with rls.acting_as(user):
        made = strategies.prescribe_strategy(by=user, child=cast.cleo, now=NOW, **(told | changes))
    return made.strategy


def tell(cast: Cast, *tried: Tried) -> TactileObservation:
    with rls.acting_as(cast.fay):
        return recording.record_observation(
            by=cast.fay,
            child=cast.cleo,
            client_id=make_id(),
            entry=cleos_lotion(tried=tried),
            door="api",
            now=NOW,
        ).row


def test_a_strategy_is_prescribed_for_touches_and_read_by_whoever_cares(cast: Cast) -> None:
    strategy = prescribed(cast, text="Say it, then wait.", stimuli=["towel_dry", "sunscreen_lotion"])
    again = prescribed(
        cast,
        client_id=strategy.client_id,
        text="Say it, then wait.",
        stimuli=["towel_dry", "sunscreen_lotion"],
    )
    assert again.pk == strategy.pk
    with pytest.raises(IdAlreadyUsed):
        prescribed(cast, client_id=strategy.client_id, text="Other")
    with rls.acting_as(cast.nan):
        [seen] = strategies_of(cast.nan, cast.cleo)
    assert (seen.code, seen.stimuli) == ("warned_first", ("sunscreen_lotion", "towel_dry"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"stimuli": []}, "stimuli"),
        ({"stimuli": ["nothing_known"]}, "stimuli"),
        ({"code": "nothing_known"}, "code"),
        ({"code": "", "name": " "}, "name"),
    ],
)
def test_a_strategy_is_for_known_touches_and_has_a_name(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        prescribed(cast, **changes)
    assert refusal.value.field == field


def test_the_row_itself_refuses_a_strategy_for_nothing(cast: Cast) -> None:
    row = prescribed(cast)
    for refused in ({"stimuli": []}, {"stimuli": ["nothing_known"]}, {"code": "", "name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ChildStrategy.objects.filter(pk=row.pk).update(**refused)


@pytest.mark.parametrize("by", ["fay", "nan", "otto", "opal", "theo"])
def test_only_the_team_prescribes(cast: Cast, by: str) -> None:
    with pytest.raises(Forbidden):
        prescribed(cast, by=by)


def test_what_an_assistant_prescribes_waits_for_a_signature(cast: Cast) -> None:
    prescribed(cast, by="asha")
    with rls.acting_as(cast.fay):
        assert strategies_of(cast.fay, cast.cleo) == ()
    with rls.acting_as(cast.tess):
        assert [one.is_draft for one in strategies_of(cast.tess, cast.cleo)] == [True]


def test_each_thing_tried_has_its_own_answer_and_is_counted_by_touch(cast: Cast) -> None:
    own = prescribed(cast, code="", name="Mirror", text="In front of a mirror.")
    mirror = Tried(strategy=own.client_id, helped="yes")
    row = tell(cast, mirror, Tried(code="countdown", helped="no"))
    tell(cast, Tried(strategy=own.client_id))
    tell(cast)
    assert row.tried[0] == {
        "code": "",
        "helped": "yes",
        "strategy": {"id": str(own.client_id), "name": "Mirror", "language": ""},
    }
    assert body_of(row).tried == (mirror, Tried(code="countdown", helped="no"))
    with rls.acting_as(cast.tess):
        strategies.end_strategy(by=cast.tess, strategy=own, now=NOW)
        [lotion] = what_was_tried(cast.tess, cast.cleo, first=MONDAY, last=MONDAY)
        assert strategies_of(cast.tess, cast.cleo) == ()
    assert (lotion.stimulus, lotion.told) == ("sunscreen_lotion", 3)
    assert [
        (one.what.name or one.what.code, one.tried, one.helped, one.not_told) for one in lotion.tried
    ] == [
        ("Mirror", 2, {"yes": 1}, 1),
        ("countdown", 1, {"no": 1}, 0),
    ]


def test_an_odd_answer_is_kept_and_flagged_and_a_foreign_strategy_unknown(cast: Cast) -> None:
    assert tell(cast, Tried(code="stood_on_head", helped="yes")).flags == ["unknown_code"]
    assert tell(cast, Tried(code="countdown", helped="very")).flags == ["unknown_code"]
    ferns = factories.strategy(cast.fern, by=cast.theo)
    for unknown in (ferns.client_id, uuid.uuid4()):
        with pytest.raises(Invalid) as refusal:
            tell(cast, Tried(strategy=unknown))
        assert refusal.value.field == "tried.0.strategy"


def test_a_clinics_own_library_is_its_owners_and_therapists_to_change(cast: Cast) -> None:
    told: dict[str, Any] = {
        "name": "Mirror",
        "text": "In front of a mirror.",
        "stimuli": ["groom_hair_brush"],
    }
    with rls.acting_as(cast.tess):
        made = strategies.add_strategy(by=cast.tess, clinic=cast.harbor, now=NOW, **told)
        assert library_strategies(cast.harbor) == (made,)
        assert library_strategies(cast.elsewhere) == ()
    with pytest.raises(Forbidden), rls.acting_as(cast.asha):
        strategies.add_strategy(by=cast.asha, clinic=cast.harbor, now=NOW, **told)
    with rls.acting_as(cast.otto):
        strategies.retire_strategy(by=cast.otto, strategy=made, now=NOW)
        assert library_strategies(cast.harbor) == ()

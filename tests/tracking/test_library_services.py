"""A clinic's own library: strokes, presets, media, what is hidden, whose wording it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import AuditEvent
from clinic.vocabulary import AuditCode
from tests.cast import Cast
from tests.tracking.prescribing import changed, draft_of, published, slugs, started, strokes
from tracking.models import Preset, Stroke
from tracking.readings.shelf import StrokeCard, picker, shelf
from tracking.services import library, offering, presets
from tracking.services.library import AlreadyInTheLibrary, NotYours, StrokeInput, StrokeWording
from tracking.services.offering import CredentialNeeded
from tracking.services.program_parts import ScheduleInput

SHOULDER_SQUEEZE = StrokeInput(
    body_region="arms",
    pressure="firm",
    typical_seconds=20,
    is_side_specific=True,
    conflicts=[("brachial_plexus", "block")],
)
WORDS = [
    StrokeWording(
        language="en",
        name="Shoulder squeeze",
        instruction="Hold the shoulder with a whole hand and squeeze slowly.",
        words_to_say="Here is your shoulder.",
    )
]


def added(cast: Cast, **changes: object) -> Stroke:
    return library.add_stroke(
        by=cast.tess,
        clinic=cast.harbor,
        stroke=replace(SHOULDER_SQUEEZE, **changes),  # type: ignore[arg-type]
        words=WORDS,
        now=rls.now(),
    )


def card(cast: Cast, slug: str, **how: bool) -> StrokeCard | None:
    found = shelf(cast.harbor, language="en", **how).strokes
    return next((one for one in found if one.slug == slug), None)


def test_the_shelf_is_the_built_in_library_in_the_order_of_a_massage(cast: Cast) -> None:
    found = shelf(cast.harbor, language="en")
    assert len(found.strokes) == 24
    assert [card.slug for card in found.strokes[:3]] == [
        "hello-hands",
        "deep-squeeze-and-hug",
        "leg-long-glide",
    ]
    assert found.strokes[-1].region == "back"
    calm = next(preset for preset in found.presets if preset.slug == "bedtime-calm")
    assert (calm.name, calm.seconds, calm.minutes) == ("Bedtime calm", 320, 5)
    assert calm.strokes[0] == ("hello-hands", "Hello hands")


def test_the_picker_says_what_cannot_be_prescribed_for_cleo_before_it_is_chosen(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        found = picker(cast.cleo, on=rls.now().date(), language="en")
    by_slug = {card.slug: card for card in found.strokes}
    hug, forehead, hello = (
        by_slug[slug] for slug in ("deep-squeeze-and-hug", "forehead-smooth", "hello-hands")
    )
    assert hug.is_blocked
    assert "24 months" in hug.conflicts[0].sentence
    assert forehead.needs_reason
    assert not forehead.is_blocked
    assert hello.conflicts == ()
    counts = {preset.slug: (preset.blocked, preset.needs_reason) for preset in found.presets}
    assert counts["preschool-deep-pressure"] == (1, 0)
    assert counts["bedtime-calm"] == (0, 1)


def test_a_clinics_own_stroke_is_prescribed_like_any_other(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        assert added(cast).slug == "shoulder-squeeze"
        program = started(cast.tess, cast.cleo, title="Arms")
        program = changed(cast.tess, program, steps=strokes("hello-hands", "shoulder-squeeze"))
        assert list(draft_of(program).steps.order_by("order").values_list("seconds", flat=True)) == [30, 40]
    with rls.acting_as(cast.sol), pytest.raises(Invalid):
        changed(cast.sol, started(cast.sol, cast.sami, title="Arms"), steps=strokes("shoulder-squeeze"))


def test_a_changed_stroke_is_a_new_version_and_programs_keep_theirs(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        stroke = added(cast)
        program = changed(
            cast.tess,
            started(cast.tess, cast.cleo, title="Arms"),
            steps=strokes("shoulder-squeeze"),
            schedules=[ScheduleInput()],
        )
        version = published(cast.tess, program)
        library.change_stroke(
            by=cast.tess,
            stroke=stroke,
            facts=replace(SHOULDER_SQUEEZE, typical_seconds=40),
            words=WORDS,
            now=rls.now(),
        )
        now_offered = card(cast, "shoulder-squeeze")
        assert now_offered is not None
        assert (now_offered.number, now_offered.seconds) == (2, 80)
        held = version.steps.select_related("stroke_version").get()
        assert held.stroke_version is not None
        assert (held.stroke_version.number, held.seconds) == (1, 40)


def test_a_retired_stroke_is_offered_no_more_but_shown_to_be_brought_back(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        library.retire_stroke(by=cast.tess, stroke=added(cast), now=rls.now())
        assert card(cast, "shoulder-squeeze") is None
        shown = card(cast, "shoulder-squeeze", with_hidden=True)
    assert shown is not None
    assert shown.is_retired


def test_what_is_built_in_is_never_changed(cast: Cast) -> None:
    hello = Stroke.objects.get(clinic=None, slug="hello-hands")
    with rls.acting_as(cast.otto):
        for refused in (
            lambda: library.retire_stroke(by=cast.otto, stroke=hello, now=rls.now()),
            lambda: presets.retire_preset(
                by=cast.otto, preset=Preset.objects.get(clinic=None, slug="full-body"), now=rls.now()
            ),
        ):
            with pytest.raises(NotYours), transaction.atomic():
                refused()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"body_region": "tail"}, "body_region"),
        ({"pressure": "light"}, "pressure"),
        ({"typical_seconds": 3}, "typical_seconds"),
        ({"most_repetitions": 2}, "most_repetitions"),
        ({"contact": "skin"}, "contact"),
        ({"pressure": "deep"}, "min_corrected_age_weeks"),
        ({"conflicts": [("homesick", "block")]}, "conflicts.0.code"),
        ({"tags": ["Bed Time"]}, "tags"),
    ],
)
def test_a_stroke_that_cannot_be_is_refused_with_its_field(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    with rls.acting_as(cast.tess), pytest.raises(Invalid) as refused:
        added(cast, **changes)
    assert refused.value.field == field


def test_a_name_is_used_once_in_a_clinic(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        added(cast)
        with pytest.raises(AlreadyInTheLibrary):
            added(cast)


def test_a_clinics_preset_begins_a_program(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        preset = presets.add_preset(
            by=cast.tess,
            clinic=cast.harbor,
            name="Two for a start",
            strokes=["hello-hands", "leg-long-glide", "hello-hands"],
            now=rls.now(),
        )
        program = started(cast.tess, cast.cleo)
        assert program.title == "–"
        from_it = changed(
            cast.tess,
            started(cast.tess, cast.cleo, title="Twice"),
            steps=strokes(*preset.stroke_slugs),
        )
        assert slugs(draft_of(from_it)) == ["hello-hands", "leg-long-glide", "hello-hands"]
        presets.change_preset(by=cast.tess, preset=preset, name="One", strokes=["hello-hands"], now=rls.now())
        names = [one.name for one in shelf(cast.harbor, language="en").presets]
        assert "One" in names
        with pytest.raises(Invalid):
            presets.add_preset(
                by=cast.tess, clinic=cast.harbor, name="None", strokes=["no-such"], now=rls.now()
            )


def test_an_owner_hides_what_the_clinic_does_not_do_and_presets_go_on_without_it(cast: Cast) -> None:
    forehead = Stroke.objects.get(clinic=None, slug="forehead-smooth")
    with rls.acting_as(cast.tess), pytest.raises(Forbidden):
        offering.hide_item(by=cast.tess, clinic=cast.harbor, stroke=forehead, now=rls.now())
    with rls.acting_as(cast.otto):
        for _ in range(2):
            offering.hide_item(by=cast.otto, clinic=cast.harbor, stroke=forehead, now=rls.now())
    assert AuditEvent.objects.filter(code=AuditCode.CHANGED_LIBRARY, detail="hidden").count() == 1
    assert card(cast, "forehead-smooth") is None
    assert next(one for one in shelf(cast.elsewhere, language="en").strokes if one.slug == forehead.slug)
    with rls.acting_as(cast.tess):
        program = started(cast.tess, cast.cleo, preset="bedtime-calm")
        assert "forehead-smooth" not in slugs(draft_of(program))
    with rls.acting_as(cast.otto):
        offering.show_item(by=cast.otto, clinic=cast.harbor, stroke=forehead, now=rls.now())
    assert card(cast, "forehead-smooth") is not None


def test_wording_is_draft_until_somebody_adopts_it_by_name_and_credential(cast: Cast) -> None:
    assert shelf(cast.harbor, language="en").adopted is None
    with rls.acting_as(cast.tess):
        with pytest.raises(CredentialNeeded), transaction.atomic():
            offering.adopt_wording(by=cast.tess, clinic=cast.harbor, credential="MD", now=rls.now())
        offering.adopt_wording(by=cast.tess, clinic=cast.harbor, credential="OTR/L", now=rls.now())
    adopted = shelf(cast.harbor, language="en").adopted
    assert adopted is not None
    assert (adopted.name, adopted.credential) == (cast.tess.name, "OTR/L")
    assert shelf(cast.elsewhere, language="en").adopted is None
    with rls.acting_as(cast.asha), pytest.raises(Forbidden):
        offering.adopt_wording(by=cast.asha, clinic=cast.harbor, credential="COTA/L", now=rls.now())


def test_the_shelf_costs_the_same_however_much_stands_on_it(cast: Cast) -> None:
    counts = []
    with rls.acting_as(cast.tess):
        for number in range(3):
            with CaptureQueriesContext(connection) as queries:
                picker(cast.cleo, on=dt.date(2026, 11, 20), language="en")
            counts.append(len(queries))
            library.add_stroke(
                by=cast.tess,
                clinic=cast.harbor,
                stroke=SHOULDER_SQUEEZE,
                words=[replace(WORDS[0], name=f"Squeeze {number}")],
                now=rls.now(),
            )
    print(f"\nthe picker: {counts[0]} queries")
    assert len(set(counts)) == 1

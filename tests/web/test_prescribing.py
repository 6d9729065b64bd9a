"""Prescribing on the pages, without script: Tess writes Cleo's program as the story has it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.web.sending import fields_of
from tracking.models import ConflictAcknowledgement, HomeProgram, Preset, ProgramState, ProgramStep

pytestmark = pytest.mark.django_db

REASON = "Cleo leans into Fay's hand on her forehead since last week."


class Draft:
    """The draft page as somebody in front of it uses it."""

    def __init__(self, client: Client, program: HomeProgram) -> None:
        self.client = client
        self.program = program
        self.address = reverse("program_draft", kwargs={"draft": program.pk})
        self.fields = self.load()

    def load(self) -> dict[str, list[str]]:
        self.page = self.client.get(self.address)
        assert self.page.status_code == 200
        return fields_of(self.page, "draft-form")

    def send(self, **changed: Any) -> Any:
        """Press a button (`do` or `add`) after changing fields; what was on the page goes along."""
        told = {**self.fields, **{name: value for name, value in changed.items() if value is not None}}
        answer = self.client.post(self.address, told)
        if answer.status_code == 302:
            self.fields = self.load()
        return answer

    @property
    def strokes(self) -> list[str]:
        steps = ProgramStep.objects.filter(version__program=self.program, version__published_at=None)
        return list(steps.order_by("order").values_list("stroke_version__stroke__slug", flat=True))

    def row_of(self, slug: str) -> str:
        """The prefix of the row that shows a stroke."""
        for name, value in self.fields.items():
            if name.endswith("-stroke") and value == [slug]:
                return name.removesuffix("-stroke")
        raise AssertionError(f"{slug} is not on the page")

    @property
    def words(self) -> str:
        return str(self.page.content.decode())


@pytest.fixture
def tess(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


def begin(cast: Cast, client: Client, slug: str = "bedtime-calm") -> Draft:
    preset = Preset.objects.get(clinic=None, slug=slug)
    answer = client.post(f"/children/{cast.cleo.pk}/programs/new/", {"preset": preset.pk})
    assert answer.status_code == 302
    program = HomeProgram.objects.get(child=cast.cleo)
    assert answer.headers["Location"] == reverse("program_draft", kwargs={"draft": program.pk})
    return Draft(client, program)


def published(cast: Cast, client: Client) -> HomeProgram:
    """A running program: the starter strokes, which nothing stands in the way of."""
    draft = begin(cast, client, "starter-legs-feet")
    publish = reverse("program_publish", kwargs={"draft": draft.program.pk})
    assert client.post(publish, {"lock_version": draft.fields["lock_version"]}).status_code == 302
    return HomeProgram.objects.get(pk=draft.program.pk)


def test_tess_prescribes_bedtime_calm_as_the_story_has_it(cast: Cast, tess: Client) -> None:
    draft = begin(cast, tess)
    draft.send(do=f"remove:{draft.row_of('chest-open-book')}")
    assert "chest-open-book" not in draft.strokes
    assert "One pass takes 5 minutes." in draft.words

    every_evening = {
        "schedules-0-anchors": ["after_bath"],
        "schedules-0-minutes": "5",
        "schedules-0-minutes_kind": "minimum",
        "weeks": "8",
    }
    assert draft.send(do="save", **every_evening).status_code == 302
    assert "Every evening after bath, at least 5 minutes, for 8 weeks." in draft.words

    refused = draft.send(add="deep-squeeze-and-hug")
    assert refused.status_code == 200
    assert "Squeeze-down and big hug is for children from 24 months on" in refused.content.decode()
    assert "deep-squeeze-and-hug" not in draft.strokes
    draft.fields = draft.load()

    publish = reverse("program_publish", kwargs={"draft": draft.program.pk})
    assert "Give your reason." in tess.get(publish).content.decode()
    held_back = tess.post(publish, {"lock_version": draft.fields["lock_version"]})
    assert held_back.status_code == 200
    assert HomeProgram.objects.get(pk=draft.program.pk).state == ProgramState.DRAFT

    answer = draft.send(do="review", **{"reason.forehead-smooth.face_aversion": REASON})
    assert answer.headers["Location"] == publish
    assert ConflictAcknowledgement.objects.get(version__program=draft.program).reason == REASON
    published = tess.post(publish, {"lock_version": draft.fields["lock_version"]})
    program = HomeProgram.objects.get(pk=draft.program.pk)
    assert published.headers["Location"] == reverse("program", kwargs={"program": program.pk})
    assert program.state == ProgramState.ACTIVE
    page = tess.get(published.headers["Location"]).content.decode()
    assert "Every evening after bath, at least 5 minutes, for 8 weeks." in page
    assert REASON.replace("'", "&#x27;") in page


def test_steps_move_by_their_buttons_and_keep_what_was_typed(cast: Cast, tess: Client) -> None:
    draft = begin(cast, tess)
    before = draft.strokes
    row = draft.row_of("forehead-smooth")
    draft.send(do=f"up:{row}", **{f"{row}-note": "Only if she turns to you."})
    assert draft.strokes == [*before[:-2], before[-1], before[-2]]
    moved = ProgramStep.objects.get(
        version__program=draft.program, stroke_version__stroke__slug="forehead-smooth"
    )
    assert moved.note == "Only if she turns to you."
    draft.send(do=f"up:{draft.row_of(before[0])}")
    assert draft.strokes[0] == before[0]


def test_a_step_keeps_side_seconds_repetitions_and_opening(cast: Cast, tess: Client) -> None:
    draft = begin(cast, tess)
    row = draft.row_of("leg-long-glide")
    draft.send(
        do="save",
        **{
            f"{row}-side": "left",
            f"{row}-seconds": "45",
            f"{row}-repetitions": "4",
            f"{row}-opens": "week",
            f"{row}-opens_in_week": "3",
        },
    )
    assert "45 seconds, left, 4 times, from week 3" in draft.words


def test_another_step_of_the_routine_and_a_visit_with_the_therapist_are_added(
    cast: Cast, tess: Client
) -> None:
    draft = begin(cast, tess)
    draft.send(do="add_step:story")
    draft.send(do="add_schedule:therapist")
    assert "and with the therapist once a week" in draft.words
    draft.send(do="remove_schedule:1")
    assert "with the therapist" not in draft.fields.get("title", [""])[0]
    assert "schedules-1-count" not in draft.fields


def test_two_times_of_the_day_are_more_than_once_a_day(cast: Cast, tess: Client) -> None:
    draft = begin(cast, tess)
    answer = draft.send(do="save", **{"schedules-0-anchors": ["morning", "bedtime"]})
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "2 times of the day are chosen, but only 1 a day are asked for." in words
    assert "This draft is not saved yet" in words


def test_a_draft_changed_by_somebody_else_meanwhile_is_not_overwritten(
    cast: Cast, tess: Client, sign_in: Any
) -> None:
    draft = begin(cast, tess)
    ashas = Draft(sign_in(cast.asha), draft.program)
    ashas.send(do="save", title="Evening quiet")
    answer = draft.send(do="save", title="Bedtime")
    assert answer.status_code == 200
    assert "Somebody else has changed this meanwhile" in answer.content.decode()
    assert HomeProgram.objects.get(pk=draft.program.pk).title == "Evening quiet"


def test_typing_is_kept_and_answered_with_the_sentence(cast: Cast, tess: Client) -> None:
    draft = begin(cast, tess)
    told = {**draft.fields, "weeks": "6"}
    answer = tess.post(draft.address, told, headers={"HX-Request": "true"})
    words = answer.content.decode()
    assert "for 6 weeks." in words
    assert "<html" not in words
    told["weeks"] = "600"
    wrong = tess.post(draft.address, told, headers={"HX-Request": "true"}).content.decode()
    assert "This draft is not saved yet" in wrong


def test_strokes_are_found_by_their_words_and_told_as_refused(cast: Cast, tess: Client) -> None:
    draft = begin(cast, tess)
    found = tess.get(
        reverse("program_strokes", kwargs={"draft": draft.program.pk}), {"q": "bear hug"}
    ).content.decode()
    assert 'value="deep-squeeze-and-hug" aria-disabled="true"' in found
    assert "hello-hands" not in found


def test_an_assistant_drafts_and_may_not_publish(cast: Cast, sign_in: Any) -> None:
    draft = begin(cast, sign_in(cast.asha), "starter-legs-feet")
    assert draft.send(do="save", title="Evening quiet").status_code == 302
    publish = reverse("program_publish", kwargs={"draft": draft.program.pk})
    page = draft.client.get(publish).content.decode()
    assert "A treating therapist of the team publishes this draft." in page
    answer = draft.client.post(publish, {"lock_version": draft.fields["lock_version"]})
    assert answer.status_code == 403
    assert HomeProgram.objects.get(pk=draft.program.pk).state == ProgramState.DRAFT


def test_a_change_of_what_runs_is_proposed_as_a_new_phase_and_needs_a_name(cast: Cast, tess: Client) -> None:
    program = published(cast, tess)
    opened = tess.post(
        reverse("program_edit", kwargs={"program": program.pk}), {"lock_version": program.lock_version}
    )
    assert opened.headers["Location"] == reverse("program_draft", kwargs={"draft": program.pk})
    draft = Draft(tess, HomeProgram.objects.get(pk=program.pk))
    draft.send(do="save", **{"schedules-0-minutes": "12"})
    publish = reverse("program_publish", kwargs={"draft": program.pk})
    page = tess.get(publish)
    assert "This changes how long it takes." in page.content.decode()
    told = {name: value[-1] for name, value in fields_of(page).items()}
    assert told["change_kind"] == "change"
    nameless = tess.post(publish, told | {"phase_name": ""})
    assert "Name the new phase in a few words." in nameless.content.decode()
    answer = tess.post(publish, told | {"phase_name": "Longer evenings"})
    assert "New phase: Longer evenings" in tess.get(answer.headers["Location"]).content.decode()


def test_who_publishes_reads_whether_a_product_was_tried_on_the_skin(cast: Cast, tess: Client) -> None:
    draft = begin(cast, tess, "starter-legs-feet")
    publish = reverse("program_publish", kwargs={"draft": draft.program.pk})
    assert "Tried on the skin" not in tess.get(publish).content.decode()
    assert draft.send(do="save", product_kind="emollient", product_name="Sunflower oil").status_code == 302
    assert "not noted yet" in tess.get(publish).content.decode()
    assert draft.send(do="save", product_patch_tested_on="2026-11-02").status_code == 302
    told = tess.get(publish).content.decode()
    assert "Tried on the skin" in told
    assert "not noted yet" not in told


def test_a_program_is_paused_taken_up_and_ended(cast: Cast, tess: Client) -> None:
    program = published(cast, tess)
    page = reverse("program", kwargs={"program": program.pk})
    fields = fields_of(tess.get(page))
    tess.post(f"{page}pause/", {"reason": "illness", "from_on": fields["from_on"][0]})
    assert "Paused since" in tess.get(page).content.decode()
    pause = program.pauses.get()
    tess.post(f"{page}pauses/{pause.pk}/end/")
    assert "Paused since" not in tess.get(page).content.decode()
    nothing_said = tess.post(f"{page}end/", {"lock_version": program.lock_version, "reason": ""})
    assert "Choose one." in nothing_said.content.decode()
    program.refresh_from_db()
    tess.post(f"{page}end/", {"lock_version": program.lock_version, "reason": "completed"})
    program.refresh_from_db()
    assert program.state == ProgramState.ENDED


def test_the_handout_has_words_to_say_when_to_stop_and_how_to_sleep(cast: Cast, tess: Client) -> None:
    program = published(cast, tess)
    words = tess.get(reverse("program_handout", kwargs={"program": program.pk})).content.decode()
    assert "Hello, my hands are here. Shall we begin?" in words
    assert "Stopping is good care and counts." in words
    assert "draft wording" in words


def test_the_pages_of_a_program_cost_the_same_with_more_steps_and_versions(cast: Cast, tess: Client) -> None:
    draft = begin(cast, tess, "starter-legs-feet")
    few = _cost(tess, draft.address)
    assert few <= 37
    for slug in draft.strokes:
        draft.send(add=slug)
    assert _cost(tess, draft.address) == few


def _cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)

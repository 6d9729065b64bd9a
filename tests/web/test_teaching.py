"""What was shown, on the clinic's pages and in the family corner."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CaregiverGrant
from tests import factories
from tests.cast import Cast, planted
from tests.tracking.prescribing import changed, published, started
from tests.web.sending import fields_of
from tracking.models import Demonstration, HomeProgram, MassageSession
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def tesss(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


@pytest.fixture
def program(cast: Cast) -> HomeProgram:
    """Hello, and toe rolls once they were shown."""
    with rls.acting_as(cast.tess):
        made = changed(
            cast.tess,
            started(cast.tess, cast.cleo, title="Feet"),
            steps=[StepInput(stroke="hello-hands"), StepInput(stroke="toe-rolls", opens_when_taught=True)],
            schedules=[ScheduleInput(slots=[SlotInput(anchor="after_bath")], minutes=5)],
        )
        published(cast.tess, made)
        made.refresh_from_db()
        return made


def grant_of(cast: Cast, name: str) -> str:
    return str(CaregiverGrant.objects.get(child=cast.cleo, user=getattr(cast, name)).pk)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_visit_ticks_who_was_there_and_a_few_taps_tell_what_was_shown(
    cast: Cast, tesss: Client, program: HomeProgram
) -> None:
    visit = factories.contact(cast.cleo, by=cast.tess)
    address = f"/children/{cast.cleo.pk}/visits/{visit.pk}/"
    form = fields_of(tesss.get(address))
    assert form["people"] == [grant_of(cast, "fay")]
    told = {"people": form["people"], "things": ["stroke:toe-rolls", "stop_rule"], "level": "with_help"}
    told |= {"shown_with": "child"}
    assert tesss.post(address + "teaching/", told).status_code == 302
    rows = Demonstration.objects.filter(contact=visit)
    assert {(row.what, row.stroke_slug, row.level) for row in rows} == {
        ("stroke", "toe-rolls", "with_help"),
        ("stop_rule", "", "with_help"),
    }
    assert "With help" in words(tesss, f"/programs/{program.pk}/")
    refused = tesss.post(address + "teaching/", told | {"people": []}).content.decode()
    assert "Say to whom." in refused
    assert rows.count() == 2


def test_a_step_opens_for_the_household_and_is_never_refused(
    cast: Cast, tesss: Client, sign_in: Any, program: HomeProgram
) -> None:
    fays, gregs = sign_in(cast.fay), sign_in(cast.greg)
    routine = f"/family/{cast.cleo.pk}/routine/{program.pk}/1/"
    assert "Not yet in your routine: Toe rolls." in words(fays, routine)
    # Told all the same, step and all: nothing a parent logs is refused.
    step = program.current_version.steps.get(stroke_version__stroke__slug="toe-rolls")
    sent = fields_of(fays.get(routine), "runner") | {"outcome": "done", "step": str(step.pk)}
    assert fays.post(routine, sent).status_code == 302
    assert MassageSession.objects.filter(child=cast.cleo).exists()
    told = {"people": [grant_of(cast, "nan")], "things": ["stroke:toe-rolls"], "level": "shown"}
    tesss.post(f"/children/{cast.cleo.pk}/teaching/", told | {"shown_with": "doll"})
    assert "Not yet in your routine" not in words(fays, routine)
    assert "Not yet in your routine: Toe rolls." in words(gregs, routine)


def test_a_guardian_reads_what_was_shown_in_plain_words(
    cast: Cast, tesss: Client, sign_in: Any, program: HomeProgram
) -> None:
    told = {"people": [grant_of(cast, "fay")], "things": ["stroke:toe-rolls"], "level": "shown"}
    tesss.post(f"/children/{cast.cleo.pk}/teaching/", told | {"shown_with": "child"})
    address = f"/family/{cast.cleo.pk}/shown/"
    assert "next time on your own" in words(sign_in(cast.fay), address)
    gregs = words(sign_in(cast.greg), address)
    assert "next time" not in gregs
    assert planted("fay-name") not in gregs
    assert sign_in(cast.nan).get(address).status_code == 403


def test_somebody_without_an_account_is_shown_things_in_one_of_two_homes(
    cast: Cast, tesss: Client, program: HomeProgram
) -> None:
    told = {"name": "Ada", "things": ["routine"], "level": "alone", "shown_with": "child"}
    address = f"/children/{cast.cleo.pk}/teaching/"
    assert "say in which of the child’s homes" in tesss.post(address, told).content.decode()
    assert tesss.post(address, told | {"family": str(cast.gregs_home.pk)}).status_code == 302
    assert "Ada" in words(tesss, address)


def test_more_that_was_shown_asks_no_more(cast: Cast, tesss: Client, sign_in: Any) -> None:
    with rls.acting_as(cast.tess):
        made = started(cast.tess, cast.cleo, preset="bedtime-calm")
    askers = [
        (tesss, f"/children/{cast.cleo.pk}/teaching/"),
        (tesss, f"/children/{cast.cleo.pk}/visits/"),
        (sign_in(cast.fay), f"/family/{cast.cleo.pk}/shown/"),
        (sign_in(cast.fay), f"/family/{cast.cleo.pk}/visits/"),
    ]
    visit = factories.contact(cast.cleo, by=cast.tess)
    fays = CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay)
    factories.demonstration(cast.cleo, by=cast.tess, grant=fays, family=fays.family, contact=visit)
    for client, address in askers:
        client.get(address)
    counted = []
    for _ in range(2):
        for client, address in askers:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counted.append(len(asked))
        slugs = made.versions.get().steps.values_list("stroke_version__stroke__slug", flat=True)
        for slug in slugs:
            for extra in ({"grant": fays, "family": fays.family}, {}):
                factories.demonstration(cast.cleo, by=cast.tess, stroke_slug=slug, contact=visit, **extra)
    assert counted[:4] == counted[4:]

"""The queue of whoever signs, and what the drafter sees of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CareTeam
from clinic.services import caseload
from tests import factories
from tests.cast import Cast, planted
from tracking.models import Contact, Cosigning, Note

pytestmark = pytest.mark.django_db


def address(cast: Cast, rest: str = "") -> str:
    return f"/c/{cast.harbor.slug}/cosigning/{rest}"


def shared(cast: Cast, by: Client, body: str) -> Cosigning:
    """A shared note written on the page, and what waits for it."""
    by.post(f"/children/{cast.cleo.pk}/notes/", {"body": body})
    with rls.acting_as(cast.tess):
        return Cosigning.objects.get(subject_id=Note.objects.get(body=body).pk)


@pytest.fixture
def ashas(cast: Cast, sign_in: Any) -> Client:
    return sign_in(cast.asha)


@pytest.fixture
def tesss(cast: Cast, sign_in: Any) -> Client:
    return sign_in(cast.tess)


def text(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_draft_is_counted_read_and_signed(cast: Cast, ashas: Client, tesss: Client, sign_in: Any) -> None:
    draft = shared(cast, ashas, "Likes the feet first.")
    assert '<span class="count count-new">1</span>' in text(tesss, f"/c/{cast.harbor.slug}/caseload/")
    assert "Likes the feet first." in text(tesss, address(cast))
    assert "waiting for Tess" in text(ashas, address(cast))
    assert tesss.post(address(cast, "sign/"), {"draft": draft.pk}).status_code == 302
    assert "Nothing waits for you" in text(tesss, address(cast))
    assert "signed by Tess" in text(ashas, address(cast))
    # Nobody else is asked, and a colleague off the team is shown nothing.
    assert "Likes the feet" not in text(sign_in(cast.theo), address(cast))


def test_all_drafts_of_one_person_are_signed_at_once(cast: Cast, ashas: Client, tesss: Client) -> None:
    drafts = [shared(cast, ashas, body) for body in ("One.", "Two.")]
    page = text(tesss, address(cast))
    assert "Sign all 2" in page
    assert page.index("One.") < page.index("Two.")
    tesss.post(address(cast, "sign/"), {"draft": [draft.pk for draft in drafts]})
    assert "Nothing waits for you" in text(tesss, address(cast))


def test_a_returned_note_is_written_anew(cast: Cast, ashas: Client, tesss: Client) -> None:
    draft = shared(cast, ashas, "She likes it.")
    refused = tesss.post(address(cast, f"{draft.pk}/return/"), {"remark": ""})
    assert "This is needed" in refused.content.decode()
    tesss.post(address(cast, f"{draft.pk}/return/"), {"remark": "Likes what?"})
    assert "Likes what?" in text(ashas, address(cast))
    ashas.post(address(cast, f"{draft.pk}/rewrite/"), {"body": "She likes the song.", "lock_version": "1"})
    page = text(tesss, address(cast))
    assert "She likes the song." in page
    # What was asked first is gone: it cannot be signed any more.
    tesss.post(address(cast, "sign/"), {"draft": draft.pk})
    assert "written anew" in text(tesss, address(cast))


def test_drafts_go_to_the_lead_when_the_supervisor_has_left(cast: Cast, ashas: Client, sign_in: Any) -> None:
    with rls.acting_as(cast.otto):
        now = rls.now()
        dana = caseload.join_care_team(by=cast.otto, child=cast.cleo, therapist=cast.dana, now=now)
        place = CareTeam.objects.get(child=cast.cleo, therapist=cast.asha)
        caseload.change_supervisor(by=cast.otto, place=place, supervisor=cast.dana, now=now)
    shared(cast, ashas, "Drafted under Dana.")
    tesss = sign_in(cast.tess)
    assert "Nothing waits for you" in text(tesss, address(cast))
    assert "Dana" in text(tesss, address(cast))  # to be signed, though a colleague was asked
    assert "Drafted under Dana." in text(sign_in(cast.dana), address(cast))
    with rls.acting_as(cast.otto):
        CareTeam.objects.filter(pk=dana.pk).update(until_at=now)
    assert "Nothing waits for you" not in text(tesss, address(cast))
    assert "was asked and is not on the team any more" in text(tesss, address(cast))


def test_the_queue_asks_the_same_number_of_questions_however_long(cast: Cast, tesss: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            text(tesss, address(cast))
        return len(seen)

    factories.drafted_note(cast)
    factories.drafted_goal(cast)
    asked()
    before = asked()
    for _ in range(9):
        factories.drafted_note(cast)
        factories.drafted_goal(cast)
    assert asked() == before
    assert text(tesss, address(cast)).count(planted("drafted-body")) == 10


def test_the_childs_pages_say_what_waits_for_a_signature(cast: Cast, ashas: Client, tesss: Client) -> None:
    waits = "waits for a signature"
    child = f"/children/{cast.cleo.pk}/"
    pages = [child, f"{child}goals/", f"{child}visits/"]
    factories.note(cast.cleo, by=cast.tess)
    assert not any(waits in text(tesss, where) for where in pages)
    shared(cast, ashas, "Likes the feet first.")
    factories.drafted_goal(cast)
    ashas.post(
        f"{child}visits/new/",
        {"kind": "visit", "day": "2026-01-05", "clock": "10:30", "minutes": "45", "end": ""},
    )
    with rls.acting_as(cast.tess):
        visit = Contact.objects.get(child=cast.cleo)
        drafts = Cosigning.objects.unsigned().filter(child=cast.cleo)
        assert drafts.count() == 3
    pages.append(f"{child}visits/{visit.pk}/")
    assert [text(tesss, where).count(waits) for where in pages] == [2, 2, 1, 1]
    tesss.post(address(cast, "sign/"), {"draft": [draft.pk for draft in drafts]})
    assert not any(waits in text(tesss, where) for where in pages)

"""Co-signing, the supervision log and safeguarding notes over the API."""

from __future__ import annotations

from collections.abc import Callable

from clinic import rls
from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast, make_id, planted
from tracking.models import Cosigning
from tracking.services.notes import write_note

AppOf = Callable[[User], App]
CLINIC = "/api/v1/clinics/harbor"


def drafted(cast: Cast, body: str = "She likes the song.") -> str:
    with rls.acting_as(cast.asha):
        note = write_note(by=cast.asha, child=cast.cleo, body=body, now=rls.now())
    return str(Cosigning.objects.get(subject_id=note.pk).pk)


def test_a_draft_is_returned_and_another_is_signed(cast: Cast, app_of: AppOf) -> None:
    first, second = drafted(cast), drafted(cast, "She likes her feet.")
    tesss, ashas = app_of(cast.tess), app_of(cast.asha)
    waiting = tesss.get(f"{CLINIC}/cosigning")["yours"]
    assert [one["parts"] for one in waiting] == [["She likes the song."], ["She likes her feet."]]
    returned = tesss.put(f"{CLINIC}/cosigning/{first}/return", {"remark": "Which song?"})
    assert [one["id"] for one in returned["yours"]] == [second]
    assert ashas.get(f"{CLINIC}/cosigning")["own"][0]["remark"] == "Which song?"
    signed = tesss.post(f"{CLINIC}/cosigning/signatures", {"drafts": [second]})
    assert (signed.status, signed["yours"]) == (201, [])
    again = tesss.post(f"{CLINIC}/cosigning/signatures", {"drafts": [second]})
    assert (again.status, again.code) == (409, "draft_changed")
    notes = app_of(cast.fay).get(f"/api/v1/children/{cast.cleo.pk}/notes")["items"]
    assert [note["body"] for note in notes] == ["She likes her feet."]


def test_nobody_signs_their_own_and_a_foreign_draft_is_unknown(cast: Cast, app_of: AppOf) -> None:
    draft = drafted(cast)
    assert app_of(cast.asha).post(f"{CLINIC}/cosigning/signatures", {"drafts": [draft]}).status == 403
    theos = app_of(cast.theo)
    answers = [
        theos.post(f"{CLINIC}/cosigning/signatures", {"drafts": [one]}) for one in (draft, str(make_id()))
    ]
    assert answers[0].status == 400
    assert answers[0].body == answers[1].body


def test_supervision_is_logged_by_who_supervises_and_read_by_the_two(cast: Cast, app_of: AppOf) -> None:
    told = {
        "person": str(cast.asha.pk),
        "on": "2026-01-05",
        "minutes": 30,
        "discussed": "Pressure",
        "language": "en",
    }
    made = app_of(cast.tess).post(f"{CLINIC}/supervision", told)
    assert (made.status, [one["name"] for one in made["supervised"]]) == (201, [cast.asha.name])
    [log] = app_of(cast.asha).get(f"{CLINIC}/supervision")["items"]
    assert (log["minutes"], log["lines"][0]["discussed"]) == (30, "Pressure")
    [log] = app_of(cast.otto).get(f"{CLINIC}/supervision")["items"]
    assert (log["minutes"], log["lines"][0]["discussed"]) == (30, "")
    refused = app_of(cast.tess).post(f"{CLINIC}/supervision", told | {"person": str(cast.theo.pk)})
    assert (refused.status, set(refused.fields)) == (400, {"person"})


def test_a_safeguarding_note_is_its_authors_and_the_leads_alone(cast: Cast, app_of: AppOf) -> None:
    note = factories.safeguarding_note(cast)
    ashas, theos = app_of(cast.asha), app_of(cast.theo)
    follow = ashas.post(f"{CLINIC}/safeguarding/{note.pk}", {"body": "Called the social worker."})
    assert follow.status == 201
    at = f"/api/v1/children/{cast.cleo.pk}/safeguarding"
    assert [one["follows"] for one in ashas.get(at)["items"]] == [None, str(note.pk)]
    assert app_of(cast.tess).get(at)["items"] == []
    assert planted("safeguarding-body") in theos.get(f"{CLINIC}/safeguarding").content.decode()
    for user, status in ((cast.tess, 403), (cast.otto, 403), (cast.fay, 404)):
        assert app_of(user).get(f"{CLINIC}/safeguarding").status == status
    written = app_of(cast.tess).post(at, {"body": "A mark on the arm."})
    assert (written.status, len(written["items"])) == (201, 1)


def test_an_owner_names_a_safeguarding_lead_and_ends_it(cast: Cast, app_of: AppOf) -> None:
    ottos, leads = app_of(cast.otto), f"{CLINIC}/safeguarding/leads"
    named = ottos.post(leads, {"person": str(cast.theo.pk)})
    [lead] = named["items"]
    assert (named.status, lead["person"], lead["name"]) == (201, str(cast.theo.pk), cast.theo.name)
    again = ottos.post(leads, {"person": str(cast.theo.pk)})
    assert (again.status, again.code) == (409, "already_safeguarding_lead")
    for stranger in (cast.fay, cast.tova):
        assert ottos.post(leads, {"person": str(stranger.pk)}).fields == {"person": "invalid"}
    tesss = app_of(cast.tess)
    assert tesss.get(leads)["items"] == [lead]
    assert tesss.post(leads, {"person": str(cast.tess.pk)}).status == 403
    assert ottos.delete(f"{leads}/{lead['id']}")["items"] == []
    assert ottos.delete(f"{leads}/{lead['id']}").status == 404

"""Visits and calls on the clinic's pages and in the family corner."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CaregiverGrant, Child
from clinic.services.languages import set_languages
from tests import factories
from tests.cast import Cast, planted
from tests.web.sending import fields_of
from tracking.models import Contact, MassageSession, ServiceLabel
from tracking.vocabulary.contacts import ContactState
from tracking.vocabulary.programs import Provider

pytestmark = pytest.mark.django_db

VISIT = {"kind": "visit", "day": "2026-01-05", "clock": "10:30", "minutes": "45", "end": ""}


@pytest.fixture
def tesss(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


def page(cast: Cast, rest: str = "") -> str:
    return f"/children/{cast.cleo.pk}/visits/{rest}"


def family(cast: Cast, rest: str = "visits/") -> str:
    return f"/family/{cast.cleo.pk}/{rest}"


def planned(cast: Cast, *, in_days: int = 3, **fields: Any) -> Contact:
    with rls.acting_as(cast.tess):
        at = rls.now() + dt.timedelta(days=in_days)
    return factories.contact(cast.cleo, by=cast.tess, at=at, state=ContactState.PLANNED, **fields)


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_visit_is_written_down_with_two_notes(cast: Cast, tesss: Client) -> None:
    told = VISIT | {"shared_note": "Feet first, then the tummy.", "private_note": "Ask about the move."}
    tesss.post(page(cast, "new/"), told)
    visit = Contact.objects.get(child=cast.cleo)
    # Half past ten in the clinic's own zone.
    assert visit.starts_at == dt.datetime(2026, 1, 5, 15, 30, tzinfo=dt.UTC)
    shown = words(tesss, page(cast, f"{visit.pk}/"))
    assert "Feet first, then the tummy." in shown
    assert "Ask about the move." in shown
    refused = tesss.post(page(cast, "new/"), VISIT | {"minutes": "99999"}).content.decode()
    assert "One thing needs another look" in refused
    assert Contact.objects.count() == 1


def test_a_private_note_of_a_visit_is_its_authors_alone(cast: Cast, sign_in: Any) -> None:
    visit = factories.contact(cast.cleo, by=cast.tess)
    theirs = words(sign_in(cast.asha), page(cast, f"{visit.pk}/"))
    assert planted("contact-shared") in theirs
    assert planted("contact-private") not in theirs


def test_the_team_reads_what_is_spoken_by_whoever_was_there(cast: Cast, sign_in: Any) -> None:
    visit = factories.contact(cast.cleo, by=cast.tess, others_present="")
    pages = [page(cast, f"{visit.pk}/"), f"/children/{cast.cleo.pk}/"]
    assert not any("interpreter needed" in words(sign_in(cast.tess), where) for where in pages)
    with rls.acting_as(cast.fay):
        grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay)
        told = {"spoken": ["ar", "en"], "reading": "ar", "needs_interpreter": True}
        set_languages(by=cast.fay, grant=grant, now=rls.now(), **told)
    for where in pages:
        shown = words(sign_in(cast.tess), where)
        assert "speaks Arabic and English" in shown
        assert shown.count("interpreter needed") == 1
        assert "speaks" not in words(sign_in(cast.otto), where)


@pytest.mark.parametrize("actor", ["otto", "opal"])
def test_owner_and_office_read_when_and_not_what(cast: Cast, sign_in: Any, actor: str) -> None:
    visit = factories.contact(cast.cleo, by=cast.tess)
    for address in (page(cast), page(cast, f"{visit.pk}/")):
        shown = words(sign_in(getattr(cast, actor)), address)
        assert "Visit at the clinic" in shown
        assert "planted-contact" not in shown


def test_the_office_moves_a_visit_and_leaves_what_it_does_not_see(cast: Cast, sign_in: Any) -> None:
    visit = planned(cast)
    opals = sign_in(cast.opal)
    form = fields_of(opals.get(page(cast, f"{visit.pk}/")), "visit-form") | {"clock": "14:15"}
    assert "others_present" not in form
    assert opals.post(page(cast, f"{visit.pk}/"), form).status_code == 302
    moved = Contact.objects.get(pk=visit.pk)
    assert (moved.lock_version, moved.others_present) == (2, planted("contact-others"))
    assert moved.presences.count() == 1
    assert moved.starts_at != visit.starts_at


def test_a_planned_visit_is_settled_in_one_tap(cast: Cast, tesss: Client) -> None:
    visit = planned(cast, in_days=-1)
    sent = {"end": "no_show", "lock_version": visit.lock_version}
    assert tesss.post(page(cast, f"{visit.pk}/end/"), sent).status_code == 302
    assert Contact.objects.get(pk=visit.pk).state == ContactState.NO_SHOW
    again = tesss.post(page(cast, f"{visit.pk}/end/"), sent | {"end": "happened"}, follow=True)
    assert "Somebody else has changed this meanwhile" in again.content.decode()


def test_ones_own_note_is_put_otherwise_and_nobody_elses(cast: Cast, tesss: Client, sign_in: Any) -> None:
    visit = factories.contact(cast.cleo, by=cast.tess)
    note = visit.notes.get(is_private=False)
    address = page(cast, f"{visit.pk}/notes/{note.pk}/")
    told = {"body": "Tummy first.", "lock_version": note.lock_version}
    assert sign_in(cast.asha).post(address, told).status_code == 403
    assert tesss.post(address, told).status_code == 302
    note.refresh_from_db()
    assert note.body == "Tummy first."


def test_a_massage_given_at_a_visit_stands_in_the_diary_once(cast: Cast, tesss: Client) -> None:
    visit = factories.contact(cast.cleo, by=cast.tess)
    told = {"outcome": "done", "minutes": "15", "client_id": str(uuid.uuid4())}
    for _ in range(2):
        assert tesss.post(page(cast, f"{visit.pk}/massage/"), told).status_code == 302
    given = MassageSession.objects.get(child=cast.cleo)
    assert (given.provider, given.contact_id) == (Provider.THERAPIST, visit.pk)
    assert "15 min" in words(tesss, page(cast, f"{visit.pk}/"))


def test_a_family_sees_the_next_visit(cast: Cast, tesss: Client, sign_in: Any) -> None:
    planned(cast, in_days=9)
    soon = planned(cast, in_days=3, kind="home_visit")
    for who in (cast.fay, cast.nan):
        assert "Home visit" in words(sign_in(who), family(cast, ""))
    assert "Next: Home visit" in words(tesss, f"/children/{cast.cleo.pk}/")
    with rls.acting_as(cast.tess):
        Contact.objects.filter(pk=soon.pk).update(state=ContactState.CANCELLED, cancelled_by="clinic")
    assert "Home visit" not in words(sign_in(cast.fay), family(cast, ""))


def test_no_visit_is_announced_while_a_child_is_in_hospital(cast: Cast, sign_in: Any) -> None:
    planned(cast)
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(in_hospital_since=rls.now().date())
    assert "Visit at the clinic" not in words(sign_in(cast.fay), family(cast, ""))


def test_a_guardian_reads_what_is_shared_and_a_logger_when_it_was(cast: Cast, sign_in: Any) -> None:
    with rls.acting_as(cast.otto):
        label = ServiceLabel.objects.create(clinic=cast.harbor, name=planted("label"))
    factories.contact(cast.cleo, by=cast.tess, label=label)
    fays, nans = (words(sign_in(who), family(cast)) for who in (cast.fay, cast.nan))
    assert planted("contact-shared") in fays
    assert "Visit at the clinic" in nans
    assert planted("contact-shared") not in nans
    for shown in (fays, nans):
        for word in ("contact-private", "contact-others", "label"):
            assert planted(word) not in shown


def test_files_are_for_those_who_may_take_them_away(cast: Cast, tesss: Client, sign_in: Any) -> None:
    factories.contact(cast.cleo, by=cast.tess)
    file = tesss.get(page(cast, "file/"))
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert planted("contact-shared") in b"".join(file.streaming_content).decode()
    owners = sign_in(cast.otto).get("/c/harbor/visits/file/")
    text = b"".join(owners.streaming_content).decode()
    assert "Cleo" in text
    assert "planted-contact" not in text


def test_no_file_of_visits_holds_a_private_or_a_safeguarding_note(cast: Cast, sign_in: Any) -> None:
    for by in (cast.tess, cast.asha):
        factories.contact(cast.cleo, by=by)
    factories.safeguarding_note(cast)

    def file(user: Any, address: str) -> str:
        sent: Any = sign_in(user).get(address)
        return b"".join(sent.streaming_content).decode()

    for address in (page(cast, "file/"), "/c/harbor/visits/file/"):
        files = [file(user, address) for user in (cast.tess, cast.otto)]
        assert [planted("contact-shared") in held for held in files] == [True, False]
        for held in files:
            assert planted("contact-private") not in held
            assert planted("safeguarding-body") not in held


def test_labels_are_kept_on_a_page_of_the_clinic(cast: Cast, tesss: Client) -> None:
    tesss.post("/c/harbor/settings/services/", {"name": "Parent training"})
    label = ServiceLabel.objects.get(clinic=cast.harbor)
    assert (
        "already" in tesss.post("/c/harbor/settings/services/", {"name": "parent Training"}).content.decode()
    )
    tesss.post(f"/c/harbor/settings/services/{label.pk}/", {"name": "Coaching"})
    tesss.post(f"/c/harbor/settings/services/{label.pk}/retire/")
    label.refresh_from_db()
    assert (label.name, label.retired_at is None) == ("Coaching", False)
    assert "Coaching" not in words(tesss, page(cast, "new/"))


def test_more_visits_ask_no_more(cast: Cast, tesss: Client, sign_in: Any) -> None:
    factories.contact(cast.cleo, by=cast.tess)
    askers = ((tesss, page(cast)), (sign_in(cast.fay), family(cast)))
    for client, address in askers:
        client.get(address)
    counted = []
    for _ in range(2):
        for client, address in askers:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counted.append(len(asked))
        for _ in range(9):
            factories.contact(cast.cleo, by=cast.tess)
    assert counted[:2] == counted[2:]


def test_older_visits_stand_on_the_next_page(
    cast: Cast, tesss: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.contacts.visits.ON_A_PAGE", 2)
    for back in (1, 2, 3):
        with rls.acting_as(cast.tess):
            at = rls.now() - dt.timedelta(days=back)
        factories.contact(cast.cleo, by=cast.tess, at=at)
    first = tesss.get(page(cast))
    following = first.context["following"]
    second = tesss.get(page(cast), {"before": following})
    assert [len(answer.context["contacts"]) for answer in (first, second)] == [2, 1]
    assert tesss.get(page(cast), {"before": "yesterday"}).status_code == 404

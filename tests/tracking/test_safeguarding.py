"""A safeguarding note is its author's and the named leads'; for everybody else there is none."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from pypdf import PdfReader

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import AuditEvent
from clinic.services import staff
from tests import factories
from tests.cast import Cast, planted
from tracking.models import SafeguardingLead, SafeguardingNote
from tracking.readings.clinic_audit import Asked, page_of_events
from tracking.readings.safeguarding import notes_of_clinic
from tracking.services import reporting, safeguarding
from tracking.services.safeguarding import AlreadyLead, NotLeadAnyMore

pytestmark = pytest.mark.django_db


def readers(cast: Cast, note: SafeguardingNote) -> set[str]:
    """Whom the database itself shows the note, without any question of ours."""
    found = set()
    for name, user in cast.people().items():
        with rls.acting_as(user):
            if SafeguardingNote.objects.filter(pk=note.pk).exists():
                found.add(name)
    return found


def test_the_database_shows_a_note_to_its_author_and_the_lead(cast: Cast) -> None:
    note = factories.safeguarding_note(cast)
    assert readers(cast, note) == {"asha", "theo"}
    for system in ("reports", "reminders", "flags", "invitations"):
        with rls.acting_as(system=system):
            assert not SafeguardingNote.objects.exists()


def test_a_lead_reads_as_long_as_they_are_named_and_work_here(cast: Cast) -> None:
    note = factories.safeguarding_note(cast)
    with rls.acting_as(cast.otto):
        lead = SafeguardingLead.objects.get(user=cast.theo)
        safeguarding.end_safeguarding_lead(by=cast.otto, lead=lead, now=rls.now())
        with pytest.raises(NotLeadAnyMore):
            safeguarding.end_safeguarding_lead(by=cast.otto, lead=lead, now=rls.now())
    assert readers(cast, note) == {"asha"}
    with rls.acting_as(cast.otto):
        told: dict[str, Any] = {"by": cast.otto, "now": rls.now()}
        membership = cast.theo.memberships.get(clinic=cast.harbor)
        safeguarding.name_safeguarding_lead(membership=membership, **told)
        with pytest.raises(AlreadyLead):
            safeguarding.name_safeguarding_lead(membership=membership, **told)
        staff.end_staff(membership=membership, **told)
    assert readers(cast, note) == {"asha"}


def test_only_the_team_writes_and_only_an_owner_names(cast: Cast) -> None:
    for by in (cast.otto, cast.opal, cast.theo, cast.fay):
        with rls.acting_as(by), pytest.raises(Forbidden):
            safeguarding.write_safeguarding_note(by=by, child=cast.cleo, body="x", now=rls.now())
    with rls.acting_as(cast.tess):
        membership = cast.tess.memberships.get()
        with pytest.raises(Forbidden):
            safeguarding.name_safeguarding_lead(by=cast.tess, membership=membership, now=rls.now())
        with pytest.raises(Invalid):
            safeguarding.write_safeguarding_note(by=cast.tess, child=cast.cleo, body=" ", now=rls.now())


def test_a_note_is_followed_and_never_changed(cast: Cast) -> None:
    note = factories.safeguarding_note(cast)
    with rls.acting_as(cast.theo):
        safeguarding.follow_up_safeguarding_note(by=cast.theo, note=note, body="Called.", now=rls.now())
        (thread,) = notes_of_clinic(cast.theo, cast.harbor)
        assert [one.body for one in thread.followed_by] == ["Called."]
    with rls.acting_as(cast.asha):
        (own,) = notes_of_clinic(cast.asha, cast.harbor)
        assert own.followed_by == ()
    with rls.acting_as(cast.tess), pytest.raises(Forbidden):
        safeguarding.follow_up_safeguarding_note(by=cast.tess, note=note, body="x", now=rls.now())


@pytest.mark.parametrize("verb", ["UPDATE {} SET body = 'x'", "DELETE FROM {}"])
def test_the_application_may_not_change_a_note(cast: Cast, verb: str) -> None:
    factories.safeguarding_note(cast)
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with rls.acting_as(cast.asha), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(SafeguardingNote._meta.db_table))


def test_nobody_writes_a_note_in_anothers_name(cast: Cast) -> None:
    with rls.acting_as(cast.tess), pytest.raises(ProgrammingError, match="row-level security"):
        SafeguardingNote.objects.create(
            clinic=cast.harbor, child=cast.cleo, author=cast.asha, body="x", written_at=rls.now()
        )


def test_the_audit_of_a_child_tells_nothing_of_it(cast: Cast, sign_in: Any) -> None:
    factories.safeguarding_note(cast)
    sign_in(cast.theo).get(f"/c/{cast.harbor.slug}/safeguarding/")
    with rls.acting_as(cast.otto):
        page = page_of_events(cast.harbor, Asked(child=cast.cleo.pk))
        assert not [event for event in page.events if "safeguarding" in event.code]
        codes = AuditEvent.objects.filter(code__contains="safeguarding").values_list("code", "child_id")
        assert {code for code, _ in codes} == {
            "named_safeguarding_lead",
            "wrote_safeguarding_note",
            "viewed_safeguarding_notes",
        }
        assert {child for _, child in codes} == {None}


def test_a_report_holds_no_word_of_it(cast: Cast) -> None:
    factories.safeguarding_note(cast)
    with rls.acting_as(cast.tess):
        day = rls.now().date()
        report = reporting.ask_report(
            by=cast.tess,
            child=cast.cleo,
            period_from=day - dt.timedelta(days=30),
            period_until=day,
            narrative="Cleo now offers her other foot.",
            now=rls.now(),
        )
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    with rls.acting_as(cast.tess):
        data = reporting.open_report(by=cast.tess, report=report, now=rls.now())
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    assert "offers her other foot" in said
    assert "safeguarding" not in said.lower()


def test_a_lead_reads_and_adds_on_pages_and_the_author_their_own(cast: Cast, sign_in: Any) -> None:
    note = factories.safeguarding_note(cast)
    word = planted("safeguarding-body")
    theos: Client = sign_in(cast.theo)
    ashas: Client = sign_in(cast.asha)
    page = f"/c/{cast.harbor.slug}/safeguarding/"
    assert word in theos.get(page).content.decode()
    theos.post(f"{page}{note.pk}/", {"body": "Spoke with the practice."})
    assert "Spoke with the practice." in theos.get(page).content.decode()
    own = ashas.get(f"/children/{cast.cleo.pk}/safeguarding/").content.decode()
    assert word in own
    assert "Spoke with the practice." not in own
    assert word not in sign_in(cast.tess).get(f"/children/{cast.cleo.pk}/safeguarding/").content.decode()
    assert (
        "This is needed"
        in ashas.post(f"/children/{cast.cleo.pk}/safeguarding/", {"body": ""}).content.decode()
    )


def test_an_owner_names_leads_in_the_settings(cast: Cast, sign_in: Any) -> None:
    ottos: Client = sign_in(cast.otto)
    settings = f"/c/{cast.harbor.slug}/settings/"
    membership = cast.tess.memberships.get()
    assert "Nobody is named yet" in ottos.get(settings).content.decode()
    ottos.post(f"{settings}safeguarding/", {"lead": str(membership.pk)})
    assert "Nobody is named yet" not in ottos.get(settings).content.decode()
    with rls.acting_as(cast.otto):
        lead = SafeguardingLead.objects.get()
    ottos.post(f"{settings}safeguarding/{lead.pk}/end/")
    assert "Nobody is named yet" in ottos.get(settings).content.decode()

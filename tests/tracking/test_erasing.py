"""Erasing a child, or a person: everything of theirs goes, of everybody else's nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection, transaction

from clinic import audit, rls
from clinic.models import AuditEvent, CaregiverGrant, Child, ClinicMembership, Family, User
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast
from tests.tracking.erasures import carry_out, due_erasure
from tracking.models import (
    CheckIn,
    Concern,
    ConcernPhoto,
    Erasure,
    MassageSession,
    Message,
    ProgramVersion,
    RecordHold,
    Report,
    WordingAdoption,
)
from tracking.services import erasing
from tracking.vocabulary.erasure import ErasureOf


def of_cleo(cast: Cast) -> Erasure:
    return due_erasure(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.theo)


def of_fay(cast: Cast) -> Erasure:
    return due_erasure(cast.harbor, ErasureOf.PERSON, cast.fay.pk, by=cast.otto, confirmed_by=cast.theo)


def test_a_child_goes_with_the_record_and_other_children_stay(cast: Cast) -> None:
    factories.record(cast)
    kept = factories.session(cast.fern, by=cast.finn)
    asked = of_cleo(cast)
    [done] = carry_out()
    assert done.pk == asked.pk
    assert not Child.objects.filter(pk=cast.cleo.pk).exists()
    assert not Message.objects.exists()
    assert not ProgramVersion.objects.exists()
    assert list(MassageSession.objects.all()) == [kept]
    assert done.counts["tracking_massagesession"] == 1
    assert done.counts["clinic_childevent"] >= 2
    assert AuditEvent.objects.filter(code=AuditCode.ERASED, child_id=cast.cleo.pk).count() == 1


def test_households_and_accounts_that_were_here_for_the_child_alone_go_too(cast: Cast) -> None:
    factories.record(cast)
    with rls.acting_as(system="seeding"):
        both = CaregiverGrant.objects.create(
            clinic=cast.harbor,
            child=cast.fern,
            family=cast.finns_home,
            user=cast.greg,
            kind="caregiver",
            valid_from=rls.now(),
        )
    of_cleo(cast)
    carry_out()
    assert set(Family.objects.filter(clinic=cast.harbor)) == {cast.finns_home}
    left = set(User.objects.values_list("pk", flat=True))
    assert not {cast.fay.pk, cast.nan.pk, cast.rex.pk} & left
    assert {cast.greg.pk, cast.tess.pk, cast.tara.pk} <= left
    assert CaregiverGrant.objects.get(pk=both.pk).user_id == cast.greg.pk


def test_an_account_that_goes_is_signed_out_everywhere(cast: Cast, sign_in: object) -> None:
    client = sign_in(cast.fay)
    key = client.session.session_key
    assert Session.objects.filter(pk=key).exists()
    of_cleo(cast)
    carry_out()
    assert not Session.objects.filter(pk=key).exists()


def test_files_go_after_the_rows(cast: Cast) -> None:
    made = factories.record(cast)
    name = default_storage.save("photo/of-cleo.jpg", ContentFile(b"a picture"))
    ConcernPhoto.objects.filter(pk=made.photo.pk).update(file_name=name)
    asked = of_cleo(cast)
    carry_out()
    assert not default_storage.exists(name)
    asked.refresh_from_db()
    assert (asked.file_count, asked.files) == (1, [])


def test_a_persons_own_words_go_and_what_they_logged_stays_without_their_name(cast: Cast) -> None:
    made = factories.record(cast)
    of_fay(cast)
    [done] = carry_out()
    assert not User.objects.filter(pk=cast.fay.pk).exists()
    assert not CheckIn.objects.filter(pk=made.check_in.pk).exists()
    assert CheckIn.objects.count() == 2
    session = MassageSession.objects.select_related("reported_by").get(pk=made.session.pk)
    assert session.reported_by.name == "Former caregiver"
    assert session.reported_by.email is None
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=session.reported_by)
    assert (grant.relationship, grant.revoked_at is None) == ("", False)
    assert Message.objects.get(pk=made.message.pk).author_id == session.reported_by_id
    assert done.unnamed_count > 4
    assert not AuditEvent.objects.filter(actor_id=session.reported_by_id).exists()


def test_somebody_another_clinic_knows_keeps_their_account_and_is_nameless_here(cast: Cast) -> None:
    with rls.acting_as(system="seeding"):
        ClinicMembership.objects.filter(user=cast.dana, clinic=cast.harbor).update(ended_at=rls.now())
        note = factories.note(cast.cleo, by=cast.dana)
    due_erasure(cast.harbor, ErasureOf.PERSON, cast.dana.pk, by=cast.otto, confirmed_by=cast.theo)
    carry_out()
    note.refresh_from_db()
    assert note.author.name == "Former member of staff"
    assert User.objects.get(pk=cast.dana.pk).name == cast.dana.name
    assert CaregiverGrant.objects.filter(user=cast.dana, child=cast.cody).exists()


def test_a_text_somebody_adopted_stays_adopted_without_their_name(cast: Cast) -> None:
    with rls.acting_as(system="seeding"):
        ClinicMembership.objects.filter(user=cast.theo).update(ended_at=rls.now())
        adoption = WordingAdoption.objects.create(
            clinic=cast.harbor,
            library_version="1",
            adopted_by=cast.theo,
            name=cast.theo.name,
            credential="OTR/L",
            adopted_at=rls.now(),
        )
    due_erasure(cast.harbor, ErasureOf.PERSON, cast.theo.pk, by=cast.otto, confirmed_by=cast.tess)
    carry_out()
    adoption.refresh_from_db()
    assert (adoption.name, adoption.credential) == ("Former member of staff", "OTR/L")


def test_a_held_record_waits_until_the_hold_is_lifted(cast: Cast) -> None:
    with rls.acting_as(system="seeding"):
        hold = RecordHold.objects.create(
            clinic=cast.harbor, child=cast.cleo, reason="a claim", set_by=cast.otto, set_at=rls.now()
        )
    of_cleo(cast)
    assert carry_out() == []
    assert Child.objects.filter(pk=cast.cleo.pk).exists()
    RecordHold.objects.filter(pk=hold.pk).update(lifted_at=rls.now(), lifted_by=cast.otto)
    assert len(carry_out()) == 1


def test_a_report_being_made_meanwhile_is_nobodys(cast: Cast) -> None:
    report = factories.report(cast.cleo, by=cast.tess)
    of_cleo(cast)
    carry_out()
    assert not Report.objects.filter(pk=report.pk).exists()


def test_a_file_that_no_row_names_is_gone_a_day_later(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    made = factories.record(cast)
    names = [
        default_storage.save(f"{kind}/one.bin", ContentFile(b"of Cleo"))
        for kind in ("photo", "report", "recording")
    ]
    ConcernPhoto.objects.filter(pk=made.photo.pk).update(file_name=names[0])
    later = rls.now() + dt.timedelta(days=2)
    with pytest.raises(RuntimeError):
        erasing.remove_files_of_nobody(now=later)
    with rls.acting_as(system=rls.ERASING):
        assert erasing.remove_files_of_nobody(now=rls.now()) == 0
        assert erasing.remove_files_of_nobody(now=later) == 2
    assert [default_storage.exists(name) for name in names] == [True, False, False]


# ---- nobody else may ---------------------------------------------------------------------------------------


def attempt(statement: str, *parameters: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.parametrize("stamp", ["seeding", "erasing"])
@pytest.mark.parametrize("table", ["tracking_massagesession", "tracking_concern", "tracking_programversion"])
def test_the_application_removes_nothing_of_a_record_by_itself(cast: Cast, table: str, stamp: str) -> None:
    factories.record(cast)
    with rls.acting_as(system=stamp), pytest.raises(Error):
        attempt(f"DELETE FROM {table}")
    assert MassageSession.objects.exists()
    assert Concern.objects.exists()


def test_the_databases_eraser_obeys_an_erasure_that_is_due_and_no_other(cast: Cast) -> None:
    made = factories.record(cast)
    asked = of_cleo(cast)
    erase = "SELECT littlefoot_erase(%s, 'tracking_massagesession', 'id', %s)"
    keys = [made.session.pk]
    with rls.acting_as(system="seeding"), pytest.raises(Error, match="an erasure that is due"):
        attempt(erase, asked.pk, keys)
    with rls.acting_as(system="erasing"):
        with pytest.raises(Error, match="an erasure that is due"):
            attempt(erase, uuid.uuid4(), keys)
        Erasure.objects.filter(pk=asked.pk).update(called_off_at=rls.now())
        with pytest.raises(Error, match="an erasure that is due"):
            attempt(erase, asked.pk, keys)
        Erasure.objects.filter(pk=asked.pk).update(called_off_at=None)
        attempt(erase, asked.pk, keys)
    assert not MassageSession.objects.exists()


def test_an_erasure_reaches_no_row_of_another_clinic(cast: Cast) -> None:
    elsewhere = factories.session(cast.cody, by=cast.dana)
    asked = of_cleo(cast)
    with rls.acting_as(system="erasing"):
        attempt("SELECT littlefoot_erase(%s, 'tracking_massagesession', 'id', %s)", asked.pk, [elsewhere.pk])
    assert MassageSession.objects.filter(pk=elsewhere.pk).exists()


def test_even_an_erasure_leaves_the_audit_alone(cast: Cast) -> None:
    audit.record(AuditCode.INVITED, by=cast.tess, now=rls.now(), clinic_id=cast.harbor.pk)
    asked = of_cleo(cast)
    kept = AuditEvent.objects.filter(code=AuditCode.INVITED)
    with rls.acting_as(system="erasing"), pytest.raises(Error, match="never changed"):
        attempt("SELECT littlefoot_erase(%s, 'clinic_auditevent', 'id', %s)", asked.pk, [kept.get().pk])
    assert kept.exists()

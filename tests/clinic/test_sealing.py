"""The audit is sealed behind its writers, and whatever is done to it afterwards is found."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from clinic import rls
from clinic.chain import Fault
from clinic.jobs import as_system
from clinic.models import AuditEvent, AuditSeal, Clinic
from clinic.models.clinics import new_id
from clinic.services import audit_sealing
from clinic.vocabulary import AuditCode
from tests import database
from tests.cast import Cast
from tests.clinic.sealing import above_all_rules, at_place, head, seal, seal_anew, verified, write, written_to
from tests.clinic.writing_and_sealing import write_and_seal

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "audit-chain.md"


@pytest.fixture
def sealed(live_cast: Cast) -> Cast:
    """Eight rows of Harbor Lane, sealed in two goes, and two of Elsewhere."""
    write(live_cast.tess, live_cast.harbor, rows=5)
    write(live_cast.tova, live_cast.elsewhere, rows=2)
    seal()
    write(live_cast.otto, live_cast.harbor, rows=3)
    seal()
    return live_cast


def test_each_clinic_has_a_chain_and_what_is_nobodys_one_too(sealed: Cast) -> None:
    write(sealed.fay, None)
    seal()
    seal()
    assert [verified(clinic).head.position for clinic in (sealed.harbor, sealed.elsewhere, None)] == [8, 2, 1]
    assert [verified(clinic).findings for clinic in (sealed.harbor, sealed.elsewhere, None)] == [(), (), ()]


def test_what_an_open_transaction_may_still_write_holds_the_sealer_up(live_cast: Cast) -> None:
    with psycopg.connect(database_url()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
        write(live_cast.tess, live_cast.harbor)
        seal()
        report = verified(live_cast.harbor)
        assert (report.head.position, report.unsealed) == (0, 1)
        assert report.unsealed_since is not None
    seal()
    report = verified(live_cast.harbor)
    assert (report.head.position, report.unsealed, report.unsealed_since) == (1, 0, None)


def database_url() -> str:
    settings = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=settings["NAME"],
    )


def test_a_second_sealer_leaves_a_chain_that_is_taken(live_cast: Cast) -> None:
    write(live_cast.tess, live_cast.harbor)
    with psycopg.connect(database_url()) as other, other.cursor() as cursor:
        lock = f"chain of {live_cast.harbor.pk}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
        seal()
        assert verified(live_cast.harbor).head.position == 0
    seal()
    assert verified(live_cast.harbor).head.position == 1


def test_rows_that_were_brought_from_another_server_are_sealed_first(live_cast: Cast) -> None:
    write(live_cast.tess, live_cast.harbor, rows=2)
    with above_all_rules() as cursor:
        cursor.execute("UPDATE clinic_auditevent SET written_in = '9000000000' WHERE clinic_id IS NOT NULL")
    write(live_cast.tess, live_cast.harbor, code=AuditCode.RENEWED_INVITATION)
    seal()
    seal()
    write(live_cast.tess, live_cast.harbor)
    seal()
    assert verified(live_cast.harbor).head.position == written_to(live_cast.harbor) == 4
    assert not verified(live_cast.harbor).findings
    with rls.acting_as(system="seeding"), transaction.atomic():
        third = AuditEvent.objects.get(pk=at_place(3, live_cast.harbor))
    assert third.code == AuditCode.RENEWED_INVITATION


def test_eight_writers_and_two_sealers_make_no_fork(live_cast: Cast) -> None:
    people = [live_cast.tess, live_cast.otto]
    outcome = write_and_seal(people, [live_cast.harbor, live_cast.elsewhere, None], seconds=4)
    assert outcome.rows == outcome.seals > 50
    assert (outcome.forks, outcome.gaps, outcome.faults, outcome.out_of_order) == (0, 0, 0, 0), str(outcome)


# ---- who may ----------------------------------------------------------------------------------------------


def test_nobody_but_the_sealer_writes_a_seal(cast: Cast) -> None:
    row = AuditSeal(
        event_id=new_id(),
        clinic_id=cast.harbor.pk,
        position=1,
        digest="0" * 64,
        written_in=1,
        sealed_at=rls.now(),
    )
    with rls.acting_as(cast.otto), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        row.save(force_insert=True)
    with as_system(audit_sealing.JOB):
        row.save(force_insert=True)
    with rls.acting_as(cast.otto):
        assert AuditSeal.objects.count() == 1
    with rls.acting_as(cast.tess):
        assert not AuditSeal.objects.exists()


@pytest.mark.parametrize(
    "statement", ["UPDATE clinic_auditseal SET position = 9", "DELETE FROM clinic_auditseal"]
)
def test_a_seal_is_never_changed(cast: Cast, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
    put = "INSERT INTO clinic_auditseal VALUES (gen_random_uuid(), NULL, 1, '', '1', now())"
    with pytest.raises(psycopg.errors.RestrictViolation), database.as_owner() as cursor:
        cursor.execute(f"{put}; {statement}")


# ---- what is done to it ------------------------------------------------------------------------------------


def edit(cursor: psycopg.Cursor, clinic: Clinic) -> None:
    cursor.execute("UPDATE clinic_auditevent SET actor_id = NULL WHERE id = %s", [at_place(4, clinic)])


def delete(cursor: psycopg.Cursor, clinic: Clinic) -> None:
    row = at_place(4, clinic)
    cursor.execute("DELETE FROM clinic_auditevent WHERE id = %s", [row])


def delete_with_seal(cursor: psycopg.Cursor, clinic: Clinic) -> None:
    row = at_place(4, clinic)
    cursor.execute("DELETE FROM clinic_auditevent WHERE id = %s", [row])
    cursor.execute("DELETE FROM clinic_auditseal WHERE event_id = %s", [row])


def insert_sealed(cursor: psycopg.Cursor, clinic: Clinic) -> None:
    cursor.execute(
        "UPDATE clinic_auditseal SET position = position + 100"
        " WHERE clinic_id = %(clinic)s AND position >= 4;"
        " UPDATE clinic_auditseal SET position = position - 99"
        " WHERE clinic_id = %(clinic)s AND position > 100;"
        " INSERT INTO clinic_auditevent (id, clinic_id, at, code, subject_kind, detail)"
        " VALUES ('01980000-0000-7000-8000-0000000000f0', %(clinic)s, now(), 'invited', '', '');"
        " INSERT INTO clinic_auditseal VALUES"
        " ('01980000-0000-7000-8000-0000000000f0', %(clinic)s, 4, repeat('ab', 32), '3', now())".replace(
            "%(clinic)s", f"'{clinic.pk}'"
        )
    )


def insert_unsealed(cursor: psycopg.Cursor, clinic: Clinic) -> None:
    """A row that claims to be of the transaction which wrote the third."""
    cursor.execute(
        "INSERT INTO clinic_auditevent (id, clinic_id, at, code, subject_kind, detail, written_in)"
        " SELECT '01980000-0000-7000-8000-0000000000f0', clinic_id, at, code, '', '', written_in"
        " FROM clinic_auditevent WHERE id = %s",
        [at_place(4, clinic)],
    )


Attack = Callable[[psycopg.Cursor, Clinic], None]
ATTACKS: dict[Attack, tuple[Fault, set[int]]] = {
    edit: (Fault.EDITED, {4}),
    delete: (Fault.DELETED, {4}),
    delete_with_seal: (Fault.DELETED, {4}),
    insert_sealed: (Fault.INSERTED, {4}),
    insert_unsealed: (Fault.INSERTED, {0, 5}),
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_what_an_owner_of_the_database_does_is_found_and_said_where(sealed: Cast, attack: Attack) -> None:
    kept = head(sealed.harbor)
    with above_all_rules() as cursor:
        attack(cursor, sealed.harbor)
    fault, places = ATTACKS[attack]
    seal()
    findings = verified(sealed.harbor).findings
    assert {one.fault for one in findings} == {fault}
    assert {one.position for one in findings} <= places
    assert not verified(sealed.elsewhere).findings
    with above_all_rules() as cursor:
        seal_anew(cursor, sealed.harbor)
    if attack is not insert_unsealed:  # never sealed, so no sealing anew could hide it
        assert not verified(sealed.harbor).findings, "nobody can tell, without a head that was kept"
    (*_, found) = verified(sealed.harbor, kept).findings
    assert found.fault in {Fault.RECHAINED, Fault.CUT, Fault.INSERTED}


def test_rows_cut_off_the_end_are_found_against_a_kept_head(sealed: Cast) -> None:
    kept = head(sealed.harbor)
    with above_all_rules() as cursor:
        rows = (at_place(7, sealed.harbor), at_place(8, sealed.harbor))
        for row in rows:
            cursor.execute("DELETE FROM clinic_auditevent WHERE id = %s", [row])
            cursor.execute("DELETE FROM clinic_auditseal WHERE event_id = %s", [row])
    assert not verified(sealed.harbor).findings
    assert [(one.fault, one.position) for one in verified(sealed.harbor, kept).findings] == [(Fault.CUT, 8)]


# ---- the commands ------------------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_commands_export_heads_and_find_what_was_done(sealed: Cast, tmp_path: Path) -> None:
    heads = tmp_path / "heads"
    heads.write_text(run("export_audit_heads"))
    assert json.loads(heads.read_text().splitlines()[0])["position"] in (2, 8)
    told = run("verify_audit", "--heads", str(heads))
    assert "harbor: sound, 8 sealed, 0 waiting" in told
    assert "nobody's clinic: sound, 0 sealed" in told
    with above_all_rules() as cursor:
        edit(cursor, sealed.harbor)
        seal_anew(cursor, sealed.harbor)
    assert "harbor: sound" in run("verify_audit", "--clinic", "harbor")
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", "--clinic", "harbor", "--heads", str(heads), stdout=out)
    assert refused.value.returncode == 1
    assert re.search(
        r"harbor: NOT SOUND, 8 sealed.*\n  place 8 \(row [0-9a-f-]{36}\) is not the one", out.getvalue()
    )


def test_an_outsider_verifies_an_export_with_the_documents_program(sealed: Cast, tmp_path: Path) -> None:
    (found,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    program = tmp_path / "verify.py"
    program.write_text(found)
    kept = head(sealed.harbor).head

    def outsider(export: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(program), str(kept.position), kept.digest]
        return subprocess.run(command, input=export, capture_output=True, text=True, check=False)

    export = run("export_audit", "harbor")
    assert outsider(export).stdout == "sound, 8 rows\n"
    assert outsider(export.replace("invited", "revoked_invitation", 1)).stderr == "not sound at 1\n"
    with above_all_rules() as cursor:
        edit(cursor, sealed.harbor)
        seal_anew(cursor, sealed.harbor)
    assert outsider(run("export_audit", "harbor")).stderr == "not the chain whose head was kept at 8\n"

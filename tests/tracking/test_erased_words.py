"""After an erasure the words are nowhere: in no dump of the database, in no file, not in Valkey."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client

from clinic import audit, jobs, rls
from clinic.models import CaregiverGrant, Child, Clinic, Family, Invitation, User
from clinic.services import audit_sealing, audit_verifying
from clinic.tasks import seal_audit
from clinic.vocabulary import AuditCode, GrantKind
from config.celery import app
from config.embedded.processes import service_account
from config.embedded.programs import find_postgres
from tests import factories, processes
from tests.cast import Cast, planted, planted_email
from tests.tracking.erasures import carry_out, due_erasure
from tracking.models import ConcernPhoto, FamilyWords, Report, ReportState
from tracking.vocabulary.erasure import ErasureOf

WORD = re.compile(r"planted-[a-z0-9-]+?-word\b")


def dump() -> str:
    """The whole database as its superuser copies it."""
    program = find_postgres(service_account()).folder / "pg_dump"
    done = subprocess.run(
        [program, "--dbname", os.environ["LITTLEFOOT_TEST_SUPERUSER_URL"]],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def valkey() -> str:
    """Every key and value of the broker and cache, task messages unpacked."""
    client = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    return "\n".join(_values(client))


def _values(client: redis.Redis) -> Iterator[str]:
    for key in client.scan_iter():
        yield key.decode(errors="replace")
        match client.type(key):
            case b"string":
                yield client.get(key).decode(errors="replace")
            case b"list":
                for message in client.lrange(key, 0, -1):
                    yield message.decode(errors="replace")
                    yield base64.b64decode(json.loads(message)["body"]).decode(errors="replace")
            case b"hash":
                yield repr(client.hgetall(key))
            case b"set":
                yield repr(client.smembers(key))
            case b"zset":
                yield repr(client.zrange(key, 0, -1))


def stored() -> str:
    folder = Path(settings.MEDIA_ROOT)
    return "\n".join(path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file())


def words(text: str) -> set[str]:
    return set(WORD.findall(text))


def a_file_of(kind: str) -> str:
    name: str = default_storage.save(f"{kind}/of-cleo", ContentFile(planted(f"cleo-{kind}").encode()))
    return name


def live_through(cast: Cast, sign_in: Callable[[User], Client]) -> None:
    """Give Cleo's record one of everything, an earlier state of things, files, visits of pages, messages."""
    with rls.acting_as(system="seeding"), transaction.atomic():
        made = factories.record(cast)
        Child.objects.filter(pk=cast.cleo.pk).update(nickname=planted("cleo-old-nickname"))
        Child.objects.filter(pk=cast.cleo.pk).update(nickname=cast.cleo.nickname)
        Family.objects.filter(pk=cast.fays_home.pk).update(contact_email=cast.fay.email)
        CaregiverGrant.objects.filter(user=cast.fay).update(basis=planted("fay-basis"))
        FamilyWords.objects.filter(pk=made.words.pk).update(recording=a_file_of("old-recording"))
        FamilyWords.objects.filter(pk=made.words.pk).update(recording=a_file_of("recording"))
        ConcernPhoto.objects.filter(pk=made.photo.pk).update(file_name=a_file_of("photo"))
        Report.objects.filter(pk=made.report.pk).update(
            state=ReportState.READY, file_name=a_file_of("report"), content_sha256="0" * 64
        )
        Invitation.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            family=cast.fays_home,
            kind=GrantKind.CAREGIVER,
            email=planted_email("cleo-invited"),
            relationship=planted("cleo-aunt"),
            token_hash="0" * 64,
            invited_by=cast.tess,
            created_at=rls.now(),
            expires_at=rls.now(),
        )
    app.send_task("tracking.tasks.make_report", kwargs={"report_id": str(made.report.pk)})
    for user in (cast.fay, cast.tess):
        assert sign_in(user).get("/", follow=True).status_code == 200


def erase(clinic: Clinic, subject: ErasureOf, subject_id: uuid.UUID, *, by: User, confirmed_by: User) -> None:
    with transaction.atomic():
        due_erasure(clinic, subject, subject_id, by=by, confirmed_by=confirmed_by)
    assert len(carry_out()) == 1


@pytest.fixture
def empty_folder(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    processes.forget_tasks()
    return tmp_path


def test_of_an_erased_child_no_word_is_left_anywhere(
    live_cast: Cast,
    empty_folder: Path,
    sign_in: Callable[[User], Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    cast = live_cast
    at_first = words(dump())
    hers = {word for word in at_first if re.match(r"planted-(cleo|fay|fays|greg|gregs|nan|rex)-", word)}
    assert len(hers) > 15
    live_through(cast, sign_in)
    with transaction.atomic():
        factories.session(cast.fern, by=cast.finn, note=planted("ferns-own"))
    with_everything = words(dump())
    assert len(with_everything - at_first) > 25
    assert len(words(stored())) == 4
    erase(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.theo)

    copy = dump()
    of_others = {
        "fern-contact-others",
        "fern-contact-shared",
        "fern-contact-private",
        "class-title",
        "supervision",
        "ferns-own",
    }
    assert words(copy) == (at_first - hers) | {planted(name) for name in of_others}
    assert "Cleo" not in copy
    assert str(cast.cleo.pk) in copy, "the audit and the erasure itself know the id still"
    assert words(stored()) == set()
    assert not hers & words(valkey())
    assert "planted-cleo" not in valkey()
    assert words(caplog.text) == set()


def test_of_an_erased_person_no_word_is_left_though_what_they_logged_is(
    live_cast: Cast, empty_folder: Path, sign_in: Callable[[User], Client], caplog: pytest.LogCaptureFixture
) -> None:
    cast = live_cast
    live_through(cast, sign_in)
    hers = {word for word in words(dump()) if word.startswith("planted-fay-")} | {planted("family-words")}
    assert {planted("fay-name"), planted("fay"), planted("fay-check-in"), planted("fay-basis")} <= hers
    erase(cast.harbor, ErasureOf.PERSON, cast.fay.pk, by=cast.otto, confirmed_by=cast.theo)

    copy = dump()
    assert not hers & words(copy)
    assert planted("entry-note") in copy
    assert planted("cleo-nickname") in copy
    assert {planted("cleo-photo"), planted("cleo-report")} == words(stored())
    assert not hers & words(valkey() + caplog.text)


def test_the_audit_keeps_the_ids_of_who_was_erased_and_its_chain_still_verifies(
    live_cast: Cast, empty_folder: Path
) -> None:
    cast = live_cast
    with rls.acting_as(cast.fay), transaction.atomic():
        audit.record_read(
            AuditCode.VIEWED_CHILD, by=cast.fay, now=rls.now(), clinic_id=cast.harbor.pk, child=cast.cleo
        )
    seal_audit()
    before = dump().count(str(cast.fay.pk))
    with jobs.as_system(audit_sealing.JOB) as now:
        kept = audit_verifying.head(cast.harbor.pk, now=now)
    erase(cast.harbor, ErasureOf.PERSON, cast.fay.pk, by=cast.otto, confirmed_by=cast.theo)
    erase(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.theo)
    seal_audit()
    assert 0 < dump().count(str(cast.fay.pk)) < before
    with jobs.as_system(audit_sealing.JOB):
        looked = audit_verifying.verify(cast.harbor.pk, kept=[kept])
    assert (looked.findings, looked.unsealed) == ((), 0)
    assert looked.head.position > kept.head.position > 0

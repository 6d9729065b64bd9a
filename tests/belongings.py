"""What addresses name beside the usual record (tests/factories/): one of each, so that rows are not empty.

Whoever the table lets do something finds here what it is done to; a row that is refused to everybody shows
nothing (tests/architecture/test_access.py).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import secrets
import uuid
import zipfile

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from pypdf import PdfWriter

from clinic import files, rls
from clinic.models import Clinic, Invitation, User
from clinic.models.clinics import new_id
from clinic.vocabulary import FileKind, GrantKind
from tests import factories
from tests.cast import make_id
from tests.factories import Around, said
from tracking.models import (
    ClassPlace,
    ClinicClosure,
    ConcernPhoto,
    CopyFor,
    ExportState,
    GoalRating,
    Note,
    Preset,
    ProgramPause,
    PushSubscription,
    RecordHold,
    ReportState,
    ServiceLabel,
    StimulusDay,
    Strategy,
    Stroke,
    StrokeMedia,
    TrackedStimulus,
)
from tracking.vocabulary.touch import Stimulus

SHOWN = "toe-rolls"
SAID = "leg-long-glide"
"""Strokes of a program: one that a clinic has a picture of, one that a household says its own words with."""


def of_child(record: factories.Record, around: Around) -> dict[str, object]:
    """By placeholder, what belongs to a child beside its record."""
    child, therapist, guardian = around.child, around.therapist, around.guardian
    with rls.acting_as(therapist, system="seeding"):
        now = rls.now()
        goal = factories.goal(child, by=therapist)
        GoalRating.objects.create(
            clinic=child.clinic,
            goal=goal,
            level=-1,
            on=now.date(),
            by=therapist,
            at=now,
            note=said(child, "rating-note"),
        )
        tracked = TrackedStimulus.objects.create(
            clinic=child.clinic,
            child=child,
            stimulus=Stimulus.SUNSCREEN_LOTION,
            from_on=now.date(),
            created_by=therapist,
        )
        entry = factories.entry_fields(child, by=guardian)
        day = StimulusDay.objects.create(**entry, tracked_stimulus=tracked, came_up=True)
        routine = factories.program(child, by=therapist, strokes=(SHOWN, SAID))
        pause = ProgramPause.objects.create(
            clinic=child.clinic,
            program=record.program,
            from_on=now.date() - dt.timedelta(days=15),
            until_on=now.date() - dt.timedelta(days=14),
            reason="travel",
            by=therapist,
            at=now,
        )
        drawn = files.save(FileKind.PHOTO, _picture())
        ConcernPhoto.objects.filter(pk=record.photo.pk).update(file_name=drawn)
        spoken = factories.family_words(
            child,
            by=guardian,
            family=around.home,
            about="verse_tummy",
            words="",
            recording=_voice(),
            is_shared=True,
        )
        invitation = Invitation.objects.create(
            clinic=child.clinic,
            child=child,
            family=around.home,
            kind=GrantKind.CAREGIVER,
            token_hash=secrets.token_hex(32),
            invited_by=guardian,
            created_at=now,
            expires_at=now + dt.timedelta(days=7),
        )
        reports = _reports(around, now)
        copy = factories.record_export(
            child,
            by=therapist,
            copy_for=CopyFor.CLINIC,
            state=ExportState.READY,
            finished_at=now,
            expires_at=now + dt.timedelta(days=1),
            file_name=files.save(FileKind.ARCHIVE, _archive()),
            content_sha256="0" * 64,
        )
    return {
        "goal": goal.client_id,
        "goal_row": goal.pk,
        "rating": make_id(),
        "assessment": factories.assessment(child, by=therapist).client_id,
        "stimulus": tracked.pk,
        "stimulus_day": day.client_id,
        "routine": routine.pk,
        "pause": pause.pk,
        "spoken": spoken.pk,
        "spoken_about": spoken.about,
        "said": SAID,
        "invitation": invitation.pk,
        "twin": factories.session(child, by=guardian).client_id,
        "of_contact": Note.objects.get(about_contact=record.contact, is_private=False).pk,
        "class_place": ClassPlace.objects.get(child=child, group_class=record.class_date.group_class_id).pk,
        "export": factories.record_export(child, by=guardian).pk,
        "clinic_copy": copy.pk,
        **reports,
    }


def _reports(around: Around, now: dt.datetime) -> dict[str, object]:
    """One that is signed, shared and added to, and one that waits for a signature."""
    paper = _paper()
    made = {
        "state": ReportState.READY,
        "progress_percent": 100,
        "finished_at": now,
        "content_sha256": hashlib.sha256(paper).hexdigest(),
    }
    by = around.therapist
    signed = factories.report(
        around.child,
        by=by,
        is_shared=True,
        file_name=files.save(FileKind.REPORT, paper),
        signed_by=by,
        signed_at=now,
        **made,
    )
    factories.addendum(signed, by=by)
    unsigned = factories.report(around.child, by=by, file_name=files.save(FileKind.REPORT, paper), **made)
    return {"report": signed.pk, "unsigned": unsigned.pk}


def of_clinic(around: Around) -> dict[str, object]:
    """By placeholder, what is of a child's clinic and of no child; the record held is another's there."""
    clinic, by, owner = around.child.clinic, around.therapist, around.owner
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        label = ServiceLabel.objects.create(clinic=clinic, name="Sensory diet")
        strategy = Strategy.objects.create(
            clinic=clinic,
            name="A firm hold first",
            text="Hold the foot before you stroke it.",
            stimuli=[Stimulus.OTHER],
            created_by=by,
            created_at=now,
        )
        closure = ClinicClosure.objects.create(
            clinic=clinic,
            from_on=now.date() + dt.timedelta(days=120),
            until_on=now.date() + dt.timedelta(days=121),
            set_by=owner,
            set_at=now,
        )
        media = StrokeMedia.objects.create(
            clinic=clinic,
            stroke=Stroke.objects.get(clinic=None, slug=SHOWN),
            kind=FileKind.PHOTO,
            file_name=files.save(FileKind.PHOTO, _picture()),
            alt_text="A thumb on a toe",
            uploaded_by=by,
            uploaded_at=now,
        )
        held = around.class_mates[0] if around.class_mates else around.child
        hold = RecordHold.objects.create(
            clinic=clinic, child=held, reason="A court asked.", set_by=owner, set_at=now
        )
        browser = PushSubscription.objects.create(
            user=around.guardian,
            endpoint_hash=secrets.token_hex(32),
            provider="push.example",
            secret="nobodys",
            device="A phone",
            made_at=now,
        )
        return {
            "label": label.pk,
            "clinic_strategy": strategy.pk,
            "closure": closure.pk,
            "media": media.pk,
            "hold": hold.pk,
            "browser": browser.pk,
            "own_stroke": _own_stroke(clinic, by).pk,
            "own_preset": _own_preset(clinic, by).pk,
            "clinic_report": factories.clinic_report(clinic, by=owner).pk,
        }


def _own_stroke(clinic: Clinic, by: User) -> Stroke:
    """A stroke of the clinic's, as one that is built in."""
    like = Stroke.objects.select_related("current_version").get(clinic=None, slug=SHOWN)
    version = like.current_version
    words = list(version.words.all())
    own = Stroke.objects.create(clinic=clinic, slug="our-own")
    version.pk, version.clinic, version.stroke, version.created_by = new_id(), clinic, own, by
    version.save(force_insert=True)
    for row in words:
        row.pk, row.clinic, row.version = new_id(), clinic, version
        row.save(force_insert=True)
    own.current_version = version
    own.save()
    return own


def _own_preset(clinic: Clinic, by: User) -> Preset:
    preset = Preset.objects.get(clinic=None, slug="bedtime-calm")
    words = list(preset.words.all())
    preset.pk, preset.clinic, preset.slug, preset.created_by = new_id(), clinic, "our-own", by
    preset.save(force_insert=True)
    for row in words:
        row.pk, row.clinic, row.preset = new_id(), clinic, preset
        row.save(force_insert=True)
    return preset


def _voice() -> str:
    name = f"{FileKind.RECORDING}/{uuid.uuid4().hex}.m4a"
    return str(default_storage.save(name, ContentFile(b"of a voice")))


def _archive() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("manifest.json", "{}")
    return kept.getvalue()


def _paper() -> bytes:
    kept, paper = io.BytesIO(), PdfWriter()
    paper.add_blank_page(72, 72)
    paper.write(kept)
    return kept.getvalue()


def _picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (2, 2)).save(kept, "PNG")
    return kept.getvalue()

"""A clinic's own pictures and clips of strokes, in order, and the file of one that may be seen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Q

from clinic.errors import Unseen
from clinic.models import Child, Clinic, User
from tracking.models import HomeProgram, MediaState, ProgramStep, StrokeMedia
from tracking.wording.errors import sentence_of_code


@dataclass(frozen=True, slots=True)
class MediaCard:
    """A picture or clip where it is put in order; `failure` says why a clip cannot be shown."""

    id: uuid.UUID
    kind: str
    alt_text: str
    language: str
    state: str
    failure: str
    is_first: bool
    is_last: bool

    @property
    def is_ready(self) -> bool:
        return self.state == MediaState.READY

    @property
    def is_under_way(self) -> bool:
        return self.state in (MediaState.WAITING, MediaState.WORKING)


def media_of_stroke(clinic: Clinic, stroke_id: uuid.UUID) -> tuple[MediaCard, ...]:
    """Everything the clinic has put to a stroke, in order, whatever has become of it."""
    rows = list(StrokeMedia.objects.filter(clinic=clinic, stroke=stroke_id).in_order())
    return tuple(
        MediaCard(
            id=row.pk,
            kind=row.kind,
            alt_text=row.alt_text,
            language=row.language,
            state=row.state,
            failure=sentence_of_code(row.failure_code) if row.failure_code else "",
            is_first=place == 0,
            is_last=place == len(rows) - 1,
        )
        for place, row in enumerate(rows)
    )


def media_item(clinic: Clinic, pk: uuid.UUID) -> StrokeMedia:
    """A picture or clip of the clinic's, whatever has become of it. Raises Unseen."""
    row = StrokeMedia.objects.filter(clinic=clinic, pk=pk).select_related("clinic").first()
    if row is None:
        raise Unseen
    return row


def file_in_library(clinic: Clinic, pk: uuid.UUID) -> str:
    """The stored name of a picture or clip, for somebody who may look into the clinic's library.

    Raises Unseen, also for a clip that cannot be shown yet.
    """
    return _file_of(StrokeMedia.objects.filter(clinic=clinic, pk=pk).ready().first())


def file_in_programs(user: User, child: Child, pk: uuid.UUID) -> str:
    """The stored name of a picture or clip of a stroke in the programs of a child that this person reads.

    What stands in a draft alone is the team's. Raises Unseen, also for a clip that cannot be shown yet.
    """
    team = Child.objects.on_team_of(user).values("pk")
    steps = ProgramStep.objects.filter(
        Q(version__published_at__isnull=False) | Q(version__program__child__in=team),
        version__program__in=HomeProgram.objects.visible_to(user).filter(child=child),
    )
    shown = StrokeMedia.objects.filter(
        clinic=child.clinic_id, stroke__in=steps.values("stroke_version__stroke"), pk=pk
    )
    return _file_of(shown.ready().first())


def _file_of(row: StrokeMedia | None) -> str:
    if row is None:
        raise Unseen
    return row.file_name

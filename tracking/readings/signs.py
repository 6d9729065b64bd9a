"""The child's own signs as a reader may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clinic.models import Child, User
from tracking.models import ChildSign
from tracking.models.signs import ChildSignQuerySet
from tracking.models.supervision import is_unsigned
from tracking.vocabulary.cues import SignMeaning


@dataclass(frozen=True, slots=True)
class SignReading:
    """A sign. `cue` is what stands for it, empty: none; one that `is_draft` waits for a signature."""

    id: uuid.UUID
    asks_for: SignMeaning
    words: str
    language: str
    cue: str
    is_draft: bool
    retired_at: dt.datetime | None


def signs_of(user: User, child: Child) -> tuple[SignReading, ...]:
    """Those in use that `user` may see, in their order; one statement."""
    rows = ChildSign.objects.visible_to(user).current().filter(child=child)
    return _read(rows)


def retired_signs_of(user: User, child: Child) -> tuple[SignReading, ...]:
    """Those of before, latest first; one statement."""
    rows = ChildSign.objects.visible_to(user).filter(child=child, retired_at__isnull=False)
    return _read(rows.order_by("-retired_at", "-id"))


def sign_reading(sign: ChildSign, *, is_draft: bool = False) -> SignReading:
    return SignReading(
        id=sign.client_id,
        asks_for=SignMeaning(sign.asks_for),
        words=sign.words,
        language=sign.language,
        cue=sign.cue,
        is_draft=is_draft,
        retired_at=sign.retired_at,
    )


def _read(rows: ChildSignQuerySet) -> tuple[SignReading, ...]:
    annotated = rows.annotate(is_draft=is_unsigned(ChildSign))
    return tuple(sign_reading(sign, is_draft=vars(sign)["is_draft"]) for sign in annotated)

"""Messages in a child's thread, between its guardians and its care team."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Greatest

from clinic import audit
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid
from clinic.models import Child, User
from clinic.models.clinics import new_id
from clinic.policy import places
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Message, ThreadRead
from tracking.models.notices import NoticeKind
from tracking.services.telling import tell

LONGEST_MESSAGE = 5000


@dataclass(frozen=True, slots=True)
class Sent:
    """The message, and whether this send only repeated one that had come before."""

    message: Message
    is_replay: bool


@transaction.atomic
def send_message(
    *,
    by: User,
    child: Child,
    client_id: uuid.UUID,
    body: str,
    language: str = "",
    about_entry: uuid.UUID | None = None,
    now: dt.datetime,
) -> Sent:
    """A message in the child's thread; the same id and words again are a replay.

    `language` empty: the one its author reads.

    Raises Forbidden, Invalid (field `body`), IdAlreadyUsed (409) for the same id with other words.
    """
    if not policy.may_send_message(by, child):
        raise Forbidden
    if not body.strip() or len(body) > LONGEST_MESSAGE:
        raise Invalid(field="body", allowed="length", least=1, most=LONGEST_MESSAGE)
    message = Message(
        clinic_id=child.clinic_id,
        child=child,
        client_id=client_id,
        author=by,
        is_from_staff=places(by, child).is_team,
        body=body,
        language=values.written_in(language, by),
        about_entry=about_entry,
        sent_at=now,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    kept = Message.objects.get(child=child, client_id=client_id)
    if kept.pk != message.pk:
        if (kept.author_id, kept.body, kept.about_entry) != (by.pk, body, about_entry):
            raise IdAlreadyUsed(field="id")
        return Sent(kept, is_replay=True)
    mark_thread_read(by=by, child=child, until=now)
    audit.record(
        AuditCode.SENT_MESSAGE, by=by, now=now, clinic_id=child.clinic_id, child=child, subject=message
    )
    tell(
        kind=NoticeKind.MESSAGE,
        clinic_id=child.clinic_id,
        child_id=child.pk,
        subject_id=message.pk,
        is_to_staff=not message.is_from_staff,
        by=by,
        now=now,
    )
    return Sent(message, is_replay=False)


@transaction.atomic
def mark_thread_read(*, by: User, child: Child, until: dt.datetime) -> None:
    """Remember that `by` has read the thread up to `until`; never back. Raises Forbidden."""
    if not policy.may_view_messages(by, child):
        raise Forbidden
    read = ThreadRead(id=new_id(), clinic_id=child.clinic_id, child=child, user=by, read_until=until)
    ThreadRead.objects.bulk_create([read], ignore_conflicts=True)
    ThreadRead.objects.filter(child=child, user=by, read_until__lt=until).update(
        read_until=Greatest("read_until", until)
    )

"""What every kind of entry has in common: what is sent, what is answered, and the addresses it is found at.

    GET    /children/{child}/sessions               one page, newest day first
    PUT    /children/{child}/sessions/{id}          new under an id of one's own making, or revised
    GET    /children/{child}/sessions/{id}
    PUT    /children/{child}/sessions/{id}/withdrawal     it counts nowhere from now on; DELETE undoes that
    PUT    /children/{child}/sessions/{id}/confirmation   what was odd about it is right

The same body under the same id again is answered alike with 200; another body is 409 unless it names the
revision it changes. A revision of what somebody changed meanwhile is kept too, and flagged `needs_review`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import (
    DayField,
    IdField,
    Input,
    InstantField,
    LanguageField,
    TextField,
    WholeField,
    ZoneField,
)
from api.pagination import PageQuery, page_of, seal, unseal
from api.resources import Resource
from clinic.errors import Unseen
from clinic.models import CaregiverGrant
from clinic.vocabulary import AuditCode
from tracking.models import EntryDoor
from tracking.readings import entries, sight
from tracking.readings.entries import SeenEntry
from tracking.services import revising
from tracking.services.quarantining import GrantRevoked, quarantine_entry
from tracking.services.recording import Answer, Recorded
from tracking.sync.bodies import EntryBody, EntryKind
from tracking.sync.quarantine import BODIES
from tracking.vocabulary.programs import EntrySource, EntryState, PartOfDay, Precision

MOST_REVISIONS = 10_000
LONGEST_NOTE = 5000
LONGEST_NAME = 120

COMMON = (
    "occurred_at",
    "precision",
    "part_of_day",
    "zone",
    "sent_at",
    "source",
    "told_by_grant",
    "told_by_name",
    "note",
    "language",
)


class EntryIn(Input):
    """What every entry may say."""

    base_revision = WholeField(
        min_value=1,
        max_value=MOST_REVISIONS,
        required=False,
        allow_null=True,
        default=None,
        help_text="Number of the revision that is changed, from 1; absent for a new entry.",
    )
    occurred_at = InstantField(
        help_text="By the device's clock; not known to the minute, any instant of the day."
    )
    precision = serializers.ChoiceField([str(one) for one in Precision], default=str(Precision.MINUTE))
    part_of_day = serializers.ChoiceField(
        [str(one) for one in PartOfDay],
        default="",
        allow_blank=True,
        help_text="With precision `part_of_day`, and only then.",
    )
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a name of ours
        [str(one) for one in EntrySource], default=str(EntrySource.APP), help_text="How the family told it."
    )
    told_by_grant = IdField(
        required=False,
        allow_null=True,
        default=None,
        help_text="For staff: the grant of the caregiver who told it.",
    )
    told_by_name = TextField(
        max_length=LONGEST_NAME,
        default="",
        help_text="Who told it, where that is somebody without an account.",
    )
    zone = ZoneField(
        required=False, allow_null=True, default=None, help_text="Where it happened; absent: the household's."
    )
    sent_at = InstantField(
        required=False,
        allow_null=True,
        default=None,
        help_text="What the device's clock shows now. It places an entry whose time cannot have been.",
    )
    note = TextField(max_length=LONGEST_NOTE, default="")
    language = LanguageField(default="", help_text="Of the words in it; empty: the one you read.")


class ByOut(serializers.Serializer[Any]):
    """Who logged it, as far as the reader may know."""

    shown_as = serializers.ChoiceField(["you", "name", "role", "hidden"])
    role = serializers.ChoiceField(["guardian", "caregiver", "care_team"], allow_null=True)
    name = serializers.CharField(allow_blank=True, help_text="Empty where only the role is shown.")


class EntryOut(serializers.Serializer[Any]):
    """What every entry answers. Of another household's entry `zone` and `received_at` are null and instants
    are what the wall showed, without offset.
    """

    id = serializers.UUIDField()
    revision = serializers.IntegerField()
    state = serializers.ChoiceField([str(one) for one in EntryState])
    program_version = serializers.UUIDField(allow_null=True)
    slot = serializers.IntegerField(
        allow_null=True, help_text="The number of the slot of the day it names, from 1; null: none."
    )
    occurred_at = serializers.CharField(help_text="An instant in UTC, or wall time without offset.")
    precision = serializers.ChoiceField([str(one) for one in Precision])
    part_of_day = serializers.ChoiceField(["", *(str(one) for one in PartOfDay)])
    zone = serializers.CharField(allow_null=True)
    local_day = serializers.DateField()
    received_at = serializers.DateTimeField(allow_null=True)
    source = serializers.ChoiceField([str(one) for one in EntrySource])  # type: ignore[assignment]  # a name of ours
    door = serializers.ChoiceField(EntryDoor.values, help_text="Which way it came in.")
    by = ByOut(help_text="Who wrote it down.")
    told_by = ByOut(allow_null=True, help_text="Who told it, where that is somebody else and is named.")
    is_on_behalf = serializers.BooleanField(help_text="Logged by staff for the family.")
    may_revise = serializers.BooleanField(help_text="Whether you may still revise or withdraw it.")
    flags = serializers.ListField(child=serializers.CharField(), help_text="What is odd about it.")
    note = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True, help_text="Of the words in it; empty: not known.")
    not_asked = serializers.ListField(
        child=serializers.CharField(),
        help_text="Questions its day's ask plan left out and it does not answer; other silence is no answer.",
    )


class EntryQuery(PageQuery):
    """Which entries of a list."""

    with_withdrawn = serializers.BooleanField(default=True, help_text="Withdrawn entries too.")

    def get_fields(self) -> dict[str, Any]:
        days = {
            "from": DayField(required=False, default=None, help_text="First local day."),
            "until": DayField(required=False, default=None, help_text="Last local day."),
        }
        return super().get_fields() | days


QUARANTINED = "quarantined"


class QuarantinedOut(serializers.Serializer[Any]):
    """Kept for the care team; nothing of the child is told."""

    result = serializers.ChoiceField([QUARANTINED])
    code = serializers.ChoiceField([GrantRevoked.code])


class WithdrawalIn(Input):
    """Which revision is withdrawn or restored."""

    base_revision = WholeField(
        min_value=1, max_value=MOST_REVISIONS, required=False, allow_null=True, default=None
    )


class ConfirmationIn(Input):
    """Nothing: that somebody says so is all there is to say."""


@dataclass(frozen=True, slots=True)
class EntryApi:
    """One kind of entry in the API: its name in addresses, its shapes, its service."""

    kind: EntryKind
    name: str
    plural: str
    sent: type[EntryIn]
    shown: type[EntryOut]
    body_of: Callable[[dict[str, Any]], EntryBody]
    details_of: Callable[[Any], dict[str, Any]]
    record: Callable[..., Recorded[Any]]

    @property
    def tag(self) -> str:
        """What its addresses stand under in the description."""
        return self.plural.replace("_", " ")

    def answer(self, entry: SeenEntry) -> dict[str, Any]:
        """The JSON of an entry."""
        details = self.details_of(entry.details)
        return {
            "id": entry.client_id,
            "revision": entry.revision,
            "state": entry.state,
            "program_version": details.pop("program_version", None),
            "slot": details.pop("slot", None),
            "occurred_at": instant(entry.occurred),
            "precision": entry.precision,
            "part_of_day": entry.part_of_day,
            "zone": entry.zone,
            "local_day": entry.local_day,
            "received_at": entry.received_at,
            "source": entry.source,
            "door": entry.door,
            "by": byline(entry.by),
            "told_by": entry.told_by and byline(entry.told_by),
            "is_on_behalf": entry.is_on_behalf,
            "may_revise": entry.may_revise,
            "flags": entry.flags,
            "note": entry.note,
            "language": entry.language,
            "not_asked": entry.not_asked,
            **details,
        }


def instant(moment: sight.Moment | None) -> Any:
    """An instant where the reader may know it, else the wall's time without offset."""
    if moment is None:
        return None
    return moment.at or moment.wall


def byline(by: sight.Byline) -> dict[str, Any]:
    return {"shown_as": by.shown_as, "role": by.role, "name": by.name}


def common(sent: dict[str, Any]) -> dict[str, Any]:
    """The part of a body that every kind has."""
    return {name: sent[name] for name in COMMON}


@dataclass(frozen=True, slots=True)
class Views:
    """The addresses of one kind of entry."""

    listed: type[Resource]
    one: type[Resource]
    withdrawal: type[Resource]
    confirmation: type[Resource]


def views_of(api: EntryApi) -> Views:
    """The four addresses of a kind of entry."""

    class Listed(Resource):
        query = EntryQuery

        @extend_schema(
            operation_id=f"list_{api.plural}",
            parameters=[EntryQuery],
            responses=page_of(api.shown),
            tags=[api.tag],
        )
        def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
            """One page of what you may see, newest day first."""
            asked = self.ask()
            about, here = self.fetch_record(child, viewed=AuditCode.VIEWED_DIARY)
            list_name = f"{self.by.pk} {child} {api.kind} {asked['from']} {asked['until']}"
            page = entries.page_of_entries(
                self.by,
                about,
                api.kind,
                now=self.now,
                limit=asked["limit"],
                before=_position(asked.get("cursor"), list_name),
                first=asked["from"],
                last=asked["until"],
                with_withdrawn=asked["with_withdrawn"],
                sight=here,
            )
            following = page.next_before
            return Response(
                {
                    "items": [api.answer(entry) for entry in page.entries],
                    "next_cursor": following and seal([str(part) for part in following], about=list_name),
                }
            )

    class One(Resource):
        is_queued = True

        @extend_schema(operation_id=f"get_{api.name}", responses=api.shown, tags=[api.tag])
        def get(self, request: Request, child: uuid.UUID, **ids: uuid.UUID) -> Response:  # noqa: ARG002
            """Its latest revision."""
            about, here = self.fetch_record(child, viewed=AuditCode.VIEWED_DIARY)
            entry = entries.one_entry(self.by, about, api.kind, ids[api.name], now=self.now, sight=here)
            if entry is None:
                raise Unseen
            return Response(api.answer(entry))

        @extend_schema(
            operation_id=f"put_{api.name}",
            request=api.sent,
            responses={200: api.shown, 201: api.shown, 202: QuarantinedOut},
            tags=[api.tag],
        )
        def put(self, request: Request, child: uuid.UUID, **ids: uuid.UUID) -> Response:  # noqa: ARG002
            """201 when it is new; 200 when it was there already, or is a revision.

            Somebody whose access has ended gets 403 `grant_revoked`; 202 where it happened before the end and
            came within two weeks of it: the care team decides, and the phone may forget it.
            """
            try:
                about = self.fetch_child(child)
            except GrantRevoked as ended:
                return _quarantined(self, api, ended.grant, ids[api.name])
            if not self.place.is_logging:
                raise Unseen
            sent = self.read(api.sent, child=about)
            recorded = api.record(
                by=self.by,
                child=about,
                client_id=ids[api.name],
                entry=api.body_of(sent),
                door=EntryDoor.API,
                base_revision=sent["base_revision"],
                now=self.now,
            )
            self.became = recorded.answer
            is_new = recorded.answer == Answer.APPLIED and recorded.row.revision == 1
            return _written(self, api, recorded.row, status=201 if is_new else 200)

    class Withdrawal(Resource):
        is_queued = True

        @extend_schema(
            operation_id=f"withdraw_{api.name}", request=WithdrawalIn, responses=api.shown, tags=[api.tag]
        )
        def put(self, request: Request, child: uuid.UUID, **ids: uuid.UUID) -> Response:  # noqa: ARG002
            """It stays in the record and counts nowhere."""
            return self._revise(revising.withdraw_entry, child, ids, **self.read(WithdrawalIn))

        @extend_schema(
            operation_id=f"restore_{api.name}", request=None, responses={200: api.shown}, tags=[api.tag]
        )
        def delete(self, request: Request, child: uuid.UUID, **ids: uuid.UUID) -> Response:  # noqa: ARG002
            """As it was before it was withdrawn."""
            return self._revise(revising.restore_entry, child, ids)

        def _revise(
            self, verb: Callable[..., Recorded[Any]], child: uuid.UUID, ids: dict[str, Any], **more: Any
        ) -> Response:
            about = self.fetch_child(child)
            recorded = verb(
                by=self.by, child=about, kind=api.kind, client_id=ids[api.name], now=self.now, **more
            )
            self.became = recorded.answer
            return _written(self, api, recorded.row)

    class Confirmation(Resource):
        is_queued = True

        @extend_schema(
            operation_id=f"confirm_{api.name}",
            request=ConfirmationIn,
            responses=api.shown,
            tags=[api.tag],
        )
        def put(self, request: Request, child: uuid.UUID, **ids: uuid.UUID) -> Response:  # noqa: ARG002
            """Its odd time or length is right; figures may use it."""
            self.read(ConfirmationIn)
            about = self.fetch_child(child)
            row = revising.confirm_entry(
                by=self.by, child=about, kind=api.kind, client_id=ids[api.name], now=self.now
            )
            return _written(self, api, row)

    return Views(Listed, One, Withdrawal, Confirmation)


def _quarantined(view: Resource, api: EntryApi, grant: CaregiverGrant, client_id: uuid.UUID) -> Response:
    """What somebody hears whose access ended. Raises GrantRevoked where nothing of it is kept."""
    if api.kind not in BODIES:
        raise GrantRevoked(grant)
    sent = view.read(api.sent, child=grant.child)
    quarantine_entry(
        by=view.by,
        grant=grant,
        client_id=client_id,
        entry=api.body_of(sent),
        door=EntryDoor.API,
        base_revision=sent["base_revision"],
        now=view.now,
    )
    view.became = QUARANTINED
    return Response({"result": QUARANTINED, "code": GrantRevoked.code}, status=202)


def _written(view: Resource, api: EntryApi, row: Any, *, status: int = 200) -> Response:
    assert view.child is not None
    here = sight.sight_of(view.by, view.child, place=view.place)
    return Response(api.answer(entries.seen_row(row, api.kind, here, now=view.now)), status=status)


def _position(cursor: str | None, list_name: str) -> Any:
    if cursor is None:
        return None
    day, row_id = unseal(cursor, about=list_name)
    return DayField().read(day), uuid.UUID(row_id)

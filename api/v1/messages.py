"""A child's thread, between its guardians and its care team."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import IdField, Input, InstantField, LanguageField, TextField
from api.pagination import PageQuery, page_of, seal, unseal
from api.resources import Resource
from api.v1.entries import ByOut, byline
from clinic.errors import Unseen
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings import messages
from tracking.readings.messages import SeenMessage
from tracking.services import messaging
from tracking.services.recording import Answer


class MessageIn(Input):
    """Words to the other side."""

    body = TextField(max_length=messaging.LONGEST_MESSAGE, allow_blank=False)
    language = LanguageField(default="", help_text="Of the words; empty: the one you read.")
    about_entry = IdField(
        required=False, allow_null=True, default=None, help_text="The id of the entry it is about."
    )


class MessageOut(serializers.Serializer[Any]):
    """One message of a child's thread."""

    id = serializers.UUIDField()
    by = ByOut()
    is_from_staff = serializers.BooleanField()
    body = serializers.CharField()
    language = serializers.CharField(allow_blank=True, help_text="Of the words; empty: not known.")
    about_entry = serializers.UUIDField(allow_null=True)
    sent_at = serializers.DateTimeField()
    is_unread = serializers.BooleanField()


class ReadIn(Input):
    """Up to where a thread was read."""

    read_until = InstantField(help_text="`sent_at` of the newest message you have seen.")


class UnreadOut(serializers.Serializer[Any]):
    """How many messages of the thread are left to be read."""

    unread_count = serializers.IntegerField()


class MessagePageOut(page_of(MessageOut)):  # type: ignore[misc]  # made where it is named
    """A page of messages, newest first, and how many of the whole thread are new to you."""

    unread_count = serializers.IntegerField()


class _Thread(Resource):
    """Whatever is inside a thread: of those who may read it, nobody else knows of it."""

    def fetch_thread(self, pk: uuid.UUID, *, viewed: AuditCode | None = None) -> Child:
        child = self.fetch_child(pk)
        if not policy.may_view_messages(self.by, child):
            raise Unseen
        if viewed is not None:
            self.write_read(viewed)
        return child


class Messages(_Thread):
    """A child's thread."""

    query = PageQuery

    @extend_schema(
        operation_id="list_messages", parameters=[PageQuery], responses=MessagePageOut, tags=["messages"]
    )
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """One page, newest first."""
        asked = self.ask()
        about = self.fetch_thread(child, viewed=AuditCode.VIEWED_MESSAGES)
        list_name = f"{self.by.pk} {child} messages"
        before = None
        if "cursor" in asked:
            sent_at, row_id = unseal(asked["cursor"], about=list_name)
            before = (dt.datetime.fromisoformat(sent_at), uuid.UUID(row_id))
        thread = messages.thread(self.by, about, before=before, limit=asked["limit"])
        following = thread.before and seal(
            [thread.before[0].isoformat(), str(thread.before[1])], about=list_name
        )
        return Response(
            {
                "items": [answer(message) for message in reversed(thread.messages)],
                "next_cursor": following,
                "unread_count": thread.unread_count,
            }
        )


class Message(_Thread):
    """One message."""

    is_queued = True

    @extend_schema(
        operation_id="put_message",
        request=MessageIn,
        responses={200: MessageOut, 201: MessageOut},
        tags=["messages"],
    )
    def put(self, request: Request, child: uuid.UUID, message: uuid.UUID) -> Response:  # noqa: ARG002
        """Sent under an id of your own making: 201, and 200 when it had come before."""
        about = self.fetch_thread(child)
        sent = messaging.send_message(
            by=self.by, child=about, client_id=message, now=self.now, **self.read(MessageIn)
        )
        told = answer(messages.own_message(sent.message))
        self.became = Answer.REPLAYED if sent.is_replay else Answer.APPLIED
        return Response(told, status=200 if sent.is_replay else 201)


class ReadState(_Thread):
    """How far one has read a thread."""

    is_queued = True

    @extend_schema(
        operation_id="mark_messages_read", request=ReadIn, responses={200: UnreadOut}, tags=["messages"]
    )
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Never goes back."""
        about = self.fetch_thread(child)
        until = min(self.read(ReadIn)["read_until"], self.now)
        messaging.mark_thread_read(by=self.by, child=about, until=until)
        return Response({"unread_count": messages.unread_count(self.by, about)})


def answer(message: SeenMessage) -> dict[str, Any]:
    """The JSON of a message."""
    return {
        "id": message.client_id,
        "by": byline(message.by),
        "is_from_staff": message.is_from_staff,
        "body": message.body,
        "language": message.language,
        "about_entry": message.about_entry,
        "sent_at": message.sent_at,
        "is_unread": message.is_unread,
    }

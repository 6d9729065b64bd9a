"""Joining with an invitation: by the token of its link, as in a QR code, or by the code of a letter.

Both are secrets, so they are in bodies, never in URLs. Anything that does not open is 404 `opens_nothing`,
whatever the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, TextField, ZoneField
from api.permissions import Anybody, SignedIn
from api.resources import Resource, address_of
from clinic.models import CaregiverGrant
from clinic.services import answering_invitations
from clinic.services.answering_invitations import Key
from clinic.typed_codes import as_typed
from clinic.vocabulary import GrantKind


class KeyIn(Input):
    """The last part of the link `…/invitations/<key>/`, or the twelve characters of a letter."""

    key = TextField(max_length=100, allow_blank=False)


class JoinIn(KeyIn):
    """Who joins. Without `email` they are given a number to sign in with."""

    name = TextField(max_length=200, allow_blank=False)
    email = serializers.EmailField(max_length=254, required=False, allow_null=True, default=None)
    password = TextField(max_length=1000, allow_blank=False, trim_whitespace=False)
    locale = TextField(max_length=16, required=False, default="", allow_blank=True)
    zone = ZoneField(required=False)


class OfferOut(serializers.Serializer[Any]):
    """What is offered."""

    clinic_name = serializers.CharField()
    child_first_name = serializers.CharField()
    kind = serializers.ChoiceField([str(kind) for kind in GrantKind])
    invited_by_name = serializers.CharField()
    is_of_family = serializers.BooleanField(help_text="Invited by a guardian, not by the clinic.")
    is_bound_to_address = serializers.BooleanField(help_text="`email` is then needed, and the one invited.")
    expires_at = serializers.DateTimeField()
    last_on = serializers.DateField(
        allow_null=True, help_text="The last day, after which the access ends by itself; null: it does not."
    )


class JoinedOut(serializers.Serializer[Any]):
    """The access that was given. Sign in next, with `email` or with `sign_in_number` as `username`."""

    child = serializers.UUIDField()
    kind = serializers.ChoiceField([str(kind) for kind in GrantKind])
    sign_in_number = serializers.CharField(allow_null=True, help_text="null: they have an e-mail address.")


class Keyed(Resource):
    """What is asked with a key."""

    may_answer = ("403", "404", "409")
    permission_classes: Sequence[Any] = (Anybody,)
    authentication_classes: Sequence[Any] = ()

    def key_of(self, request: Request, told: str) -> Key:
        """A typed code is looked for under the limit on wrong ones; a token is 256 bits and not counted."""
        if as_typed(told) is None:
            return Key.of_token(told)
        return answering_invitations.key_of_typed(code=told, address=address_of(request), now=self.now)


class Offer(Keyed):
    """What a link or a code offers."""

    @extend_schema(
        operation_id="look_at_invitation", request=KeyIn, responses={200: OfferOut}, tags=["invitations"]
    )
    def post(self, request: Request) -> Response:
        """Changes nothing, however often."""
        key = self.key_of(request, self.read(KeyIn)["key"])
        return Response(OfferOut(answering_invitations.look_at(key=key, now=self.now)).data)


class Join(Keyed):
    """A new account with an invitation."""

    @extend_schema(
        operation_id="join_by_invitation", request=JoinIn, responses={201: JoinedOut}, tags=["invitations"]
    )
    def post(self, request: Request) -> Response:
        """An account and the access, both or neither; the invitation is used up. Then sign in."""
        sent = self.read(JoinIn)
        key = self.key_of(request, sent.pop("key"))
        answering_invitations.count_answer(key)
        user, grant = answering_invitations.join(key=key, now=self.now, **sent)
        return Response(_joined(grant, user.sign_in_number), status=201)


class Acceptance(Keyed):
    """An invitation for somebody who has an account."""

    permission_classes: Sequence[Any] = (SignedIn,)
    authentication_classes = Resource.authentication_classes

    @extend_schema(
        operation_id="accept_invitation", request=KeyIn, responses={201: JoinedOut}, tags=["invitations"]
    )
    def post(self, request: Request) -> Response:
        """Access to the child from now on; the invitation is used up."""
        key = self.key_of(request, self.read(KeyIn)["key"])
        answering_invitations.count_answer(key)
        grant = answering_invitations.accept(by=self.by, key=key, now=self.now)
        return Response(_joined(grant, self.by.sign_in_number), status=201)


def _joined(grant: CaregiverGrant, sign_in_number: str | None) -> dict[str, Any]:
    return {"child": grant.child_id, "kind": grant.kind, "sign_in_number": sign_in_number}

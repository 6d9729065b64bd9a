"""Signing in from an app: e-mail and password, a second factor, tokens, devices.

allauth does the work (its headless `app` client). Only the addresses an app needs are opened, one by one;
their bodies are parsed as strictly as ours, and refusals have our one shape. Nobody can sign up here.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.account.views import LoginView, SessionView
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.inputs import Input as AllauthInput
from allauth.headless.mfa.views import AuthenticateView
from allauth.headless.tokens.strategies.jwt.internal import session_key_from_sid
from allauth.headless.tokens.views import RefreshTokenView
from allauth.mfa.base.forms import AuthenticateForm
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import FieldProblem, Problem
from api.fields import Input, TextField
from api.permissions import Anybody, SignedIn
from api.resources import Resource, address_of
from api.sentences import sentence
from clinic import rls
from clinic.services import accounts, attempts, devices, sign_in_codes
from clinic.services.second_factors import CountedCode
from clinic.services.sign_in_notices import notices_of
from clinic.services.step_up import RecentSignInNeeded
from tracking.wording import errors as wording

BEARER = {"WWW-Authenticate": 'Bearer realm="littlefoot"'}

Handler = Callable[[HttpRequest], HttpResponse]


SESSION_TOKEN = OpenApiParameter(
    "X-Session-Token",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="`session_token` of the refusal that asked for the second step.",
)
DEVICE_TOKEN = OpenApiParameter(
    "X-Device-Token",
    str,
    OpenApiParameter.HEADER,
    description="`device_token` of an earlier sign-in: strangers' guesses do not keep this phone out then.",
)


class CountedAuthenticateInput(CountedCode, AuthenticateForm, AllauthInput):
    """A code, counted."""


class CountedAuthenticateView(AuthenticateView):
    input_class = CountedAuthenticateInput


class SecretField(TextField):
    """A secret, taken as it is typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_blank=False, trim_whitespace=False, **kwargs)


class CredentialsIn(Input):
    """One of `email` and `username`, and the password."""

    email = serializers.EmailField(max_length=254, required=False)
    username = TextField(
        max_length=40, required=False, help_text="The sign-in number of somebody without an e-mail address."
    )
    password = SecretField(max_length=1000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("email" in attrs) == ("username" in attrs):
            raise serializers.ValidationError(
                {"email": [gettext("Give one of email and username.")]}, "required"
            )
        return attrs


class SignInCodeIn(Input):
    """A code from the care team, and the password from now on."""

    code = SecretField(max_length=40)
    other_codes = serializers.ListField(
        child=SecretField(max_length=40),
        max_length=4,
        required=False,
        help_text="Of the other clinics where they care for a child.",
    )
    password = SecretField(max_length=1000)


class SignInNumberOut(serializers.Serializer[Any]):
    """Sign in with it next: `username` and the password."""

    sign_in_number = serializers.CharField()


class SecondFactorIn(Input):
    """A code of the second factor."""

    code = SecretField(max_length=40, help_text="From the authenticator app, or a recovery code.")


class RefreshIn(Input):
    """The refresh token of this device."""

    refresh_token = SecretField(max_length=4000)


class PersonOut(serializers.Serializer[Any]):
    """Somebody, by their id."""

    id = serializers.UUIDField()


class TokensOut(serializers.Serializer[Any]):
    """What opens the API: send `access_token` as Bearer, `refresh_token` for the next access token."""

    access_token = serializers.CharField()
    refresh_token = serializers.CharField(help_text="Keep it safe; it stands for the device.")
    token_type = serializers.CharField(help_text="Bearer")
    expires_in_seconds = serializers.IntegerField(help_text="Seconds the access token lives, from 1.")
    user = PersonOut()
    device_token = serializers.CharField(help_text="Send it as X-Device-Token at the next sign-in.")


class FreshTokensOut(serializers.Serializer[Any]):
    """A new access token, and the refresh token to keep."""

    access_token = serializers.CharField()
    refresh_token = serializers.CharField(help_text="The same, or the one that now replaces it.")
    token_type = serializers.CharField(help_text="Bearer")
    expires_in_seconds = serializers.IntegerField()


class DeviceOut(serializers.Serializer[Any]):
    """One sign-in of one's own: an app on a phone, a browser."""

    id = serializers.IntegerField()
    user_agent = serializers.CharField(allow_blank=True)
    signed_in_at = serializers.DateTimeField()
    is_this_one = serializers.BooleanField()


class CodeNoticeOut(serializers.Serializer[Any]):
    """A new sign-in code that the care team gave for this account within the last month. Show it."""

    given_by = serializers.CharField()
    clinic_name = serializers.CharField()
    given_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(allow_null=True)


class DevicesOut(serializers.Serializer[Any]):
    """One's own sign-ins, the latest first, and new sign-in codes."""

    items = DeviceOut(many=True)
    codes = CodeNoticeOut(many=True)


class Door(Resource):
    """An address that allauth answers; `handlers` names its view for each method."""

    permission_classes: Sequence[Any] = (Anybody,)
    scope_to_read = scope_to_write = None
    authentication_classes: Sequence[Any] = ()
    handlers: ClassVar[dict[str, Handler]] = {}

    def hand_on(self) -> tuple[int, dict[str, Any]]:
        """Status and body of allauth's answer."""
        method = "GET" if self.request.method == "HEAD" else str(self.request.method)
        try:
            with rls.helped_by(rls.SIGNING_IN):
                answer = self.handlers[method](self.request._request)
        except ImmediateHttpResponse as immediate:
            answer = immediate.response
        return answer.status_code, json.loads(answer.content) if answer.content else {}


def refused(status: int, body: dict[str, Any]) -> Response:
    """Our one shape for allauth's refusals."""
    said = [error["code"] for error in body.get("errors", ())]
    if status == 429 or "too_many_login_attempts" in said:
        seconds = attempts.AT_ONE_FROM_A_PLACE.within_seconds
        detail = sentence("too_many_requests", {"seconds": seconds})
        return Problem(429, "too_many_requests", detail, headers={"Retry-After": f"{seconds}"}).response()
    if status == 401:
        return _not_signed_in(body).response()
    if status == 400 and said:
        errors = tuple(
            FieldProblem(error.get("param", ""), error["code"], error["message"]) for error in body["errors"]
        )
        return Problem(400, errors[0].code, errors[0].detail, errors).response()
    if status == 409:
        return Problem(409, "already_signed_in", sentence("already_signed_in")).response()
    return _not_signed_in({}).response()


def _not_signed_in(body: dict[str, Any]) -> Problem:
    """What is still to be given: a second step, who one is once more, or everything."""
    if body.get("meta", {}).get("is_authenticated"):
        return Problem(403, RecentSignInNeeded.code, wording.sentence(RecentSignInNeeded()))
    flows = body.get("data", {}).get("flows", [])
    pending = next((flow for flow in flows if flow.get("is_pending")), None)
    if pending and pending["id"] == "mfa_authenticate":
        session_token = body["meta"]["session_token"]
        told = {"session_token": session_token, "types": pending.get("types", [])}
        return Problem(401, "second_factor_needed", sentence("second_factor_needed"), (), BEARER, told)
    return Problem(401, "token_not_valid", sentence("token_not_valid"), (), BEARER)


def _tokens(access_token: str, refresh_token: str) -> dict[str, Any]:
    return {
        "access_token": access_token,
        "refresh_token": refresh_token,
        "token_type": "Bearer",
        "expires_in_seconds": settings.HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN,
    }


def _holder(access_token: str) -> uuid.UUID:
    """Whose token this is. Only for one that was made this moment: nothing is verified."""
    return uuid.UUID(jwt.decode(access_token, options={"verify_signature": False})["sub"])


def signed_in(request: Request, status: int, body: dict[str, Any]) -> Response:
    if status != 200:
        return refused(status, body)
    accounts.demand_second_factor(user_id=uuid.UUID(body["data"]["user"]["id"]))
    meta = body["meta"]
    tokens = _tokens(meta["access_token"], meta["refresh_token"])
    user = {"id": body["data"]["user"]["id"]}
    mark = attempts.device_token(request._request, account=user["id"])
    return Response(tokens | {"user": user, "device_token": mark})


class SignIn(Door):
    """Sign in with e-mail and password."""

    handlers: ClassVar[dict[str, Handler]] = {"POST": LoginView.as_api_view(client=Client.APP)}

    @extend_schema(
        operation_id="sign_in",
        request=CredentialsIn,
        responses={200: TokensOut},
        parameters=[DEVICE_TOKEN],
        tags=["sign-in"],
    )
    def post(self, request: Request) -> Response:
        """An access token and a refresh token; or 401 `second_factor_needed` with a `session_token`.

        403 `second_factor_demanded`: the person's clinic asks staff for one, and they have none yet.
        """
        self.read(CredentialsIn)
        return signed_in(request, *self.hand_on())


class SignInCode(Resource):
    """The way back for somebody without an e-mail address: a code their care team gave them."""

    scope_to_read = scope_to_write = None
    may_answer = ("404", "409")
    permission_classes: Sequence[Any] = (Anybody,)
    authentication_classes: Sequence[Any] = ()

    @extend_schema(
        operation_id="use_sign_in_code",
        request=SignInCodeIn,
        responses={200: SignInNumberOut},
        tags=["sign-in"],
    )
    def post(self, request: Request) -> Response:
        """The password set, every other way in ended.

        404 `opens_nothing` for any code that opens nothing; 409 `more_codes_needed`, which uses nothing up.
        """
        user = sign_in_codes.use(**self.read(SignInCodeIn), address=address_of(request), now=self.now)
        return Response({"sign_in_number": user.sign_in_number})


class SecondFactor(Door):
    """Finish signing in with a code."""

    handlers: ClassVar[dict[str, Handler]] = {"POST": CountedAuthenticateView.as_api_view(client=Client.APP)}

    @extend_schema(
        operation_id="give_second_factor",
        request=SecondFactorIn,
        responses={200: TokensOut},
        parameters=[SESSION_TOKEN, DEVICE_TOKEN],
        tags=["sign-in"],
    )
    def post(self, request: Request) -> Response:
        self.read(SecondFactorIn)
        return signed_in(request, *self.hand_on())


class Refresh(Door):
    """A new access token for a refresh token."""

    handlers: ClassVar[dict[str, Handler]] = {"POST": RefreshTokenView.as_api_view(client=Client.APP)}

    @extend_schema(
        operation_id="refresh_tokens", request=RefreshIn, responses={200: FreshTokensOut}, tags=["sign-in"]
    )
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """401 `token_not_valid` once the device was signed out."""
        sent = self.read(RefreshIn)
        status, body = self.hand_on()
        if status != 200:
            return refused(401 if status == 400 else status, {})
        data = body["data"]
        accounts.demand_second_factor(user_id=_holder(data["access_token"]))
        return Response(_tokens(data["access_token"], data.get("refresh_token", sent["refresh_token"])))


class SignOut(Door):
    """This device's sign-in."""

    permission_classes = (SignedIn,)
    authentication_classes = Resource.authentication_classes
    handlers: ClassVar[dict[str, Handler]] = {"DELETE": SessionView.as_api_view(client=Client.APP)}

    @extend_schema(operation_id="sign_out", request=None, responses={204: None}, tags=["sign-in"])
    def delete(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Ends this device's sign-in: its tokens open nothing from now on."""
        self.hand_on()
        return Response(status=204)


class Devices(Resource):
    """Where one is signed in."""

    scope_to_read = scope_to_write = None

    @extend_schema(operation_id="sign_out_others", request=None, responses={204: None}, tags=["sign-in"])
    def delete(self, request: Request) -> Response:
        """Signs out everywhere else."""
        token: Any = request.auth
        devices.sign_out_others(by=self.by, here=session_key_from_sid(token["sid"]))
        return Response(status=204)

    @extend_schema(operation_id="list_devices", responses={200: DevicesOut}, tags=["sign-in"])
    def get(self, request: Request) -> Response:
        """One's own sign-ins, the latest first."""
        token: Any = request.auth
        here = session_key_from_sid(token["sid"])
        return Response(
            {
                "items": devices.signed_in_of(self.by, here=here),
                "codes": notices_of(self.by, now=self.now),
            }
        )


class Device(Resource):
    """One sign-in of one's own."""

    scope_to_read = scope_to_write = None

    @extend_schema(operation_id="sign_out_device", request=None, responses={204: None}, tags=["sign-in"])
    def delete(self, request: Request, device: int) -> Response:  # noqa: ARG002  # DRF's signature
        """Signs a device out, a lost phone for instance."""
        devices.sign_out_device(by=self.by, device=device)
        return Response(status=204)

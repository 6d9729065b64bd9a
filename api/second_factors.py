"""Second factors for apps: passkeys, authenticator apps, recovery codes, and confirming a sign-in.

allauth does the work, behind addresses of our own as in `api.sign_in`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.headless.account.views import ReauthenticateView, RequestPasswordResetView
from allauth.headless.constants import Client
from allauth.headless.internal.restkit.inputs import Input as AllauthInput
from allauth.headless.mfa import views as allauth
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from fido2.webauthn import AuthenticationResponse, RegistrationResponse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, TextField
from api.permissions import SignedIn
from api.resources import Resource
from api.sign_in import (
    DEVICE_TOKEN,
    SESSION_TOKEN,
    Door,
    Handler,
    SecondFactorIn,
    SecretField,
    TokensOut,
    refused,
    signed_in,
)
from clinic.errors import Conflict
from clinic.passkeys import Shape, is_answer
from clinic.services import second_factors
from clinic.services.second_factors import CountedCode


def handlers(view: Any, *methods: str) -> dict[str, Handler]:
    """Allauth's view for apps, for each of these methods."""
    return dict.fromkeys(methods, view.as_api_view(client=Client.APP))


class _ReauthenticateInput(CountedCode, ReauthenticateForm, AllauthInput):
    """A code, counted."""


class _ReauthenticateView(allauth.ReauthenticateView):
    input_class = _ReauthenticateInput


class _ActivateInput(CountedCode, ActivateTOTPForm, AllauthInput):
    """The first code of a new app, counted."""


class _ManageTOTPView(allauth.ManageTOTPView):
    input_class: ClassVar[dict[str, Any]] = {"POST": _ActivateInput}


# ---- what is sent and answered ----------------------------------------------------------------------------


class CredentialField(serializers.DictField):
    """What a device answered, in the shape it has to have."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("What a device answered is sent as its `toJSON()` gives it."),
    }

    def __init__(self, shape: Shape, **kwargs: Any) -> None:
        super().__init__(help_text="`toJSON()` of what the device answered.", **kwargs)
        self.shape = shape

    def to_internal_value(self, data: Any) -> Any:
        told = super().to_internal_value(data)
        if not is_answer(told, self.shape):
            self.fail("invalid")
        return told


class CredentialIn(Input):
    """What the browser or phone made of `options`."""

    credential = CredentialField(AuthenticationResponse)


class PasskeyIn(CredentialIn):
    """A passkey as the browser or phone made it."""

    credential = CredentialField(RegistrationResponse)
    name = TextField(allow_blank=False, max_length=60, help_text="By which its owner will know it.")


class PasswordIn(Input):
    """One's password once more."""

    password = SecretField(max_length=1000)


class AddressIn(Input):
    """To whom a letter with a way back is sent."""

    email = serializers.EmailField(max_length=254)


class OptionsOut(serializers.Serializer[Any]):
    """What the device is asked, for `navigator.credentials` or the platform's own."""

    options = serializers.DictField()


class PasskeyOut(serializers.Serializer[Any]):
    """A passkey of one's own."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    added_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class SecondFactorsOut(serializers.Serializer[Any]):
    """One's own second factors."""

    has_password = serializers.BooleanField()
    app_since = serializers.DateTimeField(allow_null=True)
    passkeys = PasskeyOut(many=True)
    codes_left = serializers.IntegerField(
        allow_null=True, help_text="How many recovery codes, 0 or more; null: none were made."
    )


class NewAppOut(serializers.Serializer[Any]):
    """For the authenticator app; counts once its first code was sent."""

    secret = serializers.CharField()
    address = serializers.CharField(help_text="otpauth:// address, to open or to draw as a QR code.")


class CodesOut(serializers.Serializer[Any]):
    """Shown this once."""

    codes = serializers.ListField(child=serializers.CharField())


# ---- signing in -------------------------------------------------------------------------------------------


class PasskeySignIn(Door):
    """Sign in with a passkey alone."""

    handlers: ClassVar[dict[str, Handler]] = handlers(allauth.LoginWebAuthnView, "GET", "POST")

    @extend_schema(operation_id="ask_for_passkey", responses={200: OptionsOut}, tags=["sign-in"])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """What the device is asked; send its answer with the `X-Session-Token` that comes along."""
        return options(*self.hand_on())

    @extend_schema(
        operation_id="sign_in_with_passkey",
        request=CredentialIn,
        responses={200: TokensOut},
        parameters=[SESSION_TOKEN],
        tags=["sign-in"],
    )
    def post(self, request: Request) -> Response:
        self.read(CredentialIn)
        return signed_in(request, *self.hand_on())


class PasskeySecondStep(Door):
    """Finish signing in with a passkey."""

    handlers: ClassVar[dict[str, Handler]] = handlers(allauth.AuthenticateWebAuthnView, "GET", "POST")

    @extend_schema(
        operation_id="ask_for_second_passkey",
        responses={200: OptionsOut},
        parameters=[SESSION_TOKEN],
        tags=["sign-in"],
    )
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        return options(*self.hand_on())

    @extend_schema(
        operation_id="give_second_passkey",
        request=CredentialIn,
        responses={200: TokensOut},
        parameters=[SESSION_TOKEN, DEVICE_TOKEN],
        tags=["sign-in"],
    )
    def post(self, request: Request) -> Response:
        self.read(CredentialIn)
        return signed_in(request, *self.hand_on())


class NewPassword(Door):
    """A link to a new password."""

    handlers: ClassVar[dict[str, Handler]] = handlers(RequestPasswordResetView, "POST")

    @extend_schema(
        operation_id="ask_for_new_password", request=AddressIn, responses={204: None}, tags=["sign-in"]
    )
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Sends it, if the address is anybody's; the answer is the same if not."""
        self.read(AddressIn)
        status, body = self.hand_on()
        return Response(status=204) if status == 200 else refused(status, body)


# ---- once signed in ---------------------------------------------------------------------------------------


class OwnDoor(Door):
    """A door for whoever is signed in."""

    permission_classes = (SignedIn,)
    authentication_classes = Resource.authentication_classes

    def done(self) -> Response:
        """204, or why not."""
        status, body = self.hand_on()
        return Response(status=204) if status == 200 else refused(status, body)


class Again(OwnDoor):
    """Who one is, once more: by password."""

    handlers: ClassVar[dict[str, Handler]] = handlers(ReauthenticateView, "POST")

    @extend_schema(operation_id="say_again_who", request=PasswordIn, responses={204: None}, tags=["sign-in"])
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """After 403 `recent_sign_in_needed`: what was refused can then be asked again."""
        self.read(PasswordIn)
        return self.done()


class CodeAgain(OwnDoor):
    """Who one is, once more: by a code."""

    handlers: ClassVar[dict[str, Handler]] = handlers(_ReauthenticateView, "POST")

    @extend_schema(
        operation_id="say_again_by_code", request=SecondFactorIn, responses={204: None}, tags=["sign-in"]
    )
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        self.read(SecondFactorIn)
        return self.done()


class PasskeyAgain(OwnDoor):
    """Who one is, once more: by a passkey."""

    handlers: ClassVar[dict[str, Handler]] = handlers(allauth.ReauthenticateWebAuthnView, "GET", "POST")

    @extend_schema(operation_id="ask_for_passkey_again", responses={200: OptionsOut}, tags=["sign-in"])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        return options(*self.hand_on())

    @extend_schema(
        operation_id="say_again_by_passkey", request=CredentialIn, responses={204: None}, tags=["sign-in"]
    )
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        self.read(CredentialIn)
        return self.done()


class SecondFactors(Resource):
    """One's own second factors."""

    scope_to_read = scope_to_write = None

    @extend_schema(
        operation_id="list_second_factors", responses={200: SecondFactorsOut}, tags=["second factors"]
    )
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        return Response(SecondFactorsOut(second_factors.factors_of(self.by)).data)


class AppWithCodes(OwnDoor):
    """The authenticator app."""

    may_answer = ("409",)
    handlers: ClassVar[dict[str, Handler]] = handlers(_ManageTOTPView, "GET", "POST", "DELETE")
    recent_for = ("GET", "POST", "DELETE")

    @extend_schema(operation_id="begin_app", responses={200: NewAppOut}, tags=["second factors"])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """What the authenticator app is given. 409 `conflict`: one is set up already."""
        status, body = self.hand_on()
        if status == 200:
            raise Conflict
        return Response({"secret": body["meta"]["secret"], "address": body["meta"]["totp_url"]})

    @extend_schema(
        operation_id="set_up_app", request=SecondFactorIn, responses={204: None}, tags=["second factors"]
    )
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        self.read(SecondFactorIn)
        return self.done()

    @extend_schema(operation_id="stop_app", request=None, responses={204: None}, tags=["second factors"])
    def delete(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        return self.done()


class Passkeys(OwnDoor):
    """A new passkey."""

    handlers: ClassVar[dict[str, Handler]] = handlers(allauth.ManageWebAuthnView, "GET", "POST")
    recent_for = ("GET", "POST")

    @extend_schema(operation_id="begin_passkey", responses={200: OptionsOut}, tags=["second factors"])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        return options(*self.hand_on())

    @extend_schema(
        operation_id="add_passkey", request=PasskeyIn, responses={204: None}, tags=["second factors"]
    )
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        self.read(PasskeyIn)
        return self.done()


class OnePasskey(Resource):
    """A passkey of one's own."""

    scope_to_read = scope_to_write = None
    recent_for = ("DELETE",)

    @extend_schema(
        operation_id="remove_passkey", request=None, responses={204: None}, tags=["second factors"]
    )
    def delete(self, request: Request, passkey: int) -> Response:  # noqa: ARG002  # DRF's signature
        second_factors.remove_passkey(by=self.by, passkey=passkey, now=self.now)
        return Response(status=204)


class RecoveryCodes(OwnDoor):
    """Codes for the day the phone is gone."""

    handlers: ClassVar[dict[str, Handler]] = handlers(allauth.ManageRecoveryCodesView, "POST")
    recent_for = ("POST",)

    @extend_schema(
        operation_id="make_recovery_codes", request=None, responses={200: CodesOut}, tags=["second factors"]
    )
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """New ones, shown this once; the old ones open nothing any more."""
        status, body = self.hand_on()
        if status != 200:
            return refused(status, body)
        return Response({"codes": body["data"]["unused_codes"]})


def options(status: int, body: dict[str, Any]) -> Response:
    """What a device is asked, with the session token to answer under where there is one."""
    if status != 200:
        return refused(status, body)
    asked = body["data"]
    answer = Response({"options": asked.get("request_options") or asked["creation_options"]})
    if token := body.get("meta", {}).get("session_token"):
        answer.headers["X-Session-Token"] = token
    return answer

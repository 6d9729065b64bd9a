"""The API's OpenAPI 3.1 schema, generated into docs/api/openapi.yaml and served from there."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, force_instance
from rest_framework import serializers

from api.fields import CLOCK, NOT_BLANK, Input, StrictField, TextField
from api.permissions import Anybody
from api.renderers import PROBLEM
from clinic.services.connected_apps import Scope
from clinic.vocabulary import OPEN_EPISODE_STATES, ConsentKind, GrantKind, StopSensitivity
from tracking.models import Channel, ClinicReportKind, CopyFor, ProgramState, ReportKind, ReportState
from tracking.vocabulary.contacts import ContactKind, ContactState
from tracking.vocabulary.flags import ReaderKind
from tracking.vocabulary.programs import AmountKind, EntryState
from tracking.vocabulary.teaching import TaughtLevel

# Lists of codes that several shapes share under different field names, or different ones under the same.
AMOUNT_KINDS = [str(kind) for kind in AmountKind]
CHANNELS = [str(one) for one in Channel]
CONSENT_KINDS = [str(kind) for kind in ConsentKind]
GRANT_KINDS = [str(kind) for kind in GrantKind]
CONTACT_KINDS = [str(kind) for kind in ContactKind]
FAMILY_OR_CLINIC = [str(one) for one in CopyFor]  # who called a visit off has the same two
CONTACT_STATES = [str(state) for state in ContactState]
ENTRY_STATES = [str(state) for state in EntryState]
TAUGHT_LEVELS = [str(level) for level in TaughtLevel]
PROGRAM_STATES = list(ProgramState.values)
STATES_IN_CARE = [str(state) for state in OPEN_EPISODE_STATES]
READER_KINDS = [str(kind) for kind in ReaderKind]
REPORT_KINDS = list(ReportKind.values)
REPORT_STATES = list(ReportState.values)
CLINIC_REPORT_KINDS = list(ClinicReportKind.values)
STOP_SENSITIVITIES = [str(one) for one in StopSensitivity]


APPS = "apps"
"""How apps of others are let in, each for what its person granted."""

OF_APPS: dict[str, Any] = {
    APPS: {
        "type": "oauth2",
        "description": "Apps of others, by OpenID Connect with PKCE: see /.well-known/openid-configuration.",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": "/identity/o/authorize",
                "tokenUrl": "/identity/o/api/token",
                "refreshUrl": "/identity/o/api/token",
                "scopes": {
                    str(Scope.WHO): "Who the person is, by an id of theirs.",
                    str(Scope.READ): "What the person may read.",
                    str(Scope.WRITE): "What the person may write.",
                },
            }
        },
    }
}


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.BearerTokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:  # noqa: ARG002
        told = "`access_token` of a sign-in, or of an app of others."
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": told}


class FieldProblemOut(serializers.Serializer[Any]):
    """One input at fault."""

    field = serializers.CharField(help_text="Dotted path, such as `cues.1.code`; empty: the body as a whole.")
    code = serializers.CharField()
    detail = serializers.CharField(help_text="For people, in the language asked for.")
    allowed = serializers.JSONField(
        required=False,
        help_text="What it may be: values, limits, a pattern, names of fields, or a rule `detail` words.",
    )


class ProblemOut(serializers.Serializer[Any]):
    """A refusal (RFC 9457). Programs read `code`, people read `detail`."""

    type = serializers.CharField(help_text="`urn:littlefoot:problem:` and the code.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = FieldProblemOut(many=True)  # type: ignore[assignment]  # the name is RFC 9457's usual


class Schema(AutoSchema):
    """Names the refusals of every address, so that clients are typed for them too."""

    words: ClassVar[dict[str, str]] = {
        "200": "Done, or as it is.",
        "201": "New: it was not there before.",
        "202": "Kept for the care team: your access to the child has ended.",
        "206": "The part of the file that Range asked for.",
        "304": "As it was when the ETag sent as If-None-Match was given.",
        "400": "Not understood: every field at fault is named.",
        "401": "No access token, or one that is no longer valid.",
        "403": "In sight, but not to be done.",
        "404": "Not there, or not in sight.",
        "409": "It no longer fits what is stored, or the id names something else.",
        "410": "What the device keeps is to be fetched again: see the code.",
        "412": "Somebody else has changed it meanwhile.",
        "413": "The body is larger than 1 MB.",
        "415": "The body is not application/json in UTF-8.",
        "428": "It does not say which state it changes: send If-Match.",
        "429": "Asked too often.",
    }

    def get_summary(self) -> str | None:
        """The operation's name in words, beside its address: `put_session` is "Put session"."""
        name: str = self.get_operation_id()
        return name.replace("_", " ").capitalize()

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        scope = getattr(self.view, "scope_to_read" if self.method == "GET" else "scope_to_write", None)
        if "security" in operation and scope is not None:
            operation["security"].append({APPS: [str(scope)]})
        if getattr(self.view, "going", None) is not None:
            operation["deprecated"] = True
        if getattr(self.view, "is_kept", False) and self.method == "GET":
            operation["responses"]["304"] = {"description": self.words["304"]}
        for status, response in operation["responses"].items():
            response["description"] = response["description"] or self.words[status]
        problem = self._problem_reference()
        for status in self._refusals(operation):
            operation["responses"].setdefault(
                status, {"description": self.words[status], "content": {PROBLEM: {"schema": problem}}}
            )
        return operation

    def _map_serializer(self, serializer: Any, direction: str, bypass_extensions: bool = False) -> Any:
        """An input takes no field that it does not name."""
        schema = super()._map_serializer(serializer, direction, bypass_extensions)
        if direction == "request" and isinstance(force_instance(serializer), Input):
            schema["additionalProperties"] = False
        return schema

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:
        """With the pattern of a text that has one: a time on the wall, or words that are not white space."""
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        is_of_words = isinstance(field, TextField) and not field.allow_blank and field.trim_whitespace
        if direction == "request" and is_of_words:
            return {**schema, "pattern": NOT_BLANK}
        if isinstance(field, serializers.TimeField):
            return {name: said for name, said in schema.items() if name != "format"} | {"pattern": CLOCK}
        if isinstance(field, StrictField) and field.pattern is not None:
            return {**schema, "pattern": field.pattern}
        return schema

    def _problem_reference(self) -> dict[str, Any]:
        component: ResolvedComponent = self.resolve_serializer(ProblemOut(), "response")
        reference: dict[str, Any] = component.ref
        return reference

    def _refusals(self, operation: dict[str, Any]) -> list[str]:
        refusals = {"400", "429"}
        if Anybody not in self.view.permission_classes or "sign-in" in operation.get("tags", []):
            refusals.add("401")
        if "sign-in" in operation.get("tags", []) and self.method == "POST":
            refusals.add("403")
        if Anybody not in self.view.permission_classes:
            refusals |= {"403", "404"} if "{" in self.path else {"403"}
        if "sign-in" in operation.get("tags", []):
            refusals.add("403")
        refusals |= set(getattr(self.view, "may_answer", ()))
        if "requestBody" in operation:
            refusals |= {"413", "415"}
        if any(one["name"] == "If-Match" for one in operation.get("parameters", [])):
            refusals |= {"412", "428"}
        if self.method in ("PUT", "POST", "DELETE") and "{" in self.path:
            refusals.add("409")
        return sorted(refusals)

"""Middleware: health checks, one log line per request, the stamp of who is asking, recorded refusals."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect, render
from redis.exceptions import RedisError

from clinic import audit, files, policy, rls
from clinic.errors import DomainError
from clinic.models import User
from clinic.vocabulary import FileKind

logger = logging.getLogger("littlefoot.request")

DOORS = ("/accounts/", "/identity/")
"""Where people sign in, and where apps ask in their name."""

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """Answers /livez (the process runs) and /readyz (database and cache answer) before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            return self.readiness()
        return self.get_response(request)

    @staticmethod
    def readiness() -> HttpResponse:
        failing = []
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error:
            failing.append("database")
        try:
            cache.get("readyz")
        except (OSError, RedisError):
            failing.append("cache")
        if failing:
            return HttpResponse(f"not ready: {', '.join(failing)}\n", status=503, content_type="text/plain")
        return HttpResponse("ready\n", content_type="text/plain")


class RequestLogMiddleware:
    """One line a request: method, route name, status, milliseconds. No path, query, address or body."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        logger.info(
            "request",
            extra={
                "event": "request",
                "method": request.method,
                "route": match.view_name if match else "unknown",
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response


class ApiCompressionMiddleware(GZipMiddleware):
    """Compresses JSON of the record for those who take it, and nothing else.

    A page has the token of its forms in it, an answer to signing in those of the session: what is secret and
    what a stranger can have repeated are never compressed together (BREACH). The API's answers hold neither,
    and their length is padded at random all the same.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_json = "json" in response.headers.get("Content-Type", "")
        if not request.path.startswith("/api/v1/") or not is_json:
            return response
        return super().process_response(request, response)


class PermissionsPolicyMiddleware:
    """Tells the browser which of its powers our pages use: no others, and none for anybody else's pages."""

    USED = ("microphone", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock")
    """Recordings of what a home says, passkeys, a screen that stays on while hands are oiled."""

    UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "midi", "payment", "usb")
    VALUE = ", ".join([*(f"{power}=(self)" for power in USED), *(f"{power}=()" for power in UNUSED)])

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = self.VALUE
        return response


class BodySizeMiddleware:
    """Refuses a page's body that no form of ours could fill, before any of it is read.

    The largest is a clip with the fields around it. What is smaller and still too large for its kind is told
    by the form. The API's bodies have a limit of their own.
    """

    MOST_BYTES = files.LARGEST[FileKind.CLIP] + files.MEGABYTE

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            sent = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            sent = 0
        if sent > self.MOST_BYTES and not request.path.startswith("/api/"):
            limits = {
                "picture_megabytes": files.LARGEST[FileKind.PHOTO] // files.MEGABYTE,
                "clip_megabytes": files.LARGEST[FileKind.CLIP] // files.MEGABYTE,
            }
            return render(request, "413.html", limits, status=413)
        return self.get_response(request)


class StampMiddleware:
    """Stamps the request's transaction with the person its session belongs to.

    The view runs inside ATOMIC_REQUESTS, which begins after this middleware and so carries the stamp. API
    requests carry a token instead of a session: `api.authentication` stamps those again, once known. Nobody
    yet, at a door to sign in by, asks as `rls.SIGNING_IN`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        user_id: uuid.UUID | None = user.pk if user.is_authenticated else None
        is_at_the_door = user_id is None and request.path.startswith(DOORS)
        with rls.acting_as(user_id, system=rls.SIGNING_IN if is_at_the_door else None):
            response = self.get_response(request)
        if user_id is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class RefusalMiddleware:
    """Writes the refusals of pages into the audit, once what they undid is undone.

    A page leaves its refusal on the request (`request.refusal`); the view's transaction is over by now, so
    this row outlives it. The API writes its own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        refusal: DomainError | None = getattr(request, "refusal", None)
        if refusal is not None and request.user.is_authenticated:
            child_id = request.resolver_match.kwargs.get("child") if request.resolver_match else None
            audit.record_refusal(
                by=request.user,
                code=refusal.code,
                clinic_id=getattr(refusal.about, "clinic_id", None),
                child_id=child_id if isinstance(child_id, uuid.UUID) else None,
            )
        return response


class SecondFactorMiddleware:
    """Sends staff whose clinic demands a second factor, and who have none yet, to set one up first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_elsewhere = request.path.startswith(("/accounts/", "/api/"))
        if not is_elsewhere and request.user.is_authenticated and self.must_add_one(request.user):
            return redirect("mfa_index")
        return self.get_response(request)

    @staticmethod
    def must_add_one(user: User) -> bool:
        """Asked in a transaction of its own: the view's has not begun, and outside one nobody is asking."""
        with transaction.atomic():
            return policy.must_add_second_factor(user)

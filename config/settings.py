"""Settings, read once from the environment.

Every variable is listed in docs/operations.md. Outside DEBUG an unsafe value stops the start, with a sentence
that says what to set.
"""

from __future__ import annotations

import json
import os
import urllib.parse
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", None):
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; allowed are 1, true, yes, on, 0, false, no and off.")


def _list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _required(name: str, because: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {because}")
    return value


# ---- who and where ---------------------------------------------------------------------------------------

DEBUG = _flag("DEBUG", False)
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:8000").rstrip("/")
_public = urllib.parse.urlsplit(PUBLIC_URL)
_is_loopback = _public.hostname in ("localhost", "127.0.0.1", "::1")
ALLOWED_HOSTS = _list("ALLOWED_HOSTS", f"{_public.hostname},localhost,127.0.0.1" if _is_loopback else "")
if not ALLOWED_HOSTS and _public.hostname:
    ALLOWED_HOSTS = [_public.hostname]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
IS_DEMO = _flag("LITTLEFOOT_DEMO", False)
IS_PUBLIC = not _is_loopback
"""Whether anybody but this machine is meant to reach the product."""

SECRET_KEY = _required("SECRET_KEY", "a long random value of your own; it signs sessions and tokens.")
SECRET_KEY_FALLBACKS = _list("SECRET_KEY_FALLBACKS")
"""Former keys: what they signed or encrypted can still be read."""
if not DEBUG:
    if len(SECRET_KEY) < 40 or SECRET_KEY.startswith(("django-insecure", "changeme", "change-me")):
        raise ImproperlyConfigured("SECRET_KEY must be at least 40 random characters of your own.")
elif not _is_loopback:
    raise ImproperlyConfigured("DEBUG is on with a public PUBLIC_URL; turn DEBUG off.")

# ---- applications ------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "allauth.idp.oidc",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "clinic",
    "tracking",
    "api",
    "web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "clinic.middleware.PermissionsPolicyMiddleware",
    "clinic.middleware.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.middleware.ApiCompressionMiddleware",
    "clinic.middleware.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "clinic.middleware.BodySizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic.middleware.StampMiddleware",
    "clinic.middleware.RefusalMiddleware",
    "clinic.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.chrome",
            ],
        },
    }
]

# ---- database ----------------------------------------------------------------------------------------------


PLANNED_ONCE = {"server_side_binding": True, "prepare_threshold": 1}
"""What a connection is asked again after that often, PostgreSQL prepares, and plans no more once five plans
were no better than one for any values: row policies make plans dear.
"""

CONNECTED_FOR = 3600
"""Seconds. Plans go with their connection: within a minute no thread is asked for a page often enough."""


def _database(url: str) -> dict[str, Any]:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://; nothing else is supported.")
    query = dict(urllib.parse.parse_qsl(parts.query))
    return {
        "ENGINE": "config.database",
        "NAME": urllib.parse.unquote(parts.path.lstrip("/")),
        "USER": urllib.parse.unquote(parts.username or ""),
        "PASSWORD": urllib.parse.unquote(parts.password or ""),
        "HOST": query.pop("host", "") or urllib.parse.unquote(parts.hostname or ""),
        "PORT": str(query.pop("port", "") or parts.port or ""),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": CONNECTED_FOR,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": PLANNED_ONCE | query,
    }


AS_OWNER = _flag("LITTLEFOOT_AS_OWNER", False)
"""Migrations run as the role that owns the tables; web and worker never do."""

DATABASES = {
    "default": _database(
        _required("DATABASE_OWNER_URL", "migrations run as the role that owns the tables.")
        if AS_OWNER
        else _required("DATABASE_URL", "for instance postgresql://littlefoot_app:…@localhost/littlefoot")
    )
}
if AS_OWNER:
    DATABASES["default"]["UNSTAMPED"] = True

# ---- broker, cache, tasks ----------------------------------------------------------------------------------

BROKER_URL = _required("BROKER_URL", "a Redis or Valkey server, for instance redis://localhost:6379/0")

BROKER_ANSWERS_WITHIN = 1.0
"""Seconds. Whoever is in front of a page does not wait for a broker that stands still."""


def _cache_url(broker_url: str) -> str:
    """The Redis client's spelling of kombu's broker URL: `unix://` for `redis+socket://`."""
    if broker_url.startswith("redis+socket://"):
        parts = urllib.parse.urlsplit(broker_url)
        query = dict(urllib.parse.parse_qsl(parts.query))
        return f"unix://{parts.path}?db={query.get('virtual_host', '0')}"
    return broker_url


CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _cache_url(BROKER_URL),
        "KEY_PREFIX": "littlefoot",
        "OPTIONS": {"socket_timeout": BROKER_ANSWERS_WITHIN, "socket_connect_timeout": BROKER_ANSWERS_WITHIN},
    }
}

CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Redelivery after a worker dies comes within this many seconds; no task may run longer.
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 360,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "global_keyprefix": "littlefoot:",
    # Who hands work over does not wait for a broker that is gone: a sweep finds what it would have been told.
    "socket_timeout": BROKER_ANSWERS_WITHIN,
    "socket_connect_timeout": BROKER_ANSWERS_WITHIN,
    "max_retries": 0,
    "interval_start": 0,
    "interval_max": 0,
}
CELERY_TIMEZONE = "UTC"
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
"""What whoever reads /metrics has to bring; empty: nobody reads them."""
TICK_SECONDS = float(os.environ.get("LITTLEFOOT_TICK_SECONDS", "30"))
"""How often the worker looks for what is due. A reminder comes this late at most, on a quiet machine."""
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# ---- accounts ----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "clinic.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "clinic.services.passwords.LongEnough"},
    {"NAME": "clinic.services.passwords.NotOfItsContext"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "clinic.services.accounts.AccountAdapter"
# Whoever has no e-mail address is given a number to sign in with.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_number"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "web.forms.account.SignInForm",
    "reauthenticate": "web.forms.account.PasswordAgainForm",
    "change_password": "web.forms.account.OtherPasswordForm",
    "set_password": "web.forms.account.FirstPasswordForm",
    "reset_password": "web.forms.account.NewPasswordForm",
    "reset_password_from_key": "web.forms.account.PasswordByLetterForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# Guesses at passwords and codes are counted by `clinic.services.attempts`, and nobody is kept from a letter.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "reset_password": "20/m/ip"}
ACCOUNT_SESSION_REMEMBER = True
# How long after signing in roles, grants, exports and one's own sign-in go without being asked again.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
USERSESSIONS_TRACK_ACTIVITY = False
MFA_ADAPTER = "clinic.services.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A phone whose clock is half a minute off still makes a code that is taken.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "add_webauthn": "web.forms.account.AddPasskeyForm",
    "authenticate_webauthn": "web.forms.account.AnswerByPasskeyForm",
    "login_webauthn": "web.forms.account.SignInByPasskeyForm",
    "reauthenticate_webauthn": "web.forms.account.PasskeyAgainForm",
    "activate_totp": "web.forms.account.ActivateAppForm",
    "authenticate": "web.forms.account.SecondStepForm",
    "reauthenticate": "web.forms.account.CodeAgainForm",
}
HEADLESS_TOKEN_STRATEGY = "api.tokens.PatientTokenStrategy"  # noqa: S105
HEADLESS_CLIENTS = ("app",)
HEADLESS_JWT_ALGORITHM = "HS256"
HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN = 300
HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN = 60 * 60 * 24 * 60
# A token whose device was signed out opens nothing, at the cost of one look-up a request.
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True
# Apps of others: without a key there are none (docs/operations.md).
IDP_OIDC_PRIVATE_KEY = os.environ.get("OIDC_PRIVATE_KEY", "").replace("\\n", "\n")
IDP_OIDC_ADAPTER = "clinic.services.connected_apps.ConnectedAppAdapter"
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 300
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 60 * 60 * 24 * 60
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = os.environ.get("CLIENT_IP_HEADER") or None

# What is said on the next page may name people: it waits here, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if _public.scheme == "https":
    SESSION_COOKIE_NAME = "__Host-littlefoot"
    CSRF_COOKIE_NAME = "__Host-csrf"
    DEVICE_COOKIE_NAME = "__Host-device"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = _flag("SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
else:
    SESSION_COOKIE_NAME = "littlefoot"
    CSRF_COOKIE_NAME = "csrf"
    DEVICE_COOKIE_NAME = "device"
    if not _is_loopback:
        raise ImproperlyConfigured("PUBLIC_URL must begin with https:// unless it is this machine.")

# ---- headers -----------------------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# ---- words and time ----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ---- files -------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [path for path in [BASE_DIR / "assets" / "dist"] if path.exists()]
WHITENOISE_USE_FINDERS = DEBUG
# The build names its files by their content (clinic-style-C2zmSz2A.css).
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[\w-]{8}\.[a-z0-9]+$"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# ---- mail --------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"Littlefoot <littlefoot@{_public.hostname}>")
_mail = urllib.parse.urlsplit(os.environ.get("EMAIL_URL", "smtp://localhost:25"))
if _mail.scheme not in ("smtp", "smtps", "smtp+tls"):
    raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtps:// or smtp+tls://.")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[_mail.scheme]
EMAIL_HOST_USER = urllib.parse.unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = urllib.parse.unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_TIMEOUT = 10
if os.environ.get("EMAIL_BACKEND"):
    # Of django-anymail, for a provider that takes mail by its own API; what it asks for is told as JSON.
    EMAIL_BACKEND = os.environ["EMAIL_BACKEND"]
    ANYMAIL: dict[str, Any] = json.loads(os.environ.get("ANYMAIL", "{}"))
    ANYMAIL["REQUESTS_TIMEOUT"] = EMAIL_TIMEOUT

# ---- push and text messages --------------------------------------------------------------------------------

VAPID_PRIVATE_KEY = os.environ.get("VAPID_PRIVATE_KEY", "").replace("\\n", "\n")
"""Signs what is pushed to browsers; without it there is no push. With another, browsers have to ask anew."""

PUSH_HOSTS = _list(
    "PUSH_HOSTS",
    "fcm.googleapis.com,.push.services.mozilla.com,.push.apple.com,.notify.windows.com",
)
"""Push services we speak to, by host; one with a leading dot stands for all hosts under it."""

PUSH_TO_THIS_MACHINE = _flag("PUSH_TO_THIS_MACHINE", False)
"""Lets a push service of this machine be spoken to, for tests."""
if PUSH_TO_THIS_MACHINE and IS_PUBLIC:
    raise ImproperlyConfigured("PUSH_TO_THIS_MACHINE is for tests; with a public PUBLIC_URL turn it off.")

SMS_GATEWAY_URL = os.environ.get("SMS_GATEWAY_URL", "")
"""An address of apprise, with {number} and where it is of use {key}. Empty: no text messages."""

# ---- the API -----------------------------------------------------------------------------------------------

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.BearerTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.ClosedByDefault"],
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.StrictJSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "EXCEPTION_HANDLER": "api.errors.answer_problem",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
MINIMUM_APP_VERSION = os.environ.get("MINIMUM_APP_VERSION", "")
"""Of family apps, as they number themselves; they are told so and heed it themselves."""

API_REQUESTS_PER_MINUTE = int(os.environ.get("API_REQUESTS_PER_MINUTE", "600"))
"""Of one person."""
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Littlefoot family API",
    "DESCRIPTION": "What a family's app needs: sign in, see what is due, log it. See docs/api/README.md.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,  # what a PATCH needs, it needs: nothing here is read in part
    "SORT_OPERATIONS": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SCHEMA_PATH_PREFIX": "/api/",
    "PATH_CONVERTER_OVERRIDES": {"id": {"type": "string", "format": "uuid"}, "code": {"type": "string"}},
    "SERVERS": [],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.describing.tell_meanings",
        "api.describing.open_lists",
        "api.describing.tell_codes",
        "api.describing.tell_examples",
        "api.describing.tell_headers",
        "api.describing.share_refusals",
        "api.describing.tell_tags",
        "api.describing.let_apps_in",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AmountKind": "api.schema.AMOUNT_KINDS",
        "Channel": "api.schema.CHANNELS",
        "ClinicReportKind": "api.schema.CLINIC_REPORT_KINDS",
        "ConsentKind": "api.schema.CONSENT_KINDS",
        "ContactKind": "api.schema.CONTACT_KINDS",
        "ContactState": "api.schema.CONTACT_STATES",
        "EntryState": "api.schema.ENTRY_STATES",
        "FamilyOrClinic": "api.schema.FAMILY_OR_CLINIC",
        "GrantKind": "api.schema.GRANT_KINDS",
        "TaughtLevel": "api.schema.TAUGHT_LEVELS",
        "ProgramState": "api.schema.PROGRAM_STATES",
        "ReaderKind": "api.schema.READER_KINDS",
        "ReportKind": "api.schema.REPORT_KINDS",
        "ReportState": "api.schema.REPORT_STATES",
        "StateInCare": "api.schema.STATES_IN_CARE",
        "StopSensitivity": "api.schema.STOP_SENSITIVITIES",
    },
}

# ---- logs: events and ids, never people (docs/architecture.md, rule 17) ------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "celery": {"level": "WARNING"},
        # Says to whom it writes.
        "apprise": {"propagate": False},
    },
}

# ---- checks ------------------------------------------------------------------------------------------------

# An address is unique when present, whatever its case: a constraint that this check cannot read.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

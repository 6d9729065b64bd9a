"""Request throttling per person. Signing in has limits of its own."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

MINUTE = 60


class PerPerson(BaseThrottle):
    """`API_REQUESTS_PER_MINUTE` for each person, counted in the shared cache; no cache, no limit."""

    def allow_request(self, request: Request, view: Any) -> bool:  # noqa: ARG002  # DRF's signature
        if not request.user.is_authenticated:
            return True
        minute = int(time.time()) // MINUTE
        key = f"api:{request.user.pk}:{minute}"
        try:
            return cache.incr(key) <= settings.API_REQUESTS_PER_MINUTE
        except ValueError:  # the first of this minute
            cache.add(key, 1, timeout=2 * MINUTE)
            return True
        except (OSError, RedisError):
            return True

    def wait(self) -> float:
        return MINUTE - time.time() % MINUTE

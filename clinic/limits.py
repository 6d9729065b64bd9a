"""Rate limits, counted in the shared cache by all processes together.

An attempt is counted before it is made, in one step of the cache, so that simultaneous calls cannot slip
through together. Without a cache nothing may be tried.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from clinic.errors import DomainError


class TriedTooOften(DomainError):
    """Too many attempts; `seconds` is the longest wait."""

    code = "too_many_requests"
    status = 429


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` tries of a kind within `within_seconds`, counted from the first of them."""

    name: str
    most: int
    within_seconds: int


def take(limit: Limit, whose: str) -> None:
    """Count one try of `whose` (an address, a code). Raises TriedTooOften."""
    key = _key(limit, whose)
    try:
        cache.add(key, 0, limit.within_seconds)
        count = cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.add(key, 1, limit.within_seconds)
        count = 1
    except (OSError, RedisError):
        count = limit.most + 1
    if count > limit.most:
        raise TriedTooOften(seconds=limit.within_seconds)


def give_back(limit: Limit, whose: str) -> None:
    """Count a try of `whose` no more: it was a right one."""
    try:
        cache.decr(_key(limit, whose))
    except (ValueError, OSError, RedisError):
        return  # run out meanwhile, or uncounted


def network_of(address: str | None) -> str:
    """What is counted as one place to ask from: an IPv4 address, the /64 of an IPv6 one; empty: not known."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _key(limit: Limit, whose: str) -> str:
    """Neither an address nor a code is readable in the cache."""
    return f"limit:{limit.name}:{salted_hmac('clinic.limits', whose, algorithm='sha256').hexdigest()}"

"""How a client follows a file that is being made: where, and when to ask again."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter

FOLLOW_AFTER = 2
"""Seconds after which it is worth asking again how far a file is."""

LOCATION = OpenApiParameter(
    "Location", str, OpenApiParameter.HEADER, response=[202], description="Where the report is followed."
)
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    int,
    OpenApiParameter.HEADER,
    response=[202],
    description="In how many seconds to ask how far its file is, 1 or more.",
)
FOLLOWED = [LOCATION, RETRY_AFTER]


def following(address: str, *, status: int, is_under_way: bool) -> dict[str, str]:
    """The headers of an answer about a file: when to ask again while it is made; where, once asked for."""
    headers = {"Retry-After": str(FOLLOW_AFTER)} if is_under_way else {}
    if status == 202:
        headers["Location"] = address
    return headers

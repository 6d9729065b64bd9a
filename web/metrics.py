"""Metrics about reminders in Prometheus' text format. None is about a person.

Closed unless METRICS_TOKEN is set, and then open to clients that send it. The client's address is no proof:
behind a proxy on the same machine everybody has the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from clinic import rls
from tracking.readings.reminder_health import LATELY, Health, health
from web.pages import Rule, page

SYSTEM = "metrics"


@page("GET", rule=Rule.ANYBODY)
def metrics(request: HttpRequest) -> HttpResponse:
    """As a named system job that opens deliveries alone."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(token, settings.METRICS_TOKEN):
        raise Http404
    with rls.acting_as(system=SYSTEM):
        found = health(now=rls.now())
    return HttpResponse(
        "\n".join(_lines(found)) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _lines(found: Health) -> Iterator[str]:
    yield from _metric("open", "Messages still on their way.", {"state": found.open})
    yield from _metric(
        "oldest_due_seconds", "How long what has waited longest for a worker has.", found.oldest_due_seconds
    )
    minutes = int(LATELY.total_seconds() // 60)
    yield from _metric(
        "ended_lately", f"Messages that ended in the last {minutes} minutes.", {"state": found.ended}
    )
    yield from _metric(
        "lateness_lately_seconds",
        f"From due to taken, of those sent in the last {minutes} minutes.",
        {"quantile": found.lateness_seconds},
    )
    yield _head("given_up_day", "Messages given up in the last 24 hours.")
    for (state, reason), count in found.given_up.items():
        yield f'littlefoot_reminders_given_up_day{{state="{state}",reason="{reason}"}} {count}'
    yield from _metric(
        "provider_failures",
        "Failures in a row.",
        {"provider": {provider: failures for provider, (failures, _) in found.providers.items()}},
    )
    yield from _metric(
        "provider_left_alone",
        "1 while nothing is given to a provider that fails.",
        {"provider": {provider: int(is_open) for provider, (_, is_open) in found.providers.items()}},
    )


def _metric(
    name: str, words: str, value: float | dict[str, dict[str, int] | dict[float, float]]
) -> Iterator[str]:
    yield _head(name, words)
    if not isinstance(value, dict):
        yield f"littlefoot_reminders_{name} {value}"
        return
    for label, counts in value.items():
        for of, count in counts.items():
            yield f'littlefoot_reminders_{name}{{{label}="{of}"}} {count}'


def _head(name: str, words: str) -> str:
    return f"# HELP littlefoot_reminders_{name} {words}\n# TYPE littlefoot_reminders_{name} gauge"

"""The addendum sheet of a signed report: names the file it belongs to and leaves that file unchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _

from clinic.localtime import local_wall
from tracking.models import Report, ReportAddendum, ReportKind
from tracking.reports.writing import Written, full_name, paragraphs, sheet, with_credentials
from tracking.wording import labels


def write(report: Report, added: Sequence[ReportAddendum], *, now: dt.datetime) -> Written:
    """Each with its author and time, in the order they were written."""
    child = report.child
    zone = child.clinic.zone
    title = _("Added to: %(title)s, %(name)s") % {
        "title": labels.label(ReportKind, report.kind),
        "name": full_name(child),
    }
    signing = {one.written_by_id: one.written_by for one in added}
    by = {pk: with_credentials(user, report) for pk, user in signing.items()}
    data = {
        **sheet(report, child, title=title, now=now),
        "belongs": _("The signed report stays as it is. Its file has the SHA-256 fingerprint:"),
        "fingerprint": report.content_sha256,
        "added": [
            {
                "by": by[one.written_by_id],
                "at": formats.date_format(local_wall(one.written_at, zone), "DATETIME_FORMAT"),
                "words": paragraphs(one.words),
                "language": one.language,
            }
            for one in added
        ],
    }
    return Written(data)

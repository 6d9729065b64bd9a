"""Permissions on reports (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, User
from clinic.policy import Places, places
from tracking.models import Report, ReportAddendum, ReportSchedule


def may_ask_report(user: User, child: Child) -> bool:
    return places(user, child).is_treating


def may_view_reports(user: User, child: Child) -> bool:
    """May know which reports there are; who only logs knows of none."""
    p = places(user, child)
    return p.is_reading or p.is_guardian


def may_view_report(user: User, report: Report) -> bool:
    """Agrees with `Report.objects.visible_to(user)`."""
    p = places(user, report.child)
    return p.is_reading or _is_shared_with(p, report)


def may_download_report(user: User, report: Report) -> bool:
    """A supervised member reads the page but takes no file away; a guardian what was shared with them."""
    p = places(user, report.child)
    return p.is_treating or _is_shared_with(p, report)


def may_view_report_schedule(user: User, schedule: ReportSchedule) -> bool:
    """Agrees with `ReportSchedule.objects.visible_to(user)`."""
    return places(user, schedule.child).is_reading


def may_view_addendum(user: User, addendum: ReportAddendum) -> bool:
    """Agrees with `ReportAddendum.objects.visible_to(user)`."""
    return may_view_report(user, addendum.report)


def may_sign_report(user: User, report: Report) -> bool:
    """May also change its words before, share it, and add to it afterwards."""
    return places(user, report.child).is_treating


def _is_shared_with(place: Places, report: Report) -> bool:
    """Shared with the guardians, or with those of the one home it was made for."""
    is_of_home = report.family_id is None or report.family_id == place.household
    return place.is_guardian and report.shared_at is not None and is_of_home

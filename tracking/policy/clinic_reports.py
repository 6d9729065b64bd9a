"""Permissions on clinic reports (docs/access.md)."""

from __future__ import annotations

from clinic.models import Child, Clinic, User
from clinic.policy import roles_in
from clinic.vocabulary import Role
from tracking.models import ClinicReport, ClinicReportKind
from tracking.policy.clinic_figures import may_take_caseload, may_view_clinic_figures


def may_view_clinic_report(user: User, report: ClinicReport) -> bool:
    """Agrees with `ClinicReport.objects.visible_to(user)`; who may see it may take its file away."""
    if report.kind == ClinicReportKind.OUTCOMES:
        return may_view_clinic_figures(user, report.clinic)
    if report.asked_by_id != user.pk or not may_take_caseload(user, report.clinic):
        return False
    treated = Child.objects.treated_by(user).values("pk")
    return report.listed.filter(child__in=treated).count() == report.listed_count


def may_schedule_outcomes(user: User, clinic: Clinic) -> bool:
    """Whether the clinic's outcomes are put on paper each month is its owners' to say."""
    return Role.OWNER in roles_in(user, clinic)

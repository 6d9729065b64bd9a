"""People: clinics, staff, families, children, and who may see whom."""

from clinic.models.audit import AuditEvent, AuditSeal
from clinic.models.break_glass import BreakGlass
from clinic.models.caseload import CareTeam, Episode
from clinic.models.clinics import Clinic, ClinicRow
from clinic.models.consents import Consent, ConsentText
from clinic.models.families import (
    CaregiverGrant,
    Child,
    ChildHome,
    ChildHomeException,
    ChildHomeWeek,
    Family,
    Precaution,
    RoutineTime,
)
from clinic.models.invitations import Invitation
from clinic.models.people import ClinicMembership, User
from clinic.models.sign_in_codes import SignInCode

__all__ = [
    "AuditEvent",
    "AuditSeal",
    "BreakGlass",
    "CareTeam",
    "CaregiverGrant",
    "Child",
    "ChildHome",
    "ChildHomeException",
    "ChildHomeWeek",
    "Clinic",
    "ClinicMembership",
    "ClinicRow",
    "Consent",
    "ConsentText",
    "Episode",
    "Family",
    "Invitation",
    "Precaution",
    "RoutineTime",
    "SignInCode",
    "User",
]

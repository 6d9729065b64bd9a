"""How long the first clinic keeps what, who may confirm an erasure, and what one caregiver asks for."""

from __future__ import annotations

import datetime as dt

from clinic.models import CaregiverGrant, ClinicMembership
from clinic.vocabulary import GrantKind, Role
from tracking.management.demo.people import Planted, story_id
from tracking.management.demo.stories import ClinicStory
from tracking.services.erasure_requests import request_erasure
from tracking.services.retention import set_period
from tracking.services.safeguarding import name_safeguarding_lead
from tracking.vocabulary.erasure import RequestAbout
from tracking.vocabulary.retention import Kept

ADOPTED = {Kept.UNSIGNED_REPORT: 365, Kept.INVITATION: 90}


def plant_keeping(story: ClinicStory, planted: Planted, *, now: dt.datetime) -> None:
    """Two periods adopted, a named lead besides the one owner, and an open wish of who logs for a child."""
    owner = next(planted.staff[one.login] for one in story.staff if Role.OWNER in one.roles)
    therapist = next(planted.staff[one.login] for one in story.staff if Role.THERAPIST in one.roles)
    clinic = planted.clinic
    for kept, amount in ADOPTED.items():
        set_period(by=owner, clinic=clinic, kept=kept, amount=amount, now=now - dt.timedelta(days=40))
    place = ClinicMembership.objects.active().get(clinic=clinic, user=therapist)
    name_safeguarding_lead(by=owner, membership=place, now=now - dt.timedelta(days=40))
    logging = CaregiverGrant.objects.valid().filter(clinic=clinic, kind=GrantKind.CAREGIVER)
    grant = logging.select_related("child", "user").order_by("id").first()
    if grant is not None:
        request_erasure(
            by=grant.user,
            child=grant.child,
            client_id=story_id("wish", grant.id),
            about=RequestAbout.ME,
            now=now - dt.timedelta(days=2),
        )

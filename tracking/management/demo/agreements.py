"""What the first clinic asks guardians to agree to, and what some of them said."""

from __future__ import annotations

import datetime as dt

from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Clinic, ConsentText, User
from clinic.services import consents
from clinic.vocabulary import ConsentKind
from tracking.management.demo.people import Planted
from tracking.wording.consents import DRAFT

ADOPTED = (ConsentKind.RECORD, ConsentKind.SHARING, ConsentKind.MEDIA)
"""Research stays a draft: nobody is asked about it."""


def plant_agreements(planted: Planted, *, owner: User, office: User, now: dt.datetime) -> None:
    """The words an owner adopted; every other guardian agreed in them, one family did so on paper, and one
    guardian took photos back.
    """
    at = now - dt.timedelta(days=45)
    texts = {kind: _adopted(planted.clinic, owner, kind, now=at) for kind in ADOPTED}
    grants = CaregiverGrant.objects.valid().guardians().filter(clinic=planted.clinic)
    guardians = list(grants.select_related("child", "child__clinic", "user").order_by("child", "id"))
    for place, grant in enumerate(guardians):
        said = at + dt.timedelta(hours=place)
        if place % 4 == 3:
            consents.record_paper(
                by=office,
                child=grant.child,
                kind=ConsentKind.RECORD,
                is_given=True,
                on=local_day(said, planted.clinic.zone),
                grant=grant,
                now=said,
            )
        elif place % 2 == 0:
            for kind, text in texts.items():
                consents.give(by=grant.user, child=grant.child, kind=kind, text=text.pk, now=said)
    last = guardians[-1 - (len(guardians) - 1) % 2]
    consents.withdraw(by=last.user, child=last.child, kind=ConsentKind.MEDIA, now=now)


def _adopted(clinic: Clinic, owner: User, kind: ConsentKind, *, now: dt.datetime) -> ConsentText:
    text = consents.write_text(
        by=owner, clinic=clinic, kind=kind, language=clinic.locale, text=str(DRAFT[kind]), now=now
    )
    return consents.adopt_text(by=owner, text=text, now=now)

"""Children and the people around them: siblings, homes, consents, precautions, emergency access, erasure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from clinic import rls
from clinic.localtime import local_day
from clinic.models import (
    BreakGlass,
    CaregiverGrant,
    Child,
    ChildHome,
    Clinic,
    ClinicMembership,
    Consent,
    ConsentText,
    Family,
    Precaution,
    User,
)
from clinic.models.clinics import new_id
from clinic.vocabulary import ConsentKind, Role
from tests.cast import Cast, make_id, planted
from tracking.models import Erasure, ErasureRequest
from tracking.vocabulary.erasure import ErasureBecause, ErasureOf, RequestAbout


def said(child: Child, name: str) -> str:
    """The word planted in a field of this child's record; Cleo's, whom most tests are about, are plain."""
    whose = child.first_name.lower()
    return planted(name if whose == "cleo" else f"{whose}-{name}")


def first_name(user: User) -> str:
    return user.name.split()[0].lower()


def sibling(child: Child, *, grants: Iterable[CaregiverGrant]) -> Child:
    """A child of the same birth, looked after by the same people at the same homes."""
    with rls.acting_as(None, system="seeding"):
        other = Child.objects.get(pk=child.pk)
        other.pk = new_id()
        other.save(force_insert=True)
        for grant in grants:
            grant.pk, grant.child = new_id(), other
            grant.save(force_insert=True)
        return other


def every_day_at(child: Child, home: Family) -> None:
    """The child is in this home on every day of the week, also if a test is run on a weekend."""
    with rls.acting_as(system="seeding"):
        homes = ChildHome.objects.filter(child=child)
        homes.update(weekdays=[])
        homes.filter(family=home).update(weekdays=list(range(7)))


def consent_words(clinic: Clinic) -> str:
    return f"What {clinic.name} asks of guardians."


def consent_text(
    clinic: Clinic, kind: ConsentKind, *, is_adopted: bool = True, language: str = "en"
) -> ConsentText:
    """The next version of a clinic's wording, written and adopted by its owner."""
    with rls.acting_as(system="seeding"):
        owner = ClinicMembership.objects.active().filter(clinic=clinic).with_role(Role.OWNER).get().user
        versions = ConsentText.objects.filter(clinic=clinic, kind=kind, language=language)
        return ConsentText.objects.create(
            clinic=clinic,
            kind=kind,
            language=language,
            number=versions.count() + 1,
            text=consent_words(clinic),
            written_by=owner,
            written_at=rls.now(),
            adopted_by=owner if is_adopted else None,
            adopted_at=rls.now() if is_adopted else None,
            adopted_name=owner.name if is_adopted else "",
        )


def paper_consent(child: Child, *, by: User, kind: ConsentKind = ConsentKind.RECORD) -> Consent:
    """What somebody without an account signed at the clinic."""
    with rls.acting_as(by, system="seeding"):
        return Consent.objects.create(
            clinic=child.clinic,
            child=child,
            kind=kind,
            is_given=True,
            giver_name=said(child, "paper-name"),
            on=local_day(rls.now(), child.clinic.zone),
            at=rls.now(),
            is_on_paper=True,
            recorded_by=by,
        )


def precaution(child: Child, *, by: User) -> Precaution:
    with rls.acting_as(by, system="seeding"):
        return Precaution.objects.create(
            clinic=child.clinic,
            child=child,
            code="face_aversion",
            note=said(child, "precaution"),
            recorded_by=by,
            recorded_at=rls.now(),
        )


def broken_glass(cast: Cast) -> BreakGlass:
    """Theo read Cleo's record in an emergency, and was done with it within the hour."""
    with rls.acting_as(cast.theo, system="seeding"):
        at = rls.now() - dt.timedelta(days=1)
        return BreakGlass.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            opened_by=cast.theo,
            reason=planted("glass-reason"),
            opened_at=at,
            until_at=at + dt.timedelta(hours=4),
            ended_at=at + dt.timedelta(hours=1),
        )


def erasure(cast: Cast) -> Erasure:
    """Otto asks that Cleo's record be erased; nobody has confirmed it."""
    with rls.acting_as(cast.otto, system="seeding"):
        return Erasure.objects.create(
            clinic=cast.harbor,
            subject=ErasureOf.CHILD,
            subject_id=cast.cleo.pk,
            because=ErasureBecause.GUARDIAN_ASKED,
            asked_by=cast.otto,
            asked_at=rls.now(),
        )


def erasure_request(child: Child, *, by: User, about: str = RequestAbout.CHILD) -> ErasureRequest:
    """A caregiver's wish, not answered yet."""
    with rls.acting_as(by, system="seeding"):
        return ErasureRequest.objects.create(
            clinic=child.clinic,
            child=child,
            client_id=make_id(),
            about=about,
            asked_by=by,
            asked_at=rls.now(),
        )

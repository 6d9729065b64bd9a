"""Households and children, where a child lives, and who may see the child."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from clinic.ages import Ages, ages, gestation_days
from clinic.models.clinics import ClinicRow, keeps_history, language_field
from clinic.models.people import ClinicMembership, User
from clinic.rls import Now
from clinic.vocabulary import (
    ADMINISTRATIVE_ROLES,
    TREATING_ROLES,
    GrantKind,
    HomeWord,
    PrecautionSource,
    SharingMode,
    StopSensitivity,
)


class FamilyQuerySet(models.QuerySet["Family"]):
    def visible_to(self, user: User) -> FamilyQuerySet:
        """A caregiver's own households, and for staff those of the children they may see."""
        read = ChildHome.objects.filter(
            family=OuterRef("pk"), child__in=Child.objects.read_by_staff(user).values("pk")
        )
        return self.filter(self._lived_in(user) | self._staff_sees(user) | Exists(read))

    def seen_by_staff(self, user: User) -> FamilyQuerySet:
        return self.filter(self._staff_sees(user))

    def guarded_by(self, user: User) -> FamilyQuerySet:
        """Households through which this person is a guardian today."""
        guarding = CaregiverGrant.objects.filter(user=user, family=OuterRef("pk")).valid().guardians()
        return self.filter(Exists(guarding))

    @staticmethod
    def _lived_in(user: User) -> Q:
        return Q(Exists(CaregiverGrant.objects.filter(user=user, family=OuterRef("pk")).valid()))

    @staticmethod
    def _staff_sees(user: User) -> Q:
        children = Child.objects.seen_by_staff(user)
        return Q(Exists(ChildHome.objects.filter(family=OuterRef("pk"), child__in=children.values("pk"))))

    def lived_in_by(self, user: User) -> FamilyQuerySet:
        """Households this person belongs to by a valid grant."""
        return self.filter(self._lived_in(user))


@keeps_history
class Family(ClinicRow):
    """One household: where it is, how it is reached, and when its routines happen."""

    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=64, help_text="IANA name")
    locale = models.CharField(max_length=16, default="en")
    phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Family]] = models.Manager.from_queryset(FamilyQuerySet)()


@keeps_history
class RoutineTime(ClinicRow):
    """When a household usually does something ("after bath": 18:30), in wall time of its zone."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="routine_times")
    anchor = models.CharField(max_length=40)
    at = models.TimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("family", "anchor", name="one_time_per_household_and_anchor"),
        ]


class ChildQuerySet(models.QuerySet["Child"]):
    def visible_to(self, user: User) -> ChildQuerySet:
        """Children this person may know of: by team, as owner or office, by grant, or by emergency access."""
        return self.filter(self._staff_sees(user) | self._granted(user) | Q(pk__in=self._by_glass(user)))

    def seen_by_staff(self, user: User) -> ChildQuerySet:
        # As one list of ids: behind an OR, PostgreSQL looks at every child of the clinic.
        administered = Child.objects.filter(clinic__in=self._administered(user)).values("pk")
        return self.filter(pk__in=administered.union(self._team(user), all=True))

    def cared_for_by(self, user: User) -> ChildQuerySet:
        """Children for whom this person holds a valid grant."""
        return self.filter(self._granted(user))

    def guarded_by(self, user: User) -> ChildQuerySet:
        """Children for whom this person is a guardian today."""
        return self.filter(
            pk__in=CaregiverGrant.objects.filter(user=user).valid().guardians().values("child")
        )

    def on_team_of(self, user: User) -> ChildQuerySet:
        """Children whose care team this person is on today."""
        return self.filter(pk__in=self._team(user))

    def treated_by(self, user: User) -> ChildQuerySet:
        """Children whose care team this person is on with the right to prescribe and sign."""
        treating = ClinicMembership.objects.active().filter(user=user).with_role(*TREATING_ROLES)
        return self.on_team_of(user).filter(clinic__in=treating.values("clinic"))

    def read_by_staff(self, user: User) -> ChildQuerySet:
        """Children whose record this person reads as staff: on the team, or by emergency access."""
        return self.filter(pk__in=self._team(user).union(self._by_glass(user), all=True))

    def undisturbed(self) -> ChildQuerySet:
        """Children whose families may be written to: neither in hospital nor dead."""
        return self.filter(in_hospital_since__isnull=True, died_on__isnull=True)

    def not_archived(self) -> ChildQuerySet:
        return self.filter(archived_at__isnull=True)

    @staticmethod
    def _team(user: User) -> QuerySet[Any, Any]:
        """Ids of the children whose care team this person is on, in a clinic where they work."""
        places: QuerySet[Any, Any] = _rows_about_children("care_team").active().filter(therapist=user)
        return places.filter(clinic__in=_working(user)).values("child")

    @staticmethod
    def _by_glass(user: User) -> QuerySet[Any, Any]:
        """Ids of the children to whom this person has emergency access, in a clinic where they work."""
        broken: QuerySet[Any, Any] = _rows_about_children("broken_glass").open().filter(opened_by=user)
        return broken.filter(clinic__in=_working(user)).values("child")

    @classmethod
    def _staff_sees(cls, user: User) -> Q:
        return Q(clinic__in=cls._administered(user)) | Q(pk__in=cls._team(user))

    @staticmethod
    def _administered(user: User) -> QuerySet[Any, Any]:
        """Clinics in which this person is an owner or the office."""
        places = ClinicMembership.objects.active().filter(user=user)
        return places.with_role(*ADMINISTRATIVE_ROLES).values("clinic")

    @staticmethod
    def _granted(user: User) -> Q:
        return Q(pk__in=CaregiverGrant.objects.filter(user=user).valid().values("child"))


def _working(user: User) -> QuerySet[Any, Any]:
    return ClinicMembership.objects.active().filter(user=user).values("clinic")


def _rows_about_children(name: str) -> Any:
    """The manager of CareTeam or BreakGlass, found by reverse name because their modules import this one."""
    model: Any = Child._meta.get_field(name).related_model
    return model.objects


@keeps_history
class Child(ClinicRow):
    """The child in care. Ages are computed (`clinic.ages`), never stored."""

    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100, blank=True)
    nickname = models.CharField(max_length=100, blank=True)
    born_on = models.DateField()
    gestation_weeks = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="completed weeks at birth; empty: not known"
    )
    gestation_days = models.PositiveSmallIntegerField(default=0)
    sharing_mode = models.CharField(max_length=20, default=SharingMode.ROLE_LABEL)
    stop_sensitivity = models.CharField(
        max_length=10, blank=True, help_text="empty: by age and history, as the stop rule says"
    )
    had_neonatal_care = models.BooleanField(default=False)
    is_moving_about = models.BooleanField(null=True, blank=True, help_text="empty: not known")
    in_hospital_since = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Child]] = models.Manager.from_queryset(ChildQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="gestation_at_birth_is_20_to_45_weeks",
                condition=Q(gestation_weeks__isnull=True) | Q(gestation_weeks__range=(20, 45)),
            ),
            models.CheckConstraint(
                name="gestation_days_are_0_to_6", condition=Q(gestation_days__range=(0, 6))
            ),
            models.CheckConstraint(
                name="sharing_mode_is_known", condition=Q(sharing_mode__in=[str(m) for m in SharingMode])
            ),
            models.CheckConstraint(
                name="stop_sensitivity_is_known",
                condition=Q(stop_sensitivity__in=["", *(str(s) for s in StopSensitivity)]),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "id"], name="child_by_clinic")]

    def ages_on(self, day: dt.date) -> Ages:
        """The child's ages on a local day, corrected up to the age the clinic has set."""
        gestation = None
        if self.gestation_weeks is not None:
            gestation = gestation_days(self.gestation_weeks, self.gestation_days)
        return ages(
            born_on=self.born_on,
            gestation=gestation,
            on=day,
            correct_until_months=self.clinic.corrected_age_until_months,
        )


class PrecautionQuerySet(models.QuerySet["Precaution"]):
    def on_day(self, day: object) -> PrecautionQuerySet:
        """Precautions that apply on a local day."""
        return self.filter(Q(from_on__isnull=True) | Q(from_on__lte=day)).filter(
            Q(until_on__isnull=True) | Q(until_on__gte=day)
        )


@keeps_history
class Precaution(ClinicRow):
    """A condition or allergy, by its code in the library's contraindications."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="precautions")
    code = models.CharField(max_length=40)
    region = models.CharField(max_length=40, blank=True)
    substance = models.CharField(max_length=100, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True, help_text="last day it applies; empty: open")
    note = models.TextField(blank=True)
    language = language_field()
    source = models.CharField(max_length=20, default=PrecautionSource.THERAPIST)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Precaution]] = models.Manager.from_queryset(PrecautionQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_precaution_ends_after_it_begins",
                condition=Q(from_on__isnull=True)
                | Q(until_on__isnull=True)
                | Q(until_on__gte=models.F("from_on")),
            ),
        ]


@keeps_history
class ChildHome(ClinicRow):
    """A household the child lives in, with its first week of days (Monday is 0; empty: every day).

    `from_on` is the first day; empty: from the beginning. Later weeks are `ChildHomeWeek`. To ask where a
    child is on a day, use `clinic.whereabouts`.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="homes")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="child_homes")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    from_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "family", name="a_child_has_a_home_once"),
            models.CheckConstraint(
                name="weekdays_are_0_to_6", condition=Q(weekdays__contained_by=[0, 1, 2, 3, 4, 5, 6])
            ),
        ]


@keeps_history
class ChildHomeWeek(ClinicRow):
    """The weekdays a child is at a home from a day on; earlier days keep the week they had."""

    home = models.ForeignKey(ChildHome, on_delete=models.CASCADE, related_name="weeks")
    from_on = models.DateField()
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("home", "from_on", name="a_home_has_one_week_from_a_day"),
            models.CheckConstraint(
                name="weekdays_of_a_week_are_0_to_6",
                condition=Q(weekdays__contained_by=[0, 1, 2, 3, 4, 5, 6]),
            ),
        ]


@keeps_history
class ChildHomeException(ClinicRow):
    """What was said of one day: "here" or "not here" by a household about itself, "here" by the clinic."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="home_exceptions")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    is_here = models.BooleanField(default=True)
    word = models.CharField(max_length=20, default=HomeWord.CLINIC, help_text="whose it is")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "child", "on", name="the_clinic_says_one_home_per_day", condition=Q(word=HomeWord.CLINIC)
            ),
            models.UniqueConstraint(
                "child",
                "family",
                "on",
                name="a_household_says_one_thing_per_day",
                condition=Q(word=HomeWord.HOUSEHOLD),
            ),
            models.CheckConstraint(
                name="a_word_on_a_day_is_somebodys", condition=Q(word__in=[str(word) for word in HomeWord])
            ),
            models.CheckConstraint(
                name="the_clinic_says_where_a_child_is",
                condition=Q(word=HomeWord.HOUSEHOLD) | Q(is_here=True),
            ),
        ]


class GrantQuerySet(models.QuerySet["CaregiverGrant"]):
    def valid(self) -> GrantQuerySet:
        """Grants in force now: begun, not expired, not revoked."""
        return self.filter(valid_from__lte=Now(), revoked_at__isnull=True).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=Now())
        )

    def guardians(self) -> GrantQuerySet:
        return self.filter(kind=GrantKind.GUARDIAN)


@keeps_history
class CaregiverGrant(ClinicRow):
    """A person's access to one child, through a household, from a moment until a moment."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="grants")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="grants")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=20)
    relationship = models.CharField(max_length=60, blank=True, help_text="mother, grandfather, nanny …")
    basis = models.CharField(max_length=200, blank=True, help_text="why access was given")
    needs_interpreter = models.BooleanField(
        default=False, help_text="to speak with this clinic; what somebody speaks is theirs (`User`)"
    )
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    words_about: ClassVar = {"user": ("relationship", "basis")}
    objects: ClassVar[models.Manager[CaregiverGrant]] = models.Manager.from_queryset(GrantQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_grant_is_to_a_guardian_or_a_caregiver",
                condition=Q(kind__in=[str(kind) for kind in GrantKind]),
            ),
            models.UniqueConstraint(
                "child",
                "user",
                name="one_open_grant_per_child_and_person",
                condition=Q(revoked_at__isnull=True),
            ),
        ]
